"""Small issues made up in the test font: rules of the page an editor would check with a ruler."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from layout.findings import InputError
from layout.fonts import FontSet, OwnFace
from layout.fonts.manifest import stock
from layout.geometry import Box
from layout.issue import load
from layout.makeup import Made, make_up
from layout.sheet.items import Artwork, Group, Picture, TextLine
from tests.press.test_artwork import advertisement
from tests.testfont import build

TEXT = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"


def body(characters: int, paragraph: int = 120) -> str:
    whole = TEXT * (characters // len(TEXT) + 1)
    parts = [whole[k : k + paragraph] for k in range(0, characters, paragraph)]
    return "\n\n".join(part + "。" for part in parts)


def folder(
    tmp_path: Path, stories: dict[str, int], entries: str = "", page: str = "", front: str = ""
) -> Path:
    """An issue of stories by slug and length; `entries` replaces the list, `page` adds keys."""
    Image.new("RGB", (1800, 1200), (90, 120, 150)).save(tmp_path / "p.png")
    Image.new("L", (800, 500), 90).save(tmp_path / "ad.png")
    (tmp_path / "publication.yaml").write_text(
        "name: 天地日报\ncode: TD\nsheet: {columns: 6, measure: 17字, size: 小五, lines: 120}\n",
        "utf-8",
    )
    for slug, characters in stories.items():
        extra = front if slug == next(iter(stories)) else ""
        (tmp_path / f"{slug}.md").write_text(
            f"---\nheadline: 天地玄黄宇宙洪荒日月\n{extra}---\n{body(characters)}\n", "utf-8"
        )
    listed = entries or "".join(f"      - {slug}.md\n" for slug in stories)
    (tmp_path / "issue.yaml").write_text(
        f"publication: publication.yaml\ndate: 2025-02-25\nnumber: 1\npages:\n"
        f"  - name: 甲\n{page}    stories:\n{listed}",
        "utf-8",
    )
    return tmp_path / "issue.yaml"


SIX = {"a": 1100, "b": 900, "c": 800, "d": 600, "e": 500, "f": 400}


def made(issue_file: Path, fonts: FontSet) -> Made:
    (page,) = make_up(load(issue_file), fonts)
    return page


def parts(page: Made, kind: str) -> Iterator[tuple[Group, Group, float, float]]:
    for story in (g for g in page.sheet.groups if g.kind == "story"):
        for part in story.items:
            if isinstance(part, Group) and part.kind == kind:
                yield story, part, story.box.x + part.box.x, story.box.y + part.box.y


def boxes(page: Made, slug: str) -> list[Box]:
    """The rectangles a story covers: one, of an L two."""
    frame = next(p.frame for p in page.stories if p.copy.story.slug == slug)
    assert frame
    return [
        page.sheet.grid.cells(
            part.first_column - 1,
            part.first_line - 1,
            part.last_column - part.first_column + 1,
            part.last_line - part.first_line + 1,
        )
        for part in frame.cells.parts
    ]


def test_baselines_are_the_same_lines_across_the_page(tmp_path: Path, test_fonts: FontSet) -> None:
    page = made(folder(tmp_path, SIX, front="photos: [{file: p.png, caption: 天}]\n"), test_fonts)
    grid = page.sheet.grid
    seen = 0
    for kind in ("leg", "photo"):
        for _, part, _, y in parts(page, kind):
            for line in part.items:
                if isinstance(line, TextLine):
                    cell = (y + line.y - grid.origin.y) / grid.leading
                    assert cell % 1 == pytest.approx(
                        (1.286 - 1) / 2 / 1.286 + 0.88 / 1.286, abs=0.01
                    )
                    seen += 1
    assert seen > 200


def test_legs_stand_on_columns_and_end_within_one_line(tmp_path: Path, test_fonts: FontSet) -> None:
    page = made(folder(tmp_path, SIX), test_fonts)
    grid = page.sheet.grid
    lefts = {round(grid.left(c), 2) for c in range(grid.columns)}
    ends: dict[tuple[str, float], list[float]] = {}
    for story, leg, x, y in parts(page, "leg"):
        assert round(x, 2) in lefts
        lowest = max(
            (box for box in boxes(page, story.name) if box.x - 0.01 <= x < box.right),
            key=lambda box: box.y,
        )
        ends.setdefault((story.name, lowest.y), []).append(y + leg.box.height)
    assert {name for name, _ in ends} == set(SIX)
    for feet in ends.values():
        assert max(feet) - min(feet) <= grid.leading + 0.01
    assert not page.findings


def test_all_copy_is_on_the_page_once(tmp_path: Path, test_fonts: FontSet) -> None:
    page = made(folder(tmp_path, SIX), test_fonts)
    for slug, characters in SIX.items():
        text = "".join(
            line.text
            for story, leg, _, _ in parts(page, "leg")
            if story.name == slug
            for line in leg.items
            if isinstance(line, TextLine)
        )
        assert text == body(characters).replace("\n\n", "")


def test_full_page_has_no_hole(tmp_path: Path, test_fonts: FontSet) -> None:
    page = made(folder(tmp_path, SIX), test_fonts)
    area = page.sheet.grid.type_area
    stories = [box for slug in SIX for box in boxes(page, slug)]
    assert max(box.bottom for box in stories) == pytest.approx(area.bottom, abs=0.01)
    top = min(box.y for box in stories)
    gutters = sum(box.height * page.sheet.grid.gutter for box in stories)
    covered = sum(box.width * box.height for box in stories) + gutters
    whole = (area.width + page.sheet.grid.gutter) * (area.bottom - top)
    assert covered == pytest.approx(whole, rel=1e-4)


def test_photo_stands_on_columns_and_keeps_its_focus(tmp_path: Path, test_fonts: FontSet) -> None:
    front = (
        "photos: [{file: p.png, caption: 天地, credit: □记者摄, columns: 2, focus: [0.9, 0.5]}]\n"
    )
    page = made(folder(tmp_path, SIX, front=front), test_fonts)
    ((_, photo, x, _),) = parts(page, "photo")
    picture = next(item for item in photo.items if isinstance(item, Picture))
    grid = page.sheet.grid
    assert round(x, 2) in {round(grid.left(c), 2) for c in range(6)}
    assert picture.box.width == pytest.approx(grid.span(2), abs=0.01)
    assert picture.crop.x <= 0.9 <= picture.crop.x + picture.crop.width
    last = [item for item in photo.items if isinstance(item, TextLine)][-1]
    assert last.x + last.width == pytest.approx(picture.box.width, abs=0.01)


def test_too_much_copy_is_reported_by_story_and_number(tmp_path: Path, test_fonts: FontSet) -> None:
    stories = {"a": 4000, "b": 3500, "c": 2500}
    page = made(folder(tmp_path, stories), test_fonts)
    said = [str(f) for f in page.findings]
    length = sum(len("".join(p.split())) for p in body(2500).split("\n\n"))
    assert any(f"c.md is not on it ({length} characters)" in text for text in said)
    set_ = {g.name for g in page.sheet.groups if g.kind == "story"}
    assert set_ == {"a", "b"}


def test_a_pin_takes_its_cells_and_the_rest_fills_the_page(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    pin = "      - {file: f.md, at: {columns: 1-2, lines: 106-120}}\n"
    entries = "".join(f"      - {s}.md\n" for s in "abcde") + pin
    page = made(folder(tmp_path, SIX, entries), test_fonts)
    (box,) = [g.box for g in page.sheet.groups if g.name == "f"]
    assert box == page.sheet.grid.cells(0, 105, 2, 15)
    others = [g.box for g in page.sheet.groups if g.kind == "story" and g.name != "f"]
    for other in others:
        apart = other.right <= box.x or other.x >= box.right or other.bottom <= box.y + 0.01
        assert apart or other.y >= box.bottom - 0.01


def test_a_pin_too_small_says_how_many_characters_are_over(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    pin = "      - {file: f.md, at: {columns: 1-2, lines: 112-120}}\n"
    entries = "".join(f"      - {s}.md\n" for s in "abcde") + pin
    page = made(folder(tmp_path, SIX, entries), test_fonts)
    (finding,) = [f for f in page.findings if f.check == "makeup/overset"]
    assert finding.story == "f"
    frame = next(p.frame for p in page.stories if p.copy.story.slug == "f")
    assert frame
    assert f"overset by {frame.overset} characters" in finding.message
    placed = sum(
        len(line.text)
        for story, leg, _, _ in parts(page, "leg")
        if story.name == "f"
        for line in leg.items
        if isinstance(line, TextLine)
    )
    assert placed + frame.overset == len(body(400).replace("\n\n", ""))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{file: f.md, at: {columns: 1-7, lines: 100-120}}", "f is placed off the page"),
        ("{file: f.md, at: {columns: 1-2, lines: 1-20}}", "f is placed off the page"),
    ],
)
def test_a_pin_off_the_page_is_an_error(
    tmp_path: Path, test_fonts: FontSet, entry: str, message: str
) -> None:
    entries = "".join(f"      - {s}.md\n" for s in "abcde") + f"      - {entry}\n"
    with pytest.raises(InputError, match=message):
        made(folder(tmp_path, SIX, entries), test_fonts)


def test_an_advertisement_is_placed_whole(tmp_path: Path, test_fonts: FontSet) -> None:
    ads = "    ads:\n      - {file: ad.png, at: {columns: 4-6, lines: 101-120}}\n"
    page = made(folder(tmp_path, SIX, page=ads), test_fonts)
    (ad,) = [g for g in page.sheet.groups if g.kind == "ad"]
    picture = next(item for item in ad.items if isinstance(item, Picture))
    assert picture.crop.width == picture.crop.height == 1.0
    assert picture.box.width / picture.box.height == pytest.approx(800 / 500, rel=0.01)
    assert picture.box.right <= ad.box.width + 0.01


def test_a_pdf_advertisement_is_placed_as_vectors(tmp_path: Path, test_fonts: FontSet) -> None:
    ads = "    ads:\n      - {file: ad.pdf, at: {columns: 4-6, lines: 101-120}}\n"
    advertisement(tmp_path / "ad.pdf", "0 0 0 1 k 10 10 200 100 re f")
    page = made(folder(tmp_path, SIX, page=ads), test_fonts)
    (ad,) = [g for g in page.sheet.groups if g.kind == "ad"]
    artwork = next(item for item in ad.items if isinstance(item, Artwork))
    assert artwork.box.width / artwork.box.height == pytest.approx(2.0, rel=0.01)


def test_a_boxed_story_is_set_to_its_own_measure(tmp_path: Path, test_fonts: FontSet) -> None:
    entries = "".join(f"      - {s}.md\n" for s in "abcde")
    entries += "      - {file: f.md, box: {border: double, tint: 10%}}\n"
    page = made(folder(tmp_path, SIX, entries), test_fonts)
    legs = [(s, leg) for s, leg, _, _ in parts(page, "leg") if s.name == "f"]
    for story, leg in legs:
        assert leg.box.x > 0
        assert leg.box.right < story.box.width
        assert (leg.box.width / 9) % 1 == pytest.approx(0, abs=1e-6)


def test_broken_columns(tmp_path: Path, test_fonts: FontSet) -> None:
    """变栏: 三破二 – three base columns of 17 hold two of 26."""
    pin = "      - {file: f.md, columns: 2, at: {columns: 1-3, lines: 100-120}}\n"
    entries = "".join(f"      - {s}.md\n" for s in "abcde") + pin
    page = made(folder(tmp_path, SIX, entries), test_fonts)
    legs = [leg for s, leg, _, _ in parts(page, "leg") if s.name == "f"]
    assert [leg.box.width for leg in legs] == [26 * 9.0] * 2
    assert legs[1].box.right == pytest.approx(page.sheet.grid.span(3), abs=0.01)


def test_a_character_no_face_has_is_named(tmp_path: Path) -> None:
    face = build(tmp_path / "lacks.ttf", without="霜")
    only = FontSet({role: [OwnFace(str(face))] for role in stock().roles})
    only._chains = {role: chain[:1] for role, chain in only._chains.items()}
    with pytest.raises(InputError) as caught:
        made(folder(tmp_path, {"a": 100, "b": 50}), only)
    findings = [str(f) for f in caught.value.findings]
    assert len(findings) == 2
    where = f"{tmp_path}/a.md:4:40: no face has the character “霜” (U+971C); tried lacks"
    assert findings[0].startswith(where)
    assert findings[1].startswith(f"{tmp_path}/b.md:4:40: ")
