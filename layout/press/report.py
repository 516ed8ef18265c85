"""What the press did: the record a caller prints or puts into report.json.

In: fonts and pictures as they went into the file. Out: plain data, no judgement but the findings.
"""

from __future__ import annotations

import msgspec

from layout.findings import Finding
from layout.geometry import Box


class FontReport(msgspec.Struct, frozen=True):
    """An embedded subset: PostScript name, glyphs drawn, bytes of the program before Flate."""

    name: str
    glyphs: int
    bytes: int


class PictureReport(msgspec.Struct, frozen=True):
    """A picture: effective resolution before and after, pixels in the file, colours.

    `colour` is CMYK, gray or bitonal; `source` the mode it was read in; `total_ink` the most
    C + M + Y + K a pixel has, `black_ink` the most K, in percent; `profile` and `intent`
    say how its colours were converted, None where they were not.
    """

    file: str
    source: str
    colour: str
    pixels: tuple[int, int]
    ppi_in: float
    ppi_out: float
    total_ink: int
    black_ink: int
    bytes: int
    profile: str | None = None
    intent: str | None = None


class PageInk(msgspec.Struct, frozen=True):
    """The most ink anywhere on a page, and the most black in a picture of four inks (None without
    one), in percent; where, in points from the trim's top left.
    """

    total: float = 0.0
    box: Box | None = None
    black_in_pictures: float | None = None
    black_box: Box | None = None


class PressReport(msgspec.Struct, frozen=True):
    """One page as written; `ink` is None with artwork, and where no press prints it."""

    file: str
    bytes: int
    fonts: tuple[FontReport, ...]
    pictures: tuple[PictureReport, ...]
    findings: tuple[Finding, ...]
    ink: PageInk | None = None
