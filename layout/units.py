"""Lengths as people write them (350mm, 9pt, 小五, 17字, 3行) to points: the only conversion.

号 sizes come in two tables, since makers disagree (CLREQ, considerations in designing type area;
textbook page arithmetic has 小初 = 30 pt, office software 36).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

MM = 72 / 25.4

_COMMON = {
    "初号": 42.0, "小一": 24.0, "小二": 18.0, "小三": 15.0, "小四": 12.0,
    "五号": 10.5, "小五": 9.0, "小六": 6.5, "八号": 5.0, "特号": 54.0,
}  # fmt: skip
METAL: Mapping[str, float] = MappingProxyType(_COMMON | {
    "小初": 30.0, "一号": 27.5, "二号": 21.0, "三号": 15.75,
    "四号": 13.75, "六号": 7.875, "七号": 5.25,
})  # fmt: skip
DTP: Mapping[str, float] = MappingProxyType(_COMMON | {
    "小初": 36.0, "一号": 26.0, "二号": 22.0, "三号": 16.0, "四号": 14.0, "六号": 7.5, "七号": 5.5,
})  # fmt: skip

_NUMBER = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*([^\s\d]*)\s*\Z")
_ABSOLUTE = {"pt": 1.0, "mm": MM, "cm": 10 * MM, "in": 72.0}


class Unit(Enum):
    """What a length may be counted in besides points."""

    POINT = "pt"
    BODY_EM = "字"
    BODY_LINE = "行"


def parse_length(text: str) -> tuple[float, Unit] | None:
    """A length with its unit: points, or a count of body ems (字) or body lines (行).

    >>> parse_length("小五"), parse_length("17字")
    ((9.0, <Unit.POINT: 'pt'>), (17.0, <Unit.BODY_EM: '字'>))

    号 sizes are the metal table's; `dtp 小初` takes office software's. None when it is no length; a
    bare number is none, since it could mean two things.
    """
    name = text.strip()
    named = DTP.get(name[3:].strip()) if name.startswith("dtp") else METAL.get(name)
    if named is not None:
        return named, Unit.POINT
    match = _NUMBER.match(text)
    if not match:
        return None
    value, unit = float(match[1]), match[2]
    if unit in _ABSOLUTE:
        return value * _ABSOLUTE[unit], Unit.POINT
    return next(((value, u) for u in (Unit.BODY_EM, Unit.BODY_LINE) if unit == u.value), None)
