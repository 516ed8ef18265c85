"""Tables in tables.md: Markdown in, every cell's place out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layout.compose import Keep
from layout.compose.table import set_table, tight
from layout.fonts import FontSet
from layout.geometry import Point
from layout.issue.story import blocks
from layout.makeup.copy import Desk, TableCopy
from layout.sheet.items import Grid, Outline, Rule, TextLine
from tests.issue.folder import look
from tests.stories import story

CASES = re.findall(
    r"^## ([^\n]+)\nmeasure ([\d.]+)\n```table\n(.*?)```\n```set\n(.*?)```",
    Path(__file__).with_name("tables.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
GRID = Grid(2, 120.0, 10.0, 13.0, 60, 10.0, Point(0.0, 0.0))


def table(copy: str, fonts: FontSet) -> TableCopy:
    found, faults = blocks(copy, "a.md", 1, look)
    assert faults == []
    desk = Desk(fonts, GRID)
    (made,) = desk.story(story(found)).body
    assert isinstance(made, TableCopy)
    assert desk.findings == []
    return made


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_table(case: tuple[str, str, str, str], test_fonts: FontSet) -> None:
    _, measure, copy, expected = case
    lines = set_table(table(copy, test_fonts).table, float(measure) * 10)
    drawn: list[tuple[float, float, str]] = []
    for number, line in enumerate(lines):
        assert line.line.runs == ()
        drawn += [(number * 13 + y, x, text) for y, x, text in map(said, line.extras)]
    rows: dict[float, list[str]] = {}
    for y, _, text in sorted(drawn):
        rows.setdefault(round(y, 2), []).append(text)
    written = [" ".join([row[0].split()[0], *(cell.split(" ", 1)[1] for cell in row)])
               if " " in row[0] else row[0] for row in rows.values()]  # fmt: skip
    assert written == expected.splitlines()
    baselines = [y for y, row in rows.items() if " " in row[0]]
    assert baselines == [13.0 * k for k in range(len(lines))]


def said(item: object) -> tuple[float, float, str]:
    """Height, x, and what a case says of an item."""
    if isinstance(item, Rule):
        assert item.y1 == item.y2
        # ink from 8.6 over to 1 under a baseline leaves 3.4 of white
        upper, inner, foot = -8.6 - 0.36 * 3.4, 1 + 0.5 * 3.4, 1 + 0.36 * 3.4
        wanted = inner if item.weight == 0.35 else upper if item.y1 < 0 else foot
        assert (item.y1 - wanted) % 13 == pytest.approx(0, abs=0.001)
        return item.y1, 0.0, "=" if item.weight == 0.5 else "-"
    assert isinstance(item, TextLine)
    return item.y, item.x, f"{item.runs[0].size:g} {item.x / 10:g} {item.text}"


def test_every_case_is_read() -> None:
    assert len(CASES) == Path(__file__).with_name("tables.md").read_text("utf-8").count("\n## ")


def test_rows_are_kept_and_the_header_with_the_first(test_fonts: FontSet) -> None:
    copy = "| 项目 | 数 |\n|---|---|\n| 天地玄黄宇宙洪荒日月盈昃辰宿 | 12 |\n| 列 | 3 |\n"
    lines = set_table(table(copy, test_fonts).table, 120.0)
    assert [line.keep for line in lines] == [Keep.WHOLE, Keep.WHOLE, Keep.ROWS, Keep.FREE]


def test_a_table_too_wide_even_small_is_tight(test_fonts: FontSet) -> None:
    figures = "|" + "12345678|" * 4
    copy = f"{figures}\n|---|---|---|---|\n{figures}\n"
    made = table(copy, test_fonts).table
    assert not tight(made, 170.0)
    assert tight(made, 120.0)
    items = [item for line in set_table(made, 120.0) for item in line.extras]
    assert {item.x2 for item in items if isinstance(item, Rule)} == {120.0}
    assert {run.size for item in items if isinstance(item, TextLine) for run in item.runs} == {8.0}


def test_cells_are_read_one_after_the_other(test_fonts: FontSet) -> None:
    copy = "| 项目 | 数 |\n|---|---|\n| 天地玄黄宇宙洪荒日月盈昃辰宿 | 12 |\n"
    lines = set_table(table(copy, test_fonts).table, 120.0)
    texts = [item.text for line in lines for item in line.extras if isinstance(item, TextLine)]
    assert texts == ["项目", "数", "天地玄黄宇宙洪荒日月", "盈昃辰宿", "12"]
    assert [line.line.text for line in lines] == ["项目数", "天地玄黄宇宙洪荒日月盈昃辰宿12", ""]


def test_a_dot_touches_no_rule(test_fonts: FontSet) -> None:
    copy = "| ==项目== | 数 |\n|---|---|\n| ==天== | 12 |\n"
    for line in set_table(table(copy, test_fonts).table, 120.0):
        (dots,) = (item for item in line.extras if isinstance(item, Outline))
        ys = [float(y) for step in dots.path for y in step[2::2]]
        assert min(ys) > 1.0
        rule = max(item.y1 for item in line.extras if isinstance(item, Rule))
        assert max(ys) + 0.5 < rule < 13 - 8.6 - 0.5
