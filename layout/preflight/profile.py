"""What a press takes: limits and which checks stop a plate. Profiles are data.

Newsprint's figures are ISO 12647-3 practice and the Ghent Workgroup's newspaper profile in kind.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from layout.findings import Severity
from layout.press.ink import BLACK_IN_PICTURES_LIMIT, TOTAL_INK_LIMIT

_W = Severity.WARNING


class Profile(msgspec.Struct, frozen=True):
    """Limits in points, ppi and percent; severities by check, the rest are errors."""

    name: str
    versions: tuple[str, ...] = ("1.3", "1.4", "1.5", "1.6")
    trim: tuple[float, float] | None = None
    bleed: float = 0.0
    spots: Mapping[str, tuple[float, ...] | None] = {}  # and what stands for each, where known
    total_ink: int = TOTAL_INK_LIMIT
    black_in_pictures: int = BLACK_IN_PICTURES_LIMIT
    rich_black: float = 0.85  # of black: from here on type with other inks is meant to be black
    thinnest_rule: float = 0.25
    thinnest_reversed_rule: float = 0.35
    smallest_reversed_type: float = 6.0
    smallest_coloured_type: float = 12.0
    # ppi that pictures need, and that are wanted: twice the ruling of newsprint
    colour_ppi: tuple[float, float] = (150.0, 200.0)
    grey_ppi: tuple[float, float] = (150.0, 200.0)
    bitmap_ppi: tuple[float, float] = (600.0, 800.0)
    severities: Mapping[str, Severity] = {}


NEWSPRINT = Profile(
    "newsprint",
    severities={
        "metadata/title": _W, "metadata/trapped": _W, "pages/empty": _W,
        "interactive/annotation": _W, "type/coloured": _W, "rules/thin": _W,
        "colour/spot-parts": _W, "ink/black-in-pictures": _W, "pictures/coarse": _W,
    },
)  # fmt: skip
# An advertisement is placed on our page: it needs no output intent, boxes or metadata of its own.
ADVERTISEMENT = msgspec.structs.replace(NEWSPRINT, name="advertisement")
PROFILES = {profile.name: profile for profile in (NEWSPRINT, ADVERTISEMENT)}
# Checks an advertisement is not asked to pass.
NOT_FOR_ADVERTISEMENTS = frozenset({
    "metadata/standard", "metadata/intent", "metadata/title", "metadata/trapped", "metadata/id",
    "boxes/trim", "boxes/bleed", "boxes/size",
})  # fmt: skip
