"""The ways a story's photographs can stand: over how many legs, cropped how far, at what cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

from layout.issue.model import Photo
from layout.makeup.body import CROP_LEAST, CROP_MOST
from layout.makeup.copy import StoryCopy
from layout.makeup.pictures import CaptionSetter
from layout.makeup.treatment import Legs, PhotoForm, Terms
from layout.sheet.items import Grid

TALLEST_PHOTO = 0.5  # of the type area's lines
LEAST_LINES = 4
CROP_STEPS = 12
CROPPED = 9.0
COARSE, LEAST_PPI = 25.0, 200.0  # craft: effective resolution at least 200 ppi
WISH, USUAL = 20.0, 18.0  # a column off the width the copy asks for; all legs off the usual share
SHARE = 2 / 3  # of a story's legs, which photographs take by default


def photo_forms(
    copy: StoryCopy, legs: Legs, grid: Grid, captions: CaptionSetter
) -> Iterator[tuple[PhotoForm | None, Terms]]:
    """Every form with its cost; None alone for a story without photographs."""
    photos = copy.story.photos
    if not photos:
        yield None, ()
        return
    wished = next((p.columns for p in photos if p.columns), None)
    for count in range(1, legs.count + 1):
        off = USUAL * abs(count / legs.count - SHARE)
        if wished:
            off = WISH * abs(count - wished)
        width = legs.span(legs.count - count)[1]
        under = tuple(captions.lines(caption, width) for caption in copy.captions)
        wide = (("photograph's width", off), ("photograph's pixels", _coarse(photos, width)))
        for crop in _crops():
            lines = tuple(_lines(p.pixels, width, crop, grid) for p in photos)
            if max(lines) <= TALLEST_PHOTO * grid.lines:
                cropped = ("photograph's crop", CROPPED * log(crop) ** 2)
                yield PhotoForm(count, lines, under), (*wide, cropped)


def _lines(pixels: tuple[int, int], width: float, crop: float, grid: Grid) -> int:
    height = width * pixels[1] / pixels[0] * crop
    return max(LEAST_LINES, round(height / grid.leading))


def _coarse(photos: Sequence[Photo], width: float) -> float:
    """The cost of photographs set so wide that their pixels show."""
    ppi = min(photo.pixels[0] / (width / 72) for photo in photos)
    return COARSE * max(0.0, 1 - ppi / LEAST_PPI)


def _crops() -> Iterator[float]:
    for k in range(CROP_STEPS + 1):
        yield CROP_LEAST * (CROP_MOST / CROP_LEAST) ** (k / CROP_STEPS)
