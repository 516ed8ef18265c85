"""Cases of `legs.md`: a story's paragraphs composed, fitted and poured into legs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layout.compose import Align, Paragraph, Piece, compose, prepare
from layout.fonts import FontSet
from layout.makeup.copyfit import fitted
from layout.makeup.fill import pour

PARTS = re.split(r"^## (?=\d)", Path(__file__).with_name("legs.md").read_text("utf-8"), flags=re.M)


def paragraph(text: str, fonts: FontSet) -> Paragraph:
    subhead = text.startswith("## ")
    prepared = prepare([Piece(text.removeprefix("## "), "song")], fonts)
    align = Align.CENTRE if subhead else Align.JUSTIFY
    return Paragraph(prepared, 1.0, 0.0 if subhead else 2.0, align, subhead)


def set_in_legs(part: str, fonts: FontSet) -> list[str]:
    """Lines of each leg, --- between legs, and what is overset behind ***."""
    fences = dict(re.findall(r"^```(\w+)\n(.*?)^```", part, flags=re.M | re.S))
    asked = re.search(r"^measure (\S+) legs ([\d ]+)$", part, re.M)
    assert asked
    measure, rooms = float(asked[1]), [int(room) for room in asked[2].split()]
    paragraphs = [paragraph(text, fonts) for text in fences["input"].strip().split("\n\n")]
    galley = fitted(paragraphs, [compose(p, measure) for p in paragraphs], measure, rooms)
    poured = pour(galley, rooms)
    lines: list[str] = []
    for k, (first, last) in enumerate(poured.legs):
        lines += ["---"] * (k > 0) + [line.line.text for line in galley.lines[first:last]]
    rest = galley.lines[poured.legs[-1][1] :]
    return lines + ["***"] * bool(rest) + [line.line.text for line in rest]


@pytest.mark.parametrize("part", PARTS[1:], ids=lambda part: part.splitlines()[0])
def test_legs(part: str, test_fonts: FontSet) -> None:
    fences = dict(re.findall(r"^```(\w+)\n(.*?)^```", part, flags=re.M | re.S))
    assert set_in_legs(part, test_fonts) == [x.strip("‖") for x in fences["lines"].splitlines()]
