"""A picture file → pixels for newsprint: upright, cropped, on paper, at most 200 ppi, CMYK or K.

In: a file, the part shown, its size in print, the printing condition. Out: encoded samples. The
order is decode, scale, convert: colour conversion is the dear step (26 ns a pixel), so it is done
on the pixels that are printed. Rules: ICC.1 for the conversion, EXIF 2.3 for the orientation.
"""

from __future__ import annotations

import io
import math
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import NamedTuple

import msgspec
from PIL import ExifTags, Image, ImageChops, ImageCms, ImageFile, ImageOps

from layout.geometry import Box, Size
from layout.press.laid import SQUARE, Square, heaviest
from layout.press.untouched import without_metadata

# Twice the ruling of newsprint (100 lpi): beyond it only file and time grow (pdfx.md, newspaper
# profile). What was separated for this press is not coded again up to what is usually delivered.
MOST_PPI, MOST_PPI_SEPARATED = 200, 300
# Pictures without grey levels carry their edges in the pixels: as fine as the plate has use for.
MOST_PPI_BITONAL = 1200

# Relative colorimetric keeps in-gamut colours as they are, black point compensation keeps shadows
# open: newsprint's black is grey. Perceptual would shift every colour of every photograph.
INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
INTENT_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION

# Half the time of Lanczos, and no ringing at hard edges, which 4:4:4 would keep.
FILTER = Image.Resampling.HAMMING

ASSUMED = "sRGB (assumed)"  # of a picture that does not say
UNPROFILED = "its EXIF says Adobe RGB, but it has no profile; taken for sRGB"

JPEG_QUALITY = 92
JPEG_FULL_CHROMA = 0  # Pillow's name for 4:4:4

_GREY_MODES = {"L", "LA", "La"}
_SIXTEEN_BIT_MODES = {"I", "I;16", "I;16L", "I;16B", "I;16N"}
_COLOUR_MODES = {"RGB", "RGBA", "RGBa", "RGBX", "P", "PA", "YCbCr", "HSV"}
_TURNED = {5, 6, 7, 8}  # EXIF orientations that exchange width and height


class UnusablePictureError(Exception):
    """A file that is no picture, or one this module does not print; says why and what would do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


class Pixels(msgspec.Struct, frozen=True):
    """Samples as they go into the file: JPEG for CMYK and gray, packed bits for bitonal.

    `cut` is the size in pixels of the part shown, before scaling. CMYK JPEGs are inverted, as
    Adobe's are. `square` is the heaviest of it; `note` says what was found odd. `frames` counts the
    file's pictures; the first is printed. `profile` is what colours were converted from, None where
    they were not.
    """

    data: bytes
    colour: str
    source: str
    size: tuple[int, int]
    cut: tuple[int, int]
    note: str | None
    square: Square
    frames: int = 1
    profile: str | None = None


# A file's data given to its decoder at a time: all of it, as a rule. In between a thread asks for
# the interpreter and waits while pages are made up: Pillow's 64 kB doubled a photograph's time.
_BLOCK = 2**24

_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError)  # what Pillow raises for broken files


def _opened(file: Path) -> ImageFile.ImageFile:
    image = Image.open(file)
    image.decodermaxblock = _BLOCK
    return image


def decoded(file: Path) -> Image.Image | None:
    """A picture with all its pixels, before it is known how it is printed; None for one that cannot
    be read, which `render` says why of.
    """
    with ExitStack() as broken:
        try:
            image = broken.enter_context(_opened(file))
            image.load()
        except (Image.DecompressionBombError, *_UNREADABLE):
            return None
        broken.pop_all()  # it stays open: some formats read their EXIF late
    return image


def render(
    file: Path, crop: Box, printed: Size, profile: bytes, ahead: Image.Image | None = None
) -> Pixels:
    """The part `crop` (fractions of the upright picture) at `printed` points.

    `ahead` is the file's picture if it has been `decoded` already.
    """
    try:
        with ahead or _opened(file) as image:
            made = _render(image, crop, printed, profile)
            return _as_delivered(file, image, made, profile) or made
    except Image.DecompressionBombError as fault:
        raise UnusablePictureError("the picture is too large", "scale it down") from fault
    except _UNREADABLE as fault:
        hint = "give the path of a JPEG, PNG or TIFF"
        raise UnusablePictureError(f"the picture cannot be read: {fault}", hint) from fault


def _as_delivered(file: Path, image: Image.Image, made: Pixels, profile: bytes) -> Pixels | None:
    """A CMYK JPEG for this press, printed whole and unscaled: it is not coded a second time."""
    if not _is_separated(image, made.source, profile) or _orientation(image) != 1:
        return None
    if not made.size == made.cut == image.size:
        return None
    data = without_metadata(file.read_bytes())
    return msgspec.structs.replace(made, data=data) if data else None


def _is_separated(image: Image.Image, mode: str, profile: bytes) -> bool:
    """A CMYK JPEG without a profile, or with the press's own."""
    own = image.info.get("icc_profile") in (None, profile)
    return (image.format, mode) == ("JPEG", "CMYK") and own


