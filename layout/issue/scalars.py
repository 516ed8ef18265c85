"""YAML scalars as they are spelt: which characters of the file stand for which of a value's.

Comes in: YAML text and a value's place in it. Goes out: its characters' places, and the text with
some of them replaced – only if YAML still reads the same values but for that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import yaml

from layout.findings import Mark
from layout.issue.marks import Value, YamlFault, compose

Extent = tuple[int, int]  # from, to in the YAML text
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|\n[ \t]*|.)")
_ESCAPES: Mapping[str, str] = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029", "\n": "",
}  # fmt: skip


def spelling(text: str, value: str, line: int, column: int) -> list[Extent] | None:
    """Each character's extent in the text; None when the scalar there does not spell the value.

    `line` and `column` count from 0. A value's blank may be a line break in the text.
    """
    for event in yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        start, end = event.start_mark, event.end_mark
        if not start or not end or (start.line, start.column) != (line, column):
            continue
        if isinstance(event, yaml.ScalarEvent):
            raw = text[start.index : end.index]
            return _aligned(_signs(raw, event.style or "", start.index), value)
    return None


def _signs(raw: str, style: str, start: int) -> Iterator[tuple[str, Extent]]:
    """What each piece of a scalar's source stands for."""
    at = raw.find("\n") + 1 if style in ("|", ">") else len(style)
    end = len(raw) - (style in ("'", '"'))
    while at < end:
        sign, length = raw[at], 1
        if style == "'" and raw.startswith("''", at):
            length = 2
        elif style == '"' and (escape := _ESCAPE.match(raw, at)):
            code = escape[1] or escape[2] or escape[3]
            sign = chr(int(code, 16)) if code else _ESCAPES.get(escape[0][1], escape[0][1])
            length = len(escape[0])
        elif sign == "\n":
            length = len(raw) - at - len(raw[at:].lstrip())
        yield sign, (start + at, start + at + length)
        at += length


def _aligned(signs: Iterator[tuple[str, Extent]], value: str) -> list[Extent] | None:
    extents: list[Extent] = []
    for wanted in value:
        for sign, extent in signs:
            if sign == wanted or (wanted == " " and sign == "\n"):
                extents.append(extent)
                break
            if sign.strip():
                return None
        else:
            return None
    return extents


def places(text: str, first_line: int, value: str, mark: Mark) -> list[Mark] | None:
    """The mark of each of a value's characters, in a file whose YAML begins at `first_line`."""
    extents = spelling(text, value, mark.line - first_line, mark.column - 1)
    if extents is None:
        return None
    return [
        Mark(
            mark.file,
            first_line + text.count("\n", 0, start),
            start - text.rfind("\n", 0, start),
        )
        for start, _ in extents
    ]


def respelt(
    text: str, first_line: int, held: Value, changes: Sequence[tuple[int, str, str]]
) -> str | None:
    """The text with changes (offset in the stripped value, before, after) made; None if unsafe."""
    value = (held.text or "").strip()
    line, column = held.mark.line - first_line, held.mark.column - 1
    extents = spelling(text, value, line, column)
    if extents is None:
        return None
    made, wanted = text, value
    for at, before, after in reversed(changes):
        start, end = extents[at][0], extents[at + len(before) - 1][1]
        if not before or "\n" in text[start:end]:
            return None
        made = made[:start] + after + made[end:]
        wanted = wanted[:at] + after + wanted[at + len(before) :]
    old = _scalars(compose(text, held.mark.file, first_line))
    expected = [(mark, wanted if mark == held.mark else given) for mark, given in old]
    try:
        new = _scalars(compose(made, held.mark.file, first_line))
    except YamlFault:
        return None
    same = [given for _, given in new] == [given for _, given in expected]
    return made if same else None


def _scalars(value: Value) -> list[tuple[Mark, str | None]]:
    """All texts of a tree in order, stripped as readers do, and its structure."""
    if value.entries is not None:
        parts = [part for pair in value.entries for part in pair]
        return [(value.mark, "{"), *(found for part in parts for found in _scalars(part))]
    if value.items is not None:
        return [(value.mark, "["), *(found for part in value.items for found in _scalars(part))]
    return [(value.mark, value.text.strip() if value.text is not None else None)]
