"""Glyphs for lines set from top to bottom: upright in vertical forms, across a cell, or turned.

Comes in: a face and a unit of text it has shaped for horizontal lines. Goes out: where each glyph
stands in the cell of a vertical line, in 1/1000 em from the middle of the cell's upper edge, y
down. Rules: CLREQ, vertical writing mode; OpenType `vert`.
"""

from __future__ import annotations

from itertools import accumulate

import msgspec
import uharfbuzz as hb

from layout.fonts.face import CHINESE, Face, Unit

# Of a face without vertical metrics: a hanzi's cell reaches 0.88 em above its baseline, and its
# middle lies 0.38 em above it (CLREQ, character face).
BASELINE, MIDDLE = 880, 380
EM = 1000


class Upright(msgspec.Struct, frozen=True):
    """One cell's glyphs: origins, text offsets of their clusters, extent along the line.

    `turned` glyphs lie 90° clockwise; `width_ratio` < 1 is 长体. `ink` is left, top, right, bottom.
    """

    face: str
    glyphs: tuple[int, ...]
    xs: tuple[int, ...]
    ys: tuple[int, ...]
    clusters: tuple[int, ...]
    advance: int
    ink: tuple[int, int, int, int]
    turned: bool = False
    width_ratio: float = 1.0

    def moved(self, dx: int, dy: int) -> Upright:
        """The same glyphs elsewhere in their cell."""
        left, top, right, bottom = self.ink
        return msgspec.structs.replace(
            self, xs=tuple(x + dx for x in self.xs), ys=tuple(y + dy for y in self.ys),
            ink=(left + dx, top + dy, right + dx, bottom + dy),
        )  # fmt: skip


def upright(face: Face, text: str) -> Upright:
    """Standing upright, in the face's vertical forms."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ttb", CHINESE[0], CHINESE[1]
    hb.shape(face.hb_font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    glyphs = tuple(info.codepoint for info in infos)
    per_em = EM / face.upem
    if "vmtx" in face.hb_face.table_tags:
        advances = [-p.y_advance * per_em for p in positions]
        origins = [(p.x_offset * per_em, -p.y_offset * per_em) for p in positions]
    else:  # HarfBuzz would centre the ink of each glyph, and lines of hanzi would dance
        advances = [float(EM)] * len(glyphs)
        origins = [(-face.advance(glyph) * per_em / 2, float(BASELINE)) for glyph in glyphs]
    tops = [0.0, *accumulate(advances)]
    xs = tuple(round(x) for x, _ in origins)
    ys = tuple(round(top + y) for top, (_, y) in zip(tops, origins, strict=False))
    clusters = tuple(info.cluster for info in infos)
    ink = _ink(face, glyphs, xs, ys)
    return Upright(face.key, glyphs, xs, ys, clusters, round(tops[-1]), ink)


def across(face: Face, unit: Unit) -> Upright:
    """A short number set across the line in one em, condensed when it is wider (纵中横)."""
    ratio = min(1.0, int(EM * EM / unit.advance) / EM)
    xs = tuple(round((offset - unit.advance / 2) * ratio) for offset in unit.offsets)
    ys = (BASELINE,) * len(xs)
    left, right = (round((edge - unit.advance / 2) * ratio) for edge in unit.ink)
    _, top, _, bottom = _ink(face, unit.glyphs, xs, ys)
    ink = (left, top, right, bottom)
    return Upright(
        face.key, unit.glyphs, xs, ys, unit.clusters, EM, ink, turned=False, width_ratio=ratio
    )


def turned(face: Face, unit: Unit, *, centred: bool = False) -> Upright:
    """Lying 90° clockwise: a Latin word, or a mark whose vertical form the face lacks.

    A dash or connector that is `centred` has its ink on the line's axis, wherever a Latin face
    draws it; all else keeps the middle of its cell there.
    """
    boxes = face.ink_boxes(unit)
    low, high = min(box[1] for box in boxes), max(box[3] for box in boxes)
    middle = round((low + high) / 2) if centred else MIDDLE
    ink = (round(low) - middle, unit.ink[0], round(high) - middle, unit.ink[1])
    xs = (-middle,) * len(unit.glyphs)
    return Upright(
        face.key, unit.glyphs, xs, unit.offsets, unit.clusters, unit.advance, ink, turned=True
    )


def _ink(
    face: Face, glyphs: tuple[int, ...], xs: tuple[int, ...], ys: tuple[int, ...]
) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the glyphs' ink; nothing of a blank."""
    per_em, found = EM / face.upem, []
    for glyph, x, y in zip(glyphs, xs, ys, strict=True):
        if e := face.hb_font.get_glyph_extents(glyph):
            left, top = x + e.x_bearing * per_em, y - e.y_bearing * per_em
            found.append((left, top, left + e.width * per_em, top - e.height * per_em))
    if not found:
        return 0, 0, 0, 0
    lefts, tops, rights, feet = zip(*found, strict=True)
    return round(min(lefts)), round(min(tops)), round(max(rights)), round(max(feet))
