"""Why a story stands where it does: its score's terms, and what other widths would have cost.

Comes in: a page's stories, its arranger. Goes out: an `Explanation`, all of it from the search
itself – the terms add up to what the plan weighed, and each alternative is a plan made anew with
the story held to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from layout.issue.model import Cells
from layout.makeup.arrange import Arrangement, Arranger, Ls, Widths
from layout.makeup.copy import StoryCopy
from layout.makeup.dummy import Placement, Region, cells_of
from layout.makeup.plan import Plan
from layout.makeup.planner import DOWN, RIGHT
from layout.makeup.score import breaks_cost, crowding_cost, gutters_cost
from layout.makeup.treatment import Terms


class Alternative(msgspec.Struct, frozen=True):
    """Another way to have the story, the page's cost above the plan's, lines too many (or, below
    nothing, too few); None and None when no page can be made so.
    """

    what: str
    dearer: float | None
    over: int | None


class Explanation(msgspec.Struct, frozen=True):
    """A story's place and its terms; the page's cost and its own terms; what else there was."""

    story: str
    rank: int
    cells: Cells
    columns: int
    lines: int
    terms: Terms
    page_cost: float
    page_terms: Terms
    alternatives: tuple[Alternative, ...]


def explained(
    arranger: Arranger, arranged: Arrangement, copies: Sequence[StoryCopy], file: str
) -> Explanation | None:
    """Of one of the page's stories that make-up placed; None when it stands nowhere."""
    plan = arranged.plan
    at = next((k for k, copy in enumerate(copies) if copy.story.file == file), None)
    placed = next((p for p in plan.placements if p.story == at), None) if plan else None
    if plan is None or placed is None or at is None:
        return None
    terms = _terms(placed, arranger.region)
    every = sum(cost for p in plan.placements for _, cost in _terms(p, arranger.region))
    white = (
        ("white running down the page", gutters_cost(plan.placements, arranger.region)),
        ("white running across the page", breaks_cost(plan.placements, arranger.region)),
        ("pictures that crowd", crowding_cost(plan.placements)),
        ("wishes not met", arranger.wishes.cost(plan.placements)),
    )
    rest = plan.cost - every - sum(cost for _, cost in white)
    page = (
        ("the stories", every),
        *white,
        ("heads on one level, gutters, regions, misfit", rest),
    )
    return Explanation(
        file, copies[at].story.rank, cells_of(placed), placed.columns, placed.lines,
        _said(terms), plan.cost, _said(page),
        tuple(_alternatives(arranger, arranged, plan, placed)),
    )  # fmt: skip


def _terms(placed: Placement, region: Region) -> Terms:
    """Of a story's shape and of its place: what the search adds for each line and column."""
    weight = 1 / (1 + placed.story)
    return (
        *placed.shape.terms,
        ("down the page", DOWN * weight * (placed.line - region.line)),
        ("right on the page", RIGHT * weight * (placed.column - region.column)),
    )


def _said(terms: Terms) -> Terms:
    """Terms of one name together, those worth nothing left out."""
    found: dict[str, float] = {}
    for name, cost in terms:
        found[name] = found.get(name, 0.0) + cost
    return tuple((name, cost) for name, cost in found.items() if abs(cost) >= 0.005)


def _alternatives(
    arranger: Arranger, arranged: Arrangement, plan: Plan, placed: Placement
) -> Iterator[Alternative]:
    """Each other width, and a rectangle for an L."""
    tables, hosts = arranged.asked
    count = len(plan.placements)
    tables, hosts = tables[:count], hosts[:count]
    own, ls = tables[placed.story], hosts[placed.story]
    if placed.shape.treatment.notch:
        yield _tried("a rectangle", arranger, plan, placed, tables, hosts, own, {})
    for columns in range(1, arranger.region.columns + 1):
        if columns == placed.columns:
            continue
        said = f"{columns} column{'s' * (columns > 1)}"
        if columns not in own:
            yield Alternative(said, None, None)
            continue
        only = {columns: own[columns]}
        wide = {columns: ls[columns]} if columns in ls else {}
        yield _tried(said, arranger, plan, placed, tables, hosts, only, wide)


def _tried(
    what: str,
    arranger: Arranger,
    plan: Plan,
    placed: Placement,
    tables: Sequence[Widths],
    hosts: Sequence[Ls],
    own: Widths,
    wide: Ls,
) -> Alternative:
    """The page planned anew with one story's shapes held."""
    k = placed.story
    found = arranger.planned(
        (*tables[:k], own, *tables[k + 1 :]), (*hosts[:k], wide, *hosts[k + 1 :])
    )
    if found is None:
        return Alternative(what, None, None)
    return Alternative(what, found.cost - plan.cost, found.over)
