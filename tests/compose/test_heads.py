"""Cases of `heads.md`: breaks by sense and fitting of headlines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layout.compose.headline import Look, Sense, Shape, broken, fit
from layout.fonts import FontSet

PARTS = re.split(r"^## ", Path(__file__).with_name("heads.md").read_text("utf-8"), flags=re.M)


def outcome(part: str, fonts: FontSet) -> list[str]:
    """Lines, or what fitting did: size, tracking, width ratio."""
    text = re.findall(r"^```input\n(.*?)\n```", part, flags=re.M | re.S)[0]
    if asked := re.search(r"^fit (\S+) sizes ([\d.]+)-([\d.]+)$", part, re.M):
        sizes = float(asked[2]), float(asked[3])
        found = fit((text,), Look("song", 0), float(asked[1]), sizes, fonts)
        if found is None:
            return ["does not fit"]
        look = found.look
        return [f"size {look.size:g} tracking {look.tracking_em:+.3f} width {look.width_ratio:g}"]
    count = re.search(r"^lines (\d)$", part, re.M)
    shape = re.search(r"^shape (\w+)$", part, re.M)
    words = re.search(r"^lexicon (.+)$", part, re.M)
    assert count
    sense = Sense(tuple(words[1].split()) if words else (), Shape(shape[1] if shape else "even"))
    return list(broken(text, int(count[1]), sense) or ())


@pytest.mark.parametrize("part", PARTS[1:], ids=lambda part: part.splitlines()[0])
def test_heads(part: str, test_fonts: FontSet) -> None:
    expected = re.findall(r"^```lines\n(.*?)^```", part, flags=re.M | re.S)[0]
    assert outcome(part, test_fonts) == [line.strip("‖") for line in expected.splitlines()]
