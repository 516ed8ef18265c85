"""The checks: each an id that never changes, why it is asked, where that comes from, what finds it.

In: an opened document and a profile's limits. Out: faults. A module a subject; `CHECKS` is all of
them in the order they are listed.
"""

from __future__ import annotations

from layout.preflight.checks import boxes, colour, file, fonts, painted
from layout.preflight.checks.kinds import Check, Document, Fault, PageFacts

__all__ = ["CHECKS", "Check", "Document", "Fault", "PageFacts"]

CHECKS: tuple[Check, ...] = (
    *file.CHECKS,
    *boxes.CHECKS,
    *fonts.CHECKS,
    *colour.CHECKS,
    *painted.CHECKS,
)
