"""栏线 and 文间线: hairlines between stories – in the gutter beside, on the boundary above."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product

from layout.geometry import Box
from layout.makeup import styles
from layout.makeup.dummy import Region
from layout.sheet.items import Grid, Group, Item, Rule


def separations(frames: Sequence[Sequence[Region]], grid: Grid) -> Group:
    """Rules between frames that touch, each given by its rectangles; neighbours share one rule."""
    items: list[Item] = []
    for one, other in permutations(frames, 2):
        for first, second in product(one, other):
            if first.line + first.lines == second.line:
                items += _level(first, second, grid)
            if first.column + first.columns == second.column:
                items += _upright(first, second, grid)
    box = Box(0.0, 0.0, 0.0, 0.0)
    return Group("separations", "separation", box, tuple(sorted(set(items), key=_place)))


def _place(item: Item) -> tuple[float, ...]:
    assert isinstance(item, Rule)
    return (item.y1, item.x1, item.y2, item.x2)


def _level(upper: Region, lower: Region, grid: Grid) -> list[Item]:
    first = max(upper.column, lower.column)
    last = min(upper.column + upper.columns, lower.column + lower.columns)
    if first >= last:
        return []
    y = round(grid.top(lower.line) + grid.leading * 0.42, 3)
    box = grid.cells(first, lower.line, last - first, 1)
    return [Rule(box.x, y, round(box.right, 3), y, styles.HAIRLINE)]


def _upright(left: Region, right: Region, grid: Grid) -> list[Item]:
    top = max(left.line, right.line)
    foot = min(left.line + left.lines, right.line + right.lines)
    if top >= foot:
        return []
    x = round(grid.left(right.column) - grid.gutter / 2, 3)
    air = grid.leading * 0.42
    return [
        Rule(
            x, round(grid.top(top) + air, 3), x, round(grid.top(foot) - air / 2, 3), styles.HAIRLINE
        )
    ]
