"""What only the whole page shows: straight white lines across it (通缝, 断版)."""

from __future__ import annotations

from collections.abc import Sequence

from layout.makeup.dummy import Placement, Region

# By share of the page's height or width a straight white line crosses.
THROUGH_GUTTER = 9.0  # 通缝: gutters as they line up on the page
THROUGH_BREAK = 14.0  # 断版


def page_cost(placed: Sequence[Placement], region: Region) -> float:
    """What only the whole page shows: straight white lines across it."""
    return gutters_cost(placed, region) + breaks_cost(placed, region)


def gutters_cost(placed: Sequence[Placement], region: Region) -> float:
    """通缝."""
    gutters = (_gutter_run(placed, c, region) / region.lines for c in _inner_columns(region))
    return THROUGH_GUTTER * sum(run**3 for run in gutters)


def breaks_cost(placed: Sequence[Placement], region: Region) -> float:
    """断版."""
    return THROUGH_BREAK * _breaks(placed, region)


def _inner_columns(region: Region) -> range:
    return range(region.column + 1, region.column + region.columns)


def _gutter_run(placed: Sequence[Placement], column: int, region: Region) -> int:
    """Longest straight stretch of frame edges along one gutter, in lines."""
    crossed = sorted(
        (part.line, part.line + part.lines)
        for p in placed
        for part in p.parts
        if part.column < column < part.column + part.columns
    )
    run, at = 0, region.line
    for start, end in crossed:
        run = max(run, start - at)
        at = max(at, end)
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
