"""A press PDF → what each plate prints: a picture a plate, ink in percent, the heaviest place.

Comes in: any PDF. Goes out: grey PNGs of the trimmed page, dark where the plate prints, and
figures. Separations are Ghostscript's (`tiffsep`, overprint on): another program than wrote the
page, and what the RIP of a small press is made of. It is a system package; without it an
`InputError` says so.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from layout.findings import InputError, bad_input
from layout.press.files import make_folder

DPI = 100
# Ink is averaged over squares of so many pixels: a press cannot see, nor smear, less.
_SQUARE = 4
_NAME = re.compile(r"\d+\((?P<ink>.+)\)\.tif$")
# What no system takes in a file's name; Ghostscript writes it, and all beyond ASCII, as URLs do.
_NO_FILE = re.compile(r'[\\/:*?"<>|%]')
_ORDER = ("Cyan", "Magenta", "Yellow", "Black")


class Plate(msgspec.Struct, frozen=True):
    """One plate of a page: its ink, its picture, how much of the page it covers, in percent."""

    ink: str
    picture: str
    coverage: float


class PagePlates(msgspec.Struct, frozen=True):
    """A page's plates; the most ink anywhere, in percent, and where (mm from the trim's corner)."""

    page: int
    plates: tuple[Plate, ...]
    total_ink: int
    at_mm: tuple[float, float]


def separate(pdf: Path, folder: Path, dpi: int = DPI) -> list[PagePlates]:
    """Write `<stem>[-page]-<ink>.png` of every page into the folder; InputError when it cannot."""
    with tempfile.TemporaryDirectory() as name:
        pages = _separations(pdf, Path(name), dpi)
        trims = _trims(pdf)
        make_folder(folder)
        found = []
        for number, (files, trim) in enumerate(zip(pages, trims, strict=True), 1):
            stem = f"{pdf.stem}-{number}" if len(pages) > 1 else pdf.stem
            found.append(_page(number, _plates(files, trim), folder / stem, dpi))
        return found


def _cannot(message: str, hint: str) -> InputError:
    return InputError([bad_input("plates/ghostscript", message, hint, None)])


def _trims(pdf: Path) -> list[tuple[float, float, float, float]]:
    """Each page's trim as left, top, right, bottom in fractions of its paper."""
    import pypdfium2  # late, as Pillow

    with pypdfium2.PdfDocument(pdf) as document:
        return [_trim(page) for page in document]


def _trim(page: Any) -> tuple[float, float, float, float]:
    x, y, right, top = page.get_mediabox()
    trim = page.get_trimbox()
    width, height = right - x, top - y
    return (
        (trim[0] - x) / width, (top - trim[3]) / height,
        (trim[2] - x) / width, (top - trim[1]) / height,
    )  # fmt: skip


def _separations(pdf: Path, folder: Path, dpi: int) -> list[dict[str, Path]]:
    """Ghostscript's TIFF of each ink, page by page."""
    program = shutil.which("gs")
    if program is None:
        raise _cannot("Ghostscript is not installed", "install the system package ghostscript")
    command = [
        program, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", f"-r{dpi}",
        "-dOverprint=/enable", "-o", str(folder / "%03d.tif"), str(pdf),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    pages = [
        {unquote(match["ink"]): file for file in sorted(folder.glob(f"{page.stem}(*).tif"))
         if (match := _NAME.search(file.name))}
        for page in sorted(folder.glob("[0-9][0-9][0-9].tif"))
    ]  # fmt: skip
    if done.returncode or not pages:
        said = (done.stderr or done.stdout).strip().splitlines()
        why = f" ({said[0]})" if said else ""
        raise _cannot(f"Ghostscript cannot read {pdf}{why}", "give a PDF")
    return pages


def _plates(
    files: dict[str, Path], trim: tuple[float, float, float, float]
) -> Iterator[tuple[str, Any]]:
    """Each ink and its plate, cut to the trim; process inks as printed, then spots."""
    from PIL import Image  # late: only this command needs it

    for ink in sorted(files, key=lambda name: (_ORDER.index(name) if name in _ORDER else 9, name)):
        with Image.open(files[ink]) as opened:
            size = (*opened.size, *opened.size)
            edges = [round(share * side) for share, side in zip(trim, size, strict=True)]
            yield ink, opened.convert("L").crop((edges[0], edges[1], edges[2], edges[3]))


def _page(number: int, separated: Iterable[tuple[str, Any]], stem: Path, dpi: int) -> PagePlates:
    from PIL import ImageChops, ImageMath

    plates, total = [], None
    for ink, plate in separated:
        name = f"{stem.name}-{_NO_FILE.sub('_', ink)}.png"
        plate.save(stem.with_name(name), optimize=True, dpi=(dpi, dpi))
        small = ImageChops.invert(plate).reduce(_SQUARE)
        histogram = small.histogram()
        covered = sum(value * count for value, count in enumerate(histogram)) / sum(histogram)
        plates.append(Plate(ink, name, round(covered / 2.55, 1)))
        part = small.convert("I")
        total = part if total is None else ImageMath.lambda_eval(_sum, a=total, b=part)
    return PagePlates(number, tuple(plates), *_heaviest(total, dpi))


def _sum(images: dict[str, Any]) -> Any:
    return images["a"] + images["b"]


def _heaviest(total: Any, dpi: int) -> tuple[int, tuple[float, float]]:
    """The most ink of a page, in percent, and the middle of the first square that has it."""
    from PIL import ImageMath

    most = total.getextrema()[1]
    there = ImageMath.lambda_eval(lambda images: images["a"] >= most, a=total).convert("L")
    row = there.getbbox()[1]
    column = there.crop((0, row, there.width, row + 1)).getbbox()[0]
    mm = _SQUARE * 25.4 / dpi
    return round(most / 2.55), (round((column + 0.5) * mm, 1), round((row + 0.5) * mm, 1))
