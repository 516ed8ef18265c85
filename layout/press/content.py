"""The sheet's items as operators of one content stream (ISO 32000-1 8.5, 8.8, 9.4).

In: the display list, y down from the trim's top left. Out: the stream's bytes, y up from the
trim's bottom left: this module flips, nobody else. Items are drawn in order, later over earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

import msgspec

from layout.press.artwork import PlacedArtwork
from layout.press.boxes import PageBoxes
from layout.press.fontobjects import FontTable
from layout.press.ink import Pen
from layout.press.numbers import number
from layout.press.objects import text_string
from layout.press.structure import Structure
from layout.press.text import draw_line
from layout.press.vertical import draw_vertical, joined
from layout.sheet.items import (
    Artwork,
    Group,
    Item,
    Outline,
    Picture,
    Rule,
    Sheet,
    TextLine,
    Tint,
    VerticalLine,
)

_PATH = {"M": "m", "L": "l", "C": "c", "Z": "h"}


class Placed(msgspec.Struct, frozen=True):
    """What stands ready in the page's resources: pictures by name, forms of artwork, and the names
    of spot inks' colour spaces.
    """

    pictures: Mapping[Picture, str]
    artwork: Mapping[Artwork, PlacedArtwork]
    spots: Mapping[str, str] = {}


def page_content(
    sheet: Sheet,
    boxes: PageBoxes,
    fonts: FontTable,
    placed: Placed,
    structure: Structure | None = None,
) -> bytes:
    """The whole page; its content is marked and noted in a structure if one is given."""
    painter = _Painter(sheet.trim.height, fonts, placed, structure)
    left, bottom, *_ = boxes.trim
    if (left, bottom) != (0.0, 0.0):
        painter.out.append(f"1 0 0 1 {number(left)} {number(bottom)} cm")
    for group in sheet.groups:
        if structure:
            structure.enter(group)
        painter.items((group,), 0.0, 0.0)
    if structure:
        painter.out.extend(structure.end())
    return "\n".join([*painter.out, ""]).encode("ascii")


def _one_text(item: Item) -> tuple[float, str] | None:
    """Vertical lines of one size and kind in a row are one text; all else stands alone."""
    if not isinstance(item, VerticalLine):
        return None
    return item.runs[0].size, item.tag.kind if item.tag else ""


class _Painter:
    """Draws items whose group stands at (dx, dy) from the trim's top left."""

    def __init__(
        self, height: float, fonts: FontTable, placed: Placed, structure: Structure | None
    ) -> None:
        self.out: list[str] = []
        self._pen = Pen(self.out, placed.spots)
        self._height = height
        self._fonts = fonts
        self._placed = placed
        self._structure = structure

    def items(self, items: Iterable[Item], dx: float, dy: float) -> None:
        for text, together in groupby(items, key=_one_text):
            if text is None:
                for item in together:
                    if isinstance(item, TextLine):
                        self._line(item, dx, dy)
                    else:
                        self._item(item, dx, dy)
            else:
                lines = [item for item in together if isinstance(item, VerticalLine)]
                self._mark(lines[0], dx, dy, joined(lines))
                draw_vertical(lines, dx, self._height - dy, self._fonts, self._pen)
                self._unmark()

    def _mark(self, item: Item, dx: float, dy: float, text: str = "") -> None:
        """Before an item; `text` is what it says where its glyphs would not be read so."""
        if self._structure:
            self.out.extend(self._structure.before(item, dx, dy, text))
        elif text:
            self.out.append(f"/Span <</ActualText {text_string(text)}>> BDC")

    def _unmark(self) -> None:
        """Behind an item marked with its text."""
        self.out.extend(self._structure.end() if self._structure else ["EMC"])

    def _item(self, item: Item, dx: float, dy: float) -> None:
        if not isinstance(item, Group):
            self._mark(item, dx, dy)
        match item:
            case Rule():
                self._rule(item, dx, dy)
            case Tint():
                self._tint(item, dx, dy)
            case Picture():
                self._picture(item, dx, dy)
            case Artwork():
                self._artwork(item, dx, dy)
            case Outline():
                self._outline(item, dx, dy)
            case Group():
                self.items(item.items, dx + item.box.x, dy + item.box.y)

    def _line(self, line: TextLine, dx: float, dy: float) -> None:
        spaced = True in [run.spaced for run in line.runs]
        self._mark(line, dx, dy, line.text if spaced else "")
        draw_line(line, line.x + dx, self._height - line.y - dy, self._fonts, self._pen)
        if spaced:
            self._unmark()

    def _at(self, x: float, y: float) -> str:
        return f"{number(x)} {number(self._height - y)}"

    def _rule(self, rule: Rule, dx: float, dy: float) -> None:
        self._pen.stroke(rule.ink, rule.weight, rule.dash)
        start = self._at(rule.x1 + dx, rule.y1 + dy)
        self.out.append(f"{start} m {self._at(rule.x2 + dx, rule.y2 + dy)} l S")

    def _tint(self, tint: Tint, dx: float, dy: float) -> None:
        self._pen.fill(tint.ink, may_overprint=False)
        box = tint.box
        corner = self._at(box.x + dx, box.bottom + dy)
        self.out.append(f"{corner} {number(box.width)} {number(box.height)} re f")

    def _picture(self, picture: Picture, dx: float, dy: float) -> None:
        self._pen.knock_out()
        box = picture.box
        frame = f"{number(box.width)} 0 0 {number(box.height)}"
        corner = self._at(box.x + dx, box.bottom + dy)
        self.out.append(f"q {frame} {corner} cm /{self._placed.pictures[picture]} Do Q")

    def _artwork(self, artwork: Artwork, dx: float, dy: float) -> None:
        self._pen.knock_out()
        form, box = self._placed.artwork[artwork], artwork.box
        across, up = box.width / form.extent.width, box.height / form.extent.height
        x = box.x + dx - form.extent.x * across
        y = self._height - box.bottom - dy - form.extent.y * up
        matrix = f"{across:.6f} 0 0 {up:.6f} {number(x)} {number(y)}"
        self.out.append(f"q {matrix} cm /{form.name} Do Q")

    def _outline(self, outline: Outline, dx: float, dy: float) -> None:
        if not outline.path:
            return
        self._pen.fill(outline.ink, may_overprint=True)
        for operator, *numbers in outline.path:
            places = [float(value) for value in numbers]
            points = zip(places[::2], places[1::2], strict=True)
            drawn = [self._at(x + dx, y + dy) for x, y in points]
            self.out.append(" ".join([*drawn, _PATH[str(operator)]]))
        self.out.append("f*" if outline.even_odd else "f")
