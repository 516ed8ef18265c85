from __future__ import annotations

from layout.compose import Galley, SetLine
from layout.makeup.fill import pour
from layout.sheet.items import TextLine


def lines(pattern: str) -> Galley:
    """A galley of ten-point lines: ( first of a paragraph, ) short last, # subhead, - others."""
    return Galley(100.0, tuple(map(line, pattern)))


def line(sign: str) -> SetLine:
    width = 30.0 if sign == ")" else 100.0
    drawn = TextLine(0.0, 0.0, width, 100.0, 0.0, sign, ())
    return SetLine(drawn, sign in "(#", sign in ")#", sign == "#")


def test_full_legs_are_filled_in_order() -> None:
    poured = pour(lines("(---)(---)"), (5, 5))
    assert poured.legs == ((0, 5), (5, 10))
    assert poured.overset == 0


def test_the_last_legs_end_a_line_early() -> None:
    poured = pour(lines("(-------)"), (4, 4, 4))
    assert [last - first for first, last in poured.legs] == [3, 3, 3]
    poured = pour(lines("(--------)"), (4, 4, 4))
    assert [last - first for first, last in poured.legs] == [4, 3, 3]


def test_a_leg_without_room_takes_no_part() -> None:
    poured = pour(lines("(-------)"), (4, 4, 4, 0, 0))
    assert [last - first for first, last in poured.legs] == [3, 3, 3, 0, 0]
    poured = pour(lines("(----------)"), (4, 4, 4, 0))
    assert [last - first for first, last in poured.legs] == [4, 4, 4, 0]


def test_no_leg_opens_with_the_tail_of_a_paragraph() -> None:
    # filled in order, leg 2 would open with the short last line
    poured = pour(lines("(--)(-"), (3, 4))
    assert poured.legs[1][0] != 3


def test_no_subhead_closes_a_leg() -> None:
    poured = pour(lines("(--)#(-----"), (5, 7))
    _, last = poured.legs[0]
    assert "(--)#("[last - 1] != "#"


def test_what_finds_no_leg_is_overset() -> None:
    poured = pour(lines("(---------"), (4, 4))
    assert poured.overset == 2
    assert poured.legs[-1] == (4, 8)
