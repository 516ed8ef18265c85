"""Checks of the fonts that are shown from, wherever they stand: page, form, pattern, glyph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from layout.preflight.checks.kinds import Check, Document, Fault
from layout.preflight.profile import Profile

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def _embedded(doc: Document, _: Profile) -> Iterator[Fault]:
    for use in doc.uses.fonts.values():
        font = use.font
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor: Any = inner.get("/FontDescriptor", {})
        if not use.visible or font.get("/Subtype") == "/Type3":
            continue
        if not any(key in descriptor for key in _PROGRAMS):
            said = str(font.get("/BaseFont", "/without a name"))[1:]
            yield Fault(f"font {said} is not embedded", "embed all fonts", use.page)


def _type3(doc: Document, _: Profile) -> Iterator[Fault]:
    for use in doc.uses.fonts.values():
        if use.visible and use.font.get("/Subtype") == "/Type3":
            said = str(use.font.get("/Name", "/font"))[1:]
            yield Fault(f"Type 3 {said}", "use outline fonts", use.page)


CHECKS = (
    Check("fonts/embedded", "A RIP that lacks a font sets another.", "PDF/X-4 no. 7", _embedded),
    Check("fonts/type3", "Type 3 is drawn without hints and care.", "practice", _type3),
)
