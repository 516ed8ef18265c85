"""报头: nameplate and pinyin in the middle, sponsor and client left, date block right, registration
strip across the foot. One composed group on the column grid.

Everything in it is publication data or follows from the date; what a publication leaves out leaves
no hole: the parts close up.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from layout.compose.headline import Look, display_line, spaced_line, width_em
from layout.fonts import FontSet
from layout.geometry import Box
from layout.issue.model import Copy, Issue, Publication
from layout.issue.wording import worded
from layout.makeup import styles
from layout.makeup.furniture import nameplate
from layout.makeup.furniture.inks import ink_of
from layout.makeup.furniture.row import row
from layout.sheet.items import (
    BLACK,
    Artwork,
    Grid,
    Group,
    Item,
    Outline,
    Picture,
    Rule,
    TextLine,
)

SHARE = 0.118  # of the type area (about 12 % on the reference page)
SIDE_SHARE, SIDE_LIMITS = 0.155, (96.0, 176.0)
STRIP_LINES = 1.75
QR_MODULES_QUIET = 2
FIGURE_HEIGHT_EM = 0.73  # of lining figures in the heavy song


def lines_needed(publication: Publication, grid: Grid) -> int:
    """Body lines the masthead takes."""
    return publication.masthead.lines or max(9, round(SHARE * grid.lines))


class _Block(msgspec.Struct, frozen=True):
    """A part of the masthead: where it stands, and its scale against a 153 pt column."""

    box: Box
    by: float


class Masthead:
    """Draws one issue's masthead."""

    def __init__(self, issue: Issue, grid: Grid, fonts: FontSet) -> None:
        self.issue, self.publication = issue, issue.publication
        self.grid, self.fonts = grid, fonts
        self.accent = ink_of(self.publication.masthead.ink) or BLACK

    def group(self) -> Group:
        """The masthead at the head of the type area."""
        grid = self.grid
        box = grid.cells(0, 0, grid.columns, lines_needed(self.publication, grid))
        strip = STRIP_LINES * grid.leading
        upper = box.height - strip - grid.leading * 0.75
        side = max(SIDE_LIMITS[0], min(SIDE_LIMITS[1], SIDE_SHARE * box.width))
        by = side / 153.0
        left = _Block(Box(0.0, 0.0, side, upper), by)
        right = _Block(Box(box.width - side, 0.0, side, upper), by)
        gap = grid.gutter * 1.2
        middle = _Block(Box(side + gap, 0.0, box.width - 2 * (side + gap), upper), by)
        items = [
            *self._left(left),
            *self._middle(middle),
            *self._right(right),
            *self._strip(Box(0.0, upper + grid.leading * 0.3, box.width, strip)),
        ]
        return Group("masthead", "masthead", box, tuple(items))

    # --- left: who publishes, and where to read on ---

    def _left(self, block: _Block) -> list[Item]:
        items: list[Item] = []
        size, y = 8.6 * block.by, 1.5 * block.by
        for copy in (self.publication.sponsor, self.publication.publisher):
            if copy:
                line = self._spread(copy.text, "hei-medium", size, block.box.width, copy)
                items.append(line.at(block.box.x, y + 0.88 * size))
                y += size * 1.62
        client = self.publication.client
        target = self.publication.client_url or self.publication.website
        if client and target:
            room = block.box.bottom - y - 6 * block.by
            qr = min(room, block.box.width * 0.6)
            top = block.box.bottom - qr
            items.append(qr_code(target.text, Box(block.box.x, top, qr, qr)))
            items += self._client(client, Box(qr, top, block.box.width - qr, qr), block.by)
        elif client:
            items.append(
                self._line(client.text, "hei-bold", size * 1.2, client).at(0.0, y + size * 2)
            )
        return items

    def _client(self, client: Copy, box: Box, by: float) -> list[TextLine]:
        """The client's name beside its code, in two lines when it is long."""
        text, size = client.text, 12.0 * by
        cut = max(text.find("客户端"), text.find("客戶端"))
        parts = [text[:cut], text[cut:]] if cut > 0 else [text]
        widest = max(width_em(part, "hei-bold", self.fonts)[0] for part in parts)
        size = min(size, (box.width - 8 * by) / widest)
        top = box.y + (box.height - size * (1.5 * len(parts) - 0.5)) / 2
        return [
            self._line(part, "hei-bold", size, client).at(box.x + 8 * by,
                top + 0.88 * size + 1.5 * k * size)
            for k, part in enumerate(parts)
        ]  # fmt: skip

    # --- middle: the title ---

    def _middle(self, block: _Block) -> list[Item]:
        box, by, spec = block.box, block.by, self.publication.masthead
        latin = self.publication.latin_name
        foot = 20.0 * by if latin else 0.0
        place = Box(box.x, box.y, box.width, box.height - foot)
        name = self.publication.name
        title = (
            nameplate.drawn(spec.nameplate, place, ink_of(spec.ink), spec.mark)
            if spec.nameplate
            else nameplate.brush(name.text, place, self.accent, self.fonts)
        )
        items: list[Item] = [replace(title, alt=name.text)]
        if latin:
            left, right = _extent(title)
            size = 11.5 * by
            look = Look("hei-medium", round(size, 2))
            line = spaced_line(latin.text, look, (right - left) * 0.6, self.fonts, latin.mark)
            items.append(line.at((left + right - line.width) / 2, box.bottom - 1.5 * by))
        return items

    # --- right: the date ---

    def _right(self, block: _Block) -> list[Item]:
        """年月 / day / weekday / lunar date, a rule, then issue number and page count."""
        day, by, width = self.issue.date, block.by, block.box.width
        height, small, top = block.box.height, 8.8 * block.by, 14.0 * block.by
        rule_y = height - small - 8.5 * by
        room = rule_y - 6 * by
        month = self._line(f"{day.year}年{day.month}月", "hei-medium", top)
        weekday = self._line(self.issue.weekday, "hei-bold", top)
        lunar = self._line(self._word(str(self.issue.lunar)), "kai-bold", 9.8 * by)
        beside = lunar.width + 8 * by
        digits = width_em(str(day.day), "song-black", self.fonts)[0]
        big = min((width - beside) / digits, (room - top - 9 * by) / FIGURE_HEIGHT_EM)
        items: list[Item] = [
            month.at(0.0, 0.88 * top),
            weekday.at(width - weekday.width, 0.88 * top),
            self._line(str(day.day), "song-black", big).at(-0.03 * big, room),
        ]
        items.append(lunar.at(width - lunar.width, room - 0.5 * by))
        items.append(Rule(0.0, rule_y, width, rule_y, styles.THIN))
        issue_number = self._line(self._word(f"总第{self.issue.number}期"), "hei-medium", small)
        pages = self._line(f"今日{self.issue.page_count}版", "hei-medium", small)
        items.append(issue_number.at(0.0, height - 0.12 * small))
        items.append(pages.at(width - pages.width, height - 0.12 * small))
        x = block.box.x
        return [_moved(item, x) for item in items]

    # --- foot: the registration strip ---

    def _strip(self, box: Box) -> list[Item]:
        entries = self._entries()
        mid = box.y + box.height / 2
        items: list[Item] = [
            Rule(
                0.0,
                round(box.y, 3),
                round(box.width, 3),
                round(box.y, 3),
                styles.THICK,
                self.accent,
            ),
            Rule(0.0, round(box.bottom, 3), round(box.width, 3), round(box.bottom, 3), styles.THIN),
        ]
        return [*items, *row(entries, box.width, mid, self.grid.size, self.fonts)]

    def _entries(self) -> list[tuple[str, Copy]]:
        """刊号, 邮发代号, site, mail, hotline – what the publication has of them."""
        p = self.publication
        site = p.website_name.text if p.website_name else "网址"
        labelled = (
            ("国内统一刊号　", p.registration),
            ("邮发代号　", p.postal_code),
            (f"{site}　", p.website),
            (f"{p.name.text}邮箱　", p.email),
            ("24小时新闻热线　", p.hotline),
        )
        return [(self._word(label) + copy.text, copy) for label, copy in labelled if copy]

    def _word(self, text: str) -> str:
        return worded(text, traditional=self.publication.traditional)

    # --- lines ---

    def _line(self, text: str, role: str, size: float, source: Copy | None = None) -> TextLine:
        mark = source.mark if source else None
        return display_line(text, Look(role, round(size, 2)), self.fonts, mark)

    def _spread(self, text: str, role: str, size: float, width: float, source: Copy) -> TextLine:
        """均排: tracked to a width within reason, or shrunk to it."""
        natural, gaps = width_em(text, role, self.fonts)
        if natural * size > width:
            return self._line(text, role, int(width / natural * 100) / 100, source)
        tracking = min((width / size - natural) / gaps, 1.2) if gaps else 0.0
        look = Look(role, round(size, 2), round(tracking, 4))
        return display_line(text, look, self.fonts, source.mark)


