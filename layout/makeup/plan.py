"""The page plan: which story takes which cells.

Comes in: shape tables. Goes out: a `Dummy`, the cheapest slicing arrangement that fills a rectangle
of cells exactly. Over sets of stories, a (set, width) pair holds the heights the set can fill, each
with its best arrangement: stacking two sets at one width adds heights, standing them side by side
intersects them (automatic make-up, "a way in that works on paper"). The best-ranked story of any
set stands in its upper or left part. What no exact arrangement fills is closed by white in heads
or reported as overset – never by cutting copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple, TypeAlias

import msgspec

from layout.makeup.dummy import Placement, Region
from layout.makeup.score import page_cost
from layout.makeup.shapes import Shape

Tables: TypeAlias = Sequence[Mapping[int, Mapping[int, Shape]]]  # story → columns → lines → shape
Node: TypeAlias = "Leaf | Cut"

DOWN = 0.045  # a line further down, times the stories' weight
RIGHT = 0.25  # a column further right
KEPT_HEIGHTS, KEPT_ABOVE = 40, 10.0
DISORDER = 4  # ranks
# Copy longer than the page by more lines than this is held over a story at a time.
MOST_OVER = 10
CANDIDATES = 400
LONG_GUTTER = 16.0  # one cut's gutter
BUTTING_HEADS = 2.5  # 碰题
ROW_OF_HEADS = 7.0  # three heads or more on one level: posts in a row, not a page
SIMILAR_SIZES = 1.12
EMPTY_CELL = 3.0  # a cell no story fills


class Leaf(msgspec.Struct, frozen=True):
    """One story."""

    story: int
    shape: Shape


class Cut(msgspec.Struct, frozen=True):
    """Two parts, one above the other (`stacked`) or side by side; `at` is the first's extent."""

    stacked: bool
    first: Node
    second: Node
    at: int


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


class Planner:
    """Holds one page's tables and everything found on the way."""

    def __init__(self, tables: Tables, page_lines: int) -> None:
        self.tables, self.page_lines = tables, page_lines
        self.limit = page_lines + MOST_OVER
        self._best: dict[tuple[int, int], Heights] = {}
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
            found: Heights = {}
            if stories & (stories - 1):
                for first, second in _splits(stories):
                    self._stack(first, second, columns, found)
                    self._set_beside(first, second, columns, found)
            else:
                found = self._alone(stories.bit_length() - 1, columns)
            self._best[key] = _thinned(found)
        return self._best[key]

    def exactly(self, stories: int, columns: int, lines: int) -> list[Part]:
        """Every way to cut the set first so that it fills so many lines, cheapest first."""
        if not stories & (stories - 1):
            only = self.heights(stories, columns).get(lines)
            return [only] if only else []
        found: list[Part] = []
        for first, second in _splits(stories):
            upper, lower = self.heights(first, columns), self.heights(second, columns)
            for a, part in upper.items():
                if below := lower.get(lines - a):
                    found.append(self._stacked(part, below, a, self._weight[second]))
            for left in range(1, columns):
                one = self.heights(first, left).get(lines)
                other = self.heights(second, columns - left).get(lines)
                if one and other:
                    found.append(self._side_by_side(one, other, left, lines, self._weight[second]))
        return sorted(found, key=lambda part: part.cost)[:CANDIDATES]

    def _alone(self, story: int, columns: int) -> Heights:
        found: Heights = {}
        for lines, shape in self.tables[story].get(columns, {}).items():
            left, right = _corners(shape)
            found[lines] = Part(shape.cost, 1, left, right, Leaf(story, shape))
        return found

    def _stack(self, first: int, second: int, columns: int, found: Heights) -> None:
        limit = self.limit
        if self._low[first] + self._low[second] > limit * columns:
            return
        upper, lower = self.heights(first, columns), self.heights(second, columns)
        push = DOWN * self._weight[second]
        costs = {lines: part.cost for lines, part in found.items()}
        cheapest: dict[int, tuple[int, int]] = {}
        # cheapest first: whatever comes out far above the best would be thinned out anyway
        below = sorted((part.cost, b) for b, part in lower.items())
        above = sorted((part.cost + push * a, a) for a, part in upper.items())
        most = min(costs.values(), default=inf) + KEPT_ABOVE
        for base, a in above:
            for cost, b in below:
                total, cost = a + b, base + cost
                if cost > most:
                    break
                if cost < costs.get(total, inf) and total <= limit:
                    costs[total] = cost
                    cheapest[total] = (a, b)
                    most = min(most, cost + KEPT_ABOVE)
        for total, (a, b) in cheapest.items():
            found[total] = self._stacked(upper[a], lower[b], a, self._weight[second])

    def _stacked(self, above: Part, below: Part, at: int, weight: float) -> Part:
        cost = above.cost + DOWN * weight * at + below.cost
        return Part(
            cost, above.heads, above.left, above.right, Cut(True, above.node, below.node, at)
        )

    def _set_beside(self, first: int, second: int, columns: int, found: Heights) -> None:
        for left in range(1, columns):
            right = columns - left
            if (
                self._low[first] * right > self._high[second] * left
                or self._low[second] * left > self._high[first] * right
                or self._low[first] > self.limit * left
                or self._low[second] > self.limit * right
            ):
                continue
            one, other = self.heights(first, left), self.heights(second, right)
            for lines in one.keys() & other.keys():
                part = self._side_by_side(
                    one[lines], other[lines], left, lines, self._weight[second]
                )
                held = found.get(lines)
                if held is None or part.cost < held.cost:
                    found[lines] = part

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


