"""One value × one field → a typed value: the readers the field table names.

Text keeps its mark (`Copy`); files and paths come as (text, mark), to be looked up by who knows the
folder. What cannot be read raises `BadValue`, with words an editor can act on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from string import Formatter
from typing import Any, TypeVar

from layout.findings import Mark
from layout.issue.almanac import FIRST, LAST
from layout.issue.fields import FONT_ROLES, MOST_NUMBER, Field
from layout.issue.hints import did_you_mean
from layout.issue.marks import STRAY, Value
from layout.issue.model import FILE_NAME, FILE_PARTS, Copy, InkName, InkSpec
from layout.units import MM, Unit, parse_length

# Longer than any caption that stands beside a picture; more is a story in the wrong place.
LONGEST_TEXT = 1000
LONGEST_PT = 5000 * MM  # a slip such as 39000mm is found here, not as a page without end
LAST_FACE = 255
TRIM_NAMES = {"对开": "broadsheet", "四开": "tabloid"}
# What a plate's name may have, in UTF-8 (ISO 32000-1 annex C).
LONGEST_SPOT = 127
# Colorants that are the process inks', every plate or none at all (ISO 32000-1 8.6.6.4).
NO_SPOTS = ("cyan", "magenta", "yellow", "black", "all", "none")
_TINTED = re.compile(r"(?P<name>.*\S)\s+(?P<share>\d+(?:\.\d+)?)\s*%")

_T = TypeVar("_T")
_R = TypeVar("_R")
Pair = tuple[Mark, tuple[str, Value]]


class BadValue(Exception):  # noqa: N818 – a value, not an error of ours
    """What is wrong with a value, and what would be right; `more` is wrong in the same list."""

    def __init__(self, message: str, hint: str | None, mark: Mark | None = None) -> None:
        self.message, self.hint, self.mark = message, hint, mark
        self.more: tuple[BadValue, ...] = ()
        super().__init__(message)


def _each(items: Iterable[tuple[Mark, _T]], read: Callable[[_T], _R]) -> list[_R]:
    """What a list's parts read as; one BadValue with all that is wrong with them."""
    made: list[_R] = []
    bad: list[BadValue] = []
    for mark, item in items:
        try:
            made.append(read(item))
        except BadValue as fault:
            fault.mark = fault.mark or mark
            bad += [fault, *fault.more]
    if bad:
        bad[0].more = tuple(bad[1:])
        raise bad[0]
    return made


def _values(values: Iterable[Value], read: Callable[[Value], _R]) -> list[_R]:
    return _each(((value.mark, value) for value in values), read)


def _pairs(value: Value, known: Sequence[str] = (), what: str = "") -> list[Pair]:
    """A mapping's keys and values; BadValue when a key is no text, unknown or stands twice."""
    seen: set[str] = set()

    def once(pair: tuple[Value, Value]) -> Pair:
        key, held = pair
        if not key.text:
            raise BadValue(f"a key is {key.kind}", "write key: value", key.mark)
        if key.text in seen:
            raise BadValue(f"key '{key.text}' stands twice", "keep one of them", key.mark)
        if known and key.text not in known:
            hint = did_you_mean(key.text, known, f"known are {', '.join(known)}", quote="'")
            raise BadValue(f"unknown {what} '{key.text}'", hint, key.mark)
        seen.add(key.text)
        return held.mark, (key.text, held)

    return _each(((pair[0].mark, pair) for pair in value.entries or ()), once)


def _scalar(value: Value, field: Field, wanted: str) -> str:
    if value.text is None:
        raise BadValue(f"'{field.key}' is {value.kind}", f"write {wanted}")
    return value.text.strip()


def _text(value: Value, field: Field) -> Copy:
    text = _scalar(value, field, "text")
    if not text:
        raise BadValue(f"'{field.key}' is empty", f"give {field.help}, or remove the key")
    if STRAY.search(text) or "\n" in text or "\t" in text:
        raise BadValue(f"'{field.key}' has a line break or control character", "write one line")
    if len(text) > LONGEST_TEXT:
        raise BadValue(f"'{field.key}' has {len(text)} characters", f"keep it under {LONGEST_TEXT}")
    return Copy(text, value.mark)


# A solidus between hanzi, or marks, is the editor's sign for a break (a list does the same).
_EDITORS_BREAK = re.compile(r"(?<=[^\x00-\xff])[ \u3000]*/[ \u3000]*(?=[^\x00-\xff])")


def _lines(value: Value, field: Field) -> tuple[Copy, ...]:
    if value.items is None:
        whole = _text(value, field)
        edges = [at for match in _EDITORS_BREAK.finditer(whole.text) for at in match.span()]
        spans = zip([0, *edges[1::2]], [*edges[::2], len(whole.text)], strict=True)
        return tuple(Copy(whole.text[a:b], _shifted(whole.mark, a)) for a, b in spans)
    if not value.items:
        raise BadValue(f"'{field.key}' is an empty list", "write one line at least")
    return tuple(_values(value.items, lambda item: _text(item, field)))


