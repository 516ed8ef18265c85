"""Stories without a page → pages, by section and rank.

Comes in: an issue whose `stories:` name no page. Goes out: its pages with those stories added, in
rank order behind their own. A page takes stories of its sections as long as it has room – reckoned
in body lines from the length of copy, since the search closes the page afterwards – and among
several pages the emptiest takes the next one.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from layout.findings import Finding, Severity
from layout.issue.model import Issue, Page, Story
from layout.makeup.furniture import banner, folio, masthead
from layout.sheet.items import Grid

# Body lines a head takes in each of its columns, a photograph in each of its own; both by the rank
# of the story, as the make-up will give them: a guess that only has to be right for a whole page.
HEAD_LINES, HEAD_FALL, LEAST_HEAD = 9, 0.8, 4
COLUMNS_OF_RANK = (5, 3, 3, 2, 2, 2, 2)
PHOTO_LINES, PHOTO_COLUMNS = 18, 3
# A Chinese line holds a little less than its measure: paragraphs end where they end.
SHORT_LINES = 1.06
# A page is full when so much of its lines is taken; the rest closes by heads and photographs.
FULL = 0.97


def assigned(issue: Issue, grid: Grid) -> tuple[tuple[Page, ...], list[Finding]]:
    """The issue's pages with every story on one, and what is to be said of it."""
    if not issue.unplaced:
        return issue.pages, []
    pages = list(issue.pages)
    taken = [_taken(issue, page, grid) for page in pages]
    rooms = [grid.columns * grid.lines * len(page.numbers) for page in pages]
    findings = []
    for story in issue.unplaced:
        wanted, found = _pages_for(story, pages)
        if not found:
            findings.append(_no_page(story))
        fitting = [
            k for k in wanted
            if taken[k] + lines_needed(story, len(pages[k].stories) + 1, grid) <= FULL * rooms[k]
        ]  # fmt: skip
        at = min(fitting or wanted, key=lambda k: (taken[k] / rooms[k], k))
        rank = len(pages[at].stories) + 1
        taken[at] += lines_needed(story, rank, grid)
        stories = (*pages[at].stories, replace(story, rank=rank))
        pages[at] = replace(pages[at], stories=stories)
    return tuple(pages), findings


def _pages_for(story: Story, pages: Sequence[Page]) -> tuple[list[int], bool]:
    """Indices of the pages that take the story, and whether its section has one.

    A story of no section, or of one no page has, goes to an inner page where there is one: the
    front page is made by hand.
    """
    section = story.section.text if story.section else None
    by_section = [k for k, page in enumerate(pages) if section in page.sections]
    inner = [k for k, page in enumerate(pages) if page.number != 1]
    return by_section or inner or list(range(len(pages))), bool(by_section) or section is None


def lines_needed(story: Story, rank: int, grid: Grid) -> float:
    """Base-column lines a story takes: copy, head, photographs."""
    ems = grid.measure / grid.size
    paragraphs = len(story.blocks)
    copy = story.characters / ems * SHORT_LINES + paragraphs * 0.5
    columns = min(grid.columns, COLUMNS_OF_RANK[min(rank, len(COLUMNS_OF_RANK)) - 1])
    head = max(LEAST_HEAD, HEAD_LINES * HEAD_FALL ** (rank - 1)) * columns
    photos = sum(PHOTO_LINES * (photo.columns or PHOTO_COLUMNS) for photo in story.photos)
    return copy + head + photos


def _taken(issue: Issue, page: Page, grid: Grid) -> float:
    """Base-column lines that furniture, advertisements and the page's own stories take."""
    top = masthead.lines_needed(issue.publication, grid) if page.number == 1 else folio.LINES
    top += banner.LINES if page.banner else 0
    ads = sum(
        (ad.at.last_column - ad.at.first_column + 1) * (ad.at.last_line - ad.at.first_line + 1)
        for ad in page.ads
    )
    own = sum(lines_needed(story, story.rank, grid) for story in page.stories)
    return top * grid.columns * len(page.numbers) + ads + own


def _no_page(story: Story) -> Finding:
    section = story.section
    assert section
    return Finding(
        check="makeup/section", severity=Severity.WARNING, mark=section.mark, story=story.slug,
        message=f"no page takes the section “{section.text}”",
        hint="name it under `sections` of a page; the story goes to the emptiest inner page",
    )  # fmt: skip
