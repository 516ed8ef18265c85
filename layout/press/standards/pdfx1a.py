"""PDF/X-1a:2003 (ISO 15930-4): for old RIPs; CMYK and spot inks, nothing transparent or managed."""

from __future__ import annotations

from layout.press.standards.standard import XMP_PDFX, Standard

PDFX1A = Standard(
    name="pdfx1a",
    title="PDF/X-1a:2003",
    version=(1, 4),
    info={"GTS_PDFXVersion": "PDF/X-1a:2003"},  # GTS_PDFXConformance is the 2001 edition's
    namespaces={"pdfx": XMP_PDFX},
    identification=(("pdfx:GTS_PDFXVersion", "PDF/X-1a:2003"),),
    icc_version=2,  # PDF 1.4 knows no other (pdfx.md 4)
    refuses=frozenset({
        "transparency", "managed colour", "layers", "JPEG 2000", "JBIG2", "16 bits", "OpenType",
    }),  # pdfx.md 12, 24, 25, 27
)  # fmt: skip
