"""What sets of stories can fill: the table of the page search.

Comes in: shape tables and hosts. Goes out: for a set of stories and a width, the heights the set
can fill, each with its best arrangement: stacking two sets at one width adds heights, standing them
side by side intersects them, and a story set as an L takes the rest of a set into its corner
(automatic make-up, "a way in that works on paper"). The best-ranked story of any set stands in its
upper or left part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, inf
from typing import NamedTuple, TypeAlias

import msgspec

from layout.makeup.dummy import Region
from layout.makeup.nested import AIRED, LEAST_CORNER, LEAST_NESTED, MOST_AIR, Host
from layout.makeup.treatment import Notch, Shape, Treatment
from layout.makeup.tree import Cut, Leaf, Nest, Node, Space, stories_of
from layout.makeup.wishes import NO_WISHES, Wishes

Tables: TypeAlias = Sequence[Mapping[int, Mapping[int, Shape]]]  # story → columns → lines → shape
Hosts: TypeAlias = Sequence[Mapping[int, Sequence[Host]]]  # story → columns → ways to be an L

DOWN = 0.045  # a line further down, times the stories' weight
RIGHT = 0.25  # a column further right
# Heights kept of a set, and how far above its cheapest; a few stories keep nearly all.
KEPT_HEIGHTS, KEPT_ABOVE = 40, 10.0
FEW, FEW_HEIGHTS, FEW_ABOVE = 6, 160, 60.0
# Ranks out of order, by stories on the page: fewer where the search would take seconds.
DISORDER = (4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 2, 2)
# Copy longer than the page by more lines than this is held over a story at a time.
MOST_OVER = 10
# Arrangements weighed as pages: of a few stories nearly all; one cut's gutter.
CANDIDATES, FEW_CANDIDATES, LONG_GUTTER = 400, 3000, 16.0
BUTTING_HEADS = 2.5  # 碰题
ROW_OF_HEADS = 7.0  # three heads or more on one level: posts in a row, not a page
SIMILAR_SIZES = 1.12
EMPTY_CELL = 3.0  # a cell no story fills
INEXACT = 100.0  # a region no arrangement fills exactly, besides each line off
MOST_GUESTS = 3  # stories in an L's corner
BREAK_GUESS = 8.0  # of a cut across the whole page, until `page_cost` knows where it is
LEAD_ASIDE = 12.0  # the lead in a region further right or down (假头条)

# What a part shows to its neighbours: a head's size, role and number of lines.
Face: TypeAlias = tuple[float, str, int]
_TEXT: Face = (1.0, "", 0)  # body copy, beside a vertical head


class Part(msgspec.Struct, frozen=True, gc=False):
    """A set of stories arranged: its cost, heads on its top line, the heads in its upper corners.

    Tens of thousands are made, and none is ever part of itself: nothing for the garbage collector.
    """

    cost: float
    heads: int
    left: Face
    right: Face
    node: Node
    guess: float = 0.0  # in the cost, of breaks whose place on the page is not known yet


Heights: TypeAlias = dict[int, Part]  # lines → the cheapest part that fills them, ascending


class Filling(msgspec.Struct, frozen=True, gc=False):
    """The heights a set fills at a width, the least of their costs, and those that may be stacked,
    the cheapest first.
    """

    heights: Heights
    least: float
    cheap: list[tuple[float, int]]


class Fixed(NamedTuple):
    """Cells in a lower corner of the region that are taken already: an advertisement's, a pin's."""

    columns: int
    lines: int
    left: bool


class Wrap(msgspec.Struct, frozen=True, gc=False):
    """A host round a corner: which of its story's, the corner, rows and lines of air."""

    host: int
    notch: Notch
    rows: int
    air: int


Way: TypeAlias = "tuple[tuple[int, int, int], int | Wrap]"
# Lines a corner may have: round any of a story's hosts, and round each of them.
_Hosting: TypeAlias = "tuple[range, list[tuple[int, Host, range]]]"
# A host round a corner: cost and lines without air in its head, which host, the corner, rows.
_Corner: TypeAlias = "tuple[float, int, int, Notch, int]"