def _render(image: Image.Image, crop: Box, printed: Size, profile: bytes) -> Pixels:
    source, embedded = image.mode, image.info.get("icc_profile")
    if source == "P" and not (image.palette and image.palette.palette):
        raise UnusablePictureError("the picture has no palette", "export it again")
    # a telephone's second picture (MPO) is its own enlargement, and not missed
    frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    turned = _orientation(image) in _TURNED
    adobe = _says_adobe_rgb(image)
    whole = (image.height, image.width) if turned else image.size
    cut = (max(1, round(whole[0] * crop.width)), max(1, round(whole[1] * crop.height)))
    most = MOST_PPI_SEPARATED if _is_separated(image, source, profile) else MOST_PPI
    size = _target(cut, printed, MOST_PPI_BITONAL if source == "1" else most)
    _draft(image, size, cut, turned)
    image = _on_paper(_eight_bits(_upright(image)))
    image = _cut(_plain(image), crop, size)
    inked = _inked(image, embedded, profile)
    if adobe and not embedded and inked.profile:
        inked = inked._replace(note=UNPROFILED)
    ppi = inked.image.width / printed.width * 72
    pixels = _encoded(inked.image, source, cut, inked.note, ppi)
    return msgspec.structs.replace(pixels, frames=frames, profile=inked.profile)


def _target(cut: tuple[int, int], printed: Size, most_ppi: int) -> tuple[int, int]:
    """Pixels to print: as many as there are, at most `most_ppi`."""
    width = _whole_pixels(printed.width / 72 * most_ppi)
    height = _whole_pixels(printed.height / 72 * most_ppi)
    return min(cut[0], width), min(cut[1], height)


def _whole_pixels(pixels: float) -> int:
    """Up, so that no picture falls below the resolution it is meant to have; 0.001 is noise."""
    return max(1, math.ceil(pixels - 0.001))


def _draft(image: Image.Image, size: tuple[int, int], cut: tuple[int, int], turned: bool) -> None:
    """Let a JPEG be decoded at a half, quarter or eighth where that is still enough."""
    reduction = min(cut[0] / size[0], cut[1] / size[1])
    if reduction >= 2:
        needed = math.ceil(image.width / reduction), math.ceil(image.height / reduction)
        image.draft(None, needed)


def _orientation(image: Image.Image) -> object:
    """How the camera was held (EXIF 2.3, 4.6.4): 1 for upright, and files say anything."""
    return image.getexif().get(ExifTags.Base.Orientation, 1)


def _upright(image: Image.Image) -> Image.Image:
    """As it is looked at; Pillow would copy what stands upright already."""
    return image if _orientation(image) == 1 else ImageOps.exif_transpose(image)


def _eight_bits(image: Image.Image) -> Image.Image:
    """16-bit grey scaled to 8; Pillow's own conversion cuts off instead."""
    if image.mode not in _SIXTEEN_BIT_MODES:
        return image
    table = [round(value / 257) for value in range(65536)]
    image = image.convert("I").point(table, "L")
    image.info.pop("transparency", None)
    return image


def _on_paper(image: Image.Image) -> Image.Image:
    """Transparency over white, the paper: X-4 allows it, but a plate has no use for it."""
    if not image.has_transparency_data:
        return image
    plain, clear = ("L", "LA") if image.mode in _GREY_MODES | {"1"} else ("RGB", "RGBA")
    image = image.convert(clear)
    paper = Image.new(plain, image.size, "white")
    return Image.composite(image.convert(plain), paper, image.getchannel("A"))


def _plain(image: Image.Image) -> Image.Image:
    """One of the modes that are printed: 1, L, RGB, CMYK."""
    if image.mode in {"1", "L", "RGB", "CMYK"}:
        return image
    if image.mode in _COLOUR_MODES:
        return image.convert("RGB")
    hint = "save it as RGB, CMYK or grey with 8 or 16 bits"
    raise UnusablePictureError(f"pictures of mode {image.mode} are not printed", hint)


