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
MOST_IN_ROW = 4
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
        for rows in _rows(len(photos), count):
            yield from _forms(copy, legs, grid, captions, (count, rows), off)


def _rows(photos: int, legs: int) -> list[tuple[int, ...]]:
    """Ways to set photographs in rows over so many legs: one a row, or as many as share the legs
    out evenly, the odd ones first and larger.
    """
    found = [(1,) * photos]
    for each in range(2, min(MOST_IN_ROW, photos) + 1):
        odd = photos % each
        rows = (*((odd,) if odd else ()), *(each,) * (photos // each))
        if all(legs % count == 0 for count in rows):
            found.append(rows)
    return found


def _forms(
    copy: StoryCopy,
    legs: Legs,
    grid: Grid,
    captions: CaptionSetter,
    over: tuple[int, tuple[int, ...]],
    off: float,
) -> Iterator[tuple[PhotoForm, Terms]]:
    """Forms over so many legs in such rows, at every crop."""
    count, rows = over
    photos, first = copy.story.photos, legs.count - count
    starts = [sum(rows[:k]) for k in range(len(rows))]
    widths = [legs.span(first, first + count // each - 1)[1] for each in rows]
    under = tuple(
        max(captions.lines(caption, width) for caption in copy.captions[start : start + each])
        for start, each, width in zip(starts, rows, widths, strict=True)
    )
    coarse = max(_coarse(photos[start : start + each], width)
                 for start, each, width in zip(starts, rows, widths, strict=True))  # fmt: skip
    wide = (("photograph's width", off), ("photograph's pixels", coarse))
    for crop in _crops():
        lines = tuple(
            _lines(photos[start : start + each], width, crop, grid)
            for start, each, width in zip(starts, rows, widths, strict=True)
        )
        if max(lines) <= TALLEST_PHOTO * grid.lines:
            cropped = ("photograph's crop", CROPPED * log(crop) ** 2)
            yield PhotoForm(count, lines, under, rows), (*wide, cropped)


def _lines(photos: Sequence[Photo], width: float, crop: float, grid: Grid) -> int:
    """Of a row, as high as its pictures are on average."""
    shape = sum(photo.pixels[1] / photo.pixels[0] for photo in photos) / len(photos)
    height = width * shape * crop
    return max(LEAST_LINES, round(height / grid.leading))


def _coarse(photos: Sequence[Photo], width: float) -> float:
    """The cost of photographs set so wide that their pixels show."""
    ppi = min(photo.pixels[0] / (width / 72) for photo in photos)
    return COARSE * max(0.0, 1 - ppi / LEAST_PPI)


def _crops() -> Iterator[float]:
    for k in range(CROP_STEPS + 1):
        yield CROP_LEAST * (CROP_MOST / CROP_LEAST) ** (k / CROP_STEPS)
