from __future__ import annotations

import re
from pathlib import Path

import pytest

from layout.compose import Align, Paragraph, Piece, UnsetCharacterError, compose, prepare
from layout.fonts import FontSet
from tests.compose.cases import DOT, Case, pieces, read

CASES = read(Path(__file__).with_name("lines.md"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.split(" – ")[0])
def test_case(case: Case, test_fonts: FontSet) -> None:
    if case.error:
        with pytest.raises(UnsetCharacterError, match=re.escape(case.error)):
            prepare(pieces(case.text), test_fonts, case.settings)
        return
    paragraph = Paragraph(prepare(pieces(case.text), test_fonts, case.settings), 1.0, case.indent)
    lines = compose(paragraph, case.measure)
    assert [line.line.text for line in lines] == case.lines
    for line, expected in zip(lines, case.ems, strict=False):
        xs = [line.line.x + x for run in line.line.runs for x in run.xs]
        assert xs == pytest.approx(expected, abs=0.002)


@pytest.mark.parametrize("case", [c for c in CASES if c.dots], ids=lambda case: case.name)
def test_dots(case: Case, test_fonts: FontSet) -> None:
    paragraph = Paragraph(prepare(pieces(case.text), test_fonts), 1.0, case.indent)
    for line, expected in zip(compose(paragraph, case.measure), case.dots, strict=True):
        starts = [step for item in line.extras for step in item.path if step[0] == "M"]
        assert [x - DOT.diameter_em / 2 for _, x, _ in starts] == pytest.approx(expected, abs=0.002)
        assert {y for _, _, y in starts} <= {DOT.drop_em}


def test_full_lines_are_flush(test_fonts: FontSet) -> None:
    text = (
        "2月24日，“AI+”推介会在昌吉市举行。《意见》《办法》同时印发，增长10.5%，买买提·艾力说：好！"
        * 3
    )
    paragraph = Paragraph(prepare([Piece(text, "song")], test_fonts), 10.0)
    lines = compose(paragraph, 130.0)
    for line in lines[:-1]:
        assert line.line.width == pytest.approx(line.line.measure, abs=0.01)


def test_squeeze_survives_a_change_of_face(test_fonts: FontSet) -> None:
    plain = prepare([Piece("他说好。”然后", "song")], test_fonts)
    mixed = prepare([Piece("他说好。", "hei-bold"), Piece("”然后", "song")], test_fonts)
    assert [g.natural for g in plain.gaps] == [g.natural for g in mixed.gaps]


def test_right_aligned_line_ends_at_its_measure(test_fonts: FontSet) -> None:
    credit = Paragraph(prepare([Piece("□本报记者摄", "song")], test_fonts), 10.0, 0.0, Align.RIGHT)
    (line,) = compose(credit, 200.0)
    assert line.line.x == pytest.approx(140.0)
