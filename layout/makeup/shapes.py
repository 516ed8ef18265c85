"""Stories as shapes: for each width in base columns, the heights a story can fill exactly.

Comes in: a prepared story. Goes out: a table width → height (lines) → `Shape`: the cheapest
treatment – head form, photograph, legs – that fills that many cells with every leg ending within
one line of the others. Heights are measured by the real composer, not estimated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, log

import msgspec

from layout.compose import Galley, SetLine
from layout.issue.model import Photo
from layout.makeup.body import CROP_LEAST, CROP_MOST, assembled, set_element
from layout.makeup.copy import StoryCopy
from layout.makeup.copyfit import fitted
from layout.makeup.fill import pour
from layout.makeup.heads import Head, HeadSetter
from layout.makeup.pictures import CaptionSetter
from layout.sheet.items import Grid

MOST_AIR = 3  # body lines a head may take beyond its need
LEAST_LEG = 4  # lines; craft: no leg under four lines
LONGEST_LEG = 46  # lines that read well; practice B.5: 2–10 in deep
TALLEST_PHOTO = 0.5  # of the type area's lines
HEAD_FORMS = 3

AIR = 0.5  # per line of air beyond the head's need, growing
SHORT_LEG = 0.12
LONG_LEG = 0.12
STUMP = 1.5
CROPPED = 9.0
COARSE, LEAST_PPI = 25.0, 200.0  # craft: effective resolution at least 200 ppi
WISH = 9.0  # a wish of the copy not met, a column of a photograph's width off
LEAD_COLUMN = 5.0  # a lead narrower than two thirds of the page, each column
NARROW_HEAD = 1.5


class PhotoForm(msgspec.Struct, frozen=True):
    """Photographs over the last `legs` legs: lines of each picture and of each caption."""

    legs: int
    pictures: tuple[int, ...]
    captions: tuple[int, ...]

    @property
    def lines(self) -> int:
        """Lines they take, without the blank line before text goes on below."""
        return sum(self.pictures) + sum(self.captions) + len(self.pictures) - 1


class Legs(msgspec.Struct, frozen=True):
    """Text columns inside a frame: count, measure, and x of each from the frame's left (pt)."""

    measure: float
    xs: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.xs)

    def span(self, first: int) -> tuple[float, float]:
        """x and width from a leg to the frame's last."""
        return self.xs[first], self.xs[-1] + self.measure - self.xs[first]


class Treatment(msgspec.Struct, frozen=True):
    """How a story is set: head and its lines, legs, photographs, lines of text below the head."""

    head: Head
    head_lines: int
    legs: Legs
    photo: PhotoForm | None
    rows: int

    @property
    def rooms(self) -> tuple[int, ...]:
        """Lines of text each leg can hold."""
        block = self.photo.lines + 1 if self.photo else 0
        under = self.photo.legs if self.photo else 0
        plain = self.legs.count - under
        return (self.rows,) * plain + (max(0, self.rows - block),) * under


class Shape(msgspec.Struct, frozen=True):
    """A treatment filling `columns` × `lines` cells, at a cost."""

    columns: int
    lines: int
    treatment: Treatment
    cost: float


