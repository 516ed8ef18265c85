"""How a story is set in its cells: legs, head, photographs, and a corner left to a neighbour.

Comes in: what `shapes` decides. Goes out: the rooms of the legs, from which the search counts, the
filler pours and the drawer draws alike.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from layout.makeup.heads import Head

LEAST_LEG = 4  # lines; craft: no leg under four lines, over a corner or under a photograph

Terms: TypeAlias = tuple[tuple[str, float], ...]  # what a cost is made of, by name


class PhotoForm(msgspec.Struct, frozen=True):
    """Photographs over the last `legs` legs in rows: how many stand in each, the lines of its
    pictures and of its longest caption.
    """

    legs: int
    pictures: tuple[int, ...]
    captions: tuple[int, ...]
    rows: tuple[int, ...]

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

    def span(self, first: int, last: int | None = None) -> tuple[float, float]:
        """x and width from a leg to another, by default the frame's last."""
        end = self.xs[-1 if last is None else last] + self.measure
        return self.xs[first], end - self.xs[first]


class Block(msgspec.Struct, frozen=True):
    """A head that stands over some legs only: the first of them, how many lines high, how many
    legs – one for a vertical head.
    """

    leg: int
    lines: int
    legs: int = 1


class Notch(msgspec.Struct, frozen=True):
    """A corner at the frame's foot that belongs to neighbours: base columns and lines of it.

    The story is then an L (穿插): its legs over the corner are shorter.
    """

    columns: int
    lines: int
    left: bool = False

    def over(self, leg: int, legs: int) -> bool:
        """Whether a leg of so many stands over the corner."""
        return leg < self.columns if self.left else leg >= legs - self.columns


class Treatment(msgspec.Struct, frozen=True):
    """How a story is set: head and its lines, legs, photographs, lines of text below the head.

    A head in a `block` stands over some legs; `head_lines` is then the air over all of them. `foot`
    are lines between the text and a box's border.
    """

    head: Head
    head_lines: int
    legs: Legs
    photo: PhotoForm | None
    rows: int
    block: Block | None = None
    notch: Notch | None = None
    foot: int = 0

    @property
    def photo_place(self) -> tuple[int, int]:
        """First leg under the photographs and the row they begin in.

        They stand over the last legs; over those beside a vertical head in the last; and of two
        legs below the head, so that the body begins at the frame's top.
        """
        assert self.photo
        first = self.legs.count - self.photo.legs
        if self.block is None or not self.head.vertical:
            return first, 0
        if self.legs.count == 2:
            return self.block.leg, self.block.lines
        return (first - 1 if self.block.leg >= first else first), 0

    @property
    def taken(self) -> tuple[int, ...]:
        """Lines at each leg's top that the head's block and the photographs take."""
        taken, block, photo = [0] * len(self.legs.xs), self.block, self.photo
        if block:
            for leg in range(block.leg, block.leg + block.legs):
                taken[leg] = block.lines
        if photo:
            first, lines = self.photo_place[0], photo.lines + 1
            for leg in range(first, first + photo.legs):
                taken[leg] += lines
        return tuple(taken)

    @property
    def rooms(self) -> tuple[int, ...]:
        """Lines of text each leg can hold."""
        rows, notch, count = self.rows, self.notch, self.legs.count
        rooms = [max(0, rows - taken) for taken in self.taken]
        if notch:
            for leg in (leg for leg in range(count) if notch.over(leg, count)):
                rooms[leg] = max(0, rooms[leg] - notch.lines)
        return tuple(rooms)

    def in_rows(self, rows: int) -> Treatment:
        """With more or fewer lines below the head; a block that stands to the foot goes along."""
        block = self.block
        if block:
            more = 0 if self.rooms[block.leg] else rows - self.rows
            lines = max(0, min(rows, block.lines + more))
            block = msgspec.structs.replace(block, lines=lines)
        return msgspec.structs.replace(self, rows=rows, block=block)


class Shape(msgspec.Struct, frozen=True):
    """A treatment filling `columns` × `lines` cells, less a notch's, at a cost."""

    columns: int
    lines: int
    treatment: Treatment
    terms: Terms
    cost: float
    part: int = 0  # of a story that jumps


def shape_of(columns: int, treatment: Treatment, terms: Terms) -> Shape:
    """A treatment as a shape; its cost is the sum of its terms."""
    lines = treatment.head_lines + treatment.rows + treatment.foot
    return Shape(columns, lines, treatment, terms, sum(cost for _, cost in terms))