class _Trials:
    """What a set at a width may become: by lines its least cost so far and the way to it.

    A way is both sets and the left part's columns (0 when stacked or wrapped), then the upper
    part's lines or the wrap. Parts are made of the few that are kept. Beyond `most` nothing is.
    `costs` says of more lines than `limit` that nothing is cheaper, so that stacking stops there;
    sets side by side may be `tall`.
    """

    __slots__ = ("costs", "limit", "most", "tall", "ways")

    def __init__(self, limit: int) -> None:
        self.limit, self.most = limit, inf
        self.costs = [inf] * (limit + 1) + [-inf] * limit
        self.tall: dict[int, float] = {}
        self.ways: dict[int, Way] = {}

    def least(self, lines: int) -> float:
        """What is worth a trial of so many lines costs less."""
        held = self.costs[lines] if lines <= self.limit else self.tall.get(lines, inf)
        return held if held < self.most else self.most

    def keep(self, lines: int, cost: float, way: Way, above: float) -> None:
        """The cheapest way to so many lines as yet; one dearer by `above` than it is none."""
        if lines <= self.limit:
            self.costs[lines] = cost
        else:
            self.tall[lines] = cost
        self.ways[lines] = way
        self.most = min(self.most, cost + above)

    def found(self) -> Iterator[tuple[float, int]]:
        """Least costs and their lines."""
        for lines in self.ways:
            yield self.tall[lines] if lines > self.limit else self.costs[lines], lines


