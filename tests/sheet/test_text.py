"""Sheet text: a change shows where it is and nowhere else."""

from __future__ import annotations

import msgspec

from layout.geometry import Box, Point, Size
from layout.sheet.items import GlyphRun, Grid, Group, Rule, Sheet, TextLine, VerticalLine
from layout.sheet.text import sheet_text

GRID = Grid(6, 153.0, 15.0, 12.0, 100, 9.0, Point(50.0, 80.0))


def line(text: str, y: float) -> TextLine:
    xs = tuple(9.0 * k for k in range(len(text)))
    run = GlyphRun("F", 9.0, tuple(range(1, len(text) + 1)), xs, text, tuple(range(len(text))))
    return TextLine(0.0, y, 9.0 * len(text), 153.0, 0.012, text, (run,))


def sheet(column: int = 0, text: str = "天地玄黄") -> Sheet:
    leg = Group("leg 1", "leg", Box(0.0, 60.0, 153.0, 24.0), (line(text, 8.0), line("宇宙", 20.0)))
    story = Group("01-lead", "story", GRID.cells(column, 10, 2, 20), (leg, Rule(0, 0, 9, 0, 0.5)))
    return Sheet(
        page=1, trim=Size(1100.0, 1500.0), bleed=8.5, grid=GRID, groups=(story,), meta={}
    )  # fmt: skip


def test_reads_like_a_page() -> None:
    assert sheet_text(sheet(), ()).splitlines() == [
        "sheet 1 · trim 1100.00×1500.00 · grid 6×153.00+15.00 · leading 12.000 · 100 lines",
        "frame 01-lead story · columns 1-2 lines 11-30",
        "  leg 1 · at 0.00 60.00",
        "    01 +0.012 9 天地玄黄 #9f9d",
        "    02 +0.012 9 宇宙 #0f67",
        "  rule 0.5 · 0.00 0.00 – 9.00 0.00",
    ]


def changed(a: Sheet, b: Sheet) -> list[str]:
    one, other = sheet_text(a, ()).splitlines(), sheet_text(b, ()).splitlines()
    return [y for x, y in zip(one, other, strict=True) if x != y]


def test_a_moved_story_changes_one_line() -> None:
    assert changed(sheet(), sheet(2)) == ["frame 01-lead story · columns 3-4 lines 11-30"]


def test_one_changed_character_changes_its_line() -> None:
    (only,) = changed(sheet(), sheet(text="天地玄青"))
    assert "天地玄青" in only


def test_a_glyph_moved_by_a_thousandth_shows() -> None:
    moved = sheet()
    leg = moved.groups[0].items[0]
    assert isinstance(leg, Group)
    first = leg.items[0]
    assert isinstance(first, TextLine)
    run = msgspec.structs.replace(first.runs[0], xs=(0.0, 9.001, 18.0, 27.0))
    nudged = msgspec.structs.replace(first, runs=(run,))
    other = msgspec.structs.replace(leg, items=(nudged, *leg.items[1:]))
    group = msgspec.structs.replace(moved.groups[0], items=(other, *moved.groups[0].items[1:]))
    assert len(changed(sheet(), msgspec.structs.replace(moved, groups=(group,)))) == 1


def test_a_vertical_line_shows_its_text_and_every_move() -> None:
    run = GlyphRun("F", 20.0, (1, 2), (-10.0, -10.0), "天地", (0, 1), ys=(17.6, 37.6))
    upright = VerticalLine(0.0, 0.0, 40.0, 40.0, "天地", (run,))
    other = msgspec.structs.replace(run, ys=(17.6, 37.601))
    turned = msgspec.structs.replace(run, turned=True)
    texts = []
    for runs in ((run,), (other,), (turned,)):
        head = Group("head", "head", Box(0.0, 0.0, 153.0, 60.0), (
            msgspec.structs.replace(upright, runs=runs),
        ))  # fmt: skip
        story = Group("01-lead", "story", GRID.cells(0, 10, 2, 20), (head,))
        page = msgspec.structs.replace(sheet(), groups=(story,))
        assert page.faces == ("F",)
        texts.append(sheet_text(page, ()).splitlines()[3])
    assert texts[0] == "    01 vertical 20 天地 #50e5"
    assert len(set(texts)) == 3
