"""A sheet → the most ink of it, while it is written: no file is read back for that.

In: the display list and the heaviest square of each picture. Out: `PageInk`, as `preflight/ink.py`
finds it in the finished file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec.structs import replace

from layout.geometry import Box
from layout.press.laid import Laid, Layers, Square, flat
from layout.press.report import PageInk
from layout.sheet.items import (
    ALL,
    Ink,
    Item,
    Outline,
    Picture,
    Rule,
    Sheet,
    TextLine,
    Tint,
    VerticalLine,
)


def sheet_ink(sheet: Sheet, squares: Mapping[Picture, Square]) -> PageInk:
    """Of a sheet without artwork."""
    layers = Layers(sheet.trim)
    for group, x, y in sheet.walk():
        for item in group.items:
            if isinstance(item, (TextLine, VerticalLine)):
                _type(item, x, y, layers)
            else:
                for laid in _item(item, x, y, squares):
                    layers.lay(laid)
    return layers.found


def _type(line: TextLine | VerticalLine, x: float, y: float, layers: Layers) -> None:
    """Most type is lighter than what lies there, and its place need not be known."""
    for run in line.runs:
        letter = _letter(run.ink, run.size)
        if not layers.is_light(letter):
            box = letter.box.moved(x + line.x + run.xs[0], y + line.y - run.size)
            layers.lay(replace(letter, box=box, where=box))


@lru_cache
def _letter(ink: Ink, size: float) -> Laid:
    """A square of type, not yet anywhere."""
    return _flat("text", ink, size, Box(0.0, 0.0, size, size))


def _item(item: Item, x: float, y: float, squares: Mapping[Picture, Square]) -> Iterator[Laid]:
    match item:
        case Rule():
            box = Box(min(item.x1, item.x2), min(item.y1, item.y2), abs(item.x2 - item.x1),
                      abs(item.y2 - item.y1))  # fmt: skip
            yield _flat("stroke", item.ink, item.weight, box.moved(x, y))
        case Tint():
            thin = min(item.box.width, item.box.height)
            yield _flat("fill", item.ink, thin, item.box.moved(x, y), knocks_out=True)
        case Outline() if item.path:
            box = item.extent
            yield _flat("fill", item.ink, min(box.width, box.height), box.moved(x, y))
        case Picture():
            yield _picture(squares[item], item.box.moved(x, y))


def _flat(kind: str, ink: Ink, size: float, box: Box, *, knocks_out: bool = False) -> Laid:
    inks: tuple[float, ...] = ink.parts
    if ink.spot:
        inks = () if ink.spot == ALL else (ink.tint,)
    black = 0.0 if ink.spot else ink.black
    return flat(kind, inks, black, size, box, overprints=ink.overprints and not knocks_out)


def _picture(square: Square, box: Box) -> Laid:
    place = square.place
    where = Box(
        box.x + place.x * box.width, box.y + place.y * box.height,
        place.width * box.width, place.height * box.height,
    )  # fmt: skip
    chromatic = square.total if square.black is not None else 0.0
    return Laid(box, square.total, where, chromatic, grounds=True, black=square.black)
