"""Spot inks on the plate: what the file says, which plates Ghostscript makes, how they are seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from layout.geometry import Box
from layout.preflight.standards import conformance
from layout.press import write_pdf
from layout.press.combine import combine
from layout.press.standards import PDFX4, SCREEN, STANDARDS, Standard
from layout.raster import page_png
from layout.sheet.items import ALL, PAPER, Artwork, Ink, Outline, Rule, Sheet, Tint, spots

from .samples import hei, line, run, sheet, song
from .test_artwork import MARK, advertisement
from .test_raster import through_profile
from .test_witnesses import told

RED = Ink(0.0, 1.0, 0.8, 0.05, "PANTONE 186 C")
GOLD = Ink(0.2, 0.25, 0.6, 0.25, "金/Gold 871")
SQUARE = (("M", 0.0, 0.0), ("L", 20.0, 0.0), ("L", 20.0, 20.0), ("L", 0.0, 20.0), ("Z",))
PRESS = [standard for standard in STANDARDS.values() if standard.press]
FACES = {face.key: face for face in (song(), hei())}


def page_of(*more: Artwork) -> Sheet:
    """A red square and line of type, black type on a tint of gold, a red rule, marks on all plates;
    in pt from the trim's corner: the square 20–40 × 30–50, the tint 120–220 × 30–130.
    """
    return replace(
        sheet(
            Outline("square", SQUARE, RED),
            line(0.0, 60.0, run(song(), "套红", 20.0, ink=RED)),
            Tint(Box(100.0, 0.0, 100.0, 100.0), replace(GOLD, tint=0.25)),
            line(110.0, 60.0, run(hei(), "黑字", 12.0)),
            Rule(0.0, 90.0, 80.0, 90.0, 2.0, replace(RED, tint=0.5)),
            Tint(Box(0.0, 100.0, 20.0, 20.0), RED),
            line(2.0, 115.0, run(hei(), "白", 12.0, ink=PAPER)),
            Rule(-25.0, -25.0, -25.0, -5.0, 1.0, Ink(1.0, 1.0, 1.0, 1.0, ALL)),
            *more,
            bleed=8.5,
        ),
        spots=(RED, GOLD),
    )


def written(folder: Path, standard: Standard = PDFX4, *more: Artwork) -> Path:
    out = folder / f"{standard.name}.pdf"
    write_pdf(page_of(*more), FACES, out, standard=standard)
    return out


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("spots"))


def spaces(page: Any) -> dict[str, Any]:
    return {str(space[1]): space for space in page.Resources.ColorSpace.values()}


def operators(pdf: Path) -> list[str]:
    with pikepdf.open(pdf) as document:
        return document.pages[0].Contents.read_bytes().decode("ascii").splitlines()


def test_each_spot_is_one_separation_with_its_parts(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        found = spaces(document.pages[0].obj)
        assert list(found) == ["/PANTONE 186 C", "/金/Gold 871", "/All"]
        for ink in (RED, GOLD, Ink(1.0, 1.0, 1.0, 1.0, ALL)):
            kind, _, alternate, share = found[f"/{ink.spot}"]
            assert (kind, alternate) == (Name.Separation, Name.DeviceCMYK)
            assert found[f"/{ink.spot}"].is_indirect
            assert (share.FunctionType, share.N) == (2, 1)
            assert [float(v) for v in share.Domain] == [0.0, 1.0]
            assert [float(v) for v in share.C0] == [0.0] * 4
            assert tuple(float(v) for v in share.C1) == ink.parts


def test_spots_and_white_knock_out_and_black_overprints(pdf: Path) -> None:
    state, fills = "", {}
    for operator in operators(pdf):
        if operator in ("/KO gs", "/OP gs"):
            state = operator
        if operator.endswith((" k", " scn", " SCN")):
            fills[operator] = state
    assert fills == {
        "/S1 cs 1 scn": "/KO gs", "/S2 cs 0.25 scn": "/KO gs", "0 0 0 1 k": "/OP gs",
        "/S1 CS 0.5 SCN": "/KO gs", "0 0 0 0 k": "/KO gs", "/S3 CS 1 SCN": "/KO gs",
    }  # fmt: skip


def plates(pdf: Path, folder: Path) -> dict[str, Image.Image]:
    """Ghostscript's plates at 72 ppi, white where nothing prints, and a name of each."""
    told("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72",
         "-dOverprint=/enable", "-o", str(folder / "%d.tif"), str(pdf))  # fmt: skip
    made = {}
    for file in sorted(folder.glob("1(*).tif")):
        with Image.open(file) as opened:
            made[file.name[2:-5]] = opened.convert("L")
    return made


