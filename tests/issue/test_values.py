"""A right folder: typed values, and every value at its file, line and column."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from layout.findings import Mark
from layout.geometry import Size
from layout.issue import load
from layout.issue.model import (
    BlockKind,
    BorderStyle,
    Cells,
    Copy,
    Direction,
    InkSpec,
    Issue,
    Margins,
    Side,
    SpanStyle,
)
from layout.units import MM
from tests.issue.folder import GOOD, write

PUBLICATION = """\
name: 测试日报
code: TEST
hotline: 2881100
client: no
postal_code: 0010
price: 1.50
sheet:
  trim: 四开
  bleed: 0mm
  size: 小五
  columns: 5
  gutter: 1字
fonts:
  song: fonts/song.otf
  hei-heavy: [{file: fonts/song.otf, index: 2, axes: {wght: 700}}, fonts/song.otf]
masthead: {nameplate: p.png, lines: 14, ink: [0, 100, 90, 5]}
accent: red
"""
ISSUE = """\
publication: ../publication.yaml
date: 2025-07-25
number: 12199
page_count: 8
pages:
  - name: 要闻
    banner: 开局
    editors: {责任编辑: 甲, 校对: 乙}
    stories:
      - stories/a.md
      - file: stories/b.md
        at: {columns: 1-4, lines: 60-104}
        columns: 3
        headline: {direction: vertical, side: left}
        box: {border: double, tint: 10%}
    ads:
      - {file: ../p.png, at: {columns: 5, lines: 100-120}}
  - number: 3
  - {}
"""
STORY = """\
---
kicker: 引题
headline: [第一行, 第二行]
deck: 副题
dateline: 本报讯
byline: 记者甲报道
photos:
  - file: ../turned.jpg
    caption: 一张很长的
      说明
    credit: □甲摄
    columns: 2
    focus: [0.25, 0.75]
