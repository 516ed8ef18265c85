"""A page PDF → a picture of the trimmed page, by pdfium.

In: a one-page PDF and a resolution. Out: a PNG, written whole or not at all. pdfium did not write
the PDF, so that what is seen here is a second opinion. Its colours are those of the press condition
on a screen (`managed.py`): newsprint looks like newsprint.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2

from layout.press.files import write_whole
from layout.press.managed import managed


def page_png(pdf: Path, out: Path, dpi: int, *, paper: bool = False) -> None:
    """The first page of a PDF within its trim box, `dpi` pixels an inch; `paper` on its paper."""
    with pypdfium2.PdfDocument(managed(pdf.read_bytes(), paper=paper)) as document:
        page = document[0]
        bitmap = page.render(scale=dpi / 72, crop=_outside_trim(page))
        picture = bitmap.to_pil()
    data = io.BytesIO()
    picture.save(data, "PNG", dpi=(dpi, dpi))
    write_whole(out, data.getvalue())


def _outside_trim(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Points between the page's visible area and its trim: left, bottom, right, top."""
    left, bottom, right, top = page.get_cropbox()
    trim = page.get_trimbox()
    return trim[0] - left, trim[1] - bottom, right - trim[2], top - trim[3]
