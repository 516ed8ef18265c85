"""`render check`: an issue → all that is wrong with it, no page kept.

In: an issue file. Out: findings – of the copy, of make-up, of the pages as they would go to the
press, read back from finished PDFs as a press would, of advertisements, of items of record –, each
with the story and the line of a file it comes from, as far as that is known.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from layout.findings import Finding, InputError, Mark, Severity
from layout.geometry import Box
from layout.issue.model import Ad, Issue
from layout.legal import legal
from layout.makeup import Made
from layout.press.standards import STANDARDS
from layout.render import SetIssue, set_issue
from layout.sheet.items import Artwork, Group, Picture, Sheet, TextLine

# What the press says of pictures while it makes them, and a finished page says again.
_TOLD_AGAIN = frozenset({"picture-resolution", "picture-ink", "picture-black"})


def examine(issue_file: Path) -> tuple[Finding, ...]:
    """All findings; InputError when the issue cannot be made up."""
    whole = set_issue(issue_file)
    issue = whole.issue
    made = [finding for page in whole.pages for finding in page.findings]
    ads = list(_advertisements(issue))
    pages = list(_finished(whole, ads))
    said = (*issue.findings, *whole.fonts.findings, *made, *ads, *pages)
    return (*said, *_legal(issue, whole.pages))


# --- the pages, finished ----------------------------------------------------------------------


def _finished(whole: SetIssue, ads: Sequence[Finding]) -> Iterator[Finding]:
    """What a press would send back of each page, but for what its advertisements were told."""
    with tempfile.TemporaryDirectory(prefix="duikai-") as name:
        for made in whole.pages:
            own = [finding for finding in ads if finding.page == made.sheet.page]
            try:
                report = whole.press(made, Path(name))
            except InputError as fault:  # the others are pressed and told of all the same
                yield from _not_told(fault.findings, own)
                continue
            # a file that is no PDF/X is for nobody's plate, and not asked what a press asks
            plates = STANDARDS[whole.issue.publication.standard].plates
            yield from (f for f in report.findings if not plates or f.check not in _TOLD_AGAIN)
            told = {finding.check for finding in own}
            for finding in _sent_back(whole.issue, made, Path(report.file)) if plates else ():
                box = finding.box
                if finding.check not in told or (box and not _frame_at(made.sheet, box, "ad")):
                    yield finding


def _not_told(faults: Sequence[Finding], ads: Sequence[Finding]) -> Iterator[Finding]:
    """What the press refuses, less advertisements whose errors are told already."""
    told = {finding.mark for finding in ads if finding.severity is Severity.ERROR}
    yield from (finding for finding in faults if finding.mark not in told)


def _sent_back(issue: Issue, made: Made, file: Path) -> Iterator[Finding]:
    """Of a page as written."""
    from layout.preflight import NEWSPRINT, preflight  # late: imports pikepdf

    paper, sheet = issue.publication, made.sheet
    profile = msgspec.structs.replace(
        NEWSPRINT, spots=paper.spots, trim=(sheet.trim.width, sheet.trim.height), bleed=sheet.bleed
    )
    for finding in preflight(file, profile):
        story, mark = _blamed(made, finding.box) if finding.box else (None, None)
        yield msgspec.structs.replace(finding, page=sheet.page, story=story, mark=mark)


def _blamed(made: Made, box: Box) -> tuple[str | None, Mark | None]:
    """The story and the line of a file that what stands in a box comes from."""
    frame = _frame_at(made.sheet, box, "story")
    story = next((p.copy.story for p in made.stories if frame and p.copy.story.slug == frame.name),
                 None)  # fmt: skip
    for group, dx, dy in made.sheet.walk():
        for item in group.items:
            if not isinstance(item, (Picture, Artwork)):
                continue
            if item.box.moved(dx, dy).holds(*box.middle):
                return story.slug if story else None, item.source
    return (story.slug, story.mark) if story else (None, None)


def _frame_at(sheet: Sheet, box: Box, kind: str) -> Group | None:
    frames = (g for g in sheet.groups if g.kind == kind and g.box.holds(*box.middle))
    return next(frames, None)


# --- advertisements and items of record -------------------------------------------------------


def _advertisements(issue: Issue) -> Iterator[Finding]:
    """What a press would send back of the PDFs that are placed; a drawing is asked on its page."""
    placed: list[tuple[int, Ad]] = [
        (page.number, ad)
        for page in issue.pages
        for ad in page.ads
        if ad.vector and Path(ad.file).suffix.lower() == ".pdf"
    ]
    if not placed:
        return
    from layout.preflight import ADVERTISEMENT, preflight  # late: imports pikepdf
    from layout.preflight.standards import PLACED, conformance

    standard = STANDARDS[issue.publication.standard]
    profile = msgspec.structs.replace(ADVERTISEMENT, spots=issue.publication.spots)
    for page, ad in placed:
        file = Path(ad.file)
        for finding in (*preflight(file, profile), *conformance(file, standard, PLACED)):
            said = f"{ad.name}: {finding.message}"
            yield msgspec.structs.replace(finding, message=said, mark=ad.mark, page=page, box=None)


def _legal(issue: Issue, made: Sequence[Made]) -> Iterator[Finding]:
    """Items of record that furniture does not print, if the publication gives any of them.

    A paper in traditional characters without a 刊号 is not one of the mainland's.
    """
    p = issue.publication
    given = (p.registration, p.sponsor, p.publisher, p.printer, p.price, p.address, p.postcode)
    if not any(given) or (p.traditional and not p.registration):
        return
    for finding in legal([_furniture_text(page.sheet) for page in made for _ in page.page.numbers]):
        yield msgspec.structs.replace(finding, mark=p.mark)


def _furniture_text(sheet: Sheet) -> str:
    return "\n".join(
        item.text
        for group in sheet.groups
        if group.kind in ("masthead", "folio", "colophon")
        for item in group.items
        if isinstance(item, TextLine)
    )
