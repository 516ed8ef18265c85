"""What no leg's foot may part, on galleys written as signs."""

from __future__ import annotations

import pytest

from layout.compose import Galley, Keep, SetLine
from layout.makeup.fill import pour
from layout.makeup.keeps import cut
from layout.sheet.items import TextLine

KEEPS = {"P": Keep.WHOLE, "T": Keep.ROWS}


def galley(pattern: str) -> Galley:
    """Text lines a–z; P… the lines of a picture ending in p, or in _, the white under its caption;
    T… a table's rows ending in t.
    """
    return Galley(100.0, tuple(map(line, pattern)))


def line(sign: str) -> SetLine:
    drawn = TextLine(0.0, 0.0, 100.0, 100.0, 0.0, sign, ())
    return SetLine(drawn, False, True, keep=KEEPS.get(sign, Keep.FREE), air=sign == "_")


def poured(pattern: str, rooms: tuple[int, ...]) -> list[str]:
    found = pour(galley(pattern), rooms)
    text = "".join(line.line.text for line in found.lines)
    return [text[first:last] for first, last in found.legs]


@pytest.mark.parametrize(
    ("pattern", "rooms", "expected"),
    [
        ("abPPpcdef", (5, 4), ["abPPp", "cdef"]),  # as it stands
        ("abcPPpdef", (4, 5), ["abcd", "PPpef"]),  # down: a line that followed comes before it
        ("abcdPPpefg", (6, 4), ["abcPPp", "defg"]),  # up is the shorter way
        ("abcdPPp", (5, 2), ["abPPp", "cd"]),  # nothing follows that could come before it
        ("abTTtcdef", (3, 5), ["abc", "TTtde"]),
        ("aTTTTTt", (4, 3), ["aTTT", "TTt"]),  # longer than a leg: between two rows
        ("abPPP_cd", (6, 2), ["ab_PPP", "cd"]),  # the white goes over it at a foot
        ("abPPP_cd", (2, 6), ["ab", "PPP_cd"]),
        ("abcPPpPPpde", (5, 6), ["abPPp", "PPpcde"]),  # two pictures, each whole
        ("aPPPPpbcd", (9,), ["PPPPpabcd"]),  # no stray line over a picture
        ("abcPPPPpd", (9,), ["abcdPPPPp"]),  # nor under it
    ],
)
def test_legs(pattern: str, rooms: tuple[int, ...], expected: list[str]) -> None:
    assert poured(pattern, rooms) == expected


def test_no_copy_is_lost() -> None:
    pattern = "abcPPPpdefTTTtghPPpijklm"
    for room in range(4, 12):
        rooms = (room,) * (-(-len(pattern) // room))
        assert sorted("".join(poured(pattern, rooms))) == sorted(pattern)


def test_a_picture_higher_than_every_leg_is_told() -> None:
    found = pour(galley("aPPPPPPp"), (4, 4))
    assert cut(found.lines, found.legs)
    found = pour(galley("abcPPpdef"), (5, 4))
    assert not cut(found.lines, found.legs)


def test_a_galley_without_pictures_is_left_alone() -> None:
    lines = galley("abcdefgh")
    assert pour(lines, (4, 4)).lines is lines.lines
