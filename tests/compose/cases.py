"""Reads composition cases: Markdown with a heading a case and fenced input, lines, ems.

`measure N` gives the measure in 字, `indent N` the first line's indent; a line such as `kinsoku
strict` chooses other than mainland settings, by the names publication.yaml has. ```lines``` holds
the expected lines between ‖ and ‖. ```ems``` holds, for each line, where its glyphs stand, in ems
from the measure's left edge. ```error``` holds what is said of copy that cannot be set, ```dots```
the middles of a line's emphasis dots.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from layout.compose import Dot, Piece, Settings
from layout.issue.model import CompositionSpec
from layout.makeup.copy import settings_of

DOT = Dot(diameter_em=0.2, drop_em=0.3)


class Case(NamedTuple):
    name: str
    measure: float
    indent: float
    text: str
    lines: list[str]
    ems: list[list[float]]
    settings: Settings
    error: str
    dots: list[list[float]]


def read(path: Path) -> list[Case]:
    parts = re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [_case(part) for part in parts]


def _case(part: str) -> Case:
    name = part.splitlines()[0].strip()
    fences = dict(re.findall(r"^```(\w+)\n(.*?)^```", part, flags=re.MULTILINE | re.DOTALL))
    measure = re.search(r"^measure ([\d.]+)", part, re.MULTILINE)
    indent = re.search(r"indent ([\d.]+)", part)
    assert measure, f"{name}: no measure"
    lines = [line.strip().strip("‖") for line in fences.get("lines", "").splitlines()]
    ems = [[float(x) for x in line.split()] for line in fences.get("ems", "").splitlines()]
    text = fences["input"].rstrip("\n").replace("\n", "")
    return Case(
        name,
        float(measure[1]),
        float(indent[1]) if indent else 0.0,
        text,
        lines,
        ems,
        _settings(part),
        fences.get("error", "").strip(),
        [[float(x) for x in line.split()] for line in fences.get("dots", "").splitlines()],
    )


def pieces(text: str) -> list[Piece]:
    """The input as copy: ** and ** about what is in another face, == and == about what has dots."""
    bold = dotted = False
    found = []
    for part in re.split(r"(\*\*|==)", text):
        bold, dotted = bold ^ (part == "**"), dotted ^ (part == "==")
        if part and part not in ("**", "=="):
            found.append(Piece(part, "hei-bold" if bold else "song", dot=DOT if dotted else None))
    return found


def _settings(part: str) -> Settings:
    """`kinsoku strict`, `marks half`, `adjacent 1` lines."""
    names = "|".join(name for name in CompositionSpec.__struct_fields__ if name != "indent")
    said = dict(re.findall(rf"^({names}) (\S+)$", part, re.MULTILINE))
    return settings_of(CompositionSpec(**said))
