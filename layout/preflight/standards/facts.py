"""One file opened for a standard's questions, with what several of them need.

In: an opened PDF and a standard. Out: `Facts`: its XMP as a mapping, its output intents, what its
pages use, every object it holds. Rules yield `Fault`s and never change anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
import pikepdf

from layout.preflight.checks import Fault
from layout.preflight.uses import Uses, objects, uses
from layout.press.standards import Standard

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}


class Facts(msgspec.Struct, frozen=True):
    """What rules ask of. `head` is the file's first kilobyte."""

    pdf: pikepdf.Pdf
    standard: Standard
    head: bytes
    xmp: Mapping[str, Any]
    uses: Uses
    objects: tuple[Any, ...]

    @property
    def intents(self) -> list[Any]:
        """The output intents of the standard's kind."""
        return [i for i in self.all_intents if i.get("/S") == f"/{self.standard.intent}"]

    @property
    def all_intents(self) -> list[Any]:
        """All output intents."""
        return [i for i in self.pdf.Root.get("/OutputIntents", []) if hasattr(i, "get")]

    @property
    def profile(self) -> Any:
        """The intent's embedded profile, a stream or None."""
        profiles = [i.get("/DestOutputProfile") for i in self.intents]
        return next((p for p in profiles if isinstance(p, pikepdf.Stream)), None)

    @property
    def device(self) -> str:
        """The device family the profile is for; a registered condition without one is CMYK."""
        names = {b"GRAY": "DeviceGray", b"RGB ": "DeviceRGB"}
        space = self.profile.read_bytes()[16:20] if self.profile is not None else b"CMYK"
        return names.get(space, "DeviceCMYK")

    def said(self, name: str) -> str | None:
        """An XMP property by its usual prefix, as text."""
        prefix, _, key = name.partition(":")
        value = self.xmp.get(f"{{{NAMESPACES[prefix]}}}{key}")
        return None if value is None else str(value)

    @property
    def pages(self) -> Iterator[tuple[int, Any]]:
        """Number and dictionary of each page."""
        return ((number, page.obj) for number, page in enumerate(self.pdf.pages, 1))


Rule = Callable[[Facts], Iterator[Fault]]


def facts(pdf: pikepdf.Pdf, standard: Standard, head: bytes) -> Facts:
    """Read what the rules need once."""
    return Facts(pdf, standard, head, _packet(pdf), uses(pdf), tuple(objects(pdf.trailer)))


def _packet(pdf: pikepdf.Pdf) -> dict[str, Any]:
    if not isinstance(pdf.Root.get("/Metadata"), pikepdf.Stream):
        return {}
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        return dict(xmp.items())
