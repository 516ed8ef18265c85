"""栏题: a section banner, its words between two pairs of rules on whole body lines."""

from __future__ import annotations

from layout.compose.headline import Look
from layout.fonts import FontSet
from layout.issue.model import Copy
from layout.makeup import styles
from layout.makeup.draw import set_at
from layout.makeup.dummy import Region
from layout.sheet.items import Grid, Group, Ink, Item, Rule

LINES = 3
SIZE_LINES = 1.95  # its type, in body lines
TRACKING_EM = 0.4


def banner(text: Copy, region: Region, grid: Grid, accent: Ink, fonts: FontSet) -> Group:
    """The banner over a region's full width."""
    box = grid.cells(region.column, region.line, region.columns, LINES)
    look = Look("song-black", round(SIZE_LINES * grid.leading, 2), TRACKING_EM)
    line = set_at(text.text, look, fonts, (0, 0), text.mark)
    if line.width > box.width * 0.8:
        size = int(look.size * box.width * 0.8 / line.width * 10) / 10
        line = set_at(text.text, Look("song-black", size, TRACKING_EM), fonts, (0, 0), text.mark)
    size = line.runs[0].size
    mid = box.height * 0.56
    left = (box.width - line.width) / 2
    place = (left, mid + 0.37 * size)
    items: list[Item] = [
        set_at(text.text, Look("song-black", size, TRACKING_EM), fonts, place, text.mark)
    ]
    for x1, x2 in ((0.0, left - size), (left + line.width + size, box.width)):
        for dy, weight in ((-2.2, styles.THICK), (2.2, styles.THIN)):
            y = round(mid + dy, 3)
            items.append(Rule(round(x1, 3), y, round(x2, 3), y, weight, accent))
    return Group("banner", "banner", box, tuple(items), text.text)
