"""What the editor placed by hand: cells of pins and advertisements, and pinned stories' shapes.

Comes in: `at` of stories and advertisements. Goes out: the cells they take, and each pinned story's
best treatment for exactly its cells – a rectangle, or an L that leaves a lower corner (穿插).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from layout.findings import Finding, InputError, bad_input
from layout.issue.model import Cells, Direction, Page
from layout.makeup import jump
from layout.makeup.copy import StoryCopy
from layout.makeup.dummy import Placement, Region, region_of
from layout.makeup.nested import MOST_AIR
from layout.makeup.regions import overlaps
from layout.makeup.shapes import Shaper
from layout.makeup.treatment import Notch, Shape
from layout.sheet.items import Grid


def upright(copy: StoryCopy) -> bool:
    """Whether the editor wants the story's headline vertical."""
    return copy.story.design.direction is Direction.VERTICAL


def cells_taken(
    page: Page, pinned: Sequence[StoryCopy], region: Region, grid: Grid
) -> list[Region]:
    """Cells of pins, then of advertisements; InputError when they leave the page or collide."""
    wanted = [(c.story.design.at, c.story.design.mark, c.story.slug) for c in pinned]
    wanted += [(ad.at, ad.mark, ad.name) for ad in page.ads]
    hint = (
        f"page {page.number} has columns 1-{grid.columns} and, below its head, "
        f"lines {region.line + 1}-{grid.lines}"
    )
    found: list[Region] = []
    faults: list[Finding] = []
    for cells, mark, name in wanted:
        assert cells
        parts = [region_of(part) for part in cells.parts]
        if not _inside(region_of(cells), region):
            faults.append(bad_input("makeup/pin", f"{name} is placed off the page", hint, mark))
        elif any(overlaps(part, other) for part in parts for other in found):
            faults.append(bad_input("makeup/pin", f"{name} overlaps another pin or ad", hint, mark))
        found += parts
    if faults:
        raise InputError(faults)
    return found


def pin(shaper: Shaper, copy: StoryCopy, cells: Cells, grid: Grid) -> Placement:
    """A pinned story's best shape for exactly its cells, else the nearest; InputError for none."""
    place = region_of(cells)
    if cells.without:
        corner = region_of(cells.without)
        notch = Notch(corner.columns, corner.lines, corner.column == place.column)
        table = _round_corner(shaper, copy, place, notch)
        none = f"{copy.story.slug} cannot leave that corner of its {place.columns} columns"
        hint = "legs over it keep four lines, and a box, a jump or its own text columns rule it out"
    else:
        table = _rectangles(shaper, copy, place, grid)
        none = f"{copy.story.slug} fits no {place.columns} columns"
        hint = "give it more columns"
    if not table:
        raise InputError([bad_input("makeup/pin", none, hint, copy.story.design.mark)])
    fitting = [lines for lines in table if lines <= place.lines]
    lines = max(fitting) if fitting else min(table)
    return Placement(
        0, place.column, place.line, place.columns, place.lines, table[lines], place.lines - lines
    )


def _rectangles(shaper: Shaper, copy: StoryCopy, place: Region, grid: Grid) -> dict[int, Shape]:
    """The story's shape of just the place's height, else those of every height."""
    just, every = range(place.lines, place.lines + 1), range(4 * grid.lines + 1)
    standing: Mapping[int, Shape] = {}
    if upright(copy):
        for wanted in (just, every):
            standing = jump.table(shaper, copy, place.columns, wanted, upright=True)
            if any(lines <= place.lines for lines in standing):
                return dict(standing)
    for wanted in (just, every):
        if table := jump.table(shaper, copy, place.columns, wanted):
            return dict(table)
    return dict(standing)


def _round_corner(shaper: Shaper, copy: StoryCopy, place: Region, notch: Notch) -> dict[int, Shape]:
    """Heights the story fills round the corner, each at its cheapest."""
    table: dict[int, Shape] = {}
    for shape in _shapes_round(shaper, copy, place.columns, notch):
        held = table.get(shape.lines)
        if held is None or shape.cost < held.cost:
            table[shape.lines] = shape
    return table


def _shapes_round(shaper: Shaper, copy: StoryCopy, columns: int, notch: Notch) -> Iterator[Shape]:
    if copy.parts:
        return
    for host in shaper.hosts(copy, columns):
        rows = host.rows(notch)
        if rows is not None:
            yield from (host.shape(notch, rows, air) for air in range(MOST_AIR + 1))


def _inside(place: Region, region: Region) -> bool:
    return (
        place.column >= region.column
        and place.line >= region.line
        and place.column + place.columns <= region.column + region.columns
        and place.line + place.lines <= region.line + region.lines
    )
