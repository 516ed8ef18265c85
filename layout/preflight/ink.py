"""The most ink of a finished page, and where it lies: flat colours, pictures, black over them.

In: what is painted on a page (`walk.py`). Out: `PageInk` in percent and points from the trim's top
left. Pictures are judged as a press sees them, averaged over squares of about a millimetre, as
`plates.py` does with Ghostscript's plates. Black that overprints lies on what is beneath it
(ISO 32000-1 11.7.4); all else knocks out. Limits: pdfx.md, newspaper profile.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pikepdf

from layout.geometry import Box
from layout.preflight.walk import Painted, at, space_family, walk
from layout.press.report import PageInk
from layout.units import MM

SQUARE_MM = 1.0
STEM_EM = 0.12  # of heavy faces: how much of its square type covers
_DEPTHS = (1, 8, 16)
_PLAIN = ("DeviceCMYK", "DeviceGray", "CalGray")
# What a picture whose data are not what they should be makes its readers raise.
_DAMAGED = (pikepdf.PdfError, NotImplementedError, ValueError, TypeError, LookupError, OSError)


def ink_of(file: Path) -> tuple[PageInk, ...]:
    """Of each page of a file, as it was written."""
    with pikepdf.open(file) as pdf:
        return tuple(page_ink(tuple(walk(page))) for page in pdf.pages)


def page_ink(painted: Iterable[Painted]) -> PageInk:
    """Of all that is painted, in order."""
    found, grounds = PageInk(), list[_Ground]()
    for item in painted:
        ground = _picture(item) if item.kind == "image" else _flat(item)
        if ground is None:
            continue
        share = _share(item)
        if share < 1 or _overprints(item):
            beneath = _beneath(item.box, grounds)
            kept = beneath.chromatic if _overprints(item) else beneath.total * (1 - share)
            found = _more(found, kept + share * ground.total, item.box)
            continue
        found = _more(found, ground.total, ground.where)
        if ground.black is not None and ground.black > (found.black_in_pictures or -1):
            found = msgspec.structs.replace(
                found, black_in_pictures=round(ground.black, 1), black_box=ground.where
            )
        if item.kind in ("fill", "shading", "image"):
            grounds.append(ground)
    return found


def _more(found: PageInk, total: float, box: Box) -> PageInk:
    if total <= found.total:
        return found
    return msgspec.structs.replace(found, total=round(total, 1), box=box.rounded())


class _Ground(msgspec.Struct, frozen=True):
    """What lies on the page: its box, the most ink of it and where, its inks but black; of a
    picture with four inks the most black.
    """

    box: Box
    total: float
    where: Box
    chromatic: float = 0.0
    black: float | None = None


def _flat(item: Painted) -> _Ground | None:
    amounts = item.colour.amounts
    if not amounts:
        return None
    total = sum(amounts) * 100
    black = item.colour.cmyk[3] * 100 if item.colour.cmyk else 0.0
    return _Ground(item.box, total, item.box, total - black)


def _overprints(item: Painted) -> bool:
    """Black alone, laid over what is beneath it; pictures and shadings are of four inks."""
    flat = item.kind in ("fill", "stroke", "text") and item.overprint
    return flat and item.colour.cmyk is not None and not any(item.colour.cmyk[:3])


def _share(item: Painted) -> float:
    """How much of a square it covers at its densest: a line by its weight, type by its stems."""
    if item.kind == "image":
        return 1.0
    width = item.size * STEM_EM if item.kind == "text" else item.size
    return min(1.0, width / (SQUARE_MM * MM))


def _beneath(box: Box, grounds: Sequence[_Ground]) -> _Ground:
    """What was painted last under the middle of a box."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    for ground in reversed(grounds):
        if ground.box.holds(x, y):
            return ground
    return _Ground(box, 0.0, box)


# --- pictures ---------------------------------------------------------------------------------


def _picture(item: Painted) -> _Ground | None:
    """A picture's heaviest square; None of one whose inks cannot be told."""
    image = item.image
    if bool(image.get("/ImageMask", image.get("/IM", False))):
        return _flat(item)
    square = max(1, round(item.size * SQUARE_MM * MM / 72))
    try:
        inks = _inks(image, square)
    except _DAMAGED:
        return None
    size = (int(image.get("/Width", image.get("/W"))), int(image.get("/Height", image.get("/H"))))
    return _heaviest(inks, square / size[0], square / size[1], item) if inks else None


def _heaviest(inks: Any, across: float, down: float, item: Painted) -> _Ground:
    """The heaviest pixel of a picture of few pixels, each such a share of it, in a band an ink."""
    from PIL import ImageMath

    bands = [band.convert("I") for band in inks.split()]
    total = bands[0]
    for band in bands[1:]:
        total = ImageMath.lambda_eval(lambda held: held["a"] + held["b"], a=total, b=band)
    most = total.getextrema()[1]
    there = ImageMath.lambda_eval(lambda held: held["a"] >= most, a=total).convert("L")
    row = there.getbbox()[1]
    column = there.crop((0, row, there.width, row + 1)).getbbox()[0]
    corners = [
        at(item.matrix, min(1.0, x * across), max(0.0, 1 - y * down))
        for x in (column, column + 1)
        for y in (row, row + 1)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    where = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).rounded()
    four = len(bands) == 4
    black = bands[3].getextrema()[1] / 2.55 if four else None
    return _Ground(item.box, most / 2.55, where, most / 2.55 if four else 0.0, black)


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