class Shaper:
    """Makes shape tables on one grid."""

    def __init__(self, grid: Grid, heads: HeadSetter, captions: CaptionSetter) -> None:
        self.grid, self.heads, self.captions = grid, heads, captions
        self._set: dict[tuple[str, float], tuple[tuple[SetLine, ...], ...]] = {}

    def galley(self, copy: StoryCopy, measure: float) -> Galley:
        """The story's body at a measure, set once."""
        return Galley(measure, assembled(copy.body, self._body(copy, measure)))

    def galley_for(self, copy: StoryCopy, measure: float, rooms: Sequence[int]) -> Galley:
        """The body fitted to legs of these capacities."""
        return fitted(copy.body, self._body(copy, measure), measure, rooms)

    def _body(self, copy: StoryCopy, measure: float) -> tuple[tuple[SetLine, ...], ...]:
        key = (copy.story.file, measure)
        if key not in self._set:
            self._set[key] = tuple(set_element(e, measure, self.grid) for e in copy.body)
        return self._set[key]

    def legs(self, copy: StoryCopy, columns: int) -> Legs:
        """Base columns, or the editor's own number of legs (变栏), inset when boxed."""
        grid, design = self.grid, copy.story.design
        width = grid.span(columns)
        count = min(design.columns or columns, max(1, int(width / grid.size / 6)))
        pad = grid.size if design.box else 0.0
        if count == columns and not pad:
            return Legs(grid.measure, tuple(k * (grid.measure + grid.gutter) for k in range(count)))
        inner = width - 2 * pad
        ems = int((inner - (count - 1) * grid.gutter) / count / grid.size + 1e-6)
        measure = ems * grid.size
        # the remainder goes to the gutters (破栏, practice B.2), or to the frame's sides
        gutter = (inner - count * measure) / (count - 1) if count > 1 else 0.0
        left = pad if count > 1 else pad + (inner - measure) / 2
        return Legs(measure, tuple(left + k * (measure + gutter) for k in range(count)))

    def table(self, copy: StoryCopy, columns: int, most: int) -> dict[int, Shape]:
        """Heights up to `most` lines the story can fill at a width, each at its cheapest."""
        legs = self.legs(copy, columns)
        galley = self.galley(copy, legs.measure)
        width = legs.span(0)[1]
        table: dict[int, Shape] = {}
        for head in self.heads.forms(copy.story.headline, copy.head, width)[:HEAD_FORMS]:
            for photo, wish in self._photo_forms(copy, legs):
                for shape in self._shapes(copy, columns, head, legs, photo, galley, wish):
                    held = table.get(shape.lines)
                    if shape.lines <= most and (held is None or shape.cost < held.cost):
                        table[shape.lines] = shape
        return table

    def _shapes(
        self,
        copy: StoryCopy,
        columns: int,
        head: Head,
        legs: Legs,
        photo: PhotoForm | None,
        galley: Galley,
        wish: float,
    ) -> Iterator[Shape]:
        rows = _rows(len(galley.lines), legs.count, photo)
        if rows is None:
            return
        base = Treatment(head, head.lines, legs, photo, rows)
        poured = pour(galley, base.rooms)
        cost = head.cost + wish + poured.cost * 0.3 + self._proportion_cost(copy, columns, base)
        cost += SHORT_LEG * (sum(base.rooms) - len(galley.lines))
        for air in range(MOST_AIR + 1):
            treatment = msgspec.structs.replace(base, head_lines=head.lines + air)
            yield Shape(columns, treatment.head_lines + rows, treatment, cost + AIR * air**1.4)

    def _proportion_cost(self, copy: StoryCopy, columns: int, t: Treatment) -> float:
        rank, whole = copy.story.rank, self.grid.columns
        cost = LONG_LEG * max(0, t.rows - LONGEST_LEG) + STUMP * max(0, LEAST_LEG + 2 - t.rows)
        if rank == 1:
            cost += LEAD_COLUMN * max(0, ceil(whole * 2 / 3) - columns)
        elif columns == 1 and rank <= 4:
            cost += NARROW_HEAD * (5 - rank)
        return cost

    def _photo_forms(self, copy: StoryCopy, legs: Legs) -> Iterator[tuple[PhotoForm | None, float]]:
        photos = copy.story.photos
        if not photos:
            yield None, 0.0
            return
        wished = next((p.columns for p in photos if p.columns), None)
        for count in range(1, legs.count + 1):
            wish = abs(count - wished) if wished else abs(count / legs.count - 2 / 3) * 2
            width = legs.span(legs.count - count)[1]
            captions = tuple(self.captions.lines(caption, width) for caption in copy.captions)
            for crop in _crops():
                lines = tuple(self._picture_lines(p.pixels, width, crop) for p in photos)
                if max(lines) <= TALLEST_PHOTO * self.grid.lines:
                    cost = WISH * wish + CROPPED * log(crop) ** 2 + _coarse(photos, width)
                    yield PhotoForm(count, lines, captions), cost

    def _picture_lines(self, pixels: tuple[int, int], width: float, crop: float) -> int:
        height = width * pixels[1] / pixels[0] * crop
        return max(4, round(height / self.grid.leading))


def _coarse(photos: Sequence[Photo], width: float) -> float:
    """The cost of photographs set so wide that their pixels show."""
    ppi = min(photo.pixels[0] / (width / 72) for photo in photos)
    return COARSE * max(0.0, 1 - ppi / LEAST_PPI)


def _crops() -> Iterator[float]:
    steps = 12
    for k in range(steps + 1):
        yield CROP_LEAST * (CROP_MOST / CROP_LEAST) ** (k / steps)


def _rows(lines: int, legs: int, photo: PhotoForm | None) -> int | None:
    """Rows below the head so that the text just fits; None when legs under a photo are stumps."""
    if photo is None:
        return ceil(lines / legs)
    block = photo.lines + 1
    if legs > photo.legs and ceil(lines / (legs - photo.legs)) == photo.lines:
        return photo.lines  # the photograph stands to the foot, all text beside it
    rows = ceil((lines + photo.legs * block) / legs)
    return rows if rows - block >= LEAST_LEG else None


def overset_characters(lines: Sequence[SetLine], placed: int) -> int:
    """Characters of the lines from `placed` on; a picture counts as one."""
    return sum(len("".join(line.line.text.split())) for line in lines[placed:])
