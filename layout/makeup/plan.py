"""The page plan: which story takes which cells.

Comes in: shape tables. Goes out: a `Dummy`, the cheapest slicing arrangement that fills a rectangle
of cells exactly. Over sets of stories, a (set, width) pair holds the heights the set can fill, each
with its best arrangement: stacking two sets at one width adds heights, standing them side by side
intersects them (automatic make-up, "a way in that works on paper"). The best-ranked story of any
set stands in its upper or left part. What no exact arrangement fills is closed by white in heads
or reported as overset – never by cutting copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil, inf
from typing import NamedTuple, TypeAlias

import msgspec

from layout.makeup.dummy import Placement, Region
from layout.makeup.score import misfit, page_cost
from layout.makeup.shapes import Shape
from layout.makeup.tree import Cut, Leaf, Node, placed_in

Tables: TypeAlias = Sequence[Mapping[int, Mapping[int, Shape]]]  # story → columns → lines → shape
Fill: TypeAlias = "Callable[[Planner, int, Region, float], Plan | None]"

DOWN = 0.045  # a line further down, times the stories' weight
RIGHT = 0.25  # a column further right
# Heights kept of a set, and how far above its cheapest; a few stories keep nearly all.
KEPT_HEIGHTS, KEPT_ABOVE = 40, 10.0
FEW, FEW_HEIGHTS, FEW_ABOVE = 6, 160, 60.0
# Ranks out of order, by stories on the page: fewer where the search would take seconds.
DISORDER = (4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 2, 2)
# Copy longer than the page by more lines than this is held over a story at a time.
MOST_OVER = 10
CANDIDATES, LONG_GUTTER = 400, 16.0  # arrangements weighed as pages; one cut's gutter
BUTTING_HEADS = 2.5  # 碰题
ROW_OF_HEADS = 7.0  # three heads or more on one level: posts in a row, not a page
SIMILAR_SIZES = 1.12
LEAD_ASIDE = 12.0  # the lead in a region further right or down (假头条)
EMPTY_CELL = 3.0  # a cell no story fills
INEXACT = 100.0  # a region no arrangement fills exactly, besides each line off

# What a part shows to its neighbours: a head's size, role and number of lines.
Face: TypeAlias = tuple[float, str, int]
_TEXT: Face = (1.0, "", 0)  # body copy, beside a vertical head


class Part(NamedTuple):
    """A set of stories arranged: its cost, heads on its top line, the heads in its upper corners.

    A named tuple, not a Struct: hundreds of thousands are made, and tuples are made fastest.
    """

    cost: float
    heads: int
    left: Face
    right: Face
    node: Node


Heights: TypeAlias = dict[int, Part]  # lines → the cheapest part that fills them, ascending


class _Trials:
    """What a set at a width may become: by lines its least cost so far and the cut that has it.

    A cut is both sets and the left part's columns (0 when stacked), then the upper part's lines.
    Parts are made of the few that are kept. Beyond `most` nothing is.
    """

    __slots__ = ("costs", "most", "ways")

    def __init__(self) -> None:
        self.costs: dict[int, float] = {}
        self.ways: dict[int, tuple[tuple[int, int, int], int]] = {}
        self.most = inf


class Planner:
    """Holds one page's tables and everything found on the way."""

    def __init__(self, tables: Tables, page_lines: int) -> None:
        self.tables, self.page_lines = tables, page_lines
        self.limit = page_lines + MOST_OVER
        few = len(tables) <= FEW
        self.kept, self.above = (FEW_HEIGHTS, FEW_ABOVE) if few else (KEPT_HEIGHTS, KEPT_ABOVE)
        self.disorder = DISORDER[min(len(tables), len(DISORDER) - 1)]
        self._best: dict[tuple[int, int], Heights] = {}
        self._cheap: dict[tuple[int, int], list[tuple[float, int]]] = {}
        self._alike: dict[tuple[Face, Face], float] = {}
        count = len(tables)
        least = [
            min((w * min(t) for w, t in table.items() if t), default=10**6) for table in tables
        ]
        most = [max((w * max(t) for w, t in table.items() if t), default=0) for table in tables]
        # by set of stories (bit mask): cells at least, cells at most, weight
        self._low, self._high, self._weight = ([0.0] * (1 << count) for _ in range(3))
        for stories in range(1, 1 << count):
            story = stories.bit_length() - 1
            rest = stories ^ (1 << story)
            self._low[stories] = self._low[rest] + least[story]
            self._high[stories] = self._high[rest] + most[story]
            self._weight[stories] = self._weight[rest] + 1 / (1 + story)

    def heights(self, stories: int, columns: int) -> Heights:
        """Heights a set of stories fills at a width, each with its cheapest arrangement."""
        key = (stories, columns)
        if key not in self._best:
            if not stories & (stories - 1):
                every = self._alone(stories.bit_length() - 1, columns)
                kept = self._kept({lines: part.cost for lines, part in every.items()})
                found = {lines: every[lines] for lines in kept}
            elif self._low[stories] > self.limit * columns:
                found = {}
            else:
                trials = _Trials()
                for first, second in self._splits(stories):
                    self._stack(first, second, columns, trials)
                    self._set_beside(first, second, columns, trials)
                found = self._made(columns, trials)
            self._best[key] = found
            self._cheap[key] = sorted((part.cost, lines) for lines, part in found.items())
        return self._best[key]

    def _kept(self, costs: Mapping[int, float]) -> list[int]:
        """The cheapest heights, ascending; one far dearer than the cheapest makes no page."""
        kept = sorted(costs, key=lambda lines: (costs[lines], lines))[: self.kept]
        most = costs[kept[0]] + self.above if kept else 0.0
        return sorted(lines for lines in kept if costs[lines] <= most)

    def exactly(self, stories: int, columns: int, lines: int) -> list[Part]:
        """Every way to cut the set first so that it fills so many lines, cheapest first."""
        if not stories & (stories - 1):
            only = self.heights(stories, columns).get(lines)
            return [only] if only else []
        if not self._low[stories] <= lines * columns <= self._high[stories]:
            return []
        found: list[Part] = []
        for first, second in self._splits(stories):
            upper, lower = self.heights(first, columns), self.heights(second, columns)
            for a, part in upper.items():
                if below := lower.get(lines - a):
                    found.append(self._stacked(part, below, a, self._weight[second]))
            for left in range(1, columns):
                if not self._can_be(first, second, left, columns - left, lines):
                    continue
                one = self.heights(first, left).get(lines)
                other = self.heights(second, columns - left).get(lines) if one else None
                if one and other:
                    found.append(self._side_by_side(one, other, left, lines, self._weight[second]))
        return sorted(found, key=lambda part: part.cost)[:CANDIDATES]

    def may_fill(self, stories: int, region: Region) -> bool:
        """Whether a set has about the cells for a region; False for no story at all."""
        return self._low[stories] <= region.columns * region.lines <= self._high[stories]

    def placing(self, stories: int, region: Region, first: Region) -> float:
        """What it costs to have a set in a region that is not the page's first."""
        across, down = region.column - first.column, region.line - first.line
        cost = self._weight[stories] * (DOWN * max(0, down) + RIGHT * max(0, across))
        return cost + LEAD_ASIDE * (region is not first and stories & 1)

    def least(self, stories: int, region: Region) -> float:
        """What lines too many or too few a set costs in a region at least."""
        if not stories:
            return EMPTY_CELL * region.columns * region.lines
        over = max(0, ceil(self._low[stories] / region.columns) - region.lines)
        under = max(0, region.lines - int(self._high[stories] / region.columns))
        return INEXACT + 30 * over + 10 * under if over or under else 0.0

    def _can_be(self, first: int, second: int, left: int, right: int, lines: int) -> bool:
        """Whether two sets have about the cells for two widths of one height."""
        low, high, one, other = self._low, self._high, lines * left, lines * right
        return low[first] <= one <= high[first] and low[second] <= other <= high[second]

    def _splits(self, stories: int) -> Iterator[tuple[int, int]]:
        return _splits(stories, self.disorder)

    def _alone(self, story: int, columns: int) -> Heights:
        found: Heights = {}
        for lines, shape in self.tables[story].get(columns, {}).items():
            left, right = _corners(shape)
            found[lines] = Part(shape.cost, 1, left, right, Leaf(story, shape))
        return found

    def _stack(self, first: int, second: int, columns: int, trials: _Trials) -> None:
        limit = self.limit
        if self._low[first] > limit * columns or self._low[second] > limit * columns:
            return
        if not self.heights(first, columns) or not self.heights(second, columns):
            return
        push = DOWN * self._weight[second]
        # cheapest first: what comes out far above the best would be thinned out anyway
        below, upper = self._cheap[second, columns], self._cheap[first, columns]
        costs, ways, most = trials.costs, trials.ways, trials.most
        least = below[0][0]
        if upper[0][0] + least > most:
            return
        known, how = costs.get, (first, second, 0)
        for base, a in upper:
            base += push * a
            if base + least > most:
                continue
            room = limit - a
            for cost, b in below:
                cost += base
                if cost > most:
                    break
                if b <= room and cost < known(a + b, inf):
                    costs[a + b] = cost
                    ways[a + b] = (how, a)
                    if cost + self.above < most:
                        most = cost + self.above
        trials.most = most

    def _made(self, columns: int, trials: _Trials) -> Heights:
        """The parts that trials found worth keeping."""
        found: Heights = {}
        for lines in self._kept(trials.costs):
            (first, second, left), at = trials.ways[lines]
            weight = self._weight[second]
            if left:
                one = self._best[first, left][lines]
                other = self._best[second, columns - left][lines]
                found[lines] = self._side_by_side(one, other, left, lines, weight)
            else:
                one, other = self._best[first, columns][at], self._best[second, columns][lines - at]
                found[lines] = self._stacked(one, other, at, weight)
        return found

    def _stacked(self, above: Part, below: Part, at: int, weight: float) -> Part:
        cost = above.cost + DOWN * weight * at + below.cost
        return Part(
            cost, above.heads, above.left, above.right, Cut(True, above.node, below.node, at)
        )

    def _set_beside(self, first: int, second: int, columns: int, trials: _Trials) -> None:
        costs, ways = trials.costs, trials.ways
        low, high, weight = self._low, self._high, self._weight[second]
        for left in range(1, columns):
            right = columns - left
            if (
                low[first] * right > high[second] * left
                or low[second] * left > high[first] * right
                or low[first] > self.limit * left
                or low[second] > self.limit * right
            ):
                continue
            one, other = self.heights(first, left), self.heights(second, right)
            for lines in one.keys() & other.keys():
                most = min(trials.most, costs.get(lines, inf))
                part, neighbour = one[lines], other[lines]
                if part.cost + neighbour.cost + RIGHT * weight * left >= most:
                    continue
                cost = self._side_by_side(part, neighbour, left, lines, weight).cost
                if cost < most:
                    costs[lines] = cost
                    ways[lines] = ((first, second, left), 0)
                    trials.most = min(trials.most, cost + self.above)

    def _side_by_side(self, one: Part, other: Part, left: int, lines: int, weight: float) -> Part:
        heads = one.heads + other.heads
        cost = one.cost + other.cost + RIGHT * weight * left
        cost += LONG_GUTTER * (lines / self.page_lines) ** 3 + ROW_OF_HEADS * (heads > 2)
        cost += BUTTING_HEADS * self._likeness(one.right, other.left)
        return Part(cost, heads, one.left, other.right, Cut(False, one.node, other.node, left))

    def _likeness(self, one: Face, other: Face) -> float:
        """0 to 1: how much two heads on one level read as one – in size, face and lines."""
        key = (one, other)
        if key not in self._alike:
            small, large = sorted((one[0], other[0]))
            similar = (large / small < SIMILAR_SIZES) + (one[1] == other[1]) + (one[2] == other[2])
            self._alike[key] = similar / 3
        return self._alike[key]


