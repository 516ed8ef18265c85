"""A PDF page, ours or another program's, as lines and pictures where they stand, by pdfium.

Lines come in the order the file draws them; points from the top left of the trim.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from layout.findings import InputError, Mark, bad_input
from layout.geometry import Box, Size

_GAP = 2.0  # em: what stands farther right is another line
_DRIFT = 0.35  # em: a baseline so far off is another line


class PdfLine(msgspec.Struct, frozen=True):
    """Characters on one baseline (or one below the other), and where they stand."""

    text: str
    size: float
    box: Box


class PdfPicture(msgspec.Struct, frozen=True):
    """A picture's data by hash, and where it stands."""

    digest: str
    box: Box


class PdfPage(msgspec.Struct, frozen=True):
    """A page's trim, lines and pictures, and the page drawn (PNG)."""

    name: str
    trim: Size
    lines: tuple[PdfLine, ...]
    pictures: tuple[PdfPicture, ...]
    png: bytes


def pdf_pages(file: Path, dpi: int) -> list[PdfPage]:
    """Every page of a PDF; InputError when pdfium cannot open it."""
    import pypdfium2

    from layout.press.managed import managed

    try:
        data = file.read_bytes()
        with pypdfium2.PdfDocument(data) as read, pypdfium2.PdfDocument(managed(data)) as drawn:
            return [_page(read[k], drawn[k], k + 1, dpi) for k in range(len(read))]
    except (OSError, pypdfium2.PdfiumError) as fault:
        said = f"cannot be read as PDF: {fault}"
        hint = "name an issue.yaml, a sheet text, a folder of snapshots or a whole PDF"
        raise InputError([bad_input("diff", said, hint, Mark(str(file)))]) from fault


def _page(page: Any, drawn: Any, number: int, dpi: int) -> PdfPage:
    left, foot, right, top = page.get_trimbox()
    crop = page.get_cropbox()
    outside = left - crop[0], foot - crop[1], crop[2] - right, crop[3] - top
    data = io.BytesIO()
    drawn.render(scale=dpi / 72, crop=outside).to_pil().convert("RGB").save(
        data, "PNG", dpi=(dpi, dpi)
    )
    lines = tuple(_lines(page, left, top))
    pictures = tuple(_pictures(page, left, top))
    return PdfPage(str(number), Size(right - left, top - foot), lines, pictures, data.getvalue())


class _Glyph(msgspec.Struct, frozen=True):
    """A character, its origin and em."""

    text: str
    x: float
    y: float
    right: float
    em: float


def _glyphs(page: Any, left: float, top: float) -> Iterator[_Glyph]:
    import pypdfium2.raw as raw

    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    box = [ctypes.c_double() for _ in range(4)]
    for k in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, k)
        if raw.FPDFText_IsGenerated(text, k) == 1 or code in (0, 10, 13, 0xFFFE):
            continue
        raw.FPDFText_GetCharOrigin(text, k, x, y)
        raw.FPDFText_GetCharBox(text, k, box[0], box[1], box[2], box[3])
        em = raw.FPDFText_GetFontSize(text, k) or 1.0
        matrix = raw.FS_MATRIX()
        if raw.FPDFText_GetMatrix(text, k, matrix):
            em *= max(abs(matrix.d), abs(matrix.b), 1e-3)
        right = max(box[1].value, x.value) - left
        yield _Glyph(chr(code), x.value - left, top - y.value, right, em)


def _lines(page: Any, left: float, top: float) -> Iterator[PdfLine]:
    held: list[_Glyph] = []
    for glyph in _glyphs(page, left, top):
        if held and not _follows(held, glyph):
            yield _line(held)
            held = []
        held.append(glyph)
    if held:
        yield _line(held)


def _follows(held: list[_Glyph], glyph: _Glyph) -> bool:
    last = held[-1]
    em = max(last.em, glyph.em)
    on = abs(glyph.y - last.y) < _DRIFT * em
    level = on and -0.6 * em < glyph.x - last.x and glyph.x - last.right < _GAP * em
    upright = len(held) == 1 or abs(held[-2].x - last.x) < 0.3 * em
    below = 0.5 * em < glyph.y - last.y < 1.5 * em and abs(glyph.x - last.x) < 0.3 * em
    alone = len(held) == 1 and below and em > 15  # body copy one character wide is no 竖题
    return level or alone or (below and upright and len(held) > 1 and not _level(held))


def _level(held: list[_Glyph]) -> bool:
    return abs(held[0].y - held[-1].y) < _DRIFT * held[0].em


def _line(held: list[_Glyph]) -> PdfLine:
    em = max(glyph.em for glyph in held)
    text = "".join(glyph.text for glyph in held).strip()
    x, y = min(glyph.x for glyph in held), min(glyph.y for glyph in held) - 0.88 * em
    right = max(max(glyph.right, glyph.x + 0.3 * em) for glyph in held)
    foot = max(glyph.y for glyph in held) + 0.12 * em
    return PdfLine(text, round(em, 2), Box(x, y, right - x, foot - y).rounded())


def _pictures(page: Any, left: float, top: float) -> Iterator[PdfPicture]:
    import pypdfium2.raw as raw

    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        x, foot, right, upper = found.get_bounds()
        digest = hashlib.sha256(bytes(found.get_data())).hexdigest()
        box = Box(x - left, top - upper, right - x, upper - foot).rounded()
        yield PdfPicture(digest, box)
