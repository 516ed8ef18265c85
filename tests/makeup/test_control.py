"""What an editor asks of make-up: beside, avoid, like, why; what it offers for a full page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from layout.findings import InputError
from layout.fonts import FontSet
from layout.issue import load
from layout.makeup import Made, make_up, why
from layout.press import PressReport
from layout.report import page_report, report
from tests.makeup.test_page import SIX, boxes, folder, made

EACH = "".join(f"      - {s}.md\n" for s in SIX)


def touch(page: Made, one: str, other: str) -> bool:
    """Frames a gutter apart, or one line on the other, with a common stretch."""
    gutter = page.sheet.grid.gutter
    for a in boxes(page, one):
        for b in boxes(page, other):
            across = min(a.right, b.right) - max(a.x, b.x)
            down = min(a.bottom, b.bottom) - max(a.y, b.y)
            if abs(down) < 0.01 and across > 1:
                return True
            if abs(across + gutter) < 0.01 and down > 1:
                return True
    return False


PAIRS = [(a, b) for k, a in enumerate(SIX) for b in list(SIX)[k + 1 :]]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_beside_and_avoid(tmp_path: Path, test_fonts: FontSet, one: str, other: str) -> None:
    """Whichever the page does by itself, the wish for the opposite is met or said not to be."""
    page = made(folder(tmp_path, SIX), test_fonts)
    wish = "avoid" if touch(page, one, other) else "beside"
    entries = EACH.replace(f"- {one}.md", f"- {{file: {one}.md, {wish}: {other}.md}}")
    page = made(folder(tmp_path, SIX, entries), test_fonts)
    said = [f for f in page.findings if f.check == "makeup/wish"]
    met = touch(page, one, other) is (wish == "beside")
    assert met is not bool(said)
    assert not [f for f in page.findings if f.check != "makeup/wish"]


def test_most_wishes_are_met(tmp_path: Path, test_fonts: FontSet) -> None:
    page = made(folder(tmp_path, SIX), test_fonts)
    met = 0
    for one, other in PAIRS:
        wish = "avoid" if touch(page, one, other) else "beside"
        entries = EACH.replace(f"- {one}.md", f"- {{file: {one}.md, {wish}: [{other}]}}")
        found = made(folder(tmp_path, SIX, entries), test_fonts)
        met += not found.findings
    assert met >= len(PAIRS) - 2


def test_a_wish_of_an_advertisement(tmp_path: Path, test_fonts: FontSet) -> None:
    ads = "    ads:\n      - {file: ad.png, at: {columns: 4-6, lines: 101-120}}\n"
    for slug in "bc":
        entries = EACH.replace(f"- {slug}.md", f"- {{file: {slug}.md, avoid: ad.png}}")
        page = made(folder(tmp_path, SIX | {"a": 700}, entries, ads), test_fonts)
        ad = page.sheet.grid.cells(3, 100, 3, 20)
        for box in boxes(page, slug):
            down = min(box.bottom, ad.bottom) - max(box.y, ad.y)
            across = min(box.right, ad.right) - max(box.x, ad.x)
            assert not (abs(down) < 0.01 and across > 1)
            assert not (down > 1 and abs(across) < page.sheet.grid.gutter + 0.01)


def test_a_wish_of_nobody(tmp_path: Path) -> None:
    entries = EACH.replace("- a.md", "- {file: a.md, avoid: bb.md}")
    with pytest.raises(InputError, match=r"issue.yaml:7:29: bb.md is no story .* did you mean"):
        load(folder(tmp_path, SIX, entries))


def test_a_page_like_yesterdays(tmp_path: Path, test_fonts: FontSet) -> None:
    """Places of another order's page are nearer when it is named than when it is not."""
    plain = made(folder(tmp_path, SIX), test_fonts)
    lengths = SIX | {"b": 780, "c": 920}
    free = made(folder(tmp_path, lengths), test_fonts)
    issue = load(tmp_path / "issue.yaml")
    press = PressReport("x.pdf", 0, (), (), ())
    (tmp_path / "report.json").write_text(
        json.dumps(report(issue, [page_report(plain, press)], (), (), {})), "utf-8"
    )
    liked = made(folder(tmp_path, lengths, page="    like: report.json\n"), test_fonts)

    def off(page: Made) -> float:
        return sum(
            abs(a.x - b.x) + abs(a.y - b.y)
            for slug in SIX
            for a, b in [(boxes(page, slug)[0], boxes(plain, slug)[0])]
        )

    assert off(liked) <= off(free)
    assert not liked.findings


def test_a_report_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("[]", "utf-8")
    with pytest.raises(InputError, match="is not a report"):
        load(folder(tmp_path, SIX, page="    like: r.json\n"))


FULL = {"a": 3100, "b": 1900, "c": 1600, "d": 1250, "e": 950, "f": 720}


def test_a_page_too_full_says_what_would_make_it_fit(tmp_path: Path, test_fonts: FontSet) -> None:
    page = made(folder(tmp_path, FULL), test_fonts)
    over = [f for f in page.findings if f.check in ("makeup/overset", "makeup/not-placed")]
    assert over
    assert page.remedies
    costs = [remedy.cost for remedy in page.remedies]
    assert costs == sorted(costs)
    assert over[0].hint
    assert page.remedies[0].action in over[0].hint


def test_a_remedy_that_is_taken_makes_the_page_fit(tmp_path: Path, test_fonts: FontSet) -> None:
    page = made(folder(tmp_path, FULL), test_fonts)
    for remedy in page.remedies:
        words = remedy.action.split()
        if words[0] == "cut":
            slug = remedy.story.removesuffix(".md")
            issue = folder(tmp_path, FULL)
            file = tmp_path / remedy.story
            text = file.read_text("utf-8").rstrip("\n")
            for _ in range(int(words[1])):
                text = text[:-1].rstrip("\n")
            file.write_text(text + "\n", "utf-8")
        else:
            slug = remedy.story.removesuffix(".md")
            issue = folder(tmp_path, {k: n for k, n in FULL.items() if k != slug})
        assert not made(issue, test_fonts).findings, remedy.action


def test_why_adds_up(tmp_path: Path, test_fonts: FontSet) -> None:
    issue = load(folder(tmp_path, SIX))
    for slug in SIX:
        ((number, found),) = why(issue, test_fonts, f"{slug}.md")
        assert number == 1
        assert sum(cost for _, cost in found.page_terms) == pytest.approx(found.page_cost, abs=0.05)
        assert all(cost >= 0 for _, cost in found.terms)
        (page,) = make_up(issue, test_fonts)
        frame = next(p.frame for p in page.stories if p.copy.story.slug == slug)
        assert frame
        assert frame.cells == found.cells
        exact = [other for other in found.alternatives if other.over == 0]
        assert all(other.dearer is not None and other.dearer > -1.5 for other in exact)
        assert exact
