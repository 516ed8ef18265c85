"""Finished parts → the bytes of a PDF, on ReportLab's canvas: the only file that imports it.

In: one page's content, resources, boxes, bookmarks and metadata as plain values. Out: a PDF file
of the standard's version. ReportLab keeps the books – object numbers, cross-references, page tree,
outline; what it would write into a press file by itself is not let in: unembedded Helvetica, its
own zlib, clocks, crop boxes (fonts.md 2, pitfall 4). None of its globals is set: nothing leaks.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from layout.press.numbers import number
from layout.press.objects import PAGE, Literal, Object, Value, write, write_object
from layout.press.parts import Bookmark, PageParts


def assemble(parts: PageParts) -> bytes:
    """The file, always the same for the same parts."""
    canvas = _PressCanvas(
        io.BytesIO(),
        pagesize=parts.boxes.media[2:],
        pageCompression=0,
        invariant=1,
        pdfVersion=parts.version,
        lang=parts.metadata.language,
    )
    document = canvas._doc
    objects = _Objects(document)
    for index, bookmark in enumerate(parts.bookmarks):
        _add_bookmark(canvas, f"story{index + 1}", bookmark)
    page = _page(parts, objects)
    document.addPage(page)
    objects.know(PAGE, document.Reference(page))
    _add_structure(parts, document, objects)
    _add_metadata(parts, document, objects)
    return bytes(canvas.getpdfdata())


class _PressCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose pages do not begin with `BT /F1 12 Tf`, so that no Helvetica is named."""

    def _make_preamble(self) -> None:
        self._preamble = ""


class _Objects:
    """Our objects in ReportLab's books: each is numbered when first referred to."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._known: dict[Object, Any] = {}

    def know(self, thing: Object, reference: Any) -> None:
        """An object that ReportLab has made."""
        self._known[thing] = reference

    def reference(self, thing: Object) -> Any:
        """The reference of an indirect object."""
        if thing not in self._known:
            self._known[thing] = self._document.Reference(_Written(thing, self))
        return self._known[thing]

    def refer(self, thing: Object) -> str:
        """The reference as it is written."""
        return str(self.reference(thing).format(self._document), "ascii")

    def fonts(self, fonts: Mapping[str, Object]) -> Literal:
        """The font resources: the dictionary ReportLab has in every file, with our fonts in it."""
        basic = self._document.idToObject[pdfdoc.BasicFonts]
        basic.dict.update({name: self.reference(font) for name, font in fonts.items()})
        return Literal(str(self._document.Reference(basic).format(self._document), "ascii"))

    def indirect(self, value: Value) -> Literal:
        """The reference of a value that is no dictionary, set on its own."""
        reference = self._document.Reference(self.direct(value))
        return Literal(str(reference.format(self._document), "ascii"))

    def direct(self, value: Value) -> _Written:
        """A value in the place it stands in."""
        return _Written(value, self)


class _Written(pdfdoc.PDFObject):  # type: ignore[misc]
    """A value of ours that ReportLab puts into the file as it is."""

    def __init__(self, value: Value, objects: _Objects) -> None:
        self._value = value
        self._objects = objects

    def format(self, _document: Any) -> bytes:
        if isinstance(self._value, Object):
            return write_object(self._value, self._objects.refer)
        return write(self._value, self._objects.refer).encode("ascii")


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """Our own document information; ReportLab's has two dates of its clock."""

    def __init__(self, written: _Written) -> None:
        self._written = written

    def digest(self, _signature: Any) -> None:
        """The ID is ours too."""

    def format(self, document: Any) -> bytes:
        return self._written.format(document)


def _page(parts: PageParts, objects: _Objects) -> Any:
    """The page object, complete, so that ReportLab adds no resources of its own."""
    page = pdfdoc.PDFPage()
    for name, value in parts.boxes.entries().items():
        setattr(page, name, objects.direct(value))
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "B"]
    page.StructParents = 0  # its entry in the structure's ParentTree
    if parts.beads:
        page.B = objects.direct([*parts.beads])
    page.Contents = objects.reference(Object({}, parts.content))
    resources: dict[str, Value] = {
        "Font": objects.fonts(parts.fonts),
        "XObject": dict(parts.pictures),
        "ExtGState": dict(parts.states),
        "ColorSpace": {name: objects.indirect(space) for name, space in parts.spaces.items()},
    }
    page.Resources = objects.direct({name: value for name, value in resources.items() if value})
    return page


def _add_bookmark(canvas: Any, key: str, bookmark: Bookmark) -> None:
    left, top = number(bookmark.left), number(bookmark.top)
    canvas.bookmarkPage(key, fit="XYZ", left=left, top=top)
    canvas.addOutlineEntry(bookmark.title, key)


def _add_structure(parts: PageParts, document: Any, objects: _Objects) -> None:
    """The structure tree, that the page's content is marked for it, and article threads."""
    document.Catalog.StructTreeRoot = objects.reference(parts.structure)
    document.Catalog.MarkInfo = objects.direct({"Marked": True})
    if parts.threads:
        document.Catalog.Threads = document.Reference(objects.direct([*parts.threads]))


def _add_metadata(parts: PageParts, document: Any, objects: _Objects) -> None:
    """Info, XMP, output intent and trailer ID."""
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = objects.direct([parts.output_intent])
    catalog.Metadata = objects.reference(parts.metadata.xmp())
    document.info = _Info(objects.direct(parts.metadata.info().entries))
    document._ID = parts.metadata.trailer_id().encode("ascii")
