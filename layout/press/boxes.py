"""The page's boxes: media, bleed, trim (ISO 32000-1 14.11.2, pdfx.md 6).

In: a sheet's trim and bleed. Out: rectangles in PDF space, y up. The media box begins at 0 0,
since imposition programs trip over other origins; the content is moved by the bleed instead, so
that its numbers are the sheet's. No CropBox: where there is none, it equals the media box.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from layout.press.numbers import numbers, snap
from layout.press.objects import Literal, Value
from layout.sheet.items import Sheet

Rectangle: TypeAlias = tuple[float, float, float, float]


class PageBoxes(msgspec.Struct, frozen=True):
    """left, bottom, right, top of each box in points; media ⊇ bleed ⊇ trim."""

    media: Rectangle
    bleed: Rectangle
    trim: Rectangle

    def entries(self) -> dict[str, Value]:
        """The page dictionary's keys; Trim and Bleed are not inherited, so they stand here."""
        named = {"MediaBox": self.media, "BleedBox": self.bleed, "TrimBox": self.trim}
        return {name: Literal(f"[{numbers(box)}]") for name, box in named.items()}


def page_boxes(sheet: Sheet) -> PageBoxes:
    """Trim inside its bleed; the bleed is all the paper this file knows of."""
    bleed = snap(sheet.bleed)
    right, top = snap(sheet.trim.width) + bleed, snap(sheet.trim.height) + bleed
    media = (0.0, 0.0, right + bleed, top + bleed)
    return PageBoxes(media=media, bleed=media, trim=(bleed, bleed, right, top))
