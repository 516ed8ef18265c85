"""Broken and justified lines → TextLines of glyph runs: the only place that rounds.

A run is what one face sets in one ink without a break; its xs are relative to the line's x and
rounded to 0.001 pt from exact sums, so that errors never add up along a line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import add

import msgspec

from layout.compose.classes import Class
from layout.compose.prepare import Prepared
from layout.compose.spacing import HALF, LEADING_WHITE
from layout.sheet.items import GlyphRun, TextLine

DIGITS = 3


class Slice(msgspec.Struct, frozen=True):
    """Units start … end−1 on one line, with the gaps between them (1/1000 em)."""

    start: int
    end: int
    gaps: Sequence[float]


class Setting(msgspec.Struct, frozen=True):
    """How a line is drawn: size, left offset, measure (pt), 长/扁 ratio, tracked wide or not."""

    size: float
    x: float
    measure: float
    width_ratio: float = 1.0
    spaced: bool = False


def text_line(p: Prepared, line: Slice, how: Setting) -> TextLine:
    """The line, its baseline at y = 0."""
    start, end = line.start, line.end
    trims = p.settings.trim_line_start and p.classes[start] in LEADING_WHITE
    advances = map(add, p.widths[start : end - 1], line.gaps)
    pens = list(accumulate(advances, initial=-float(HALF) if trims else 0.0))
    scale = how.size * how.width_ratio / 1000
    turns = p.turns[bisect_right(p.turns, start) : bisect_left(p.turns, end)]
    drafts = [
        _drafted(p, (a, b), pens[a - start :], scale) for a, b in pairwise((start, *turns, end))
    ]
    return TextLine(
        x=round(how.x, DIGITS),
        y=0.0,
        width=round((pens[-1] + p.widths[end - 1] - p.trails[end - 1]) * scale, DIGITS),
        measure=round(how.measure, DIGITS),
        ratio=_ratio(p, line),
        text=_text(p, line),
        runs=tuple(_run(draft, how) for draft in drafts if draft.glyphs),
    )


class _Draft:
    """A run being gathered."""

    def __init__(self, p: Prepared, unit: int, scale: float) -> None:
        self.p, self.scale = p, scale
        self.piece = p.sources[p.pieces[unit]]
        self.face = p.shaped[unit].face
        self.glyphs: list[int] = []
        self.xs: list[float] = []
        self.clusters: list[int] = []
        self.text = ""

    def add_plain(self, first: int, last: int, pens: Sequence[float]) -> None:
        """Units of one character and one glyph at its cell's edge: most of a page."""
        if first < last:
            scale, at = self.scale, len(self.text)
            self.glyphs += self.p.glyphs[first:last]
            self.xs += [round(pen * scale, DIGITS) for pen in pens]
            self.clusters += range(at, at + last - first)
            self.text += "".join(self.p.texts[first:last])

    def add(self, unit: int, pen: float, *, first: bool) -> None:
        """Any unit."""
        shaped = self.p.shaped[unit]
        if self.p.spaces[unit] and not first:
            self.text += " "
        base = len(self.text)
        self.text += self.p.texts[unit]
        if self.p.classes[unit] == Class.WIDE_SPACE:
            return
        at = pen + cell_shift(self.p, unit)
        self.glyphs += shaped.glyphs
        self.xs += [round((at + offset) * self.scale, DIGITS) for offset in shaped.offsets]
        self.clusters += [base + cluster for cluster in shaped.clusters]


def _drafted(p: Prepared, span: tuple[int, int], pens: Sequence[float], scale: float) -> _Draft:
    """The run of units first … last−1; `pens` begins with the first one's."""
    first, last = span
    draft, at = _Draft(p, first, scale), first
    for odd in p.odd[bisect_left(p.odd, first) : bisect_left(p.odd, last)]:
        draft.add_plain(at, odd, pens[at - first : odd - first])
        draft.add(odd, pens[odd - first], first=odd == first and not pens[0] > 0)
        at = odd + 1
    draft.add_plain(at, last, pens[at - first : last - first])
    return draft


def cell_shift(p: Prepared, unit: int) -> float:
    """How far a glyph stands off its cell's left edge: a name dot is centred in its half em."""
    if p.classes[unit] == Class.DOT:
        left, right = p.shaped[unit].ink
        return (p.widths[unit] - (right - left)) / 2 - left
    return 0.0


def _run(draft: _Draft, how: Setting) -> GlyphRun:
    return GlyphRun(
        face=draft.face,
        size=how.size,
        glyphs=tuple(draft.glyphs),
        xs=tuple(draft.xs),
        text=draft.text,
        clusters=tuple(draft.clusters),
        ink=draft.piece.ink,
        width_ratio=how.width_ratio,
        spaced=how.spaced,
        source=draft.piece.source,
    )


def _text(p: Prepared, line: Slice) -> str:
    rest = range(line.start + 1, line.end)
    return p.texts[line.start] + "".join(p.spaces[i] + p.texts[i] for i in rest)


def _ratio(p: Prepared, line: Slice) -> float:
    if not line.gaps:
        return 0.0
    natural = sum(p.naturals[line.start + 1 : line.end])
    return round((sum(line.gaps) - natural) / len(line.gaps) / 1000, DIGITS)
