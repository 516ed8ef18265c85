"""The proof's own paper: a page with its margin and layers as sheets, before it is put together.

Comes in: a made-up page, its numbered findings, the slug. Goes out: a `ProofPage` – a sheet of slug
and margin, then one a layer – in page points, to be written by the press like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from layout.findings import Severity
from layout.fonts import FontSet
from layout.geometry import Box, Size
from layout.makeup import Made
from layout.makeup.draw import outline
from layout.proof import overlay
from layout.proof.overlay import RED, WHITE, Numbered, text, wrapped
from layout.sheet.items import BLACK, Group, Ink, Item, Rule, Sheet, Tint
from layout.units import MM

LEFT, RIGHT, TOP, FOOT = 46.0, 236.0, 70.0, 40.0  # pt round the page; findings stand right
BAND = 40.0
GREY = Ink(0.0, 0.0, 0.0, 0.7)


class ProofPage(msgspec.Struct, frozen=True):
    """A page of the proof: its sheets, what it says, where the flags stand by number."""

    made: Made
    size: Size
    sheets: tuple[Sheet, ...]  # the slug and margin, then the layers in order
    found: tuple[Numbered, ...]
    flags: Mapping[int, tuple[float, float]]


def proof_page(made: Made, found: Sequence[Numbered], slug: str, fonts: FontSet) -> ProofPage:
    """A page with its band, its findings beside it, its layers."""
    trim = made.sheet.trim
    size = Size(round(LEFT + trim.width + RIGHT, 3), round(TOP + trim.height + FOOT, 3))
    flags = overlay.flag_places(found)
    margin = [*slug_band(f"{slug}　{made.sheet.name}", size, fonts),
              *outline(Box(LEFT, TOP, trim.width, trim.height).rounded(), 0.5, GREY),
              *_margin(found, LEFT + trim.width + 16, RIGHT - 32, fonts)]  # fmt: skip
    layers: tuple[Iterator[Item], ...] = (
        overlay.grid_layer(made.sheet, fonts),
        overlay.frames_layer(made, fonts),
        overlay.pictures_layer(made.sheet, fonts),
        overlay.findings_layer(found, flags, fonts),
    )
    sheets = [sheet_of(made.sheet, size, margin, Box(0, 0, size.width, size.height))]
    sheets += [
        sheet_of(made.sheet, size, list(items), Box(LEFT, TOP, trim.width, trim.height))
        for items in layers
    ]
    return ProofPage(made, size, tuple(sheets), tuple(found), flags)


def sheet_of(model: Sheet, size: Size, items: Sequence[Item], box: Box) -> Sheet:
    """Items on paper of a size, their origin at a box's corner."""
    group = Group("proof", "proof", box, tuple(items))
    return msgspec.structs.replace(
        model, trim=size, bleed=0.0, apron=0.0, groups=(group,), meta={"title": "校样"}
    )


def slug_band(said: str, size: Size, fonts: FontSet) -> Iterator[Item]:
    """The band that no plate has, at head and foot."""
    for top, high in ((8.0, BAND), (size.height - 24.0, 16.0)):
        yield Tint(Box(0.0, top, size.width, high).rounded(), RED)
        scale = high * 0.5
        name = text("校样 PROOF　不可制版 NOT FOR PLATE", "hei-bold", scale, WHITE, fonts)
        yield name.at(LEFT, top + high * 0.68)
        tail = text(said, "hei-bold", scale * 0.8, WHITE, fonts)
        yield tail.at(max(LEFT + name.width + 20, size.width - tail.width - 16), top + high * 0.68)


def _margin(found: Sequence[Numbered], x: float, width: float, fonts: FontSet) -> Iterator[Item]:
    """The page's findings beside it, numbered as their flags."""
    y = TOP + 14
    errors = sum(n.finding.severity is Severity.ERROR for n in found)
    head = f"意见 {len(found)} 条，其中错误 {errors} 条" if found else "没有意见 no findings"
    line = text(head, "hei-bold", 13.0, RED if errors else BLACK, fonts)
    yield line.at(x, y)
    yield Rule(x, y + 6, x + width, y + 6, 1.0, GREY)
    y += 30
    for one in found:
        yield from overlay.flag(one.number, x + 10, y - 3, 10.0, overlay.colour(one.finding), fonts)
        for said, role, size, ink in _told(one):
            for part in wrapped(said, role, size, ink, width - 28, fonts):
                yield part.at(x + 28 + part.x, y)
                y += size * 1.4
        y += 12


def _told(one: Numbered) -> Iterator[tuple[str, str, float, Ink]]:
    """A finding in paragraphs: what, what would be right, where."""
    finding, mark = one.finding, one.finding.mark
    yield finding.message, "hei-bold", 10.0, BLACK
    if finding.hint:
        yield f"→ {finding.hint}", "hei", 8.5, BLACK
    where = f"{mark.file.rpartition('/')[2]}:{mark.line}:{mark.column}" if mark else ""
    if one.box:
        where += f"　{one.box.x / MM:.0f}\u00a0mm,\u00a0{one.box.y / MM:.0f}\u00a0mm"
    yield f"{finding.check}　{where}".strip(), "hei", 7.5, GREY
