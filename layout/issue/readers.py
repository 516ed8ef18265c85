"""One value × one field → a typed value: the readers the field table names.

Text keeps its mark (`Copy`); files and paths come as (text, mark), to be looked up by who knows the
folder. What cannot be read raises `BadValue`, with words an editor can act on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from layout.findings import Mark
from layout.issue.almanac import FIRST, LAST
from layout.issue.fields import FONT_ROLES, Field
from layout.issue.marks import Value
from layout.issue.model import Copy, InkSpec
from layout.units import Unit, parse_length

LARGEST_COUNT = 10_000_000
LONGEST_TEXT = 300
INKS = {"black": InkSpec(0, 0, 0, 1), "red": InkSpec(0, 1, 0.9, 0)}


class BadValue(Exception):  # noqa: N818 – a value, not an error of ours
    """What is wrong with a value, and what would be right."""

    def __init__(self, message: str, hint: str | None, mark: Mark | None = None) -> None:
        self.message, self.hint, self.mark = message, hint, mark
        super().__init__(message)


def _scalar(value: Value, field: Field, wanted: str) -> str:
    if value.text is None:
        raise BadValue(f"'{field.key}' is {value.kind}", f"write {wanted}")
    return value.text.strip()


def _text(value: Value, field: Field) -> Copy:
    text = _scalar(value, field, "text")
    if not text:
        raise BadValue(f"'{field.key}' is empty", f"give {field.help}, or remove the key")
    if any(ord(c) < 32 for c in text):
        raise BadValue(f"'{field.key}' has a line break or control character", "write one line")
    if len(text) > LONGEST_TEXT:
        raise BadValue(f"'{field.key}' has {len(text)} characters", f"keep it under {LONGEST_TEXT}")
    return Copy(text, value.mark)


def _lines(value: Value, field: Field) -> tuple[Copy, ...]:
    if value.items is None:
        return (_text(value, field),)
    if not value.items:
        raise BadValue(f"'{field.key}' is an empty list", "write one line at least")
    return tuple(_text(item, field) for item in value.items)


def _code(value: Value, field: Field) -> str:
    text = _scalar(value, field, "letters and digits")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", text):
        raise BadValue(
            f"'{field.key}' is “{text}”", "use letters, digits, - and _ only: it begins file names"
        )
    return text


def _count(value: Value, field: Field) -> int:
    text = _scalar(value, field, "a whole number")
    if not re.fullmatch(r"\d{1,9}", text) or not 1 <= int(text) <= LARGEST_COUNT:
        raise BadValue(f"'{field.key}' is “{text}”", "write a whole number from 1")
    return int(text)


def _date(value: Value, field: Field) -> date:
    text = _scalar(value, field, "a date as YYYY-MM-DD")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadValue(
            f"'{field.key}' is “{text}”", "write a date that exists as YYYY-MM-DD"
        ) from None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise BadValue(f"'{field.key}' is “{text}”", "write a date as YYYY-MM-DD")
    if not FIRST <= day <= LAST:
        raise BadValue(
            f"'{field.key}' is {text}", f"the lunar calendar is known from {FIRST} to {LAST}"
        )
    return day


def _length_of(
    value: Value, field: Field, units: tuple[Unit, ...], example: str
) -> tuple[float, Unit]:
    text = _scalar(value, field, f"a length such as {example}")
    found = parse_length(text)
    if found is None and re.fullmatch(r"[\d.]+", text):
        raise BadValue(
            f"'{field.key}' is {text} without a unit", f"write a length such as {example}"
        )
    if found is None or found[1] not in units:
        raise BadValue(f"'{field.key}' is “{text}”", f"write a length such as {example}")
    if found[0] < 0 or (found[0] == 0 and field.key not in ("bleed", "gutter", "top", "bottom")):
        raise BadValue(f"'{field.key}' is {text}", "write a length above zero")
    return found


def _length(value: Value, field: Field) -> float:
    return _length_of(value, field, (Unit.POINT,), "9pt, 20mm or 小五")[0]


def _ems(value: Value, field: Field) -> float:
    return _length_of(value, field, (Unit.BODY_EM,), "17字")[0]


def _gutter(value: Value, field: Field) -> tuple[float, Unit]:
    return _length_of(value, field, (Unit.BODY_EM, Unit.POINT), "1字 or 4mm")


def _trim(value: Value, field: Field) -> Any:
    if value.text is not None:
        sides = re.split(r"\s*[x×*]\s*", value.text.strip())
        if len(sides) == 2:
            return tuple(_length(Value(value.mark, text=side), field) for side in sides)
        return _choice(value, Field("trim", "choice", "", choices=("broadsheet", "tabloid")))
    pair = value.items or ()
    if value.entries is not None:
        named = (value.get("width"), value.get("height"))
        pair = tuple(side for side in named if side)
    if len(pair) != 2:
        raise BadValue("'trim' is no pair of lengths", "write [390mm, 550mm]")
    return tuple(_length(item, field) for item in pair)


def _ink(value: Value, field: Field) -> InkSpec:
    if value.text is not None:
        if value.text not in INKS:
            raise BadValue(
                f"'{field.key}' is “{value.text}”", "write black, red, or [C, M, Y, K] in percent"
            )
        return INKS[value.text]
    parts = [_number(item, field) for item in value.items or ()]
    if len(parts) != 4 or not all(0 <= part <= 100 for part in parts):
        raise BadValue(f"'{field.key}' is no ink", "write [C, M, Y, K] from 0 to 100 percent")
    return InkSpec(*(part / 100 for part in parts))


def _number(value: Value, field: Field) -> float:
    text = _scalar(value, field, "a number")
    if not re.fullmatch(r"\d+(\.\d+)?|\.\d+", text):
        raise BadValue(f"'{field.key}' holds “{text}”", "write numbers", value.mark)
    return float(text)


def _point(value: Value, field: Field) -> tuple[float, float]:
    parts = [_number(item, field) for item in value.items or ()]
    if len(parts) != 2 or not all(0 <= part <= 1 for part in parts):
        raise BadValue(
            f"'{field.key}' is no pair of fractions",
            "write [0.5, 0.4]: from the left, from the top",
        )
    return parts[0], parts[1]


def _percent(value: Value, field: Field) -> float:
    text = _scalar(value, field, "a percentage such as 10%")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)%", text)
    if not match or float(match[1]) > 100:
        raise BadValue(f"'{field.key}' is “{text}”", "write a percentage such as 10%")
    return float(match[1]) / 100


def _range(value: Value, field: Field) -> tuple[int, int]:
    text = _scalar(value, field, "a range such as 1-4")
    match = re.fullmatch(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?", text)
    if not match:
        raise BadValue(f"'{field.key}' is “{text}”", "write first-last, such as 1-4")
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1 <= first <= last:
        raise BadValue(f"'{field.key}' is {text}", "write the smaller number first, from 1")
    return first, last


def _choice(value: Value, field: Field) -> str:
    text = _scalar(value, field, " or ".join(field.choices))
    if text not in field.choices:
        near = get_close_matches(text, field.choices, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"write {' or '.join(field.choices)}"
        raise BadValue(f"'{field.key}' is “{text}”", hint)
    return text


def _path(value: Value, field: Field) -> tuple[str, Mark]:
    text = _scalar(value, field, "a path")
    if not text or "\0" in text:
        raise BadValue(f"'{field.key}' is empty", "give a path relative to this file")
    return text, value.mark


def _people(value: Value, field: Field) -> tuple[tuple[str, Copy], ...]:
    if value.entries is None:
        raise BadValue(f"'{field.key}' is {value.kind}", "write {责任编辑: …, 校对: …}")
    return tuple((key.text or "", _text(who, field)) for key, who in value.entries)


def _fonts(value: Value, field: Field) -> dict[str, list[tuple[str, Mark, int, dict[str, float]]]]:
    if value.entries is None:
        raise BadValue(
            f"'{field.key}' is {value.kind}", "write role: path, such as song: fonts/song.otf"
        )
    found = {}
    for key, face in value.entries:
        role = key.text or ""
        if role not in FONT_ROLES:
            near = get_close_matches(role, FONT_ROLES, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"roles are {', '.join(FONT_ROLES)}"
            raise BadValue(f"unknown role '{role}'", hint, key.mark)
        faces = face.items if face.items is not None else (face,)
        found[role] = [_face(item) for item in faces]
    return found


def _face(value: Value) -> tuple[str, Mark, int, dict[str, float]]:
    if value.entries is None:
        if not value.text:
            raise BadValue("a face has no file", "write a path, or {file: …, index: 0}", value.mark)
        return value.text, value.mark, 0, {}
    field = Field("fonts", "fonts", "")
    file, index, axes = value.get("file"), value.get("index"), value.get("axes")
    for key, _ in value.entries:
        if key.text not in ("file", "index", "axes"):
            raise BadValue(f"unknown key '{key.text}'", "a face has file, index and axes", key.mark)
    if file is None or not file.text:
        raise BadValue("a face has no file", "write {file: path}", value.mark)
    pins = {
        key.text or "": _number(pin, field) for key, pin in (axes.entries or () if axes else ())
    }
    return file.text, file.mark, int(_number(index, field)) if index else 0, pins


READERS: Mapping[str, Callable[[Value, Field], Any]] = {
    "text": _text, "lines": _lines, "code": _code, "count": _count, "date": _date,
    "length": _length, "ems": _ems, "gutter": _gutter, "trim": _trim, "ink": _ink,
    "point": _point, "percent": _percent, "range": _range, "choice": _choice,
    "path": _path, "file": _path, "picture": _path, "people": _people, "fonts": _fonts,
}  # fmt: skip
