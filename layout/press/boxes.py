"""The page's boxes: media, bleed, trim (ISO 32000-1 14.11.2, pdfx.md 6).

In: a sheet's trim, bleed and apron. Out: rectangles in PDF space, y up. The media box begins at
0 0, since imposition programs trip over other origins; the content is moved by bleed and apron
instead, so that its numbers are the sheet's. No CropBox: without one it equals the media box.
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
    """Trim inside its bleed, the bleed inside the paper that marks need, if there are any."""
    bleed, apron = snap(sheet.bleed), snap(sheet.apron)
    corner = bleed + apron
    right, top = snap(sheet.trim.width) + corner, snap(sheet.trim.height) + corner
    return PageBoxes(
        media=(0.0, 0.0, right + corner, top + corner),
        bleed=(apron, apron, right + bleed, top + bleed),
        trim=(corner, corner, right, top),
    )
