"""One face: its HarfBuzz font, metrics, and units of text shaped by it.

A unit is what composition never takes apart: one hanzi or mark, a Latin word, a —— or ……. Units
repeat, so each is shaped once a face and kept; shaping sets of units is cheaper than shaping
running text, and a unit keeps its ligatures and kerning. Advances and offsets are in 1/1000 em.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property

import msgspec
import uharfbuzz as hb

# Script and language to shape by. Latin words stand in Chinese copy: the connector of 2025—2030 is
# a Chinese one. Arabic script is joined, from right to left.
CHINESE = ("Hani", "zh-Hans")
ARABIC = ("Arab", "ug")

# Marks of Latin text in their proportional form, which Chinese faces draw on a whole em.
_Ranges = list[tuple[int, int, bool]]
_LATIN_MARK = re.compile(r"[“”‘’…·]|(?<![0-9])[–—](?![0-9])")


class Unit(msgspec.Struct, frozen=True):
    """Shaped text: glyph ids, their x offsets, text offsets of their clusters, total advance.

    `ink` is the extent of the ink from the unit's origin, (left, right). A unit that is `rtl` reads
    from right to left: its glyphs are in drawing order, their clusters fall.
    """

    face: str
    glyphs: tuple[int, ...]
    offsets: tuple[int, ...]
    clusters: tuple[int, ...]
    advance: int
    ink: tuple[int, int]
    rtl: bool = False


def runs_left(text: str) -> bool:
    """True for a word of a right-to-left script, by its first letter (UAX 9, P2)."""
    first = next((c for c in text if c.isalpha()), " ")
    return unicodedata.bidirectional(first) in ("R", "AL")


class Face:
    """A face at one setting of its axes. `key` is unique in a FontSet and stands in glyph runs."""

    def __init__(
        self,
        key: str,
        file: str,
        sha256: str,
        index: int = 0,
        axes: Mapping[str, float] | None = None,
    ) -> None:
        self.key = key
        self.file = file
        self.sha256 = sha256
        self.index = index
        self.axes = dict(axes or {})
        self._units: dict[tuple[str, bool], Unit | None] = {}
        self._inks: dict[int, tuple[int, int]] = {}
        self._data: bytes | None = None

    def load(self, data: bytes) -> None:
        """Use these bytes instead of the file's (a WOFF, unpacked)."""
        self._data = data

    @cached_property
    def hb_face(self) -> hb.Face:
        """The face's tables, memory-mapped."""
        blob = hb.Blob(self._data) if self._data else hb.Blob.from_file_path(self.file)
        return hb.Face(blob, self.index)

    @cached_property
    def hb_font(self) -> hb.Font:
        """The face at its axes, scaled to its own units."""
        font = hb.Font(self.hb_face)
        if self.axes:
            font.set_variations(self.axes)
        return font

    @property
    def opens(self) -> bool:
        """Whether the file is a font with a face of this index."""
        return self.hb_face.glyph_count > 0 and "cmap" in self.hb_face.table_tags

    @property
    def name(self) -> str:
        """PostScript name, as it stands in the PDF before the subset prefix."""
        return self.key

    @cached_property
    def upem(self) -> int:
        """Font units an em."""
        return int(self.hb_face.upem)

    def advance(self, glyph: int) -> int:
        """A glyph's horizontal advance in font units at these axes."""
        return int(self.hb_font.get_glyph_h_advance(glyph))

    def extents(self) -> tuple[int, int]:
        """Ascender and descender in font units."""
        e = self.hb_font.get_font_extents("ltr")
        return int(e.ascender), int(e.descender)

    def unit(self, text: str, *, latin: bool = False) -> Unit | None:
        """The text shaped as one unit, a Latin word or Chinese; None when the face lacks some."""
        try:
            return self._units[text, latin]
        except KeyError:
            shaped = self._units[text, latin] = self._shape(text, latin)
            return shaped

    def learn(self, hanzi: str) -> dict[str, Unit]:
        """Hanzi shaped in one go, each a unit: fifty times as quick as one by one.

        Their ink is given as their cell: looking at outlines would page in half of a 15 MB face.
        """
        buffer = self._shaped(hanzi, CHINESE, {"kern": False})
        scale, found = 1000 / self.upem, {}
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if glyph := info.codepoint:
                offset, wide = round(position.x_offset * scale), round(position.x_advance * scale)
                unit = Unit(self.key, (glyph,), (offset,), (0,), wide, (0, wide))
                found[hanzi[info.cluster]] = unit
        return found

    def _shaped(
        self, text: str, how: tuple[str, str], features: Mapping[str, bool | _Ranges]
    ) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = "rtl" if how == ARABIC else "ltr"
        buffer.script, buffer.language = how
        hb.shape(self.hb_font, buffer, features)
        return buffer

    def _shape(self, text: str, latin: bool) -> Unit | None:
        plain = not latin or (text.isascii() and text.isalnum())  # most words are figures
        rtl = not plain and runs_left(text)
        marks = [] if plain else [(*m.span(), True) for m in _LATIN_MARK.finditer(text)]
        buffer = self._shaped(text, ARABIC if rtl else CHINESE, {"pwid": marks} if marks else {})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        if any(info.codepoint == 0 for info in infos):
            return None
        scale, pen = 1000 / self.upem, 0
        offsets: list[int] = []
        ink: list[float] = []
        for info, position in zip(infos, positions, strict=True):
            offsets.append(round((pen + position.x_offset) * scale))
            bearing, width = self._ink(info.codepoint)
            if width:
                left = (pen + position.x_offset + bearing) * scale
                ink += (left, left + width * scale)
            pen += position.x_advance
        return Unit(
            self.key,
            tuple(info.codepoint for info in infos),
            tuple(offsets),
            tuple(info.cluster for info in infos),
            round(pen * scale),
            (round(min(ink)), round(max(ink))) if ink else (0, 0),
            rtl,
        )

    def _ink(self, glyph: int) -> tuple[int, int]:
        """Left bearing and width of a glyph's ink; ten figures make hundreds of numbers."""
        if glyph not in self._inks:
            extents = self.hb_font.get_glyph_extents(glyph)
            self._inks[glyph] = (extents.x_bearing, extents.width) if extents else (0, 0)
        return self._inks[glyph]

    def ink_boxes(self, unit: Unit) -> list[tuple[float, float, float, float]]:
        """Left, bottom, right, top of each glyph's ink, in 1/1000 em from the unit's origin."""
        scale, boxes = 1000 / self.upem, []
        for glyph, offset in zip(unit.glyphs, unit.offsets, strict=True):
            e = self.hb_font.get_glyph_extents(glyph)
            left, top = offset + e.x_bearing * scale, e.y_bearing * scale
            boxes.append((left, top + e.height * scale, left + e.width * scale, top))
        return boxes

    def outline(self, glyph: int) -> list[tuple[str | float, ...]]:
        """A glyph's contours in ems, y up: ("M", x, y), ("L", …), ("C", …), ("Z",)."""
        path: list[tuple[str | float, ...]] = []
        pen = _EmPen(path, 1 / self.upem)
        self.hb_font.draw_glyph_with_pen(glyph, pen)
        return path


