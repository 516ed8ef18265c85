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
from typing import TypeAlias

import msgspec

from layout.makeup.shapes import Shape

Tables: TypeAlias = Sequence[Mapping[int, Mapping[int, Shape]]]  # story → columns → lines → shape
Node: TypeAlias = "Leaf | Cut"

DOWN = 0.012  # a line further down, times the stories' weight
RIGHT = 0.25  # a column further right
KEPT_HEIGHTS = 48
CANDIDATES = 400
# Page faults, by share of the page's height or width a straight white line crosses.
LONG_GUTTER = 16.0  # one cut's gutter
THROUGH_GUTTER = 9.0  # 通缝: gutters as they line up on the page
THROUGH_BREAK = 14.0  # 断版
BUTTING_HEADS = 2.5  # 碰题
ROW_OF_HEADS = 7.0  # three heads or more on one level: posts in a row, not a page
SIMILAR_SIZES = 1.12
EMPTY_CELL = 3.0  # a cell no story fills


class Leaf(msgspec.Struct, frozen=True):
    """One story."""

    story: int
    shape: Shape

    @property
    def heads(self) -> int:
        """How many heads stand on its top line."""
        return 1

    @property
    def left(self) -> Leaf:
        """The story in its upper left corner."""
        return self

    @property
    def right(self) -> Leaf:
        """The story in its upper right corner."""
        return self


class Cut(msgspec.Struct, frozen=True):
    """Two parts, one above the other (`stacked`) or side by side; `at` is the first's extent.

    `heads` is how many heads stand on its top line, `left` and `right` are the stories in its upper
    corners.
    """

    stacked: bool
    first: Node
    second: Node
    at: int
    heads: int
    left: Leaf
    right: Leaf


class Placement(msgspec.Struct, frozen=True):
    """A story's cells, counted from the region's top left; `spare` lines too many or too few."""

    story: int
    column: int
    line: int
    columns: int
    lines: int
    shape: Shape
    spare: int = 0


class Region(msgspec.Struct, frozen=True):
    """A rectangle of cells to be filled."""

    column: int
    line: int
    columns: int
    lines: int


class Planner:
    """Holds one page's tables and everything found on the way."""

    def __init__(self, tables: Tables, page_lines: int) -> None:
        self.tables, self.page_lines = tables, page_lines
        self.height = 2 * page_lines
        self.weights = [1 / (1 + k) for k in range(len(tables))]
        self._best: dict[tuple[int, int], dict[int, tuple[float, Node]]] = {}
        widest = [max(table, default=0) for table in tables]
        self._least = [
            min((w * min(t) for w, t in table.items() if t), default=10**6) for table in tables
        ]
        self._most = [
            max((w * max(t) for w, t in table.items() if t), default=0) for table in tables
        ]
        self.columns = max(widest, default=0)

    def heights(self, stories: int, columns: int) -> dict[int, tuple[float, Node]]:
        """Heights a set of stories (bit mask) fills at a width: cost and arrangement."""
        key = (stories, columns)
        if key not in self._best:
            found: dict[int, tuple[float, Node]] = {}
            if stories & (stories - 1) == 0:
                story = stories.bit_length() - 1
                for lines, shape in self.tables[story].get(columns, {}).items():
                    found[lines] = (shape.cost, Leaf(story, shape))
            else:
                for cost, lines, node in self.cuts(stories, columns):
                    held = found.get(lines)
                    if held is None or cost < held[0]:
                        found[lines] = (cost, node)
            self._best[key] = _thinned(found)
        return self._best[key]

    def cuts(self, stories: int, columns: int) -> Iterator[tuple[float, int, Node]]:
        """Every way to cut a set in two at a width, with cost and height."""
        for first, second in _splits(stories):
            yield from self._stacked(first, second, columns)
            yield from self._beside(first, second, columns)

    def _stacked(self, first: int, second: int, columns: int) -> Iterator[tuple[float, int, Node]]:
        limit = self.height
        if self._low(first, columns) + self._low(second, columns) > limit:
            return
        upper, lower = self.heights(first, columns), self.heights(second, columns)
        push = DOWN * self._weight(second)
        for a, (cost_a, node_a) in upper.items():
            for b, (cost_b, node_b) in lower.items():
                if a + b <= limit:
                    yield (
                        cost_a + cost_b + push * a,
                        a + b,
                        Cut(True, node_a, node_b, a, node_a.heads, node_a.left, node_a.right),
                    )

    def _beside(self, first: int, second: int, columns: int) -> Iterator[tuple[float, int, Node]]:
        push = RIGHT * self._weight(second)
        for left in range(1, columns):
            right = columns - left
            if self._low(first, left) > self._high(second, right) or self._low(
                second, right
            ) > self._high(first, left):
                continue
            a, b = self.heights(first, left), self.heights(second, right)
            for lines in sorted(a.keys() & b.keys()):
                (cost_a, node_a), (cost_b, node_b) = a[lines], b[lines]
                heads = node_a.heads + node_b.heads
                cost = cost_a + cost_b + push * left + LONG_GUTTER * (lines / self.page_lines) ** 3
                cost += ROW_OF_HEADS * (heads > 2)
                cost += BUTTING_HEADS * _alike(node_a.right, node_b.left)
                cut = Cut(False, node_a, node_b, left, heads, node_a.left, node_b.right)
                yield cost, lines, cut

    def _low(self, stories: int, columns: int) -> float:
        return sum(self._least[k] for k in _members(stories)) / columns

    def _high(self, stories: int, columns: int) -> float:
        return sum(self._most[k] for k in _members(stories)) / columns

    def _weight(self, stories: int) -> float:
        return sum(self.weights[k] for k in _members(stories))


