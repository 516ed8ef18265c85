"""Uyghur and Kazakh names in Chinese lines: joined, in order, and whole when copied (rule 56)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from layout.compose import Paragraph, Piece, compose, prepare
from layout.fonts import FontSet
from layout.geometry import Box, Point, Size
from layout.press import write_pdf
from layout.sheet.items import Grid, Group, Sheet
from tests.press.samples import META

NAMES = ("ئابدۇرېھىم ئۆتكۈر", "جاڭا ٴومىر", "ئۇيغۇر")
COPY = f"作者{NAMES[0]}（25岁）与{NAMES[1]}合作社签约，店名叫{NAMES[2]}饭馆。"
RARE = "刘𫘧、葛󠄀城到场。"
MARK = "\u200f"  # what pdfium tells of a sign set to a letter


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fonts = FontSet()
    lines = [
        line
        for copy in (COPY, RARE)
        for line in compose(Paragraph(prepare([Piece(copy, "song")], fonts), 12.0, 0.0), 12.0 * 18)
    ]
    drawn = tuple(line.line.at(20.0, 40.0 + 16 * k) for k, line in enumerate(lines))
    group = Group("a", "story", Box(0.0, 0.0, 300.0, 200.0), drawn)
    grid = Grid(1, 216.0, 0.0, 16.0, 8, 12.0, Point(20.0, 20.0))
    sheet = Sheet(page=1, trim=Size(300.0, 200.0), bleed=0.0, grid=grid, groups=(group,), meta=META)
    file = tmp_path_factory.mktemp("rtl") / "a.pdf"
    write_pdf(sheet, fonts.faces, file)
    return file


def test_words_are_joined_and_read_from_the_right() -> None:
    fonts = FontSet()
    (line,) = compose(Paragraph(prepare([Piece(COPY[:19], "song")], fonts), 1.0, 0.0), 40.0)
    (word,) = (run for run in line.line.runs if run.face.startswith("NotoNaskh"))
    assert word.text == NAMES[0]
    assert list(word.clusters) == sorted(word.clusters, reverse=True) or word.clusters[0] > 9
    assert word.clusters[0] > word.clusters[-1]  # the last letter is drawn first, leftmost
    nominal = {fonts.faces[word.face].hb_font.get_nominal_glyph(ord(c)) for c in NAMES[0]}
    assert len(set(word.glyphs) - nominal) > 5  # joined forms, not the letters by themselves


def test_figures_in_brackets_behind_a_name_stay_chinese() -> None:
    fonts = FontSet()
    (line,) = compose(Paragraph(prepare([Piece(COPY, "song")], fonts), 1.0, 0.0), 80.0)
    drawn = "".join(run.text for run in line.line.runs)
    assert f"{NAMES[0]}（25岁）" in drawn


def test_pdfium_reads_names_whole(page: Path) -> None:
    text = pypdfium2.PdfDocument(page)[0].get_textpage().get_text_range().replace(MARK, "")
    for name in NAMES:
        for word in name.split():
            assert word in text
    assert "𫘧" in text


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_poppler_reads_names_whole(page: Path) -> None:
    run = subprocess.run(["pdftotext", "-layout", page, "-"], capture_output=True, check=True)
    text = run.stdout.decode()
    for name in NAMES:
        assert name in text
    assert RARE.rstrip("。") in text
