"""Fonts as embedded: what is drawn, what is extracted, what the dictionaries say."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageFont, ImageStat

from layout.fonts.subset import subset

from .samples import COPY, HEI_FILE, SONG_FILE, Face, hei, line, press, run, sheet, song

EM = 60.0
SCALE = 2.0
SAMPLE = "算新疆龍报gÅ2，—"


@pytest.fixture(params=["song", "hei"])
def face(request: pytest.FixtureRequest) -> Face:
    return {"song": song, "hei": hei}[request.param]()


def pillow_font(face: Face) -> ImageFont.FreeTypeFont:
    if face.axes:
        font = ImageFont.truetype(HEI_FILE, round(EM * SCALE))
        font.set_variation_by_axes([900])
        return font
    return ImageFont.truetype(SONG_FILE, round(EM * SCALE))


def by_pillow(face: Face, character: str) -> Image.Image:
    picture = Image.new("L", (300, 300), 0)
    mask = pillow_font(face).getmask(character, "L")
    picture.paste(255, (40, 40), Image.frombytes("L", mask.size, bytes(mask)))
    return picture


def ink(picture: Image.Image) -> Image.Image:
    box = picture.getbbox()
    assert box, "nothing is drawn"
    return picture.crop(box)


def unlikeness(one: Image.Image, other: Image.Image) -> float:
    """0 for the same ink, about 1 for ink in other places."""
    other = other.resize(one.size)
    difference = ImageStat.Stat(ImageChops.difference(one, other)).sum[0]
    return difference / ImageStat.Stat(one).sum[0]


def grey(pdf: Path) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        rendered = document[0].render(scale=SCALE, grayscale=True).to_pil()
    black = rendered.getextrema()[0]
    return rendered.convert("L").point(
        [min(255, (255 - v) * 255 // (255 - black)) for v in range(256)]
    )


def cells(pdf: Path, count: int) -> Iterator[Image.Image]:
    """Characters drawn by `grid_of`, one picture each."""
    page = grey(pdf)
    for n in range(count):
        left, top = 20 + 90 * (n % 4), 30 + 85 * (n // 4)
        yield page.crop(tuple(round(v * SCALE) for v in (left, top - 15, left + 85, top + 68)))


def grid_of(face: Face, characters: str, out: Path) -> Path:
    """Nominal glyphs of the characters, in rows of four."""
    lines = []
    for n, character in enumerate(characters):
        shaped = run(face, character, EM)
        plain = type(shaped)(face.key, EM, (face.glyph(character),), (0.0,), character, (0,))
        lines.append(line(90.0 * (n % 4), 50 + 85.0 * (n // 4), plain))
    return press(sheet(*lines), out, face)


def test_drawn_shapes_are_the_fonts(face: Face, tmp_path: Path) -> None:
    # CID ≠ glyph id in CID-keyed CFF: a wrong subset draws other characters, extracts right ones.
    pdf = grid_of(face, SAMPLE, tmp_path / "a.pdf")
    drawn = [ink(cell) for cell in cells(pdf, len(SAMPLE))]
    wanted = [ink(by_pillow(face, character)) for character in SAMPLE]
    for character, got, want in zip(SAMPLE, drawn, wanted, strict=True):
        assert abs(got.width - want.width) <= 3, character
        assert abs(got.height - want.height) <= 3, character
        assert unlikeness(want, got) < 0.2, character
    assert unlikeness(wanted[0], drawn[1]) > 0.5  # the measure tells characters apart


def name_keyed() -> bytes:
    """A Latin OTF whose CFF has names, no CIDs: a bar, a box and a wedge as A, B, C."""
    builder = FontBuilder(1000, isTTF=False)
    order = [".notdef", "unused1", "B", "unused2", "C", "A"]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({65: "A", 66: "B", 67: "C"})
    shapes = {
        "A": [(50, 0), (150, 0), (150, 700), (50, 700)],
        "B": [(50, 0), (750, 0), (750, 700), (50, 700)],
        "C": [(50, 0), (750, 0), (400, 700)],
    }
    strings = {}
    for name in order:
        pen = T2CharStringPen(800, None)
        points = shapes.get(name, [(0, 0), (20, 0), (20, 20)])
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
        strings[name] = pen.getCharString()
    builder.setupCFF("Names-Regular", {"FullName": "Names"}, strings, {})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (800, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Names", "styleName": "Regular"})
    builder.setupOS2(sCapHeight=700)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def test_name_keyed_cff_is_drawn_by_glyph_number(tmp_path: Path) -> None:
    face = Face("Names-Regular", hb.Blob(name_keyed()))
    bar, box, wedge = cells(grid_of(face, "ABC", tmp_path / "a.pdf"), 3)
    assert bar.getbbox()[2] - bar.getbbox()[0] == pytest.approx(100 / 1000 * EM * SCALE, abs=2)
    assert ink(box).size == pytest.approx((700 / 1000 * EM * SCALE,) * 2, abs=2)
    assert ImageStat.Stat(ink(box)).mean[0] > 245
    assert ImageStat.Stat(ink(wedge)).mean[0] == pytest.approx(127, abs=8)


def test_text_comes_back(face: Face, tmp_path: Path) -> None:
    pdf = press(sheet(line(0.0, 50.0, run(face, COPY, 9.0))), tmp_path / "a.pdf", face)
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_textpage().get_text_range().strip() == COPY


def test_glyph_reached_from_two_texts_comes_back(tmp_path: Path) -> None:
    face = song()  # —— and ⸺ are one glyph
    pdf = press(
        sheet(line(0, 50, run(face, "甲——乙", 9.0)), line(0, 90, run(face, "甲⸺乙", 9.0))),
        tmp_path / "a.pdf",
        face,
    )
    with pikepdf.open(pdf) as document:
        content = document.pages[0].Contents.read_bytes()
    assert content.count(b"/ActualText") == 1
    assert b"<FEFF2E3A>" in content


@pytest.mark.parametrize("ratio", [1.0, 0.8])
def test_positions_are_the_sheets(face: Face, ratio: float, tmp_path: Path) -> None:
    shaped = run(face, "新城起新潮AVATo2025年", 10.5, ratio=ratio)
    spread = type(shaped)(
        **{name: getattr(shaped, name) for name in shaped.__struct_fields__}
        | {"xs": tuple(round(x + n * 0.377, 3) for n, x in enumerate(shaped.xs))}
    )
    pdf = press(sheet(line(3.5, 50.0, spread), bleed=8.504), tmp_path / "a.pdf", face)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        for index, x in enumerate(spread.xs):
            left, base = ctypes.c_double(), ctypes.c_double()
            pypdfium2.raw.FPDFText_GetCharOrigin(page, index, left, base)
            assert left.value == pytest.approx(8.504 + 20 + 3.5 + x, abs=0.01)
            assert base.value == pytest.approx(8.504 + 300 - 80, abs=0.01)


def descendants(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    for font in pdf.pages[0].Resources.Font.values():
        yield font, font.DescendantFonts[0]


def test_fonts_are_embedded_cid_subsets(tmp_path: Path) -> None:
    faces = song(), hei()
    lines = [line(0, 40 + 30 * n, run(face, COPY, 9.0)) for n, face in enumerate(faces)]
    with pikepdf.open(press(sheet(*lines), tmp_path / "a.pdf", *faces)) as pdf:
        kinds = []
        for font, cid in descendants(pdf):
            assert (font.Subtype, font.Encoding) == ("/Type0", "/Identity-H")
            descriptor = cid.FontDescriptor
            assert descriptor.FontName == cid.BaseFont
            assert str(cid.BaseFont)[7] == "+"
            program = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
            kinds.append(
                (str(cid.Subtype), str(program.get("/Subtype", "")), "/CIDToGIDMap" in cid)
            )
        assert kinds == [
            ("/CIDFontType0", "/CIDFontType0C", False),
            ("/CIDFontType2", "", True),
        ]
        assert b"Helvetica" not in (tmp_path / "a.pdf").read_bytes()


def test_widths_are_the_programs(tmp_path: Path) -> None:
    face = hei()
    with pikepdf.open(
        press(sheet(line(0, 40, run(face, COPY, 9.0))), tmp_path / "a.pdf", face)
    ) as pdf:
        _, cid = next(descendants(pdf))
        program = TTFont(io.BytesIO(cid.FontDescriptor.FontFile2.read_bytes()))
        places = cid.CIDToGIDMap.read_bytes()
        widths = list(cid.W)
        assert widths
        order = program.getGlyphOrder()
        for first, run_ in zip(widths[::2], widths[1::2], strict=True):
            for code, width in enumerate(run_, int(first)):
                place = int.from_bytes(places[2 * code : 2 * code + 2])
                assert place > 0
                assert program["hmtx"][order[place]][0] == int(width)


def test_descriptor_is_measured(tmp_path: Path) -> None:
    faces = song(), hei()
    lines = [line(0, 40 + 30 * n, run(face, "永A", 9.0)) for n, face in enumerate(faces)]
    with pikepdf.open(press(sheet(*lines), tmp_path / "a.pdf", *faces)) as pdf:
        (_, serif), (_, sans) = descendants(pdf)
        serif, sans = serif.FontDescriptor, sans.FontDescriptor
        assert (serif.Ascent, serif.Descent, serif.CapHeight) == (1151, -286, 729)
        assert (serif.Flags, sans.Flags) == (4 | 2, 4)  # symbolic, serif
        assert serif.StemV < 100 < sans.StemV


def test_subset_says_where_glyphs_stand_and_forgets_the_rest() -> None:
    face = hei()
    glyphs = [face.glyph(character) for character in "算力"]
    cut = subset(face.hb_face, face.axes, glyphs)
    again = subset(face.hb_face, face.axes, reversed(glyphs))
    program = TTFont(io.BytesIO(cut.program))
    assert cut.places == {0: 0, **{glyph: n for n, glyph in enumerate(sorted(glyphs), 1)}}
    assert all(program["glyf"][name].numberOfContours for name in program.getGlyphOrder())
    assert set(program.keys()) == {"GlyphOrder", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}
    assert again.program == cut.program
