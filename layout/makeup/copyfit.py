"""Paragraphs opened or tightened by a line, so that legs are full and no leg begins with a widow.

Comes in: a story's paragraphs as set, the rooms of its legs. Goes out: the galley an editor would
choose – the evenest paragraphs give, and only as far as no line looks loose (looseness, Knuth and
Plass). Copy is never cut; what cannot be closed leaves legs a line short.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product

import msgspec

from layout.compose import Galley, Paragraph, SetLine, opened
from layout.makeup.body import assembled
from layout.makeup.copy import Element
from layout.makeup.fill import pour

CANDIDATES, TRIALS = 8, 60
# Against the costs of pour(): a leg a line short, and a paragraph as loose as is allowed.
SHORT_LEG, LOOSE = 2.0, 1.2
LOOSE_LINE = 120.0  # the breaker's cost of a line that is as loose as is allowed
SHORTEST = 3  # lines; a shorter paragraph does not give

Lines = tuple[SetLine, ...]


class Change(msgspec.Struct, frozen=True):
    """Paragraph `index` set in other lines; `delta` more or fewer, at a cost."""

    index: int
    delta: int
    cost: float
    lines: Lines


def fitted(
    body: Sequence[Element], set_: Sequence[Lines], measure: float, rooms: Sequence[int]
) -> Galley:
    """The body for legs of these capacities."""
    best = _galley(body, set_, measure, ())
    spare = sum(rooms) - len(best.lines)
    if spare < 0:
        return _closed(body, set_, measure, rooms, -spare) or best
    if not 0 <= spare < max(2, sum(room > 0 for room in rooms)):
        return best
    least = pour(best, rooms).cost + SHORT_LEG * spare
    if not spare and not least:
        return best
    longer = _changes(body, set_, measure, +1)
    shorter = [] if spare else _changes(body, set_, measure, -1)
    for trial in islice(_trials(longer, shorter, spare), TRIALS):
        galley = _galley(body, set_, measure, trial)
        left = spare - sum(change.delta for change in trial)
        cost = pour(galley, rooms).cost + SHORT_LEG * left + sum(c.cost for c in trial)
        if cost < least:
            best, least = galley, cost
    return best


def _closed(
    body: Sequence[Element],
    set_: Sequence[Lines],
    measure: float,
    rooms: Sequence[int],
    over: int,
) -> Galley | None:
    """The body closed by so many lines; None when it has not so many to give."""
    shorter = _changes(body, set_, measure, -1)
    trials = [
        (_galley(body, set_, measure, trial), sum(change.cost for change in trial))
        for trial in islice(combinations(shorter, over), TRIALS)
    ]
    best = min(trials, key=lambda t: pour(t[0], rooms).cost + t[1], default=None)
    return best[0] if best else None


def tightened(
    body: Sequence[Element], set_: Sequence[Lines], measure: float, most: int
) -> Iterator[tuple[Galley, float]]:
    """The body closed by one line, two and so on, as far as it gives, and what that costs."""
    shorter = _changes(body, set_, measure, -1)
    for count in range(1, min(most, len(shorter)) + 1):
        chosen = shorter[:count]
        yield _galley(body, set_, measure, chosen), sum(change.cost for change in chosen)


def _trials(
    longer: Sequence[Change], shorter: Sequence[Change], spare: int
) -> Iterator[tuple[Change, ...]]:
    """Sets of changes that fill `spare` lines, as far as there are enough, cheapest first."""
    if spare:
        for count in range(min(spare, len(longer)), 0, -1):
            yield from combinations(longer, count)
    else:
        for one, other in product(longer, shorter):
            if one.index != other.index:
                yield (one, other)


def _changes(
    body: Sequence[Element], set_: Sequence[Lines], measure: float, delta: int
) -> list[Change]:
    """The cheapest paragraphs to set in a line more or less."""
    found = []
    for index, (paragraph, lines) in enumerate(zip(body, set_, strict=True)):
        if not isinstance(paragraph, Paragraph) or len(lines) < SHORTEST:
            continue
        if other := opened(paragraph, measure, len(lines) + delta):
            total, changed = other
            cost = LOOSE * total / len(changed) / LOOSE_LINE
            found.append(Change(index, delta, round(cost, 6), changed))
    return sorted(found, key=lambda change: (change.cost, change.index))[:CANDIDATES]


def _galley(
    body: Sequence[Element], set_: Sequence[Lines], measure: float, changes: Sequence[Change]
) -> Galley:
    lines = list(set_)
    for change in changes:
        lines[change.index] = change.lines
    return Galley(measure, assembled(body, lines))
