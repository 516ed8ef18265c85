"""Vertical lines as text operators (ISO 32000-1 9.4).

In: the `VerticalLine`s of one text, from right to left. Out: text objects, each glyph at a place of
its own (Tm) in the same Identity-H fonts, so that no second font object is needed; a turned run's
matrix lies 90° clockwise. The whole text is to stand beside them as one ActualText (14.9.4):
readers would take it for columns of letters, read from left to right, and its quotes for 『』.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.press.fontobjects import FontTable, PageFont
from layout.press.ink import Pen
from layout.press.numbers import number, snap
from layout.press.text import clusters
from layout.sheet.items import GlyphRun, VerticalLine

_UPRIGHT, _TURNED = "1 0 0 1", "0 -1 1 0"


def draw_vertical(
    lines: Sequence[VerticalLine], x: float, y: float, fonts: FontTable, pen: Pen
) -> None:
    """The lines of a group whose box stands at (x, y), y up."""
    out = pen.out
    for line in lines:
        out.append("BT")
        for run in line.runs:
            font = fonts[run.face]
            pen.fill(run.ink, may_overprint=True)
            ratio = number(run.width_ratio * 100)
            out.append(f"/{font.resource} {number(run.size)} Tf {ratio} Tz")
            out.extend(_shown(run, font, x + line.x, y - line.y))
        out.append("ET")


def joined(lines: Sequence[VerticalLine]) -> str:
    """The text, a blank only where a line break parts two Latin words."""
    whole = lines[0].text
    for line in lines[1:]:
        blank = " " if whole[-1].isascii() and line.text[0].isascii() else ""
        whole += blank + line.text
    return whole


def _shown(run: GlyphRun, font: PageFont, x: float, y: float) -> Iterator[str]:
    codes = list(run.glyphs)
    for first, _, text in clusters(run):
        codes[first] = font.code(run.glyphs[first], text) or codes[first]
    matrix = _TURNED if run.turned else _UPRIGHT
    for glyph, code, dx, dy in zip(run.glyphs, codes, run.xs, run.ys, strict=True):
        font.widths[glyph]  # it is drawn
        at = f"{number(snap(x + dx))} {number(snap(y - dy))}"
        yield f"{matrix} {at} Tm <{code:04X}> Tj"