class _EmPen:
    """fontTools' pen protocol, writing cubic contours scaled to the em."""

    def __init__(self, path: list[tuple[str | float, ...]], scale: float) -> None:
        self.path, self.scale = path, scale
        self.at = (0.0, 0.0)

    def _add(self, verb: str, *points: tuple[float, float]) -> None:
        if points:
            self.at = points[-1]
        self.path.append((verb, *(v * self.scale for point in points for v in point)))

    def moveTo(self, p: tuple[float, float]) -> None:  # noqa: N802 – the protocol's name
        """Start a contour."""
        self._add("M", p)

    def lineTo(self, p: tuple[float, float]) -> None:  # noqa: N802
        """A straight segment."""
        self._add("L", p)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        """A cubic segment."""
        self._add("C", *points)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        """A quadratic segment, raised to a cubic: PDF has no other."""
        (x0, y0), (cx, cy), (x1, y1) = self.at, control, end
        self._add(
            "C",
            (x0 + (cx - x0) * 2 / 3, y0 + (cy - y0) * 2 / 3),
            (x1 + (cx - x1) * 2 / 3, y1 + (cy - y1) * 2 / 3),
            end,
        )

    def closePath(self) -> None:  # noqa: N802
        """End a contour."""
        self._add("Z")

    def endPath(self) -> None:  # noqa: N802
        """End an open contour; fonts hold none."""
