"""A press PDF → the same page in screen colours, by the profile of its own output intent.

Comes in: a PDF whose colours are press inks. Goes out: a PDF to be looked at, in sRGB: every colour
and picture through LittleCMS, relative colorimetric with black-point compensation – or, with paper,
absolute colorimetric on a ground of newsprint's own white. Page pictures are
drawn from it; `screen.py` keeps it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from PIL import Image, ImageCms

from layout.press.tints import ramp, shown

_GROUND = "{} rg {:.3f} {:.3f} {:.3f} {:.3f} re f\n"
_DEEPEST = 20
_STEPS = tuple(step / 255 for step in range(256))


def managed(data: bytes, *, paper: bool = False) -> bytes:
    """The file in sRGB; as it is when it names no CMYK output profile."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if not manage(pdf, paper=paper):
            return data
        out = io.BytesIO()
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue()


def manage(pdf: pikepdf.Pdf, *, paper: bool = False, jpeg: int | None = None) -> bool:
    """Change an opened file to sRGB, pictures as JPEG of a quality; False without a profile."""
    profile = _output_profile(pdf)
    if profile is None:
        return False
    colours = _Colours(profile, paper)
    if jpeg:
        colours = _Reader(profile, jpeg)
    for page in pdf.pages:
        _page(pdf, page, colours, paper)
    return True


def _output_profile(pdf: pikepdf.Pdf) -> bytes | None:
    intents: Any = pdf.Root.get("/OutputIntents", [])
    for intent in intents:
        profile = intent.get("/DestOutputProfile")
        if profile is not None and int(profile.get("/N", 0)) == 4:
            return bytes(profile.read_bytes())
    return None


class _Colours:
    """Inks → sRGB through one transform; colours repeat, so they are kept."""

    jpeg: int | None = None

    def __init__(self, profile: bytes, paper: bool) -> None:
        press, screen = (
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
        )
        relative, absolute = (
            ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Intent.ABSOLUTE_COLORIMETRIC
        )  # fmt: skip
        intent = absolute if paper else relative
        flags = ImageCms.Flags.NONE if paper else ImageCms.Flags.BLACKPOINTCOMPENSATION
        self.transform = ImageCms.buildTransform(press, screen, "CMYK", "RGB", intent, flags)
        self._kept: dict[tuple[float, ...], str] = {}

    def operands(self, inks: tuple[float, ...]) -> str:
        """r g b of C, M, Y, K (0 to 1), as written."""
        if inks not in self._kept:
            cell = Image.new("CMYK", (1, 1), tuple(round(255 * v) for v in inks))
            found: Any = self.picture(cell).getpixel((0, 0))
            self._kept[inks] = " ".join(f"{value / 255:.4g}" for value in found)
        return self._kept[inks]

    def picture(self, image: Image.Image) -> Image.Image:
        """A picture in CMYK, or in greys of black, in sRGB."""
        if image.mode != "CMYK":
            grey = image.convert("L")
            none = Image.new("L", image.size, 0)
            black = grey.point(lambda value: 255 - value)
            image = Image.merge("CMYK", (none, none, none, black))
        made = ImageCms.applyTransform(image, self.transform)
        assert made
        return made


class _Reader(_Colours):
    """For readers: black alone is neutral and as black as a screen's, whatever the press's ink.

    Newsprint's black is a dark brown; on paper the eye takes it for black, on a screen it does not.
    """

    def __init__(self, profile: bytes, jpeg: int) -> None:
        super().__init__(profile, paper=False)
        self.jpeg = jpeg
        ramp = Image.frombytes("CMYK", (256, 1), b"".join(bytes((0, 0, 0, k)) for k in range(256)))
        seen = super().picture(ramp).convert("L").tobytes()
        darkest, span = seen[255], seen[0] - seen[255]
        self._greys = [round(255 * (seen[255 - v] - darkest) / span) for v in range(256)]

    def operands(self, inks: tuple[float, ...]) -> str:
        """Black alone as grey, all else through the profile."""
        if any(inks[:3]):
            return super().operands(inks)
        grey = self._greys[round(255 * (1 - inks[3]))] / 255
        return " ".join([f"{grey:.4g}"] * 3)

    def picture(self, image: Image.Image) -> Image.Image:
        """Grey pictures stay grey."""
        if image.mode == "CMYK":
            return super().picture(image)
        return image.convert("L").point(self._greys).convert("RGB")


def _page(pdf: pikepdf.Pdf, page: pikepdf.Page, colours: _Colours, paper: bool) -> None:
    resources: Any = page.obj.get("/Resources", pikepdf.Dictionary())
    content = b"\n".join(_rewritten(page, colours))
    if paper:
        x, y, right, top = (float(v) for v in page.mediabox)
        ground = _GROUND.format(colours.operands((0.0,) * 4), x, y, right - x, top - y)
        content = b"q " + ground.encode("ascii") + b"Q\n" + content
    page.Contents = pdf.make_stream(content)
    _objects(pdf, resources, colours, 0)


