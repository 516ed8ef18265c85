"""The standards a page can be written to, one small table a file.

In: a name as publication.yaml and `--standard` give it. Out: its facts. `docs/standards/` has a
ledger of each press standard, requirement by requirement.
"""

from __future__ import annotations

from layout.press.standards.pdfa2 import PDFA2
from layout.press.standards.pdfx1a import PDFX1A
from layout.press.standards.pdfx3 import PDFX3
from layout.press.standards.pdfx4 import PDFX4
from layout.press.standards.screen import SCREEN
from layout.press.standards.standard import Standard

__all__ = ["PDFA2", "PDFX1A", "PDFX3", "PDFX4", "SCREEN", "STANDARDS", "Standard"]

STANDARDS = {s.name: s for s in (PDFX4, PDFX1A, PDFX3, PDFA2, SCREEN)}
