"""版眉: the head of an inner page – page number, section, paper, date, editors, over a rule."""

from __future__ import annotations

from layout.compose.headline import Look, display_line
from layout.fonts import FontSet
from layout.issue.model import Issue, Page
from layout.makeup import styles
from layout.makeup.draw import set_at
from layout.sheet.items import Grid, Group, Ink, Item, Rule

LINES = 4


def folio(issue: Issue, page: Page, grid: Grid, accent: Ink, fonts: FontSet) -> Group:
    """The folio across the head of the type area."""
    box = grid.cells(0, 0, grid.columns, LINES)
    base = round(box.height - grid.leading * 1.25, 3)
    small = grid.size
    items: list[Item] = []
    number = set_at(f"{page.number:02d}", Look("song-black", small * 2.9), fonts, (0, base))
    items.append(number)
    x = number.width + small
    if page.name:
        name = set_at(
            page.name.text, Look("hei-bold", small * 2.0, 0.1), fonts, (x, base), page.name.mark
        )
        items.append(name)
    day = issue.date
    date = f"{day.year}年{day.month}月{day.day}日　{issue.weekday}"
    people = "　".join(f"{role}：{who.text}" for role, who in page.editors)
    title = display_line(issue.publication.name.text, Look("song-bold", small * 1.7, 0.2), fonts)
    right, middle = box.width, box.width / 2
    if page.spread:  # each half has its number outside; nothing stands over the fold
        other = set_at(f"{page.number + 1:02d}", Look("song-black", small * 2.9), fonts, (0, base))
        right -= other.width
        items.append(other.at(right, base))
        right, middle = right - small, grid.span(grid.columns // 2) / 2
    items.append(title.at(middle - title.width / 2, base))
    lines = [text for text in (people, date) if text]
    for k, text in enumerate(lines):
        line = display_line(text, Look("hei", small), fonts)
        y = base - (len(lines) - 1 - k) * small * 1.4
        items.append(line.at(right - line.width, y))
    rule = round(box.height - grid.leading * 0.7, 3)
    items.append(Rule(0.0, rule, box.width, rule, styles.THICK, accent))
    items.append(Rule(0.0, rule + 2.6, box.width, rule + 2.6, styles.HAIRLINE))
    return Group("folio", "folio", box, tuple(items))
