"""Broken and justified lines → TextLines of glyph runs: the only place that rounds.

A run is what one face sets in one ink without a break; its xs are relative to the line's x and
rounded to 0.001 pt from exact sums, so that errors never add up along a line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise

import msgspec

from layout.compose.classes import Class
from layout.compose.justify import Slice
from layout.compose.prepare import Prepared
from layout.fonts import Unit
from layout.sheet.items import GlyphRun, Tag, TextLine

DIGITS = 3
_DOT = Class.DOT
SOFT_HYPHEN = "\u00ad"


class Setting(msgspec.Struct, frozen=True, gc=False):
    """How a line is drawn: size, left offset, measure (pt), 长/扁 ratio, tracked wide or not.

    Offset and measure come rounded.
    """

    size: float
    x: float
    measure: float
    width_ratio: float = 1.0
    spaced: bool = False


class Broken(msgspec.Struct, frozen=True, gc=False):
    """A line broken and justified but not drawn yet: trials of the make-up need no glyph runs."""

    paragraph: Prepared
    piece: Slice
    how: Setting

    @property
    def text(self) -> str:
        """Its copy."""
        return _text(self.paragraph, self.piece.start, self.piece.end)

    @property
    def width(self) -> float:
        """As set, in points."""
        return line_width(self.paragraph, self.piece, self.how)

    @property
    def measure(self) -> float:
        """In points."""
        return self.how.measure

    def drawn(self, y: float = 0.0, tag: Tag | None = None) -> TextLine:
        """The line in glyph runs, its baseline at y."""
        return text_line(self.paragraph, self.piece, self.how, y, tag)


def line_width(p: Prepared, line: Slice, how: Setting) -> float:
    """A line's width in points, rounded."""
    return _width(p, line, line.right(p), how)


def _width(p: Prepared, line: Slice, right: float, how: Setting) -> float:
    width = right + p.ends[line.end] - p.cells[line.end - 1]
    return int(width * how.size * how.width_ratio + 0.5) / 1000


def text_line(
    p: Prepared, line: Slice, how: Setting, y: float = 0.0, tag: Tag | None = None
) -> TextLine:
    """The line, its baseline at y."""
    start, end = line.start, line.end
    if p.levels and any(p.levels[start:end]):
        runs = _bidi_runs(p, line, how)
    elif p.turns:
        turns = p.turns[bisect_right(p.turns, start) : bisect_left(p.turns, end)]
        pens, edges = line.places(p), pairwise((start, *turns, end))
        runs = tuple(_run(p, Slice(a, b, 0.0, pens[a - start : b - start]), how) for a, b in edges)
        runs = tuple(run for run in runs if run.glyphs)
    else:
        run = _run(p, line, how)
        runs = (run,) if run.glyphs else ()
    if end - 1 in p.hyphens and end < len(p.texts):
        runs += (_hyphen(p, line, how),)
    elif runs and end in p.spaces:
        runs = with_blank(runs)
    right, text = line.right(p), _text(p, start, end)
    width, ratio = _width(p, line, right, how), _ratio(p, line, right)
    return TextLine(how.x, y, width, how.measure, ratio, text, runs, tag)


def with_blank(runs: tuple[GlyphRun, ...]) -> tuple[GlyphRun, ...]:
    """The line's runs, its copy going on with a blank, for who copies over the break."""
    last = runs[-1]
    return (*runs[:-1], msgspec.structs.replace(last, text=last.text + " "))


@cache
def _identity(count: int) -> tuple[int, ...]:
    """Clusters of a run in which every character is one glyph: nearly every run."""
    return tuple(range(count))


def _run(p: Prepared, line: Slice, how: Setting) -> GlyphRun:
    """A line, or a part of one, that one face sets in reading order."""
    first, last = line.start, line.end
    odd = p.odd and p.odd[bisect_left(p.odd, first) : bisect_left(p.odd, last)]
    if odd:
        draft = _Draft(p)
        draft.add_all(first, last, odd, line.places(p))
        return _from_draft(p, draft, first, how)
    piece = p.sources[p.pieces[first]]
    thousandths = how.size * how.width_ratio
    if line.pens is None and not line.each:
        xs = _natural(tuple(line.reckoned(p)), thousandths)
    else:
        xs = _rounded(line.reckoned(p) if line.pens is None else line.pens, thousandths)
    return GlyphRun(
        p.shaped[first].face, how.size, tuple(p.glyphs[first:last]), xs,
        "".join(p.texts[first:last]), _identity(last - first), piece.ink, how.width_ratio,
        how.spaced, piece.source,
    )  # fmt: skip


def _rounded(pens: Iterable[float], thousandths: float) -> tuple[float, ...]:
    """Positions in points: round() to three digits at a third of its cost; none is below −100."""
    return tuple([(int(pen * thousandths + 100000.5) - 100000) / 1000 for pen in pens])


# Half of all lines have nothing adjusted, most of them nothing but whole ems.
_natural = lru_cache(1024)(_rounded)


