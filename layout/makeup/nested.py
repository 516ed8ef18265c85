"""L-shapes (穿插): a story that leaves a corner at its foot to the stories ranked behind it.

Comes in: the ways a story can be set at a width. Goes out: `Host`s, each of which knows for any
corner the lines the story then fills and what that costs. The head stands over all legs, so text
never leaves its head's span; legs over the corner keep four lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

import msgspec

from layout.makeup.treatment import LEAST_LEG, Notch, Shape, Terms, Treatment, shape_of

LEAST_CORNER = 6  # lines of a corner: less is a step, not an L
MOST_HOSTS = 6  # of a story at a width
NESTED, TO_THE_LEFT = 2.5, 1.5  # an L; one whose foot stands right
LEAST_NESTED = NESTED - 1e-6  # a bound from below, however sums are rounded
MOST_AIR, AIR = 3, 0.5  # of a head, as in rectangles
SHORT_LEG, LONG_LEG, LONGEST_LEG = 0.12, 0.12, 46


class Host(msgspec.Struct, frozen=True):
    """A story set at a width without its rows: cells it needs below the head, what it costs.

    `taken` are lines that photographs take of each leg, `left[k]` and `right[k]` the most they take
    of the first and of the last k legs.
    """

    treatment: Treatment
    need: int
    terms: Terms
    cost: float
    taken: tuple[int, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]

    def corner(self, columns: int, *, left: bool) -> range:
        """Lines of a corner of so many columns round which no leg is a stump."""
        count = len(self.taken)
        over, beside = (self.left, self.right) if left else (self.right, self.left)
        # every leg has a line more than it needs: the last lines may be one short
        shortest = count * (LEAST_LEG + beside[count - columns]) - self.need
        longest = self.need - count * (LEAST_LEG + over[columns]) - 1
        return range(max(1, shortest // columns + 1), longest // (count - columns) + 1)

    def rows(self, notch: Notch) -> int | None:
        """Rows below the head round a corner; None when a leg would be a stump."""
        if notch.lines not in self.corner(notch.columns, left=notch.left):
            return None
        return self.rows_round(notch)

    def rows_round(self, notch: Notch) -> int:
        """The same round a corner that is known to do."""
        return -(-(self.need + notch.columns * notch.lines) // len(self.taken))

    def costs(self, notch: Notch, rows: int) -> float:
        """Of the story round a corner in so many rows, without air in its head."""
        nested, short, long = self._corner_costs(notch, rows)
        return self.cost + (nested + short + long)

    def shape(self, notch: Notch, rows: int, air: int) -> Shape:
        """The story round a corner."""
        t = self.treatment
        made = msgspec.structs.replace(t, head_lines=t.head_lines + air, rows=rows, notch=notch)
        terms = (*self.terms, *self._corner_terms(notch, rows), ("air in the head", aired(air)))
        return shape_of(len(self.taken), made, terms)

    def _corner_terms(self, notch: Notch, rows: int) -> Terms:
        nested, short, long = self._corner_costs(notch, rows)
        return ("L-shape", nested), ("legs a line short", short), ("long legs", long)

    def _corner_costs(self, notch: Notch, rows: int) -> tuple[float, float, float]:
        spare = rows * len(self.taken) - self.need - notch.columns * notch.lines
        nested = NESTED + TO_THE_LEFT * notch.left
        return nested, SHORT_LEG * spare, LONG_LEG * max(0, rows - LONGEST_LEG)


def _most_of(taken: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The most of the first and of the last 0, 1 … numbers."""
    left, right = (tuple(accumulate(numbers, max, initial=0)) for numbers in (taken, taken[::-1]))
    return left, right


def turned(shape: Shape) -> Shape | None:
    """An L with its corner at the other side; None when photographs stand over that."""
    t = shape.treatment
    assert t.notch
    notch = msgspec.structs.replace(t.notch, left=not t.notch.left)
    count = t.legs.count
    over = [taken for leg, taken in enumerate(t.taken) if notch.over(leg, count)]
    if t.rows - notch.lines - max(over) <= LEAST_LEG:
        return None
    terms = tuple(
        (name, NESTED + TO_THE_LEFT * notch.left if name == "L-shape" else cost)
        for name, cost in shape.terms
    )
    return shape_of(shape.columns, msgspec.structs.replace(t, notch=notch), terms)


def aired(lines: int) -> float:
    """What lines of air beyond a head's need cost."""
    return float(AIR * lines**1.4)


AIRED = tuple(map(aired, range(MOST_AIR + 1)))


def hosts_of(treatments: Iterable[tuple[Treatment, Terms]], lines: int) -> tuple[Host, ...]:
    """The cheapest ways to set a story of so many lines round a corner, unlike in cells."""
    found: dict[tuple[int, int], Host] = {}
    for treatment, terms in treatments:
        taken = treatment.taken
        cost = sum(cost for _, cost in terms)
        host = Host(treatment, lines + sum(taken), terms, cost, taken, *_most_of(taken))
        key = (treatment.head_lines, host.need)
        if key not in found or host.cost < found[key].cost:
            found[key] = host
    return tuple(sorted(found.values(), key=lambda host: host.cost)[:MOST_HOSTS])
