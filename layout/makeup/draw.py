"""A placed story → its group on the sheet: head, legs, photographs, box.

Positions are relative to the frame and come from whole cells, so baselines agree across the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from layout.compose import Galley, SetLine
from layout.compose.finalize import with_blank
from layout.compose.headline import Look, display_line
from layout.compose.table import tight
from layout.findings import Mark
from layout.fonts import FontSet
from layout.geometry import Box
from layout.issue.model import BorderStyle, BoxSpec, Cells
from layout.makeup import styles
from layout.makeup.copy import StoryCopy, TableCopy
from layout.makeup.dummy import Placement, cells_of
from layout.makeup.fill import Pour, pour
from layout.makeup.furniture.inks import ink_of
from layout.makeup.grid import Metrics, metrics
from layout.makeup.heads import Head, Part
from layout.makeup.keeps import cut
from layout.makeup.pictures import CaptionSetter, crop, effective_ppi
from layout.makeup.shapes import overset_characters
from layout.makeup.treatment import Block, Treatment
from layout.makeup.vertical import block_lines
from layout.sheet.items import BLACK, Grid, Group, Ink, Item, Picture, Rule, Tag, TextLine, Tint
from layout.sheet.move import moved


class Frame(msgspec.Struct, frozen=True):
    """A story as drawn: its group, and what of its copy found no room or no filling.

    `tight` are tables too wide for its legs; `cut` when a picture or a row is parted by a foot.
    """

    group: Group
    cells: Cells
    overset: int
    leftover_lines: int
    head_size: float
    head_vertical: bool = False
    tight: tuple[TableCopy, ...] = ()
    cut: bool = False


MOST_SPARE_AIR = 2
# A line of text by whether it is a subhead's and whether it is the first of its element.
_TAGS = [[Tag(kind, first) for first in (False, True)] for kind in ("paragraph", "subhead")]


def as_placed(placed: Placement) -> Treatment:
    """The treatment in its cells: a few spare lines go to the head as air, the rest stay white at
    the foot, where an editor sees what is missing; missing lines are taken off the legs.
    """
    t = placed.shape.treatment
    head_lines = t.head_lines + min(MOST_SPARE_AIR, max(0, placed.spare))
    rows = max(0, placed.lines - head_lines - t.foot)
    return msgspec.structs.replace(t.in_rows(rows), head_lines=head_lines)


class Drawer:
    """Draws stories on one grid."""

    def __init__(self, grid: Grid, fonts: FontSet, captions: CaptionSetter) -> None:
        self.grid, self.fonts, self.captions = grid, fonts, captions
        self.metrics: Metrics = metrics(grid)

    def story(self, copy: StoryCopy, placed: Placement, t: Treatment, galley: Galley) -> Frame:
        """The story's group at its cells; what its legs cannot hold is overset."""
        box = self.grid.cells(placed.column, placed.line, placed.columns, placed.lines)
        poured = pour(galley, t.rooms)
        items: list[Item] = [*self._box(copy.story.design.box, box)]
        items.append(self._head(t))
        items += self._legs(t, poured)
        if t.photo:
            items.append(self._photos(copy, t))
        overset = overset_characters(poured.lines, poured.legs[-1][1]) if poured.overset else 0
        return Frame(
            Group(
                copy.story.slug,
                "story",
                box,
                tuple(items),
                copy.story.headline.text,
                copy.story.origin,
            ),
            cells_of(placed),
            overset,
            max(0, placed.spare),
            t.head.main.fitted.look.size,
            t.head.vertical,
            tuple(
                element
                for element in copy.body
                if isinstance(element, TableCopy) and tight(element.table, t.legs.measure)
            ),
            cut(poured.lines, poured.legs),
        )

    # --- head ---

    def _head(self, t: Treatment) -> Group:
        if t.head.vertical:
            assert t.block
            return self._vertical_head(t, t.block)
        leading, top, block = self.grid.leading, 0.0, t.block
        first, last = (block.leg, block.leg + block.legs - 1) if block else (0, None)
        left, width = t.legs.span(first, last)
        height = t.head_lines * leading
        if block:
            top, height = height - leading, (block.lines + 1) * leading
        items = head_lines(t.head, width, height, self.fonts)
        box = Box(left, top, width, height).rounded()
        return Group("head", "head", box, tuple(items))

    def _vertical_head(self, t: Treatment, block: Block) -> Group:
        leading, width = self.grid.leading, t.legs.measure
        height = block.lines * leading
        items = block_lines(t.head, width, height, self.grid, self.fonts)
        box = Box(t.legs.xs[block.leg], t.head_lines * leading, width, height).rounded()
        return Group("head", "head", box, tuple(items))

    # --- text ---

    def _legs(self, t: Treatment, poured: Pour) -> list[Group]:
        groups, taken = [], t.taken
        for k, (first, last) in enumerate(poured.legs):
            if first == last:
                continue
            top = (t.head_lines + taken[k]) * self.grid.leading
            items = self._leg_items(poured.lines[first:last])
            box = Box(t.legs.xs[k], top, t.legs.measure, (last - first) * self.grid.leading)
            groups.append(Group(f"leg {k + 1}", "leg", box.rounded(), tuple(items)))
        return groups

    def _leg_items(self, lines: Sequence[SetLine]) -> list[Item]:
        items: list[Item] = []
        leading, baseline = self.grid.leading, self.metrics.baseline
        for k, set_line in enumerate(lines):
            y = k * leading + baseline
            line = set_line.at(round(y, 3), _TAGS[set_line.subhead][set_line.first])
            if line.runs:
                items.append(line)
            if set_line.extras:
                items += [moved(item, line.x, y) for item in set_line.extras]
        return items

    # --- photographs ---

    def _photos(self, copy: StoryCopy, t: Treatment) -> Group:
        assert t.photo
        first, below = t.photo_place
        start = t.legs.count - t.photo.legs
        origin, width = t.legs.span(start)
        leading, row, at = self.grid.leading, 0, 0
        items: list[Item] = []
        for count, lines, under in zip(
            t.photo.rows, t.photo.pictures, t.photo.captions, strict=True
        ):
            each = t.photo.legs // count
            for k in range(count):
                leg = start + k * each
                x, wide = t.legs.span(leg, leg + each - 1)
                top = row * leading + self.metrics.face_top
                foot = (row + lines - 1) * leading + self.metrics.face_bottom
                box = Box(x - origin, top, wide, foot - top).rounded()
                items += self._photo(copy, at + k, box, row + lines)
            at, row = at + count, row + lines + under + 1
        left = t.legs.xs[first]
        box = Box(left, (t.head_lines + below) * leading, width, t.photo.lines * leading)
        return Group("photo", "photo", box.rounded(), tuple(items))

    def _photo(self, copy: StoryCopy, number: int, box: Box, below: int) -> Iterator[Item]:
        """A picture in its box and its caption from a row on."""
        photo = copy.story.photos[number]
        shown = crop(photo.pixels, photo.focus, box.width, box.height)
        ppi = round(effective_ppi(photo.pixels, shown, box.width), 1)
        alt = photo.caption.text if photo.caption else copy.story.headline.text
        yield Picture(photo.file, box, shown, ppi, alt, photo.mark)
        for line in self.captions.set(copy.captions[number], box.width):
            y = (below + line.y) * self.grid.leading + self.metrics.baseline
            yield line.at(box.x + line.x, y)

    # --- box ---

    def _box(self, spec: BoxSpec | None, frame: Box) -> list[Item]:
        if spec is None:
            return []
        inset = self.grid.leading * 0.35
        box = Box(0.0, inset, frame.width, frame.height - 2 * inset).rounded()
        items: list[Item] = []
        tint = ink_of(spec.tint)
        if tint and (tint.spot or any(tint.parts)):
            items.append(Tint(box, tint))
        for shrink, weight in _BORDERS[spec.border]:
            items += outline(
                Box(
                    box.x + shrink, box.y + shrink, box.width - 2 * shrink, box.height - 2 * shrink
                ),
                weight,
            )
        return items


