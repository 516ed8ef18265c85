"""Vertical lines in the PDF: operators, what stands where, and what readers make of them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from layout.compose.headline import Look
from layout.compose.vertical import vertical_line
from layout.fonts import FontSet
from layout.geometry import Box
from layout.press import write_pdf
from layout.raster import page_png
from layout.sheet.items import GlyphRun, Group, VerticalLine

from .samples import sheet
from .test_content import drawn

SIZE = 30.0
LINES = ("“满格”春耕：", "46——家Word", "货足，价稳")
WHOLE = "“满格”春耕：46——家Word货足，价稳"


def line(run: GlyphRun, text: str) -> VerticalLine:
    return VerticalLine(50.0, 20.0, 20.0, 20.0, text, (run,))


def test_each_glyph_stands_at_its_own_place() -> None:
    # Trim 300 high, story at (20, 30), line at (50, 20): x = 70, y = 250.
    upright = GlyphRun("Plain", 10.0, (1, 2), (-5.0, -5.0), "甲乙", (0, 1), ys=(8.8, 18.8))
    assert drawn(line(upright, "甲乙")) == [
        "/Span <</ActualText <FEFF75324E59>>> BDC",
        "BT",
        "/OP gs",
        "0 0 0 1 k",
        "/T1 10 Tf 100 Tz",
        "1 0 0 1 65 241.2 Tm <0001> Tj",
        "1 0 0 1 65 231.2 Tm <0002> Tj",
        "ET",
        "EMC",
    ]


def test_a_turned_run_lies_clockwise() -> None:
    lying = GlyphRun("Plain", 10.0, (1,), (-3.8,), "a", (0,), ys=(0.0,), turned=True)
    assert "0 -1 1 0 66.2 250 Tm <0001> Tj" in drawn(line(lying, "a"))


def test_lines_of_one_text_have_one_actual_text() -> None:
    run = GlyphRun("Plain", 10.0, (1,), (-5.0,), "甲", (0,), ys=(8.8,))
    small = GlyphRun("Plain", 5.0, (1,), (-5.0,), "丙", (0,), ys=(4.4,))
    shown = drawn(line(run, "甲"), line(run, "乙"), line(small, "丙"))
    assert [part for part in shown if "ActualText" in part] == [
        "/Span <</ActualText <FEFF75324E59>>> BDC",
        "/Span <</ActualText <FEFF4E19>>> BDC",
    ]


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A head of three lines, right to left, in a box at (220, 40)."""
    fonts = FontSet()
    lines = [
        vertical_line(text, Look("song", SIZE), fonts).at(120.0 - 40 * k, 0.0)
        for k, text in enumerate(LINES)
    ]
    page = sheet(Group("head", "head", Box(200.0, 10.0, 140.0, 220.0), tuple(lines)))
    out = tmp_path_factory.mktemp("vertical") / "a.pdf"
    write_pdf(page, fonts.faces, out)
    return out


def test_pdfium_reads_the_head_whole(pdf: Path) -> None:
    page = pypdfium2.PdfDocument(pdf)[0]
    assert page.get_textpage().get_text_bounded().strip() == WHOLE


def test_poppler_reads_the_head_whole(pdf: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    told = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", pdf, "-"], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == WHOLE


def test_marks_and_words_are_drawn_turned(pdf: Path, tmp_path: Path) -> None:
    """Ink by cells of the page as rendered: quotes low, the colon right, word and dash upright."""
    png = tmp_path / "a.png"
    page_png(pdf, png, 144)
    page = Image.open(png).convert("L")

    def ink(column: int, top_em: float, foot_em: float) -> tuple[float, float, float, float]:
        """Of a cell, in ems from the axis and from the cell's top."""
        axis, top = 220 + 120 - 40 * column, 40 + top_em * SIZE
        box = (axis - 18, top, axis + 18, 40 + foot_em * SIZE)
        left, up, right, low = (
            page.crop(tuple(round(2 * v) for v in box)).point(lambda v: v < 128 and 255).getbbox()
        )
        return left / 60 - 0.6, up / 60, right / 60 - 0.6, low / 60

    assert ink(0, 0, 0.5)[0] < 0 < ink(0, 0, 0.5)[2], "『 reaches over the axis, “ would not"
    assert ink(0, 5, 6)[0] > 0.1, "： stands right of the axis"
    word = ink(1, 4.085, 4.085 + 2.1)
    assert word[3] - word[1] > 1.8 and word[2] - word[0] < 0.95, "Word runs down"
    dash = ink(1, 1.0, 3.0)
    assert dash[3] - dash[1] > 1.4 and dash[2] - dash[0] < 0.1, "—— runs down the axis"