def test_the_spot_plate_has_it_and_the_process_plates_have_nothing(
    pdf: Path, tmp_path: Path
) -> None:
    made = plates(pdf, tmp_path)
    assert set(made) == {
        "Cyan", "Magenta", "Yellow", "Black", "PANTONE 186 C", "%E9%87%91%2FGold 871",
    }  # fmt: skip
    with pikepdf.open(pdf) as document:
        left, _, _, top = (float(v) for v in document.pages[0].TrimBox)
        high = float(document.pages[0].MediaBox[3])
    down = high - top

    def at(name: str, x: float, y: float) -> int:
        value = made[name].getpixel((round(left + x), round(down + y)))
        assert isinstance(value, int)
        return value

    red, gold = "PANTONE 186 C", "%E9%87%91%2FGold 871"
    assert (at(red, 30, 40), at(gold, 30, 40)) == (0, 255)
    assert at(gold, 200, 60) == pytest.approx(255 * 0.75, abs=1)
    assert at(red, 60, 120) == pytest.approx(255 * 0.5, abs=1)
    inner = (round(left), round(down), round(left + 400), round(down + 300))
    for process in ("Cyan", "Magenta", "Yellow"):
        assert made[process].crop(inner).getextrema() == (255, 255), process
    word = (left + 130, down + 78, left + 154, down + 92)  # 黑字, over the gold
    assert made["Black"].crop(tuple(map(round, word))).getextrema()[0] < 60  # type: ignore[arg-type]
    gold_there = made[gold].crop(tuple(map(round, word))).getextrema()  # type: ignore[arg-type]
    assert gold_there == (at(gold, 200, 60),) * 2, "black overprints: no hole in the gold"
    white = (left + 22, down + 134, left + 36, down + 148)
    assert made[red].crop(tuple(map(round, white))).getextrema() == (0, 255)  # type: ignore[arg-type]
    for name, plate in made.items():
        assert plate.crop((0, 0, 8, plate.height)).getextrema()[0] < 200, f"no mark on {name}"


@pytest.mark.parametrize("standard", PRESS, ids=lambda s: s.name)
def test_every_standard_takes_it(standard: Standard, tmp_path: Path) -> None:
    out = written(tmp_path, standard)
    assert conformance(out, standard) == []
    assert "No syntax or stream encoding errors" in told("qpdf", "--check", out)


def test_pdf_oxide_finds_it_valid_x4(pdf: Path) -> None:
    pdf_oxide = pytest.importorskip("pdf_oxide", reason="pdf_oxide is not installed")
    verdict = pdf_oxide.PdfDocument(str(pdf)).validate_pdf_x("4")
    assert (verdict["valid"], verdict["errors"]) == (True, [])


def test_same_sheet_same_bytes_and_other_parts_another_file(pdf: Path, tmp_path: Path) -> None:
    assert written(tmp_path).read_bytes() == pdf.read_bytes()
    told = []
    for ink in (RED, replace(RED, yellow=0.9)):
        write_pdf(sheet(Tint(Box(0.0, 0.0, 9.0, 9.0), ink)), {}, tmp_path / "one.pdf")
        with pikepdf.open(tmp_path / "one.pdf") as one:
            told.append((one.pages[0].Contents.read_bytes(), bytes(one.trailer.ID[0])))
    assert told[0][0] == told[1][0]
    assert told[0][1] != told[1][1]


@pytest.mark.parametrize("standard", [PDFX4, STANDARDS["pdfx1a"]], ids=lambda s: s.name)
def test_a_combined_file_has_one_meaning_of_an_ink(standard: Standard, tmp_path: Path) -> None:
    out, whole = written(tmp_path, standard), tmp_path / "whole.pdf"
    combine([out, out], [page_of()] * 2, whole, standard)
    with pikepdf.open(whole) as document:
        said = {
            space.unparse(resolved=True)
            for page in document.pages
            for space in spaces(page.obj).values()
        }
        assert len(document.pages) == 2
        assert len(said) == 3
    assert conformance(whole, standard) == []


def test_one_name_of_two_colours_is_refused() -> None:
    page = sheet(Tint(Box(0, 0, 9, 9), RED), Tint(Box(9, 0, 9, 9), replace(RED, yellow=0.9)))
    with pytest.raises(ValueError, match="PANTONE 186 C means two colours"):
        spots(page.groups)


# --- on the screen ----------------------------------------------------------------------------


