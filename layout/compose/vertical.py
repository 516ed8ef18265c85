"""Display lines set from top to bottom (竖题): cells, their trimming, fitting to a length.

Comes in: a headline's line, a role, a length in points and a range of sizes. Goes out: vertical
lines. Rules: CLREQ, vertical writing mode; GB/T 15834—2011 5.2: marks stand upper right, quotes
become 『』 and 「」, dashes and connectors turn; numbers of up to three figures stand across
(纵中横).
The text keeps the writer's characters, whatever is drawn for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from layout.compose.classes import Class, takes_gap, units
from layout.compose.finalize import DIGITS
from layout.compose.headline import SIZE_STEP, TRACKING_LEAST, TRACKING_MOST, Fitted, Look
from layout.compose.spacing import DISPLAY, HALF, gap_table
from layout.findings import Mark
from layout.fonts import FontSet
from layout.fonts.upright import Upright, across, turned, upright
from layout.sheet.items import GlyphRun, VerticalLine

# GB/T 15834—2011 5.2: the quotes of vertical text.
QUOTES = {"“": "『", "”": "』", "‘": "「", "’": "」"}
# Marks in the upper right of their cell, whose lower half is white; ：；？！ fill theirs (CLREQ).
_UPPER_RIGHT = frozenset("，。、．")
_TURNS = frozenset({
    Class.OPEN, Class.CLOSE, Class.DASH, Class.ELLIPSIS, Class.CONNECTOR, Class.SOLIDUS,
})  # fmt: skip
_CENTRED = frozenset({Class.DASH, Class.ELLIPSIS, Class.CONNECTOR})
# Where a face has no vertical form of a pause mark, its ink goes this far into the corner.
_CORNER = 60
# Numbers of up to three figures with the sign behind them, and short names in capitals.
_NUMBER = re.compile(r"(\d+)([%℃°]?)")
_NAME = re.compile(r"[A-Z0-9+]{1,4}")
_MOST_ACROSS, _MOST_UPRIGHT = 3, 4


class Cell(msgspec.Struct, frozen=True):
    """One cell of a line: its text, what is drawn (nothing for a blank), extent in 1/1000 em.

    `word` numbers the Latin word a cell belongs to, 0 for all else.
    """

    text: str
    kind: Class
    drawn: Upright | None
    advance: int
    word: int = 0


def cells(text: str, role: str, fonts: FontSet) -> tuple[Cell, ...]:
    """The line's cells from top to bottom."""
    found: list[Cell] = []
    setter = _Setter(role, fonts)
    for word, (space, unit, kind) in enumerate(units(text), 1):
        if space and found:
            found += _blank(space, found[-1].kind, kind)
        if kind is Class.LATIN:
            found += (msgspec.structs.replace(c, word=word) for c in setter.latin(unit))
        elif kind is Class.WIDE_SPACE:
            found.append(Cell(unit, kind, None, DISPLAY.wide_space))
        else:
            found.append(_trimmed(setter.mark(unit, kind)))
    return tuple(found)


def _blank(space: str, before: Class, after: Class) -> Iterator[Cell]:
    """A blank parts words or phrases; between hanzi and Latin the gap stands for it."""
    if before is after is Class.LATIN:
        yield Cell(" ", Class.LATIN, None, DISPLAY.word_space)
    elif Class.LATIN not in (before, after):
        yield Cell(space, Class.WIDE_SPACE, None, DISPLAY.wide_space)


class _Setter:
    """Sets units upright, across or turned in one role."""

    def __init__(self, role: str, fonts: FontSet) -> None:
        self.role, self.fonts = role, fonts

    def mark(self, text: str, kind: Class) -> Cell:
        """A hanzi or a mark in its vertical form; what has none turns, or moves to its corner."""
        drawn = QUOTES.get(text, text)
        unit = self.fonts.unit(self.role, drawn)
        face = self.fonts.faces[unit.face]
        shaped = upright(face, drawn)
        if shaped.glyphs == unit.glyphs:
            if kind in _TURNS:
                shaped = turned(face, unit, centred=kind in _CENTRED)
            elif kind in (Class.PAUSE, Class.STOP):
                shaped = _in_place(shaped, text)
        return Cell(text, kind, shaped, shaped.advance)

    def latin(self, word: str) -> Iterator[Cell]:
        """A Latin unit: short numbers across, capitals upright, all else turned (rule 46)."""
        if number := _NUMBER.fullmatch(word):
            figures, sign = number.groups()
            if len(figures) <= _MOST_ACROSS:
                yield self._across(figures)
                yield from map(self._letter, sign)
                return
            if len(figures) <= _MOST_UPRIGHT:
                yield from map(self._letter, word)
                return
        elif _NAME.fullmatch(word):
            for part in re.findall(r"\d+|.", word):
                yield self._across(part) if part.isdigit() else self._letter(part)
            return
        elif len(word) == 1 and word.isalpha():
            yield self._letter(word)
            return
        unit = self.fonts.latin_units(self.role)[word]
        shaped = turned(self.fonts.faces[unit.face], unit)
        yield Cell(word, Class.LATIN, shaped, shaped.advance)

    def _across(self, figures: str) -> Cell:
        unit = self.fonts.latin_units(self.role)[figures]
        shaped = across(self.fonts.faces[unit.face], unit)
        return Cell(figures, Class.LATIN, shaped, shaped.advance)

    def _letter(self, letter: str) -> Cell:
        unit = self.fonts.latin_units(self.role)[letter]
        shaped = upright(self.fonts.faces[unit.face], letter)
        return Cell(letter, Class.LATIN, shaped, shaped.advance)


