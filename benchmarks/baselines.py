"""Make-up by other means on the planner's own objective: the optimum, greedy, annealing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from math import exp, inf

from layout.makeup.dummy import Region
from layout.makeup.nested import LEAST_CORNER, MOST_AIR
from layout.makeup.planner import Hosts, Part, Planner, Tables, Wrap
from layout.makeup.score import page_cost
from layout.makeup.treatment import Notch
from layout.makeup.tree import placed_in

STEPS, HEAT = 250, 4.0
Tree = int | tuple[bool, "Tree", "Tree"]  # a story, or (stacked, first, second)


def smaller(tables: Tables, region: Region) -> tuple[Tables, Region]:
    """Four or five of the page's stories and a page an eighth larger than their least cells."""
    some = tables[: 4 + len(tables) % 2]
    cells = sum(min(w * min(t) for w, t in table.items() if t) for table in some)
    lines = min(round(cells * 1.12 / region.columns), region.lines)
    return some, Region(region.column, region.line, region.columns, lines)


# --- the optimum -----------------------------------------------------------------------------


class _Bare(Planner):
    """Additive costs alone: a bound from below on every part, nothing thinned out."""

    def __init__(self, tables: Tables, columns: int, lines: int, hosts: Hosts) -> None:
        super().__init__(tables, columns, lines, hosts)
        self.bounds: dict[tuple[int, int], dict[int, float]] = {}

    def bound(self, stories: int, columns: int) -> dict[int, float]:
        key = (stories, columns)
        if key not in self.bounds:
            found: dict[int, float] = {}
            if not stories & (stories - 1):
                found = {
                    n: p.cost for n, p in self._alone(stories.bit_length() - 1, columns).items()
                }
            for first, second in _every_split(stories):
                push = self._weight[second]
                for a, one in self.bound(first, columns).items():
                    for b, other in self.bound(second, columns).items():
                        if a + b <= self.page_lines:
                            cost = self.stack_cost(one, other, push, a)
                            found[a + b] = min(found.get(a + b, inf), cost)
                for left in range(1, columns):
                    ones, others = self.bound(first, left), self.bound(second, columns - left)
                    for lines in ones.keys() & others.keys():
                        cost = self.beside_cost(ones[lines], others[lines], second, left, lines)
                        found[lines] = min(found.get(lines, inf), cost)
            for wrap, least in self.wraps(stories, columns):
                part = self.wrapped(stories, columns, wrap, _bare(least))
                lines = part.node.shape.lines
                if lines <= self.page_lines:
                    found[lines] = min(found.get(lines, inf), part.cost)
            self.bounds[key] = found
        return self.bounds[key]

    def wraps(self, stories: int, columns: int) -> Iterator[tuple[Wrap, float]]:
        """Every way the first story can be an L round the rest, and their least cost."""
        lead = stories & -stories
        rest = stories ^ lead
        hosts = self.hosts[lead.bit_length() - 1].get(columns, ()) if self.hosts and rest else ()
        for corner in range(1, columns) if hosts else ():
            for lines, least in self.bound(rest, corner).items():
                if lines < LEAST_CORNER:
                    continue
                for notch in (Notch(corner, lines), Notch(corner, lines, left=True)):
                    for index, host in enumerate(hosts):
                        if rows := host.rows(notch):
                            for air in range(MOST_AIR + 1):
                                yield Wrap(index, notch, rows, air), least

    def wrapped(self, stories: int, columns: int, wrap: Wrap, guest: Part) -> Part:
        lead = stories & -stories
        return self._wrapped(lead, stories ^ lead, columns, wrap, guest)

    def stack_cost(self, one: float, other: float, push: float, at: int) -> float:
        bare = _bare(one)
        return self._stacked(bare, _bare(other), at, push).cost

    def beside_cost(self, one: float, other: float, second: int, left: int, lines: int) -> float:
        bare = _bare(one)
        aside = self._aside(second)
        cost = self._side_by_side(bare, _bare(other), left, lines, aside).cost
        return cost - self._like_cost

    @property
    def _like_cost(self) -> float:
        one = _bare(0.0)
        return self._side_by_side(one, one, 0, 0, 0.0).cost

    def every(self, stories: int, columns: int, lines: int, most: float) -> Iterator[Part]:
        """Every arrangement that costs at most so much before the page's own cost."""
        if self.bound(stories, columns).get(lines, inf) > most:
            return
        if not stories & (stories - 1):
            yield self._alone(stories.bit_length() - 1, columns)[lines]
            return
        rest = stories & (stories - 1)
        for wrap, least in self.wraps(stories, columns):
            part = self.wrapped(stories, columns, wrap, _bare(least))
            slack = most - part.cost
            if slack >= 0 and part.node.shape.lines == lines:
                notch = wrap.notch
                for guest in self.every(rest, notch.columns, notch.lines, least + slack):
                    yield self.wrapped(stories, columns, wrap, guest)
        for first, second in _every_split(stories):
            push, aside = self._weight[second], self._aside(second)
            for a, least in self.bound(first, columns).items():
                rest = self.bound(second, columns).get(lines - a)
                if rest is None:
                    continue
                slack = most - self.stack_cost(least, rest, push, a)
                if slack < 0:
                    continue
                lower = list(self.every(second, columns, lines - a, rest + slack))
                for upper in self.every(first, columns, a, least + slack):
                    for below in lower:
                        part = self._stacked(upper, below, a, push)
                        if part.cost <= most:
                            yield part
            for left in range(1, columns):
                one = self.bound(first, left).get(lines)
                other = self.bound(second, columns - left).get(lines)
                if one is None or other is None:
                    continue
                slack = most - self.beside_cost(one, other, second, left, lines)
                if slack < 0:
                    continue
                beside = list(self.every(second, columns - left, lines, other + slack))
                for part in self.every(first, left, lines, one + slack):
                    for neighbour in beside:
                        both = self._side_by_side(part, neighbour, left, lines, aside)
                        if both.cost <= most:
                            yield both


