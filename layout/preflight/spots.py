"""Spot inks in colour spaces that a file's pages use: which, and whether they mean what is ordered.

In: (page, colour space) as `uses.py` finds them, and the inks ordered with the parts that
stand for each. Out: names with the page they are first met on (ISO 32000-1 8.6.6.4; pdfx.md 15).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pikepdf

from layout.preflight.walk import space_family
from layout.press.tints import STEPS, shown

_NO_SPOTS = frozenset({"Cyan", "Magenta", "Yellow", "Black", "All", "None"})
_NEAR = 0.005  # of an ink: half a percent is how publications write them


def spots(spaces: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, str]]:
    """Page and name of each spot ink, once a page."""
    told: set[tuple[int, str]] = set()
    for number, space in spaces:
        for name in sorted(set(space_family(space)[2].split(", ")) - _NO_SPOTS - {""}):
            if (number, name) not in told:
                told.add((number, name))
                yield number, name


def shown_otherwise(
    spaces: Iterable[tuple[int, Any]], ordered: Mapping[str, tuple[float, ...] | None]
) -> Iterator[tuple[int, str]]:
    """Page and name of an ordered ink that other parts, or another curve of them, stand for."""
    told: set[str] = set()
    for number, space in spaces:
        for spot in _separations(space):
            name = str(spot[1])[1:]
            wanted = ordered.get(name)
            if wanted is not None and name not in told and not _stands(spot, wanted):
                told.add(name)
                yield number, name


def _separations(space: Any) -> list[Any]:
    """The Separations a space is made of, those a DeviceN describes its inks by among them."""
    if not isinstance(space, pikepdf.Array) or len(space) < 2:
        return []
    family = str(space[0])
    if family in ("/Indexed", "/I", "/Pattern"):
        return _separations(space[1])
    if family == "/DeviceN" and len(space) > 4:
        return [spot for _, spot in space[4].get("/Colorants", {}).items()]
    return [space] if family == "/Separation" else []


def _stands(space: Any, wanted: tuple[float, ...]) -> bool:
    """Whether every tint is that share of these parts, as our own press writes it."""
    found = shown(space)
    return found is not None and all(
        abs(part - tint * full) <= _NEAR
        for tint, inks in zip(STEPS, found, strict=True)
        for part, full in zip(inks, wanted, strict=True)
    )
