"""Checks of colour and ink."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from layout.preflight.checks.kinds import Check, Document, Fault, of_painted
from layout.preflight.profile import Profile
from layout.preflight.spots import shown_otherwise, spots
from layout.preflight.walk import Painted, space_family

_RGB = frozenset({"DeviceRGB", "CalRGB", "ICC RGB", "Lab"})


def _rgb(item: Painted, _: Profile) -> tuple[str, str] | None:
    family, what = item.colour.family, item.kind
    if item.kind == "image":
        family, what = space_family(item.image.get("/ColorSpace"))[0], "a picture"
    return (f"{what} in {family}", "convert to CMYK") if family in _RGB else None


def _blend_space(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        group: Any = facts.page.obj.get("/Group", {})
        if group and space_family(group.get("/CS"))[0] in _RGB:
            yield Fault("the page blends in RGB", "take a CMYK blend space", facts.number)


def _spots(doc: Document, profile: Profile) -> Iterator[Fault]:
    for number, name in spots(doc.uses.spaces):
        if name not in profile.spots:
            yield Fault(f"spot colour {name}", "convert to CMYK, or order the ink", number)


def _spot_parts(doc: Document, profile: Profile) -> Iterator[Fault]:
    for number, name in shown_otherwise(doc.uses.spaces, profile.spots):
        parts = " ".join(f"{part * 100:g}" for part in profile.spots[name] or ())
        yield Fault(
            f"spot colour {name} is not shown as the paper's is",
            f"the page shows it as [{parts}] % of C, M, Y, K; the plate is the same", number,
        )  # fmt: skip


def _registration(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        width, height = facts.trim[2] - facts.trim[0], facts.trim[3] - facts.trim[1]
        for item in facts.painted:
            inside = 0 <= item.box.x < width and 0 <= item.box.y < height
            full = item.colour.name == "All" or item.colour.cmyk == (1.0, 1.0, 1.0, 1.0)
            if inside and full:
                yield Fault(
                    "registration colour inside the trim", "it belongs to marks only",
                    facts.number, item.box,
                )  # fmt: skip
                break


def _total_ink(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        if facts.ink.total > profile.total_ink:
            yield Fault(
                f"{facts.ink.total:.0f} % total ink", f"newsprint takes {profile.total_ink} %",
                facts.number, facts.ink.box,
            )  # fmt: skip


def _black_in_pictures(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        most = facts.ink.black_in_pictures or 0
        if most > profile.black_in_pictures:
            yield Fault(
                f"{most:.0f} % black in a picture of four inks",
                f"newsprint takes {profile.black_in_pictures} %", facts.number,
                facts.ink.black_box,
            )  # fmt: skip


def _white_overprint(item: Painted, _: Profile) -> tuple[str, str] | None:
    if not item.overprint or not item.colour.is_white or item.kind == "image":
        return None
    return f"white {item.kind} overprints and will vanish", "let it knock out"


CHECKS = (
    Check("colour/rgb", "A press has no RGB ink.", "PDF/X-4 no. 19", of_painted(_rgb)),
    Check("colour/blend-space", "Blending in RGB turns black into four inks.", "PDF/X-4 no. 20",
          _blend_space),
    Check("colour/spot", "Every spot ink is a plate.", "GWG newspaper", _spots),
    Check("colour/spot-parts", "A proof should show what is printed.", "PDF/X-4 no. 15",
          _spot_parts),
    Check("colour/registration", "Four solid inks smear newsprint.", "practice", _registration),
    Check("ink/total", "Newsprint takes so much ink.", "ISO 12647-3 practice", _total_ink),
    Check("ink/black-in-pictures", "Shadows fill in and set off.", "ISO 12647-3 practice",
          _black_in_pictures),
    Check("ink/white-overprint", "White that overprints is not there.", "GWG newspaper",
          of_painted(_white_overprint)),
)  # fmt: skip
