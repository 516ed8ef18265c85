"""What must hold for any copy: nothing lost, lines flush, no forbidden starts and ends."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.compose import Paragraph, Piece, compose, prepare
from layout.compose.classes import Class
from layout.compose.spacing import MAINLAND, no_end, no_start
from layout.fonts import FontSet

NO_START, NO_END = no_start(MAINLAND), no_end(MAINLAND)
HANZI = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"
PIECES = st.sampled_from([
    *HANZI,
    "，", "。", "、", "；", "：", "？", "！", "“", "”", "（", "）", "《", "》", "——", "……", "·",
    "AI", "5G-A", "10.5%", "2025", "word", " ", "http://www.cjxw.cn/news", "—",
])  # fmt: skip
COPY = st.lists(PIECES, min_size=1, max_size=160).map("".join).filter(lambda t: t.strip())
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUICK
@given(COPY, st.sampled_from([13.0, 17.0, 26.0]))
def test_any_copy(test_fonts: FontSet, text: str, measure: float) -> None:
    prepared = prepare([Piece(text, "song")], test_fonts)
    lines = compose(Paragraph(prepared, 1.0), measure)
    assert "".join(line.line.text for line in lines).replace(" ", "") == text.replace(" ", "")
    assert compose(Paragraph(prepared, 1.0), measure) == lines
    by_text = dict(zip(prepared.texts, prepared.classes, strict=True))
    for line in lines[:-1]:
        assert line.line.width <= line.line.measure + 0.01 or len(line.line.runs) == 1
    for line in lines:
        for run in line.line.runs:
            # an opening mark's cell may begin under a name dot: its own half is white
            assert all(b - a > -0.5 for a, b in zip(run.xs, run.xs[1:], strict=False))
    _edges(prepared.texts, by_text, [line.line.text for line in lines])


def _edges(texts: tuple[str, ...], classes: dict[str, Class], lines: list[str]) -> None:
    """No line but the first starts, none but the last ends, with what may not."""
    at = 0
    for k, line in enumerate(lines):
        taken = ""
        first = texts[at]
        while taken.replace(" ", "") != line.replace(" ", ""):
            taken += texts[at]
            last = texts[at]
            at += 1
        if k:
            assert classes[first] not in NO_START
        if k < len(lines) - 1:
            assert classes[last] not in NO_END


@pytest.mark.parametrize("measure", [8.0, 13.0, 17.0])
def test_news_prose_is_flush(test_fonts: FontSet, measure: float) -> None:
    text = (
        "2月24日，“人工智能＋”推介会在昌吉举行。州委、州政府有关负责人出席，签约项目6个，总投资14.5亿元。"
        * 3
    )
    lines = compose(Paragraph(prepare([Piece(text, "song")], test_fonts), 1.0), measure)
    for line in lines[:-1]:
        assert line.line.width == pytest.approx(line.line.measure, abs=0.01)
