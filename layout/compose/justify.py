"""One line → where each of its units stands, flush to its measure by CLREQ's order of adjustment.

Shrink before stretch; within a step all gaps share in proportion to what they can give. Positions
and widths are in 1/1000 em from the measure's left edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import add

from layout.compose.prepare import Prepared
from layout.compose.spacing import Stretch


def natural_width(p: Prepared, start: int, end: int) -> int:
    """Width of a line with its edge white trimmed and nothing adjusted."""
    return p.ends[end] - p.starts[start]


def justified(p: Prepared, start: int, end: int, measure: float) -> list[float]:
    """Positions of units start … end−1 on a full line."""
    short = measure - natural_width(p, start, end)
    left = p.starts[start]
    if not short or end - start == 1:
        return [cell - left for cell in p.cells[start:end]]
    if short > 0 and p.softs[end] == p.softs[start + 1]:
        return _opened(p, start, end, short)
    widths: list[float] = [gap.natural for gap in p.gaps[start + 1 : end]]
    adjust = _press if short < 0 else _open
    return positions(p, start, adjust(p, start, end, widths, abs(short)))


def unjustified(p: Prepared, start: int, end: int, measure: float) -> list[float]:
    """Positions on a last or unjustified line: pressed when too wide, never opened."""
    if natural_width(p, start, end) > measure:
        return justified(p, start, end, measure)
    left = p.starts[start]
    return [cell - left for cell in p.cells[start:end]]


def positions(p: Prepared, start: int, gaps: Sequence[float]) -> list[float]:
    """Positions of units from `start` on, with these gaps between them."""
    first = float(p.cells[start] - p.starts[start])
    advances = map(add, p.widths[start : start + len(gaps)], gaps)
    return list(accumulate(advances, initial=first))


def _opened(p: Prepared, start: int, end: int, short: float) -> list[float]:
    """All gaps opened alike: the last step of expansion, and the usual one."""
    opens = p.opens
    before = opens[start + 1]
    count, left = opens[end] - before, p.starts[start]
    if not count:
        return [cell - left for cell in p.cells[start:end]]
    each = short / count
    cells = p.cells[start:end]
    if count == end - start - 1:
        return [cell - left + k * each for k, cell in enumerate(cells)]
    places = zip(cells, opens[start + 1 : end + 1], strict=True)
    return [cell - left + (k - before) * each for cell, k in places]


def _press(p: Prepared, start: int, end: int, widths: list[float], over: float) -> list[float]:
    gaps = p.gaps[start + 1 : end]
    for step in sorted({gap.shrink_step for gap in gaps if gap.shrink}):
        room = sum(gap.shrink for gap in gaps if gap.shrink_step == step)
        share = min(1.0, over / room)
        for i, gap in enumerate(gaps):
            if gap.shrink_step == step:
                widths[i] -= gap.shrink * share
        over -= room * share
        if over <= 0:
            break
    return widths


def _open(p: Prepared, start: int, end: int, widths: list[float], short: float) -> list[float]:
    gaps = p.gaps[start + 1 : end]
    for step in (Stretch.WORD_SPACE, Stretch.LATIN_GAP):
        members = [i for i, gap in enumerate(gaps) if gap.stretch_step == step]
        if members and short > 0:
            each = min(gaps[members[0]].soft, short / len(members))
            for i in members:
                widths[i] += each
            short -= each * len(members)
    giving = sum(1 for gap in gaps if gap.stretch_step)
    if giving and short > 0:
        each = short / giving
        widths[:] = [
            w + each if gap.stretch_step else w for w, gap in zip(widths, gaps, strict=True)
        ]
    return widths
