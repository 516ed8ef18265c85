"""Checks of what is painted: type, rules, pictures."""

from __future__ import annotations

from typing import Any

from layout.preflight.checks.kinds import Check, of_painted
from layout.preflight.profile import Profile
from layout.preflight.walk import Painted, space_family


def _coloured_type(item: Painted, profile: Profile) -> tuple[str, str] | None:
    small = item.kind == "text" and item.size < profile.smallest_coloured_type
    if not small or item.colour.inks < 2:
        return None
    hint = f"below {profile.smallest_coloured_type:g} pt set it in one ink"
    return f"{item.size:.1f} pt type in {item.colour.inks} inks", hint


def _reversed_type(item: Painted, profile: Profile) -> tuple[str, str] | None:
    small = item.kind == "text" and item.size < profile.smallest_reversed_type
    if not small or not item.colour.is_white:
        return None
    hint = f"take {profile.smallest_reversed_type:g} pt at least"
    return f"{item.size:.1f} pt reversed type", hint


def _thin_rules(item: Painted, profile: Profile) -> tuple[str, str] | None:
    least = profile.thinnest_reversed_rule if item.colour.is_white else profile.thinnest_rule
    if item.kind != "stroke" or item.size >= least - 0.001:
        return None
    return f"a rule of {item.size:.2f} pt", f"draw it {least:g} pt at least"


def _rich_black(item: Painted, profile: Profile) -> tuple[str, str] | None:
    cmyk = item.colour.cmyk if item.kind == "text" and item.colour.amounts else None
    if not cmyk or cmyk[3] < profile.rich_black or not any(cmyk[:3]):
        return None
    parts = " ".join(f"{part * 100:.0f}" for part in cmyk)
    return f"black type of several inks ({parts})", "set it in black alone"


def _resolution(item: Painted, profile: Profile) -> tuple[str, str] | None:
    return _coarse(item, profile, 0)


def _wanted_resolution(item: Painted, profile: Profile) -> tuple[str, str] | None:
    return _coarse(item, profile, 1)


def _coarse(item: Painted, profile: Profile, step: int) -> tuple[str, str] | None:
    """A picture below what is the least (step 0), or between that and what is wanted (step 1)."""
    if item.kind != "image":
        return None
    kind, limits = _limits(item.image, profile)
    if not (0.0, limits[0])[step] <= item.size < limits[step]:
        return None
    return f"{kind} at {item.size:.0f} ppi", f"newsprint wants {limits[step]:.0f}"


def _limits(image: Any, profile: Profile) -> tuple[str, tuple[float, float]]:
    """What kind of picture it is, and the ppi it needs and is wanted to have."""
    bits = int(image.get("/BitsPerComponent", image.get("/BPC", 8)))
    if bits == 1 or bool(image.get("/ImageMask", image.get("/IM", False))):
        return "line art", profile.bitmap_ppi
    space = space_family(image.get("/ColorSpace", image.get("/CS")))[0]
    grey = space in ("DeviceGray", "CalGray", "G")
    return ("a grey picture", profile.grey_ppi) if grey else ("a picture", profile.colour_ppi)


def _foreign_pictures(item: Painted, _: Profile) -> tuple[str, str] | None:
    if item.kind != "image" or not ("/Alternates" in item.image or "/OPI" in item.image):
        return None
    said = "a picture that stands for another (OPI, alternates)"
    return said, "place the picture itself"


CHECKS = (
    Check("type/coloured", "Small type of several inks never registers.", "craft",
          of_painted(_coloured_type)),
    Check("type/rich-black", "Black type is one ink.", "GWG newspaper", of_painted(_rich_black)),
    Check("type/reversed", "Small reversed type fills in.", "craft", of_painted(_reversed_type)),
    Check("rules/thin", "Thin rules break.", "craft", of_painted(_thin_rules)),
    Check("pictures/resolution", "Coarse pictures show pixels.", "ISO 12647-3 practice",
          of_painted(_resolution, every=True)),
    Check("pictures/coarse", "Two pixels a screen dot are wanted.", "ISO 12647-3 practice",
          of_painted(_wanted_resolution, every=True)),
    Check("pictures/foreign", "The RIP has no other file.", "PDF/X-4 no. 10, 12",
          of_painted(_foreign_pictures, every=True)),
)  # fmt: skip
