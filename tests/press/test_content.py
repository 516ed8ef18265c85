"""Operators of single items, read as text; the face has made-up widths, so that sums are plain."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from layout.geometry import Box
from layout.press.boxes import page_boxes
from layout.press.content import Placed, page_content
from layout.press.fontobjects import FontTable
from layout.sheet.items import (
    PAPER,
    GlyphRun,
    Group,
    Ink,
    Item,
    Outline,
    Picture,
    Rule,
    TextLine,
    Tint,
)

from .samples import sheet


class Plain:
    """Full-width glyphs; glyph 5 is half as wide, glyph 7 is 333.333."""

    key = name = "Plain"
    upem = 3000
    hb_face = SimpleNamespace(table_tags=["CFF "])

    def advance(self, glyph: int) -> int:
        return {5: 1500, 7: 1000}.get(glyph, 3000)


FACES = {"Plain": Plain(), "Other": Plain()}
RED = Ink(0.0, 1.0, 1.0, 0.0)


def drawn(*items: Item, bleed: float = 0.0) -> list[str]:
    page = sheet(*items, bleed=bleed)
    fonts = FontTable(FACES)  # type: ignore[arg-type]
    pictures = {item: "P1" for item in items if isinstance(item, Picture)}
    return page_content(page, page_boxes(page), fonts, Placed(pictures, {})).decode().splitlines()


def run(glyphs: str, *xs: float, text: str = "", clusters: str = "", **changes: object) -> GlyphRun:
    codes = tuple(map(int, glyphs))
    given = {
        "face": "Plain",
        "size": 10.0,
        "glyphs": codes,
        "xs": xs or tuple(10.0 * n for n in range(len(codes))),
        "text": text or "甲乙丙丁"[: len(codes)],
        "clusters": tuple(map(int, clusters)) if clusters else tuple(range(len(codes))),
    }
    return GlyphRun(**(given | changes))  # type: ignore[arg-type]


def text(*runs: GlyphRun) -> TextLine:
    return TextLine(5.0, 50.0, 100.0, 100.0, 0.0, "", runs)


def test_set_line_is_one_text_object() -> None:
    # Trim 300 high, story at (20, 30), baseline 50 below: y = 300 − 80.
    assert drawn(text(run("123"))) == [
        "BT",
        "/OP gs",
        "0 0 0 1 k",
        "/T1 10 Tf 100 Tz",
        "25 220 Td",
        "<000100020003> Tj",
        "ET",
    ]


def test_bleed_moves_the_content() -> None:
    assert drawn(text(run("1")), bleed=8.504)[0] == "1 0 0 1 8.504 8.504 cm"


def test_positions_off_the_widths_become_corrections() -> None:
    # Half a point of stretch after the first glyph: 50/1000 of 10 pt to the right.
    assert "[<0001>-50<00020003>] TJ" in drawn(text(run("123", 0.0, 10.5, 20.5)))


def test_corrections_shrink_with_width_ratio() -> None:
    lines = drawn(text(run("12", 0.0, 8.5, width_ratio=0.8)))
    assert "/T1 10 Tf 80 Tz" in lines
    assert "[<0001>-62.5<0002>] TJ" in lines


def test_noise_of_rounding_makes_no_corrections() -> None:
    # A third of 10 pt is 3.333…: positions rounded to 0.001 stay one string.
    xs = tuple(round(n * 10 / 3, 3) for n in range(9))
    assert f"<{'0007' * 9}> Tj" in drawn(text(run("7" * 9, *xs, text="一" * 9)))


@pytest.mark.parametrize("size", [5.25, 9.0, 21.0, 96.0, 300.0])
@pytest.mark.parametrize("ratio", [0.7, 1.0, 1.25])
def test_drawn_positions_never_stray(size: float, ratio: float) -> None:
    step = size * ratio * 1.01234 / 3
    xs = tuple(round(n * step, 3) for n in range(400))
    line = text(run("7" * 400, *xs, text="一" * 400, size=size, width_ratio=ratio))
    shown = next(part for part in drawn(line) if part.endswith("J"))
    for wanted, got in zip(xs, positions(shown, size * ratio), strict=True):
        assert abs(wanted - got) < 0.001


def positions(shown: str, em: float) -> list[float]:
    """What a PDF reader makes of a TJ array of glyph 7 (9.4.4)."""
    pen, places = 0.0, []
    for part in shown.removeprefix("[").removesuffix("] TJ").replace("<", " <").split():
        codes, _, correction = part.removeprefix("<").partition(">")
        if not part.startswith("<"):
            codes, correction = "", part
        for _ in range(len(codes) // 4):
            places.append(pen)
            pen += 333.333 / 1000 * em
        pen -= float(correction or 0) / 1000 * em
    return places


def test_later_runs_stand_where_they_say() -> None:
    other = run("5", 31.25, text="x", face="Other", size=12.0, ink=RED)
    assert drawn(text(run("12"), other))[3:] == [
        "/T1 10 Tf 100 Tz",
        "25 220 Td",
        "<00010002> Tj",
        "/KO gs",
        "0 1 1 0 k",
        "/T2 12 Tf 100 Tz",
        "31.25 0 Td",
        "<0005> Tj",
        "ET",
    ]


def test_glyph_of_two_texts_says_the_second_by_actual_text() -> None:
    second = run("121", 10.0, 20.0, 30.0, text="⸺乙—")
    assert drawn(text(run("1", text="—"), second))[-4:] == [
        "10 0 Td",
        "/Span <</ActualText <FEFF2E3A>>> BDC <0001> Tj EMC",
        "<00020001> Tj",
        "ET",
    ]


def test_cluster_of_several_glyphs_has_actual_text() -> None:
    lines = drawn(text(run("123", text="é甲", clusters="001")))
    assert "/Span <</ActualText <FEFF00E9>>> BDC <00010002> Tj EMC" in lines


def test_black_is_overprinted_and_white_is_not() -> None:
    lines = drawn(text(run("1")), text(run("2", ink=PAPER)), text(run("3")))
    assert [part for part in lines if part.endswith(("gs", " k"))] == [
        "/OP gs",
        "0 0 0 1 k",
        "/KO gs",
        "0 0 0 0 k",
        "/OP gs",
        "0 0 0 1 k",
    ]


def test_state_is_written_when_it_changes() -> None:
    rules = [Rule(0.0, y, 100.0, y, 0.5) for y in (10.0, 20.0)]
    assert drawn(*rules, Rule(0.0, 30.0, 100.0, 30.0, 1.0, RED, (2.0, 1.0))) == [
        "/OP gs",
        "0 0 0 1 K",
        "0.5 w",
        "20 260 m 120 260 l S",
        "20 250 m 120 250 l S",
        "/KO gs",
        "0 1 1 0 K",
        "1 w",
        "[2 1] 0 d",
        "20 240 m 120 240 l S",
    ]


def test_solid_rule_after_a_dashed_one() -> None:
    lines = drawn(Rule(0, 0, 9, 0, 1, dash=(2.0,)), Rule(0, 1, 9, 1, 1))
    assert [part for part in lines if part.endswith(" d")] == ["[2] 0 d", "[] 0 d"]


def test_tint_knocks_out_even_when_black() -> None:
    assert drawn(Tint(Box(0.0, 0.0, 100.0, 20.0), Ink())) == [
        "/KO gs",
        "0 0 0 1 k",
        "20 250 100 20 re f",
    ]


def test_outline_is_filled_nonzero() -> None:
    path = (
        ("M", 0.0, 0.0),
        ("L", 10.0, 0.0),
        ("C", 10.0, 5.0, 5.0, 10.0, 0.0, 10.0),
        ("Z",),
    )
    assert drawn(Outline("qr", path, Ink()))[2:] == [
        "20 270 m",
        "30 270 l",
        "30 265 25 260 20 260 c",
        "h",
        "f",
    ]


def test_nested_groups_add_up() -> None:
    leg = Group("leg", "leg", Box(100.0, 10.0, 50.0, 50.0), (Rule(1.0, 2.0, 3.0, 2.0, 1.0),))
    assert drawn(leg)[-1] == "121 258 m 123 258 l S"


def test_picture_fills_its_box() -> None:
    item = Picture("a.jpg", Box(10.0, 20.0, 120.0, 80.0), Box(0, 0, 1, 1), 300, "")
    assert drawn(item) == ["/KO gs", "q 120 0 0 80 30 170 cm /P1 Do Q"]