def _bidi_runs(p: Prepared, line: Slice, how: Setting) -> tuple[GlyphRun, ...]:
    """Runs of a line with right-to-left words, from left to right as they are drawn."""
    from layout.compose.bidi import mirrored  # late: hardly a line has any

    first, units = line.start, range(line.start, line.end)
    placed = mirrored(p.levels[first : line.end], line.places(p), p.widths[first : line.end])
    order = sorted(units, key=lambda unit: (placed[unit - first], unit))

    def setting(unit: int) -> tuple[str, int, bool]:
        return p.shaped[unit].face, p.pieces[unit], p.levels[unit] > 0

    runs = []
    for (_, _, rtl), members in groupby(order, key=setting):
        drawn = list(members)
        pens = [placed[unit - first] for unit in drawn]
        draft = _turned(p, drawn, pens) if rtl else _in_order(p, drawn, pens)
        if draft.glyphs:
            runs.append(_from_draft(p, draft, drawn[0], how))
    return tuple(runs)


def _in_order(p: Prepared, drawn: Sequence[int], pens: Sequence[float]) -> _Draft:
    draft, before = _Draft(p), -1
    for unit, pen in zip(drawn, pens, strict=True):
        draft.add(unit, pen, begins=unit != before + 1)
        before = unit
    return draft


def _turned(p: Prepared, drawn: Sequence[int], pens: Sequence[float]) -> _Draft:
    """A right-to-left run: glyphs in the order they are drawn, text in the order it is read."""
    whole, at, before = _Draft(p), {}, -1
    for unit in sorted(drawn):
        whole.text += p.spaces.get(unit, "") if unit == before + 1 else ""
        at[unit], before = len(whole.text), unit
        whole.text += p.texts[unit]
    for unit, pen in zip(drawn, pens, strict=True):
        word = _Draft(p)
        word.add(unit, pen, begins=True)
        whole.glyphs += word.glyphs
        whole.pens += word.pens
        whole.clusters += [at[unit] + cluster for cluster in word.clusters]
    return whole


def _from_draft(p: Prepared, draft: _Draft, unit: int, how: Setting) -> GlyphRun:
    piece = p.sources[p.pieces[unit]]
    return GlyphRun(
        p.shaped[unit].face, how.size, tuple(draft.glyphs),
        _rounded(draft.pens, how.size * how.width_ratio), draft.text, tuple(draft.clusters),
        piece.ink, how.width_ratio, how.spaced, piece.source,
    )  # fmt: skip


def _hyphen(p: Prepared, line: Slice, how: Setting) -> GlyphRun:
    """The hyphen of a parted word: no character of the copy, so a soft one for who copies it."""
    draft = _Draft(p)
    shaped = p.hyphens[line.end - 1]
    draft.add_shaped(shaped, SOFT_HYPHEN, line.right(p) + p.widths[line.end - 1])
    run = _from_draft(p, draft, line.end - 1, how)
    return msgspec.structs.replace(run, face=shaped.face)


def _text(p: Prepared, start: int, end: int) -> str:
    if not p.spaces:
        return "".join(p.texts[start:end])
    rest = (p.spaces.get(i, "") + p.texts[i] for i in range(start + 1, end))
    return p.texts[start] + "".join(rest)


def _ratio(p: Prepared, line: Slice, right: float) -> float:
    """The em of white a gap got on average."""
    count = line.end - line.start - 1
    if not count:
        return 0.0
    added = right - p.cells[line.end - 1] + p.starts[line.start]
    return (int(added / count + 100000.5) - 100000) / 1000 if added else 0.0


class _Draft:
    """A run being gathered: glyphs, their pens in 1/1000 em, clusters, text."""

    def __init__(self, p: Prepared) -> None:
        self.p = p
        self.glyphs: list[int] = []
        self.pens: list[float] = []
        self.clusters: list[int] = []
        self.text = ""

    def add_all(self, first: int, last: int, odd: Sequence[int], pens: Sequence[float]) -> None:
        """Units first … last−1, of which these are odd."""
        at = first
        for unit in odd:
            if at < unit:
                self.add_plain(at, unit, pens[at - first : unit - first])
            self.add(unit, pens[unit - first], begins=unit == first and not pens[0] > 0)
            at = unit + 1
        if at < last:
            self.add_plain(at, last, pens[at - first :])

    def add_plain(self, first: int, last: int, pens: Sequence[float]) -> None:
        """Units of one character and one glyph at its cell's edge: most of a page."""
        at = len(self.text)
        self.glyphs += self.p.glyphs[first:last]
        self.pens += pens
        self.clusters += range(at, at + last - first)
        self.text += "".join(self.p.texts[first:last])

    def add(self, unit: int, pen: float, *, begins: bool) -> None:
        """Any unit."""
        p = self.p
        if not begins and p.spaces:
            self.text += p.spaces.get(unit, "")
        if p.classes[unit] is _DOT:
            pen += centring(p, unit)
        self.add_shaped(p.shaped[unit], p.texts[unit], pen)

    def add_shaped(self, shaped: Unit, text: str, pen: float) -> None:
        """Glyphs that stand for a text, from a pen position on; a space has none."""
        base = len(self.text)
        self.text += text
        if text != "　":
            self.glyphs += shaped.glyphs
            self.pens += [pen + offset for offset in shaped.offsets]
            self.clusters += [base + cluster for cluster in shaped.clusters]


def centring(p: Prepared, unit: int) -> float:
    """How far a name dot stands off its cell's left edge: it is centred in its half em (CLREQ)."""
    left, right = p.shaped[unit].ink
    return (p.widths[unit] - (right - left)) / 2 - left
