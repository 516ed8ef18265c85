"""Threads of a page, and trees and threads of an issue in one file, on a story that jumps."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from layout.fonts import FontSet
from layout.issue import load
from layout.makeup import make_up
from layout.press import write_pdf
from layout.press.combine import combine
from layout.sheet.items import Group, Sheet
from tests.makeup.test_jump import body, issue

from .test_structure import elements, of
from .test_witnesses import told


@pytest.fixture(scope="module")
def written(
    tmp_path_factory: pytest.TempPathFactory, test_fonts: FontSet
) -> tuple[list[Sheet], list[Path], Path]:
    """Three pages; the first one's lead goes on on the second."""
    folder = tmp_path_factory.mktemp("joined")
    made = make_up(load(issue(folder, "2", "jump_headline: 日月盈昃\n")), test_fonts)
    sheets = [page.sheet for page in made]
    files = [folder / f"{sheet.page}.pdf" for sheet in sheets]
    for sheet, file in zip(sheets, files, strict=True):
        write_pdf(sheet, test_fonts.faces, file)
    combine(files, sheets, folder / "all.pdf")
    return sheets, files, folder / "all.pdf"


def rings(document: pikepdf.Pdf) -> list[list[pikepdf.Object]]:
    """The beads of every thread, once round."""
    found = []
    for thread in document.Root.Threads:
        first = bead = thread.F
        assert first.T.objgen == thread.objgen
        ring = []
        while not ring or bead.objgen != first.objgen:
            ring.append(bead)
            assert bead.N.V.objgen == bead.objgen
            bead = bead.N
        found.append(ring)
    return found


def story_groups(sheet: Sheet) -> list[Group]:
    return [group for group in sheet.groups if group.kind == "story"]


def test_a_thread_leads_from_the_head_through_the_legs(
    written: tuple[list[Sheet], list[Path], Path],
) -> None:
    sheets, files, _ = written
    with pikepdf.open(files[0]) as document:
        found = rings(document)
        assert document.Root.Threads.is_indirect
        beads = {bead.objgen for bead in document.pages[0].B}
        assert {bead.objgen for ring in found for bead in ring} == beads
        titles = [str(thread.I.Title) for thread in document.Root.Threads]
    stories = story_groups(sheets[0])
    assert titles == [story.label for story in stories]
    for ring, story in zip(found, stories, strict=True):
        parts = [p for p in story.items if isinstance(p, Group) and p.kind in ("head", "leg")]
        trim = sheets[0].trim.height
        wanted = [
            (story.box.x + p.box.x, trim - story.box.y - p.box.bottom, p.box.width, p.box.height)
            for p in parts
        ]
        bleed = sheets[0].bleed
        drawn = [[float(v) - bleed for v in bead.R] for bead in ring]
        sizes = [(x1, y1, x2 - x1, y2 - y1) for x1, y1, x2, y2 in drawn]
        assert sizes == [pytest.approx(box, abs=0.01) for box in wanted]


def test_the_ring_of_a_jump_goes_over_both_pages(
    written: tuple[list[Sheet], list[Path], Path],
) -> None:
    _, files, whole = written
    alone = 0
    for file in files:
        with pikepdf.open(file) as document:
            alone += len(document.Root.Threads)
    with pikepdf.open(whole) as document:
        found = rings(document)
        pages = [page.objgen for page in document.pages]
        on = [[pages.index(bead.P.objgen) for bead in ring] for ring in found]
        for number, page in enumerate(document.pages):
            listed = {bead.objgen for bead in page.B}
            ringed = {bead.objgen for r in found for bead in r if bead.P.objgen == pages[number]}
            assert listed == ringed
    assert len(found) == alone - 1
    assert sorted(set(on[0])) == [0, 1] and on[0] == sorted(on[0])
    assert all(len(set(numbers)) == 1 for numbers in on[1:])


def test_a_jumped_story_is_one_article(written: tuple[list[Sheet], list[Path], Path]) -> None:
    sheets, _, whole = written
    with pikepdf.open(whole) as document:
        root = document.Root.StructTreeRoot
        (top,) = root.K
        assert [kid.P.objgen for kid in top.K] == [top.objgen] * len(top.K)
        articles = [kid for kid in top.K if kid.S == "/Art"]
        assert len(articles) == sum(len(story_groups(sheet)) for sheet in sheets) - 1
        heads = [str(kid.S) for kid in articles[0].K if kid.S in ("/H1", "/H2")]
        assert heads == ["/H1", "/H2"]
        assert all(kid.P.objgen == articles[0].objgen for kid in articles[0].K)
        numbers = [root.ParentTree.Nums[k] for k in range(0, 6, 2)]
        assert numbers == [page.StructParents for page in document.pages] == [0, 1, 2]
        for k, page in enumerate(document.pages):
            owners = root.ParentTree.Nums[2 * k + 1]
            assert {owner.Pg.objgen for owner in owners} == {page.objgen}
        used = {e.objgen for e in elements(top) if any(isinstance(kid, int) for kid in of(e))}
        owned = {o.objgen for k in (1, 3, 5) for o in root.ParentTree.Nums[k]}
        assert used == owned


def test_poppler_reads_the_jumped_story_whole(
    written: tuple[list[Sheet], list[Path], Path],
) -> None:
    first = told("pdfinfo", "-enc", "UTF-8", "-struct-text", written[2]).split("  Art ")[1]
    read = "".join(re.findall(r'^ {6}"(.+)"$', first, re.M))
    copy = body(2600).replace("\n", "")
    assert copy in read.replace("（下转第2版）（上接第1版）日月盈昃", "")
