"""A row of short entries over a width: the registration strip of a masthead, a colophon."""

from __future__ import annotations

from collections.abc import Sequence

from layout.compose.headline import Look, display_line
from layout.fonts import FontSet
from layout.issue.model import Copy
from layout.sheet.items import TextLine

ROLE = "hei"
LEAST_GAP_EM = 1.2

Entries = Sequence[tuple[str, Copy]]


def row(
    entries: Entries, width: float, baseline: float, size: float, fonts: FontSet
) -> list[TextLine]:
    """The entries from edge to edge, one alone in the middle; smaller when they find no room."""
    if not entries:
        return []
    lines = _set(entries, size, fonts)
    total = sum(line.width for line in lines)
    room = width - size * LEAST_GAP_EM * (len(lines) - 1)
    if total > room:
        lines = _set(entries, size * room / total, fonts)
        total = sum(line.width for line in lines)
    gap = (width - total) / (len(lines) - 1) if len(lines) > 1 else 0.0
    x = 0.0 if len(lines) > 1 else (width - total) / 2
    placed = []
    for line in lines:
        placed.append(line.at(x, baseline + 0.37 * lines[0].runs[0].size))
        x += line.width + gap
    return placed


def _set(entries: Entries, size: float, fonts: FontSet) -> list[TextLine]:
    look = Look(ROLE, round(size, 2))
    return [display_line(text, look, fonts, copy.mark) for text, copy in entries]
