"""The publication's inks as the sheet's."""

from __future__ import annotations

from layout.issue.model import InkSpec
from layout.sheet.items import Ink


def ink_of(spec: InkSpec | None) -> Ink | None:
    """C, M, Y, K of an ink, None when the publication names none."""
    return Ink(spec.cyan, spec.magenta, spec.yellow, spec.black) if spec else None
