"""What a check is made of: the opened document with what is painted on it, and the faults found.

A check yields `Fault`s – message, hint, page, place – and knows neither severities nor how they are
shown; the runner does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import msgspec
import pikepdf

from layout.geometry import Box
from layout.preflight.profile import Profile
from layout.preflight.uses import Uses
from layout.preflight.walk import Painted
from layout.press.report import PageInk

Corners = tuple[float, float, float, float]


class PageFacts(msgspec.Struct, frozen=True):
    """A page, its number from 1, all that is painted on it, and the most ink of it."""

    number: int
    page: pikepdf.Page
    painted: tuple[Painted, ...]
    ink: PageInk

    @property
    def trim(self) -> Corners:
        """The trim box; what stands for it where there is none (ISO 32000-1 14.11.2)."""
        return corners(self.page.trimbox)

    @property
    def bleed(self) -> Corners:
        """The bleed box, else the paper."""
        return corners(self.page.obj.get("/BleedBox", self.page.mediabox))


class Document(msgspec.Struct, frozen=True):
    """An opened file, its pages, and what they use of spaces, fonts and pictures."""

    pdf: pikepdf.Pdf
    pages: tuple[PageFacts, ...]
    uses: Uses


class Fault(msgspec.Struct, frozen=True):
    """What a check found."""

    message: str
    hint: str
    page: int | None = None
    box: Box | None = None


Find = Callable[[Document, Profile], Iterator[Fault]]


class Check(msgspec.Struct, frozen=True):
    """`rationale` is for people; `source` the requirement or practice behind it.

    A number is that of docs/standards/PDF_X4.md.
    """

    id: str
    rationale: str
    source: str
    find: Find


Asked = Callable[[Painted, Profile], tuple[str, str] | None]


def of_painted(asked: Asked, *, every: bool = False) -> Find:
    """A check of one painted thing at a time, told by message and hint: the first of each page that
    is wrong, or every one.
    """

    def find(doc: Document, profile: Profile) -> Iterator[Fault]:
        for facts in doc.pages:
            told = ((asked(item, profile), item) for item in facts.painted)
            faults = (Fault(*said, facts.number, item.box) for said, item in told if said)
            yield from faults if every else islice(faults, 1)

    return find


def corners(box: Any) -> Corners:
    """Left, bottom, right, top, whichever corners a box gives."""
    x1, y1, x2, y2 = (float(value) for value in box)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def within(inner: Corners, outer: Corners, tolerance: float) -> bool:
    """Whether a box lies in another, as far as so many points do not count."""
    low = all(a >= b - tolerance for a, b in zip(inner[:2], outer[:2], strict=True))
    return low and all(a <= b + tolerance for a, b in zip(inner[2:], outer[2:], strict=True))
