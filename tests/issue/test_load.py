from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.findings import InputError, Mark
from layout.issue import load
from layout.issue.almanac import lunar, weekday
from layout.issue.model import BlockKind, SpanStyle
from layout.issue.story import blocks
from layout.units import Unit, parse_length
from tests.issue.folder import GOOD, look, write


def test_a_good_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    issue = load("issue.yaml")
    assert (issue.date, issue.number, issue.page_count) == (date(2025, 2, 25), 12199, 1)
    assert (issue.weekday, str(issue.lunar)) == ("星期二", "乙巳年正月廿八")
    a, b = issue.pages[0].stories
    assert (a.slug, a.rank, b.rank) == ("a", 1, 2)
    assert a.headline.lines[0].text == "第一条新闻"
    assert a.headline.lines[0].mark == Mark("a.md", 2, 11)
    assert [line.text for line in b.headline.lines] == ["第二条", "两行题"]
    assert a.photos[0].pixels == (60, 40)
    assert b.design.columns == 2
    assert issue.marks["pages", 0, "stories", 1, "columns"] == Mark("issue.yaml", 9, 18)
    assert issue.publication.sheet.grid.measure_em == 17


def test_a_page_is_told_of_though_the_next_cannot_be_read(tmp_path: Path) -> None:
    more = "  - name: 经济\n    stories:\n      - missing.md\n"
    issue_file = write(tmp_path, {"issue.yaml": GOOD["issue.yaml"] + more})
    told: list[tuple[str, int, list[str]]] = []
    with pytest.raises(InputError, match=r"missing\.md"):
        load(issue_file, lambda paper, page: told.append(
            (paper.name.text, page.number, [p.name for s in page.stories for p in s.photos])
        ))  # fmt: skip
    assert told == [("测试日报", 1, ["p.png"]), ("测试日报", 2, [])]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 2, 25), "星期二 乙巳年正月廿八"),
        (date(2025, 1, 28), "星期二 甲辰年腊月廿九"),
        (date(2025, 1, 29), "星期三 乙巳年正月初一"),
        (date(2025, 7, 25), "星期五 乙巳年闰六月初一"),
        (date(2025, 12, 20), "星期六 乙巳年冬月初一"),
        (date(2024, 2, 29), "星期四 甲辰年正月二十"),
    ],
)
def test_almanac(day: date, said: str) -> None:
    assert f"{weekday(day)} {lunar(day)}" == said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9pt", (9.0, Unit.POINT)),
        ("25.4mm", (72.0, Unit.POINT)),
        ("小五", (9.0, Unit.POINT)),
        ("17字", (17.0, Unit.BODY_EM)),
        ("3行", (3.0, Unit.BODY_LINE)),
        ("17", None),
        ("9 furlong", None),
        ("", None),
    ],
)
def test_lengths(text: str, value: tuple[float, Unit] | None) -> None:
    found = parse_length(text)
    assert found == (pytest.approx(value[0]), value[1]) if value else found is None


def test_makers_disagree_on_xiaochu() -> None:
    assert parse_length("小初") == (30.0, Unit.POINT)
    assert parse_length("dtp 小初") == (36.0, Unit.POINT)


def spans(text: str) -> list[list[tuple[str, str]]]:
    found, faults = blocks(text, "a.md", 5, look)
    assert not faults
    return [[(span.text, span.style.value) for span in block.spans] for block in found]


def test_emphasis_beside_chinese_marks() -> None:
    assert spans("**“算力”**作引擎，*楷体*字") == [
        [("“算力”", "strong"), ("作引擎，", "plain"), ("楷体", "emphasis"), ("字", "plain")]
    ]


def test_what_looks_like_markup_and_is_copy() -> None:
    assert spans("——列项\n\n1. 天气\n\n5G-A_b_c 2*3*4\n\n　　缩进") == [
        [("——列项", "plain")],
        [("1.天气", "plain")],
        [("5G-A_b_c 2*3*4", "plain")],
        [("缩进", "plain")],
    ]


def test_line_breaks_join_hanzi_and_part_words() -> None:
    assert spans("昌吉\n日报 the\nnews") == [
        [("昌吉", "plain"), ("日报 the", "plain"), (" news", "plain")]
    ]


def test_kinds_and_marks() -> None:
    found, _ = blocks("正文\n\n## 小题\n\n> 引文\n\n- 项\n\n**重**点", "a.md", 5, look)
    assert [block.kind for block in found] == [
        BlockKind.BODY, BlockKind.SUBHEAD, BlockKind.QUOTE, BlockKind.ITEM, BlockKind.BODY,
    ]  # fmt: skip
    assert [str(block.mark) for block in found] == [
        "a.md:5:1", "a.md:7:1", "a.md:9:1", "a.md:11:1", "a.md:13:1",
    ]  # fmt: skip
    assert found[4].spans[0].style is SpanStyle.STRONG


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=200), st.sampled_from(["issue.yaml", "publication.yaml", "a.md"]))
def test_no_text_brings_more_than_findings(tmp_path: Path, text: str, name: str) -> None:
    issue_file = write(tmp_path)
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load(issue_file)
    except InputError as bad:
        assert bad.findings
