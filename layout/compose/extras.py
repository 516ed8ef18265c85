"""Dots and pictures of one set line, positions relative to the line's origin (y down, points).

Comes in: a broken and justified line. Goes out: sheet items that are placed with it. Dots are drawn
as outlines, never as text, so that what is copied from the page is the copy alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from layout.compose.finalize import DIGITS, Setting
from layout.compose.inline import ASCENT_EM, Dot, Sort
from layout.compose.justify import Slice
from layout.compose.prepare import Piece, Prepared
from layout.geometry import Box
from layout.sheet.items import Item, Outline, Picture

# A quarter of a circle as a cubic of unit radius (error 0.03 %).
_KAPPA = 0.5523
_WHOLE = Box(0.0, 0.0, 1.0, 1.0)


def line_extras(p: Prepared, line: Slice, how: Setting) -> tuple[Item, ...]:
    """What stands with the line besides its glyphs."""
    return tuple(_items(p, line, how))


def _items(p: Prepared, line: Slice, how: Setting) -> Iterator[Item]:
    units, pens = range(line.start, line.end), line.places(p)
    for number, members in groupby(units, key=lambda unit: p.pieces[unit]):
        piece = p.sources[number]
        if piece.sort:
            yield from (_picture(piece, piece.sort, _pen(pens, line, u, how), how) for u in members)
        elif piece.dot:
            marked = [unit for unit in members if takes_dot(p.texts[unit])]
            middles = [_pen(pens, line, u, how) + p.widths[u] * how.size / 2000 for u in marked]
            if middles:
                yield _dots(piece.dot, middles, piece, how)


def takes_dot(unit: str) -> bool:
    """Hanzi and other letters of CJK; marks, figures, Latin and spaces never (CLREQ)."""
    return unit[0] >= "\u2e80" and (unit[0].isalpha() or unit[0] == "〇")


def _pen(pens: Sequence[float], line: Slice, unit: int, how: Setting) -> float:
    """Left edge of a unit's cell in points."""
    return pens[unit - line.start] * how.size / 1000


def _dots(dot: Dot, middles: list[float], piece: Piece, how: Setting) -> Outline:
    radius, y = dot.diameter_em * how.size / 2, dot.drop_em * how.size
    path = tuple(step for x in middles for step in _circle(x, y, radius))
    return Outline("dots", path, piece.ink)


def _circle(x: float, y: float, r: float) -> Iterator[tuple[str | float, ...]]:
    k = r * _KAPPA
    yield _step("M", x + r, y)
    yield _step("C", x + r, y + k, x + k, y + r, x, y + r)
    yield _step("C", x - k, y + r, x - r, y + k, x - r, y)
    yield _step("C", x - r, y - k, x - k, y - r, x, y - r)
    yield _step("C", x + k, y - r, x + r, y - k, x + r, y)
    yield ("Z",)


def _step(verb: str, *numbers: float) -> tuple[str | float, ...]:
    return (verb, *(round(number, DIGITS) for number in numbers))


def _picture(piece: Piece, sort: Sort, left: float, how: Setting) -> Picture:
    """One em high in the em box; a lower one in its middle."""
    width, height = sort.width * how.size / 1000, sort.height_em * how.size
    top = -ASCENT_EM * how.size + (how.size - height) / 2
    ppi = round(sort.pixels[0] / (width / 72), 1)
    box = Box(left, top, width, height).rounded()
    return Picture(sort.file, box, _WHOLE, ppi, sort.alt, piece.source)
