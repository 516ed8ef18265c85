"""One line → the width of each of its gaps, flush to its measure by CLREQ's order of adjustment.

Shrink before stretch; within a step all gaps share in proportion to what they can give. Widths are
in 1/1000 em.
"""

from __future__ import annotations

from layout.compose.prepare import Prepared
from layout.compose.spacing import Stretch, stretch_limit


def natural_width(p: Prepared, start: int, end: int) -> int:
    """Width of a line with its edge white trimmed and nothing adjusted."""
    return p.ends[end] - p.starts[start]


def gap_widths(p: Prepared, start: int, end: int, measure: float) -> list[float]:
    """Widths of the gaps before units start+1 … end−1 of a full line."""
    widths: list[float] = list(p.naturals[start + 1 : end])
    short = measure - natural_width(p, start, end)
    if short < 0:
        _press(p, start, end, widths, -short)
    elif short > 0:
        _open(p, start, end, widths, short)
    return widths


def pressed_widths(p: Prepared, start: int, end: int, measure: float) -> list[float]:
    """Widths for a last or unjustified line: pressed when too wide, never opened."""
    widths: list[float] = list(p.naturals[start + 1 : end])
    over = natural_width(p, start, end) - measure
    if over > 0:
        _press(p, start, end, widths, over)
    return widths


def _press(p: Prepared, start: int, end: int, widths: list[float], over: float) -> None:
    gaps = p.gaps[start + 1 : end]
    for step in sorted({gap.shrink_step for gap in gaps if gap.shrink}):
        room = sum(gap.shrink for gap in gaps if gap.shrink_step == step)
        share = min(1.0, over / room)
        for i, gap in enumerate(gaps):
            if gap.shrink_step == step:
                widths[i] -= gap.shrink * share
        over -= room * share
        if over <= 0:
            return


def _open(p: Prepared, start: int, end: int, widths: list[float], short: float) -> None:
    steps = p.steps[start + 1 : end]
    for step in (Stretch.WORD_SPACE, Stretch.LATIN_GAP):
        if step in steps and short > 0:
            members = [i for i, other in enumerate(steps) if other == step]
            each = min(stretch_limit(step, p.settings), short / len(members))
            for i in members:
                widths[i] += each
            short -= each * len(members)
    giving = len(steps) - steps.count(Stretch.NEVER)
    if giving and short > 0:
        each = short / giving
        widths[:] = [w + each if step else w for w, step in zip(widths, steps, strict=True)]
