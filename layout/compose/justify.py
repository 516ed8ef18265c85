"""One line → where each of its units stands, flush to its measure by CLREQ's order of adjustment.

Shrink before stretch; within a step all gaps share in proportion to what they can give. Positions
and widths are in 1/1000 em from the measure's left edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import add

import msgspec

from layout.compose.classes import Class
from layout.compose.prepare import Prepared
from layout.compose.spacing import Gap, Shrink, Stretch


class Slice(msgspec.Struct, frozen=True, gc=False):
    """Units start … end−1 on one line, and where each stands.

    Nearly every line is as natural, or opened by `each` in every gap that opens; `pens` holds the
    positions of one that is not (1/1000 em from the line's left).
    """

    start: int
    end: int
    each: float = 0.0
    pens: Sequence[float] | None = None

    def places(self, p: Prepared) -> Sequence[float]:
        """Where each unit's cell begins."""
        return self.pens if self.pens is not None else list(map(float, self.reckoned(p)))

    def reckoned(self, p: Prepared) -> Iterable[float]:
        """The same, of a line without positions of its own."""
        start, end, each = self.start, self.end, self.each
        left, opens, cells = p.starts[start], p.opens, p.cells[start:end]
        before = opens[start + 1]
        if not each:
            return [cell - left for cell in cells]
        if opens[end] - before == end - start - 1:
            return [cell - left + k * each for k, cell in enumerate(cells)]
        counts = opens[start + 1 : end + 1]
        return [cell - left + (k - before) * each for cell, k in zip(cells, counts, strict=True)]

    def right(self, p: Prepared) -> float:
        """Where the last unit's cell begins."""
        if self.pens is not None:
            return self.pens[-1]
        opened = (p.opens[self.end] - p.opens[self.start + 1]) * self.each
        return p.cells[self.end - 1] - p.starts[self.start] + opened


def natural_width(p: Prepared, start: int, end: int) -> int:
    """Width of a line with its edge white trimmed and nothing adjusted."""
    return p.ends[end] - p.starts[start]


def justified(p: Prepared, start: int, end: int, measure: float) -> Slice:
    """A full line."""
    short = measure - (p.ends[end] - p.starts[start])
    if not short or end - start == 1:
        return Slice(start, end)
    if short > 0 and p.softs[end] == p.softs[start + 1]:
        if count := p.opens[end] - p.opens[start + 1]:
            return Slice(start, end, short / count)
        return _forced_open(p, start, end, short)
    gaps = p.gaps[start + 1 : end]
    if short < 0:
        return spread(p, start, _press(gaps, -short))
    return spread(p, start, _open(gaps, short, p.opens[end] - p.opens[start + 1]))


def _forced_open(p: Prepared, start: int, end: int, short: float) -> Slice:
    """A number and its comma fill no line: white opens where it would not, but in no word."""
    inside = (Class.LATIN, Class.LATIN)
    pairs = zip(p.classes[start : end - 1], p.classes[start + 1 : end], strict=True)
    apart = [pair != inside for pair in pairs]
    each = short / sum(apart) if any(apart) else 0.0
    naturals = (gap.natural for gap in p.gaps[start + 1 : end])
    return spread(p, start, [n + each * open_ for n, open_ in zip(naturals, apart, strict=True)])


def unjustified(p: Prepared, start: int, end: int, measure: float) -> Slice:
    """A last or unjustified line: pressed when too wide, never opened."""
    if p.ends[end] - p.starts[start] > measure:
        return justified(p, start, end, measure)
    return Slice(start, end)


def spread(p: Prepared, start: int, gaps: Sequence[float]) -> Slice:
    """A line from unit `start` on with these gaps between its units."""
    first = float(p.cells[start] - p.starts[start])
    advances = map(add, p.widths[start : start + len(gaps)], gaps)
    pens = list(accumulate(advances, initial=first))
    return Slice(start, start + len(pens), 0.0, pens)


def _press(gaps: Sequence[Gap], over: float) -> list[float]:
    """Widths of the gaps of a line so much too wide."""
    widths: list[float] = [gap.natural for gap in gaps]
    giving: dict[Shrink, list[int]] = {}
    for i, gap in enumerate(gaps):
        if gap.shrink:
            giving.setdefault(gap.shrink_step, []).append(i)
    for step in sorted(giving):
        room = sum([gaps[i].shrink for i in giving[step]])
        share = min(1.0, over / room)
        for i in giving[step]:
            widths[i] -= gaps[i].shrink * share
        over -= room * share
        if over <= 0:
            break
    return widths


def _open(gaps: Sequence[Gap], short: float, opening: int) -> list[float]:
    """Widths of the gaps of a line so much too short, of which so many open in the last step."""
    widths: list[float] = [gap.natural for gap in gaps]
    soft = [i for i, gap in enumerate(gaps) if gap.soft]
    for step in (Stretch.WORD_SPACE, Stretch.LATIN_GAP):
        members = [i for i in soft if gaps[i].stretch_step is step]
        if members and short > 0:
            each = min(gaps[members[0]].soft, short / len(members))
            for i in members:
                widths[i] += each
            short -= each * len(members)
    if opening and short > 0:
        each = short / opening
        widths = [w + each if gap.stretch_step else w for w, gap in zip(widths, gaps, strict=True)]
    return widths
