"""What programs that did not write the PDF say of it: qpdf, poppler, Ghostscript, MuPDF."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from layout.geometry import Box
from layout.sheet.items import PAPER, Ink, Rule, Tint

from .samples import COPY, hei, line, picture, press, run, sheet, song


def told(*command: str | Path) -> str:
    """What a program prints; skipped where it is not installed."""
    if not shutil.which(str(command[0])):
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(
        command, capture_output=True, check=True, encoding="utf-8", errors="replace"
    )
    return done.stdout + done.stderr


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Copy above, a CMYK photograph and a tint below, at known places."""
    photo = tmp_path / "photo.tif"
    Image.new("CMYK", (300, 300), (204, 51, 0, 26)).save(photo)
    page = sheet(
        line(0, 40, run(song(), COPY, 9.0)),
        line(0, 70, run(hei(), COPY, 9.0, ratio=0.8)),
        picture(photo, Box(0, 100, 100, 100)),
        Tint(Box(150, 100, 100, 100), Ink(0.0, 0.6, 0.2, 0.0)),
    )
    return press(page, tmp_path / "a.pdf", song(), hei())


def test_qpdf_finds_no_fault(pdf: Path) -> None:
    assert "No syntax or stream encoding errors" in told("qpdf", "--check", pdf)


def test_pdf_oxide_finds_it_valid_x4(pdf: Path) -> None:
    pdf_oxide = pytest.importorskip("pdf_oxide", reason="pdf_oxide is not installed")
    verdict = pdf_oxide.PdfDocument(str(pdf)).validate_pdf_x("4")
    assert (verdict["valid"], verdict["errors"]) == (True, [])


def test_poppler_sees_embedded_subsets(pdf: Path) -> None:
    rows = [row.split()[1:-2] for row in told("pdffonts", pdf).splitlines()[2:]]
    assert rows == [
        ["CID", "Type", "0C", "Identity-H", "yes", "yes", "yes"],
        ["CID", "TrueType", "Identity-H", "yes", "yes", "yes"],
    ]


def test_poppler_reads_the_copy(pdf: Path) -> None:
    assert told("pdftotext", pdf, "-").split("\n")[:2] == [COPY, COPY]


def test_poppler_sees_cmyk_pictures(pdf: Path) -> None:
    (row,) = (row.split() for row in told("pdfimages", "-list", pdf).splitlines()[2:])
    assert row[5:9] == ["cmyk", "4", "8", "jpeg"]


def test_mupdf_draws_it(pdf: Path, tmp_path: Path) -> None:
    said = told("mutool", "draw", "-q", "-o", tmp_path / "a.png", pdf)
    assert "error" not in said.replace("ICC", "")


def plates(pdf: Path, folder: Path) -> dict[str, Image.Image]:
    out = folder / "plate.tif"
    told("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r72", f"-sOutputFile={out}", pdf)
    names = {"Cyan", "Magenta", "Yellow", "Black"}
    return {name: Image.open(folder / f"plate({name}).tif").convert("L") for name in names}


def test_plates_have_the_inks(pdf: Path, tmp_path: Path) -> None:
    # Ghostscript writes plates with 255 as no ink.
    inks = {
        name: (255 - plate.getpixel((70, 180)), 255 - plate.getpixel((220, 180)))
        for name, plate in plates(pdf, tmp_path).items()
    }
    assert inks["Cyan"] == pytest.approx((204, 0), abs=3)
    assert inks["Magenta"] == pytest.approx((51, 153), abs=3)
    assert inks["Yellow"] == pytest.approx((0, 51), abs=3)
    assert inks["Black"] == pytest.approx((26, 0), abs=3)


def test_copy_is_on_the_black_plate_alone(pdf: Path, tmp_path: Path) -> None:
    copy = (0, 50, 400, 110)
    darkest = {
        name: plate.crop(copy).getextrema()[0] for name, plate in plates(pdf, tmp_path).items()
    }
    assert darkest.pop("Black") < 100
    assert set(darkest.values()) == {255}


def test_black_overprints_and_white_knocks_out(tmp_path: Path) -> None:
    page = sheet(
        Tint(Box(0, 0, 360, 250), Ink(1.0, 0.0, 0.0, 0.0)),
        Rule(0, 50, 360, 50, 20.0),
        Rule(0, 150, 360, 150, 20.0, PAPER),
    )
    cyan = plates(press(page, tmp_path / "a.pdf"), tmp_path)["Cyan"]
    assert (cyan.getpixel((200, 80)), cyan.getpixel((200, 180))) == (0, 255)
