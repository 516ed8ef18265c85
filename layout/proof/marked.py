"""核红: the later pages with every change marked, and a list of them at the end.

Marks lie over the page – put in: red ground; taken out: a red caret; moved: blue, with an arrow
from where it stood – and each has its number and a note in a margin added beside the page, so that
no note covers copy. The result is for reading; its page is not that of the plate.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from layout.geometry import Box
from layout.sheet.diff import Change, Kind

APRON = 140.0  # pt added on either side
_SIZE, _LEAD = 9.0, 11.5
_HEI = "notes"
_RED, _BLUE, _GREEN = (0.82, 0.07, 0.12), (0.05, 0.3, 0.75), (0.1, 0.5, 0.2)
_WORDS = {
    Kind.ADDED: "增", Kind.REMOVED: "删", Kind.TEXT: "改", Kind.PICTURE: "换图", Kind.CROP: "裁切",
    Kind.SIZE: "字号", Kind.MOVED: "移", Kind.SHAPE: "变形", Kind.REWRAPPED: "转行",
    Kind.TRACKING: "字距", Kind.FURNITURE: "线饰", Kind.FACE: "字体", Kind.GRID: "版心",
    Kind.INK: "墨迹",
}  # fmt: skip


class Sheet(msgspec.Struct, frozen=True):
    """One page of a PDF to be marked, and its changes."""

    name: str
    pdf: bytes
    number: int  # of the page in the file, from 0
    changes: tuple[Change, ...]


def marked(title: str, sheets: Sequence[Sheet]) -> bytes:
    """A PDF of all pages, marked, with the list of changes at its end."""
    import pikepdf  # late: heavy

    _fonts()
    files: dict[bytes, Any] = {}
    first = 1
    with pikepdf.Pdf.new() as out:
        for sheet in sheets:
            if sheet.pdf not in files:
                files[sheet.pdf] = pikepdf.open(io.BytesIO(sheet.pdf))
            out.pages.append(files[sheet.pdf].pages[sheet.number])
            page = out.pages[-1]
            boxes = [[float(v) for v in box] for box in (page.mediabox, page.trimbox)]
            with pikepdf.open(io.BytesIO(_overlay(sheet, boxes[0], boxes[1], first))) as marks:
                form = out.copy_foreign(marks.pages[0].as_form_xobject())
            _lay_over(page, form, f"/Marks{len(out.pages)}", boxes[0])
            _widen(page, boxes[0])
            first += len(sheet.changes)
        with pikepdf.open(io.BytesIO(_list(title, sheets))) as listed:
            out.pages.extend(listed.pages)
        data = io.BytesIO()
        out.save(data, deterministic_id=True)
    for file in files.values():
        file.close()
    return data.getvalue()


def _fonts() -> None:
    """The heading face of the stock that is always installed."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from layout.fonts.manifest import stock

    path = next(f.source.path for f in stock().roles["hei"] if f.source.path)
    pdfmetrics.registerFont(TTFont(_HEI, str(path)))


def _lay_over(page: Any, form: Any, name: str, media: list[float]) -> None:
    """Marks over the page under a name of our own: pikepdf's overlay takes one by chance."""
    import pikepdf

    page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(name))
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q 1 0 0 1 {media[0] - APRON:.3f} {media[1]:.3f} cm {name} Do Q".encode())


def _widen(page: Any, media: list[float]) -> None:
    """Room for notes: the page box grows to both sides, and nothing else trims it."""
    import pikepdf

    left, foot, right, top = media
    page.MediaBox = pikepdf.Array([left - APRON, foot, right + APRON, top])
    for box in ("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"):
        if box in page:
            del page[box]


class _Pen:
    """A canvas of the widened page, addressed in points from the trim's top left."""

    def __init__(self, canvas: Any, media: list[float], trim: list[float]) -> None:
        self.canvas = canvas
        self.left = trim[0] - media[0] + APRON
        self.top = trim[3] - media[1]
        self.width, self.height = media[2] - media[0] + 2 * APRON, media[3] - media[1]

    def box(self, box: Box, colour: tuple[float, ...], *, dash: bool = False,
            fill: float = 0.0) -> None:  # fmt: skip
        """An outline, or a ground one can read through."""
        pen = self.canvas
        pen.saveState()
        pen.setStrokeColorRGB(*colour)
        pen.setFillColorRGB(*colour, alpha=fill)
        pen.setLineWidth(1.2)
        if dash:
            pen.setDash(4, 3)
        grow = 0.0 if fill else 2.0
        pen.rect(self.left + box.x - grow, self.top - box.bottom - grow, box.width + 2 * grow,
                 box.height + 2 * grow, stroke=not fill, fill=bool(fill))  # fmt: skip
        pen.restoreState()

    def line(self, *points: tuple[float, float], colour: tuple[float, ...], width: float) -> None:
        """A line through points of the page."""
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(width)
        path = self.canvas.beginPath()
        for k, (x, y) in enumerate(points):
            (path.lineTo if k else path.moveTo)(self.left + x, self.top - y)
        self.canvas.drawPath(path)


