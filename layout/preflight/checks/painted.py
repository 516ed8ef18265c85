"""Checks of what is painted: type, rules, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from layout.preflight.checks.kinds import Check, Document, Fault
from layout.preflight.profile import Profile
from layout.preflight.walk import space_family


def _coloured_type(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            small = item.kind == "text" and item.size < profile.smallest_coloured_type
            if small and item.colour.inks > 1:
                yield Fault(
                    f"{item.size:.1f} pt type in {item.colour.inks} inks",
                    f"below {profile.smallest_coloured_type:g} pt set it in one ink",
                    facts.number, item.box,
                )  # fmt: skip
                break


def _reversed_type(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            small = item.kind == "text" and item.size < profile.smallest_reversed_type
            if small and item.colour.is_white:
                yield Fault(
                    f"{item.size:.1f} pt reversed type",
                    f"take {profile.smallest_reversed_type:g} pt at least",
                    facts.number, item.box,
                )  # fmt: skip
                break


def _thin_rules(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            least = (
                profile.thinnest_reversed_rule if item.colour.is_white else profile.thinnest_rule
            )
            if item.kind == "stroke" and item.size < least - 0.001:
                yield Fault(
                    f"a rule of {item.size:.2f} pt", f"draw it {least:g} pt at least",
                    facts.number, item.box,
                )  # fmt: skip
                break


def _rich_black(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            cmyk = item.colour.cmyk if item.kind == "text" else None
            if cmyk and cmyk[3] >= profile.rich_black and any(cmyk[:3]) and item.colour.amounts:
                parts = " ".join(f"{part * 100:.0f}" for part in cmyk)
                yield Fault(
                    f"black type of several inks ({parts})", "set it in black alone",
                    facts.number, item.box,
                )  # fmt: skip
                break


def _resolution(doc: Document, profile: Profile) -> Iterator[Fault]:
    yield from _coarse(doc, profile, 0)


def _wanted_resolution(doc: Document, profile: Profile) -> Iterator[Fault]:
    yield from _coarse(doc, profile, 1)


def _coarse(doc: Document, profile: Profile, step: int) -> Iterator[Fault]:
    """Pictures below what is the least (step 0), or between that and what is wanted (step 1)."""
    for facts in doc.pages:
        for item in facts.painted:
            if item.kind == "image":
                kind, limits = _limits(item.image, profile)
                if (0.0, limits[0])[step] <= item.size < limits[step]:
                    yield Fault(
                        f"{kind} at {item.size:.0f} ppi", f"newsprint wants {limits[step]:.0f}",
                        facts.number, item.box,
                    )  # fmt: skip


def _limits(image: Any, profile: Profile) -> tuple[str, tuple[float, float]]:
    """What kind of picture it is, and the ppi it needs and is wanted to have."""
    bits = int(image.get("/BitsPerComponent", image.get("/BPC", 8)))
    if bits == 1 or bool(image.get("/ImageMask", image.get("/IM", False))):
        return "line art", profile.bitmap_ppi
    space = space_family(image.get("/ColorSpace", image.get("/CS")))[0]
    grey = space in ("DeviceGray", "CalGray", "G")
    return ("a grey picture", profile.grey_ppi) if grey else ("a picture", profile.colour_ppi)


def _foreign_pictures(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            if item.kind == "image" and ("/Alternates" in item.image or "/OPI" in item.image):
                yield Fault(
                    "a picture that stands for another (OPI, alternates)",
                    "place the picture itself", facts.number, item.box,
                )  # fmt: skip


CHECKS = (
    Check("type/coloured", "Small type of several inks never registers.", "craft", _coloured_type),
    Check("type/rich-black", "Black type is one ink.", "GWG newspaper", _rich_black),
    Check("type/reversed", "Small reversed type fills in.", "craft", _reversed_type),
    Check("rules/thin", "Thin rules break.", "craft", _thin_rules),
    Check("pictures/resolution", "Coarse pictures show pixels.", "ISO 12647-3 practice",
          _resolution),
    Check("pictures/coarse", "Two pixels a screen dot are wanted.", "ISO 12647-3 practice",
          _wanted_resolution),
    Check("pictures/foreign", "The RIP has no other file.", "PDF/X-4 no. 10, 12",
          _foreign_pictures),
)  # fmt: skip
