"""The sample issue of eight pages: all of it made up, nothing to be circled, nothing lost."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest

from layout.findings import Severity
from layout.fonts import FontSet, manifest
from layout.issue import load
from layout.makeup import Made, make_up
from layout.preflight.standards import CHECKED, conformance
from layout.press import write_pdf
from layout.press.combine import combine
from layout.press.standards import STANDARDS
from layout.render import open_fonts
from layout.sheet.items import Artwork, TextLine
from tests.press.test_witnesses import told

ROOT = Path(__file__).parents[1]
ISSUE = ROOT / "issues/changji-daily/2025-02-25/eight-pages.yaml"

pytestmark = pytest.mark.skipif(bool(manifest.missing()), reason="the npm faces are not here")


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return open_fonts(load(ISSUE).publication)


@pytest.fixture(scope="module")
def pages(fonts: FontSet) -> list[Made]:
    return make_up(load(ISSUE), fonts)


def test_nothing_is_to_be_said_of_it(pages: list[Made]) -> None:
    issue = load(ISSUE)
    said = [f for page in pages for f in page.findings] + list(issue.findings)
    assert [f for f in said if f.severity is not Severity.NOTE] == []
    assert issue.page_count == 8
    assert [number for page in pages for number in page.sheet.numbers] == list(range(1, 9))


def test_every_story_stands_whole(pages: list[Made]) -> None:
    """In reading order over its legs, a jump's rest behind its first part."""
    found: dict[str, str] = {}
    for page in pages:
        for group, _, _ in page.sheet.walk():
            if group.kind == "story":
                slug = group.name
            if group.kind == "leg":
                text = "".join(i.text for i in group.items if isinstance(i, TextLine))
                found[slug] = found.get(slug, "") + text
    for story in load(ISSUE).stories:
        body = "".join("".join(block.text.split()) for block in story.blocks)
        printed = "".join(found[story.slug].split()).replace("（下转第6版）", "")
        assert printed.endswith(body), story.slug


def test_the_inner_pages_show_what_make_up_can_do(pages: list[Made]) -> None:
    frames = [p.frame for page in pages for p in page.stories if p.frame]
    assert any(frame.head_vertical for frame in frames)
    assert sum(frame.cells.without is not None for frame in frames) >= 2
    assert sum(isinstance(i, Artwork) for page in pages for g, _, _ in page.sheet.walk()
               for i in g.items) == 5  # fmt: skip
    jumps = [p.copy.story for page in pages for p in page.stories if p.copy.story.origin]
    assert [story.file for story in jumps] == ["stories/p2-roads.md"]


def test_readers_get_every_story_whole(pages: list[Made], tmp_path: Path) -> None:
    """From one file of all pages: in content order, and article by article."""
    fonts, files = open_fonts(load(ISSUE).publication), []
    for page in pages:
        files.append(tmp_path / f"{page.sheet.page}.pdf")
        write_pdf(page.sheet, fonts.faces, files[-1])
    combine(files, [page.sheet for page in pages], tmp_path / "all.pdf")
    raw = "".join(told("pdftotext", "-enc", "UTF-8", "-raw", tmp_path / "all.pdf", "-").split())
    tree = told("pdfinfo", "-enc", "UTF-8", "-struct-text", tmp_path / "all.pdf")
    articles = ["".join(re.findall(r'^ {6}"(.+)"$', article, re.M)) for article in
                re.split(r"^  Art ", tree, flags=re.M)[1:]]  # fmt: skip
    stories = [p.copy.story for page in pages for p in page.stories if not p.copy.story.origin]
    assert len(articles) == len(stories)
    whole = {story.slug: story for story in load(ISSUE).stories}
    for article, story in zip(articles, stories, strict=True):
        copy = "".join("".join(b.text.split()) for b in whole[story.slug].blocks if not b.table)
        read = "".join(article.split())
        if story.jump:
            assert copy in re.sub("（下转第6版）（上接第2版）.*?好日子", "", read)
        else:
            assert copy in read, story.slug
            assert copy in raw, story.slug


def test_pages_with_photographs_and_advertisements_conform(
    pages: list[Made], fonts: FontSet, tmp_path: Path
) -> None:
    """The standards in turn: seven files, none breaks a requirement of its own."""
    turns = cycle(STANDARDS[name] for name in CHECKED)
    for page, standard in zip(pages, turns, strict=False):
        out = tmp_path / f"{page.sheet.page}.pdf"
        write_pdf(page.sheet, fonts.faces, out, standard=standard)
        assert conformance(out, standard) == [], (page.sheet.page, standard.name)


def test_nothing_stands_on_anything(pages: list[Made]) -> None:
    """Heads, legs and photographs of a page share no point."""
    for page in pages:
        parts = [
            (name, group.box.moved(x - group.box.x, y - group.box.y))
            for group, x, y in page.sheet.walk() if group.kind in ("head", "leg", "photo", "ad")
            for name in [f"{page.page.number} {group.name}"]
        ]  # fmt: skip
        for k, (one, a) in enumerate(parts):
            for other, b in parts[k + 1 :]:
                across = min(a.right, b.right) - max(a.x, b.x)
                down = min(a.bottom, b.bottom) - max(a.y, b.y)
                assert across <= 0.01 or down <= 0.01, (one, other)


def test_pages_are_the_accepted_ones() -> None:
    """To accept a change: python tools/accept_sheet.py, then look at the pages it names."""
    probe = "import sys; sys.path.insert(0, 'tools'); import accept_sheet as a; print(a.hashes())"
    ran = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PYTHONHASHSEED": "99", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    accepted = (ROOT / "tests/issues/eight-pages.txt").read_text("utf-8")
    assert ran.stdout.strip() == accepted.strip()
