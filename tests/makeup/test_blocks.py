"""Dots, tables and pictures in the copy, from Markdown to page and PDF, in the test font."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from layout.findings import Finding, Severity
from layout.fonts import FontSet
from layout.geometry import Box, Point
from layout.issue import load
from layout.makeup import Made, make_up, styles
from layout.makeup.grid import metrics
from layout.press import write_pdf
from layout.report import page_report, report
from layout.sheet.items import Grid, Group, Outline, Picture, Rule, TextLine
from tests.makeup.test_page import SIX, TEXT, body, folder, parts

TABLE = """

| 园区 | 机架 | 绿电 |
|---|---|---|
| 昌吉 | 3200 | **85%** |
| 准东 | 12000 | 92% |

"""


def page_of(tmp_path: Path, fonts: FontSet, a: str, lengths: dict[str, int] = SIX) -> Made:
    """A page whose first story has this body."""
    issue_file = folder(tmp_path, lengths)
    Image.new("RGB", (900, 600), (90, 120, 150)).save(tmp_path / "q.jpg")
    Image.new("L", (200, 200), 0).save(tmp_path / "zi.png")
    (tmp_path / "a.md").write_text(f"---\nheadline: 天地玄黄宇宙洪荒日月\n---\n{a}\n", "utf-8")
    (made,) = make_up(load(issue_file), fonts)
    return made


def errors(made: Made) -> list[Finding]:
    return [finding for finding in made.findings if finding.severity is Severity.ERROR]


def in_a(made: Made, kind: type) -> Iterator[tuple[object, float, float]]:
    """Items of the first story's legs with their group's place on the page."""
    for story, leg, x, y in parts(made, "leg"):
        if story.name == "a":
            yield from ((item, x, y) for item in leg.items if isinstance(item, kind))


def cells(made: Made) -> Iterator[float]:
    """Baselines of the first story, in lines of the grid; whole numbers stand on it."""
    grid = made.sheet.grid
    for item, _, y in in_a(made, TextLine):
        assert isinstance(item, TextLine)
        yield (y + item.y - grid.origin.y - metrics(grid).baseline) / grid.leading


def placed(made: Made) -> list[str]:
    """Text of the first story in its legs, line by line."""
    return [item.text for item, _, _ in in_a(made, TextLine) if isinstance(item, TextLine)]


def test_a_table_stands_on_the_grid(tmp_path: Path, test_fonts: FontSet) -> None:
    made = page_of(tmp_path, test_fonts, body(480) + TABLE + body(480))
    assert made.findings == ()
    for cell in cells(made):
        assert cell == pytest.approx(round(cell), abs=0.001)
    lines = placed(made)
    at = lines.index("园区")
    assert lines[at : at + 9] == [
        "园区",
        "机架",
        "绿电",
        "昌吉",
        "3200",
        "85%",
        "准东",
        "12000",
        "92%",
    ]
    rules = [item for item, _, _ in in_a(made, Rule) if isinstance(item, Rule)]
    assert [rule.weight for rule in rules] == [0.5, 0.35, 0.5]
    assert all(rule.x2 - rule.x1 == made.sheet.grid.measure for rule in rules)


def test_a_table_stays_in_one_leg_wherever_it_comes(tmp_path: Path, test_fonts: FontSet) -> None:
    for before in range(300, 700, 40):
        made = page_of(tmp_path, test_fonts, body(before) + TABLE + body(960 - before))
        assert [f.check for f in made.findings] == []
        legs = [leg for story, leg, _, _ in parts(made, "leg") if story.name == "a"]
        rules = [sum(isinstance(item, Rule) for item in leg.items) for leg in legs]
        assert sorted(rules) == [*[0] * (len(legs) - 1), 3]
        text = "".join(placed(made))
        assert len(text) == len((body(before) + body(960 - before)).replace("\n\n", "")) + 25


def test_a_picture_between_lines_is_a_picture_of_the_leg(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    copy = f"{TEXT * 6}\n![天地玄黄](q.jpg)\n{TEXT * 14}。"
    made = page_of(tmp_path, test_fonts, copy)
    assert not errors(made)
    grid, face = made.sheet.grid, metrics(made.sheet.grid)
    ((picture, x, y),) = in_a(made, Picture)
    assert isinstance(picture, Picture)
    box = picture.box.moved(x, y)
    assert box.width == pytest.approx(grid.measure)
    assert round(box.x, 2) in {round(grid.left(c), 2) for c in range(6)}
    top = (box.y - grid.origin.y - face.face_top) / grid.leading
    foot = (box.bottom - grid.origin.y - face.face_bottom) / grid.leading
    assert (top, foot) == pytest.approx((round(top), round(foot)), abs=0.001)
    assert picture.alt == "天地玄黄"
    assert picture.ppi == pytest.approx(900 / (grid.measure / 72) * picture.crop.width, rel=0.01)
    # the paragraph goes on behind it: only its first line is indented, only its last is short
    lines = [i for i, _, _ in in_a(made, TextLine) if isinstance(i, TextLine)]
    text = [line for line in lines if line.text != "天地玄黄"]
    assert "".join(line.text for line in text) == TEXT * 20 + "。"
    assert [line.x for line in text] == [18.0, *[0.0] * (len(text) - 1)]
    assert all(line.width == pytest.approx(line.measure, abs=0.01) for line in text[:-1])


def test_a_picture_in_the_line_is_reported(tmp_path: Path, test_fonts: FontSet) -> None:
    made = page_of(tmp_path, test_fonts, "姓![囍](zi.png)的人" + body(900))
    ((picture, x, y),) = in_a(made, Picture)
    assert isinstance(picture, Picture)
    assert (picture.box.width, picture.box.height) == (9.0, 9.0)
    assert picture.box.x == pytest.approx(27.0)
    said = written(made, test_fonts, tmp_path)["stories"][0]["photos"]
    box = picture.box.moved(x, y)
    place = [round(v, 3) for v in (box.x, box.y, box.width, box.height)]
    assert said == [{"file": "zi.png", "ppi": 1600.0, "box": place}]


def written(made: Made, fonts: FontSet, tmp_path: Path) -> dict[str, list[dict[str, object]]]:
    """The page's part of report.json."""
    press = write_pdf(made.sheet, fonts.faces, tmp_path / "a.pdf")
    issue = load(tmp_path / "issue.yaml")
    page: dict[str, list[dict[str, object]]]
    (page,) = report(issue, [page_report(made, press)], [], [], {})["pages"]
    return page


