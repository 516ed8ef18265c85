"""What an editor wishes of places without giving any: beside, apart, like yesterday's page.

Comes in: `beside` and `avoid` of story entries, `like` of the page. Goes out: pairs of stories that
the search keeps together, and what a page costs that does not do as wished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from layout.findings import Finding, Severity
from layout.issue.model import Quad
from layout.makeup.copy import StoryCopy
from layout.makeup.dummy import Placement, Region

NOT_BESIDE, NOT_APART = 30.0, 30.0
UNLIKE = 3.0  # a story wholly elsewhere than yesterday's of its rank


class Wishes(msgspec.Struct, frozen=True):
    """By a story's place in rank order: pairs wished together or apart, and the same of a story
    and cells that are taken; where yesterday's stories stood, on a grid of `columns` × `lines`.
    """

    together: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    together_with: tuple[tuple[int, tuple[Region, ...]], ...] = ()
    apart_from: tuple[tuple[int, tuple[Region, ...]], ...] = ()
    yesterday: tuple[Quad, ...] = ()
    columns: int = 1
    lines: int = 1

    def cost(self, placed: Sequence[Placement]) -> float:
        """Of these placements, as far as both stories of a pair are among them."""
        if not (self.together or self.apart or self.together_with or self.apart_from
                or self.yesterday):  # fmt: skip
            return 0.0
        parts = {p.story: p.parts for p in placed}
        missed = sum(1 for _ in self.missed(parts))
        return NOT_BESIDE * missed + sum(self._unlike(p) for p in placed)

    def missed(
        self, parts: Mapping[int, Sequence[Region]]
    ) -> Iterator[tuple[int, int | tuple[Region, ...], bool]]:
        """Wishes not met: the story, the other or the cells, whether it was to stand beside."""
        for pairs, beside in ((self.together, True), (self.apart, False)):
            for one, other in pairs:
                both = one in parts and other in parts
                if both and touching(parts[one], parts[other]) is not beside:
                    yield one, other, beside
        for taken, beside in ((self.together_with, True), (self.apart_from, False)):
            for one, cells in taken:
                if one in parts and touching(parts[one], cells) is not beside:
                    yield one, cells, beside

    def _unlike(self, placed: Placement) -> float:
        """How far a story stands from where yesterday's of its rank stood."""
        if placed.story >= len(self.yesterday):
            return 0.0
        x, y = placed.column / self.columns, placed.line / self.lines
        right = x + placed.columns / self.columns
        bottom = y + placed.lines / self.lines
        left, top, was_right, was_bottom = self.yesterday[placed.story]
        wide = min(right, was_right) - max(x, left)
        high = min(bottom, was_bottom) - max(y, top)
        shared = max(0.0, wide) * max(0.0, high)
        both = (right - x) * (bottom - y) + (was_right - left) * (was_bottom - top) - shared
        return UNLIKE * (1 - shared / both)


NO_WISHES = Wishes()


def touching(one: Iterable[Region], other: Sequence[Region]) -> bool:
    """Whether two places share an edge, not only a corner."""
    return any(_touch(a, b) for a in one for b in other)


def _touch(a: Region, b: Region) -> bool:
    across = min(a.column + a.columns, b.column + b.columns) - max(a.column, b.column)
    down = min(a.line + a.lines, b.line + b.lines) - max(a.line, b.line)
    return (across == 0 and down > 0) or (down == 0 and across > 0)


def wishes_of(
    copies: Sequence[StoryCopy],
    taken: Mapping[str, tuple[Region, ...]],
    yesterday: Sequence[Quad] = (),
    grid: tuple[int, int] = (1, 1),
) -> Wishes:
    """The wishes of stories in rank order; `taken` has cells of pins and advertisements by name.

    A name on another page asks for nothing here: apart is met, and beside is said by `unmet`.
    """
    order = {name: k for k, copy in enumerate(copies) for name in copy.story.names}
    pairs: dict[bool, set[tuple[int, int]]] = {True: set(), False: set()}
    cells: dict[bool, set[tuple[int, tuple[Region, ...]]]] = {True: set(), False: set()}
    for k, copy in enumerate(copies):
        design = copy.story.design
        for beside, names in ((True, design.beside), (False, design.avoid)):
            for name in names:
                other = order.get(name.text)
                if other is not None:
                    pairs[beside].add((min(k, other), max(k, other)))
                elif name.text in taken:
                    cells[beside].add((k, taken[name.text]))
    return Wishes(
        tuple(sorted(pairs[True])),
        tuple(sorted(pairs[False])),
        tuple(sorted(cells[True], key=lambda wish: wish[0])),
        tuple(sorted(cells[False], key=lambda wish: wish[0])),
        tuple(yesterday),
        *grid,
    )


def unmet(
    copies: Sequence[StoryCopy], places: Mapping[str, Sequence[Region]], page: int
) -> Iterator[Finding]:
    """Wishes the page does not fulfil; `places` has cells of stories and advertisements by name."""
    for copy in copies:
        story, own = copy.story, places.get(copy.story.file)
        for beside, names in ((True, story.design.beside), (False, story.design.avoid)):
            for name in names:
                other = places.get(name.text)
                met = bool(own and other and touching(own, other))
                if met is beside or (not beside and not (own and other)):
                    continue
                verb = "does not stand beside" if beside else "touches"
                yield Finding(
                    check="makeup/wish", severity=Severity.WARNING, page=page, story=story.slug,
                    mark=name.mark, message=f"{story.file} {verb} {name.text} on page {page}",
                    hint="pin one of the two with `at`, or take the wish out",
                )  # fmt: skip
