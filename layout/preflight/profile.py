"""What a press takes: limits and which checks stop a plate. Profiles are data.

Newsprint's figures are ISO 12647-3 practice and the Ghent Workgroup's newspaper profile in kind.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from layout.findings import Severity

_E, _W = Severity.ERROR, Severity.WARNING


class Profile(msgspec.Struct, frozen=True):
    """Limits in points, ppi and percent; severities by check, the rest are errors."""

    name: str
    versions: tuple[str, ...] = ("1.3", "1.4", "1.5", "1.6")
    trim: tuple[float, float] | None = None
    bleed: float = 0.0
    spots: Mapping[str, tuple[float, ...] | None] = {}  # and what stands for each, where known
    total_ink: int = 240
    thinnest_rule: float = 0.25
    thinnest_reversed_rule: float = 0.35
    smallest_reversed_type: float = 6.0
    smallest_coloured_type: float = 12.0
    colour_ppi: tuple[float, float] = (100.0, 150.0)  # an error below, a warning below
    bitmap_ppi: tuple[float, float] = (300.0, 600.0)
    severities: Mapping[str, Severity] = {}


NEWSPRINT = Profile(
    "newsprint",
    severities={
        "metadata/title": _W, "metadata/trapped": _W, "pages/empty": _W, "fonts/unused": _W,
        "interactive/annotation": _W, "type/coloured": _W, "rules/thin": _W,
        "colour/spot-parts": _W,
    },
)  # fmt: skip
# An advertisement is placed on our page: it needs no output intent, boxes or metadata of its own.
ADVERTISEMENT = msgspec.structs.replace(NEWSPRINT, name="advertisement")
PROFILES = {profile.name: profile for profile in (NEWSPRINT, ADVERTISEMENT)}
# Checks an advertisement is not asked to pass.
NOT_FOR_ADVERTISEMENTS = frozenset({
    "metadata/standard", "metadata/intent", "metadata/title", "metadata/trapped", "metadata/id",
    "boxes/trim", "boxes/bleed",
})  # fmt: skip