def test_dots_stand_between_lines_and_are_no_text(tmp_path: Path, test_fonts: FontSet) -> None:
    made = page_of(tmp_path, test_fonts, f"天地==玄黄，宇宙==**==洪荒==**{TEXT * 18}。")
    assert not errors(made)
    face, grid = metrics(made.sheet.grid), made.sheet.grid
    outlines = [item for item, _, _ in in_a(made, Outline) if isinstance(item, Outline)]
    starts = [step for outline in outlines for step in outline.path if step[0] == "M"]
    assert len(starts) == 6
    ys = {float(y) for outline in outlines for step in outline.path for y in step[2::2]}
    assert min(ys) > face.face_bottom
    assert max(ys) < grid.leading + face.face_top
    write_pdf(made.sheet, test_fonts.faces, tmp_path / "a.pdf")
    assert "天地玄黄，宇宙洪荒" + TEXT[:4] in text_of(tmp_path / "a.pdf")


def test_the_text_layer_reads_as_the_copy(tmp_path: Path, test_fonts: FontSet) -> None:
    copy = f"天地==玄黄==姓![囍](zi.png)的{TEXT}。{TABLE}{TEXT}\n![宇宙](q.jpg)\n{TEXT * 12}。"
    made = page_of(tmp_path, test_fonts, copy)
    write_pdf(made.sheet, test_fonts.faces, tmp_path / "a.pdf")
    text = text_of(tmp_path / "a.pdf")
    assert f"天地玄黄姓的{TEXT}。" in text
    assert "园区机架绿电昌吉320085%准东1200092%" in text
    assert "宇宙" in text
    assert "\ufffc" not in text


def text_of(file: Path) -> str:
    """What a reader copies, without line ends and blanks."""
    with pypdfium2.PdfDocument(file) as pdf:
        return "".join(pdf[0].get_textpage().get_text_range().split())


