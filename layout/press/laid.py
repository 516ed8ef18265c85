"""The most ink of a page, and where it lies: flat colours, pictures, black over them.

In: what is laid down on a page, in order – by the sheet as it is written, or by a finished file as
preflight reads it. Out: `PageInk`. Everything is judged as a press sees it, averaged over squares
of a millimetre, as `plates.py` does with Ghostscript's plates. Black that overprints lies on what
is beneath it (ISO 32000-1 11.7.4); all else knocks out. Limits: pdfx.md, newspaper profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from layout.geometry import Box, Size
from layout.press.report import PageInk
from layout.units import MM

if TYPE_CHECKING:
    from PIL import Image

SQUARE = 1.0 * MM
STEM_EM = 0.12  # of heavy faces: how much of its square type covers


class Square(msgspec.Struct, frozen=True):
    """A picture's heaviest square: inks in percent, black of four inks alone, and where it lies, in
    parts of the picture from its top left.
    """

    total: float
    black: float | None
    place: Box


class Laid(msgspec.Struct, frozen=True):
    """One thing laid down: the most ink of it and where, its inks but black, all in percent.

    `share` is what it covers of a square where it is densest; `grounds` says that type and black
    may lie on it; `black` is the most of a picture of four inks.
    """

    box: Box
    total: float
    where: Box
    chromatic: float = 0.0
    share: float = 1.0
    overprints: bool = False
    grounds: bool = False
    black: float | None = None


def flat(
    kind: str, inks: Sequence[float], black: float, size: float, box: Box, *, overprints: bool
) -> Laid:
    """Of one colour, its inks 0 to 1: text by its size, a stroke by its weight, a fill by how thin
    it is – all in points.
    """
    total = sum(inks) * 100
    width = size * STEM_EM if kind == "text" else size
    alone = overprints and black > 0 and total == black * 100
    return Laid(
        box, total, box, total - black * 100, min(1.0, width / SQUARE), alone, kind == "fill"
    )


def page_ink(laid: Iterable[Laid], trim: Size) -> PageInk:
    """Of all that lies on the trimmed page."""
    layers = Layers(trim)
    for item in laid:
        layers.lay(item)
    return layers.found


class Layers:
    """What lies on the trimmed page by now; `found` is the most ink of it."""

    def __init__(self, trim: Size) -> None:
        self.found = PageInk()
        self._page = Box(0.0, 0.0, trim.width, trim.height)
        self._grounds: list[Laid] = []
        self._deepest = 0.0

    def is_light(self, item: Laid) -> bool:
        """Whether it cannot be the most, whatever it lies on."""
        return self._deepest + item.share * item.total <= self.found.total

    def lay(self, item: Laid) -> None:
        """One more thing, over all others."""
        if self.is_light(item) and not item.grounds and item.black is None:
            return
        if not self._page.holds(*item.where.middle):
            return
        total = item.total
        if item.share < 1 or item.overprints:
            beneath = _beneath(item.box, self._grounds)
            kept = beneath.chromatic if item.overprints else beneath.total * (1 - item.share)
            total = kept + item.share * item.total
        elif item.grounds:
            self._grounds.append(item)
            self._deepest = max(self._deepest, item.total)
        found, replace = self.found, msgspec.structs.replace
        if total > found.total:
            found = replace(found, total=round(total, 1), box=item.where.rounded())
        if item.black is not None and item.black > (found.black_in_pictures or -1):
            found = replace(
                found, black_in_pictures=round(item.black, 1), black_box=item.where.rounded()
            )
        self.found = found


def _beneath(box: Box, grounds: Sequence[Laid]) -> Laid:
    """What was laid down last under the middle of a box."""
    under = (ground for ground in reversed(grounds) if ground.box.holds(*box.middle))
    return next(under, Laid(box, 0.0, box))


def heaviest(inks: Image.Image, across: float, down: float) -> Square:
    """Of a picture with a pixel a square, 255 for full ink; each is that share of it."""
    from PIL import ImageMath

    bands = [band.convert("I") for band in inks.split()]
    total = bands[0]
    for band in bands[1:]:
        total = ImageMath.lambda_eval(lambda held: held["a"] + held["b"], a=total, b=band)
    most: Any = total.getextrema()[1]
    there = ImageMath.lambda_eval(lambda held: held["a"] >= most, a=total).convert("L")
    row = there.getbbox()[1]
    column = there.crop((0, row, there.width, row + 1)).getbbox()[0]
    place = Box(
        column * across, row * down,
        min(across, 1 - column * across), min(down, 1 - row * down),
    )  # fmt: skip
    darkest: Any = bands[3].getextrema()[1] if len(bands) == 4 else None
    return Square(most / 2.55, None if darkest is None else darkest / 2.55, place)
