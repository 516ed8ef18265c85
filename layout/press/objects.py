"""PDF objects as plain values, so that fonts, pictures and metadata know no PDF library.

In: Python values – str subclasses for names and strings, int and float, list, dict, and `Object`
for what must stand on its own. Out: their bytes (ISO 32000-1 7.3). Only `document` numbers objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

import deflate
import msgspec

from layout.press.numbers import number

# libdeflate's own middle: level 9 saves 0.2 % of a subset and costs a quarter more time, level 12
# saves 2 % and costs five times as much.
LEVEL = 6


# What may not stand in a name as it is: delimiters, #, and all but visible ASCII (7.3.5).
_IRREGULAR = re.compile(r"[^!-~]|[()<>\[\]{}/%#]")


class Name(str):
    """A name without its solidus."""

    __slots__ = ()


class Literal(str):
    """Tokens already written, such as a width array."""

    __slots__ = ()


Value: TypeAlias = "str | int | float | list[Value] | dict[str, Value] | Indirect"


class Indirect(msgspec.Struct, eq=False):
    """A value of any kind that stands on its own and is referred to."""

    value: Value


class Object(Indirect, eq=False):
    """A dictionary that stands on its own, or a stream when there is `data`, written as it is:
    compressed (`packed`), or in the clear as metadata, which other programs look for (pdfx.md 17).
    """

    value: dict[str, Value]
    data: bytes | None = None

    @property
    def entries(self) -> dict[str, Value]:
        """The dictionary."""
        return self.value


PAGE = Object({})  # stands for the page in other objects; only `document` knows its number


def text_string(text: str) -> str:
    """A text string: PDFDocEncoding where ASCII suffices, else UTF-16BE (ISO 32000-1 7.9.2.2)."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def write(value: Value, refer: Callable[[Indirect], str]) -> str:
    """The tokens of a value; `refer` gives the reference to an indirect object."""
    kind = type(value)
    if kind is Name:
        return _name(value)  # type: ignore[arg-type]
    if isinstance(value, Indirect):
        return refer(value)
    if kind is int:
        return str(value)
    if isinstance(value, dict):
        pairs = [f"{_name(key)} {write(item, refer)}" for key, item in value.items()]
        return f"<<{' '.join(pairs)}>>"
    if isinstance(value, list):
        return f"[{' '.join([write(item, refer) for item in value])}]"
    if isinstance(value, str):
        return str(value) if kind is Literal else text_string(value)
    if kind is bool:
        return "true" if value else "false"
    return number(value)


def write_object(thing: Indirect, refer: Callable[[Indirect], str]) -> tuple[bytes, ...]:
    """An indirect object's body, between `obj` and `endobj`, in parts: a picture is not copied.

    The end of line before `endstream` is asked for by ISO 32000-1 7.3.8.1, and by archives.
    """
    if not isinstance(thing, Object) or thing.data is None:
        return (write(thing.value, refer).encode("ascii"),)
    head = write({**thing.entries, "Length": len(thing.data)}, refer)
    return head.encode("ascii"), b"\nstream\n", thing.data, b"\nendstream"


@lru_cache(maxsize=1024)
def _name(name: str) -> str:
    """A name as it is written; a file has few, many times over."""
    return f"/{_IRREGULAR.sub(_escaped, name)}"


def _escaped(irregular: re.Match[str]) -> str:
    return "".join(f"#{byte:02X}" for byte in irregular[0].encode("utf-8"))


def packed(entries: dict[str, Value], data: bytes) -> Object:
    """A compressed stream; at once, not when it is written: then others may be waiting for it."""
    return Object({**entries, "Filter": Name("FlateDecode")}, compressed(data))


def compressed(data: bytes) -> bytes:
    """zlib data by libdeflate: the same bytes whatever zlib a Python was built with."""
    return bytes(deflate.zlib_compress(data, LEVEL))
