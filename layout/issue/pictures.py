"""Picture files looked at before anything is made up: there, readable, how many pixels.

Comes in: a path. Goes out: width and height as the picture is looked at, or what is wrong with it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

# 30,000 × 20,000 px; a page at 300 ppi has 30 million.
MOST_PIXELS = 600_000_000
SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
VECTOR = (".pdf", ".svg")
DEEPEST = 60  # forms in forms
_DRAWN = (*VECTOR, ".eps", ".ai")
_TURNED = (5, 6, 7, 8)  # EXIF orientations that swap width and height
_ORIENTATION = 0x0112


class BadPicture(Exception):  # noqa: N818 – a file, not an error of ours
    """What is wrong with a picture file, and what would be right."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def pixels(path: str) -> tuple[int, int]:
    """Width and height after EXIF rotation, from the file's head alone."""
    suffix = Path(path).suffix.lower()
    if suffix in _DRAWN:
        kind = suffix[1:].upper()
        raise BadPicture(
            f"{path} is a drawing ({kind}), and a photograph is wanted here",
            "give TIFF, PNG or JPEG; SVG and PDF are placed as advertisements and nameplate",
        )
    if suffix not in SUFFIXES:
        raise BadPicture(f"{path} is no picture file by its name", "give TIFF, PNG or JPEG")
    (width, height), turned = _head(path)
    if not 0 < width * height <= MOST_PIXELS:
        raise BadPicture(f"{path} has {width} × {height} pixels", "scale it down first")
    return (height, width) if turned else (width, height)


def page_size(path: str) -> tuple[int, int]:
    """Width and height of a PDF's first page in points, of an SVG in thousandths of a point."""
    return _drawing_size(path) if Path(path).suffix.lower() == ".svg" else _pdf_size(path)


def _drawing_size(path: str) -> tuple[int, int]:
    from layout.drawing import Undrawable, page_size  # late: only advertisements are SVGs

    try:
        width, height = page_size(Path(path))
    except Undrawable as fault:
        raise BadPicture(f"{path}: {fault.message}", fault.hint) from fault
    # an icon of one unit has proportions, too
    return round(1000 * width), round(1000 * height)


def _pdf_size(path: str) -> tuple[int, int]:
    """From the page's boxes alone: pdfium would read all that is drawn, however much it is."""
    import pikepdf  # late: only advertisements are PDFs

    try:
        with pikepdf.open(path) as pdf:
            page = pdf.pages[0]
            box = [float(value) for value in page.trimbox]
            sides = (round(abs(box[2] - box[0])), round(abs(box[3] - box[1])))
            turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
    except (pikepdf.PdfError, pikepdf.PasswordError, IndexError, TypeError, ValueError) as fault:
        raise BadPicture(f"{path} cannot be read as a PDF", "export it again, unlocked") from fault
    if min(sides) < 1:
        raise BadPicture(f"{path} has an empty page", "export it again")
    return (sides[1], sides[0]) if turned else sides


def page_spots(path: str) -> tuple[str, ...]:
    """Names of the inks a PDF's first page has colour spaces of, beside the process inks.

    None of a file that pdfium reads and qpdf does not: the press will refuse it by name.
    """
    import pikepdf  # late: only advertisements are PDFs

    try:
        with pikepdf.open(path) as pdf:
            names = set(_colorants(pdf.pages[0].obj.get("/Resources"), 0, set()))
    except (pikepdf.PdfError, IndexError):
        return ()
    return tuple(sorted(names - {"Cyan", "Magenta", "Yellow", "Black", "All", "None"}))


def _colorants(thing: Any, depth: int, seen: set[tuple[int, int]]) -> Iterator[str]:
    """Of every Separation and DeviceN below an object (ISO 32000-1 8.6.6.4, 8.6.6.5)."""
    import pikepdf

    if not isinstance(thing, pikepdf.Object) or depth > DEEPEST or thing.objgen in seen:
        return
    if thing.is_indirect:
        seen.add(thing.objgen)
    if isinstance(thing, pikepdf.Array):
        kind = str(thing[0]) if len(thing) > 1 and isinstance(thing[0], pikepdf.Name) else ""
        named = [thing[1]] if kind == "/Separation" else thing[1] if kind == "/DeviceN" else ()
        yield from (str(name)[1:] for name in named)
        parts = list(thing)
    else:
        below = isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
        parts = [value for key, value in thing.items() if key != "/Parent"] if below else []
    for part in parts:
        yield from _colorants(part, depth + 1, seen)


def _head(path: str) -> tuple[tuple[int, int], bool]:
    """Size in the file, and whether EXIF turns it on its side."""
    from PIL import Image  # late: 16 ms

    # The limit is ours, and reported with a place; Pillow's own comes first and warns on stderr.
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with warnings.catch_warnings(), Image.open(path, formats=FORMATS) as image:
            warnings.simplefilter("ignore")  # remarks on odd metadata
            small = image.width * image.height <= MOST_PIXELS
            return image.size, small and _orientation(image) in _TURNED
    except Exception as fault:
        # broken files make Pillow's parsers raise anything, from KeyError to MemoryError
        raise BadPicture(f"{path} cannot be read as a picture", "export it again") from fault
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _orientation(image: Image.Image) -> int:
    from PIL.Image import Exif

    if image.format == "TIFF":
        return int(image.getexif().get(_ORIENTATION, 1))
    # not getexif(): it decodes all of a PNG that has none, in case one follows the pixels
    exif = Exif()
    exif.load(image.info.get("exif", b""))
    return int(exif.get(_ORIENTATION, 1))
