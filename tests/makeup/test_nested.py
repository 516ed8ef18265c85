"""穿插: stories that leave a corner to neighbours; heads over some legs only; ads in corners."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate, product
from pathlib import Path

import pytest

from layout.findings import InputError
from layout.fonts import FontSet
from layout.geometry import Box
from layout.issue.model import Cells
from layout.makeup import Made
from layout.makeup.heads import Head
from layout.makeup.nested import Host
from layout.makeup.treatment import Legs, Notch, Treatment
from layout.sheet.items import Group, Picture, Rule, TextLine
from tests.makeup.test_page import SIX, body, folder, made, parts

LEAST_LEG = 4
PHOTO = "photos: [{file: p.png, caption: 天地, columns: 2}]\n"


def cells_covered(page: Made) -> list[tuple[int, int]]:
    """(column, line) of every story's and advertisement's cells, counted from 1."""
    places = [p.frame.cells for p in page.stories if p.frame]
    places += [ad.at for ad in page.page.ads]
    return [
        (column, line)
        for place in places
        for part in place.parts
        for column in range(part.first_column, part.last_column + 1)
        for line in range(part.first_line, part.last_line + 1)
    ]


def box_of(page: Made, cells: Cells) -> Box:
    columns = cells.last_column - cells.first_column + 1
    lines = cells.last_line - cells.first_line + 1
    return page.sheet.grid.cells(cells.first_column - 1, cells.first_line - 1, columns, lines)


def legs_of(page: Made, slug: str) -> list[Box]:
    return [
        leg.box.moved(story.box.x, story.box.y)
        for story, leg, _, _ in parts(page, "leg")
        if story.name == slug
    ]


def text_of(page: Made, slug: str) -> str:
    return "".join(
        line.text
        for story, leg, _, _ in parts(page, "leg")
        if story.name == slug
        for line in leg.items
        if isinstance(line, TextLine)
    )


def head_of(page: Made, slug: str) -> tuple[Group, Group]:
    return next((s, head) for s, head, _, _ in parts(page, "head") if s.name == slug)


def every_part(page: Made) -> Iterator[tuple[Group, Group, float, float]]:
    for kind in ("head", "leg", "photo"):
        yield from parts(page, kind)


def apart(boxes: list[Box]) -> None:
    """No two share a point."""
    for k, a in enumerate(boxes):
        for b in boxes[k + 1 :]:
            across = min(a.right, b.right) - max(a.x, b.x)
            down = min(a.bottom, b.bottom) - max(a.y, b.y)
            assert across <= 0.01 or down <= 0.01


def checked(page: Made, lengths: dict[str, int]) -> int:
    """A full page's rules, cell by cell; how many of its stories are Ls."""
    covered = cells_covered(page)
    assert len(covered) == len(set(covered))
    top = min(line for _, line in covered)
    assert set(covered) == {(c, n) for c in range(1, 7) for n in range(top, 121)}
    leading = page.sheet.grid.leading
    for placed in page.stories:
        slug = placed.copy.story.slug
        assert placed.frame
        apart([part.box for s, part, _, _ in every_part(page) if s.name == slug])
        assert text_of(page, slug) == body(lengths[slug]).replace("\n\n", "")
        boxes = [box_of(page, part) for part in placed.frame.cells.parts]
        foot: dict[float, float] = {}
        for leg in legs_of(page, slug):
            own = [b for b in boxes if b.x - 0.01 <= leg.x <= b.right]
            foot[leg.x] = max(b.bottom for b in own)
            assert leg.bottom <= foot[leg.x] + 0.01
            assert leg.bottom > foot[leg.x] - leading * 2
            assert leg.height >= leading * LEAST_LEG - 0.01
    return sum(p.frame.cells.without is not None for p in page.stories if p.frame)


@pytest.mark.parametrize("seed", range(5))
def test_a_corner_leaves_every_leg_its_four_lines(seed: int) -> None:
    rng = random.Random(seed)
    count = rng.randint(2, 6)
    taken = [rng.choice((0, 0, 12, 20)) for _ in range(count)]
    legs = Legs(153.0, tuple(168.0 * k for k in range(count)))
    host = Host(
        Treatment(Head((), 0.0, 5, 0.0), 5, legs, None, 0), rng.randint(40, 200) + sum(taken), (),
        0.0, tuple(taken), *(tuple(accumulate(t, max, initial=0)) for t in (taken, taken[::-1])),
    )  # fmt: skip
    for columns, lines, left in product(range(1, count), range(1, 90), (False, True)):
        notch = Notch(columns, lines, left)
        rows = host.rows_round(notch)
        left_over = [
            rows - taken[leg] - lines * notch.over(leg, count) > LEAST_LEG for leg in range(count)
        ]
        assert (host.rows(notch) == rows) is all(left_over)
        assert (host.rows(notch) is None) is not all(left_over)