_FACE = (1.0, "", 0)


def _bare(cost: float) -> Part:
    """A part of which only the cost is known."""
    return Part(cost, 1, _FACE, _FACE, None)  # type: ignore[arg-type]


def _every_split(stories: int) -> Iterator[tuple[int, int]]:
    """Both parts, the best-ranked story in the first: the planner's rule, without its pruning."""
    lead = stories & -stories
    rest = second = stories ^ lead
    while second:
        yield stories ^ second, second
        second = (second - 1) & rest


def optimum(tables: Tables, region: Region, hosts: Hosts) -> float | None:
    """The least cost of any arrangement, with Ls where there are hosts; None when none fills it."""
    search = _Bare(tables, region.columns, region.lines, hosts)
    whole = (1 << len(tables)) - 1
    least = search.bound(whole, region.columns).get(region.lines)
    if least is None:
        return None
    best, most = inf, least + 4
    while True:
        for part in search.every(whole, region.columns, region.lines, most):
            placed = tuple(placed_in(part.node, region, 0))
            best = min(best, part.cost + page_cost(placed, region))
        if best <= most:  # all up to `most` are seen, and the page itself only adds
            return best
        most = min(best, most + 4)


# --- baselines -------------------------------------------------------------------------------


class _Weigher:
    """Trees weighed by the planner's costs, every height a tree can take."""

    def __init__(self, tables: Tables, region: Region) -> None:
        self.planner, self.region = Planner(tables, region.columns, region.lines), region
        self.heights = cache(self._heights)

    def _heights(self, tree: Tree, columns: int) -> dict[int, Part]:
        planner = self.planner
        if isinstance(tree, int):
            return planner._alone(tree, columns)
        stacked, first, second = tree
        right = sum(1 << story for story in leaves(second))
        push, aside = planner._weight[right], planner._aside(right)
        found: dict[int, Part] = {}
        if stacked:
            for a, one in self.heights(first, columns).items():
                for b, other in self.heights(second, columns).items():
                    if a + b <= self.region.lines + 10:
                        _keep(found, a + b, planner._stacked(one, other, a, push))
            return found
        for left in range(1, columns):
            ones, others = self.heights(first, left), self.heights(second, columns - left)
            for lines in ones.keys() & others.keys():
                part = planner._side_by_side(ones[lines], others[lines], left, lines, aside)
                _keep(found, lines, part)
        return found

    def cost(self, tree: Tree) -> float:
        """What the page costs; lines off as the planner weighs them."""
        heights, region = self.heights(tree, self.region.columns), self.region
        if part := heights.get(region.lines):
            return part.cost + page_cost(tuple(placed_in(part.node, region, 0)), region)
        off = min((abs(n - region.lines) for n in heights), default=1000)
        return 100.0 + 10 * off


def _keep(found: dict[int, Part], lines: int, part: Part) -> None:
    if lines not in found or part.cost < found[lines].cost:
        found[lines] = part


def leaves(tree: Tree) -> list[int]:
    return [tree] if isinstance(tree, int) else leaves(tree[1]) + leaves(tree[2])


def _inserted(tree: Tree, story: int) -> Iterator[Tree]:
    """The tree with one story more, below or beside any of its parts."""
    for stacked in (True, False):
        yield (stacked, tree, story)
    if not isinstance(tree, int):
        stacked, first, second = tree
        yield from ((stacked, new, second) for new in _inserted(first, story))
        yield from ((stacked, first, new) for new in _inserted(second, story))


def greedy(tables: Tables, region: Region) -> float | None:
    """Story by story in rank order, each where it costs least so far."""
    weigher, tree = _Weigher(tables, region), 0
    made: Tree = tree
    for story in range(1, len(tables)):
        made = min(_inserted(made, story), key=lambda t: (weigher.cost(t), repr(t)))
    cost = weigher.cost(made)
    return cost if cost < 100 else None


def annealing(tables: Tables, region: Region) -> float | None:
    """From the greedy page: cuts turned, stories exchanged, by chance and ever colder."""
    weigher, rng = _Weigher(tables, region), random.Random(len(tables))
    made: Tree = 0
    for story in range(1, len(tables)):
        made = rng.choice(list(_inserted(made, story)))
    cost = best = weigher.cost(made)
    for step in range(STEPS):
        trial = _moved(made, rng)
        other = weigher.cost(trial)
        heat = HEAT * (1 - step / STEPS) + 1e-6
        if other <= cost or rng.random() < exp((cost - other) / heat):
            made, cost = trial, other
            best = min(best, cost)
    return best if best < 100 else None


def _moved(tree: Tree, rng: random.Random) -> Tree:
    if rng.random() < 0.5:
        one, other = rng.sample(leaves(tree), 2)
        return _exchanged(tree, {one: other, other: one})
    story = rng.choice(leaves(tree)[1:])
    rest = _without(tree, story)
    return rng.choice(list(_inserted(rest, story)))


def _exchanged(tree: Tree, names: dict[int, int]) -> Tree:
    if isinstance(tree, int):
        return names.get(tree, tree)
    return (tree[0], _exchanged(tree[1], names), _exchanged(tree[2], names))


def _without(tree: Tree, story: int) -> Tree:
    if isinstance(tree, int):
        return tree
    if tree[1] == story:
        return tree[2]
    if tree[2] == story:
        return tree[1]
    return (tree[0], _without(tree[1], story), _without(tree[2], story))
