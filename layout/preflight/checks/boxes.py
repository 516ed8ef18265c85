"""Checks of pages and their boxes."""

from __future__ import annotations

from collections.abc import Iterator

from layout.preflight.checks.kinds import Check, Corners, Document, Fault, corners, within
from layout.preflight.profile import Profile
from layout.units import MM

TOLERANCE = 0.5  # pt: a third of a hair


def _trim(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        if "/TrimBox" not in facts.page.obj and "/ArtBox" not in facts.page.obj:
            yield Fault("the page has no trim box", "export with a trim box", facts.number)
        elif profile.trim and _differ(_size(facts.trim), profile.trim):
            yield Fault(f"the page is {_said(_size(facts.trim))}",
                        f"it should be {_said(profile.trim)}", facts.number)  # fmt: skip


def _even(doc: Document, profile: Profile) -> Iterator[Fault]:
    """All pages of a file are of one size, or of two as one sheet."""
    if not doc.pages or profile.trim:
        return
    width, height = _size(doc.pages[0].trim)
    for facts in doc.pages[1:]:
        own = _size(facts.trim)
        if all(_differ(own, (share * width, height)) for share in (0.5, 1.0, 2.0)):
            yield Fault(f"the page is {_said(own)}, the first is {_said((width, height))}",
                        "give all pages one size", facts.number)  # fmt: skip


def _size(box: Corners) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _differ(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return any(abs(a - b) > TOLERANCE for a, b in zip(one, other, strict=True))


def _said(size: tuple[float, float]) -> str:
    return f"{round(size[0] / MM, 1):g} × {round(size[1] / MM, 1):g} mm"


def _nesting(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        media = corners(facts.page.mediabox)
        nested = within(facts.trim, facts.bleed, TOLERANCE)
        if not (nested and within(facts.bleed, media, TOLERANCE)):
            yield Fault("the boxes do not nest", "media ⊇ bleed ⊇ trim", facts.number)


def _bleed(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        least = min(abs(a - b) for a, b in zip(facts.trim, facts.bleed, strict=True))
        if least < profile.bleed - TOLERANCE:
            yield Fault(f"{least / MM:.1f} mm bleed", f"give {profile.bleed / MM:.1f} mm",
                        facts.number)  # fmt: skip


def _rotated(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        if int(facts.page.obj.get("/Rotate", 0)) % 360 or "/UserUnit" in facts.page.obj:
            yield Fault("the page is rotated or scaled", "export it upright at 1:1", facts.number)


def _empty(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        if not facts.painted:
            yield Fault("nothing is painted on the page", "is it the right page?", facts.number)


CHECKS = (
    Check("boxes/trim", "Imposition places the trim.", "PDF/X-4 no. 6", _trim),
    Check("boxes/size", "Pages of one issue are one size.", "GWG newspaper", _even),
    Check("boxes/nesting", "Boxes outside one another mislead it.", "PDF/X-4 no. 6", _nesting),
    Check("boxes/bleed", "Cutting is never exact.", "practice", _bleed),
    Check("boxes/rotated", "Imposition turns pages itself.", "practice", _rotated),
    Check("pages/empty", "An empty plate is a mistake.", "practice", _empty),
)
