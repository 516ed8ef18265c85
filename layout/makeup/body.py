"""A story's body at a measure: paragraphs, tables and pictures → lines of a galley.

Comes in: the elements of prepared copy. Goes out: for each its lines, and the galley they make. A
picture inside a paragraph stands behind the line its place in the copy falls on: the paragraph is
set as if it were not there, so the text goes on behind it flush and without a new indent (CLREQ).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from layout.compose import Keep, Paragraph, SetLine, compose
from layout.compose.table import place_holder, set_table
from layout.geometry import Box
from layout.issue.model import OBJECT
from layout.makeup.copy import Element, Inset, JumpLine, TableCopy
from layout.makeup.grid import metrics
from layout.makeup.pictures import crop, effective_ppi, set_caption
from layout.sheet.items import Grid, Item, Picture

# A crop may change a picture's proportion by so much either way.
CROP_LEAST, CROP_MOST = 0.78, 1.3
# Lines of a picture in a leg; a taller one keeps its subject and is as tall as the crop allows.
LEAST_LINES, MOST_LINES = 3, 12
JUMP_GAP_EM = 1.0  # at least, between the text and 下转 on its last line
FOCUS = (0.5, 0.45)

Lines = tuple[SetLine, ...]


def set_element(element: Element, measure: float, grid: Grid) -> Lines:
    """Its lines at a measure in points."""
    if isinstance(element, Paragraph):
        return compose(element, measure)
    if isinstance(element, TableCopy):
        return set_table(element.table, measure)
    if isinstance(element, JumpLine):
        return tuple(replace(line, first=False) for line in compose(element.paragraph, measure))
    return _set_inset(element, measure, grid)


def assembled(body: Sequence[Element], set_: Sequence[Lines]) -> Lines:
    """The galley: every element's lines in order, pictures between the lines of paragraphs."""
    galley: list[SetLine] = []
    paragraph = 0  # where the last paragraph begins in the galley
    for element, lines in zip(body, set_, strict=True):
        if isinstance(element, Inset) and element.after is not None:
            at = _place(galley, paragraph, element.after)
            galley[at:at] = lines
        elif isinstance(element, JumpLine):
            _close(galley, element, lines)
        else:
            paragraph = len(galley)
            galley += lines
    if galley and galley[-1].air:
        galley.pop()  # nothing follows the caption
    return tuple(galley)


def _close(galley: list[SetLine], element: JumpLine, jump: Lines) -> None:
    """下转 on the last line of text when there is room, else on the next."""
    last, gap = galley[-1], JUMP_GAP_EM * element.paragraph.size
    if len(jump) > 1 or last.holds_place or last.width + gap + jump[0].width > last.measure:
        galley += jump
        return
    line = jump[0].line
    x = round(line.x - last.line.x, 3)
    galley[-1] = replace(last, extras=(*last.extras, line.at(x, 0.0)))


def _place(galley: Sequence[SetLine], start: int, characters: int) -> int:
    """The line behind the one on which so many printed characters of a paragraph are reached.

    Pictures put there before are passed: two that stand together keep their order.
    """
    at, seen = start, 0
    while at < len(galley) and seen < characters:
        if not galley[at].holds_place:
            seen += len("".join(galley[at].text.split()))
        at += 1
    while at < len(galley) and galley[at].holds_place:
        at += 1
    return at


def picture_lines(pixels: tuple[int, int], measure: float, grid: Grid) -> int:
    """Body lines a picture takes, from its proportions."""
    face = metrics(grid).face_bottom - metrics(grid).face_top

    def lines(height: float) -> int:
        return max(LEAST_LINES, round((height - face) / grid.leading) + 1)

    height = measure * pixels[1] / pixels[0]
    return max(min(lines(height), MOST_LINES), lines(height * CROP_LEAST))


def _set_inset(inset: Inset, measure: float, grid: Grid) -> Lines:
    """A picture from face top to face foot of its lines, its caption on the lines below it.

    Under a caption a line is left white, as under a photograph's: text that goes on without an
    indent would be read as more of it.
    """
    count = picture_lines(inset.picture.pixels, measure, grid)
    face = metrics(grid)
    top = face.face_top - face.baseline
    foot = (count - 1) * grid.leading + face.face_bottom - face.baseline
    box = Box(0.0, top, measure, foot - top).rounded()
    shown = crop(inset.picture.pixels, FOCUS, box.width, box.height)
    ppi = round(effective_ppi(inset.picture.pixels, shown, box.width), 1)
    picture = Picture(inset.picture.file, box, shown, ppi, inset.alt, inset.picture.mark)
    rows: list[tuple[Item, ...]] = [(picture,), *[()] * (count - 1)]
    rows += [(line.at(line.x, 0.0),) for line in set_caption(inset.caption, measure)]
    last = len(rows) - 1
    lines = [
        SetLine(
            place_holder(measure, "" if k else OBJECT), True, True, extras=extras,
            keep=Keep.WHOLE if k < last or inset.caption.text else Keep.FREE,
        )
        for k, extras in enumerate(rows)
    ]  # fmt: skip
    if inset.caption.text:
        lines.append(SetLine(place_holder(measure, ""), True, True, air=True))
    return tuple(lines)
