"""PDF/X-3:2003 (ISO 15930-6): X-1a's limits, but colours may come with their ICC profiles."""

from __future__ import annotations

from layout.press.standards.standard import XMP_PDFX, Standard

PDFX3 = Standard(
    name="pdfx3",
    title="PDF/X-3:2003",
    version=(1, 4),
    info={"GTS_PDFXVersion": "PDF/X-3:2003"},
    namespaces={"pdfx": XMP_PDFX},
    identification=(("pdfx:GTS_PDFXVersion", "PDF/X-3:2003"),),
    icc_version=2,
    refuses=frozenset({"transparency", "layers", "JPEG 2000", "JBIG2", "16 bits", "OpenType"}),
)
