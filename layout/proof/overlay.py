"""What a proof shows over a page: grid, frames, pictures, findings – a layer each, in page points.

Comes in: a made-up page and what is to be said of it. Goes out: lists of items for the press; the
page itself is not touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

import msgspec

from layout.compose import Align, Paragraph, compose
from layout.compose.headline import Look, display_line
from layout.compose.prepare import Piece, Prepared, UnsetCharacterError, prepare
from layout.findings import Finding, Severity
from layout.fonts import FontSet
from layout.geometry import Box
from layout.makeup import Made, Placed
from layout.makeup.draw import outline
from layout.makeup.dummy import region_of
from layout.press.pictures import LEAST_PPI
from layout.proof.geta import GETA
from layout.sheet.items import Grid, Group, Ink, Item, Outline, Picture, Rule, Sheet, TextLine, Tint

RED, BLUE, GREEN = Ink(0.0, 1.0, 0.95, 0.0), Ink(1.0, 0.55, 0.0, 0.0), Ink(0.9, 0.1, 0.9, 0.1)
GRID, AMBER = Ink(0.45, 0.0, 0.05, 0.0), Ink(0.0, 0.55, 1.0, 0.0)
WHITE = Ink(0.0, 0.0, 0.0, 0.0)
_OF = {Severity.ERROR: RED, Severity.WARNING: AMBER, Severity.NOTE: BLUE}
FLAG = 13.0  # pt, a flag's radius
EVERY = 5  # baselines: a stronger one


class Numbered(msgspec.Struct, frozen=True):
    """A finding with its number in the proof, its page and where it points on it."""

    number: int
    page: int
    finding: Finding
    box: Box | None


def colour(finding: Finding) -> Ink:
    """Of a finding's flag."""
    return _OF[finding.severity]


def text(said: str, role: str, size: float, ink: Ink, fonts: FontSet) -> TextLine:
    """A line of the proof's own type."""
    said, _ = _settable(said, role, ink, fonts)
    return display_line(said, Look(role, size, 0.0, 1.0, ink), fonts)


def wrapped(said: str, role: str, size: float, ink: Ink, width: float, fonts: FontSet
            ) -> list[TextLine]:  # fmt: skip
    """A paragraph of the proof's own type, its lines at y 0."""
    _, prepared = _settable(said, role, ink, fonts)
    return [line.line for line in compose(Paragraph(prepared, size, 0.0, Align.LEFT), width)]


def _settable(said: str, role: str, ink: Ink, fonts: FontSet) -> tuple[str, Prepared]:
    """A text with 〓 for what no face has: a finding may name just that character."""
    while True:
        try:
            return said, prepare([Piece(said, role, ink)], fonts)
        except UnsetCharacterError as unset:
            said = said.replace(unset.missing.character, GETA)


def disc(x: float, y: float, r: float, ink: Ink) -> Outline:
    """A circle."""
    k = r * 0.5523
    return Outline("disc", (
        ("M", x + r, y), ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y), ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y), ("Z",),
    ), ink)  # fmt: skip


def flag(number: int, x: float, y: float, r: float, ink: Ink, fonts: FontSet) -> Iterator[Item]:
    """A numbered disc."""
    yield disc(round(x, 3), round(y, 3), r + 1.2, WHITE)
    yield disc(round(x, 3), round(y, 3), r, ink)
    line = text(str(number), "hei-bold", r * 1.15, WHITE, fonts)
    yield line.at(x - line.width / 2, y + r * 0.42)


def grid_layer(sheet: Sheet, fonts: FontSet) -> Iterator[Item]:
    """Columns, baselines and the numbers of the lines, as `at` in issue.yaml counts them."""
    grid = sheet.grid
    area = grid.type_area
    for column in range(grid.columns):
        for x in (grid.left(column), grid.left(column) + grid.measure):
            yield Rule(round(x, 3), area.y, round(x, 3), area.bottom, 0.3, GRID)
        name = text(str(column + 1), "hei-bold", 8.0, BLUE, fonts)
        yield name.at(grid.left(column) + (grid.measure - name.width) / 2, area.y - 4)
    for line in range(grid.lines + 1):
        y = round(grid.top(line), 3)
        weight = 0.5 if line % EVERY == 0 else 0.25
        yield Rule(area.x, y, area.right, y, weight, GRID)
        if line % EVERY == 0 and line < grid.lines:
            number = text(str(line + 1), "hei", 6.5, BLUE, fonts)
            yield number.at(area.x - number.width - 3, y + grid.leading * 0.75)


def frames_layer(made: Made, fonts: FontSet) -> Iterator[Item]:
    """Every story's outline and its label; what is over or short in red."""
    grid = made.sheet.grid
    for placed in made.stories:
        if placed.frame is None:
            continue
        over, short = placed.frame.overset, placed.frame.leftover_lines
        ink = RED if over else AMBER if short else BLUE
        for part in placed.frame.cells.parts:
            box = region_of(part).box(grid)
            inset = Box(box.x - 3, box.y + 1, box.width + 6, box.height - 2).rounded()
            yield from outline(inset, 2.4 if over or short else 0.9, ink)
        box = placed.frame.group.box
        yield from _label(_said(placed, grid), box.x - 3, box.y + 1, ink, fonts)


