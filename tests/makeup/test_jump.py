"""Jumps: where a cut may stand, that no copy is lost, and an issue whose stories jump."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from layout.findings import Mark
from layout.fonts import FontSet
from layout.issue import load
from layout.issue.model import Block, BlockKind, Jump, Span, SpanStyle, Story
from layout.issue.story import blocks
from layout.makeup import Made, jump, make_up
from layout.makeup.body import assembled, set_element
from layout.makeup.copy import Desk, StoryCopy
from layout.makeup.grid import solve
from layout.makeup.jump import Cut, cuts, parted
from layout.report import _story
from layout.sheet.items import Group, TextLine
from tests.makeup.test_page import TEXT, body, folder
from tests.stories import story

LONG = TEXT * 4  # ten lines and a half of 17 characters
# Markdown and which of its paragraphs may hold a cut.
CASES = {
    "one paragraph": (LONG + TEXT, {0}),
    "too short": (TEXT * 2, set()),
    "short paragraphs": ("\n\n".join([TEXT[:30]] * 20), set()),
    "never in a subhead": (f"{LONG}\n\n## 天地玄黄宇宙洪荒\n\n{LONG}", {0, 2}),
    "never in a table": (f"{LONG}\n\n|天|地|\n|-|-|\n|玄|黄|\n|宇|宙|\n\n{LONG}", {0, 2}),
    "in a quote": (f"> {LONG}\n\n{LONG}", {0, 1}),
    "six lines behind": (f"{LONG}\n\n{TEXT * 2}", {0}),
}


def copied(markdown: str, fonts: FontSet, tmp_path: Path) -> tuple[Desk, StoryCopy]:
    found, faults = blocks(markdown, "a.md", 1, lambda *_: (None, []))
    assert not faults
    grid = solve(load(folder(tmp_path, {"a": 100})).publication.sheet)
    desk = Desk(fonts, grid)
    made = story(found)
    made = type(made)(**{name: getattr(made, name) for name in made.__struct_fields__} | {
        "jump": Jump(3, None, Mark("a.md", 3))})  # fmt: skip
    return desk, jump.prepared(desk, made, 1)


def possible(desk: Desk, copy: StoryCopy) -> list[Cut]:
    jumping = replace(copy.story, jump=Jump(3, None, copy.story.mark))
    line = desk.jump_line(jumping)
    assert line
    return list(cuts(copy, line, desk.grid))


@pytest.mark.parametrize("name", CASES)
def test_where_a_cut_may_stand(name: str, test_fonts: FontSet, tmp_path: Path) -> None:
    markdown, where = CASES[name]
    desk, copy = copied(markdown, test_fonts, tmp_path)
    found = possible(desk, copy)
    assert {cut.block for cut in found} == where
    assert all(cut.before >= 4 and cut.behind >= 6 for cut in found)
    assert bool(copy.parts) == bool(where)


def test_a_cut_stands_in_mid_sentence_between_words(test_fonts: FontSet, tmp_path: Path) -> None:
    # in lines of 17 a stop stands in every place, also in the last beside 下转
    desk, copy = copied(("新疆" * 7 + "。") * 40, test_fonts, tmp_path)
    found = possible(desk, copy)
    assert found
    for cut in found:
        before, behind = (part.blocks for part in parted(copy.story, cut, 1))
        assert (before[-1].text[-1], behind[0].text[0]) == ("疆", "新")
        assert "。" not in before[-1].text[-3:]


@pytest.mark.parametrize(("ems", "lines"), [(17, 0), (8, 1), (5, 2)])
def test_a_line_of_its_own_for_want_of_room(
    ems: int, lines: int, test_fonts: FontSet, tmp_path: Path
) -> None:
    desk, copy = copied(LONG * 3, test_fonts, tmp_path)
    body, measure = copy.parts[0].body, ems * desk.grid.size
    set_ = [set_element(element, measure, desk.grid) for element in body]
    galley = assembled(body, set_)
    assert len(galley) - sum(map(len, set_[:-1])) == lines
    text = "".join(line.text for line in galley[len(galley) - lines :])
    extras = [item for item in galley[-1].extras if isinstance(item, TextLine)]
    assert text + "".join(item.text for item in extras) == "（下转第3版）"
    for item in extras:
        assert item.x + item.width == pytest.approx(measure, abs=0.01), "set right"


def test_the_rest_is_a_story_of_its_own(test_fonts: FontSet, tmp_path: Path) -> None:
    desk, copy = copied(LONG * 3, test_fonts, tmp_path)
    rest = copy.parts[0].rest
    assert rest and rest.origin == 1 and rest.jump is None and not rest.photos
    assert rest.headline.kicker and rest.headline.kicker.text == "（上接第1版）"
    assert [line.text for line in rest.headline.lines] == ["天地玄黄"]
    first = desk.story(rest).body[0]
    assert getattr(first, "indent_em", None) == 0.0, "the paragraph goes on"
    assert rest.blocks[0].mark.column > 1


PIECES = st.lists(st.text("天地 　a，", min_size=1, max_size=9), min_size=1, max_size=6)


@given(PIECES, st.data())
def test_no_character_is_lost_or_doubled(pieces: list[str], data: st.DataObject) -> None:
    mark = Mark("a.md", 4, 1)
    spans = tuple(Span(text, SpanStyle.PLAIN, mark) for text in pieces)
    whole = story([Block(BlockKind.BODY, spans, mark)])
    if whole.characters < 2:
        return
    made = Story(**{name: getattr(whole, name) for name in whole.__struct_fields__} | {
        "jump": Jump(3, None, mark)})  # fmt: skip
    at = data.draw(st.integers(1, whole.characters - 1))
    first, rest = parted(made, Cut(0, at, 4, 6), 1)
    assert first.characters == at
    assert first.blocks[0].text + rest.blocks[0].text == "".join(pieces)


def issue(tmp_path: Path, to: str, front: str = "") -> Path:
    """Three pages; the lead of the first jumps."""
    sizes = dict.fromkeys("bcdefghijklm", 900)
    front = f"jump: {to}\n{front}"
    file = folder(tmp_path, {"a": 2600, **sizes}, front=front, entries="      - a.md\n")
    pages = ["bcde", "fghij", "klm"]
    listed = ["".join(f"      - {slug}.md\n" for slug in slugs) for slugs in pages]
    text = file.read_text("utf-8") + listed[0]
    file.write_text(text + "".join(f"  - stories:\n{page}" for page in listed[1:]), "utf-8")
    return file


def text_of(page: Made, slug: str) -> str:
    groups = [g for g in page.sheet.groups if g.name == slug]
    legs = [leg for g in groups for leg in g.items if isinstance(leg, Group) and leg.kind == "leg"]
    return "".join(i.text for leg in legs for i in leg.items if isinstance(i, TextLine))


@pytest.mark.parametrize(("asked", "to"), [("2", 2), ("auto", 3)])
def test_an_issue_whose_lead_jumps(
    asked: str, to: int, tmp_path: Path, test_fonts: FontSet
) -> None:
    made = make_up(load(issue(tmp_path, asked, "jump_headline: 日月盈昃\n")), test_fonts)
    first, rest = text_of(made[0], "a"), text_of(made[to - 1], "a")
    assert first.endswith(f"（下转第{to}版）")
    assert first.removesuffix(f"（下转第{to}版）") + rest == re.sub(r"\n", "", body(2600))
    entries = [
        _story(placed, page.sheet.grid)
        for page in made
        for placed in page.stories
        if placed.copy.story.slug == "a"
    ]
    assert [entry["jump"] for entry in entries] == [{"to": to}, {"from": 1}]
    assert [entry["file"] for entry in entries] == ["a.md", "a.md"]
    kicker, *headline = entries[1]["headline"]["lines"]
    assert (kicker, "".join(headline)) == ("（上接第1版）", "日月盈昃")
    assert entries[1]["rank"] == len(made[to - 1].stories)
    assert not [f for f in made[0].findings if f.check == "makeup/overset"]


def test_a_story_too_short_to_jump_stands_whole(tmp_path: Path, test_fonts: FontSet) -> None:
    file = issue(tmp_path, "2")
    front = "---\nheadline: 天地玄黄\njump: 2\n---\n"
    (tmp_path / "a.md").write_text(front + TEXT, "utf-8")
    made = make_up(load(file), test_fonts)
    (said,) = [f for f in made[0].findings if f.check == "makeup/jump"]
    assert str(said.mark).endswith("a.md:3:7")
    assert text_of(made[0], "a") == TEXT
