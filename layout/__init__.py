"""Duikai: newspaper pages from an issue folder to press PDF.

The journey in five calls (`layout/render.py` takes it for the command):

    issue = load("issue.yaml")                       # files → typed data, or InputError
    fonts = open_fonts(issue.publication)            # faces by role
    for made in make_up(issue, fonts):               # galleys, page plan → sheets
        write_pdf(made.sheet, fonts.faces, path)     # sheet → plate
        print(sheet_text(made.sheet, ()))            # sheet → snapshot

Names are imported when first asked for: `render --help` needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layout.findings import Finding, InputError, Mark
    from layout.issue import Issue, load
    from layout.makeup import make_up
    from layout.press import write_pdf
    from layout.render import open_fonts
    from layout.sheet.items import Sheet
    from layout.sheet.text import sheet_text

__all__ = [
    "Finding", "InputError", "Issue", "Mark", "Sheet", "load", "make_up", "open_fonts",
    "sheet_text", "write_pdf",
]  # fmt: skip

_HOMES = {
    "Finding": "findings",
    "InputError": "findings",
    "Issue": "issue",
    "Mark": "findings",
    "Sheet": "sheet.items",
    "load": "issue",
    "make_up": "makeup",
    "open_fonts": "render",
    "sheet_text": "sheet.text",
    "write_pdf": "press",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'layout' has no attribute '{name}'")
    return getattr(import_module(f"layout.{_HOMES[name]}"), name)