def seen(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = picture.getpixel((round(2 * x), round(2 * y)))
    assert isinstance(found, tuple)
    return found[:3]


def percent(ink: Ink, tint: float) -> tuple[int, int, int, int]:
    cyan, magenta, yellow, black = (round(255 * part * tint) for part in ink.parts)
    return cyan, magenta, yellow, black


def drawn(file: Path, out: Path) -> Image.Image:
    if file.name.startswith("screen"):
        with pypdfium2.PdfDocument(file) as pdf:
            return pdf[0].render(scale=2).to_pil().convert("RGB")
    page_png(file, out, 144)
    with Image.open(out) as opened:
        return opened.convert("RGB")


@pytest.mark.parametrize("standard", [PDFX4, SCREEN], ids=lambda s: s.name)
def test_a_spot_is_seen_through_its_parts_and_the_profile(
    standard: Standard, tmp_path: Path
) -> None:
    picture = drawn(written(tmp_path, standard), tmp_path / "a.png")
    relative = ImageCms.Intent.RELATIVE_COLORIMETRIC
    for ink, tint, x, y in ((RED, 1.0, 30, 40), (GOLD, 0.25, 200, 60), (RED, 0.5, 60, 120)):
        wanted = through_profile(percent(ink, tint), relative)
        assert seen(picture, x, y) == pytest.approx(wanted, abs=2)


# --- advertisements ---------------------------------------------------------------------------


def brought(file: Path, parts: tuple[float, ...] = RED.parts, name: str = RED.spot) -> Path:
    """An advertisement 200 × 100 pt in a spot: fill, pictures, shading, pattern."""
    advertisement(file, "")
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        share = Dictionary(
            FunctionType=2, Domain=[0, 1], Range=[0, 1] * 4, C0=[0] * 4, C1=list(parts), N=1
        )
        space = pdf.make_indirect(
            Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, share])
        )
        ramp = Array([Name.Indexed, space, 1, String(b"\x80\xff")])
        pictures = {
            f"/{key}": pdf.make_stream(
                data, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
                BitsPerComponent=8, ColorSpace=held,
            )
            for key, data, held in (("P", b"\x80", space), ("X", b"\x00", ramp))
        }  # fmt: skip
        axis = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.5], C1=[0.5], N=1)
        shading = Dictionary(ShadingType=2, ColorSpace=space, Coords=[0, 0, 1, 0], Function=axis,
                             Extend=[True, True])  # fmt: skip
        pdf.pages[0].Resources = Dictionary(
            ColorSpace=Dictionary(C=space), XObject=Dictionary(pictures),
            Shading=Dictionary(G=shading),
            Pattern=Dictionary(Q=Dictionary(PatternType=2, Shading=shading)),
        )  # fmt: skip
        pdf.pages[0].Contents = pdf.make_stream(
            b"/C cs 1 scn 10 10 50 100 re f q 50 0 0 100 60 10 cm /P Do Q"
            b" q 50 0 0 100 110 10 cm /X Do Q q 160 60 50 50 re W n /G sh Q"
            b" /Pattern cs /Q scn 160 10 50 50 re f"
        )
        pdf.save(file)
    return file


def placed(file: Path) -> Artwork:
    """On the page at 120–320 × 180–280."""
    return Artwork(str(file), Box(100.0, 150.0, 200.0, 100.0), "ad", MARK)


@pytest.mark.parametrize("standard", [PDFX4, SCREEN], ids=lambda s: s.name)
def test_fills_pictures_and_shadings_of_an_advertisement_are_seen_alike(
    standard: Standard, tmp_path: Path
) -> None:
    ad = placed(brought(tmp_path / "ad.pdf"))
    picture = drawn(written(tmp_path, standard, ad), tmp_path / "a.png")
    relative = ImageCms.Intent.RELATIVE_COLORIMETRIC
    full, half = (through_profile(percent(RED, tint), relative) for tint in (1.0, 0.5))
    assert seen(picture, 140, 230) == pytest.approx(full, abs=2)
    for x, y in ((195, 230), (245, 230), (295, 210), (295, 260)):
        assert seen(picture, x, y) == pytest.approx(half, abs=2), x


@pytest.mark.parametrize("standard", PRESS, ids=lambda s: s.name)
def test_an_ordered_ink_is_shown_as_the_paper_shows_it(standard: Standard, tmp_path: Path) -> None:
    ad = placed(brought(tmp_path / "ad.pdf", (0.1, 0.9, 0.9, 0.0)))
    out = written(tmp_path, standard, ad)
    assert conformance(out, standard) == []
    with pikepdf.open(out) as document:
        (form,) = document.pages[0].Resources.XObject.values()
        own = spaces(document.pages[0].obj)["/PANTONE 186 C"].unparse(resolved=True)
        held = (form.Resources.ColorSpace.C, form.Resources.Shading.G.ColorSpace)
        assert {space.unparse(resolved=True) for space in held} == {own}


def test_an_ink_nobody_ordered_is_placed_as_it_came(tmp_path: Path) -> None:
    ad = placed(brought(tmp_path / "ad.pdf", (0.0, 0.3, 0.9, 0.1), "Copper"))
    with pikepdf.open(written(tmp_path, PDFX4, ad)) as document:
        (form,) = document.pages[0].Resources.XObject.values()
        kind, name, _, share = form.Resources.ColorSpace.C
        assert (kind, name) == (Name.Separation, Name("/Copper"))
        assert [float(v) for v in share.C1] == [0.0, 0.3, 0.9, 0.1]


def test_ghostscript_puts_page_and_advertisement_on_one_plate(tmp_path: Path) -> None:
    ad = placed(brought(tmp_path / "ad.pdf", (0.1, 0.9, 0.9, 0.0)))
    out = written(tmp_path, PDFX4, ad)
    (tmp_path / "plates").mkdir()
    made = plates(out, tmp_path / "plates")
    red = made.pop("PANTONE 186 C")
    assert set(made) == {"Cyan", "Magenta", "Yellow", "Black", "%E9%87%91%2FGold 871"}
    assert red.getpixel((30, 40)) == 0
    low = red.height - 28 - 8 - 20
    assert red.getpixel((150, low - 30)) == 0
