"""The grid against printed figures: a textbook's arithmetic with its worked answers."""

from __future__ import annotations

import pytest

from layout.findings import InputError, Mark
from layout.geometry import Size
from layout.issue.model import GridSpec, Margins, SheetSpec
from layout.makeup.grid import Metrics, solve
from layout.units import MM

AREA = (350 * MM, 490 * MM)


def sheet(grid: GridSpec, area: tuple[float, float] = AREA) -> SheetSpec:
    return SheetSpec(
        Size(area[0] + 40 * MM, area[1] + 60 * MM), 8.5,
        Margins(30 * MM, 20 * MM, 30 * MM, 20 * MM), grid, Mark("publication.yaml", 4, 1),
    )  # fmt: skip


def test_textbook_eight_columns_of_thirteen() -> None:
    """8 × 13 + 7 = 111 characters × 120 lines of 小五 on 350 × 490 mm."""
    grid = solve(sheet(GridSpec(size=9.0, columns=8, measure_em=13, gutter_em=1, lines=120)))
    assert grid.span(8) == pytest.approx(111 * 9)
    assert grid.lines == 120
    assert grid.leading == pytest.approx(11.57, abs=0.01)
    assert [round(grid.span(n) / 9) for n in range(1, 9)] == [13, 27, 41, 55, 69, 83, 97, 111]
    # the grid is wider than the area by 0.7 %: it stands centred on it
    middle = grid.origin.x + grid.span(8) / 2
    assert middle == pytest.approx(20 * MM + AREA[0] / 2)


def test_textbook_tabloid() -> None:
    """6 × 11 + 5 = 71 characters × 86 lines of 小五 on 235 × 350 mm."""
    spec = GridSpec(size=9.0, columns=6, measure_em=11, gutter_em=1, lines=86)
    grid = solve(sheet(spec, (235 * MM, 350 * MM)))
    assert grid.span(6) == pytest.approx(71 * 9)
    assert [round(grid.span(n) / 9) for n in (2, 3, 4, 5)] == [23, 35, 47, 59]
    assert grid.origin.x == pytest.approx(20 * MM + (235 * MM - 71 * 9) / 2)


def test_six_columns_of_seventeen_solve_the_gutter() -> None:
    grid = solve(sheet(GridSpec(size=9.0, columns=6, measure_em=17, lines=120)))
    assert grid.measure == 153.0
    assert grid.span(6) == pytest.approx(AREA[0])
    assert grid.type_area.height == pytest.approx(AREA[1], abs=0.01)


def test_nothing_given_looks_like_a_broadsheet() -> None:
    grid = solve(sheet(GridSpec()))
    assert (grid.columns, grid.measure / grid.size) == (6, 17)
    assert 1.25 <= grid.leading / grid.size <= 1.34


def test_size_is_solved_from_columns_measure_and_gutter() -> None:
    grid = solve(sheet(GridSpec(columns=6, measure_em=17, gutter_em=1)))
    assert grid.size == pytest.approx(AREA[0] / 107)


def test_measure_is_whole_characters_and_the_rest_widens_the_gutters() -> None:
    grid = solve(sheet(GridSpec(size=10.5, columns=5, gutter=5 * MM)))
    assert grid.measure / grid.size == pytest.approx(round(grid.measure / grid.size))
    assert grid.gutter >= 5 * MM
    assert grid.span(5) == pytest.approx(AREA[0])


def test_leading_given_counts_the_lines() -> None:
    grid = solve(sheet(GridSpec(leading=12.0)))
    assert grid.lines == int(AREA[1] / 12)
    assert grid.leading == 12.0


@pytest.mark.parametrize(
    ("grid", "words"),
    [
        (GridSpec(size=9, columns=5, measure_em=17, gutter_em=1), "columns, measure and gutter"),
        (GridSpec(size=9, columns=6, measure_em=18, gutter_em=1), "columns, measure and gutter"),
        (GridSpec(leading=12, lines=140), "leading and lines make 1680.0 pt"),
        (GridSpec(size=9, columns=16), "the measure comes out at"),
        (GridSpec(size=12, leading=9), "the leading comes out at 0.75"),
    ],
)
def test_contradictions_are_named(grid: GridSpec, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        solve(sheet(grid))
    (finding,) = caught.value.findings
    assert str(finding.mark) == "publication.yaml:4:1"
    assert finding.hint


def test_type_stands_in_the_middle_of_its_cell() -> None:
    m = Metrics(9.0, 12.0)
    assert m.baseline == pytest.approx(1.5 + 0.88 * 9)
    assert m.face_top > 0
    assert m.face_bottom < 12