def test_pages_with_and_without_ls_cover_every_cell_once(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    found = full = 0
    for seed in range(10):
        rng = random.Random(seed)
        count = rng.randint(6, 9)
        shares = [rng.uniform(0.5, 2) for _ in range(count)]
        room = 7900 - 330 * count - 700 * (seed % 2)
        lengths = {
            chr(97 + k): round(room * share / sum(shares))
            for k, share in enumerate(sorted(shares, reverse=True))
        }
        where = tmp_path / str(seed)
        where.mkdir()
        front = PHOTO if seed % 2 else ""
        page = made(folder(where, lengths, front=front), test_fonts)
        if not page.findings:
            full += 1
            found += checked(page, lengths)
    assert full >= 8
    assert found


CORNER = "{columns: 1-4, lines: 80-120, without: {columns: 2-4, lines: 101-120}}"


def test_a_story_is_pinned_round_a_corner(tmp_path: Path, test_fonts: FontSet) -> None:
    entries = "".join(f"      - {s}.md\n" for s in "abce")
    entries += f"      - {{file: d.md, at: {CORNER}}}\n"
    entries += "      - {file: f.md, at: {columns: 2-4, lines: 101-120}}\n"
    page = made(folder(tmp_path, SIX | {"d": 1650}, entries), test_fonts)
    placed = next(p for p in page.stories if p.copy.story.slug == "d")
    assert placed.frame
    assert placed.frame.cells == Cells(1, 4, 80, 120, Cells(2, 4, 101, 120))
    grid, legs = page.sheet.grid, legs_of(page, "d")
    corner = grid.cells(1, 100, 3, 20)
    assert len(legs) == 4
    assert legs[0].bottom > corner.y + grid.leading * 10
    for leg in legs[1:]:
        assert corner.y - 2 * grid.leading <= leg.bottom <= corner.y + 0.01
    other = next(g for g in page.sheet.groups if g.name == "f")
    assert other.box == corner
    rules = next(g for g in page.sheet.groups if g.kind == "separation").items
    beside = [
        r for r in rules
        if isinstance(r, Rule) and r.x1 == r.x2 and legs[0].right < r.x1 < corner.x + 0.01
        and r.y2 > corner.y + grid.leading * 10
    ]  # fmt: skip
    assert beside, "a rule parts the long leg from the story in its corner"


@pytest.mark.parametrize(
    ("without", "message"),
    [
        ("{columns: 2-3, lines: 101-120}", "not a lower corner"),
        ("{columns: 1-4, lines: 101-120}", "not a lower corner"),
        ("{columns: 2-4, lines: 101-119}", "not a lower corner"),
        ("{columns: 2-5, lines: 101-120}", "not a lower corner"),
        ("{columns: 2-4, lines: 80-120}", "not a lower corner"),
        ("{columns: 2-4, lines: 92-120}", "cannot leave that corner"),
    ],
)
def test_a_corner_that_is_none(
    tmp_path: Path, test_fonts: FontSet, without: str, message: str
) -> None:
    at = f"{{columns: 1-4, lines: 80-120, without: {without}}}"
    entries = f"      - a.md\n      - {{file: d.md, at: {at}}}\n"
    with pytest.raises(InputError, match=message):
        made(folder(tmp_path, {"a": 2000, "d": 300}, entries), test_fonts)


def test_a_head_over_some_legs_has_a_photograph_beside_it(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    entries = "      - a.md\n      - {file: b.md, headline: {form: part}}\n"
    entries += "".join(f"      - {s}.md\n" for s in "cdef")
    issue = folder(tmp_path, SIX, entries)
    (tmp_path / "b.md").write_text(
        (tmp_path / "b.md").read_text("utf-8").replace("---\n", "---\n" + PHOTO, 1), "utf-8"
    )
    page = made(issue, test_fonts)
    story, head = head_of(page, "b")
    (photo,) = [part for s, part, _, _ in parts(page, "photo") if s.name == "b"]
    assert head.box.x == 0.0
    assert head.box.right < photo.box.x
    assert photo.box.y <= head.box.y + page.sheet.grid.leading + 0.01
    assert any(isinstance(item, Picture) for item in photo.items)
    for leg in (part for s, part, _, _ in parts(page, "leg") if s.name == "b"):
        if leg.box.x < head.box.right:
            assert leg.box.y >= head.box.bottom - 0.01
    assert text_of(page, "b") == body(SIX["b"]).replace("\n\n", "")
    assert story.box.width > head.box.width


def test_a_head_beside_the_text_has_legs_of_its_own(tmp_path: Path, test_fonts: FontSet) -> None:
    entries = "".join(f"      - {s}.md\n" for s in "abcde")
    entries += "      - {file: f.md, headline: {form: beside}}\n"
    page = made(folder(tmp_path, SIX | {"f": 700}, entries), test_fonts)
    _, head = head_of(page, "f")
    legs = [part for s, part, _, _ in parts(page, "leg") if s.name == "f"]
    assert head.box.x == 0.0
    assert all(leg.box.x > head.box.right for leg in legs)
    assert text_of(page, "f") == body(700).replace("\n\n", "")


@pytest.mark.parametrize("columns", ["5-6", "1-2", "4-6"])
def test_a_page_is_filled_round_an_advertisement_in_its_corner(
    tmp_path: Path, test_fonts: FontSet, columns: str
) -> None:
    ads = f"    ads:\n      - {{file: ad.png, at: {{columns: {columns}, lines: 101-120}}}}\n"
    wide = int(columns[2]) - int(columns[0]) + 1
    lengths = SIX | {"a": 1900 - 340 * wide}
    page = made(folder(tmp_path, lengths, page=ads), test_fonts)
    assert not [f for f in page.findings if f.check != "makeup/ad-proportion"]
    checked(page, lengths)
