"""Legs filled by opening paragraphs, in the test font."""

from __future__ import annotations

import pytest

from layout.compose import Galley, Paragraph, Piece, compose, opened, prepare
from layout.fonts import FontSet
from layout.makeup.copyfit import fitted
from layout.makeup.fill import pour

HANZI = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
MEASURE = 17 * 9.0


def paragraph(fonts: FontSet, characters: int) -> Paragraph:
    text = (HANZI * 9)[: characters - 1] + "。"
    return Paragraph(prepare([Piece(text, "song")], fonts), 9.0)


def story(fonts: FontSet, *lengths: int) -> list[Paragraph]:
    return [paragraph(fonts, n) for n in lengths]


def test_a_nearly_full_last_line_gives_a_line(test_fonts: FontSet) -> None:
    # 15 + 17·8 + 15 characters: ten lines, the last of them nearly full
    body = story(test_fonts, 166, 60)
    lines = [compose(p, MEASURE) for p in body]
    total = sum(map(len, lines))
    galley = fitted(body, lines, MEASURE, (total // 2 + 1, total - total // 2))
    assert len(galley.lines) == total + 1
    assert "".join(s.line.text for s in galley.lines) == "".join(p.prepared.text for p in body)
    for set_line in galley.lines:
        assert set_line.last or set_line.line.width == pytest.approx(
            set_line.line.measure, abs=0.01
        )


def test_nothing_is_opened_beyond_the_limit(test_fonts: FontSet) -> None:
    # a last line of two characters would have to be fed by fifteen
    body = story(test_fonts, 15 + 17 * 2 + 2)
    lines = [compose(p, MEASURE) for p in body]
    galley = fitted(body, lines, MEASURE, (3, 2))
    assert len(galley.lines) == len(lines[0])


def test_copy_that_is_over_is_left_alone(test_fonts: FontSet) -> None:
    body = story(test_fonts, 166)
    lines = [compose(p, MEASURE) for p in body]
    galley = fitted(body, lines, MEASURE, (4, 4))
    assert pour(galley, (4, 4)).overset == len(lines[0]) - 8


def test_the_paragraph_opened_is_the_one_that_moves_a_widow(test_fonts: FontSet) -> None:
    # poured as set, leg 2 opens with the last line of the second paragraph, five characters long;
    # the first and the last paragraph could give as cheaply
    body = story(test_fonts, 166, 15 + 17 * 3 + 5, 166)
    lines = [compose(p, MEASURE) for p in body]
    rooms = (sum(map(len, lines[:2])) - 1, len(lines[2]) + 2)
    last_opened = [*lines[:2], opened(body[2], MEASURE, len(lines[2]) + 1)[1]]
    assert widow(Galley(MEASURE, tuple(line for p in last_opened for line in p)), rooms)
    galley = fitted(body, lines, MEASURE, rooms)
    assert len(galley.lines) == sum(rooms)
    assert not widow(galley, rooms)


def widow(galley: Galley, rooms: tuple[int, ...]) -> bool:
    """Whether leg 2 opens with a short last line."""
    head = galley.lines[pour(galley, rooms).legs[1][0]]
    return head.last and head.line.width < MEASURE / 2
