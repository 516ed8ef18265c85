"""PDF advertisements: placed as vectors, or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from layout.findings import InputError, Mark
from layout.geometry import Box, Point, Size
from layout.press import write_pdf
from layout.sheet.items import Artwork, Grid, Group, Sheet

MARK = Mark("issue.yaml", 9, 5)
PLACE = Box(50.0, 60.0, 200.0, 100.0)


def advertisement(path: Path, operators: str, *, rotate: int = 0, resources: str = "<<>>") -> Path:
    """A one-page PDF of 200 × 100 pt made of plain operators."""
    pdf = pikepdf.new()
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, 220, 120],
        TrimBox=[10, 10, 210, 110],
        Rotate=rotate,
        Resources=pikepdf.Object.parse(resources.encode()),
        Contents=pikepdf.Stream(pdf, operators.encode()),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(path)
    return path


def sheet(ad: Path, box: Box = PLACE) -> Sheet:
    grid = Grid(6, 100.0, 10.0, 12.0, 50, 9.0, Point(20.0, 20.0))
    group = Group("ad", "ad", Box(0, 0, 400, 300), (Artwork(str(ad), box, "ad", MARK),))
    meta = {"title": "t", "publication": "p", "date": "2025-02-25", "number": "1", "page": "1"}
    return Sheet(
        page=1, trim=Size(400.0, 300.0), bleed=0.0, grid=grid, groups=(group,),
        meta={**meta, "code": "X", "language": "zh-CN", "publisher": ""},
    )  # fmt: skip


def pressed(tmp_path: Path, ad: Path, box: Box = PLACE) -> Path:
    out = tmp_path / "page.pdf"
    write_pdf(sheet(ad, box), {}, out)
    return out


def test_a_form_fills_its_box_and_stays_vector(tmp_path: Path) -> None:
    ad = advertisement(
        tmp_path / "ad.pdf", "0 0 0 1 k 10 10 200 100 re f 0 1 1 0 k 10 10 100 50 re f"
    )
    out = pressed(tmp_path, ad)
    with pikepdf.open(out) as pdf:
        (form,) = pdf.pages[0].resources.XObject.values()
        assert form.Subtype == "/Form"
        assert b"0 1 1 0 k" in form.read_bytes()
        assert pdf.check_pdf_syntax() == []
    with pypdfium2.PdfDocument(out) as pdf:
        picture = pdf[0].render(scale=1).to_pil().convert("RGB")
    inside, outside = picture.getpixel((240, 70)), picture.getpixel((260, 70))
    assert max(inside) < 80
    assert min(outside) > 250
    red = picture.getpixel((60, 150))
    assert red[0] > 180
    assert red[1] < 90


def test_a_turned_page_stands_upright(tmp_path: Path) -> None:
    ad = advertisement(tmp_path / "ad.pdf", "0 0 0 1 k 10 10 20 100 re f", rotate=90)
    out = pressed(tmp_path, ad, Box(50.0, 60.0, 100.0, 200.0))
    with pypdfium2.PdfDocument(out) as pdf:
        picture = pdf[0].render(scale=1).to_pil().convert("L")
    # the black left edge of the unrotated page is the upper edge of the rotated one
    assert picture.getpixel((100, 65)) < 80
    assert picture.getpixel((100, 200)) > 250


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    ad = advertisement(tmp_path / "ad.pdf", "0 0 0 1 k 10 10 200 100 re f")
    first = pressed(tmp_path, ad).read_bytes()
    assert pressed(tmp_path, ad).read_bytes() == first


FONT = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
ICC_RGB = "<</ColorSpace<</C1[/CalRGB<</WhitePoint[1 1 1]>>]>>>>"


@pytest.mark.parametrize(
    ("operators", "resources", "said"),
    [
        ("1 0 0 rg 10 10 50 50 re f", "<<>>", "has RGB in it – export it as CMYK"),
        ("/DeviceRGB cs 1 0 0 sc 10 10 50 50 re f", "<<>>", "has RGB in it – export it as CMYK"),
        ("/C1 cs 1 0 0 sc 10 10 50 50 re f", ICC_RGB, "has RGB in it – export it as CMYK"),
        ("BT /F1 12 Tf (x) Tj ET", FONT, "Helvetica is not embedded – export it with all fonts"),
    ],
    ids=["rgb-operator", "rgb-space", "rgb-resource", "font-not-embedded"],
)
def test_refused(tmp_path: Path, operators: str, resources: str, said: str) -> None:
    ad = advertisement(tmp_path / "ad.pdf", operators, resources=resources)
    with pytest.raises(InputError) as caught:
        pressed(tmp_path, ad)
    (finding,) = caught.value.findings
    assert str(finding).startswith(f"issue.yaml:9:5: {ad}: {said}")
    assert not (tmp_path / "page.pdf").exists()


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    plain = advertisement(tmp_path / "plain.pdf", "10 10 50 50 re f")
    with pikepdf.open(plain) as pdf:
        pdf.save(tmp_path / "ad.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(InputError, match="is encrypted"):
        pressed(tmp_path, tmp_path / "ad.pdf")


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ad.pdf").write_bytes(b"%PDF-1.4\nnothing")
    with pytest.raises(InputError, match="cannot be read as a PDF"):
        pressed(tmp_path, tmp_path / "ad.pdf")


def test_a_file_of_another_program(tmp_path: Path) -> None:
    ad = tmp_path / "ad.pdf"
    canvas = Canvas(str(ad), pagesize=(200, 100))
    canvas.setFillColorCMYK(0, 0, 0, 1)
    canvas.circle(100, 50, 40, stroke=0, fill=1)
    canvas.save()
    # ReportLab names an unembedded Helvetica in every file, drawn or not
    with pytest.raises(InputError, match="Helvetica is not embedded"):
        pressed(tmp_path, ad)
