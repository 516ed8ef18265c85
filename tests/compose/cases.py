"""Reads composition cases: Markdown with a heading a case and fenced input, lines, ems.

`measure N` gives the measure in 字, `indent N` the first line's indent; `kinsoku`, `marks` and
`hanging` lines choose other than mainland settings. ```lines``` holds the
expected lines between ‖ and ‖. ```ems``` holds, for each line, where its glyphs stand, in ems from
the measure's left edge.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from layout.compose import Settings
from layout.issue.model import CompositionSpec
from layout.makeup.copy import settings_of


class Case(NamedTuple):
    name: str
    measure: float
    indent: float
    text: str
    lines: list[str]
    ems: list[list[float]]
    settings: Settings


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
    )


def _settings(part: str) -> Settings:
    """`kinsoku strict`, `marks half`, `hanging on` lines."""
    said = dict(re.findall(r"^(kinsoku|marks|hanging) (\w+)$", part, re.MULTILINE))
    return settings_of(CompositionSpec(**said))