def _objects(pdf: pikepdf.Pdf, resources: Any, colours: _Colours, depth: int) -> None:
    for space in resources.get("/ColorSpace", pikepdf.Dictionary()).values():
        _spot(pdf, space, colours)
    for shading in resources.get("/Shading", pikepdf.Dictionary()).values():
        _shading(pdf, shading, colours)
    for pattern in resources.get("/Pattern", pikepdf.Dictionary()).values():
        if "/Shading" in pattern:
            _shading(pdf, pattern.Shading, colours)
    for name, found in list(resources.get("/XObject", {}).items()):
        if found.get("/Subtype") == "/Image":
            _spot(pdf, found.get("/ColorSpace"), colours)
            _image(found, colours)
        elif found.get("/Subtype") == "/Form" and depth < _DEEPEST:
            found.write(b"\n".join(_rewritten(found, colours)))
            _objects(pdf, found.get("/Resources", {}), colours, depth + 1)
            resources.XObject[name] = found


def _shading(pdf: pikepdf.Pdf, shading: Any, colours: _Colours) -> None:
    """An axial or radial blend of four inks in place, in 256 steps; others stay as they are."""
    four = shading.get("/ColorSpace") == pikepdf.Name.DeviceCMYK
    inks = ramp(shading, _STEPS) if four and int(shading.get("/ShadingType", 0)) in (2, 3) else None
    if inks is None:
        _spot(pdf, shading.get("/ColorSpace"), colours)
        return
    domain = [float(v) for v in shading.get("/Domain", [0, 1])]
    shading.ColorSpace = pikepdf.Name.DeviceRGB
    shading.Function = _sampled(pdf, inks, colours, domain)


def _sampled(
    pdf: pikepdf.Pdf, inks: Sequence[Sequence[float]], colours: _Colours, domain: list[float]
) -> pikepdf.Stream:
    """Inks in even steps as a function to sRGB (ISO 32000-1 7.10.2)."""
    seen = [float(part) for parts in inks for part in colours.operands(tuple(parts)).split()]
    return pdf.make_stream(
        bytes(round(255 * part) for part in seen), FunctionType=0, Domain=domain, Range=[0, 1] * 3,
        Size=[len(inks)], BitsPerSample=8,
    )  # fmt: skip


def _spot(pdf: pikepdf.Pdf, space: Any, colours: _Colours) -> None:
    """A spot ink's space in place: its tints in sRGB instead of the inks that stand for it.

    Fills, pictures and shadings in it need no other change. What its transform is cannot always be
    told (`tints.py`); such a space stays.
    """
    if not isinstance(space, pikepdf.Array) or not len(space):
        return
    if space[0] in (pikepdf.Name.Indexed, pikepdf.Name.Pattern) and len(space) > 1:
        _spot(pdf, space[1], colours)
    if space[0] != pikepdf.Name.Separation:
        return
    tints = shown(space, _STEPS)
    if tints is None:
        return
    space[2] = pikepdf.Name.DeviceRGB
    space[3] = _sampled(pdf, tints, colours, [0, 1])


def _is_spot(space: Any) -> bool:
    if not isinstance(space, pikepdf.Array) or len(space) < 2:
        return False
    return str(space[0]) in ("/Separation", "/DeviceN") or (
        space[0] == pikepdf.Name.Indexed and _is_spot(space[1])
    )


def _image(found: Any, colours: _Colours) -> None:
    """An image in place; masks, spots and what is RGB already stay."""
    space = found.get("/ColorSpace")
    if found.get("/ImageMask", False) or space is None or _is_spot(space):
        return
    image = pikepdf.PdfImage(found).as_pil_image()
    if image.mode not in ("CMYK", "L", "1"):
        return
    turned = [int(v) for v in found.get("/Decode", ())][:2] == [1, 0]
    if turned and "adobe" not in image.info:  # an Adobe JPEG has been turned by Pillow
        image = image.point(lambda value: 255 - value)
    if "/Decode" in found:
        del found.Decode
    made = colours.picture(image)
    found.ColorSpace, found.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    if colours.jpeg:
        out = io.BytesIO()
        made.save(out, "JPEG", quality=colours.jpeg)
        found.write(out.getvalue(), filter=pikepdf.Name.DCTDecode)
    else:
        found.write(made.tobytes())


def _rewritten(holder: Any, colours: _Colours) -> Iterator[bytes]:
    """A content stream's instructions with inks as sRGB."""
    four = {"cs": False, "CS": False}  # whether the space in force has four inks
    for instruction in pikepdf.parse_content_stream(holder):
        operator, operands = str(instruction.operator), instruction.operands
        inks = _inks(operator, operands, four)
        if inks:
            verb = "rg" if operator.islower() else "RG"
            yield f"{colours.operands(inks)} {verb}".encode("ascii")
        elif four.get(operator):
            continue  # the space of four inks: rg says all
        else:
            yield pikepdf.unparse_content_stream([instruction])


def _inks(operator: str, operands: Any, four: dict[str, bool]) -> tuple[float, ...] | None:
    """C, M, Y, K of an operator that sets a colour in inks."""
    if operator in ("k", "K"):
        return tuple(float(v) for v in operands)
    if operator in ("g", "G"):
        return 0.0, 0.0, 0.0, 1.0 - float(operands[0])
    if operator in four:
        four[operator] = str(operands[0]) == "/DeviceCMYK"
    which = "cs" if operator.islower() else "CS"
    if operator.lower() in ("sc", "scn") and four[which]:
        return tuple(float(v) for v in operands)
    return None
