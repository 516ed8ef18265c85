"""Issue and faces → sheets: grid → copy → shapes → plan → fill → draw.

Comes in: a loaded issue and its faces. Goes out: one sheet a page, as data, with what happened to
each story. Nothing here knows PDF.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import msgspec

from layout import words
from layout.findings import Finding, InputError, bad_input
from layout.fonts import FontSet
from layout.issue.model import Copy, Issue, Page, Publication, Story
from layout.issue.wording import worded
from layout.makeup import jump
from layout.makeup.arrange import Arrangement, Arranger
from layout.makeup.assign import assigned
from layout.makeup.copy import Desk, StoryCopy, settings_of
from layout.makeup.furniture import colophon, marks, masthead
from layout.makeup.furniture.row import ROLE
from layout.makeup.grid import double, solve
from layout.makeup.page import MadePage, PageMaker, Placed, Watch
from layout.makeup.remedies import Remedy
from layout.makeup.why import Explanation, explained
from layout.sheet.items import Grid, Group, Ink, Sheet, page_name, spots

__all__ = ["Explanation", "Made", "MadePage", "Placed", "make_up", "why"]


MASTHEAD_LEAST, MASTHEAD_MOST = 9, 0.4  # lines; share of the page


class Made(msgspec.Struct, frozen=True):
    """A page as made up: its sheet, its stories, what is to be said of it.

    The stories' copy is set by now and let go.
    """

    page: Page
    sheet: Sheet
    stories: tuple[Placed, ...]
    findings: tuple[Finding, ...]
    remedies: tuple[Remedy, ...] = ()


def make_up(
    issue: Issue,
    fonts: FontSet,
    watch: Watch | None = None,
    done: Callable[[Made], None] | None = None,
) -> list[Made]:
    """All pages; InputError for contradictions, for pins off the page, for missing characters.

    `watch` is shown how each page was arranged, `done` each page as it is ready.
    """
    grid = solve(issue.publication.sheet)
    wide = solve(double(issue.publication.sheet, grid)) if _has_spread(issue) else grid
    _check_masthead(issue.publication, grid)
    colophon.check(issue, grid)
    settings = settings_of(issue.publication.composition)
    traditional = issue.publication.traditional
    desk, wide_desk = (
        Desk(fonts, each, settings, traditional=traditional) for each in (grid, wide)
    )
    _check_furniture(issue, desk)
    heads = (story.headline.lines for story in issue.stories)
    words.expect(lines[0].text for lines in heads if len(lines) == 1)
    listed, doubts = assigned(issue, grid)
    pages: list[Made] = []
    jumped: dict[int, list[Story]] = {}  # rests by the page they go to
    for page in listed:
        # one page's copy at a time: prepared paragraphs are the largest thing in memory
        stories = [*page.stories, *_ranked(jumped.get(page.number, []), len(page.stories))]
        own, at = (wide, wide_desk) if page.spread else (grid, desk)
        copies = [jump.prepared(at, story, page.number) for story in stories]
        if not (desk.findings or wide_desk.findings):
            prepare = partial(jump.prepared, at, page=page.number)
            made = PageMaker(issue, own, fonts, watch).make(page, copies, prepare)
            _send(made, jumped)
            pages.append(_made(issue, page, own, made, fonts))
            if done:
                done(pages[-1])
    if faults := [*desk.findings, *wide_desk.findings]:
        raise InputError(faults)
    if doubts:
        pages[0] = msgspec.structs.replace(pages[0], findings=(*pages[0].findings, *doubts))
    return pages


def _has_spread(issue: Issue) -> bool:
    return any(page.spread for page in issue.pages)


def _ranked(rests: Sequence[Story], above: int) -> list[Story]:
    """What jumps to a page ranks behind its own stories."""
    return [msgspec.structs.replace(s, rank=above + k) for k, s in enumerate(rests, 1)]


def _send(made: MadePage, jumped: dict[int, list[Story]]) -> None:
    for placed in made.stories:
        to = placed.copy.story.jump
        if to and to.page and placed.copy.rest:
            jumped.setdefault(to.page, []).append(placed.copy.rest)


def _check_masthead(publication: Publication, grid: Grid) -> None:
    lines = publication.masthead.lines
    if lines and not MASTHEAD_LEAST <= lines <= grid.lines * MASTHEAD_MOST:
        most = int(grid.lines * MASTHEAD_MOST)
        raise InputError([
            bad_input("masthead/lines", f"a masthead of {lines} lines",
                      f"choose {MASTHEAD_LEAST} to {most} of the page's {grid.lines} lines",
                      publication.masthead.mark)
        ])  # fmt: skip


def _check_furniture(issue: Issue, desk: Desk) -> None:
    for copy, roles in masthead.copies(issue.publication):
        desk.check(copy, roles)
    if issue.publication.press_marks:
        for spot in issue.publication.spots:
            desk.check(Copy(spot, issue.publication.mark), ("hei",))
    for _, copy in colophon.entries(issue):
        desk.check(copy, (ROLE,))
    for page in issue.pages:
        desk.check(page.name, ("hei-bold",))
        desk.check(page.banner, ("song-black",))
        for _, who in page.editors:
            desk.check(who, ("hei",))


def _job(issue: Issue, page: Page) -> str:
    """Publication, number, date, page and file; the time only where SOURCE_DATE_EPOCH gives one,
    since the same issue is the same bytes at any hour.
    """
    name = issue.file_name(*page.numbers)
    number = worded(f"总第{issue.number}期", traditional=issue.publication.traditional)
    parts = [issue.publication.name.text, number, issue.date.isoformat(), page_name(page.numbers),
             f"{name}.pdf"]  # fmt: skip
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        made = datetime.fromtimestamp(int(epoch), tz=UTC)
        parts.append(made.strftime("%Y-%m-%d %H:%M UTC"))
    return "　".join(parts)


def _plates(groups: Sequence[Group], page: Page, publication: Publication) -> list[Ink]:
    """Solids of the page's spot inks: what make-up drew, then what advertisements bring."""
    found = spots(groups)
    for ad in page.ads:
        for name in ad.spots:
            if name in publication.spots:
                found.setdefault(name, Ink(*publication.spots[name], name))
    return list(found.values())


