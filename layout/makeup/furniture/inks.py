"""The publication's inks as the sheet's."""

from __future__ import annotations

from layout.issue.model import InkSpec
from layout.sheet.items import Ink


def ink_of(spec: InkSpec | None) -> Ink | None:
    """An ink as the sheet has it, None when nobody names one."""
    return Ink(*spec.parts, spec.spot, spec.tint) if spec else None
