"""Pictures and advertisements no honest program writes; each is made here, byte by byte.

`python -m tests.press.hostile FOLDER` makes them and tries to print each one, with little memory.
"""

from __future__ import annotations

import io
import json
import resource
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image, ImageCms

from layout.findings import InputError, Mark
from layout.geometry import Box
from layout.issue.pictures import BadPicture, page_size, pixels
from layout.press import write_pdf
from layout.sheet.items import Artwork, Picture

from .samples import WHOLE, sheet

MEMORY = 1_500_000_000
PLACE = Box(36.0, 36.0, 144.0, 144.0)


def _encoded(kind: str, mode: str = "RGB", colour: object = "red", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (240, 240), colour).save(out, kind, **options)
    return out.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _png(width: int, height: int, depth: int, kind: int, *chunks: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IEND", b"")


def _samples(data: bytes) -> bytes:
    return _chunk(b"IDAT", zlib.compress(data))


def _animated(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (240, 240), colour) for colour in ("red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
JPEG = _encoded("JPEG", quality=90)
ROW = b"\0" + bytes(240 * 6)
PALETTE = _chunk(b"PLTE", bytes(range(12))) + _chunk(b"tRNS", bytes([0, 128, 255]))
FRAME = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 240, 240)
WIDE = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 65500, 65500)

PICTURES: dict[str, tuple[str, bytes]] = {
    "jpeg-cut-in-half.jpg": ("refused", JPEG[: len(JPEG) // 2]),
    "jpeg-cut-in-its-head.jpg": ("refused", JPEG[:40]),
    "jpeg-start-alone.jpg": ("refused", b"\xff\xd8\xff"),
    "jpeg-says-65500-pixels.jpg": ("refused", JPEG.replace(FRAME, WIDE)),
    "jpeg-with-a-broken-exif.jpg": ("refused", _encoded("JPEG", exif=b"Exif\0\0MM\0*\xff\xff")),
    "cmyk-of-adobe.jpg": ("printed", _encoded("JPEG", "CMYK", (0, 255, 255, 0))),
    "cmyk-without-profile.tif": ("printed", _encoded("TIFF", "CMYK", (0, 255, 255, 0))),
    "profile-cut.jpg": ("printed", _encoded("JPEG", icc_profile=SRGB[:200])),
    "profile-is-noise.png": ("printed", _encoded("PNG", icc_profile=b"noise" * 99)),
    "profile-for-grey.png": (
        "printed", _encoded("PNG", icc_profile=SRGB.replace(b"RGB XYZ ", b"GRAYXYZ ", 1)),
    ),
    "png-30000-pixels.png": ("refused", _png(30000, 30000, 8, 2, _samples(b"\0" * 99))),
    "png-no-pixels.png": ("refused", _png(0, 240, 8, 2, _samples(b""))),
    "png-long-and-thin.png": ("refused", _png(2_000_000_000, 1, 8, 0, _samples(b"\0"))),
    "png-without-data.png": ("refused", _png(240, 240, 8, 2)),
    "png-data-too-short.png": ("refused", _png(240, 240, 8, 2, _samples(b"\0" * 90))),
    "png-sum-wrong.png": ("refused", _png(240, 240, 8, 2, _chunk(b"IDAT", b"x")[:-1] + b"!")),
    "png-text-bomb.png": (
        "refused",
        _png(240, 240, 8, 2, _samples((b"\0" + bytes(720)) * 240),
             _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(90_000_000)))),
    ),
    "png-16-bit-colour.png": ("printed", _png(240, 240, 16, 2, _samples(ROW * 240))),
    "png-palette-with-alpha.png": (
        "printed", _png(240, 240, 2, 3, PALETTE, _samples((b"\0" + bytes(60)) * 240)),
    ),
    "png-palette-missing.png": ("refused", _png(240, 240, 8, 3, _samples(bytes(241 * 240)))),
    "one-bit.tif": ("printed", _encoded("TIFF", "1", 1, compression="group4")),
    "sixteen-bit.tif": ("printed", _encoded("TIFF", "I;16", 900)),
    "floats.tif": ("refused", _encoded("TIFF", "F", 0.5)),
    "lab.tif": ("refused", _encoded("TIFF", "LAB", (50, 1, 1))),
    "tiff-cut.tif": ("refused", _encoded("TIFF")[:2000]),
    "tiff-directory-loops.tif": ("refused", b"II*\0\x08\0\0\0\0\0\x08\0\0\0"),
    "webp-animated.webp": ("printed", _animated("WEBP")),
    "webp-cut.webp": ("refused", _encoded("WEBP", lossless=True)[:30]),
    "gif-animated.gif": ("refused", _animated("GIF")),
    "gif-called-jpeg.jpg": ("refused", _animated("GIF")),
    "png-called-jpeg.jpg": ("printed", _encoded("PNG")),
    "pdf-called-jpeg.jpg": ("refused", b"%PDF-1.4\n"),
    "bmp-called-png.png": ("refused", _encoded("BMP")),
    "eps-called-tiff.tif": ("refused", b"%!PS-Adobe-3.0 EPSF-3.0\n(rm) run"),
    "svg.svg": ("refused", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "empty.jpg": ("refused", b""),
    "zeros.png": ("refused", bytes(4096)),
    "html.jpg": ("refused", b"<!DOCTYPE html><title>404</title>"),
}  # fmt: skip


def _pdf(change: Callable[[pikepdf.Pdf, pikepdf.Page], None], content: bytes = b"") -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    page = pdf.add_blank_page(page_size=(144, 144))
    page.Contents = pdf.make_stream(content or b"0 0 0 1 k 0 0 50 50 re f")
    change(pdf, page)
    pdf.save(out, static_id=True)
    return out.getvalue()


def _as_is(_pdf: pikepdf.Pdf, _page: pikepdf.Page) -> None:
    pass


def _font(_pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    face = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=face))


