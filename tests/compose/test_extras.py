"""Dots and pictures that stand with a line, in the test font at 10 pt."""

from __future__ import annotations

import pytest

from layout.compose import Dot, Paragraph, Piece, SetLine, Sort, compose, prepare
from layout.fonts import FontSet
from layout.sheet.items import Ink, Outline, Picture

DOT = Dot(0.2, 0.3)
WIDE = Sort("w.png", (200, 100), "宽")


def lines(fonts: FontSet, pieces: list[Piece], measure: float) -> tuple[SetLine, ...]:
    return compose(Paragraph(prepare(pieces, fonts), 10.0, 0.0), measure)


def middles(line: SetLine) -> list[tuple[float, float]]:
    """Centres of a line's dots, from its origin."""
    found = []
    for item in line.extras:
        assert isinstance(item, Outline)
        contours = "".join(str(step[0]) for step in item.path).split("Z")[:-1]
        assert set(contours) == {"MCCCC"}
        right = [step[1:] for step in item.path if step[0] == "M"]
        found += [(round(float(x) - 1.0, 3), float(y)) for x, y in right]
    return found


def test_a_dot_under_each_hanzi_of_the_span(test_fonts: FontSet) -> None:
    pieces = [Piece("天", "song"), Piece("地玄", "song", dot=DOT), Piece("黄", "song")]
    (line,) = lines(test_fonts, pieces, 100.0)
    assert middles(line) == [(15.0, 3.0), (25.0, 3.0)]
    assert "".join(run.text for run in line.line.runs) == line.line.text == "天地玄黄"


def test_no_dot_under_marks_latin_and_spaces(test_fonts: FontSet) -> None:
    (line,) = lines(test_fonts, [Piece("天，《地》5G AI　玄·黄", "song", dot=DOT)], 300.0)
    assert len(middles(line)) == 4


def test_dots_follow_a_stretched_line(test_fonts: FontSet) -> None:
    # five hanzi to a line of five and a half ems: the gaps between them open
    first, *_ = lines(test_fonts, [Piece("天地玄黄宇宙洪荒日月盈昃", "song", dot=DOT)], 55.0)
    xs = [x for run in first.line.runs for x in run.xs]
    assert xs != [10.0 * k for k in range(5)]
    assert [x for x, _ in middles(first)] == pytest.approx([x + 5 for x in xs], abs=0.002)


def test_dots_follow_a_squeezed_line_and_go_on_in_the_next(test_fonts: FontSet) -> None:
    pieces = [Piece("天地玄，黄宇，宙洪荒日月", "song", dot=DOT)]
    set_ = lines(test_fonts, pieces, 65.0)
    assert len(set_) == 2
    for line in set_:
        texts = [c for run in line.line.runs for c in run.text]
        xs = [x for run in line.line.runs for x in run.xs]
        under = [x + 5 for x, c in zip(xs, texts, strict=True) if c not in "，"]
        assert [x for x, _ in middles(line)] == pytest.approx(under, abs=0.002)


def test_dots_have_their_text_s_ink(test_fonts: FontSet) -> None:
    red = Ink(0, 1, 1, 0)
    (line,) = lines(test_fonts, [Piece("天", "song", red, dot=DOT)], 100.0)
    (outline,) = line.extras
    assert isinstance(outline, Outline)
    assert outline.ink == red


def test_a_picture_stands_in_the_line_like_a_hanzi(test_fonts: FontSet) -> None:
    sort = Sort("字.png", (300, 300), "囍")
    pieces = [Piece("天", "song"), Piece("\ufffc", "song", sort=sort), Piece("，地", "song")]
    (line,) = lines(test_fonts, pieces, 100.0)
    (picture,) = line.extras
    assert isinstance(picture, Picture)
    box = picture.box
    assert (box.x, box.y, box.width, box.height) == (10.0, -8.8, 10.0, 10.0)
    assert (picture.file, picture.alt, picture.ppi) == ("字.png", "囍", 2160.0)
    assert line.line.text == "天\ufffc，地"
    assert "".join(run.text for run in line.line.runs) == "天，地"
    assert [run.xs for run in line.line.runs] == [(0.0,), (20.0, 30.0)]


def test_a_wide_picture_is_three_ems_at_most(test_fonts: FontSet) -> None:
    assert (WIDE.width, WIDE.height_em) == (2000, 1.0)
    widest = Sort("w.png", (600, 100), "")
    assert (widest.width, widest.height_em) == (3000, 0.5)
    (line,) = lines(test_fonts, [Piece("\ufffc", "song", sort=widest)], 100.0)
    (picture,) = line.extras
    assert isinstance(picture, Picture)
    assert (picture.box.y, picture.box.height) == (-6.3, 5.0)
    assert line.line.runs == ()


def test_a_picture_keeps_off_latin_and_starts_no_line_with_a_mark(test_fonts: FontSet) -> None:
    pieces = [Piece("AI", "song"), Piece("\ufffc", "song", sort=WIDE), Piece("。", "song")]
    (line,) = lines(test_fonts, pieces, 100.0)
    (picture,) = line.extras
    assert isinstance(picture, Picture)
    assert picture.box.x == pytest.approx(10 + 1.67, abs=0.01)
    first, second = lines(test_fonts, [Piece("天地", "song"), *pieces[1:]], 30.0)
    assert first.line.text == "天地"
    assert second.line.text == "\ufffc。"
