"""版样: which story takes which cells."""

from __future__ import annotations

import msgspec

from layout.geometry import Box
from layout.issue.model import Cells
from layout.makeup.treatment import Shape
from layout.sheet.items import Grid


class Region(msgspec.Struct, frozen=True):
    """A rectangle of cells."""

    column: int
    line: int
    columns: int
    lines: int

    def box(self, grid: Grid) -> Box:
        """Where it stands on the page, in points."""
        return grid.cells(self.column, self.line, self.columns, self.lines)


class Placement(msgspec.Struct, frozen=True):
    """A story's cells, counted from the region's top left; `spare` lines too many or too few."""

    story: int
    column: int
    line: int
    columns: int
    lines: int
    shape: Shape
    spare: int = 0

    @property
    def parts(self) -> tuple[Region, ...]:
        """The rectangles it covers: one, or the upper part of an L and what stands beside its
        corner.
        """
        notch = self.shape.treatment.notch
        if notch is None:
            return (Region(self.column, self.line, self.columns, self.lines),)
        upper = self.lines - notch.lines
        beside = self.column + (notch.columns if notch.left else 0)
        return (
            Region(self.column, self.line, self.columns, upper),
            Region(beside, self.line + upper, self.columns - notch.columns, notch.lines),
        )


def region_of(cells: Cells) -> Region:
    """Cells as the file format counts them, from 1 and both ends included, as a region."""
    return Region(
        cells.first_column - 1,
        cells.first_line - 1,
        cells.last_column - cells.first_column + 1,
        cells.last_line - cells.first_line + 1,
    )


def cells_of(placed: Placement) -> Cells:
    """A placement as the file format says it."""
    column, line, notch = placed.column, placed.line, placed.shape.treatment.notch
    right, foot = column + placed.columns, line + placed.lines
    corner = None
    if notch:
        first = column if notch.left else right - notch.columns
        corner = Cells(first + 1, first + notch.columns, foot - notch.lines + 1, foot)
    return Cells(column + 1, right, line + 1, foot, corner)