def _splits(stories: int) -> Iterator[tuple[int, int]]:
    """Both parts of a set, the best-ranked story in the first, ranks roughly in order.

    The first part's last story may stand at most DISORDER ranks behind the second's best.
    """
    lead = stories & -stories
    rest = stories ^ lead
    second = rest
    while second:
        first = stories ^ second
        if first.bit_length() - (second & -second).bit_length() <= DISORDER:
            yield first, second
        second = (second - 1) & rest


def _thinned(found: Heights) -> Heights:
    """The cheapest heights, ascending; one far dearer than the cheapest makes no good page."""
    kept = sorted(found, key=lambda lines: (found[lines].cost, lines))[:KEPT_HEIGHTS]
    if kept:
        most = found[kept[0]].cost + KEPT_ABOVE
        kept = [lines for lines in kept if found[lines].cost <= most]
    return {lines: found[lines] for lines in sorted(kept)}


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
    found: Plan | None = None
    for shares in _shared((1 << len(tables)) - 1, len(regions)):
        parts = []
        for region, stories in zip(regions, shares, strict=True):
            part = _filled(planner, stories, region)
            if part is None or (found and part.cost >= found.cost):
                break
            parts.append(part)
        else:
            whole = _joined(parts)
            if found is None or whole.cost < found.cost:
                found = whole
    return found


def _joined(parts: Sequence[Plan]) -> Plan:
    return Plan(
        tuple(placement for part in parts for placement in part.placements),
        max(part.over for part in parts),
        sum(part.cost for part in parts),
    )


def _shared(stories: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to share a set of stories out over so many parts."""
    if parts == 1:
        yield (stories,)
        return
    share = stories
    while True:
        for rest in _shared(stories ^ share, parts - 1):
            yield (share, *rest)
        if not share:
            return
        share = (share - 1) & stories


def _filled(planner: Planner, stories: int, region: Region) -> Plan | None:
    if not stories:
        return Plan((), 0, EMPTY_CELL * region.columns * region.lines)
    if exact := planner.exactly(stories, region.columns, region.lines):
        cost, _, placed = min(
            (part.cost + page_cost(placed, region), k, placed)
            for k, part in enumerate(exact)
            for placed in [tuple(_placed(part.node, region, 0))]
        )
        return Plan(placed, 0, cost)
    heights = planner.heights(stories, region.columns)
    if not heights:
        return None
    lines = min(heights, key=lambda lines: (_misfit(lines, region.lines), lines))
    part = heights[lines]
    placed = tuple(_placed(part.node, region, region.lines - lines))
    return Plan(placed, lines - region.lines, part.cost + 100 + 10 * _misfit(lines, region.lines))


def _misfit(lines: int, wanted: int) -> float:
    """White is easier to close than copy that has no room."""
    return (lines - wanted) * 3 if lines > wanted else wanted - lines


def _placed(node: Node, region: Region, spare: int) -> Iterator[Placement]:
    """An arrangement's placements; `spare` lines are shared out over stacked parts."""
    if isinstance(node, Leaf):
        yield Placement(
            node.story, region.column, region.line, region.columns, region.lines, node.shape, spare
        )
        return
    if not node.stacked:
        left, right = node.at, region.columns - node.at
        yield from _placed(node.first, _part(region, columns=left), spare)
        yield from _placed(node.second, _part(region, column=left, columns=right), spare)
        return
    height = region.lines - spare
    share = round(spare * node.at / height) if spare > 0 else 0
    upper = node.at + share
    yield from _placed(node.first, _part(region, lines=upper), share)
    lower = _part(region, line=upper, lines=region.lines - upper)
    yield from _placed(node.second, lower, spare - share)


def _part(
    region: Region,
    column: int = 0,
    line: int = 0,
    columns: int | None = None,
    lines: int | None = None,
) -> Region:
    return Region(
        region.column + column,
        region.line + line,
        region.columns if columns is None else columns,
        region.lines if lines is None else lines,
    )