def _cut(image: Image.Image, crop: Box, size: tuple[int, int]) -> Image.Image:
    """The part shown, scaled down in the same step, or cut on whole pixels when it keeps them."""
    width, height = image.size
    box = (
        max(0.0, crop.x * width),
        max(0.0, crop.y * height),
        min(width, crop.right * width),
        min(height, crop.bottom * height),
    )
    left, top = round(box[0]), round(box[1])
    whole = (left, top, left + size[0], top + size[1])
    keeps = abs(box[2] - box[0] - size[0]) < 1 and abs(box[3] - box[1] - size[1]) < 1
    if keeps and whole[2] <= width and whole[3] <= height:
        return image if whole == (0, 0, width, height) else image.crop(whole)
    if image.mode == "1":
        return image.convert("L").resize(size, FILTER, box).convert("1", dither=Image.Dither.NONE)
    return image.resize(size, FILTER, box)


class _Inked(NamedTuple):
    """A picture in the press's inks, the profile it was converted from, what was odd."""

    image: Image.Image
    profile: str | None = None
    note: str | None = None


def _inked(image: Image.Image, embedded: bytes | None, profile: bytes) -> _Inked:
    """RGB, and CMYK made for another press, converted; all else keeps the values it has."""
    if image.mode == "CMYK" and (not embedded or embedded == profile):
        return _Inked(image)
    if image.mode not in ("RGB", "CMYK"):
        return _Inked(image)
    note = None
    try:
        name, transform = _transform(embedded, image.mode, profile)
    except (OSError, ImageCms.PyCMSError):
        if image.mode == "CMYK":
            said = "its colour profile cannot be used; printed with the inks it has"
            return _Inked(image, None, said)
        name, transform = _transform(None, "RGB", profile)
        note = "its colour profile cannot be used; taken for sRGB"
    converted = ImageCms.applyTransform(image, transform)
    assert converted is not None  # only in-place conversion returns nothing
    return _Inked(converted, name, note)


def inks(colour: tuple[int, int, int], profile: bytes) -> tuple[float, ...]:
    """C, M, Y, K of one sRGB colour, 0 to 1, by the way pictures go."""
    cell = Image.new("RGB", (1, 1), colour)
    made = ImageCms.applyTransform(cell, _transform(None, "RGB", profile)[1])
    assert made is not None  # only in-place conversion returns nothing
    return tuple(part / 255 for part in made.tobytes())


def _transform(
    embedded: bytes | None, mode: str, profile: bytes
) -> tuple[str, ImageCms.ImageCmsTransform]:
    """A profile's name and the transform from it; building one takes 10 ms, pictures share it."""
    with _BUILDING:
        return _built(embedded, mode, profile)


_BUILDING = Lock()  # two pictures begun at once would build the same one


@lru_cache(maxsize=16)
def _built(
    embedded: bytes | None, mode: str, profile: bytes
) -> tuple[str, ImageCms.ImageCmsTransform]:
    source = (
        ImageCms.ImageCmsProfile(io.BytesIO(embedded))
        if embedded
        else ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    )
    target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    transform = ImageCms.buildTransform(source, target, mode, "CMYK", INTENT, INTENT_FLAGS)
    return ImageCms.getProfileDescription(source).strip() if embedded else ASSUMED, transform


def _says_adobe_rgb(image: Image.Image) -> bool:
    """What cameras write instead of a profile: colour space 65535, interoperability R03
    (DCF 2.0, option file).
    """
    exif = image.getexif()
    uncalibrated = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.ColorSpace) == 0xFFFF
    return uncalibrated and exif.get_ifd(ExifTags.IFD.Interop).get(1) == "R03"


def _encoded(
    image: Image.Image, source: str, cut: tuple[int, int], note: str | None, ppi: float
) -> Pixels:
    colour = {"CMYK": "CMYK", "L": "gray", "1": "bitonal"}[image.mode]
    data = image.tobytes() if colour == "bitonal" else _jpeg(image)
    return Pixels(data, colour, source, image.size, cut, note, _heaviest(image, ppi))


def _jpeg(image: Image.Image) -> bytes:
    """A JPEG without profile, comment or EXIF; libjpeg's integer DCT is the same everywhere."""
    # a file of the system's: Pillow lets go of the interpreter for these alone
    with TemporaryFile(buffering=0) as out:
        image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=JPEG_FULL_CHROMA, comment=b"")
        out.seek(0)
        return out.read()


def _heaviest(image: Image.Image, ppi: float) -> Square:
    """Its heaviest square, of what is printed."""
    side = max(1, round(ppi * SQUARE / 72))
    seen = image.convert("L") if image.mode == "1" else image
    small = seen.reduce(side) if side > 1 else seen
    inks = small if image.mode == "CMYK" else ImageChops.invert(small)
    return heaviest(inks, side / image.width, side / image.height)
