"""Named colours: `colours` of publication.yaml → a palette; inks given by name → inks.

Comes in: a mapping of names, then names wherever an ink may stand, in whatever order the keys do.
Goes out: `InkSpec`s, each mistake a finding of its own. One spot ink is one colour throughout
(pdfx.md 15), and black and red are what they are in every paper.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from layout.issue.fields import Field
from layout.issue.hints import did_you_mean
from layout.issue.marks import Value
from layout.issue.model import InkName, InkSpec, Palette, YamlPath
from layout.issue.readers import READERS, BadValue

if TYPE_CHECKING:
    from layout.issue.validate import Validator

BUILT_IN = {"black": InkSpec(0, 0, 0, 1), "red": InkSpec(0, 1, 0.9, 0)}
_NUMBER = re.compile(r"[-+]?[\d.,]+\s*%?")
_READS_AS_TINT = re.compile(r".*\s\d[\d.]*\s*%")
_NAMES = "write black, red, a name under `colours`, or [C, M, Y, K] in percent"
_SHAPE = "write [C, M, Y, K] in percent, or {spot: …, cmyk: […]}"


def palette(v: Validator, value: Value, field: Field, at: YamlPath) -> Palette | None:
    """The colours by name, None for one that is wrong; None when there are no names at all."""
    if value.entries is None:
        v.fault(value.mark, f"'{field.key}' is {value.kind}", "write name: [C, M, Y, K]")
        return None
    made: dict[str, InkSpec | None] = {}
    for key, held in value.entries:
        try:
            name = _name(key, made)
        except BadValue as bad:
            v.fault(key.mark, bad.message, bad.hint)
            continue
        made[name] = _colour(v, held, name, field, (*at, name))
        _one_meaning(v, key, made, name)
    return made


def _name(key: Value, made: Palette) -> str:
    """What a colour is called; BadValue for what could be taken for something else."""
    if not key.text:
        raise BadValue(f"a colour's name is {key.kind}", "write name: [C, M, Y, K]")
    name: str = READERS["text"](key, Field("colours", "text", "a colour's name")).text
    if _NUMBER.fullmatch(name):
        raise BadValue(f"a colour is called {name}", "name it in words, such as sky")
    if _READS_AS_TINT.fullmatch(name):
        raise BadValue(f"a colour is called “{name}”", "leave its tint to where it is used")
    if name in BUILT_IN:
        raise BadValue(f"'{name}' is built in", "choose another name for the paper's own")
    if name in made:
        raise BadValue(f"key '{name}' stands twice", "keep one of them")
    return name


def _colour(v: Validator, value: Value, name: str, field: Field, at: YamlPath) -> InkSpec | None:
    if value.text is not None or value.kind == "nothing":
        v.fault(value.mark, f"'{name}' is {value.kind}", _SHAPE)
        return None
    if value.entries is None:
        try:
            ink: InkSpec = READERS["cmyk"](value, Field(name, "cmyk", ""))
        except BadValue as bad:
            for one in (bad, *bad.more):
                v.fault(one.mark or value.mark, one.message, one.hint)
            return None
        return ink
    spot = v.section(value, field.of, at)
    if spot is None or spot["spot"] is None or spot["cmyk"] is None:
        return None
    alternate: InkSpec = spot["cmyk"]
    return msgspec.structs.replace(alternate, spot=spot["spot"].text)


def _one_meaning(v: Validator, key: Value, made: Palette, name: str) -> None:
    """One ink has one name, to the letter, since plates are told apart by it, and one colour."""
    own = made[name]
    for other, ink in made.items():
        if not (own and ink and own.spot and _plain(own.spot) == _plain(ink.spot)):
            continue
        if own.spot != ink.spot:
            plates = f"{own.spot} and {ink.spot}"
            v.fault(key.mark, f"'{name}' and '{other}' would be two plates, {plates}",
                    "write the ink's name alike")  # fmt: skip
            return
        if own.parts != ink.parts:
            v.fault(key.mark, f"'{name}' and '{other}' are one ink, {own.spot}, of different cmyk",
                    "give both the same cmyk")  # fmt: skip
            return


def _plain(spot: str) -> str:
    return "".join(spot.split()).casefold()


def named(
    v: Validator, given: InkSpec | InkName | None, key: str, known: Palette | None
) -> InkSpec | None:
    """The ink a key asks for; a finding for a name that the publication has not.

    Nothing is said while `known` is None: the publication could not be read, which is said already.
    """
    if not isinstance(given, InkName) or known is None:
        return given if isinstance(given, InkSpec) else None
    names: Palette = {**BUILT_IN, **known}
    if given.name in names:
        ink = names[given.name]
        return ink.tinted(given.share) if ink and given.share < 1 else ink
    hint = did_you_mean(given.name, names, _NAMES, quote="'")
    v.fault(given.mark, f"'{key}' is “{given.written}”", hint)
    return None