def _alike(a: Leaf, b: Leaf) -> float:
    """0 to 1: how much two heads on one level read as one – in size, face and number of lines."""
    one, other = a.shape.treatment.head.main, b.shape.treatment.head.main
    small, large = sorted((one.fitted.look.size, other.fitted.look.size))
    return (
        (large / small < SIMILAR_SIZES)
        + (one.fitted.look.role == other.fitted.look.role)
        + (len(one.fitted.lines) == len(other.fitted.lines))
    ) / 3


def _splits(stories: int) -> Iterator[tuple[int, int]]:
    """Both non-empty parts of a set, the best-ranked story always in the first."""
    lead = stories & -stories
    rest = stories ^ lead
    second = rest
    while second:
        yield stories ^ second, second
        second = (second - 1) & rest


def _members(stories: int) -> Iterator[int]:
    while stories:
        low = stories & -stories
        yield low.bit_length() - 1
        stories ^= low


def _thinned(found: dict[int, tuple[float, Node]]) -> dict[int, tuple[float, Node]]:
    if len(found) <= KEPT_HEIGHTS:
        return found
    kept = sorted(found, key=lambda lines: (found[lines][0], lines))[:KEPT_HEIGHTS]
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
    exact, nearest = _arranged(planner, stories, region)
    if exact:
        cost, _, placed = min(
            (cost + page_cost(placed, region), k, placed)
            for k, (cost, node) in enumerate(exact)
            for placed in [tuple(_placed(node, region, 0))]
        )
        return Plan(placed, 0, cost)
    if not nearest:
        return None
    lines = min(nearest, key=lambda lines: (_misfit(lines, region.lines), lines))
    cost, node = nearest[lines]
    placed = tuple(_placed(node, region, region.lines - lines))
    return Plan(placed, lines - region.lines, cost + 100 + 10 * _misfit(lines, region.lines))


def _misfit(lines: int, wanted: int) -> float:
    """White is easier to close than copy that has no room."""
    return (lines - wanted) * 3 if lines > wanted else wanted - lines


def _arranged(
    planner: Planner, stories: int, region: Region
) -> tuple[list[tuple[float, Node]], dict[int, tuple[float, Node]]]:
    """Arrangements that fill the region exactly, cheapest first, else the best of each height."""
    if stories & (stories - 1) == 0:
        heights = planner.heights(stories, region.columns)
        exact = heights.get(region.lines)
        return ([exact] if exact else []), heights
    found: list[tuple[float, int, Node]] = []
    nearest: dict[int, tuple[float, Node]] = {}
    for k, (cost, lines, node) in enumerate(planner.cuts(stories, region.columns)):
        if lines == region.lines:
            found.append((cost, k, node))
        elif lines not in nearest or cost < nearest[lines][0]:
            nearest[lines] = (cost, node)
    found.sort(key=lambda candidate: candidate[:2])
    return [(cost, node) for cost, _, node in found[:CANDIDATES]], nearest


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


# --- the page as a whole ---------------------------------------------------------------------


def page_cost(placed: Sequence[Placement], region: Region) -> float:
    """What only the whole page shows: straight white lines across it."""
    gutters = (_gutter_run(placed, c, region) / region.lines for c in _inner_columns(region))
    cost = THROUGH_GUTTER * sum(run**3 for run in gutters)
    return cost + THROUGH_BREAK * _worst_break(placed, region)


def _inner_columns(region: Region) -> range:
    return range(region.column + 1, region.column + region.columns)


def _gutter_run(placed: Sequence[Placement], column: int, region: Region) -> int:
    """Longest straight stretch of frame edges along one gutter, in lines."""
    crossed = sorted(
        (p.line, p.line + p.lines) for p in placed if p.column < column < p.column + p.columns
    )
    run, at = 0, region.line
    for start, end in crossed:
        run = max(run, start - at)
        at = max(at, end)
    return max(run, region.line + region.lines - at)


def _worst_break(placed: Sequence[Placement], region: Region) -> float:
    """How much a horizontal break through the page hurts: most in the middle, not under a lead."""
    worst = 0.0
    for line in sorted({p.line for p in placed if p.line > region.line}):
        through = not any(p.line < line < p.line + p.lines for p in placed)
        above = [p for p in placed if p.line + p.lines == line]
        if through and not (len(above) == 1 and above[0].story == 0):
            share = (line - region.line) / region.lines
            worst = max(worst, 4 * share * (1 - share))
    return worst