def _overlay(sheet: Sheet, media: list[float], trim: list[float], first: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    size = media[2] - media[0] + 2 * APRON, media[3] - media[1]
    canvas = Canvas(data, pagesize=size, invariant=1)
    pen = _Pen(canvas, media, trim)
    canvas.setFillColorRGB(*_RED)
    _write(canvas, f"核红 · {sheet.name} · {len(sheet.changes)}", 12, size[1] - 24, 13)
    feet = [size[1] - 44.0, size[1] - 44.0]  # where the next note may begin, left and right
    order = sorted(enumerate(sheet.changes), key=lambda pair: _height(pair[1]))
    for k, change in order:
        colour = _colour(change.kind)
        spot = _mark(pen, change, colour)
        _note(pen, change, first + k, spot, feet, colour)
    canvas.showPage()
    canvas.save()
    return data.getvalue()


def _height(change: Change) -> float:
    box = change.spot or change.box_after or change.box_before
    return box.y if box else -1.0


def _colour(kind: Kind) -> tuple[float, ...]:
    if kind in (Kind.TEXT, Kind.ADDED, Kind.REMOVED, Kind.PICTURE):
        return _RED
    return _BLUE if kind in (Kind.MOVED, Kind.SHAPE) else _GREEN


def _mark(pen: _Pen, change: Change, colour: tuple[float, ...]) -> Box | None:
    """The change on the page; where its note points to."""
    old, new, spot = change.box_before, change.box_after, change.spot
    if change.kind is Kind.TEXT and spot:
        if change.after:
            pen.box(spot, colour, fill=0.25)
        if change.before:
            x, y = spot.x, spot.bottom + 3.5
            pen.line((x - 3, y), (x, y - 5), (x + 3, y), colour=colour, width=1.3)
        return spot
    if change.kind in (Kind.MOVED, Kind.SHAPE) and old and new and old != new:
        pen.box(old, colour, dash=True)
        pen.box(new, colour)
        _arrow(pen, old, new, colour)
        return new
    if new or old:
        pen.box(new or old, colour, dash=new is None)  # type: ignore[arg-type]
    return new or old


def _arrow(pen: _Pen, old: Box, new: Box, colour: tuple[float, ...]) -> None:
    x, y, u, v = (old.x + 12, old.y + 16, new.x + 12, new.y + 16)
    length = max(((u - x) ** 2 + (v - y) ** 2) ** 0.5, 1e-3)
    a, b = (u - x) / length * 8, (v - y) / length * 8
    pen.line((x, y), (u, v), colour=colour, width=2.2)
    pen.line((u - a - b / 2, v - b + a / 2), (u, v), (u - a + b / 2, v - b - a / 2),
             colour=colour, width=2.2)  # fmt: skip


def _note(pen: _Pen, change: Change, number: int, spot: Box | None, feet: list[float],
          colour: tuple[float, ...]) -> None:  # fmt: skip
    """Number and words in the nearer margin, with a leader to the change."""
    canvas = pen.canvas
    middle = pen.left + spot.x + spot.width / 2 if spot else 0.0
    side = int(middle > pen.width / 2)
    rows = _wrapped(f"{number} {_WORDS[change.kind]} {_words(change)}", APRON - 20, _SIZE)[:6]
    wanted = pen.top - spot.y - _SIZE if spot else feet[side]
    y = min(wanted, feet[side])
    if y - _LEAD * len(rows) < 12:
        return  # no room beside the page: the list has it
    x = 10.0 if side == 0 else pen.width - APRON + 10
    canvas.setFillColorRGB(*colour)
    canvas.setStrokeColorRGB(*colour)
    for k, row in enumerate(rows):
        _write(canvas, row, x, y - k * _LEAD, _SIZE)
    feet[side] = y - _LEAD * len(rows) - 4
    if spot:
        canvas.saveState()
        canvas.setLineWidth(0.5)
        canvas.setDash(1, 2)
        edge = APRON - 6 if side == 0 else pen.width - APRON + 6
        near = pen.left + (spot.x if side == 0 else spot.right)
        canvas.line(edge, y + 2, near, pen.top - spot.y)
        canvas.restoreState()


def _words(change: Change) -> str:
    return f"{change.said}（{change.story}）" if change.story else change.said


def _write(canvas: Any, text: str, x: float, y: float, size: float) -> None:
    """In the notes' face, whose thinnest weight a line thickens."""
    row = canvas.beginText(x, y)
    row.setFont(_HEI, size)
    row.setTextRenderMode(2)
    canvas.setStrokeColor(canvas._fillColorObj)
    canvas.setLineWidth(size / 40)
    row.textOut(text)
    canvas.drawText(row)


def _wrapped(text: str, width: float, size: float) -> list[str]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    rows = [""]
    for piece in re.findall(r"[!-~]+|.", text):
        whole = stringWidth(piece, _HEI, size) <= width
        for part in [piece] if whole else piece:
            if stringWidth(rows[-1] + part, _HEI, size) > width:
                rows.append("")
            rows[-1] += part
    return [row.strip() for row in rows]


def _list(title: str, sheets: Sequence[Sheet]) -> bytes:
    """Every change in a line or more, by page and story, on A4."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    canvas, (width, height) = Canvas(data, pagesize=A4, invariant=1), A4
    y, number = height - 50.0, 0
    for row in _wrapped(f"核红　{title}", width - 80, 12):
        _write(canvas, row, 40, y, 12)
        y -= 18
    for sheet in sheets:
        for change in sheet.changes:
            number += 1
            place = " · ".join(p for p in (f"page {change.page}", change.story, change.where) if p)
            said = f"{change.kind.value}: {change.said}"
            rows = [*_wrapped(place, width - 110, 8), *_wrapped(said, width - 110, 9.5)]
            if y - 13 * len(rows) < 40:
                canvas.showPage()
                y = height - 50
            canvas.setFillColorRGB(*_colour(change.kind))
            _write(canvas, str(number), 40, y, 9.5)
            for k, row in enumerate(rows):
                canvas.setFillColorRGB(0, 0, 0)
                _write(canvas, row, 70, y, 8 if k < len(_wrapped(place, width - 110, 8)) else 9.5)
                y -= 13
            y -= 5
    canvas.showPage()
    canvas.save()
    return data.getvalue()
