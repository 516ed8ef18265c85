"""Finished parts → the bytes of a PDF: catalog, page, outline, cross-references, trailer.

In: one page's content, resources, boxes, bookmarks and metadata as plain values. Out: a file of the
standard's version (ISO 32000-1 7.5), always the same for the same parts. Objects are numbered as
they are first referred to, from the catalog on; each is written once, whole, in that order.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from layout.press.objects import PAGE, Indirect, Literal, Name, Object, Value, write_object
from layout.press.parts import Bookmark, PageParts

# Four bytes beyond ASCII behind the header: what moves the file shall not take it for text (7.5.2).
_BINARY = b"%\xe2\xe3\xcf\xd3\n"
# Entries of the cross-reference table are 20 bytes long, the end of line among them (7.5.4).
_FREE, _IN_USE = b"0000000000 65535 f \n", b"%010d 00000 n \n"


def assemble(parts: PageParts) -> list[bytes]:
    """The file of one page, in parts to be written one after the other."""
    page = Object({})
    catalog = _catalog(parts, page)
    numbers = _Numbers(page)
    root, info = numbers.refer(catalog), numbers.refer(parts.metadata.info())
    chunks = [b"%%PDF-%d.%d\n" % parts.version, _BINARY]
    at, offsets = sum(map(len, chunks)), []
    for number, thing in enumerate(numbers.things, 1):  # writing one may bring others
        written = (b"%d 0 obj\n" % number, *write_object(thing, numbers.refer), b"\nendobj\n")
        chunks += written
        offsets.append(at)
        at += sum(map(len, written))
    size = len(offsets) + 1
    trailer = f"<</Size {size} /Root {root} /Info {info} /ID {parts.metadata.trailer_id()}>>"
    chunks += [b"xref\n0 %d\n" % size, _FREE, *(_IN_USE % offset for offset in offsets)]
    chunks.append(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer.encode("ascii"), at))
    return chunks


class _Numbers:
    """Numbers of indirect objects, in order of first reference; `things` grows meanwhile."""

    def __init__(self, page: Object) -> None:
        self._page = page
        self._references: dict[Indirect, str] = {}
        self.things: list[Indirect] = []

    def refer(self, thing: Indirect) -> str:
        """The reference as it is written."""
        if thing is PAGE:
            thing = self._page
        reference = self._references.get(thing)
        if reference is None:
            self.things.append(thing)
            reference = self._references[thing] = f"{len(self.things)} 0 R"
        return reference


def _catalog(parts: PageParts, page: Object) -> Object:
    """The document's root (7.7.2); what it leads to is all the file has."""
    pages = Object({"Type": Name("Pages"), "Count": 1, "Kids": [page]})
    page.entries.update(_page(parts, pages))
    entries: dict[str, Value] = {
        "Type": Name("Catalog"),
        "Pages": pages,
        "Lang": parts.metadata.language,
        "Metadata": parts.metadata.xmp(),
        "OutputIntents": [parts.output_intent],
        "StructTreeRoot": parts.structure,
        "MarkInfo": {"Marked": True},
    }
    if parts.bookmarks:
        entries["Outlines"] = _outline(parts.bookmarks)
    if parts.threads:
        entries["Threads"] = Indirect([*parts.threads])
    return Object(entries)


def _page(parts: PageParts, pages: Object) -> Iterator[tuple[str, Value]]:
    """The page's entries (7.7.3.3)."""
    yield "Type", Name("Page")
    yield "Parent", pages
    yield from parts.boxes.entries().items()
    resources: dict[str, Value] = {
        "Font": Object(dict(parts.fonts)) if parts.fonts else {},
        "XObject": dict(parts.pictures),
        "ExtGState": dict(parts.states),
        "ColorSpace": {name: Indirect(space) for name, space in parts.spaces.items()},
    }
    yield "Resources", {name: value for name, value in resources.items() if value}
    yield "Contents", parts.contents
    yield "StructParents", 0  # its entry in the structure's ParentTree
    if parts.beads:
        yield "B", [*parts.beads]


def _outline(bookmarks: tuple[Bookmark, ...]) -> Object:
    """A bookmark a story, side by side (12.3.3)."""
    outline = Object({"Type": Name("Outlines"), "Count": len(bookmarks)})
    entries = [_entry(bookmark, outline) for bookmark in bookmarks]
    for entry, following in pairwise(entries):
        entry.entries["Next"], following.entries["Prev"] = following, entry
    outline.entries.update(First=entries[0], Last=entries[-1])
    return outline


def _entry(bookmark: Bookmark, outline: Object) -> Object:
    place: list[Value] = [PAGE, Name("XYZ"), bookmark.left, bookmark.top, Literal("null")]
    return Object({"Title": bookmark.title, "Parent": outline, "Dest": place})
