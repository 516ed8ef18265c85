"""Preflight: a finished PDF, ours or another's → what a press would send back.

Comes in: a file. Goes out: findings with page and place. It reads bytes with pikepdf, not with
the writer's data; checks and profile are tables (`checks.py`, `profile.py`).
"""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf.models import PdfParsingError

from layout.findings import Finding, Severity
from layout.preflight.checks import CHECKS, Check, Document, Fault, PageFacts
from layout.preflight.ink import painted_ink
from layout.preflight.profile import (
    ADVERTISEMENT,
    NEWSPRINT,
    NOT_FOR_ADVERTISEMENTS,
    PROFILES,
    Profile,
)
from layout.preflight.uses import uses
from layout.preflight.walk import walk

__all__ = ["ADVERTISEMENT", "CHECKS", "NEWSPRINT", "PROFILES", "Profile", "preflight"]

# What a page whose parts are not what they should be makes its readers raise.
_UNREADABLE = (
    pikepdf.PdfError, PdfParsingError, ValueError, TypeError, LookupError, AttributeError,
)  # fmt: skip
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def preflight(file: Path, profile: Profile = NEWSPRINT) -> list[Finding]:
    """What is wrong with a PDF, worst first; a file that cannot be read is one finding."""
    try:
        pdf = pikepdf.open(file)
    except pikepdf.PasswordError:
        return [_unreadable(file, "is encrypted", "export it without a password")]
    except pikepdf.PdfError as fault:
        return [_unreadable(file, f"is no PDF, or damaged: {fault}", "export it again")]
    with pdf:
        if pdf.is_encrypted:
            return [_unreadable(file, "is encrypted", "export it without a password")]
        try:
            document = _inspected(pdf)
        except _UNREADABLE as fault:
            return [
                _unreadable(file, f"has a page that cannot be read: {fault}", "export it again")
            ]
        found = [
            _finding(check, fault, profile)
            for check in CHECKS
            if profile.name != ADVERTISEMENT.name or check.id not in NOT_FOR_ADVERTISEMENTS
            for fault in check.find(document, profile)
        ]
    return sorted(found, key=lambda f: (_ORDER[f.severity], f.page or 0, f.check))


def _inspected(pdf: pikepdf.Pdf) -> Document:
    pages = []
    for number, page in enumerate(pdf.pages, 1):
        painted = tuple(walk(page))
        pages.append(PageFacts(number, page, painted, painted_ink(painted, page)))
    return Document(pdf, tuple(pages), uses(pdf))


def _finding(check: Check, fault: Fault, profile: Profile) -> Finding:
    return Finding(
        check=check.id,
        severity=profile.severities.get(check.id, Severity.ERROR),
        message=fault.message,
        hint=fault.hint,
        page=fault.page,
        box=fault.box.rounded() if fault.box else None,
    )


def _unreadable(file: Path, said: str, hint: str) -> Finding:
    return Finding(
        check="file/unreadable", severity=Severity.ERROR, message=f"{file.name} {said}", hint=hint
    )