class Planner:
    """Holds one page's tables and everything found on the way."""

    def __init__(
        self,
        tables: Tables,
        columns: int,
        page_lines: int,
        hosts: Hosts = (),
        fixed: Sequence[Fixed] = (),
        wishes: Wishes = NO_WISHES,
    ) -> None:
        self.tables, self.page_lines, self.hosts, self.fixed = tables, page_lines, hosts, fixed
        self.columns = columns
        self.wishes, self.limit = wishes, page_lines + MOST_OVER
        stories = len(tables)
        self._pairs, self._apart = (
            [1 << one | 1 << other for one, other in pairs if other < stories]
            for pairs in (wishes.together, wishes.apart)
        )
        few = len(tables) <= FEW
        self.kept, self.above = (FEW_HEIGHTS, FEW_ABOVE) if few else (KEPT_HEIGHTS, KEPT_ABOVE)
        self.guests = len(tables) if few else MOST_GUESTS
        self.disorder = DISORDER[min(len(tables), len(DISORDER) - 1)]
        self._best: dict[tuple[int, int], Filling] = {}
        self._corners: dict[tuple[int, int, int, bool], _Hosting] = {}
        self._gutters, self._alike = _Gutters(page_lines), _Likeness()
        count = len(tables) + len(fixed)
        least = [
            min((w * min(t) for w, t in table.items() if t), default=10**6) for table in tables
        ]
        most = [max((w * max(t) for w, t in table.items() if t), default=0) for table in tables]
        cells = [place.columns * place.lines for place in fixed]
        least, most = least + cells, most + cells
        weights = [*(1 / (1 + story) for story in range(len(tables))), *(0.0 for _ in fixed)]
        self._stories = (1 << len(tables)) - 1
        self.everything = (1 << count) - 1
        self._left, self._right = (
            sum(1 << k for k, f in enumerate(fixed, len(tables)) if f.left is side)
            for side in (True, False)
        )
        # by set of stories and fixed cells (bit mask): cells at least, cells at most, weight
        self._low, self._high, self._weight = ([0.0] * (1 << count) for _ in range(3))
        for stories in range(1, 1 << count):
            story = stories.bit_length() - 1
            rest = stories ^ (1 << story)
            self._low[stories] = self._low[rest] + least[story]
            self._high[stories] = self._high[rest] + most[story]
            self._weight[stories] = self._weight[rest] + weights[story]

    def heights(self, stories: int, columns: int) -> Heights:
        """Heights a set of stories fills at a width, each with its cheapest arrangement."""
        return self._filling(stories, columns).heights

    def _filling(self, stories: int, columns: int) -> Filling:
        key = (stories, columns)
        if (held := self._best.get(key)) is not None:
            return held
        if not stories & (stories - 1):
            every = self._alone(stories.bit_length() - 1, columns)
            kept = self._kept((part.cost, lines) for lines, part in every.items())
            found = {lines: every[lines] for lines in kept}
        elif self._low[stories] > self.limit * columns:
            found = {}
        else:
            trials = _Trials(self.limit)
            for first, second in self._splits(stories):
                self._stack(first, second, columns, trials)
                if beside := self._beside(first, second):
                    self._set_beside(*beside, columns, trials)
            self._wrap(stories, columns, trials)
            found = self._made(columns, trials)
        costs = sorted([(part.cost, lines) for lines, part in found.items()])
        cheap = [(cost, lines) for cost, lines in costs if lines <= self.limit]
        made = self._best[key] = Filling(found, costs[0][0] if costs else inf, cheap)
        return made

    def _kept(self, costs: Iterable[tuple[float, int]]) -> list[int]:
        """The cheapest heights, ascending; one far dearer than the cheapest makes no page."""
        kept = sorted(costs)[: self.kept]
        most = kept[0][0] + self.above if kept else 0.0
        return sorted([lines for cost, lines in kept if cost <= most])

    def exactly(self, stories: int, columns: int, lines: int) -> list[Part]:
        """Every way to cut the set first so that it fills so many lines, cheapest first."""
        if not stories & (stories - 1):
            only = self.heights(stories, columns).get(lines)
            return [only] if only else []
        if not self._low[stories] <= lines * columns <= self._high[stories]:
            return []
        found: list[Part] = []
        for first, second in self._splits(stories):
            found += self._stacked_exactly(first, second, columns, lines)
            if beside := self._beside(first, second):
                found += self._beside_exactly(*beside, columns, lines)
        found += self._wrapped_exactly(stories, columns, lines)
        most = FEW_CANDIDATES if len(self.tables) <= FEW else CANDIDATES
        return sorted(found, key=lambda part: part.cost)[:most]

    def _stacked_exactly(self, first: int, second: int, columns: int, lines: int) -> Iterator[Part]:
        if not self._may_stand_over(first):
            return
        upper, lower = self.heights(first, columns), self.heights(second, columns)
        guess = self._guess(first, columns)
        for a, part in upper.items():
            if below := lower.get(lines - a):
                yield self._stacked(part, below, a, self._weight[second], guess)

    def _beside_exactly(self, one: int, other: int, columns: int, lines: int) -> Iterator[Part]:
        for left in range(1, columns):
            if not self._can_be(one, other, left, columns - left, lines):
                continue
            part = self.heights(one, left).get(lines)
            neighbour = self.heights(other, columns - left).get(lines) if part else None
            if part and neighbour:
                yield self._side_by_side(part, neighbour, left, lines, self._aside(other))

    def _may_stand_over(self, first: int) -> bool:
        """Whether a set may stand over others: fixed cells are at the foot."""
        return not first & (self._left | self._right)

    def _beside(self, first: int, second: int) -> tuple[int, int] | None:
        """Both sets from left to right, as their fixed cells allow."""
        if not first & self._right and not second & self._left:
            return first, second
        if not second & self._right and not first & self._left:
            return second, first
        return None

    def _aside(self, right: int) -> float:
        """What a column further right costs a set."""
        return RIGHT * self._weight[right] + LEAD_ASIDE * (right & 1)

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
        found = _splits(stories, self._stories, self.disorder)
        if not (self._pairs or self._apart):
            return found
        return (split for split in found if all(map(self._as_wished, split))
                and stories not in self._apart)  # fmt: skip

    def _as_wished(self, part: int) -> bool:
        """Whether every pair wished together is in a part, or out of it, or one story is all of
        it: then the two are cut from each other last, and touch.
        """
        single = not part & (part - 1)
        return single or all(part & pair in (0, pair) for pair in self._pairs)

    def _alone(self, story: int, columns: int) -> Heights:
        found: Heights = {}
        if story >= len(self.tables):
            place = self.fixed[story - len(self.tables)]
            free = Part(0.0, 0, _TEXT, _TEXT, Space())
            return {place.lines: free} if columns == place.columns else {}
        for lines, shape in self.tables[story].get(columns, {}).items():
            left, right = _corners(shape)
            found[lines] = Part(shape.cost, 1, left, right, Leaf(story, shape))
        return found

    def _stack(self, first: int, second: int, columns: int, trials: _Trials) -> None:
        if not self._may_stand_over(first):
            return
        # cheapest first: what comes out far above the best would be thinned out anyway
        if not (upper := self._filling(first, columns).cheap):
            return
        below = self._filling(second, columns).cheap
        costs, ways, most, above = trials.costs, trials.ways, trials.most, self.above
        if not below or upper[0][0] + below[0][0] > most:
            return
        how, least = (first, second, 0), below[0][0]
        push, guess = DOWN * self._weight[second], self._guess(first, columns)
        for base, a in upper:
            base += push * a + guess
            if base + least > most:
                continue
            for cost, b in below:
                cost += base
                if cost > most:
                    break
                if cost < costs[a + b]:
                    costs[a + b] = cost
                    ways[a + b] = (how, a)
                    if cost + above < most:
                        most = cost + above
        trials.most = most

    def _made(self, columns: int, trials: _Trials) -> Heights:
        """The parts that trials found worth keeping."""
        found: Heights = {}
        best, ways = self._best, trials.ways
        for lines in self._kept(trials.found()):
            (first, second, left), at = ways[lines]
            if isinstance(at, Wrap):
                guest = best[second, at.notch.columns].heights[at.notch.lines]
                found[lines] = self._wrapped(first, second, columns, at, guest)
            elif left:
                one, other = best[first, left], best[second, columns - left]
                pair, aside = (one.heights[lines], other.heights[lines]), self._aside(second)
                found[lines] = self._side_by_side(*pair, left, lines, aside)
            else:
                above, below = best[first, columns], best[second, columns]
                pair, weight = (above.heights[at], below.heights[lines - at]), self._weight[second]
                found[lines] = self._stacked(*pair, at, weight, self._guess(first, columns))
        return found

    def _guess(self, first: int, columns: int) -> float:
        """What a cut below a set may cost as a break: nothing under the lead alone."""
        return BREAK_GUESS if columns == self.columns and first != 1 else 0.0

    def _stacked(
        self, above: Part, below: Part, at: int, weight: float, guess: float = 0.0
    ) -> Part:
        cost = above.cost + DOWN * weight * at + guess + below.cost
        node = Cut(True, above.node, below.node, at)
        guess += above.guess + below.guess
        return Part(cost, above.heads, above.left, above.right, node, guess)

    def _set_beside(self, first: int, second: int, columns: int, trials: _Trials) -> None:
        low, high, limit = self._low[first], self._high[first], self.limit
        lower, higher, aside = self._low[second], self._high[second], self._aside(second)
        for left in range(1, columns):
            right = columns - left
            if low * right > higher * left or lower * left > high * right:
                continue
            if low > limit * left or lower > limit * right:
                continue
            one, other = self._filling(first, left), self._filling(second, right)
            if one.least + other.least + aside * left >= trials.most:
                continue
            for lines in one.heights.keys() & other.heights.keys():
                part, neighbour = one.heights[lines], other.heights[lines]
                most = trials.least(lines)
                if part.cost + neighbour.cost + aside * left + self._gutters[lines] >= most:
                    continue
                cost = self._beside_cost(part, neighbour, left, lines, aside)
                if cost < most:
                    trials.keep(lines, cost, ((first, second, left), 0), self.above)

    def _wraps(self, stories: int, columns: int, trials: _Trials) -> Iterator[_Corner]:
        """Ways the best-ranked story of a set takes the rest into its corner, those that may be
        cheaper than the trials' most.
        """
        rest = stories & (stories - 1)
        if not self._as_wished(rest) or stories in self._apart:
            return
        story = (stories ^ rest).bit_length() - 1
        hosts = self.hosts[story].get(columns, ()) if story < len(self.hosts) else ()
        fewest = self._low[stories] > trials.limit * columns
        if not hosts or fewest or rest.bit_count() > self.guests:
            return
        for corner in range(1, columns):
            if self._low[rest] > self.limit * corner:
                continue
            guests = self._filling(rest, corner).cheap
            sides = [*self._sides(story, rest, columns, corner)] if guests else []
            for guest, lines in guests:
                if guest + hosts[0].cost > trials.most:
                    break
                gutter = self._gutters[lines]
                for left, aside, (span, hosting) in sides:
                    if lines not in span:
                        continue
                    floor = guest + gutter + aside + LEAST_NESTED
                    for index, host, fitting in hosting:
                        if floor + host.cost > trials.most:
                            break
                        if lines in fitting:
                            notch = Notch(corner, lines, left)
                            rows = host.rows_round(notch)
                            cost = host.costs(notch, rows) + guest + gutter + aside
                            yield cost, host.treatment.head_lines + rows, index, notch, rows

    def _sides(
        self, story: int, rest: int, columns: int, corner: int
    ) -> Iterator[tuple[bool, float, _Hosting]]:
        """At which side of a story a set may have its corner, what that costs, by which hosts."""
        for left in (False, True):
            if rest & (self._right if left else self._left):
                continue
            key = (story, columns, corner, left)
            if key not in self._corners:
                hosts = enumerate(self.hosts[story][columns])
                lines = [(k, host, host.corner(corner, left=left)) for k, host in hosts]
                least = min(fitting.start for _, _, fitting in lines)
                most = max(fitting.stop for _, _, fitting in lines)
                self._corners[key] = range(max(LEAST_CORNER, least), most), lines
            aside = RIGHT * self._weight[rest] * (0 if left else columns - corner)
            yield left, aside, self._corners[key]

    def _wrap(self, stories: int, columns: int, trials: _Trials) -> None:
        rest = stories & (stories - 1)
        down, how, costs = DOWN * self._weight[rest], (stories ^ rest, rest, 0), trials.costs
        for base, high, index, notch, rows in self._wraps(stories, columns, trials):
            for air in range(min(MOST_AIR, self.limit - high) + 1):
                lines = high + air
                cost = base + AIRED[air] + down * (lines - notch.lines)
                if cost >= trials.most:
                    break  # more air costs more
                if cost < costs[lines]:
                    trials.keep(lines, cost, (how, Wrap(index, notch, rows, air)), self.above)

    def _wrapped_exactly(self, stories: int, columns: int, lines: int) -> list[Part]:
        rest = stories & (stories - 1)
        return [
            self._wrapped(stories ^ rest, rest, columns, wrap, guest)
            for _, high, index, notch, rows in self._wraps(stories, columns, _Trials(lines))
            if high <= lines <= high + MOST_AIR
            for wrap in [Wrap(index, notch, rows, lines - high)]
            for guest in [self._best[rest, notch.columns].heights[notch.lines]]
        ]

    def _wrapped(self, lead: int, rest: int, columns: int, wrap: Wrap, guest: Part) -> Part:
        story = lead.bit_length() - 1
        shape = self.hosts[story][columns][wrap.host].shape(wrap.notch, wrap.rows, wrap.air)
        return self._nested(story, shape, rest, columns, guest)

    def _nested(self, story: int, shape: Shape, rest: int, columns: int, guest: Part) -> Part:
        notch, weight = shape.treatment.notch, self._weight[rest]
        assert notch
        right = 0 if notch.left else columns - notch.columns
        cost = shape.cost + guest.cost + self._gutters[notch.lines]
        cost += weight * (RIGHT * right + DOWN * (shape.lines - notch.lines))
        face = _head_face(shape.treatment)
        return Part(cost, 1, face, face, Nest(story, shape, guest.node))

    def part_of(self, node: Node, columns: int, lines: int) -> Part:
        """What an arrangement costs as a part of so many columns and lines."""
        if isinstance(node, Leaf):
            left, right = _corners(node.shape)
            return Part(node.shape.cost, 1, left, right, node)
        if isinstance(node, Space):
            return Part(0.0, 0, _TEXT, _TEXT, node)
        if isinstance(node, Nest):
            notch, rest = node.shape.treatment.notch, stories_of(node.guest)
            assert notch
            guest = self.part_of(node.guest, notch.columns, notch.lines)
            return self._nested(node.story, node.shape, rest, columns, guest)
        first, second = stories_of(node.first), stories_of(node.second)
        if node.stacked:
            above = self.part_of(node.first, columns, node.at)
            below = self.part_of(node.second, columns, lines - node.at)
            guess = self._guess(first, columns)
            return self._stacked(above, below, node.at, self._weight[second], guess)
        one = self.part_of(node.first, node.at, lines)
        other = self.part_of(node.second, columns - node.at, lines)
        return self._side_by_side(one, other, node.at, lines, self._aside(second))

    def _side_by_side(self, one: Part, other: Part, left: int, lines: int, aside: float) -> Part:
        cost = self._beside_cost(one, other, left, lines, aside)
        node = Cut(False, one.node, other.node, left)
        return Part(cost, one.heads + other.heads, one.left, other.right, node)

    def _beside_cost(self, one: Part, other: Part, left: int, lines: int, aside: float) -> float:
        cost = one.cost + other.cost + aside * left
        cost += self._gutters[lines] + ROW_OF_HEADS * (one.heads + other.heads > 2)
        return cost + BUTTING_HEADS * self._alike[one.right, other.left]