jump: 3
---
正文**黑**体。
"""


@pytest.fixture
def issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Issue:
    for folder in ("fonts", "day/stories"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "fonts/song.otf").touch()
    (tmp_path / "publication.yaml").write_text(PUBLICATION, "utf-8")
    (tmp_path / "day/issue.yaml").write_text(ISSUE, "utf-8")
    (tmp_path / "day/stories/a.md").write_text(STORY, "utf-8-sig", newline="\r\n")
    (tmp_path / "day/stories/b.md").write_text("---\nheadline: 题\n---\n文。\n", "utf-8")
    Image.new("L", (60, 40), 128).save(tmp_path / "p.png")
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("L", (60, 40), 128).save(tmp_path / "day/turned.jpg", exif=turned)
    monkeypatch.chdir(tmp_path)
    return load("day/issue.yaml")


def test_the_day(issue: Issue) -> None:
    assert (issue.date, issue.number, issue.page_count) == (date(2025, 7, 25), 12199, 8)
    assert (issue.weekday, str(issue.lunar)) == ("星期五", "乙巳年闰六月初一")
    assert [page.number for page in issue.pages] == [1, 3, 4]


def test_text_is_text_however_yaml_reads_it(issue: Issue) -> None:
    p = issue.publication
    values = [copy.text for copy in (p.hotline, p.client, p.postal_code, p.price) if copy]
    assert values == ["2881100", "no", "0010", "1.50"]


def test_marks_are_exact(issue: Issue) -> None:
    day, publication, story = "day/issue.yaml", "publication.yaml", "day/stories/a.md"
    assert issue.marks["number",] == Mark(day, 3, 9)
    assert issue.marks["pages", 0, "stories", 0] == Mark(day, 10, 9)
    assert issue.marks["pages", 0, "stories", 1, "at", "lines"] == Mark(day, 12, 35)
    assert issue.publication.hotline == Copy("2881100", Mark(publication, 3, 10))
    lead = issue.pages[0].stories[0]
    assert [line.mark for line in lead.headline.lines] == [Mark(story, 3, 12), Mark(story, 3, 17)]
    assert [(s.text, s.mark.line, s.mark.column) for s in lead.blocks[0].spans] == [
        ("正文", 16, 1), ("黑", 16, 5), ("体。", 16, 8),
    ]  # fmt: skip


def test_sheet(issue: Issue) -> None:
    sheet = issue.publication.sheet
    assert sheet.trim == Size(270 * MM, 390 * MM)
    assert sheet.margins == Margins(20 * MM, 17.5 * MM, 20 * MM, 17.5 * MM)
    assert (sheet.bleed, sheet.grid.size, sheet.grid.columns) == (0.0, 9.0, 5)
    assert (sheet.grid.gutter_em, sheet.grid.gutter, sheet.grid.measure_em) == (1.0, None, None)


def test_publication(issue: Issue) -> None:
    p = issue.publication
    assert p.masthead.nameplate == "p.png"
    assert (p.masthead.lines, p.masthead.ink) == (14, InkSpec(0, 1, 0.9, 0.05))
    faces = {role: [(f.file, f.index, f.axes) for f in chain] for role, chain in p.fonts.items()}
    heavy = [("fonts/song.otf", 2, {"wght": 700.0}), ("fonts/song.otf", 0, {})]
    song = [("fonts/song.otf", 0, {})]
    assert faces == {"song": song, "hei-bold": heavy, "hei-black": heavy}


def test_stories(issue: Issue) -> None:
    lead, second = issue.pages[0].stories
    assert (lead.slug, lead.file, lead.rank) == ("a", "stories/a.md", 1)
    assert [line.text for line in lead.headline.lines] == ["第一行", "第二行"]
    assert [span.style for span in lead.blocks[0].spans][1] is SpanStyle.STRONG
    assert (lead.jump and lead.jump.page, lead.characters, lead.design.at) == (3, 5, None)
    assert second.design.at == Cells(1, 4, 60, 104)
    assert (second.design.columns, second.design.direction) == (3, Direction.VERTICAL)
    assert second.design.side is Side.LEFT
    assert second.design.box and second.design.box.border is BorderStyle.DOUBLE
    assert second.design.box.tint == InkSpec(0, 0, 0, 0.1)
    assert second.blocks[0].kind is BlockKind.BODY


def test_pictures(issue: Issue) -> None:
    (photo,) = issue.pages[0].stories[0].photos
    assert (photo.file, photo.name) == ("day/turned.jpg", "../turned.jpg")
    assert photo.pixels == (40, 60), "EXIF turns it upright"
    assert (photo.columns, photo.focus) == (2, (0.25, 0.75))
    assert photo.caption and photo.caption.text == "一张很长的说明", "no blank between hanzi"
    (ad,) = issue.pages[0].ads
    assert (ad.file, ad.pixels, ad.at) == ("p.png", (60, 40), Cells(5, 5, 100, 120))


def test_nothing_is_said_of_a_clean_issue(issue: Issue) -> None:
    assert not issue.findings


def test_a_broadsheet_by_default(tmp_path: Path) -> None:
    files = {"publication.yaml": "name: 报\ncode: T\n"}
    sheet = load(write(tmp_path, files)).publication.sheet
    assert sheet.trim == Size(390 * MM, 550 * MM)
    assert sheet.margins == Margins(30 * MM, 20 * MM, 30 * MM, 20 * MM)
    assert all(getattr(sheet.grid, field) is None for field in sheet.grid.__struct_fields__)


def test_pngs_are_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def decoded(*_: object) -> None:
        raise AssertionError("the head is enough")

    path = write(tmp_path)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
    assert load(path).pages[0].stories[0].photos[0].pixels == (60, 40)


def test_heavy_libraries_come_late() -> None:
    heavy = ("PIL", "markdown_it", "borax")
    code = f"import layout.issue, sys; print([m for m in {heavy} if m in sys.modules])"
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_sixty_stories_load_quickly(tmp_path: Path) -> None:
    """40 ms is the aim; the bound is wide, for a busy machine, and finds what is quadratic."""
    names = [f"s{k}.md" for k in range(60)]
    text = GOOD["b.md"] + "会上，州发展改革部门有关负责人用“算力”概括昌吉的打算。" * 8 + "\n"
    listed = "".join(f"      - {name}\n" for name in names)
    files = {
        "issue.yaml": GOOD["issue.yaml"].replace("      - a.md\n", listed),
        **dict.fromkeys(names, text),
    }
    path = write(tmp_path, files)
    load(path)
    start = time.perf_counter()
    load(path)
    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        (None, ("TEST2025022507", "TEST202502250405")),
        ("{yyyy}-{mm}-{dd}_A{page}", ("2025-02-25_A07", "2025-02-25_A0405")),
        ("{code}.{yy}{mm}{dd}.{number}.{page}", ("TEST.250225.12199.07", "TEST.250225.12199.0405")),
    ],
)
def test_file_names(pattern: str | None, names: tuple[str, str], tmp_path: Path) -> None:
    said = GOOD["publication.yaml"] + (f"file_name: '{pattern}'\n" if pattern else "")
    issue = load(write(tmp_path, {"publication.yaml": said}))
    assert (issue.file_name(7), issue.file_name(4, 5)) == names