def test_a_table_too_wide_names_story_line_and_columns(tmp_path: Path, test_fonts: FontSet) -> None:
    row = "|" + "12345678901234|" * 4 + "\n"
    made = page_of(tmp_path, test_fonts, body(500) + f"\n\n{row}|---|---|---|---|\n{row}")
    (finding,) = errors(made)
    line = (tmp_path / "a.md").read_text("utf-8").splitlines().index(row.strip()) + 1
    assert str(finding).startswith(
        f"{tmp_path}/a.md:{line}:1: the table of 4 columns in a.md is too wide for its leg"
    )


def test_a_story_that_begins_with_a_picture_keeps_its_lead_in(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    made = page_of(tmp_path, test_fonts, "![](q.jpg)\n\n" + body(900))
    assert "本报讯" not in "".join(placed(made))
    story = tmp_path / "a.md"
    story.write_text(
        story.read_text("utf-8").replace("日月\n", "日月\ndateline: 天地讯\n"), "utf-8"
    )
    (again,) = make_up(load(tmp_path / "issue.yaml"), test_fonts)
    assert placed(again)[0].startswith("天地讯")
    ((first, _, _),) = in_a(again, Picture)
    assert isinstance(first, Picture)
    assert first.box.y < metrics(again.sheet.grid).baseline


def test_a_page_of_blocks_has_no_hole(tmp_path: Path, test_fonts: FontSet) -> None:
    copy = f"{body(240)}\n\n![天](q.jpg)\n\n{body(240)}{TABLE}{body(300)}"
    made = page_of(tmp_path, test_fonts, copy)
    assert made.findings == ()
    area = made.sheet.grid.type_area
    stories = [g.box for g in made.sheet.groups if g.kind == "story"]
    assert max(box.bottom for box in stories) == pytest.approx(area.bottom, abs=0.01)
    feet = [foot(leg, story.box) for story, leg, _, _ in parts(made, "leg") if story.name == "a"]
    assert max(feet) - min(feet) <= made.sheet.grid.leading + 0.01


def foot(leg: Group, frame: Box) -> float:
    return frame.y + leg.box.bottom


def test_a_picture_higher_than_its_leg_is_told(tmp_path: Path, test_fonts: FontSet) -> None:
    pin = "      - {file: a.md, at: {columns: 1-2, lines: 106-120}}\n"
    entries = "".join(f"      - {s}.md\n" for s in "bcdef") + pin
    issue_file = folder(tmp_path, SIX, entries)
    Image.new("RGB", (600, 900), 0).save(tmp_path / "q.jpg")
    copy = f"---\nheadline: 天地\n---\n{TEXT}\n\n![](q.jpg)\n\n{TEXT}\n"
    (tmp_path / "a.md").write_text(copy, "utf-8")
    (made,) = make_up(load(issue_file), test_fonts)
    assert {f.check for f in errors(made)} == {"makeup/overset", "makeup/cut"}


def test_copy_in_cells_is_proofread(tmp_path: Path) -> None:
    issue_file = folder(tmp_path, {"a": 100})
    text = "---\nheadline: 天\n---\n| 甲 | 乙 |\n|---|---|\n| “丙 | 的的,丁 |\n| 的 | 的 |\n"
    (tmp_path / "a.md").write_text(text, "utf-8")
    said = [
        f"{f.mark.line}:{f.mark.column} {f.message}" for f in load(issue_file).findings if f.mark
    ]
    assert said == [
        "6:10 “,” set as “，”", "6:3 “ is not closed", "6:8 “的的” stands twice",
    ]  # fmt: skip


@pytest.mark.parametrize("leading_em", [1.05, 1.2, 9 / 7, 1.5, 2.5])
def test_a_dot_stands_in_the_white_whatever_the_leading(leading_em: float) -> None:
    grid = Grid(6, 153.0, 14.0, leading_em * 9, 100, 9.0, Point(0.0, 0.0))
    for in_table in (False, True):
        dot = styles.emphasis_dot(grid, in_table=in_table)
        assert 0.02 < dot.diameter_em <= 0.2
        assert dot.drop_em - dot.diameter_em / 2 > 0.1
        assert dot.drop_em + dot.diameter_em / 2 < leading_em - 0.86
