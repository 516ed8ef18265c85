"""What must not be parted by a leg's foot: pictures, rows, whole tables.

Comes in: a galley's lines and the rooms of its legs. Goes out: the lines in an order in which every
leg ends where it may. A picture or table that would be cut goes to the head of the next leg, and
the text behind it comes before it; or to the foot of this leg, and the text before it follows –
whichever is the shorter way. An editor moves it so, and a leg never ends early for its sake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from layout.compose import Keep, SetLine

# Per line it moves; down reads better, since the text that speaks of it comes first.
DOWN, UP = 0.3, 0.4
ROWS_PARTED, SUBHEAD_AT_FOOT, CUT = 12.0, 20.0, 200.0
# Fewer lines of text over, under or between pictures and tables in a leg look lost.
LEAST_TEXT, STUMP = 3, 9.0


def settled(lines: Sequence[SetLine], rooms: Sequence[int]) -> tuple[Sequence[SetLine], float]:
    """The lines so ordered, and what the moves and the cuts that remain cost."""
    order, at, cost = list(lines), 0, 0.0
    for room in rooms:
        end = at + max(0, room)
        if at < end < len(order) and order[end - 1].keep:
            order, paid = _mended(order, at, end)
            cost += paid
        order, paid = _tidied(order, at, min(end, len(order)))
        cost += paid
        if at < end <= len(order) and order[end - 1].air:
            _air_above(order, at, end)
        at = end
    return order, cost


def _mended(order: list[SetLine], at: int, end: int) -> tuple[list[SetLine], float]:
    """The cheapest order in which the leg from `at` may end at `end`."""
    first, last = _extent(order, end)
    best, least = order, _end_cost(order[end - 1])
    for trial, moved in _moves(order, first, last, at):
        cost = moved + _end_cost(trial[end - 1])
        if cost < least:
            best, least = trial, cost
    return best, least


def _tidied(order: list[SetLine], at: int, end: int) -> tuple[list[SetLine], float]:
    """The leg with stray lines of text moved to the other side of what they stand beside."""
    best, least = order, STUMP * _stumps(order, at, end)
    if not least:
        return order, 0.0
    for first, last in _blocks(order, at, end):
        for by in range(1, LEAST_TEXT):
            before, after = order[first - by : first], order[last : last + by]
            trials = []
            if first - by >= at and _plain(order, first - by, first):
                moved = [*order[first:last], *before]
                trials.append((UP, [*order[: first - by], *moved, *order[last:]]))
            if last + by <= end and _plain(order, last, last + by):
                moved = [*after, *order[first:last]]
                trials.append((DOWN, [*order[:first], *moved, *order[last + by :]]))
            for each, trial in trials:
                cost = each * by + STUMP * _stumps(trial, at, end)
                if cost < least:
                    best, least = trial, cost
    return best, least


def _blocks(order: Sequence[SetLine], at: int, end: int) -> Iterator[tuple[int, int]]:
    """First line and last + 1 of each picture and table that stands whole in a leg."""
    first = at
    for k in range(at, end):
        if not _in_block(order, k):
            first = k + 1
        elif not order[k].keep and not (k + 1 < end and order[k + 1].air):
            yield first, k + 1
            first = k + 1


def _in_block(order: Sequence[SetLine], k: int) -> bool:
    return bool(order[k].keep or order[k].air or (k and order[k - 1].keep))


def _plain(order: Sequence[SetLine], first: int, last: int) -> bool:
    """Whether these lines are text that something may be moved over."""
    return not any(order[k].subhead or _in_block(order, k) for k in range(first, last))


def _stumps(order: Sequence[SetLine], at: int, end: int) -> int:
    """Runs of a line or two of text in a leg that holds a picture or table."""
    inside = [_in_block(order, k) for k in range(at, end)]
    if not any(inside):
        return 0
    runs = [(key, len(list(group))) for key, group in groupby(inside)]
    alone = sum(not key and count < LEAST_TEXT for key, count in runs)
    return alone if not any(order[k].subhead for k in range(at, end)) else 0


def _air_above(order: list[SetLine], at: int, end: int) -> None:
    """The white under a caption at a leg's foot goes over its picture: the foot stays flush."""
    first = end - 1
    while first > at and order[first - 1].keep:
        first -= 1
    if first > at:
        caption = replace(order[end - 2], keep=Keep.FREE)
        order[first:end] = [order[end - 1], *order[first : end - 2], caption]


def _extent(order: Sequence[SetLine], end: int) -> tuple[int, int]:
    """First line and last + 1 of what the end of a leg cuts."""
    first, last = end - 1, end
    while first and order[first - 1].keep:
        first -= 1
    while order[last].keep:
        last += 1
    return first, last + 1


def _moves(
    order: list[SetLine], first: int, last: int, at: int
) -> Iterator[tuple[list[SetLine], float]]:
    """What is kept together, moved by a line and more, down over what follows or up in its leg."""
    kept = order[first:last]
    for by in range(1, min(len(kept), len(order) - last) + 1):
        after = order[last : last + by]
        if not after[-1].keep:
            yield [*order[:first], *after, *kept, *order[last + by :]], DOWN * by
    for by in range(1, min(len(kept), first - at) + 1):
        before = order[first - by : first]
        if first == by or not order[first - by - 1].keep:
            yield [*order[: first - by], *kept, *before, *order[last:]], UP * by


def _end_cost(line: SetLine) -> float:
    """Of a leg that ends with this line."""
    held = {Keep.FREE: 0.0, Keep.ROWS: ROWS_PARTED, Keep.WHOLE: CUT}[line.keep]
    return held + SUBHEAD_AT_FOOT * line.subhead


def cut(lines: Sequence[SetLine], legs: Sequence[tuple[int, int]]) -> bool:
    """Whether a leg's foot still cuts what must be whole."""
    ends = (last for first, last in legs if first < last < len(lines))
    return any(lines[end - 1].keep is Keep.WHOLE for end in ends)
