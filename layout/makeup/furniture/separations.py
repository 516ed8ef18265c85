"""栏线 and 文间线: hairlines between stories – in the gutter beside, on the boundary above."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product
from typing import NamedTuple

from layout.geometry import Box
from layout.makeup import styles
from layout.makeup.dummy import Region
from layout.sheet.items import Grid, Group, Rule


def separations(frames: Sequence[Sequence[Region]], grid: Grid) -> Group:
    """Rules between frames that touch, each given by its rectangles; neighbours share one rule."""
    level: list[_Edge] = []
    upright: list[_Edge] = []
    for (k, one), (n, other) in permutations(enumerate(frames), 2):
        for a, b in product(one, other):
            if a.line + a.lines == b.line:
                end = min(a.column + a.columns, b.column + b.columns)
                level.append(_Edge(b.line, max(a.column, b.column), end, k, n))
            if a.column + a.columns == b.column:
                end = min(a.line + a.lines, b.line + b.lines)
                upright.append(_Edge(b.column, max(a.line, b.line), end, k, n))
    rules = [_level(edge, grid) for edge in _joined(level)]
    rules += [_upright(edge, grid) for edge in _joined(upright)]
    rules.sort(key=lambda rule: (rule.y1, rule.x1, rule.y2, rule.x2))
    return Group("separations", "separation", Box(0.0, 0.0, 0.0, 0.0), tuple(rules))


class _Edge(NamedTuple):
    """A line of the grid along which two frames touch from a column or line to another."""

    at: int
    start: int
    end: int
    one: int
    other: int


def _joined(edges: Sequence[_Edge]) -> list[_Edge]:
    """One edge where the next goes on along the same frame: a rule is not broken by the breaks of
    the neighbours beyond it.
    """
    joined: list[_Edge] = []
    for edge in sorted(edge for edge in edges if edge.start < edge.end):
        last = joined[-1] if joined else None
        meets = last is not None and (last.at, last.end) == (edge.at, edge.start)
        if last and meets and (last.one == edge.one or last.other == edge.other):
            joined[-1] = edge._replace(start=last.start)
        else:
            joined.append(edge)
    return joined


def _level(edge: _Edge, grid: Grid) -> Rule:
    y = round(grid.top(edge.at) + grid.leading * 0.42, 3)
    box = grid.cells(edge.start, edge.at, edge.end - edge.start, 1)
    return Rule(box.x, y, round(box.right, 3), y, styles.HAIRLINE)


def _upright(edge: _Edge, grid: Grid) -> Rule:
    x = round(grid.left(edge.at) - grid.gutter / 2, 3)
    air = grid.leading * 0.42
    top, foot = round(grid.top(edge.start) + air, 3), round(grid.top(edge.end) - air / 2, 3)
    return Rule(x, top, x, foot, styles.HAIRLINE)
