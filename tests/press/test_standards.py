"""One page written to each standard, read back by others' tools."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from layout.findings import InputError, Mark
from layout.geometry import Box
from layout.press import Wanted, write_pdf
from layout.press.combine import combine
from layout.press.intent import NEWSPRINT
from layout.press.standards import PDFX1A, PDFX3, PDFX4, SCREEN, STANDARDS, Standard
from layout.raster import page_png
from layout.render import Options, render
from layout.sheet.items import Artwork, Ink, Rule, Sheet, Tint

from .samples import COPY, hei, line, picture, run, sheet, song
from .test_artwork import advertisement
from .test_witnesses import told

PRESS = [standard for standard in STANDARDS.values() if standard.press]
SAMPLE = Path(__file__).parents[2] / "issues/changji-daily"
MARK = Mark("publication.yaml", 7, 10)
HEADERS = {"pdfx4": "1.6", "pdfx1a": "1.4", "pdfx3": "1.4", "pdfa2": "1.7", "screen": "1.7"}


def full_page(folder: Path) -> Sheet:
    """Type in two faces, an RGB picture with alpha, a CMYK one, a tint, rules, an advertisement."""
    clear, inks, ad = folder / "clear.png", folder / "inks.tif", folder / "ad.pdf"
    Image.new("RGBA", (420, 420), (200, 40, 30, 128)).save(clear)
    Image.new("CMYK", (420, 420), (204, 51, 0, 26)).save(inks)
    if not ad.exists():  # pikepdf gives every file an identifier of its own
        advertisement(ad, "0 0 0 1 k 10 10 200 100 re f 0 1 1 0 k 10 10 100 50 re f")
    return sheet(
        line(0, 20, run(song(), COPY, 9.0)),
        line(0, 40, run(hei(), COPY, 9.0)),
        Rule(0, 50, 360, 50, 0.5),
        picture(clear, Box(0, 60, 100, 100)),
        picture(inks, Box(110, 60, 100, 100)),
        Tint(Box(220, 60, 100, 100), Ink(0.0, 0.6, 0.2, 0.0)),
        Artwork(str(ad), Box(0, 170, 160, 60), "ad", MARK),
        bleed=8.5,
        label="天地",
    )


def written(folder: Path, standard: Standard) -> Path:
    faces, out = {face.key: face for face in (song(), hei())}, folder / f"{standard.name}.pdf"
    write_pdf(full_page(folder), faces, out, standard=standard)
    return out


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("standards")
    return {name: written(folder, standard) for name, standard in STANDARDS.items()}


@pytest.mark.parametrize("name", STANDARDS)
def test_header_has_the_version(name: str, pages: dict[str, Path]) -> None:
    assert pages[name].read_bytes().startswith(f"%PDF-{HEADERS[name]}\n%".encode())


@pytest.mark.parametrize("name", STANDARDS)
def test_same_sheet_same_bytes(name: str, pages: dict[str, Path], tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    faces = {face.key: face for face in (song(), hei())}
    page = full_page(pages[name].parent)
    write_pdf(page, faces, again, standard=STANDARDS[name])
    assert again.read_bytes() == pages[name].read_bytes()


def test_each_says_what_it_is(pages: dict[str, Path]) -> None:
    said = {}
    for name, page in pages.items():
        with pikepdf.open(page) as pdf, pdf.open_metadata() as xmp:
            info = pdf.docinfo.get("/GTS_PDFXVersion")
            keys = ("pdfxid:GTS_PDFXVersion", "pdfx:GTS_PDFXVersion", "pdfaid:part")
            in_xmp = [xmp.get(f"{{{_SCHEMAS[k.split(':')[0]]}}}{k.split(':')[1]}") for k in keys]
            intents = [str(intent.S) for intent in pdf.Root.get("/OutputIntents", [])]
            said[name] = (info and str(info), *in_xmp, intents)
    assert said == {
        "pdfx4": ("PDF/X-4", "PDF/X-4", None, None, ["/GTS_PDFX"]),
        "pdfx1a": ("PDF/X-1a:2003", None, "PDF/X-1a:2003", None, ["/GTS_PDFX"]),
        "pdfx3": ("PDF/X-3:2003", None, "PDF/X-3:2003", None, ["/GTS_PDFX"]),
        "pdfa2": (None, None, None, "2", ["/GTS_PDFA1"]),
        "screen": (None, None, None, None, []),
    }


_SCHEMAS = {
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}


def test_the_archive_packet_has_no_foreign_schema(pages: dict[str, Path]) -> None:
    packets = {}
    for name, page in pages.items():
        with pikepdf.open(page) as pdf:
            packets[name] = b"prismstandard" in pdf.Root.Metadata.read_bytes()
    assert packets == dict.fromkeys(STANDARDS, True) | {"pdfa2": False}


@pytest.mark.parametrize("standard", PRESS, ids=lambda s: s.name)
def test_pictures_with_alpha_lie_on_paper(standard: Standard, pages: dict[str, Path]) -> None:
    with pikepdf.open(pages[standard.name]) as pdf:
        images = [x for x in pdf.pages[0].Resources.XObject.values() if x.Subtype == "/Image"]
        assert {str(image.ColorSpace) for image in images} == {"/DeviceCMYK"}
        assert not any("/SMask" in image or "/Mask" in image for image in images)


def test_the_screen_page_is_rgb_alone(pages: dict[str, Path]) -> None:
    with pikepdf.open(pages["screen"]) as pdf:
        page = pdf.pages[0]
        assert page.cropbox == page.trimbox
        used = {str(i.operator) for i in pikepdf.parse_content_stream(page)}
        for thing in page.Resources.XObject.values():
            if thing.Subtype == "/Image":
                assert (thing.ColorSpace, thing.Filter) == ("/DeviceRGB", "/DCTDecode")
            else:
                used |= {str(i.operator) for i in pikepdf.parse_content_stream(thing)}
        assert "rg" in used
        assert not used & {"k", "K", "g", "G"}


def test_the_screen_page_looks_like_the_press_page(pages: dict[str, Path], tmp_path: Path) -> None:
    """As `--png` shows the press page, to a few levels of JPEG."""
    seen = []
    for name in ("pdfx4", "screen"):
        page_png(pages[name], tmp_path / f"{name}.png", 72)
        seen.append(Image.open(tmp_path / f"{name}.png").convert("RGB"))
    for at in ((70, 130), (180, 130), (290, 130), (60, 250), (390, 290)):
        assert seen[0].getpixel(at) == pytest.approx(seen[1].getpixel(at), abs=6)


def test_the_screen_page_is_tagged_and_named(pages: dict[str, Path]) -> None:
    with pikepdf.open(pages["screen"]) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "zh-CN"
        assert [i.title for i in pdf.open_outline().root] == ["天地"]
    structure = told("pdfinfo", "-struct-text", pages["screen"])
    assert COPY[:8] in structure


def test_black_alone_is_black_on_the_screen(tmp_path: Path) -> None:
    grey = tmp_path / "grey.png"
    Image.new("L", (420, 420), 0).save(grey)
    page = sheet(
        Tint(Box(0, 0, 100, 100), Ink(0.0, 0.0, 0.0, 1.0)),
        Tint(Box(100, 0, 100, 100), Ink(0.0, 0.0, 0.0, 0.1)),
        picture(grey, Box(200, 0, 100, 100)),
    )
    write_pdf(page, {}, tmp_path / "a.pdf", standard=SCREEN)
    page_png(tmp_path / "a.pdf", tmp_path / "a.png", 72)
    seen = Image.open(tmp_path / "a.png").convert("RGB")
    tint = seen.getpixel((170, 80))
    assert (seen.getpixel((70, 80)), seen.getpixel((270, 80))) == ((0, 0, 0), (0, 0, 0))
    assert tint[0] == tint[1] == tint[2]
    assert 200 < tint[0] < 240


@pytest.mark.parametrize("name", STANDARDS)
def test_an_issue_in_one_file_keeps_the_standard(
    name: str, pages: dict[str, Path], tmp_path: Path
) -> None:
    out, page = tmp_path / "issue.pdf", full_page(tmp_path)
    combine([pages[name], pages[name]], [page, page], out, STANDARDS[name])
    with pikepdf.open(out) as pdf, pikepdf.open(pages[name]) as single:
        assert pdf.pdf_version == HEADERS[name]
        assert pdf.docinfo.get("/GTS_PDFXVersion") == single.docinfo.get("/GTS_PDFXVersion")
        assert len(pdf.pages) == 2


# --- advertisements ---------------------------------------------------------------------------

UNFIT = {
    "soft-mask": ("transparency", "/G gs 0 0 0 1 k 0 0 9 9 re f",
                  "<</ExtGState <</G <</SMask <</S /Alpha>>>>>>>>"),
    "half-ink": ("transparency", "/G gs 0 0 0 1 k 0 0 9 9 re f",
                 "<</ExtGState <</G <</ca 0.5>>>>>>"),
    "multiply": ("transparency", "/G gs 0 0 0 1 k 0 0 9 9 re f",
                 "<</ExtGState <</G <</BM /Multiply>>>>>>"),
    "lab": ("colours with ICC profiles", "/L cs 50 0 0 sc 0 0 9 9 re f",
            "<</ColorSpace <</L [/Lab <</WhitePoint [0.96 1 0.82]>>]>>>>"),
}  # fmt: skip


PICTURES = {
    "jpeg-2000": ("JPEG 2000", {"Filter": pikepdf.Name.JPXDecode}),
    "jbig2": ("JBIG2", {"Filter": pikepdf.Name.JBIG2Decode}),
    "sixteen-bits": ("a picture of 16 bits", {"BitsPerComponent": 16}),
    "layers": ("layers", {"Layer": pikepdf.Dictionary(Type=pikepdf.Name.OCG)}),
}


def add_picture(ad: Path, **entries: object) -> None:
    """A picture of an advertisement, with entries of its own; no one decodes it here."""
    with pikepdf.open(ad, allow_overwriting_input=True) as pdf:
        image = pdf.make_stream(b"\0" * 8, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        for key, value in entries.items():
            image[f"/{key}"] = value
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image))
        pdf.save(ad, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


@pytest.mark.parametrize("name", [*UNFIT, *PICTURES])
def test_x1a_refuses_an_advertisement(name: str, tmp_path: Path) -> None:
    said, operators, resources = UNFIT.get(name, ("", "0 0 0 1 k 0 0 9 9 re f", "<<>>"))
    ad = advertisement(tmp_path / "ad.pdf", operators, resources=resources)
    if name in PICTURES:
        said, entries = PICTURES[name]
        add_picture(ad, **entries)
    page = sheet(Artwork(str(ad), Box(0, 0, 100, 50), "ad", MARK))
    with pytest.raises(InputError) as raised:
        write_pdf(page, {}, tmp_path / "page.pdf", standard=PDFX1A)
    (finding,) = raised.value.findings
    assert finding.message == f"{ad}: has {said}, which PDF/X-1a:2003 does not take"
    assert (finding.hint, finding.mark) == ("export it as PDF/X-1a:2003", MARK)
    assert not (tmp_path / "page.pdf").exists()
    write_pdf(page, {}, tmp_path / "page.pdf", standard=PDFX4)


def test_x3_takes_managed_colour(tmp_path: Path) -> None:
    _, operators, resources = UNFIT["lab"]
    ad = advertisement(tmp_path / "ad.pdf", operators, resources=resources)
    page = sheet(Artwork(str(ad), Box(0, 0, 100, 50), "ad", MARK))
    write_pdf(page, {}, tmp_path / "page.pdf", standard=PDFX3)


NEVER = {
    "alternates": (
        "a picture that stands for another (OPI)",
        "<</XObject <</G <</Alternates []>>>>>>",
    ),
    "lzw": ("LZW compression", "<<>>"),
    "transfer": ("transfer curves", "<</ExtGState <</G <</TR /Identity>>>>>>"),
    "opi": ("a picture that stands for another (OPI)", "<</XObject <</G <</OPI <<>>>>>>>>"),
}


@pytest.mark.parametrize("name", NEVER)
def test_no_standard_takes(name: str, tmp_path: Path) -> None:
    said, resources = NEVER[name]
    ad = advertisement(tmp_path / "ad.pdf", "0 0 0 1 k 0 0 9 9 re f", resources=resources)
    if name == "lzw":
        add_picture(ad, Filter=pikepdf.Name.LZWDecode)
    page = sheet(Artwork(str(ad), Box(0, 0, 100, 50), "ad", MARK))
    for standard in STANDARDS.values():
        with pytest.raises(InputError, match="has ") as raised:
            write_pdf(page, {}, tmp_path / "page.pdf", standard=standard)
        assert f"has {said}" in str(raised.value)


def test_groups_of_opaque_advertisements_are_dropped_for_x1a(tmp_path: Path) -> None:
    ad = advertisement(tmp_path / "ad.pdf", "0 0 0 1 k 0 0 9 9 re f")
    with pikepdf.open(ad, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Group = pikepdf.Dictionary(
            S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceCMYK
        )
        pdf.save(ad)
    page = sheet(Artwork(str(ad), Box(0, 0, 100, 50), "ad", MARK))
    groups = {}
    for standard in (PDFX1A, PDFX4):
        write_pdf(page, {}, tmp_path / "page.pdf", standard=standard)
        with pikepdf.open(tmp_path / "page.pdf") as pdf:
            (form,) = pdf.pages[0].Resources.XObject.values()
            groups[standard.name] = "/Group" in form
    assert groups == {"pdfx1a": False, "pdfx4": True}


# --- the press condition ----------------------------------------------------------------------


def edited(at: int, data: bytes) -> bytes:
    made = bytearray(NEWSPRINT.read_bytes())
    made[at : at + len(data)] = data
    return bytes(made)


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PROFILES = {
    "text": (b"no profile", PDFX4, "is no ICC profile"),
    "screen": (SRGB, PDFX4, "is a screen profile, not a printer's"),
    "scanner": (edited(12, b"scnr"), PDFX4, "is a scanner profile, not a printer's"),
    "rgb-printer": (edited(16, b"RGB "), PDFX4, "is for RGB, not CMYK"),
    "cut-off": (NEWSPRINT.read_bytes()[:2000], PDFX4, "is cut off: 2000 of 144816 bytes"),
    "newer": (edited(8, b"\x05"), PDFX4, "is ICC version 5; PDF/X-4 stops at 4"),
    "new-for-1.4": (edited(8, b"\x04"), PDFX1A, "is ICC version 4; PDF/X-1a:2003 stops at 2"),
    "no-tables": (edited(128, struct.pack(">I", 1)), PDFX4, "has no tables to convert colours by"),
}


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_is_refused_with_its_reason(name: str, tmp_path: Path) -> None:
    data, standard, said = PROFILES[name]
    file = tmp_path / "own.icc"
    file.write_bytes(data)
    with pytest.raises(InputError) as raised:
        write_pdf(sheet(), {}, tmp_path / "page.pdf", Wanted(file, mark=MARK), standard=standard)
    (finding,) = raised.value.findings
    assert finding.message.startswith(f"the printing profile own.icc {said}")
    assert finding.hint
    assert finding.mark == MARK
    assert not (tmp_path / "page.pdf").exists()


def test_a_condition_names_the_profile(tmp_path: Path) -> None:
    own = tmp_path / "own.icc"
    own.write_bytes(NEWSPRINT.read_bytes())
    write_pdf(sheet(), {}, tmp_path / "page.pdf", Wanted(own, "FOGRA42"))
    with pikepdf.open(tmp_path / "page.pdf") as document:
        (intent,) = document.Root.OutputIntents
        assert intent.OutputConditionIdentifier == "FOGRA42"
        assert intent.RegistryName == "http://www.color.org"
        assert intent.DestOutputProfile.read_bytes() == own.read_bytes()


# --- witnesses --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STANDARDS)
def test_qpdf_finds_no_fault(name: str, pages: dict[str, Path]) -> None:
    assert "No syntax or stream encoding errors" in told("qpdf", "--check", pages[name])


@pytest.mark.parametrize("name", STANDARDS)
def test_poppler_reads_and_sees_fonts_embedded(name: str, pages: dict[str, Path]) -> None:
    assert told("pdftotext", pages[name], "-").split("\n")[:2] == [COPY, COPY]
    rows = told("pdffonts", pages[name]).splitlines()[2:]
    assert [row.split()[-5:-2] for row in rows] == [["yes", "yes", "yes"]] * 2


@pytest.mark.parametrize("name", STANDARDS)
def test_mupdf_draws_without_a_word(name: str, pages: dict[str, Path], tmp_path: Path) -> None:
    said = told("mutool", "draw", "-q", "-o", tmp_path / "a.png", pages[name])
    assert "error" not in said.replace("ICC", "")


@pytest.mark.parametrize("name", STANDARDS)
def test_ghostscript_finds_the_inks(name: str, pages: dict[str, Path]) -> None:
    """No warning, and all four inks are on the plate; the black alone carries the copy."""
    said = told("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=inkcov", "-o", "-", pages[name])
    cyan, magenta, yellow, black = (float(v) for v in said.split("CMYK")[0].split())
    assert "rror" not in said
    if STANDARDS[name].press:
        assert min(cyan, magenta, yellow, black) > 0.05


WITNESSED = [("pdfx4", "4"), ("pdfx1a", "1a_2001"), ("pdfx3", "3_2002")]


@pytest.mark.parametrize(("name", "level"), WITNESSED)
def test_pdf_oxide_finds_pdf_x(name: str, level: str, pages: dict[str, Path]) -> None:
    pdf_oxide = pytest.importorskip("pdf_oxide", reason="pdf_oxide is not installed")
    verdict = pdf_oxide.PdfDocument(str(pages[name])).validate_pdf_x(level)
    # It knows the editions of 2001 and 2002 alone; their second key is not those of 2003.
    older = [said for said in verdict["errors"] if "GTS_PDFXConformance" not in said]
    assert older == []
    assert verdict["valid"] or name != "pdfx4"


def test_pdf_oxide_finds_pdf_a(pages: dict[str, Path]) -> None:
    pdf_oxide = pytest.importorskip("pdf_oxide", reason="pdf_oxide is not installed")
    verdict = pdf_oxide.PdfDocument(str(pages["pdfa2"])).validate_pdf_a("2b")
    assert (verdict["valid"], verdict["errors"]) == (True, [])


# --- the command ------------------------------------------------------------------------------


def test_publication_and_option_choose_the_standard(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    shutil.copytree(SAMPLE, paper)
    own = paper / "publication.yaml"
    own.write_text(own.read_text("utf-8") + "standard: pdfx1a\n", "utf-8")
    versions = {}
    for option in (None, "pdfa2"):
        options = Options(output=tmp_path / str(option), standard=option, combined=True)
        made = render(paper / "2025-02-25/issue.yaml", options)
        for file in made.files:
            if file.suffix == ".pdf":
                with pikepdf.open(file) as pdf:
                    versions[option, file.name] = pdf.pdf_version
    assert versions == {
        (None, "CJRB20250225.pdf"): "1.4", (None, "CJRB2025022501.pdf"): "1.4",
        ("pdfa2", "CJRB20250225.pdf"): "1.7", ("pdfa2", "CJRB2025022501.pdf"): "1.7",
    }  # fmt: skip
