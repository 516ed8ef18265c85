"""Page files → one file of the whole issue, for archives, readers and presses that want it.

Comes in: the page PDFs this press wrote, and their sheets. Goes out: one file of the same standard
with all pages in order, a bookmark a page over its stories', one structure tree, one list of
threads and the issue's metadata. Pages are taken over as they are – boxes, fonts, inks – by
pikepdf; only what speaks of one page is written anew.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from layout.press.files import write_whole
from layout.press.joined import join_threads, join_trees
from layout.press.metadata import Metadata, describe
from layout.press.standards import PDFX4, Standard
from layout.sheet.items import Sheet

if TYPE_CHECKING:
    import pikepdf


def combine(
    files: Sequence[Path], sheets: Sequence[Sheet], out: Path, standard: Standard = PDFX4
) -> None:
    """Write all pages of an issue into one file, whole or not at all; at least one page."""
    import pikepdf  # late: 60 ms

    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()
    with pikepdf.open(files[0]) as whole:
        parts = [pikepdf.open(file) for file in files[1:]]
        for part in parts:
            whole.pages.extend(part.pages)
        _bookmarks(whole, [whole, *parts], sheets)
        join_trees(whole, [whole, *parts], sheets)
        join_threads(whole, [whole, *parts], sheets)
        _describe(whole, _metadata(sheets, digest, standard))
        data = io.BytesIO()
        whole.save(
            data, deterministic_id=True, force_version="{}.{}".format(*standard.version),
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
        for part in parts:
            part.close()
    write_whole(out, data.getvalue())


def _metadata(sheets: Sequence[Sheet], digest: bytes, standard: Standard) -> Metadata:
    """The first page's, of all pages."""
    first = sheets[0]
    title = " ".join(first.meta[key] for key in ("publication", "date") if first.meta.get(key))
    pages = f"{first.page}-{sheets[-1].numbers[-1]}" if len(sheets) > 1 else str(first.page)
    meta = {**first.meta, "title": title, "page": pages}
    return describe(msgspec.structs.replace(first, meta=meta), digest, standard)


def _bookmarks(whole: pikepdf.Pdf, parts: Sequence[pikepdf.Pdf], sheets: Sequence[Sheet]) -> None:
    """第N版 and section, and under it what the page's own file has."""
    import pikepdf

    titles = []
    for part in parts:
        with part.open_outline() as outline:
            titles.append([(item.title, _place(item)) for item in outline.root])
    with whole.open_outline() as outline:
        outline.root.clear()
        for number, (sheet, stories) in enumerate(zip(sheets, titles, strict=True)):
            section = sheet.meta.get("section")
            title = sheet.name + (f"　{section}" if section else "")
            page = pikepdf.OutlineItem(title, number)
            for title, (left, top) in stories:
                page.children.append(pikepdf.OutlineItem(title, number, "XYZ", left=left, top=top))
            outline.root.append(page)


def _place(item: pikepdf.OutlineItem) -> tuple[float, float]:
    """Left and top of a bookmark's destination, as document.py writes it."""
    found: Any = item.destination  # [page, /XYZ, left, top, zoom]
    return float(found[2]), float(found[3])


def _describe(whole: pikepdf.Pdf, metadata: Metadata) -> None:
    """Info and XMP of the issue instead of page 1's."""
    import pikepdf

    xmp = metadata.xmp()
    stream = whole.make_stream(xmp.data or b"", Type=pikepdf.Name.Metadata)
    stream.Subtype = pikepdf.Name.XML
    whole.Root.Metadata = stream
    info = whole.docinfo
    info.Title, info.Subject = metadata.title, metadata.subject
    info.Keywords = metadata.keywords