def _made(issue: Issue, page: Page, grid: Grid, made: MadePage, fonts: FontSet) -> Made:
    publication = issue.publication
    spec = double(publication.sheet, grid) if page.spread else publication.sheet
    groups, apron = made.groups, 0.0
    if publication.press_marks:
        job = _job(issue, page)
        inks = _plates(groups, page, publication)
        drawn = marks.marks(spec.trim, spec.bleed, job, fonts, inks)
        groups, apron = (*groups, drawn), marks.APRON
    sheet = Sheet(
        page=page.number,
        trim=spec.trim,
        bleed=spec.bleed,
        grid=grid,
        groups=groups,
        apron=apron,
        spots=tuple(Ink(*parts, name) for name, parts in publication.spots.items()),
        spread=page.spread,
        meta={
            "title": f"{publication.name.text} {issue.date.isoformat()} {page_name(page.numbers)}",
            "publication": publication.name.text,
            "publisher": publication.publisher.text if publication.publisher else "",
            "date": issue.date.isoformat(),
            "number": str(issue.number),
            "page": "-".join(map(str, page.numbers)),
            "section": page.name.text if page.name else "",
            "code": publication.code,
            "language": publication.language,
        },
    )
    stories = tuple(
        Placed(msgspec.structs.replace(placed.copy, body=(), captions=()), placed.frame)
        for placed in made.stories
    )
    return Made(page, sheet, stories, made.findings, made.remedies)


def why(issue: Issue, fonts: FontSet, name: str) -> list[tuple[int, Explanation]]:
    """Page and explanation of a story, by file or short name: two of one that jumps, none of one
    pinned or held over.
    """
    found: list[tuple[int, Explanation]] = []

    def watch(
        page: Page, arranger: Arranger, arranged: Arrangement, copies: Sequence[StoryCopy]
    ) -> None:
        for copy in copies:
            if name in copy.story.names:
                explanation = explained(arranger, arranged, copies, copy.story.file)
                if explanation:
                    found.append((page.number, explanation))

    make_up(issue, fonts, watch)
    return found