class _Gutters(dict[int, float]):
    """What a gutter of so many lines costs."""

    def __init__(self, page_lines: int) -> None:
        self.page_lines = page_lines

    def __missing__(self, lines: int) -> float:
        cost = self[lines] = LONG_GUTTER * (lines / self.page_lines) ** 3
        return cost


class _Likeness(dict[tuple[Face, Face], float]):
    """0 to 1: how much two heads on one level read as one – in size, face and lines."""

    def __missing__(self, heads: tuple[Face, Face]) -> float:
        one, other = heads
        small, large = sorted((one[0], other[0]))
        similar = (large / small < SIMILAR_SIZES) + (one[1] == other[1]) + (one[2] == other[2])
        likeness = self[heads] = similar / 3
        return likeness


def _corners(shape: Shape) -> tuple[Face, Face]:
    """What stands in a story's upper corners: its head, beside a vertical one text."""
    t = shape.treatment
    head = _head_face(t)
    if t.block is None:
        return head, head
    return (head, _TEXT) if t.block.leg == 0 else (_TEXT, head)


def _head_face(t: Treatment) -> Face:
    main = t.head.main.fitted
    return main.look.size, main.look.role, len(main.lines)


def _splits(stories: int, real: int, disorder: int) -> Iterator[tuple[int, int]]:
    """Both parts of a set, the best-ranked story in the first, ranks roughly in order.

    The first part's last story may stand at most `disorder` ranks behind the second's best; fixed
    cells, which are no `real` stories, have no rank.
    """
    lead = stories & -stories
    rest = stories ^ lead
    second = rest
    while second:
        first, ranked = stories ^ second, second & real
        ahead = (first & real).bit_length() - (ranked & -ranked).bit_length()
        if not ranked or ahead <= disorder:
            yield first, second
        second = (second - 1) & rest
