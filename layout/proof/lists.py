"""The lists at the end of a proof: pages, then findings, on as many sheets as they take.

Comes in: the proof's pages and all findings. Goes out: sheets of A3 with their rows, each of which
knows the page or flag it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from layout.findings import Severity
from layout.fonts import FontSet
from layout.geometry import Box, Size
from layout.issue import Issue
from layout.proof import overlay
from layout.proof.overlay import RED, Numbered, wrapped
from layout.proof.sheets import FOOT, LEFT, TOP, ProofPage, sheet_of, slug_band
from layout.sheet.items import BLACK, Ink, Item, Sheet

A3 = Size(841.89, 1190.55)
INDENT = 34.0  # of a finding's text, its flag before it


class Row(msgspec.Struct, frozen=True):
    """A line of the lists: its baseline's y, and the page, or the finding, it leads to."""

    y: float
    page: int
    number: int | None = None


class ListSheet(msgspec.Struct, frozen=True):
    """A sheet of the lists with its rows."""

    sheet: Sheet
    rows: tuple[Row, ...]


class _Entry(msgspec.Struct, frozen=True):
    """A paragraph of the lists, at least so many points high."""

    said: str
    role: str
    size: float
    high: float
    ink: Ink = BLACK
    row: Row | None = None


def list_sheets(
    issue: Issue, pages: Sequence[ProofPage], found: Sequence[Numbered], slug: str, fonts: FontSet
) -> Iterator[ListSheet]:
    """The lists, set."""
    entries = [*_pages(issue, pages), *_findings(found)]
    by_number = {one.number: one for one in found}
    model, whole = pages[0].made.sheet, Box(0, 0, A3.width, A3.height)
    items, rows, y = list(slug_band(slug, A3, fonts)), list[Row](), TOP + 20
    for entry in entries:
        x, width = (LEFT, 700.0)
        if entry.row and entry.row.number:
            x, width = LEFT + INDENT, A3.width - 2 * LEFT - INDENT
        lines = wrapped(entry.said, entry.role, entry.size, entry.ink, width, fonts)
        need = max(entry.high, len(lines) * entry.size * 1.4 + 8)
        if y + need > A3.height - FOOT:
            yield ListSheet(sheet_of(model, A3, items, whole), tuple(rows))
            items, rows, y = list(slug_band(slug, A3, fonts)), [], TOP + 20
        items += [line.at(x + line.x, y + k * entry.size * 1.4) for k, line in enumerate(lines)]
        if entry.row:
            items += _flag(entry.row, by_number, y, fonts)
            rows.append(msgspec.structs.replace(entry.row, y=y))
        y += need
    yield ListSheet(sheet_of(model, A3, items, whole), tuple(rows))


def _pages(issue: Issue, pages: Sequence[ProofPage]) -> Iterator[_Entry]:
    names = {page.number: page.name.text if page.name else "" for page in issue.pages}
    yield _Entry("版面 pages", "hei-bold", 16.0, 30.0)
    for page in pages:
        sheet = page.made.sheet
        errors = sum(n.finding.severity is Severity.ERROR for n in page.found)
        said = (
            f"{sheet.name}　{names.get(sheet.page, '')}　"
            f"{len(page.made.stories)} 篇　意见 {len(page.found)} 条，错误 {errors} 条"
        )
        yield _Entry(said, "hei", 11.0, 18.0, RED if errors else BLACK, Row(0.0, sheet.page))


def _findings(found: Sequence[Numbered]) -> Iterator[_Entry]:
    yield _Entry("意见 findings", "hei-bold", 16.0, 44.0)
    for one in found:
        said = f"第{one.page}版　{one.finding.message}"
        if one.finding.hint:
            said += f" – {one.finding.hint}"
        yield _Entry(said, "hei", 10.0, 0.0, row=Row(0.0, one.page, one.number))


def _flag(row: Row, found: Mapping[int, Numbered], y: float, fonts: FontSet) -> Iterator[Item]:
    if row.number:
        ink = overlay.colour(found[row.number].finding)
        yield from overlay.flag(row.number, LEFT + 12, y - 3.5, 10.0, ink, fonts)
