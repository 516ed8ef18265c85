"""版本记录: address, printer and price under the foot rule of an issue's last page.

What a masthead does not say and a paper must print in every issue (《报纸出版管理规定》, items of
record). It stands in the margin below the type area, so that no copy gives way to it.
"""

from __future__ import annotations

from math import ceil

from layout.findings import InputError, bad_input
from layout.fonts import FontSet
from layout.geometry import Box
from layout.issue.model import Issue, Page
from layout.issue.wording import worded
from layout.makeup import styles
from layout.makeup.furniture.row import Entries, row
from layout.sheet.items import Grid, Group, Item, Rule
from layout.units import MM

_KEYS = "address, postcode, printer and price"

SIZE_EM = 0.9
# Below the type area, in body lines: the rule, the middle of the type, and all of it.
RULE, MIDDLE, LINES = 0.45, 1.2, 1.9
SAFE = 3 * MM  # white to the trim: cutting is never exact


def entries(issue: Issue) -> Entries:
    """What the publication gives of them, in the order they are printed."""
    p = issue.publication
    labelled = (
        ("本报地址：", p.address),
        ("邮政编码：", p.postcode),
        ("印刷：", p.printer),
        ("零售价：", p.price),
    )
    return [
        (worded(label, traditional=p.traditional) + copy.text, copy)
        for label, copy in labelled
        if copy
    ]


def is_last(issue: Issue, page: Page) -> bool:
    """Whether it is the page of the colophon."""
    return page.numbers[-1] == issue.page_count


def check(issue: Issue, grid: Grid) -> None:
    """InputError when the foot margin cannot take what is to be printed there."""
    told, sheet = entries(issue), issue.publication.sheet
    least = LINES * grid.leading + SAFE
    margin = sheet.trim.height - grid.type_area.bottom
    if told and margin < least:
        said = f"the colophon needs {least / MM:.1f} mm below the type area, the margin has"
        raise InputError([
            bad_input("colophon/room", f"{said} {margin / MM:.1f} mm",
                      f"a bottom margin of {ceil(least / MM)} mm, or leave out {_KEYS}",
                      told[0][1].mark)
        ])  # fmt: skip


def colophon(issue: Issue, grid: Grid, fonts: FontSet) -> Group | None:
    """The colophon across the foot; None for a publication that gives nothing for it."""
    told = entries(issue)
    if not told:
        return None
    area, leading = grid.type_area, grid.leading
    box = Box(area.x, area.bottom, area.width, LINES * leading).rounded()
    y = round(RULE * leading, 3)
    items: list[Item] = [Rule(0.0, y, box.width, y, styles.THIN)]
    items += row(told, box.width, MIDDLE * leading, SIZE_EM * grid.size, fonts)
    return Group("colophon", "colophon", box, tuple(items))