def _in_place(shaped: Upright, text: str) -> Upright:
    """A mark drawn for horizontal lines: a pause upper right, ：；？！ in the middle (CLREQ)."""
    left, top, right, bottom = shaped.ink
    if text in _UPPER_RIGHT:
        return shaped.moved(HALF - _CORNER - right, _CORNER - top)
    return shaped.moved(-(left + right) // 2, HALF - (top + bottom) // 2)


def _trimmed(cell: Cell) -> Cell:
    """At display sizes marks give up their white half; ：；？！ have none (CLREQ; rule 15)."""
    assert cell.drawn
    if cell.kind is Class.OPEN:
        drawn, advance = cell.drawn.moved(0, -HALF), cell.advance - HALF
    elif cell.kind is Class.CLOSE or cell.text in _UPPER_RIGHT:
        drawn, advance = cell.drawn, cell.advance - HALF
    elif cell.kind is Class.DOT:
        left, top, right, bottom = cell.drawn.ink
        drawn = cell.drawn.moved(-(left + right) // 2, (HALF - top - bottom) // 2)
        advance = HALF
    else:
        return cell
    return msgspec.structs.replace(cell, drawn=drawn, advance=advance)


def _gap(before: Cell, after: Cell) -> tuple[int, bool]:
    """White between two cells in 1/1000 em, and whether tracking opens it."""
    if before.word == after.word and before.word and _lies(before) and _lies(after):
        return 0, False
    stretch = gap_table(DISPLAY).pairs[before.kind][after.kind].stretch_step
    word, edge = (before, before.text[-1]) if _lies(before) else (after, after.text[0])
    hanzi = (after if word is before else before).kind is Class.HAN
    stands_off = _lies(word) and hanzi and takes_gap(edge)
    return DISPLAY.latin_gap if stands_off else 0, bool(stretch)


def _lies(cell: Cell) -> bool:
    return cell.kind is Class.LATIN and cell.drawn is not None and cell.drawn.turned


def _pens(line: Sequence[Cell], tracking_em: float) -> list[float]:
    """Where each cell begins and the last ends (1/1000 em)."""
    pens, pen = [0.0], 0.0
    for before, after in pairwise(line):
        natural, opens = _gap(before, after)
        pen += before.advance + natural + (tracking_em * 1000 if opens else 0)
        pens.append(pen)
    return [*pens, pen + line[-1].advance]


def length_em(line: Sequence[Cell]) -> tuple[float, int]:
    """A line's natural length in ems and the number of gaps tracking opens."""
    return _pens(line, 0.0)[-1] / 1000, sum(_gap(a, b)[1] for a, b in pairwise(line))


def fit_vertical(
    lines: tuple[str, ...],
    look: Look,
    length: float,
    sizes: tuple[float, float],
    fonts: FontSet,
) -> Fitted | None:
    """The largest size in the range (pt) at which all lines meet the length; None if none does.

    Size down its range, then tracking to −3 %; a short line is tracked out by at most 8 %. There is
    no 长体 along a vertical line.
    """
    least, most = sizes
    longest, gaps = max(length_em(cells(line, look.role, fonts)) for line in lines)
    size = min(most, int(length / longest / SIZE_STEP) * SIZE_STEP)
    tracking = min(TRACKING_MOST, (length / size - longest) / gaps) if size and gaps else 0.0
    if size < least:
        size, tracking = least, TRACKING_LEAST
    whole = (longest + tracking * gaps) * size
    if whole > length + SIZE_STEP:
        return None
    look = msgspec.structs.replace(look, size=size, tracking_em=round(tracking, 4))
    return Fitted(lines, look, whole / length)


def vertical_line(
    text: str, look: Look, fonts: FontSet, source: Mark | None = None
) -> VerticalLine:
    """One line at x = 0, y = 0: the middle of its upper edge; its height is its measure."""
    line = cells(text, look.role, fonts)
    pens = _pens(line, look.tracking_em)
    placed = [(cell, cell.drawn, pen) for cell, pen in zip(line, pens, strict=False) if cell.drawn]
    runs = []
    for _, group in groupby(placed, key=lambda p: (p[1].face, p[1].turned, p[1].width_ratio)):
        runs.append(_run(list(group), look, source))
    height = round(pens[-1] * look.size / 1000, DIGITS)
    whole = "".join(cell.text for cell in line)
    return VerticalLine(0.0, 0.0, height, height, whole, tuple(runs))


def _run(
    placed: Sequence[tuple[Cell, Upright, float]], look: Look, source: Mark | None
) -> GlyphRun:
    glyphs: list[int] = []
    xs: list[float] = []
    ys: list[float] = []
    clusters: list[int] = []
    text, em = "", look.size / 1000
    for cell, drawn, pen in placed:
        glyphs += drawn.glyphs
        xs += (round(x * em, DIGITS) for x in drawn.xs)
        ys += (round((pen + y) * em, DIGITS) for y in drawn.ys)
        clusters += (len(text) + cluster for cluster in drawn.clusters)
        text += cell.text
    first = placed[0][1]
    return GlyphRun(
        face=first.face, size=look.size, glyphs=tuple(glyphs), xs=tuple(xs), text=text,
        clusters=tuple(clusters), ink=look.ink, width_ratio=first.width_ratio, source=source,
        ys=tuple(ys), turned=first.turned,
    )  # fmt: skip
