"""Two sheets compared: what an editor did, and nothing that follows from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from layout.render import set_issue
from layout.sheet.diff import Change, Kind, diff
from layout.sheet.items import FaceRecord, Group, Picture, Sheet
from layout.sheet.record import boxed, read
from layout.sheet.text import sheet_text
from tests.sheet.test_text import GRID, line, sheet

SAMPLE = Path(__file__).parents[2] / "issues/changji-daily"
FACE = FaceRecord("F", "song", "Song", "song.otf", "a" * 64)
BODY = ("天地玄黄宇宙洪荒", "日月盈昃辰宿列张", "寒来暑往秋收冬藏", "闰余成岁律吕调阳")


def page(*rows: str, column: int = 0, crop: float = 0.0, size: int = 2) -> Sheet:
    head = Group("head", "head", GRID.cells(0, 0, 2, 3), (line("千字文", 20.0),))
    half = len(rows) // 2
    legs = tuple(
        Group(f"leg {k + 1}", "leg", GRID.cells(k, 3, 1, 10), tuple(
            line(text, 8.0 + 12.0 * n) for n, text in enumerate(part)
        ))
        for k, part in enumerate((rows[:half], rows[half:]))
    )  # fmt: skip
    shown = GRID.cells(0, 0, 1, 1)
    picture = Picture("/a/b.jpg", shown, msgspec.structs.replace(shown, x=crop), 200.0, "")
    photo = Group("photo", "photo", GRID.cells(0, 13, 2, 5), (picture,))
    story = Group("01-lead", "story", GRID.cells(column, 10, size, 20), (head, *legs, photo))
    return msgspec.structs.replace(sheet(), groups=(story,))


def changes(a: Sheet, b: Sheet, **files: str) -> list[Change]:
    one = read(sheet_text(a, (FACE,), {"b.jpg": "0" * 8}))
    other = read(sheet_text(b, (FACE,), {"b.jpg": files.get("file", "0" * 8)}))
    return diff([boxed(one, a)], [boxed(other, b)])


def told(a: Sheet, b: Sheet, **files: str) -> list[str]:
    return [str(change) for change in changes(a, b, **files)]


def test_the_same_page_has_no_changes() -> None:
    assert changes(page(*BODY), page(*BODY)) == []


def test_one_character_is_named_with_story_and_line_and_nothing_else() -> None:
    other = (*BODY[:3], "闰馀成岁律吕调阳")
    (change,) = changes(page(*BODY), page(*other))
    assert str(change) == "01-lead: text changed: leg 2 line 2: “余” → “馀”"
    assert (change.before, change.after) == ("余", "馀")
    assert change.box_after
    assert (change.box_after.x, change.box_after.width) == (GRID.left(0) * 2 + 168.0, 72.0)


def test_copy_put_in_tells_what_it_sets_anew() -> None:
    other = ("天地玄黄啊宇宙洪", "荒日月盈昃辰宿列", "张寒来暑往秋收冬", "藏闰余成岁律吕调", "阳")
    assert told(page(*BODY), page(*other)) == [
        "01-lead: text changed: leg 1 line 1: “啊” put in; 5 lines set anew; 1 line more"
    ]


def test_the_same_copy_broken_elsewhere_is_rewrapped() -> None:
    other = (BODY[0], "日月盈昃辰宿列", "张寒来暑往秋收冬藏", BODY[3])
    (said,) = told(page(*BODY), page(*other))
    assert said.startswith("01-lead: rewrapped: leg 1 line 2:")


def test_latin_words_may_break_at_a_line_end() -> None:
    one, other = ("the quick brown", "fox"), ("the quick", "brown fox")
    assert [c.kind for c in changes(page(*one), page(*other))] == [Kind.REWRAPPED]
    (change,) = changes(page("press-", "room"), page("pressed", "room"))
    assert change.kind is Kind.TEXT


def test_a_story_moved_by_a_column_is_moved_and_not_edited() -> None:
    assert told(page(*BODY), page(*BODY, column=1)) == [
        "01-lead: moved: 1 column right (+59.3 mm, +0.0 mm)"
    ]
    assert [c.kind for c in changes(page(*BODY), page(*BODY, size=3))] == [Kind.SHAPE]


def test_a_swapped_photo_and_another_crop_are_named() -> None:
    assert told(page(*BODY), page(*BODY), file="1" * 8) == [
        "01-lead: picture changed: photo: b.jpg is another file of that name"
    ]
    (change,) = changes(page(*BODY), page(*BODY, crop=0.1))
    assert change.kind is Kind.CROP


def test_another_font_file_is_one_change() -> None:
    a = page(*BODY)
    text = sheet_text(a, (FACE,))
    other = "\n".join(
        row[:-4] + "ffff" if "#" in row else row for row in text.splitlines()
    ).replace("a" * 8, "b" * 8)  # fmt: skip
    assert [str(c) for c in diff([read(text)], [read(other)])] == [
        "page: face changed: song: Song aaaaaaaa → Song bbbbbbbb"
    ]
    ink = other.replace("b" * 8, "a" * 8)
    assert {c.kind for c in diff([read(text)], [read(ink)])} == {Kind.INK}


def test_size_tracking_and_pages() -> None:
    text = sheet_text(page(*BODY), ())
    bigger = text.replace("01 +0.012 9 千字文", "01 +0.012 10.5 千字文")
    (change,) = diff([read(text)], [read(bigger)])
    assert str(change) == "01-lead: size changed: head line 1: 9 → 10.5 pt, 1 line"
    other = text.replace("01 +0.012 9 千字文", "01 +0.012 12 千文")
    (change,) = diff([read(text)], [read(other)])
    assert change.said == "“字” taken out; 9 → 12 pt"
    tracked = text.replace("01 +0.012 9 千字文", "01 +0.030 9 千字文")
    (change,) = diff([read(text)], [read(tracked)])
    assert change.kind is Kind.TRACKING
    assert [c.kind for c in diff([], [read(text)])] == [Kind.ADDED]


def test_what_is_no_sheet_text_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match="line 1"):
        read("%PDF-1.6")
    with pytest.raises(ValueError, match="line 3: nonsense"):
        read(sheet_text(page(*BODY), ()).replace("  head", "nonsense\n  head", 1))


def test_the_sample_with_one_character_changed(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    shutil.copytree(SAMPLE, paper)
    issue = paper / "2025-02-25/issue.yaml"
    before = set_issue(issue)
    story = issue.parent / "stories/02-agreements.md"
    copy = story.read_text("utf-8")
    assert copy.count("同一个方向") == 1
    story.write_text(copy.replace("同一个方向", "同一个目标"), "utf-8")
    after = set_issue(issue)
    old, new = (
        [boxed(read(t), p.sheet) for t, p in zip(e.texts, e.pages, strict=True)]
        for e in (before, after)
    )
    (change,) = diff(old, new)
    assert change.story == "02-agreements"
    assert change.kind is Kind.TEXT
    assert change.line == 2
    assert (change.before, change.after) == ("方向", "目标")
