"""版样: which story takes which cells."""

from __future__ import annotations

import msgspec

from layout.makeup.shapes import Shape


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