def _corners(shape: Shape) -> tuple[Face, Face]:
    """What stands in a story's upper corners: its head, beside a vertical one text."""
    t = shape.treatment
    main = t.head.main.fitted
    head = (main.look.size, main.look.role, len(main.lines))
    if t.block is None:
        return head, head
    return (head, _TEXT) if t.block.leg == 0 else (_TEXT, head)


def _splits(stories: int, disorder: int) -> Iterator[tuple[int, int]]:
    """Both parts of a set, the best-ranked story in the first, ranks roughly in order.

    The first part's last story may stand at most `disorder` ranks behind the second's best.
    """
    lead = stories & -stories
    rest = stories ^ lead
    second = rest
    while second:
        first = stories ^ second
        if first.bit_length() - (second & -second).bit_length() <= disorder:
            yield first, second
        second = (second - 1) & rest


# --- choosing a page -------------------------------------------------------------------------


class Plan(msgspec.Struct, frozen=True):
    """Placements of all stories given; lines too many (`over`) or cells left empty (`holes`)."""

    placements: tuple[Placement, ...]
    over: int
    cost: float


def plan(tables: Tables, regions: Sequence[Region]) -> Plan | None:
    """Share the stories out over the regions and arrange each; None when one fits nowhere.

    Exact when the copy allows; else each region takes its nearest height, the difference spread
    over its frames.
    """
    planner = Planner(tables, max(region.lines for region in regions))
    return _shared_out(planner, regions, _exact) or _shared_out(planner, regions, _filled)


def _shared_out(planner: Planner, regions: Sequence[Region], fill: Fill) -> Plan | None:
    """The cheapest way to share all stories out, each region filled by `fill`."""
    found: Plan | None = None
    exact, everything = fill is _exact, (1 << len(planner.tables)) - 1
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
            found = _joined(parts, placing)
    return found


def _joined(parts: Sequence[Plan], placing: float) -> Plan:
    return Plan(
        tuple(placement for part in parts for placement in part.placements),
        max(part.over for part in parts),
        sum(part.cost for part in parts) + placing,
    )


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
    best: Plan | None = None
    for part in planner.exactly(stories, region.columns, region.lines):
        if part.cost >= (best.cost if best else most):
            break  # cheapest first, and what the page adds is never negative
        placed = tuple(placed_in(part.node, region, 0))
        cost = part.cost + page_cost(placed, region)
        if best is None or cost < best.cost:
            best = Plan(placed, 0, cost)
    return best


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
        placed, lines - region.lines, part.cost + INEXACT + 10 * misfit(lines, region.lines)
    )
