"""Prepared paragraph × measure → where its lines end: total fit over the whole paragraph.

Knuth and Plass's idea on Chinese terms: every legal break is a node, a line costs what its reader
sees – white let in between hanzi, marks pressed – and the cheapest chain wins. Ties fall to the
earlier break, so the same copy always breaks alike. Widths in 1/1000 em.
"""

from __future__ import annotations

from math import inf

from layout.compose.prepare import Prepared

# 1/1000 em of white between each two hanzi at which a line looks loose: 17 hanzi over one em.
LOOSE_GAP = 60
# A last line below two characters is an orphan (孤字, CLREQ adjustments of orphans and widows).
ORPHAN = 1900
ORPHAN_COST = 3000.0  # more than any line of a 6-character column costs
# First only lines short by an em and a bit are tried; a paragraph with a long word needs more.
TOLERANCES = (1300, 2600, 10**9)


def line_cost(p: Prepared, start: int, end: int, measure: float) -> float:
    """What a line from unit `start` to before `end` costs at this measure; inf when too wide."""
    short = measure - (p.ends[end] - p.starts[start])
    last = end == len(p.texts)
    broken = p.penalties[end]
    if short < 0:
        room = p.shrinks[end] - p.shrinks[start + 1]
        if -short > room:
            return inf
        return 1 + 40 * (short / 1000) ** 2 + 35 * (short / room) ** 2 + broken
    if last:
        return 1 + (ORPHAN_COST if start and measure - short < ORPHAN else 0.0)
    soft = p.softs[end] - p.softs[start + 1]
    gaps = p.loose[end] - p.loose[start + 1]
    rest = short - soft
    if rest <= 0:
        return (1 + 15 * (short / soft) ** 2 if soft else 1.0) + broken
    return inf if not gaps else 16 + 100 * (rest / gaps / LOOSE_GAP) ** 2 + broken


def break_lines(p: Prepared, measure: float, indent: float) -> list[int]:
    """The end of each line, as indices into the units; the first line is `indent` shorter.

    A unit wider than the measure stands alone on a line and sticks out: `fits` tells.
    """
    if not p.texts:
        return []
    for tolerance in TOLERANCES:
        if chain := _cheapest(p, measure, indent, tolerance):
            return chain
    return _first_fit(p, measure, indent)


def _cheapest(p: Prepared, measure: float, indent: float, tolerance: float) -> list[int]:
    nodes = (0, *p.breaks)
    total = [inf] * len(nodes)
    total[0] = 0.0
    came = [0] * len(nodes)
    ends, final, least = p.ends, len(nodes) - 1, 1
    for i in range(final):
        if total[i] == inf:
            continue
        start = nodes[i]
        width = measure - indent if i == 0 else measure
        floor = p.starts[start] + width - tolerance
        least = max(least, i + 1)
        while least < final and ends[nodes[least]] < floor:
            least += 1
        for j in range(least, final + 1):
            cost = line_cost(p, start, nodes[j], width)
            if total[i] + cost < total[j]:
                total[j], came[j] = total[i] + cost, i
            # nothing further can be pressed in: a line never gives more than a few half ems
            if ends[nodes[j]] - p.starts[start] > width + 3000:
                break
    if total[final] == inf:
        return []
    chain = [final]
    while chain[-1]:
        chain.append(came[chain[-1]])
    return [nodes[k] for k in reversed(chain[:-1])]


def _first_fit(p: Prepared, measure: float, indent: float) -> list[int]:
    lines: list[int] = []
    start, width, best = 0, measure - indent, 0
    for node in p.breaks:
        if (
            best > start
            and line_cost(p, start, node, width) == inf
            and (p.ends[node] - p.starts[start] > width)
        ):
            lines.append(best)
            start, width = best, measure
        best = node
    return [*lines, len(p.texts)]


# A paragraph is opened by a line only while no gap between hanzi gets more than this (1/1000 em).
LOOSEST_GAP = 72
_LOOSEST = 16 + 100 * (LOOSEST_GAP / LOOSE_GAP) ** 2


def break_into(
    p: Prepared, measure: float, indent: float, lines: int
) -> tuple[float, list[int]] | None:
    """The cheapest breaks into exactly so many lines and their cost; None when lines get too loose.

    The make-up asks for a line more than the optimum to close a leg (looseness, Knuth and Plass).
    """
    nodes = (0, *p.breaks)
    final = len(nodes) - 1
    rows: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for row in range(lines):
        width = measure if row else measure - indent
        reached: dict[int, tuple[float, int]] = {}
        for i, (total, _) in rows[-1].items():
            for j, cost in _lines_from(p, nodes, i, width):
                whole = j == final
                if whole != (row == lines - 1):
                    continue
                held = reached.get(j)
                if held is None or total + cost < held[0]:
                    reached[j] = (total + cost, i)
        rows.append(reached)
    if final not in rows[-1]:
        return None
    ends, at = [], final
    for row in range(lines, 0, -1):
        ends.append(nodes[at])
        at = rows[row][at][1]
    return rows[-1][final][0], ends[::-1]


def _lines_from(
    p: Prepared, nodes: tuple[int, ...], i: int, width: float
) -> list[tuple[int, float]]:
    """Ends of acceptable lines from node i with their costs."""
    start, found = nodes[i], []
    for j in range(i + 1, len(nodes)):
        if p.ends[nodes[j]] - p.starts[start] > width + 1500:
            break
        cost = line_cost(p, start, nodes[j], width)
        if cost <= _LOOSEST:
            found.append((j, cost))
    return found