def qr_code(target: str, box: Box) -> Outline:
    """A QR code (ISO/IEC 18004, level M) as one outline with its quiet zone inside the box."""
    import segno  # late: only the front page needs it

    code = segno.make(target, error="m", micro=False)
    rows = [list(row) for row in code.matrix]
    module = box.width / (len(rows) + 2 * QR_MODULES_QUIET)
    path: list[tuple[str | float, ...]] = []
    for r, dots in enumerate(rows):
        c = 0
        while c < len(dots):
            run = c
            while run < len(dots) and dots[run]:
                run += 1
            if run > c:
                x, y = (
                    box.x + (c + QR_MODULES_QUIET) * module,
                    box.y + (r + QR_MODULES_QUIET) * module,
                )
                x2, y2 = x + (run - c) * module, y + module
                corners = ((x, y), (x2, y), (x2, y2), (x, y2))
                path += [
                    ("M" if k == 0 else "L", round(px, 3), round(py, 3))
                    for k, (px, py) in enumerate(corners)
                ]
                path.append(("Z",))
            c = max(run, c + 1)
    return Outline("qr code", tuple(path), BLACK, f"二维码：{target}")


def _extent(title: Item) -> tuple[float, float]:
    assert isinstance(title, (Artwork, Outline, Picture))
    box = title.extent if isinstance(title, Outline) else title.box
    return box.x, box.right


def _moved(item: Item, dx: float) -> Item:
    if isinstance(item, Rule):
        return msgspec.structs.replace(item, x1=round(item.x1 + dx, 3), x2=round(item.x2 + dx, 3))
    assert isinstance(item, TextLine)
    return item.at(item.x + dx, item.y)


def copies(publication: Publication) -> Sequence[tuple[Copy, tuple[str, ...]]]:
    """Publication copy with the roles it is set in, for the check of its characters."""
    p, hei = publication, ("hei-medium",)
    parts = (
        (p.name, ("brush", "hei-medium")), (p.latin_name, hei), (p.sponsor, hei),
        (p.publisher, hei), (p.client, ("hei-bold",)), (p.registration, hei), (p.postal_code, hei),
        (p.website, hei), (p.website_name, hei), (p.email, hei), (p.hotline, hei),
    )  # fmt: skip
    return [(copy, roles) for copy, roles in parts if copy]
