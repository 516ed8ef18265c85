"""What only the whole page shows: straight lines of white (通缝, 断版), pictures that crowd."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import ceil

from layout.makeup.dummy import Placement, Region

# By share of the page's height or width a straight white line crosses.
THROUGH_GUTTER = 9.0  # 通缝: gutters as they line up on the page
THROUGH_BREAK = 14.0  # 断版
CROWDED, NEAR = 6.0, 8  # two pictures side by side, or so few lines apart


def page_cost(placed: Sequence[Placement], region: Region) -> float:
    """What only the whole page shows."""
    return gutters_cost(placed, region) + breaks_cost(placed, region) + crowding_cost(placed)


def gutters_cost(placed: Sequence[Placement], region: Region) -> float:
    """通缝."""
    parts = sorted(
        (part.line, part.line + part.lines, part.column, part.column + part.columns)
        for p in placed
        for part in p.parts
    )
    gutters = (_gutter_run(parts, c, region) / region.lines for c in _inner_columns(region))
    return THROUGH_GUTTER * sum(run**3 for run in gutters)


def breaks_cost(placed: Sequence[Placement], region: Region) -> float:
    """断版."""
    return THROUGH_BREAK * _breaks(placed, region)


def crowding_cost(placed: Sequence[Placement]) -> float:
    """Pictures of two stories that touch, or nearly: they are to be spread over the page."""
    pictures = [found for p in placed if (found := _picture(p))]
    return CROWDED * sum(_crowd(a, b) for a, b in combinations(pictures, 2))


def _picture(placed: Placement) -> Region | None:
    """The cells of a story's photographs."""
    t = placed.shape.treatment
    if t.photo is None:
        return None
    first, row = t.photo_place
    wide = placed.columns / t.legs.count
    column = placed.column + int(first * wide)
    line = placed.line + t.head_lines + row
    return Region(column, line, ceil(t.photo.legs * wide), t.photo.lines)


def _crowd(a: Region, b: Region) -> bool:
    aside = max(a.column, b.column) - min(a.column + a.columns, b.column + b.columns)
    apart = max(a.line, b.line) - min(a.line + a.lines, b.line + b.lines)
    return (aside < 0 and apart < NEAR) or (aside == 0 and apart < 0)


def _inner_columns(region: Region) -> range:
    return range(region.column + 1, region.column + region.columns)


def _gutter_run(parts: Sequence[tuple[int, int, int, int]], column: int, region: Region) -> int:
    """Longest straight stretch of frame edges along one gutter, in lines.

    Parts of frames from the top: their first line and the one below, first column and the next.
    """
    run, at = 0, region.line
    for start, end, left, right in parts:
        if left < column < right:
            if start - at > run:
                run = start - at
            if end > at:
                at = end
    return max(run, region.line + region.lines - at)


def _breaks(placed: Sequence[Placement], region: Region) -> float:
    """How much horizontal breaks through the page hurt: most in the middle, not under a lead."""
    hurt = 0.0
    for line in sorted({p.line for p in placed if p.line > region.line}):
        through = not any(p.line < line < p.line + p.lines for p in placed)
        above = [p for p in placed if p.line + p.lines == line]
        if through and not (len(above) == 1 and above[0].story == 0):
            share = (line - region.line) / region.lines
            hurt += 4 * share * (1 - share)
    return hurt


def misfit(lines: int, wanted: int) -> float:
    """Lines off, weighed: white is easier to close than copy that has no room."""
    return (lines - wanted) * 3 if lines > wanted else wanted - lines
