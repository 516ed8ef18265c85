"""A galley poured into the legs of a frame: which lines stand in which leg.

Legs stand on one foot; when the text is a few lines short of full, that many legs end one line
early – chosen so that no leg opens with the tail of a paragraph and no subhead closes one (CLREQ,
widows; craft: 背题). Lines that find no leg are overset and counted, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from operator import attrgetter

import msgspec

from layout.compose import Galley, SetLine
from layout.makeup.keeps import settled

WIDOW, SUBHEAD_AT_FOOT, SUBHEAD_NEAR_FOOT, FIRST_AT_FOOT = 5.0, 20.0, 6.0, 0.5
EARLY_SHORT_LEG = 1.5  # a leg before the last ends early: seen at once along the foot
WIDOW_SHARE = 0.5  # of the measure; a longer last line may open a leg


class Pour(msgspec.Struct, frozen=True):
    """Lines in the order they are set, each leg as (first, last + 1) of them, how many are left
    over, and what the breaks cost.
    """

    lines: Sequence[SetLine]
    legs: tuple[tuple[int, int], ...]
    overset: int
    cost: float


def pour(galley: Galley, rooms: Sequence[int]) -> Pour:
    """Fill legs of these capacities (lines) in order."""
    lines = galley.lines
    keeps = any(map(attrgetter("keep"), lines))
    spare = sum(rooms) - len(lines)
    if spare < 0:
        return _poured(lines, rooms, -spare, keeps)
    # a leg wholly under a photograph has no room and takes no part
    legs = [k for k, room in enumerate(rooms) if room]
    if not legs:
        return _poured(lines, rooms, 0, keeps)
    every, extra = divmod(spare, len(legs))
    even = [room - every if room else 0 for room in rooms]
    if min(even) < 0:
        return _poured(lines, rooms, 0, keeps)
    late = legs[len(legs) - extra :]
    best: Pour | None = None
    for short in combinations(legs, extra):
        trial = _poured(lines, [room - (k in short) for k, room in enumerate(even)], 0, keeps)
        cost = trial.cost + EARLY_SHORT_LEG * sum(k not in late for k in short)
        if best is None or cost < best.cost:
            best = msgspec.structs.replace(trial, cost=cost)
    assert best
    return best


def _poured(lines: Sequence[SetLine], rooms: Sequence[int], overset: int, keeps: bool) -> Pour:
    lines, cost = settled(lines, rooms) if keeps else (lines, 0.0)
    legs, at = [], 0
    for room in rooms:
        end = min(len(lines), at + max(0, room))
        legs.append((at, end))
        cost += _break_cost(lines, at, end)
        at = end
    return Pour(lines, tuple(legs), overset, cost)


def _break_cost(lines: Sequence[SetLine], start: int, end: int) -> float:
    if start == end:
        return 0.0
    cost = 0.0
    head = lines[start]
    if start and head.last and not head.first and head.width < WIDOW_SHARE * head.measure:
        cost += WIDOW
    if end < len(lines):
        foot = lines[end - 1]
        cost += SUBHEAD_AT_FOOT if foot.subhead else FIRST_AT_FOOT * (foot.first and not foot.last)
        if end - start > 1 and lines[end - 2].subhead:
            cost += SUBHEAD_NEAR_FOOT
    return cost