def _shifted(mark: Mark, columns: int) -> Mark:
    return Mark(mark.file, mark.line, mark.column + columns)


def _code(value: Value, field: Field) -> str:
    text = _scalar(value, field, "letters and digits")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", text):
        raise BadValue(
            f"'{field.key}' is “{text}”", "use letters, digits, - and _ only: it begins file names"
        )
    return text


def _pattern(value: Value, field: Field) -> str:
    text = _scalar(value, field, f'a pattern in quotes, such as "{FILE_NAME}"')
    known = ", ".join(f"{{{part}}}" for part in FILE_PARTS)
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise BadValue(f"'{field.key}' has a brace alone", f"known are {known}") from None
    for literal, name, form, conversion in parts:
        if not re.fullmatch(r"[\w.-]*", literal):
            hint = "write letters, digits, . - and _ between the parts in braces"
            raise BadValue(f"'{field.key}' is “{text}”", hint)
        if name is not None and (name not in FILE_PARTS or form or conversion):
            raise BadValue(f"'{field.key}' has an unknown part {{{name}}}", f"known are {known}")
    if "page" not in [name for _, name, _, _ in parts] or text.startswith("."):
        hint = "begin it with no point, and have {page} in it: a file a page"
        raise BadValue(f"'{field.key}' is “{text}”", hint)
    return text


def _count(value: Value, field: Field) -> int:
    text = _scalar(value, field, "a whole number")
    if not re.fullmatch(r"\d{1,9}", text) or not 1 <= int(text) <= field.most:
        upwards = f" to {field.most}" if field.most < MOST_NUMBER else ""
        raise BadValue(f"'{field.key}' is “{text}”", f"write a whole number from 1{upwards}")
    return int(text)


def _jump(value: Value, field: Field) -> tuple[int | None, Mark]:
    """The page, None for auto, and where it stands."""
    text = _scalar(value, field, "a page number or auto")
    if text == "auto":
        return None, value.mark
    try:
        return _count(value, field), value.mark
    except BadValue as bad:
        raise BadValue(bad.message, f"write a page number from 1 to {field.most}, or auto") from bad


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
    if found[0] > LONGEST_PT:
        raise BadValue(f"'{field.key}' is {text[:20]}", "write a length under 5000mm")
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
        english = Value(value.mark, text=TRIM_NAMES.get(value.text.strip(), value.text))
        return _choice(english, Field("trim", "choice", "", choices=("broadsheet", "tabloid")))
    pair = value.items or ()
    if value.entries is not None:
        named = (value.get("width"), value.get("height"))
        pair = tuple(side for side in named if side)
    if len(pair) != 2:
        raise BadValue("'trim' is no pair of lengths", "write [390mm, 550mm]")
    return tuple(_values(pair, lambda item: _length(item, field)))


def _ink(value: Value, field: Field) -> InkSpec | InkName:
    return _cmyk(value, field) if value.text is None else _named(_text(value, field), field)


def _named(written: Copy, field: Field) -> InkName:
    """A colour's name, or a tint of it: sky, sky 40%."""
    tinted = _TINTED.fullmatch(written.text)
    share = float(tinted["share"]) / 100 if tinted else 1.0
    if not 0 < share <= 1:
        raise BadValue(f"'{field.key}' is “{written.text}”", "write a tint above 0%, to 100%")
    return InkName(tinted["name"] if tinted else written.text, share, written.text, written.mark)


def _tint(value: Value, field: Field) -> InkSpec | InkName:
    """A percentage of black, or a colour's tint."""
    wanted = "a percentage such as 10%, or a colour's such as sky 20%"
    text = _scalar(value, field, wanted)
    if not re.match(r"[-+.,\d]", text):
        return _named(_text(value, field), field)
    match = re.fullmatch(r"(\d+(?:\.\d+)?)%", text)
    if not match or float(match[1]) > 100:
        raise BadValue(f"'{field.key}' is “{text}”", f"write {wanted}")
    return InkSpec(0.0, 0.0, 0.0, float(match[1]) / 100)


def _spot(value: Value, field: Field) -> Copy:
    spot = _text(value, field)
    if spot.text.lower() in NO_SPOTS:
        raise BadValue(f"'{field.key}' is {spot.text}, which is no ink of its own",
                       "name the ink as its maker does, or give [C, M, Y, K] alone")  # fmt: skip
    if len(spot.text.encode()) > LONGEST_SPOT:
        raise BadValue(f"'{field.key}' has {len(spot.text)} characters",
                       f"a plate's name has {LONGEST_SPOT} bytes of UTF-8 at most")  # fmt: skip
    return spot


