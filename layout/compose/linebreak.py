"""Prepared paragraph × measure → where its lines end: total fit over the whole paragraph.

Knuth and Plass's idea on Chinese terms: every legal break is a node, a line costs what its reader
sees – white let in between hanzi, marks pressed – and the cheapest chain wins. Ties fall to the
earlier break, so the same copy always breaks alike. Widths in 1/1000 em.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import compress
from math import inf
from operator import sub

from layout.compose.classes import Class
from layout.compose.prepare import Prepared

# 1/1000 em of white between each two hanzi at which a line looks loose: 17 hanzi over one em.
LOOSE_GAP = 60
# A last line below two characters is an orphan (孤字, CLREQ adjustments of orphans and widows).
ORPHAN = 1900
ORPHAN_COST = 100_000.0  # as good as forbidden: dearer than a line with an em and more in its gaps
# Lines short by so much are tried, and the cheapest chain taken if its dearest line costs no more
# than the second figure: most paragraphs close with good lines, and a close look at few lines is
# quicker than a wide one at many (TeX's passes by tolerance). A long word needs the last pass.
PASSES = ((650, 150.0), (1300, ORPHAN_COST / 2), (2600, ORPHAN_COST / 2), (inf, inf))
# A line of a long address that nothing in it can open.
RAGGED = 400.0
# A line this much too wide cannot be pressed in by pressing marks beyond its end.
_HOPELESS = 1000


def break_lines(p: Prepared, measure: float, indent: float) -> list[int]:
    """The end of each line, as indices into the units; the first line is `indent` shorter.

    A unit wider than the measure stands alone on a line and sticks out: `fits` tells.
    """
    lines: list[int] = []
    for start, end in _stretches(p):
        widths = (measure if start else measure - indent, measure)
        lines += _stretch_lines(p, start, end, widths)
    return lines


def _stretches(p: Prepared) -> Iterator[tuple[int, int]]:
    """Parts of the paragraph between forced line ends."""
    if p.texts:
        yield from zip((0, *p.forced), (*p.forced, len(p.texts)), strict=True)


def _stretch_lines(p: Prepared, start: int, end: int, widths: tuple[float, float]) -> list[int]:
    if p.ends[end] - p.starts[start] <= widths[0]:
        return [end]
    for tolerance, acceptable in PASSES:
        chain, worst = _cheapest(p, (start, end), widths, tolerance)
        if chain and worst <= acceptable:
            return chain
    return _first_fit(p, start, end, widths)


def lines_from(
    p: Prepared, start: int, width: float, least: int, last: int
) -> list[tuple[int, float]]:
    """Ends from `least` to `last` (the paragraph's) a line from unit `start` can have, with costs.

    The cost is what its reader sees: marks pressed, white let in, a number parted from its unit.
    """
    found = []
    brim, first = p.starts[start] + width, start + 1
    ends, legal, penalties = p.ends, p.legal, p.penalties
    shrinks, softs, opens = p.shrinks, p.softs, p.opens
    shrunk, softened, opened = shrinks[first], softs[first], opens[first]
    for end in range(least, last + 1):
        if not legal[end] and end != last:
            continue
        short = brim - ends[end]
        if short < 0:
            room = shrinks[end] - shrunk
            if -short > room:
                if -short > room + _HOPELESS:
                    break
                continue
            cost = 1 + 40 * (short / 1000) ** 2 + 35 * (short / room) ** 2
        elif end == last:
            cost = 1 + (ORPHAN_COST if width - short < ORPHAN else 0.0)
        else:
            soft = softs[end] - softened
            if short <= soft:
                cost = 1 + 15 * (short / soft) ** 2 if soft else 1.0
            elif gaps := opens[end] - opened:
                cost = 16 + 100 * ((short - soft) / gaps / LOOSE_GAP) ** 2
            elif p.classes[start] is Class.LATIN:
                # parts of an address: nothing opens, so the line stays short
                cost = RAGGED + 40 * (short / 1000) ** 2
            else:
                continue
        found.append((end, cost + penalties[end] if end in penalties else cost))
    return found


def _cheapest(
    p: Prepared, span: tuple[int, int], widths: tuple[float, float], tolerance: float
) -> tuple[list[int], float]:
    """The cheapest chain of lines whose white is within the tolerance, and its dearest line.

    The chain is empty when there is none.
    """
    start, last = span
    totals = {start: 0.0}
    came: dict[int, tuple[int, float]] = {}
    starts, ends = p.starts, p.ends
    least, i, width = start + 1, start, widths[0]
    reached = bytearray(last + 1)
    while start <= i < last:
        so_far = totals[i]
        floor = starts[i] + width - tolerance
        least = max(least, i + 1)
        while least < last and ends[least] < floor:
            least += 1
        for j, cost in lines_from(p, i, width, least, last):
            if j not in totals or so_far + cost < totals[j]:
                totals[j], reached[j] = so_far + cost, 1
                came[j] = i, cost
        i, width = reached.find(1, i + 1), widths[1]
    chain, worst, at = [], 0.0, last
    while at in came:
        chain.append(at)
        at, cost = came[at]
        worst = max(worst, cost)
    return chain[::-1], worst


def _first_fit(p: Prepared, start: int, last: int, widths: tuple[float, float]) -> list[int]:
    """Lines as full as can be, where some unit is wider than the measure."""
    lines: list[int] = []
    at, best, width = start, start, widths[0]
    for end in (b for b in range(start + 1, last + 1) if p.legal[b] or b == last):
        over = p.ends[end] - p.starts[at] - width
        if best > at and over > max(0, p.shrinks[end] - p.shrinks[at + 1]):
            lines.append(best)
            at, width = best, widths[1]
        best = end
    return [*lines, last]


# A paragraph is opened by a line only while no gap between hanzi gets more than this (1/1000 em).
LOOSEST_GAP = 72
_LOOSEST = 16 + 100 * (LOOSEST_GAP / LOOSE_GAP) ** 2


class _Room:
    """Whether units from one on can end in a line of a width and so many whole ones: a bound.

    It has every gap pressed or opened as far as may be; that of a break vanishes, the widest of
    them at every break when the lines are too few, the narrowest when they are too many.
    """

    def __init__(self, p: Prepared, measure: float) -> None:
        self.p, self.measure = p, measure
        lost = set(compress(map(sub, p.starts, p.ends), p.legal))
        self.most, self.least = max(lost, default=0), min(lost, default=0)

    def __call__(self, start: int, width: float, more: int) -> bool:
        """Of units from `start` on: a line of this width, and `more` of the measure."""
        p = self.p
        natural, first = p.ends[-1] - p.starts[start], start + 1
        room = width + more * self.measure
        if natural - more * self.most - (p.shrinks[-1] - p.shrinks[first]) > room + 1:
            return False
        opens = LOOSEST_GAP * (p.opens[-1] - p.opens[first]) + p.softs[-1] - p.softs[first]
        full = room - self.measure + ORPHAN if more else 0.0  # the last line need not be
        return natural - more * self.least + opens + 1 > full


def break_into(
    p: Prepared, measure: float, indent: float, lines: int
) -> tuple[float, list[int]] | None:
    """The cheapest breaks into exactly so many lines and their cost; None when lines get too loose.

    The make-up asks for a line more or less than the optimum to close a leg (looseness, Knuth and
    Plass). A paragraph with forced line ends is left as it is.
    """
    if p.forced or not p.texts:
        return None
    last, may_end = len(p.texts), _Room(p, measure)
    rows: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for row in range(lines):
        width = measure if row else measure - indent
        reached: dict[int, tuple[float, int]] = {}
        for i, (total, _) in rows[-1].items():
            if not may_end(i, width, lines - row - 1):
                continue
            least = bisect_left(p.ends, p.starts[i] + 0.8 * width - 1000, i + 1, last)
            for j, cost in lines_from(p, i, width, least, last):
                if cost > _LOOSEST or (j == last) != (row == lines - 1):
                    continue
                held = reached.get(j)
                if held is None or total + cost < held[0]:
                    reached[j] = (total + cost, i)
        rows.append(reached)
    if last not in rows[-1]:
        return None
    ends, at = [], last
    for row in range(lines, 0, -1):
        ends.append(at)
        at = rows[row][at][1]
    return rows[-1][last][0], ends[::-1]
