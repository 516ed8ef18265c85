"""The page plan on tables made by arithmetic: no copy, no faces."""

from __future__ import annotations

import itertools
import random

import pytest

from layout.compose.headline import Fitted, Look
from layout.makeup.dummy import Placement, Region
from layout.makeup.heads import Head, Part
from layout.makeup.plan import Planner, plan
from layout.makeup.regions import free_regions, overlaps
from layout.makeup.treatment import Legs, Shape, Treatment

PAGE = Region(0, 14, 6, 100)


def table(lines: int, size: float) -> dict[int, dict[int, Shape]]:
    """A story of so many lines of text: exact at every width, with up to three lines of air."""
    main = Fitted(("题",), Look("song", size), 1.0)
    head = Head((Part("headline", main, (), 0.0),), 100.0, 5, 0.0)
    found = {}
    for columns in range(1, 7):
        rows = -(-lines // columns)
        legs = Legs(153.0, tuple(168.0 * k for k in range(columns)))
        found[columns] = {
            5 + air + rows: Shape(
                columns, 5 + air + rows, Treatment(head, 5 + air, legs, None, rows), (),
                air + max(0, rows - 45) * 0.1,
            )
            for air in range(4)
        }  # fmt: skip
    return found


def cells(placed: tuple[Placement, ...]) -> list[tuple[int, int]]:
    return [
        (p.column + c, p.line + n) for p in placed for c in range(p.columns) for n in range(p.lines)
    ]


@pytest.mark.parametrize("seed", range(25))
def test_every_cell_is_covered_once(seed: int) -> None:
    rng = random.Random(seed)
    count = rng.randint(4, 8)
    shares = [rng.uniform(0.5, 2) for _ in range(count)]
    area = 600 - 20 * count
    tables = [
        table(round(area * share / sum(shares)), 40 - 2 * k)
        for k, share in enumerate(sorted(shares, reverse=True))
    ]
    found = plan(tables, [PAGE])
    assert found
    covered = cells(found.placements)
    assert len(covered) == len(set(covered))
    assert {p.story for p in found.placements} == set(range(count))
    if found.over == 0 and all(p.spare == 0 for p in found.placements):
        whole = {(c, n) for c in range(6) for n in range(14, 114)}
        assert set(covered) == whole
        for p in found.placements:
            assert p.shape.lines == p.lines


def test_the_lead_stands_in_the_upper_left() -> None:
    tables = [table(n, 40 - 3 * k) for k, n in enumerate((150, 110, 100, 80, 60))]
    found = plan(tables, [PAGE])
    assert found
    lead = next(p for p in found.placements if p.story == 0)
    assert (lead.column, lead.line) == (0, 14)


def test_same_tables_same_plan() -> None:
    tables = [table(n, 40 - 3 * k) for k, n in enumerate((150, 110, 100, 80, 60))]
    assert plan(tables, [PAGE]) == plan(tables, [PAGE])


def test_too_much_copy_is_over_and_too_little_is_spare() -> None:
    over = plan([table(340, 40), table(236, 30)], [PAGE])
    assert over
    assert over.over > 0
    assert plan([table(400, 40), table(300, 30)], [PAGE]) is None
    under = plan([table(60, 40), table(40, 30)], [PAGE])
    assert under
    assert sum(p.spare for p in under.placements) > 0


def test_stories_are_shared_out_over_what_pins_leave() -> None:
    pin = Region(0, 60, 3, 54)
    tables = [table(n, 40 - 3 * k) for k, n in enumerate((120, 110, 60, 60))]
    plans = [p for way in free_regions(PAGE, [pin]) if (p := plan(tables, way))]
    best = min(plans, key=lambda p: p.cost)
    for p in best.placements:
        assert not overlaps(Region(p.column, p.line, p.columns, p.lines), pin)


def test_free_regions_cover_what_is_not_taken() -> None:
    taken = [Region(0, 14, 2, 30), Region(4, 84, 2, 30)]
    for way in free_regions(PAGE, taken):
        for a, b in itertools.combinations([*way, *taken], 2):
            assert not overlaps(a, b)
        assert sum(r.columns * r.lines for r in [*way, *taken]) == 600


def test_the_lead_stands_in_the_first_of_several_regions() -> None:
    ad = Region(0, 84, 3, 30)
    tables = [table(n, 40 - 3 * k) for k, n in enumerate((95, 85, 80, 70, 55, 40))]
    plans = [p for way in free_regions(PAGE, [ad]) if (p := plan(tables, way))]
    best = min(plans, key=lambda p: p.cost)
    lead = next(p for p in best.placements if p.story == 0)
    assert (lead.column, lead.line) == (0, 14)


@pytest.mark.parametrize("seed", range(5))
def test_an_arrangement_weighed_anew_costs_the_same(seed: int) -> None:
    rng = random.Random(seed)
    tables = [table(rng.randint(60, 160), 40 - 3 * k) for k in range(5)]
    planner = Planner(tables, 6, 100)
    parts = planner.exactly(planner.everything, 6, 100)
    for part in parts[:40]:
        again = planner.part_of(part.node, 6, 100)
        assert again.cost == pytest.approx(part.cost)
        assert again.guess == pytest.approx(part.guess)
