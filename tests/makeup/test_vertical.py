"""竖题 on pages made up in the test font: where head, body and photographs stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.fonts import FontSet
from layout.issue import load
from layout.makeup import Made
from layout.press import PressReport
from layout.report import page_report, report
from layout.sheet.items import Group, Picture, TextLine, VerticalLine
from tests.makeup.test_page import body, folder, made, parts

FULL = {"a": 2200, "b": 1100, "c": 800, "d": 600, "e": 500, "f": 400}
PHOTO = "photos: [{file: p.png, caption: 天地, credit: □记者摄}]\n"


def entries(slug: str, how: str = "headline: {direction: vertical}", slugs: str = "abcdef") -> str:
    return "".join(
        f"      - {{file: {s}.md, {how}}}\n" if s == slug else f"      - {s}.md\n" for s in slugs
    )


def of(page: Made, slug: str, kind: str) -> list[Group]:
    return [part for story, part, _, _ in parts(page, kind) if story.name == slug]


def no_white_nor_overset(page: Made, slug: str) -> None:
    """Every leg and the head's block end on the frame's foot, within one line of each other."""
    leading = page.sheet.grid.leading
    (story,) = [g for g in page.sheet.groups if g.name == slug]
    (head,) = of(page, slug, "head")
    legs = of(page, slug, "leg")
    feet = [leg.box.bottom for leg in legs]
    if not any(leg.box.x == head.box.x for leg in legs):
        feet.append(head.box.bottom)
    assert max(feet) == pytest.approx(story.box.height, abs=0.01)
    assert max(feet) - min(feet) <= leading + 0.01
    text = "".join(line.text for leg in legs for line in leg.items if isinstance(line, TextLine))
    assert text == body(FULL[slug]).replace("\n\n", "")


@pytest.mark.parametrize("slug", list(FULL))
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_head_stands_over_one_leg(
    tmp_path: Path, test_fonts: FontSet, slug: str, side: str
) -> None:
    how = f"headline: {{direction: vertical, side: {side}}}"
    page = made(folder(tmp_path, FULL, entries(slug, how)), test_fonts)
    assert not page.findings
    grid = page.sheet.grid
    (head,) = of(page, slug, "head")
    (story,) = [g for g in page.sheet.groups if g.name == slug]
    assert head.box.width == pytest.approx(grid.measure)
    assert head.box.x == pytest.approx(0.0 if side == "left" else story.box.width - grid.measure)
    assert all(isinstance(line, VerticalLine) for line in head.items)
    beside = [leg for leg in of(page, slug, "leg") if leg.box.x != head.box.x]
    assert {leg.box.y for leg in beside} == {head.box.y}, "legs begin level with the block"
    if side == "right":
        assert of(page, slug, "leg")[0].box.x == 0.0, "the body begins at the upper left"
    no_white_nor_overset(page, slug)


def test_lines_stand_inside_their_block_from_right_to_left(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    front = "kicker: 天地玄黄\ndeck: 宇宙洪荒日月\n"
    page = made(folder(tmp_path, FULL, entries("a"), front=front), test_fonts)
    (head,) = of(page, "a", "head")
    lines = [line for line in head.items if isinstance(line, VerticalLine)]
    kicker, *main, deck = lines
    assert [kicker.text, deck.text] == ["天地玄黄", "宇宙洪荒日月"]
    assert "".join(line.text for line in main) == "天地玄黄宇宙洪荒日月"
    axes = [line.x for line in lines]
    assert axes == sorted(axes, reverse=True)
    size = main[0].runs[0].size
    assert kicker.y == pytest.approx(main[0].y - size / 2), "肩题 begins higher"
    assert kicker.runs[0].size < size and deck.runs[0].size < size
    for line in lines:
        em = line.runs[0].size
        assert em / 2 <= line.x <= head.box.width - em / 2
    for line in main:
        assert line.y >= size - 0.01, "a square of air above"
        assert line.y + line.height <= head.box.height - size + 0.01, "and below"


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("slug", ["a", "d"])
def test_photographs_stand_beside_or_below(
    tmp_path: Path, test_fonts: FontSet, slug: str, side: str
) -> None:
    how = f"headline: {{direction: vertical, side: {side}}}"
    issue = folder(tmp_path, FULL, entries(slug, how))
    story = tmp_path / f"{slug}.md"
    story.write_text(story.read_text("utf-8").replace("---\n天", PHOTO + "---\n天", 1), "utf-8")
    page = made(issue, test_fonts)
    assert not page.findings
    (head,), (photo,) = of(page, slug, "head"), of(page, slug, "photo")
    assert any(isinstance(item, Picture) for item in photo.items)
    apart = photo.box.x >= head.box.right or photo.box.right <= head.box.x
    assert apart or photo.box.y >= head.box.bottom - 0.01
    for leg in of(page, slug, "leg"):
        for block in (head.box, photo.box):
            beside = leg.box.x >= block.right - 0.01 or leg.box.right <= block.x + 0.01
            assert beside or leg.box.y >= block.bottom - 0.01


def test_a_boxed_story_may_have_one(tmp_path: Path, test_fonts: FontSet) -> None:
    how = "box: {border: double}, headline: {direction: vertical}"
    page = made(folder(tmp_path, FULL, entries("f", how)), test_fonts)
    assert not page.findings
    (head,) = of(page, "f", "head")
    (story,) = [g for g in page.sheet.groups if g.name == "f"]
    assert head.box.right < story.box.width


def test_one_column_is_set_horizontally_and_said_once(tmp_path: Path, test_fonts: FontSet) -> None:
    how = "at: {columns: 6-6, lines: 60-120}, headline: {direction: vertical}"
    page = made(folder(tmp_path, FULL, entries("d", how)), test_fonts)
    (said,) = [f for f in page.findings if f.check == "makeup/vertical-head"]
    assert "the vertical headline of d.md is set horizontally" in said.message
    assert said.mark and said.mark.line == 10
    (head,) = of(page, "d", "head")
    assert all(isinstance(line, TextLine) for line in head.items)


def test_a_head_too_long_for_its_story_is_set_horizontally(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    issue = folder(tmp_path, FULL, entries("f"))
    story = tmp_path / "f.md"
    line = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
    long = f"headline: [{line}, {line}]"
    text = story.read_text("utf-8").replace("headline: 天地玄黄宇宙洪荒日月", long)
    story.write_text(text, "utf-8")
    page = made(issue, test_fonts)
    assert [f.check for f in page.findings] == ["makeup/vertical-head"]


def test_the_report_gives_the_lines_in_reading_order(tmp_path: Path, test_fonts: FontSet) -> None:
    issue_file = folder(tmp_path, FULL, entries("a"), front="kicker: 天地\ndeck: 宇宙\n")
    page = made(issue_file, test_fonts)
    press = PressReport("a.pdf", 0, (), (), ())
    data = report(load(issue_file), [page_report(page, press)], [], [], {})
    told = data["pages"][0]["stories"][0]["headline"]
    (head,) = of(page, "a", "head")
    (story,) = [g for g in page.sheet.groups if g.name == "a"]
    assert (told["lines"][0], told["lines"][-1]) == ("天地", "宇宙")
    assert "".join(told["lines"][1:-1]) == "天地玄黄宇宙洪荒日月"
    assert told["box"] == pytest.approx(
        [story.box.x + head.box.x, story.box.y + head.box.y, head.box.width, head.box.height],
        abs=0.002,
    )
