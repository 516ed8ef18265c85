"""The stories of one page → their places: what is tried in which order.

Comes in: prepared stories in rank order, the page's free cells. Goes out: an `Arrangement`. The
same page is asked for again with other copy by the remedies and by `render why`, so tables are
kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from layout.makeup import jump
from layout.makeup.copy import StoryCopy
from layout.makeup.dummy import Placement, Region
from layout.makeup.nested import Host
from layout.makeup.pins import upright
from layout.makeup.plan import MOST_OVER, Fixed, Hosts, Plan, Tables, around, plan
from layout.makeup.regions import corners_taken, free_regions
from layout.makeup.shapes import Shaper
from layout.makeup.treatment import Shape
from layout.makeup.wishes import NO_WISHES, Wishes

Widths = Mapping[int, Mapping[int, Shape]]  # columns → lines → shape
Ls = Mapping[int, Sequence[Host]]  # columns → ways to be an L
Ask = tuple[tuple[Widths, ...], tuple[Ls, ...]]  # tables, hosts


class Arrangement(msgspec.Struct, frozen=True):
    """Placed stories with the copy they are set from, those held over, and the plan behind them.

    `asked` are the tables and hosts the plan was found with.
    """

    placed: tuple[tuple[StoryCopy, Placement], ...]
    held: tuple[StoryCopy, ...]
    plan: Plan | None
    asked: Ask

    @property
    def fits(self) -> bool:
        """Whether every story stands on the page and fills its cells."""
        spare = any(placement.spare for _, placement in self.placed)
        return self.plan is not None and not (self.held or self.plan.over or spare)


class Arranger:
    """Arranges stories in what pins and advertisements leave of a page's region."""

    def __init__(
        self, shaper: Shaper, region: Region, taken: Sequence[Region], wishes: Wishes = NO_WISHES
    ) -> None:
        self.shaper, self.page, self.wishes = shaper, region, wishes
        cornered = corners_taken(region, taken)
        self.region, corners = cornered or (region, [])
        self.fixed = [Fixed(t.columns, t.lines, t.column == region.column) for t in corners]
        self.rectangles = [way for way in free_regions(region, taken) if way]
        self._tables: dict[tuple[int, bool, bool], tuple[StoryCopy, Widths]] = {}
        self._hosts: dict[tuple[int, bool], tuple[StoryCopy, Ls]] = {}

    def arrange(self, copies: Sequence[StoryCopy]) -> Arrangement:
        """Placements, and stories held over because the page is full.

        Vertical heads make fewer heights: where the page cannot be filled with them, they are set
        horizontally. Where it is too full, heads may be smaller.
        """
        best: tuple[Plan, int] | None = None
        asked: Ask = ((), ())
        for vertical, small in ((True, False), (False, False), (False, True)):
            if not vertical and not small and not any(map(upright, copies)):
                continue
            if best and best[1] == len(copies) and _settled(best[0], small):
                continue
            tables = tuple(self.tables(copy, vertical, small) for copy in copies)
            hosts = tuple(self.hosts(copy, small) for copy in copies)
            found = self._as_many(tables, hosts)
            if found and (best is None or _plan_rank(found) < _plan_rank(best)):
                best, asked = found, (tables, hosts)
        if best is None:
            return Arrangement((), tuple(copies), None, asked)
        planned, count = best
        placed = tuple((jump.chosen(copies[p.story], p.shape), p) for p in planned.placements)
        return Arrangement(placed, tuple(copies[count:]), planned, asked)

    def planned(self, tables: Tables, hosts: Hosts) -> Plan | None:
        """The best plan for all of some stories."""
        found = self._planned(tables, hosts, self.wishes)
        if self.wishes.together and (found is None or found.over):
            # what must stand side by side makes fewer pages; a wish is not worth a full page
            free = msgspec.structs.replace(self.wishes, together=())
            other = self._planned(tables, hosts, free)
            if other and (found is None or _plan_order(other) < _plan_order(found)):
                return other
        return found

    def _planned(self, tables: Tables, hosts: Hosts, wishes: Wishes) -> Plan | None:
        if self.fixed and (found := around(tables, self.region, self.fixed, hosts, wishes)):
            return found
        plans = [p for way in self.rectangles if (p := plan(tables, way, hosts, wishes))]
        return min(plans, key=_plan_order, default=None)

    def _as_many(self, tables: Tables, hosts: Hosts) -> tuple[Plan, int] | None:
        """The best plan with as many stories as find room, and how many those are."""
        for count in range(len(tables), 0, -1):
            best = self.planned(tables[:count], hosts)
            if best and (best.over <= MOST_OVER or count == 1):
                return best, count
        return None

    def tables(self, copy: StoryCopy, vertical: bool, small: bool) -> Widths:
        """Shapes by width; with a vertical head where one is wanted and any width can take it."""
        key = (id(copy), vertical and upright(copy), small)
        if key not in self._tables:
            self._tables[key] = copy, self._made(copy, vertical, small)
        return self._tables[key][1]

    def _made(self, copy: StoryCopy, vertical: bool, small: bool) -> Widths:
        region = self.page
        heights = range(region.lines * 2 + 1)
        for standing in (True, False) if vertical and upright(copy) else (False,):
            tables = {
                columns: table
                for columns in range(1, region.columns + 1)
                if (table := jump.table(self.shaper, copy, columns, heights, standing, small))
            }  # fmt: skip
            if tables:
                break
        return tables

    def hosts(self, copy: StoryCopy, small: bool = False) -> Ls:
        """Ways the story can be an L, by width; none for one that jumps."""
        if copy.parts:
            return {}
        if (id(copy), small) not in self._hosts:
            widths = range(2, self.page.columns + 1)
            made = {columns: self.shaper.hosts(copy, columns, small=small) for columns in widths}
            self._hosts[id(copy), small] = copy, made
        return self._hosts[id(copy), small][1]


def _settled(found: Plan, small: bool) -> bool:
    """Whether heads need not be turned, or made smaller."""
    return found.over <= 0 if small else not found.over


def _plan_rank(found: tuple[Plan, int]) -> tuple[int, int, float]:
    """More stories first, then no line too many or too few."""
    planned, count = found
    return -count, abs(planned.over), planned.cost


def _plan_order(found: Plan) -> tuple[bool, float]:
    return found.over > MOST_OVER, found.cost
