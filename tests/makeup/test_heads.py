"""Cases of `heads.md`: sizes, faces and heights of heads."""

from __future__ import annotations

import re
from math import ceil
from pathlib import Path

import pytest

from layout.findings import Mark
from layout.fonts import FontSet
from layout.geometry import Point
from layout.issue.model import Copy, Headline
from layout.makeup import styles
from layout.makeup.heads import Head, HeadSetter
from layout.sheet.items import Grid

PARTS = re.split(r"^## (?=\d)", Path(__file__).with_name("heads.md").read_text("utf-8"), flags=re.M)
GRID = Grid(6, 153.0, 14.82, 11.574, 120, 9.0, Point(42.5, 85.0))


def head(part: str, fonts: FontSet) -> Head:
    asked = re.search(r"^rank (\d) columns (\d)$", part, re.M)
    copy = re.search(r"^```head\n(.*?)^```", part, flags=re.M | re.S)
    assert asked
    assert copy
    said = {
        key: Copy(text, Mark("a.md"))
        for key, text in (line.split(" ", 1) for line in copy[1].splitlines())
    }
    headline = Headline(said.get("kicker"), (said["headline"],), said.get("deck"))
    style = styles.head_style(int(asked[1]), GRID)
    return HeadSetter(fonts, GRID).forms(headline, style, GRID.span(int(asked[2])))[0]


def outcome(found: Head) -> list[str]:
    parts = []
    for part in found.parts:
        fitted = part.fitted
        size, role, lines = fitted.look.size, fitted.look.role, "／".join(fitted.lines)
        parts.append(f"{part.kind} {size:g} {role} {lines}")
    return [*parts, f"{found.lines} lines"]


@pytest.mark.parametrize("part", PARTS[1:], ids=lambda part: part.splitlines()[0])
def test_heads(part: str, test_fonts: FontSet) -> None:
    found = head(part, test_fonts)
    expected = re.findall(r"^```lines\n(.*?)^```", part, flags=re.M | re.S)[0]
    assert outcome(found) == expected.splitlines()
    sizes = {p.kind: p.fitted.look.size for p in found.parts}
    assert all(
        size < 0.85 * sizes["headline"] for kind, size in sizes.items() if kind != "headline"
    )
    white = (styles.AIR_ABOVE + styles.AIR_BELOW) * styles.scale(GRID)
    assert found.lines == ceil((found.natural + white) / GRID.leading)
