"""Broken and justified lines → TextLines of glyph runs: the only place that rounds.

A run is what one face sets in one ink without a break; its xs are relative to the line's x and
rounded to 0.001 pt from exact sums, so that errors never add up along a line.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from layout.compose.classes import Class
from layout.compose.prepare import Prepared
from layout.compose.spacing import HALF, LEADING_WHITE, TRAILING_WHITE, Settings
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


class _Draft:
    """A run being gathered."""

    def __init__(self, p: Prepared, unit: int) -> None:
        self.piece = p.sources[p.pieces[unit]]
        self.face = p.shaped[unit].face
        self.glyphs: list[int] = []
        self.xs: list[float] = []
        self.clusters: list[int] = []
        self.text = ""


def cell_shift(p: Prepared, unit: int) -> float:
    """How far a glyph stands off its cell's left edge: a name dot is centred in its half em."""
    if p.classes[unit] == Class.DOT:
        left, right = p.shaped[unit].ink
        return (p.widths[unit] - (right - left)) / 2 - left
    return 0.0


def text_line(p: Prepared, line: Slice, how: Setting, settings: Settings) -> TextLine:
    """The line, its baseline at y = 0."""
    scale = how.size * how.width_ratio / 1000
    trims = settings.trim_line_start and p.classes[line.start] in LEADING_WHITE
    pen = -float(HALF) if trims else 0.0
    drafts: list[_Draft] = []
    for k, unit in enumerate(range(line.start, line.end)):
        if k:
            pen += line.gaps[k - 1]
        same = drafts and (
            drafts[-1].face == p.shaped[unit].face and drafts[-1].piece is p.sources[p.pieces[unit]]
        )
        if not same:
            drafts.append(_Draft(p, unit))
        _add(drafts[-1], p, unit, pen, scale, first=not k)
        pen += p.widths[unit]
    last_white = HALF if line.end and p.classes[line.end - 1] in TRAILING_WHITE else 0
    return TextLine(
        x=round(how.x, DIGITS),
        y=0.0,
        width=round((pen - last_white) * scale, DIGITS),
        measure=round(how.measure, DIGITS),
        ratio=_ratio(p, line),
        text=_text(p, line),
        runs=tuple(_run(draft, how) for draft in drafts if draft.glyphs),
    )


def _add(draft: _Draft, p: Prepared, unit: int, pen: float, scale: float, *, first: bool) -> None:
    shaped = p.shaped[unit]
    if p.spaces[unit] and not first:
        draft.text += " "
    base = len(draft.text)
    draft.text += p.texts[unit]
    if p.classes[unit] == Class.WIDE_SPACE:
        return
    at = pen + cell_shift(p, unit)
    for glyph, offset, cluster in zip(shaped.glyphs, shaped.offsets, shaped.clusters, strict=True):
        draft.glyphs.append(glyph)
        draft.xs.append(round((at + offset) * scale, DIGITS))
        draft.clusters.append(base + cluster)


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
    natural = sum(gap.natural for gap in p.gaps[line.start + 1 : line.end])
    return round((sum(line.gaps) - natural) / len(line.gaps) / 1000, DIGITS)