def _cmyk(value: Value, field: Field) -> InkSpec:
    parts = _values(value.items or (), lambda item: _number(item, field))
    if len(parts) != 4 or not all(0 <= part <= 100 for part in parts):
        raise BadValue(f"'{field.key}' is no ink", "write [C, M, Y, K] from 0 to 100 percent")
    cyan, magenta, yellow, black = (part / 100 for part in parts)
    return InkSpec(cyan, magenta, yellow, black)


def _number(value: Value, field: Field) -> float:
    text = _scalar(value, field, "a number")
    if not re.fullmatch(r"\d+(\.\d+)?|\.\d+", text):
        raise BadValue(f"'{field.key}' holds “{text}”", "write numbers", value.mark)
    return float(text)


def _point(value: Value, field: Field) -> tuple[float, float]:
    parts = _values(value.items or (), lambda item: _number(item, field))
    if len(parts) != 2 or not all(0 <= part <= 1 for part in parts):
        raise BadValue(
            f"'{field.key}' is no pair of fractions",
            "write [0.5, 0.4]: from the left, from the top",
        )
    return parts[0], parts[1]


def _range(value: Value, field: Field) -> tuple[int, int]:
    text = _scalar(value, field, "a range such as 1-4")
    match = re.fullmatch(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?", text)
    if not match:
        raise BadValue(f"'{field.key}' is “{text}”", "write first-last, such as 1-4")
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1 <= first <= last:
        raise BadValue(f"'{field.key}' is {text}", "write the smaller number first, from 1")
    if last > field.most:
        raise BadValue(f"'{field.key}' is {text}", f"write numbers from 1 to {field.most}")
    return first, last


def _choice(value: Value, field: Field) -> str:
    text = _scalar(value, field, " or ".join(field.choices))
    if text not in field.choices:
        choices = f"write {' or '.join(field.choices)}"
        hint = did_you_mean(text, field.choices, choices, quote="'")
        raise BadValue(f"'{field.key}' is “{text}”", hint)
    return text


def _path(value: Value, field: Field) -> tuple[str, Mark]:
    text = _scalar(value, field, "a path")
    if not text:
        raise BadValue(f"'{field.key}' is empty", "give a path relative to this file")
    if STRAY.search(text) or "\n" in text:
        raise BadValue(f"'{field.key}' has a line break or control character", "write one line")
    return text, value.mark


def _people(value: Value, field: Field) -> tuple[tuple[str, Copy], ...]:
    if value.entries is None:
        raise BadValue(f"'{field.key}' is {value.kind}", "write {责任编辑: …, 校对: …}")
    return tuple(_each(_pairs(value), lambda pair: (pair[0], _text(pair[1], field))))


FaceEntry = tuple[str, Mark, int, dict[str, float]]
_FACE_FILE, _FACE_INDEX, _FACE_AXES = (Field(key, "", "") for key in ("file", "index", "axes"))


def _fonts(value: Value, field: Field) -> dict[str, list[FaceEntry]]:
    if value.entries is None:
        raise BadValue(
            f"'{field.key}' is {value.kind}", "write role: path, such as song: fonts/song.otf"
        )
    roles = _pairs(value, FONT_ROLES, "role")
    return dict(_each(roles, lambda pair: (pair[0], _faces(pair[1]))))


def _faces(value: Value) -> list[FaceEntry]:
    if value.items is not None and not value.items:
        raise BadValue("a role has no face", "write a path, or remove the role")
    return _values(value.items if value.items is not None else (value,), _face)


def _face(value: Value) -> FaceEntry:
    if value.entries is None:
        if not value.text:
            raise BadValue("a face has no file", "write a path, or {file: …, index: 0}")
        return *_path(value, _FACE_FILE), 0, {}
    given = dict(pair for _, pair in _pairs(value, ("file", "index", "axes"), "key"))
    if "file" not in given:
        raise BadValue("a face has no file", "write {file: path}")
    file, mark = _path(given["file"], _FACE_FILE)
    index = _number(given["index"], _FACE_INDEX) if "index" in given else 0
    if not float(index).is_integer() or index > LAST_FACE:
        raise BadValue(f"'index' is {index:g}", "count the collection's faces from 0",
                       given["index"].mark)  # fmt: skip
    axes = given.get("axes", Value(value.mark, entries=()))
    if axes.entries is None:
        raise BadValue(f"'axes' is {axes.kind}", "write {wght: 700}", axes.mark)
    pins = _each(_pairs(axes), lambda pair: (pair[0], _number(pair[1], _FACE_AXES)))
    return file, mark, int(index), dict(pins)


READERS: Mapping[str, Callable[[Value, Field], Any]] = {
    "text": _text, "lines": _lines, "code": _code, "pattern": _pattern,
    "count": _count, "jump": _jump, "date": _date, "length": _length, "ems": _ems,
    "gutter": _gutter, "trim": _trim, "ink": _ink, "tint": _tint, "cmyk": _cmyk, "spot": _spot,
    "point": _point, "range": _range, "choice": _choice, "path": _path, "file": _path,
    "picture": _path, "people": _people, "fonts": _fonts,
}  # fmt: skip
