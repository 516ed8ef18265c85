"""PDF/A-2b (ISO 19005-2): the archive's copy, the page in its inks with their meaning inside."""

from __future__ import annotations

from layout.press.standards.standard import XMP_PDFAID, Standard

PDFA2 = Standard(
    name="pdfa2",
    title="PDF/A-2b",
    version=(1, 7),
    intent="GTS_PDFA1",
    namespaces={"pdfaid": XMP_PDFAID},
    identification=(("pdfaid:part", "2"), ("pdfaid:conformance", "B")),
    free_xmp=False,  # other schemas would have to be described in the packet
)