def _script(pdf: pikepdf.Pdf, _page: pikepdf.Page) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _attached(pdf: pikepdf.Pdf, _page: pikepdf.Page) -> None:
    pdf.attachments["a.exe"] = b"MZ"


def _xfa(pdf: pikepdf.Pdf, _page: pikepdf.Page) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))


def _huge(_pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.MediaBox = [0, 0, 10**9, 10**9]


def _flat(_pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.MediaBox = [0, 0, 144, 0]


def _wordy(_pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.MediaBox = [pikepdf.Name.A, 0, 144, 144]


def _recursive(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    form = pdf.make_stream(b"/F Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.BBox = pikepdf.Array([0, 0, 144, 144])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))


def _deep(_pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    nest = pikepdf.Array([])
    for _ in range(90):
        nest = pikepdf.Array([nest])
    page.Resources = pikepdf.Dictionary(Odd=nest)


def _pageless(pdf: pikepdf.Pdf, _page: pikepdf.Page) -> None:
    del pdf.pages[0]


def _box(width: float, height: float) -> Callable[[pikepdf.Pdf, pikepdf.Page], None]:
    def change(_pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.MediaBox = [0, 0, width, height]

    return change


def _turned_round(_pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.MediaBox = [144, 144, 0, 0]


def _units(_pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.UserUnit = 75000


def _portfolio(pdf: pikepdf.Pdf, _page: pikepdf.Page) -> None:
    pdf.Root.Collection = pikepdf.Dictionary(View=pikepdf.Name.D)


def _circular() -> bytes:
    """A page tree whose only kid is itself."""
    return PLAIN.replace(b"/Kids [ 3 0 R ]", b"/Kids [ 2 0 R ]")


def _bomb(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    packed = zlib.compress(b"0 0 9 9 re f\n" * 25_000_000, 9)
    stream = pdf.make_stream(b"")
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    page.Contents = stream


def _form(pdf: pikepdf.Pdf, content: bytes, inner: pikepdf.Object | None) -> pikepdf.Object:
    form = pdf.make_stream(content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.BBox = pikepdf.Array([0, 0, 144, 144])
    if inner is not None:
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
    return form


def _many(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    form = _form(pdf, b"0 0 9 9 re f", None)
    for _ in range(6):
        form = _form(pdf, b"/F Do " * 10, form)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))


def _below(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    form = _form(pdf, b"0 0 9 9 re f", None)
    for _ in range(40):
        form = _form(pdf, b"/F Do", form)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))


def _locked() -> bytes:
    with pikepdf.open(io.BytesIO(PLAIN)) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
        return out.getvalue()


PLAIN = _pdf(_as_is)
DRAWINGS: dict[str, tuple[str, bytes]] = {
    "encrypted.pdf": ("refused", _locked()),
    "rgb.pdf": ("refused", _pdf(_as_is, b"1 0 0 rg 0 0 50 50 re f")),
    "font-missing.pdf": ("refused", _pdf(_font, b"BT /F1 9 Tf (a) Tj ET")),
    "script.pdf": ("printed", _pdf(_script)),
    "attachment.pdf": ("printed", _pdf(_attached)),
    "xfa.pdf": ("refused", _pdf(_xfa)),
    "empty.pdf": ("refused", b""),
    "no-pages.pdf": ("refused", _pdf(_pageless)),
    "box-of-a-billion.pdf": ("refused", _pdf(_huge)),
    "box-without-height.pdf": ("refused", _pdf(_flat)),
    "box-of-words.pdf": ("printed", _pdf(_wordy)),
    "form-in-itself.pdf": ("refused", _pdf(_recursive, b"/F Do")),
    "nested-deep.pdf": ("refused", _pdf(_deep)),
    "jpeg-called-pdf.pdf": ("refused", JPEG),
    "xref-broken.pdf": ("printed", PLAIN.replace(b"xref\n0", b"xerf\n9")),
    "cut.pdf": ("refused", PLAIN[:120]),
    "stops-in-a-string.pdf": ("refused", _pdf(_as_is, b"0 0 0 1 k 0 0 9 9 re f (")),
    "operator-without-operands.pdf": ("refused", _pdf(_as_is, b"cs 0 0 9 9 re f")),
    "head-alone.pdf": ("refused", b"%PDF-1.7\n%%EOF"),
    "box-of-14400.pdf": ("printed", _pdf(_box(14400, 14400))),
    "box-of-a-hair.pdf": ("refused", _pdf(_box(1, 1))),
    "box-turned-round.pdf": ("printed", _pdf(_turned_round)),
    "user-unit.pdf": ("printed", _pdf(_units)),
    "portfolio.pdf": ("refused", _pdf(_portfolio)),
    "page-tree-in-itself.pdf": ("refused", _circular()),
    "content-of-300-mb.pdf": ("refused", _pdf(_bomb)),
    "forms-a-million-times.pdf": ("refused", _pdf(_many, b"/F Do")),
    "forms-40-deep.pdf": ("refused", _pdf(_below, b"/F Do")),
}
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
BOX = SVG + b"viewBox='0 0 90 90'>"
PATH = BOX + b"<path d='M0 0"
DOCTYPE, SHEET = b"<!DOCTYPE svg [", b"<?xml-stylesheet href='a.css'?>"
RECT = b"<rect width='40' height='40'/>"
LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (k, b"&l%d;" % (k - 1) * 10 if k else b"ha" * 9) for k in range(9)
)
DRAWINGS |= {
    "plain.svg": ("printed", BOX + RECT + b"</svg>"),
    "nothing.svg": ("refused", b""),
    "words.svg": ("refused", b"no drawing"),
    "html.svg": ("refused", b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
    "cut.svg": ("refused", BOX + RECT),
    "sizeless.svg": ("refused", SVG + b">" + RECT + b"</svg>"),
    "no-width.svg": ("refused", SVG + b"width='0' height='9'>" + RECT + b"</svg>"),
    "as-wide-as-the-earth.svg": ("refused", SVG + b"width='4e9' height='9'>" + RECT + b"</svg>"),
    "laughs.svg": (
        "refused",
        b"<!DOCTYPE svg [" + LAUGHS + b"]>" + BOX + b"<desc>&l8;</desc></svg>",
    ),
    "entity-of-a-file.svg": (
        "refused",
        b'<!DOCTYPE svg [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        + BOX
        + b"<desc>&f;</desc></svg>",
    ),
    "script.svg": ("refused", BOX + b"<script>while(1){}</script></svg>"),
    "onload.svg": ("refused", BOX + b"<rect onload='x()' width='9' height='9'/></svg>"),
    "html-inside.svg": ("refused", BOX + b"<foreignObject width='9' height='9'/></svg>"),
    "animated.svg": ("refused", BOX + b"<rect width='9' height='9'><animate/></rect></svg>"),
    "style-from-outside.svg": (
        "refused",
        b"<?xml-stylesheet href='a.css'?>" + BOX + RECT + b"</svg>",
    ),
    "style-imported.svg": ("refused", BOX + b"<style>@import 'a.css';</style>" + RECT + b"</svg>"),
    "use-from-outside.svg": ("refused", BOX + b"<use xlink:href='b.svg#a'/></svg>"),
    "use-of-itself.svg": ("refused", BOX + b"<g id='a'><use xlink:href='#a'/></g></svg>"),
    "use-a-billion-times.svg": (
        "refused",
        BOX
        + b"<defs>"
        + b"".join(
            b"<g id='g%d'>%s</g>" % (k, b"<use xlink:href='#g%d'/>" % (k - 1) * 10 if k else RECT)
            for k in range(9)
        )
        + b"</defs><use xlink:href='#g8'/></svg>",
    ),
    "groups-20000-deep.svg": ("refused", BOX + b"<g>" * 20000 + RECT + b"</g>" * 20000 + b"</svg>"),
    "groups-100-deep.svg": ("refused", BOX + b"<g>" * 100 + RECT + b"</g>" * 100 + b"</svg>"),
    "path-of-a-million.svg": (
        "refused",
        BOX + b"<path d='M0 0" + b"l1 1 1 0" * 700000 + b"'/></svg>",
    ),
    "nine-megabytes.svg": ("refused", BOX + b"<desc>" + b"a" * 9_000_000 + b"</desc></svg>"),
    "numbers-beyond-all.svg": ("refused", BOX + b"<rect width='1e308' height='1e308'/></svg>"),
    "not-a-number.svg": ("refused", BOX + b"<rect width='nan' height='9'/></svg>"),
    "path-of-words.svg": ("refused", BOX + b"<path d='M0 0 please'/></svg>"),
}

CORPUS = PICTURES | DRAWINGS


def attempt(folder: Path, name: str) -> dict[str, object]:
    """What comes of one file, loaded and printed as an issue's would be."""
    source, out = Mark("issue.yaml", 3, 7), folder / f"{name}.page.pdf"
    item: Picture | Artwork
    try:
        if name in DRAWINGS:
            page_size(str(folder / name))
            item = Artwork(name, PLACE, "an odd drawing", source)
        else:
            pixels(str(folder / name))
            item = Picture(name, PLACE, WHOLE, 120.0, "an odd picture", source)
        report = write_pdf(sheet(item), {}, out, root=folder)
    except BadPicture as fault:
        return {"outcome": "refused", "said": [f"{fault.message} – {fault.hint}"]}
    except InputError as fault:
        return {"outcome": "refused", "said": [str(f) for f in fault.findings]}
    except BaseException as fault:  # whatever it is, it is what the test is after
        return {"outcome": "crashed", "said": [repr(fault)]}
    return {"outcome": "printed", "said": [f.message for f in report.findings]}


def main(folder: Path) -> None:
    """Every file on one allowance of memory; the results as JSON."""
    for name, (_, data) in CORPUS.items():
        (folder / name).write_bytes(data)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    results = {name: attempt(folder, name) for name in CORPUS}
    (folder / "results.json").write_text(json.dumps(results), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
