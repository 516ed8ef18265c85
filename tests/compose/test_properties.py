"""What must hold for any copy: nothing lost, lines flush, no forbidden starts and ends."""

from __future__ import annotations

import itertools
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.compose import Paragraph, Piece, Prepared, SetLine, compose, prepare
from layout.compose.classes import Class
from layout.compose.finalize import Broken
from layout.compose.linebreak import _Room, break_into
from layout.compose.spacing import MAINLAND, no_end, no_start
from layout.fonts import FontSet

NO_START, NO_END = no_start(MAINLAND), no_end(MAINLAND)
HANZI = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"
PIECES = st.sampled_from([
    *HANZI, *HANZI,
    "，", "。", "、", "；", "：", "？", "！", "“", "”", "‘", "’", "（", "）", "《", "》",
    "——", "……", "…………", "·", "—", "～", "／", "％", "￥", "々",
    "AI", "5G-A", "10.5%", "2025", "2025—2030", "65—0010", "word", "internationalization", "“ok”",
    " ", "http://www.cjxw.cn/news", "ئۇيغۇر", "(", ")", "-3℃",
])  # fmt: skip
COPY = st.lists(PIECES, min_size=1, max_size=160).map("".join).filter(lambda t: t.strip())
MEASURES = st.sampled_from([8.0, 13.0, 17.0, 26.0])
QUICK = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUICK
@given(COPY, MEASURES)
def test_any_copy(test_fonts: FontSet, text: str, measure: float) -> None:
    prepared = prepare([Piece(text, "song")], test_fonts)
    lines = compose(Paragraph(prepared, 1.0), measure)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
    assert compose(Paragraph(prepare([Piece(text, "song")], test_fonts), 1.0), measure) == lines
    for line in lines:
        start, end = span(line)
        assert line.width == pytest.approx(advances(prepared, line), abs=0.002)
        if start:
            assert prepared.classes[start] not in NO_START
        if end < len(prepared.texts):
            assert prepared.classes[end - 1] not in NO_END
            if line.width > line.measure + 0.01:  # only what may not be parted sticks out
                assert not any(prepared.legal[start + 1 : end])
            elif opens(prepared, start, end) and end not in prepared.forced:
                assert line.width == pytest.approx(line.measure, abs=0.01)


@QUICK
@given(COPY, MEASURES, st.sampled_from([-1, 1]))
def test_what_is_not_tried_in_other_lines_cannot_be_set_in_them(
    test_fonts: FontSet, text: str, measure: float, more: int
) -> None:
    prepared = prepare([Piece(text, "song")], test_fonts)
    lines = len(compose(Paragraph(prepared, 1.0), measure)) + more
    bounded = break_into(prepared, measure * 1000, 2000.0, lines)
    with patch.object(_Room, "__call__", lambda *_: True):
        assert break_into(prepared, measure * 1000, 2000.0, lines) == bounded


def span(line: SetLine) -> tuple[int, int]:
    assert isinstance(line.set_, Broken)
    return line.set_.piece.start, line.set_.piece.end


def opens(p: Prepared, start: int, end: int) -> bool:
    """Whether some gap of the line can open."""
    return p.opens[end] > p.opens[start + 1]


def advances(p: Prepared, line: SetLine) -> float:
    """A line's width as the sum of its units' advances and of the gaps between them."""
    assert isinstance(line.set_, Broken)
    start, end = span(line)
    places = line.set_.piece.places(p)
    gaps = sum(b - a - p.widths[k] for k, (a, b) in enumerate(itertools.pairwise(places), start))
    edges = p.cells[start] - p.starts[start] + p.ends[end] - p.cells[end - 1] - p.widths[end - 1]
    return (sum(p.widths[start:end]) + gaps + edges) / 1000


@QUICK
@given(COPY, MEASURES)
def test_drawn_lines(test_fonts: FontSet, text: str, measure: float) -> None:
    """Glyph runs hold the line's copy, glyphs stand in order and inside the line."""
    lines = compose(Paragraph(prepare([Piece(text, "song")], test_fonts), 1.0), measure)
    for set_line in lines:
        line = set_line.line
        assert line.text == set_line.text
        drawn = "".join(run.text for run in line.runs).replace("\u00ad", "").replace(" ", "")
        assert sorted(drawn) == sorted(line.text.replace(" ", ""))
        for run in line.runs:
            # an opening mark's cell may begin under a name dot: its own half is white
            turned = any(b < a for a, b in zip(run.clusters, run.clusters[1:], strict=False))
            steps = zip(run.xs, run.xs[1:], strict=False)
            assert turned or all(b - a > -0.5 for a, b in steps)


def test_levels_forbid_what_they_say() -> None:
    assert Class.CLOSE in NO_START
    assert Class.OPEN in NO_END


@pytest.mark.parametrize("measure", [8.0, 13.0, 17.0])
def test_news_prose_is_flush(test_fonts: FontSet, measure: float) -> None:
    text = (
        "2月24日，“人工智能＋”推介会在昌吉举行。州委、州政府有关负责人出席，签约项目6个，总投资14.5亿元。"
        * 3
    )
    lines = compose(Paragraph(prepare([Piece(text, "song")], test_fonts), 1.0), measure)
    for line in lines[:-1]:
        assert line.width == pytest.approx(line.measure, abs=0.01)
