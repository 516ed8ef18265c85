"""The most ink of a finished page, read back: what is painted as what is laid down.

In: a file, or what `walk.py` finds on a page. Out: `PageInk` (`press/laid.py`). Pictures are judged
by their samples, decoded by other libraries than wrote them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf

from layout.geometry import Box, Size
from layout.preflight.walk import Painted, at, space_family, walk
from layout.press.laid import SQUARE, Laid, flat, heaviest, page_ink
from layout.press.report import PageInk

_DEPTHS = (1, 8, 16)
_PLAIN = ("DeviceCMYK", "DeviceGray", "CalGray")
# What a picture whose data are not what they should be makes its readers raise.
_DAMAGED = (pikepdf.PdfError, NotImplementedError, ValueError, TypeError, LookupError, OSError)


def ink_of(file: Path) -> tuple[PageInk, ...]:
    """Of each page of a file, as it was written."""
    with pikepdf.open(file) as pdf:
        return tuple(painted_ink(walk(page), page) for page in pdf.pages)


def painted_ink(painted: Iterable[Painted], page: pikepdf.Page) -> PageInk:
    """Of all that is painted on a page, in order."""
    x1, y1, x2, y2 = (float(v) for v in page.trimbox)
    return page_ink(_laid(painted), Size(abs(x2 - x1), abs(y2 - y1)))


def _laid(painted: Iterable[Painted]) -> Iterator[Laid]:
    for item in painted:
        laid = _picture(item) if item.kind == "image" else _flat(item)
        if laid is not None:
            yield laid


def _flat(item: Painted) -> Laid | None:
    amounts, cmyk = item.colour.amounts, item.colour.cmyk
    if not amounts:
        return None
    kind = "fill" if item.kind in ("shading", "image") else item.kind
    flatly = item.kind in ("fill", "stroke", "text") and item.overprint
    black = cmyk[3] if cmyk else 0.0
    return flat(kind, amounts, black, item.size, item.box, overprints=flatly)


def _picture(item: Painted) -> Laid | None:
    """A picture's heaviest square; None of one whose inks cannot be told."""
    image = item.image
    if bool(image.get("/ImageMask", image.get("/IM", False))):
        return _flat(item)
    square = max(1, round(item.size * SQUARE / 72))
    try:
        inks = _inks(image, square)
    except _DAMAGED:
        return None
    if inks is None:
        return None
    size = (int(image.get("/Width", image.get("/W"))), int(image.get("/Height", image.get("/H"))))
    found = heaviest(inks, square / size[0], square / size[1])
    place = found.place
    corners = [at(item.matrix, x, 1 - y) for x in (place.x, place.right)
               for y in (place.y, place.bottom)]  # fmt: skip
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    where = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    chromatic = found.total if found.black is not None else 0.0
    return Laid(item.box, found.total, where, chromatic, grounds=True, black=found.black)


def _inks(image: Any, square: int) -> Any:
    """The picture small, 255 for full ink, in CMYK or one ink; None for what has no inks."""
    from PIL import ImageChops

    space = image.get("/ColorSpace", image.get("/CS"))
    family = space_family(space)[0]
    if family not in (*_PLAIN, "Separation") or _is_indexed(space):
        return None
    jpeg = isinstance(image, pikepdf.Stream) and image.get("/Filter") == "/DCTDecode"
    made = _jpeg(image, square) if jpeg else _samples(image, square, four=family == "DeviceCMYK")
    # Pillow gives a JPEG's CMYK inverted, as Adobe writes it; PDF goes by Decode alone (7.4.8)
    as_ink = family == "Separation" or (family == "DeviceCMYK" and not jpeg)
    decode = [float(v) for v in image.get("/Decode", image.get("/D", []))]
    if decode and decode[0] > decode[1]:
        as_ink = not as_ink
    return made if as_ink or made is None else ImageChops.invert(made)


def _is_indexed(space: Any) -> bool:
    return isinstance(space, pikepdf.Array) and str(space[0]) in ("/Indexed", "/I")


def _jpeg(image: Any, square: int) -> Any:
    """Averaged over squares of pixels, as far as that goes while it is decoded."""
    from PIL import Image

    with Image.open(io.BytesIO(image.read_raw_bytes())) as made:
        made.draft(None, (max(1, made.width // square), max(1, made.height // square)))
        size = (-(-int(image.Width) // square), -(-int(image.Height) // square))
        return made.resize(size, Image.Resampling.BOX) if made.size != size else made.copy()


def _samples(image: Any, square: int, *, four: bool) -> Any:
    """The same of samples that stand in the file as they are; None for odd depths."""
    from PIL import Image

    bits = int(image.get("/BitsPerComponent", image.get("/BPC", 8)))
    size = (int(image.get("/Width", image.get("/W"))), int(image.get("/Height", image.get("/H"))))
    if bits not in _DEPTHS:
        return None
    data = image.read_bytes()
    mode = "CMYK" if four else ("1" if bits == 1 else "L")
    made = Image.frombytes(mode, size, data[::2] if bits == 16 else data)
    if mode == "1":
        made = made.convert("L")
    return made.reduce(square) if square > 1 else made