_BORDERS = {
    BorderStyle.NONE: (),
    BorderStyle.SINGLE: ((0.0, styles.THIN),),
    BorderStyle.DOUBLE: ((0.0, 1.2), (2.4, styles.HAIRLINE)),
    BorderStyle.THICK: ((0.0, styles.THICK),),
}


def outline(box: Box, weight: float, ink: Ink = BLACK) -> list[Rule]:
    """Four rules round a box, drawn inside its edge, corners closed."""
    half = weight / 2
    x1, y1, x2, y2 = box.x, box.y, box.right, box.bottom
    corners = (
        (x1, y1 + half, x2, y1 + half),
        (x1, y2 - half, x2, y2 - half),
        (x1 + half, y1, x1 + half, y2),
        (x2 - half, y1, x2 - half, y2),
    )
    return [
        Rule(round(a, 3), round(b, 3), round(c, 3), round(d, 3), weight, ink)
        for a, b, c, d in corners
    ]


def head_lines(head: Head, width: float, height: float, fonts: FontSet) -> list[TextLine]:
    """A head's lines, centred in its width, what is over of its height shared out as air."""
    spare = height - head.natural
    above = spare * styles.AIR_ABOVE / (styles.AIR_ABOVE + styles.AIR_BELOW)
    y, lines = above, []
    for part in head.parts:
        y += part.air
        lines += _part_lines(part, y, width, fonts)
        y += part.height
    return lines


def _part_lines(part: Part, top: float, width: float, fonts: FontSet) -> list[TextLine]:
    look, lines = part.fitted.look, []
    sources = part.sources if len(part.sources) > 1 else part.sources * len(part.fitted.lines)
    for k, (text, source) in enumerate(zip(part.fitted.lines, sources, strict=True)):
        line = display_line(text, look, fonts, source)
        following = part.fitted.lines[k + 1 : k + 2]
        if following and (text[-1] + following[0][0]).isascii():
            line = msgspec.structs.replace(line, runs=with_blank(line.runs))
        baseline = top + k * look.size * (1 + styles.LINE_GAP_EM) + 0.88 * look.size
        lines.append(
            msgspec.structs.replace(line, measure=round(width, 3), tag=Tag(part.kind, k == 0)).at(
                (width - line.width) / 2, baseline
            )
        )
    return lines


def set_at(
    text: str, look: Look, fonts: FontSet, at: tuple[float, float], source: Mark | None = None
) -> TextLine:
    """A display line with its baseline origin at a point of its group."""
    return display_line(text, look, fonts, source).at(*at)