def _said(placed: Placed, grid: Grid) -> str:
    """Rank, name, file, place, and what does not fit in characters and in lines of a column."""
    story, frame = placed.copy.story, placed.frame
    assert frame
    cells = frame.cells
    parts = [
        f"{story.rank}",
        story.slug,
        story.file,
        f"{story.characters} 字",
        f"栏 {cells.first_column}-{cells.last_column} 行 {cells.first_line}-{cells.last_line}",
    ]
    line = grid.measure / grid.size
    if frame.overset:
        parts.append(f"溢出 overset {frame.overset} 字 {ceil(frame.overset / line)} 行")
    if frame.leftover_lines:
        columns = cells.last_column - cells.first_column + 1
        room = int(frame.leftover_lines * columns * line)
        parts.append(f"短 short {frame.leftover_lines} 行 约 {room} 字")
    return " · ".join(parts)


def _label(said: str, x: float, y: float, ink: Ink, fonts: FontSet) -> Iterator[Item]:
    line = text(said, "hei-bold", 6.4, WHITE, fonts)
    yield Tint(Box(x, y, line.width + 8, 9.6).rounded(), ink)
    yield line.at(x + 4, y + 7.2)


def pictures_layer(sheet: Sheet, fonts: FontSet) -> Iterator[Item]:
    """Of every picture its resolution in print and the part shown."""
    for picture, box in placed_pictures(sheet):
        low = picture.ppi < LEAST_PPI["CMYK"]
        ink = RED if low else GREEN
        shown = picture.crop
        said = (f"{picture.ppi:.0f} ppi · 裁 {shown.width * 100:.0f}×{shown.height * 100:.0f} % · "
                f"{picture.file.rpartition('/')[2]}")  # fmt: skip
        yield from outline(box, 2.4 if low else 1.0, ink)
        yield Rule(box.x, box.y, box.right, box.bottom, 0.5, ink)
        yield Rule(box.x, box.bottom, box.right, box.y, 0.5, ink)
        yield from _label(said, box.x, box.bottom - 9.6, ink, fonts)


def placed_pictures(sheet: Sheet) -> Iterator[tuple[Picture, Box]]:
    """Pictures with their boxes on the page."""
    for group, x, y in sheet.walk():
        for item in group.items:
            if isinstance(item, Picture):
                yield item, item.box.moved(x, y).rounded()


def findings_layer(
    found: Sequence[Numbered], flags: Mapping[int, tuple[float, float]], fonts: FontSet
) -> Iterator[Item]:
    """A frame round what each finding is about, and its numbered flag at the corner."""
    for one in found:
        if one.box is None:
            continue
        ink, box = colour(one.finding), one.box
        around = Box(box.x - 2, box.y - 2, box.width + 4, box.height + 4).rounded()
        yield from outline(around, 2.0, ink)
        yield from flag(one.number, *flags[one.number], FLAG, ink, fonts)


def flag_places(found: Sequence[Numbered]) -> dict[int, tuple[float, float]]:
    """Where the flags of findings with a place stand, by number."""
    places: dict[int, tuple[float, float]] = {}
    for one in found:
        if one.box:
            places[one.number] = _flag_place(one.box, tuple(places.values()))
    return places


def _flag_place(box: Box, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """A box's upper right corner, further left when a flag stands there."""
    x, y = box.right + FLAG * 0.5, box.y - FLAG * 0.3
    if box.width < 3 * FLAG:  # beside a character, not on it
        x, y = box.right + FLAG * 0.95, box.y - FLAG * 0.95
    while any(abs(x - a) < 2 * FLAG and abs(y - b) < 2 * FLAG for a, b in taken):
        x -= 2.2 * FLAG
    return x, y


def where_geta(sheet: Sheet, slug: str | None) -> Iterator[Box]:
    """Boxes of 〓 on the page, in a story's order."""
    for group in sheet.groups:
        if slug in (None, group.name):
            yield from _geta_in(group, group.box.x, group.box.y)


def _geta_in(group: Group, x: float, y: float) -> Iterator[Box]:
    for item in group.items:
        if isinstance(item, Group):
            yield from _geta_in(item, x + item.box.x, y + item.box.y)
        elif isinstance(item, TextLine) and GETA in item.text:
            for run in item.runs:
                for k, character in enumerate(run.text):
                    if character == GETA:
                        glyph = max(g for g, c in enumerate(run.clusters) if c <= k)
                        left = x + item.x + run.xs[glyph]
                        yield Box(left, y + item.y - 0.88 * run.size, run.size, run.size).rounded()
