"""PDF/X-4 (ISO 15930-7:2010): what presses take today; transparency and managed colour allowed."""

from __future__ import annotations

from layout.press.standards.standard import XMP_PDFXID, Standard

PDFX4 = Standard(
    name="pdfx4",
    title="PDF/X-4",
    version=(1, 6),  # the highest it allows (pdfx.md 16)
    info={"GTS_PDFXVersion": "PDF/X-4"},  # not asked for, but some checkers want it
    namespaces={"pdfxid": XMP_PDFXID},
    identification=(("pdfxid:GTS_PDFXVersion", "PDF/X-4"),),  # pdfx.md 17
)
