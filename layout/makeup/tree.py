"""An arrangement as a tree of cuts, and the placements it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from layout.makeup.dummy import Placement, Region
from layout.makeup.nested import turned
from layout.makeup.treatment import Shape

Node: TypeAlias = "Leaf | Cut | Nest | Space"


class Leaf(msgspec.Struct, frozen=True, gc=False):
    """One story."""

    story: int
    shape: Shape


class Space(msgspec.Struct, frozen=True, gc=False):
    """Cells that are taken already."""


class Cut(msgspec.Struct, frozen=True, gc=False):
    """Two parts, one above the other (`stacked`) or side by side; `at` is the first's extent."""

    stacked: bool
    first: Node
    second: Node
    at: int


class Nest(msgspec.Struct, frozen=True, gc=False):
    """A story set as an L, its corner filled by others."""

    story: int
    shape: Shape
    guest: Node


def placed_in(node: Node, region: Region, spare: int) -> Iterator[Placement]:
    """An arrangement's placements; `spare` lines are shared out over stacked parts."""
    if isinstance(node, Leaf):
        yield Placement(
            node.story, region.column, region.line, region.columns, region.lines, node.shape, spare
        )
        return
    if isinstance(node, Space):
        return
    if isinstance(node, Nest):
        notch = node.shape.treatment.notch
        assert notch
        yield Placement(
            node.story, region.column, region.line, region.columns, region.lines, node.shape, spare
        )
        column = 0 if notch.left else region.columns - notch.columns
        corner = _part(
            region, column, region.lines - notch.lines, columns=notch.columns, lines=notch.lines
        )
        yield from placed_in(node.guest, corner, 0)
        return
    if not node.stacked:
        left, right = node.at, region.columns - node.at
        yield from placed_in(node.first, _part(region, columns=left), spare)
        yield from placed_in(node.second, _part(region, column=left, columns=right), spare)
        return
    height = region.lines - spare
    share = round(spare * node.at / height) if spare > 0 else 0
    upper = node.at + share
    yield from placed_in(node.first, _part(region, lines=upper), share)
    lower = _part(region, line=upper, lines=region.lines - upper)
    yield from placed_in(node.second, lower, spare - share)


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


def stories_of(node: Node) -> int:
    """The stories of an arrangement as a bit mask; cells taken already have no number."""
    if isinstance(node, Space):
        return 0
    if isinstance(node, Leaf):
        return 1 << node.story
    if isinstance(node, Nest):
        return 1 << node.story | stories_of(node.guest)
    return stories_of(node.first) | stories_of(node.second)


def mirrored(node: Node, columns: int) -> Iterator[Node]:
    """The arrangement with one of its parts turned left to right: two parts side by side, or the
    corner of an L. What leaves cells out that are taken stays as it is.
    """
    if isinstance(node, Nest):
        notch = node.shape.treatment.notch
        assert notch
        other = None if _has_space(node.guest) else turned(node.shape)
        if other:
            yield Nest(node.story, other, node.guest)
        for guest in mirrored(node.guest, notch.columns):
            yield Nest(node.story, node.shape, guest)
    elif isinstance(node, Cut):
        if not node.stacked and not (_has_space(node.first) or _has_space(node.second)):
            yield Cut(False, node.second, node.first, columns - node.at)
        wide = (columns, columns) if node.stacked else (node.at, columns - node.at)
        for first in mirrored(node.first, wide[0]):
            yield Cut(node.stacked, first, node.second, node.at)
        for second in mirrored(node.second, wide[1]):
            yield Cut(node.stacked, node.first, second, node.at)


def _has_space(node: Node) -> bool:
    if isinstance(node, Cut):
        return _has_space(node.first) or _has_space(node.second)
    return isinstance(node, Space) or (isinstance(node, Nest) and _has_space(node.guest))
