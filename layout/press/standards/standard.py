"""What a standard is to the press: a row of facts, no code.

In: nothing. Out: the record each file of this folder fills in. What a standard forbids is forbidden
by leaving it undrawn (our own pages) or by `refuses` (what others deliver); what it demands beyond
the facts here, all standards demand alike, and the press always writes.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

XMP_PDFX = "http://ns.adobe.com/pdfx/1.3/"  # Info's own keys, mirrored in XMP
XMP_PDFXID = "http://www.npes.org/pdfx/ns/id/"
XMP_PDFAID = "http://www.aiim.org/pdfa/ns/id/"


class Standard(msgspec.Struct, frozen=True):
    """One kind of file. `info` and `identification` are what it says of itself, in Info and XMP.

    `icc_version` is the newest profile that PDF version knows; `refuses` names what a placed
    advertisement may not have (`press/fitness.py`). With `free_xmp` the packet may have properties
    of schemas the standard does not know; without `press` the file is for eyes, not for plates.
    """

    name: str
    title: str
    version: tuple[int, int]
    intent: str = "GTS_PDFX"
    info: Mapping[str, str] = {}
    namespaces: Mapping[str, str] = {}
    identification: tuple[tuple[str, str], ...] = ()
    icc_version: int = 4
    refuses: frozenset[str] = frozenset()
    free_xmp: bool = True
    press: bool = True

    @property
    def plates(self) -> bool:
        """Whether it is for plates: PDF/X."""
        return self.press and self.intent == "GTS_PDFX"
