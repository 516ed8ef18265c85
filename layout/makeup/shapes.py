"""Stories as shapes: for each width in base columns, the heights a story can fill exactly.

Comes in: a prepared story. Goes out: a table width → height (lines) → `Shape`: the cheapest
treatment – head form, photograph, legs – that fills that many cells with every leg ending within
one line of the others. Heights are measured by the real composer, not estimated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product
from math import ceil, log

import msgspec

from layout.compose import Galley, SetLine
from layout.issue.model import Photo, Side
from layout.makeup import vertical
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
TOO_SHORT = 40.0  # a leg under LEAST_LEG: only where nothing else can be had
SMALLER_HEADS = (0.85, 0.72)  # of a head's largest size, to save lines on a page too full
CROPPED = 9.0
COARSE, LEAST_PPI = 25.0, 200.0  # craft: effective resolution at least 200 ppi
WISH = 9.0  # a wish of the copy not met, a column of a photograph's width off
LEAD_COLUMN = 5.0  # a lead narrower than two thirds of the page, each column
NARROW_HEAD = 1.5

# Vertical heads: legs beside one begin a line below the frame's edge, which keeps the separation
# off; a frame may take so many lines of air there, a block so many beyond its need.
ABOVE, MOST_ABOVE, MOST_BLOCK_AIR, BLOCK_AIR = 1, 2, 4, 0.5
MOST_LOOSE = 8  # lines; a block that stands to the foot takes no more air
BLOCK_FORMS = 12
ENOUGH = 8  # heights a width should offer; for want of them smaller heads are tried


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


class Block(msgspec.Struct, frozen=True):
    """Where a vertical head stands: over which leg, how many lines high."""

    leg: int
    lines: int


class Treatment(msgspec.Struct, frozen=True):
    """How a story is set: head and its lines, legs, photographs, lines of text below the head.

    A vertical head stands in its `block`; `head_lines` is then the air over all legs.
    """

    head: Head
    head_lines: int
    legs: Legs
    photo: PhotoForm | None
    rows: int
    block: Block | None = None

    @property
    def photo_place(self) -> tuple[int, int]:
        """First leg under the photographs and the row they begin in.

        They stand over the last legs; over those beside a vertical head in the last; and of two
        legs below the head, so that the body begins at the frame's top.
        """
        assert self.photo
        first = self.legs.count - self.photo.legs
        if self.block is None:
            return first, 0
        if self.legs.count == 2:
            return self.block.leg, self.block.lines
        return (first - 1 if self.block.leg >= first else first), 0

    def taken(self, leg: int) -> int:
        """Lines at a leg's top that the head's block and the photographs take."""
        lines = self.block.lines if self.block and self.block.leg == leg else 0
        if self.photo:
            first, _ = self.photo_place
            if first <= leg < first + self.photo.legs:
                lines += self.photo.lines + 1
        return lines

    @property
    def rooms(self) -> tuple[int, ...]:
        """Lines of text each leg can hold."""
        return tuple(max(0, self.rows - self.taken(leg)) for leg in range(self.legs.count))

    def in_rows(self, rows: int) -> Treatment:
        """With more or fewer lines below the head; a block that stands to the foot goes along."""
        block = self.block
        if block:
            more = 0 if self.rooms[block.leg] else rows - self.rows
            lines = max(0, min(rows, block.lines + more))
            block = msgspec.structs.replace(block, lines=lines)
        return msgspec.structs.replace(self, rows=rows, block=block)


class Shape(msgspec.Struct, frozen=True):
    """A treatment filling `columns` × `lines` cells, at a cost."""

    columns: int
    lines: int
    treatment: Treatment
    cost: float
    part: int = 0  # of a story that jumps


class Shaper:
    """Makes shape tables on one grid."""

    def __init__(self, grid: Grid, heads: HeadSetter, captions: CaptionSetter) -> None:
        self.grid, self.heads, self.captions = grid, heads, captions
        self._set: dict[tuple[str, int, float], tuple[tuple[SetLine, ...], ...]] = {}

    def galley(self, copy: StoryCopy, measure: float) -> Galley:
        """The story's body at a measure, set once."""
        return Galley(measure, assembled(copy.body, self._body(copy, measure)))

    def galley_for(self, copy: StoryCopy, measure: float, rooms: Sequence[int]) -> Galley:
        """The body fitted to legs of these capacities."""
        return fitted(copy.body, self._body(copy, measure), measure, rooms)

    def _body(self, copy: StoryCopy, measure: float) -> tuple[tuple[SetLine, ...], ...]:
        key = (copy.story.file, copy.part, measure)
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

    def table(
        self,
        copy: StoryCopy,
        columns: int,
        most: int,
        *,
        upright: bool = False,
        small: bool = False,
    ) -> dict[int, Shape]:
        """Heights up to `most` lines the story can fill at a width, each at its cheapest.

        With a vertical head when `upright`; empty when there is none for this width. With smaller
        heads too when `small`.
        """
        legs = self.legs(copy, columns)
        galley = self.galley(copy, legs.measure)
        table: dict[int, Shape] = {}
        if upright:
            shapes = self._vertical_shapes(copy, columns, legs, galley)
        else:
            shapes = self._horizontal_shapes(copy, columns, legs, galley)
            if small:
                shapes = chain(shapes, self._smaller_shapes(copy, columns, legs, galley))
        for shape in shapes:
            held = table.get(shape.lines)
            if shape.lines <= most and (held is None or shape.cost < held.cost):
                table[shape.lines] = shape
        return table

    def _horizontal_shapes(
        self, copy: StoryCopy, columns: int, legs: Legs, galley: Galley
    ) -> Iterator[Shape]:
        width = legs.span(0)[1]
        for head in self.heads.forms(copy.story.headline, copy.head, width)[:HEAD_FORMS]:
            for photo, wish in self._photo_forms(copy, legs):
                yield from self._shapes(copy, columns, head, legs, photo, galley, wish)

    def _smaller_shapes(
        self, copy: StoryCopy, columns: int, legs: Legs, galley: Galley
    ) -> Iterator[Shape]:
        style = copy.head
        for part in SMALLER_HEADS:
            most = max(style.least, style.most * part)
            smaller = msgspec.structs.replace(style, most=most)
            other = msgspec.structs.replace(copy, head=smaller)
            yield from self._horizontal_shapes(other, columns, legs, galley)

    def _vertical_shapes(
        self, copy: StoryCopy, columns: int, legs: Legs, galley: Galley
    ) -> Iterator[Shape]:
        """A vertical head at its rank's sizes, and grades below for want of heights."""
        if legs.count < 2:
            return
        photos = [
            (photo, wish)
            for photo, wish in self._photo_forms(copy, legs)
            if photo is None or photo.legs <= max(1, legs.count - 2)
        ]
        leg = 0 if copy.story.design.side is Side.LEFT else legs.count - 1
        heights: set[int] = set()
        for grade in range(vertical.GRADES):
            heads = vertical.forms(self.heads, copy.story.headline, copy.head, legs.measure, grade)
            wanted = product(heads[:BLOCK_FORMS], photos, range(MOST_BLOCK_AIR + 1))
            for head, (photo, wish), spare in wanted:
                block = Block(leg, head.lines + spare)
                treatment = Treatment(head, ABOVE, legs, photo, 0, block)
                if base := _beside(len(galley.lines), treatment):
                    cost = head.cost + wish + BLOCK_AIR * spare
                    heights.add(base.rows)
                    yield from self._aired(copy, columns, base, galley, cost)
            if len(heights) >= ENOUGH:
                return

    def _aired(
        self, copy: StoryCopy, columns: int, base: Treatment, galley: Galley, cost: float
    ) -> Iterator[Shape]:
        cost += pour(galley, base.rooms).cost * 0.3 + self._proportion_cost(copy, columns, base)
        spare = sum(base.rooms) - len(galley.lines)
        least = min((room for room in base.rooms if room), default=0) - (spare > 0)
        cost += SHORT_LEG * spare + TOO_SHORT * (least < LEAST_LEG)
        for air in range((MOST_ABOVE if base.block else MOST_AIR) + 1):
            treatment = msgspec.structs.replace(base, head_lines=base.head_lines + air)
            lines = treatment.head_lines + base.rows
            yield Shape(columns, lines, treatment, cost + AIR * air**1.4)

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
        yield from self._aired(copy, columns, base, galley, head.cost + wish)

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


def _beside(lines: int, t: Treatment) -> Treatment | None:
    """So many lines of text round a vertical head's block; None when a leg would be a stump.

    The head's leg goes on below it when four lines are left there; else the block takes all of it.
    """
    assert t.block
    legs, leg = range(t.legs.count), t.block.leg
    rows = ceil((lines + sum(map(t.taken, legs))) / len(legs))
    if all(rows - t.taken(k) >= LEAST_LEG for k in legs):
        return msgspec.structs.replace(t, rows=rows)
    others = [t.taken(k) for k in legs if k != leg]
    rows = ceil((lines + sum(others)) / len(others))
    need = t.taken(leg) - (t.taken(leg) > t.block.lines)  # no blank line under a photograph
    if not need <= rows <= need + MOST_LOOSE or any(rows - k < LEAST_LEG for k in others):
        return None
    block = Block(leg, t.block.lines + rows - need)
    return msgspec.structs.replace(t, rows=rows, block=block)


def overset_characters(lines: Sequence[SetLine], placed: int) -> int:
    """Characters of the lines from `placed` on; a picture counts as one."""
    return sum(len("".join(line.text.split())) for line in lines[placed:])
