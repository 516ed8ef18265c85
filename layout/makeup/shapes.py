"""Stories as shapes: for each width in base columns, the heights a story can fill exactly.

Comes in: a prepared story. Goes out: a table width → height (lines) → `Shape`: the cheapest
treatment – head form, photograph, legs – that fills that many cells with every leg ending within
one line of the others; and `hosts`, the ways a story can leave a corner to neighbours. Heights are
measured by the real composer, not estimated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, product
from math import ceil, inf

import msgspec

from layout.compose import Galley, SetLine
from layout.issue.model import HeadForm, Side
from layout.makeup import vertical
from layout.makeup.body import assembled, set_element
from layout.makeup.copy import Element, StoryCopy
from layout.makeup.copyfit import fitted, tightened
from layout.makeup.fill import pour
from layout.makeup.heads import HeadSetter
from layout.makeup.nested import AIRED, LONG_LEG, LONGEST_LEG, MOST_AIR, SHORT_LEG, Host, hosts_of
from layout.makeup.photoforms import photo_forms
from layout.makeup.pictures import CaptionSetter
from layout.makeup.styles import HeadStyle
from layout.makeup.treatment import (
    LEAST_LEG,
    Block,
    Legs,
    PhotoForm,
    Shape,
    Terms,
    Treatment,
    shape_of,
)
from layout.sheet.items import Grid

HEAD_FORMS, HOST_FORMS = 3, 2
BOX_FOOT = 1  # lines between a boxed story's text and its border
STUMP = 1.5
FLAT, STRIP = 1.5, 0.75  # more columns than so many of a row's lines: a strip across the page
TOO_SHORT = 80.0  # a leg under LEAST_LEG: only where nothing else can be had
BREAKS = 0.3  # of what pour() says of the legs' ends: most can be mended by copyfit
# Of a head's largest size, and of its least, to save lines on a page too full.
SMALLER_HEADS = ((0.85, 1.0), (0.72, 1.0), (0.6, 0.85))
MOST_CLOSED, CLOSED = 5, 1.0  # paragraphs of a story closed by a line on a page too full
LEAD_COLUMN = 5.0  # a lead narrower than two thirds of the page, each column
NARROW_HEAD = 1.5
OVER_PART, BESIDE, BESIDE_LOOSE = 1.0, 2.0, 0.4  # heads over some legs, in legs of their own
LEAD_PART = 8.0  # the lead's head stands across
MOST_HEAD_AIR = 8  # lines a head in legs of its own may stand in beyond its need

# Vertical heads: legs beside one begin a line below the frame's edge, which keeps the separation
# off; a frame may take so many lines of air there, a block so many beyond its need.
ABOVE, MOST_ABOVE, MOST_BLOCK_AIR, BLOCK_AIR = 1, 2, 4, 0.5
MOST_LOOSE = 8  # lines; a block that stands to the foot takes no more air
BLOCK_FORMS = 12
ENOUGH = 8  # heights a width should offer; for want of them smaller heads are tried


class Shaper:
    """Makes shape tables on one grid."""

    def __init__(self, grid: Grid, heads: HeadSetter, captions: CaptionSetter) -> None:
        self.grid, self.heads, self.captions = grid, heads, captions
        self._set: dict[
            tuple[int, float], tuple[tuple[Element, ...], tuple[tuple[SetLine, ...], ...]]
        ] = {}
        self._galleys: dict[tuple[int, float], tuple[tuple[Element, ...], Galley]] = {}
        self._forms: dict[
            tuple[int, Legs], tuple[StoryCopy, list[tuple[PhotoForm | None, Terms]]]
        ] = {}

    def galley(self, copy: StoryCopy, measure: float) -> Galley:
        """The story's body at a measure, set once."""
        key = (id(copy.body), measure)
        if key not in self._galleys:
            lines = assembled(copy.body, self._body(copy, measure))
            self._galleys[key] = copy.body, Galley(measure, lines)
        return self._galleys[key][1]

    def galley_for(self, copy: StoryCopy, measure: float, rooms: Sequence[int]) -> Galley:
        """The body fitted to legs of these capacities."""
        return fitted(copy.body, self._body(copy, measure), measure, rooms)

    def _body(self, copy: StoryCopy, measure: float) -> tuple[tuple[SetLine, ...], ...]:
        key = (id(copy.body), measure)  # the remedies set one story's copy at several lengths
        if key not in self._set:
            lines = tuple(set_element(e, measure, self.grid) for e in copy.body)
            self._set[key] = copy.body, lines
        return self._set[key][1]

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
        wanted: range,
        *,
        upright: bool = False,
        small: bool = False,
    ) -> dict[int, Shape]:
        """Which of the wanted heights the story can fill at a width, each at its cheapest.

        With a vertical head when `upright`; empty when there is none for this width. With smaller
        heads too when `small`.
        """
        legs = self.legs(copy, columns)
        galley = self.galley(copy, legs.measure)
        if upright:
            ways = self._vertical(copy, columns, legs, galley)
        else:
            ways = self._horizontal(copy, columns, legs, galley)
            if small:
                ways = chain(ways, self._saving(copy, columns, legs, galley))
        return self._cheapest(copy, columns, list(ways), wanted)

    def hosts(self, copy: StoryCopy, columns: int, *, small: bool = False) -> tuple[Host, ...]:
        """The ways the story can leave a corner to neighbours, with smaller heads too when
        `small`; none when it is boxed, or an editor chose its legs or its head's form.
        """
        design, legs = copy.story.design, self.legs(copy, columns)
        chosen = design.form not in (None, HeadForm.ACROSS) or design.direction is not None
        if chosen or design.box or columns < 2 or legs.count != columns:
            return ()
        styles = [copy.head, *(_smaller(copy) if small else ())]
        heads = (
            head
            for style in styles
            for head in self.heads.forms(copy.story.headline, style, legs.span(0)[1])[:HOST_FORMS]
        )
        ways = (
            (Treatment(head, head.lines, legs, photo, 0), terms)
            for head, (photo, wish) in product(heads, self._photos(copy, legs))
            for terms in [(("headline", head.cost), *wish, *self._rank_terms(copy, columns))]
        )
        return hosts_of(ways, len(self.galley(copy, legs.measure).lines))

    def _photos(self, copy: StoryCopy, legs: Legs) -> list[tuple[PhotoForm | None, Terms]]:
        key = (id(copy.captions), legs)
        if key not in self._forms:
            forms = list(photo_forms(copy, legs, self.grid, self.captions))
            self._forms[key] = copy, forms
        return self._forms[key][1]

    def _horizontal(
        self, copy: StoryCopy, columns: int, legs: Legs, galley: Galley
    ) -> Iterator[_Way]:
        form = copy.story.design.form
        if form in (None, HeadForm.ACROSS):
            yield from self._across(copy, columns, legs, galley)
        if form is HeadForm.PART or (form is None and copy.story.photos):
            yield from self._part(copy, columns, legs, galley)
        if form is HeadForm.BESIDE:
            yield from self._beside(copy, columns, legs, galley)

    def _across(self, copy: StoryCopy, columns: int, legs: Legs, galley: Galley) -> Iterator[_Way]:
        width = legs.span(0)[1]
        photos = [
            (photo, wish, rows)
            for photo, wish in self._photos(copy, legs)
            if (rows := _rows(len(galley.lines), legs.count, photo)) is not None
        ]
        for head in self.heads.forms(copy.story.headline, copy.head, width)[:HEAD_FORMS]:
            for photo, wish, rows in photos:
                base = Treatment(head, head.lines, legs, photo, rows)
                yield _Way(base, (("headline", head.cost), *wish), galley)

    def _part(self, copy: StoryCopy, columns: int, legs: Legs, galley: Galley) -> Iterator[_Way]:
        """The head over the first legs, photographs (or text, when asked for) beside it."""
        for photo, wish in self._photos(copy, legs):
            under = legs.count - (photo.legs if photo else legs.count // 2)
            if not 0 < under < legs.count:
                continue
            width = legs.span(0, under - 1)[1]
            for head in self.heads.forms(copy.story.headline, copy.head, width)[:HEAD_FORMS]:
                block = Block(0, head.lines - ABOVE, under)
                treatment = Treatment(head, ABOVE, legs, photo, 0, block)
                if base := _round_block(len(galley.lines), treatment):
                    part = OVER_PART + LEAD_PART * (copy.story.rank == 1)
                    terms = (("headline", head.cost), *wish, ("head over some legs", part))
                    yield _Way(base, terms, galley)

    def _beside(self, copy: StoryCopy, columns: int, legs: Legs, galley: Galley) -> Iterator[_Way]:
        """The head in legs of its own at the left, text and photographs right of it."""
        for own in range(1, legs.count):
            width = legs.span(0, own - 1)[1]
            heads = self.heads.forms(copy.story.headline, copy.head, width)[:HEAD_FORMS]
            for head, (photo, wish) in product(heads, self._photos(copy, legs)):
                if photo and photo.legs > legs.count - own:
                    continue
                block = legs.count - own
                rows = _rows(len(galley.lines), block, photo)
                if rows is None or not head.lines - ABOVE <= rows <= head.lines + MOST_HEAD_AIR:
                    continue
                base = Treatment(head, ABOVE, legs, photo, rows, Block(0, rows, own))
                loose = BESIDE_LOOSE * (rows + ABOVE - head.lines)
                terms = (("headline", head.cost), *wish, ("head beside the text", BESIDE + loose))
                yield _Way(base, terms, galley)

    def _saving(self, copy: StoryCopy, columns: int, legs: Legs, galley: Galley) -> Iterator[_Way]:
        """Ways that save lines on a page too full: smaller heads, paragraphs closed by a line."""
        smaller = [msgspec.structs.replace(copy, head=style) for style in _smaller(copy)]
        for other in smaller:
            yield from self._horizontal(other, columns, legs, galley)
        body = self._body(copy, legs.measure)
        for closed, cost in tightened(copy.body, body, legs.measure, MOST_CLOSED):
            for other in (copy, *smaller):
                for way in self._horizontal(other, columns, legs, closed):
                    yield msgspec.structs.replace(way, closing=cost)

    def _vertical(
        self, copy: StoryCopy, columns: int, legs: Legs, galley: Galley
    ) -> Iterator[_Way]:
        """A vertical head at its rank's sizes, and grades below for want of heights."""
        if legs.count < 2:
            return
        photos = [
            (photo, wish)
            for photo, wish in self._photos(copy, legs)
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
                if base := _head_beside(len(galley.lines), treatment):
                    air = ("air in the head's block", BLOCK_AIR * spare)
                    heights.add(base.rows)
                    terms = (("headline", head.cost), *wish, air)
                    yield _Way(base, terms, galley)
            if len(heights) >= ENOUGH:
                return

    def _cheapest(
        self, copy: StoryCopy, columns: int, ways: Sequence[_Way], wanted: range
    ) -> dict[int, Shape]:
        """For each wanted height the cheapest way with so much air as makes it.

        How a galley's lines fall to the legs is seen last, from the cheapest on: it only adds, and
        it is what takes long.
        """
        foot = BOX_FOOT if copy.story.design.box else 0
        ranked = self._rank_terms(copy, columns)
        priced: dict[int, tuple[Terms, float]] = {}
        heights: defaultdict[int, list[tuple[float, int, int]]] = defaultdict(list)
        for k, way in enumerate(ways):
            lines = way.base.head_lines + way.base.rows + foot
            most = MOST_ABOVE if way.base.block else MOST_AIR
            airs = [air for air in range(most + 1) if lines + air in wanted]
            if airs:
                priced[k] = _priced(way, columns, ranked)
            for air in airs:
                heights[lines + air].append((priced[k][1] + AIRED[air], k, air))
        ends: dict[tuple[tuple[int, ...], int], float] = {}
        table: dict[int, Shape] = {}
        for lines, found in sorted(heights.items()):
            k, air, ending = _cheapest_ends(ways, sorted(found), ends)
            base = ways[k].base
            treatment = msgspec.structs.replace(base, head_lines=base.head_lines + air, foot=foot)
            last = (("ends of legs", ending), ("air in the head", AIRED[air]))
            table[lines] = shape_of(columns, treatment, (*priced[k][0], *last))
        return table

    def _rank_terms(self, copy: StoryCopy, columns: int) -> Terms:
        rank, whole = copy.story.rank, self.grid.columns
        if rank == 1:
            return (("a narrow lead", LEAD_COLUMN * max(0, ceil(whole * 2 / 3) - columns)),)
        narrow = NARROW_HEAD * (5 - rank) if columns == 1 and rank <= 4 else 0.0
        return (("a narrow head", narrow),)


class _Way(msgspec.Struct, frozen=True):
    """A story set without air in its head, what that costs by itself, and what it costs to close
    paragraphs of its galley by a line, where any are.
    """

    base: Treatment
    terms: Terms
    galley: Galley
    closing: float | None = None


def _priced(way: _Way, columns: int, ranked: Terms) -> tuple[Terms, float]:
    """A way's terms but those of the legs' ends and of air, and their sum."""
    base, rooms = way.base, way.base.rooms
    spare = sum(rooms) - len(way.galley.lines)
    least = min((room for room in rooms if room), default=0) - (spare > 0)
    terms: Terms = (
        *way.terms,
        ("legs a line short", SHORT_LEG * spare),
        ("long legs", LONG_LEG * max(0, base.rows - LONGEST_LEG)),
        ("short legs", STUMP * max(0, LEAST_LEG + 2 - base.rows)),
        ("a flat strip", FLAT * max(0.0, columns - STRIP * base.rows)),
        ("a leg under four lines", TOO_SHORT * (least < LEAST_LEG)),
        *ranked,
    )
    cost = sum([cost for _, cost in terms])
    if way.closing is None:
        return terms, cost
    closing = ("paragraphs closed by a line", CLOSED + way.closing)
    return (*terms, closing), cost + CLOSED + way.closing


def _cheapest_ends(
    ways: Sequence[_Way],
    found: Sequence[tuple[float, int, int]],
    ends: dict[tuple[tuple[int, ...], int], float],
) -> tuple[int, int, float]:
    """Of ways to one height, the cheapest first: the best with its legs' ends, its air, their cost.

    `ends` keeps what is known of them, by rooms and galley.
    """
    best, chosen = inf, (0, 0, 0.0)
    for cost, k, air in found:
        if cost >= best:
            break
        rooms, galley = ways[k].base.rooms, ways[k].galley
        key = (rooms, id(galley))
        if key not in ends:
            ends[key] = pour(galley, rooms).cost * BREAKS
        if cost + ends[key] < best:
            best, chosen = cost + ends[key], (k, air, ends[key])
    return chosen


def _smaller(copy: StoryCopy) -> Iterator[HeadStyle]:
    style = copy.head
    for most, least in SMALLER_HEADS:
        low = style.least * least
        yield msgspec.structs.replace(style, least=low, most=max(low, style.most * most))


def _rows(lines: int, legs: int, photo: PhotoForm | None) -> int | None:
    """Rows below the head so that the text just fits; None when legs under a photo are stumps."""
    if photo is None:
        return ceil(lines / legs)
    block = photo.lines + 1
    if legs > photo.legs and ceil(lines / (legs - photo.legs)) == photo.lines:
        return photo.lines  # the photograph stands to the foot, all text beside it
    rows = ceil((lines + photo.legs * block) / legs)
    return rows if rows - block >= LEAST_LEG else None


def _head_beside(lines: int, t: Treatment) -> Treatment | None:
    """So many lines of text round a vertical head's block; None when a leg would be a stump.

    The head's leg goes on below it when four lines are left there; else the block takes all of it.
    """
    assert t.block
    leg, taken = t.block.leg, t.taken
    rows = ceil((lines + sum(taken)) / len(taken))
    if rows - max(taken) >= LEAST_LEG:
        return msgspec.structs.replace(t, rows=rows)
    others = [*taken[:leg], *taken[leg + 1 :]]
    rows = ceil((lines + sum(others)) / len(others))
    need = taken[leg] - (taken[leg] > t.block.lines)  # no blank line under a photograph
    if not need <= rows <= need + MOST_LOOSE or rows - max(others) < LEAST_LEG:
        return None
    block = Block(leg, t.block.lines + rows - need)
    return msgspec.structs.replace(t, rows=rows, block=block)


def _round_block(lines: int, t: Treatment) -> Treatment | None:
    """Rows round a head over some legs; None when a leg would be a stump.

    Photographs beside it may stand to the foot, all text under the head.
    """
    assert t.block
    taken, under, block = t.taken, t.block.legs, t.block.lines
    if t.photo:
        rows = block + ceil(lines / under)
        if rows == t.photo.lines and rows - block >= LEAST_LEG:
            return msgspec.structs.replace(t, rows=rows)
    rows = ceil((lines + sum(taken)) / len(taken))
    if rows - max(taken) < LEAST_LEG:
        return None
    return msgspec.structs.replace(t, rows=rows)


def overset_characters(lines: Sequence[SetLine], placed: int) -> int:
    """Characters of the lines from `placed` on; a picture counts as one."""
    return sum(len("".join(line.text.split())) for line in lines[placed:])
