"""The page plan: which story takes which cells.

Comes in: shape tables. Goes out: a `Plan`, the cheapest arrangement that fills the page's free
rectangles of cells exactly. What no exact arrangement fills is closed by white in heads or reported
as overset – never by cutting copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf
from operator import attrgetter
from typing import TypeAlias

import msgspec

from layout.makeup.dummy import Placement, Region
from layout.makeup.planner import (
    EMPTY_CELL,
    INEXACT,
    MOST_OVER,
    Fixed,
    Hosts,
    Part,
    Planner,
    Tables,
)
from layout.makeup.score import gutters_cost, misfit, page_cost
from layout.makeup.tree import Node, mirrored, placed_in
from layout.makeup.wishes import NO_WISHES, Wishes

__all__ = ["MOST_OVER", "Fixed", "Hosts", "Plan", "Planner", "Tables", "around", "plan"]

Fill: TypeAlias = "Callable[[Planner, int, Region, float], Plan | None]"


TURNING = 1e-9  # what turning a part must gain


class Plan(msgspec.Struct, frozen=True):
    """Placements of all stories given; lines too many (`over`), below 0 too few."""

    placements: tuple[Placement, ...]
    over: int
    cost: float


def around(
    tables: Tables,
    region: Region,
    fixed: Sequence[Fixed],
    hosts: Hosts = (),
    wishes: Wishes = NO_WISHES,
) -> Plan | None:
    """The cheapest way to fill a region exactly round cells taken in its lower corners."""
    planner = Planner(tables, region.columns, region.lines, hosts, fixed, wishes)
    return _exact(planner, planner.everything, region, inf)


def plan(
    tables: Tables, regions: Sequence[Region], hosts: Hosts = (), wishes: Wishes = NO_WISHES
) -> Plan | None:
    """Share the stories out over the regions and arrange each; None when one fits nowhere.

    Exact when the copy allows; else each region takes its nearest height, the difference spread
    over its frames.
    """
    columns, lines = (max(map(attrgetter(k), regions)) for k in ("columns", "lines"))
    planner = Planner(tables, columns, lines, hosts, wishes=wishes)
    return _shared_out(planner, regions, _exact) or _shared_out(planner, regions, _filled)


def _shared_out(planner: Planner, regions: Sequence[Region], fill: Fill) -> Plan | None:
    """The cheapest way to share all stories out, each region filled by `fill`."""
    found: Plan | None = None
    exact, everything = fill is _exact, planner.everything
    for shares in _shared(planner, everything, regions, exact):
        pairs = list(zip(regions, shares, strict=True))
        placing = sum(planner.placing(stories, r, regions[0]) for r, stories in pairs)
        most = (found.cost if found else inf) - placing
        if not exact and sum(planner.least(stories, r) for r, stories in pairs) >= most:
            continue
        parts: list[Plan] = []
        for region, stories in pairs:
            part = fill(planner, stories, region, most)
            if part is None or part.cost >= most:
                break
            most -= part.cost
            parts.append(part)
        else:
            whole = _joined(parts, placing, planner.wishes)
            if found is None or whole.cost < found.cost:
                found = whole
    return found


def _joined(parts: Sequence[Plan], placing: float, wishes: Wishes) -> Plan:
    if len(parts) == 1:
        return msgspec.structs.replace(parts[0], cost=parts[0].cost + placing)
    placed = tuple(placement for part in parts for placement in part.placements)
    between = wishes.cost(placed) - sum(wishes.cost(part.placements) for part in parts)
    cost = sum(part.cost for part in parts) + placing + max(0.0, between)
    return Plan(placed, max(part.over for part in parts), cost)


def _shared(
    planner: Planner, stories: int, regions: Sequence[Region], exact: bool
) -> Iterator[tuple[int, ...]]:
    """Every way to share a set of stories out; the exact ones have about the cells."""
    region, *others = regions
    share = stories
    while True:
        if not exact or planner.may_fill(share, region):
            if others:
                for rest in _shared(planner, stories ^ share, others, exact):
                    yield (share, *rest)
            elif share == stories:
                yield (share,)
        if not share or not others:
            return
        share = (share - 1) & stories


def _exact(planner: Planner, stories: int, region: Region, most: float) -> Plan | None:
    """The cheapest way to fill a region exactly; None when it costs `most` or more, or is none."""
    best: tuple[Plan, Node] | None = None
    for part in planner.exactly(stories, region.columns, region.lines):
        if found := _as_page(planner, part, region, best[0].cost if best else most):
            best = found, part.node
    while best:
        better = _turned(planner, best, region)
        if better is None:
            return best[0]
        best = better
    return None


def _as_page(planner: Planner, part: Part, region: Region, most: float) -> Plan | None:
    """An arrangement with what the page adds, which is never negative; None when it costs `most`
    or more.
    """
    bare = part.cost - part.guess
    if bare >= most:
        return None
    placed = tuple(placed_in(part.node, region, 0))
    if bare + gutters_cost(placed, region) >= most:
        return None
    cost = bare + page_cost(placed, region) + planner.wishes.cost(placed)
    return Plan(placed, 0, cost) if cost < most else None


def _turned(planner: Planner, best: tuple[Plan, Node], region: Region) -> tuple[Plan, Node] | None:
    """The plan with one part turned left to right, when that makes a better page: the table keeps
    one arrangement of each set, and which way round it stands only the page can tell.
    """
    found, least = None, best[0].cost - TURNING
    for node in mirrored(best[1], region.columns):
        part = planner.part_of(node, region.columns, region.lines)
        if plan := _as_page(planner, part, region, least):
            found, least = (plan, node), plan.cost
    return found


def _filled(planner: Planner, stories: int, region: Region, most: float) -> Plan | None:
    """As `_exact`, else with the nearest height; without a story left empty."""
    if not stories:
        return Plan((), 0, EMPTY_CELL * region.columns * region.lines)
    if best := _exact(planner, stories, region, most):
        return best
    heights = planner.heights(stories, region.columns)
    if not heights or most <= INEXACT:
        return None
    lines = min(heights, key=lambda lines: (misfit(lines, region.lines), lines))
    part = heights[lines]
    placed = tuple(placed_in(part.node, region, region.lines - lines))
    return Plan(
        placed,
        lines - region.lines,
        part.cost - part.guess + INEXACT + 10 * misfit(lines, region.lines),
    )
