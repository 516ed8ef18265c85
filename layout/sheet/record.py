"""Sheet text read back: what a snapshot holds, as records a differ can compare.

`read` takes the text alone; `boxed` adds where each entry stands on the page, from the sheet the
text was written of. A text knows frames by their cells, so `read` places frames only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from layout.geometry import Box
from layout.sheet.items import (
    Artwork,
    Grid,
    Group,
    Item,
    Outline,
    Picture,
    Rule,
    Sheet,
    TextLine,
    Tint,
)

_LINE = re.compile(r"( +)(\d\d+) ([+-]\d+\.\d{3}|vertical) (\S*) (.*) #([0-9a-f]+)")
_PART = re.compile(r"( +)(.+) · at (-?[\d.]+) (-?[\d.]+)")
_FRAME = re.compile(r"frame (.+) (\S+) · (.+)")
_CELLS = re.compile(r"columns (-?\d+)-(-?\d+) lines (-?\d+)-(-?\d+)")
_SHEET = re.compile(r"sheet (\S+) · (.+)")
_GRID = re.compile(r"grid (\d+)×([\d.]+)\+([\d.]+) · leading ([\d.]+)")
_ORNAMENT = re.compile(r"( +)(picture|artwork|rule|tint|outline) (.+)")


class Entry(msgspec.Struct, frozen=True):
    """One line of a frame's text: a set line, a part's heading, a picture or an ornament."""

    kind: str  # line, part, picture, artwork, rule, tint, outline
    part: str  # names of the parts it stands in, the outermost first, joined by /
    text: str
    number: int = 0
    ratio: str = ""
    size: str = ""
    digest: str = ""
    box: Box | None = None


class Frame(msgspec.Struct, frozen=True):
    """A frame on the page: its cells (first and last column, first and last line) or none."""

    name: str
    kind: str
    cells: tuple[int, int, int, int] | None
    entries: tuple[Entry, ...]
    box: Box | None = None


class Record(msgspec.Struct, frozen=True):
    """A page: its measures as written, role → face and file → hash, frames in their order."""

    page: str
    measures: str
    pitch: tuple[float, float]  # points a column and a line
    faces: dict[str, str]
    files: dict[str, str]
    frames: tuple[Frame, ...]
    origin: tuple[float, float] | None = None


def read(text: str) -> Record:
    """A page's record; ValueError naming the line that is no sheet text."""
    lines = text.splitlines()
    head = _SHEET.fullmatch(lines[0]) if lines else None
    grid = _GRID.search(lines[0]) if lines else None
    if head is None or grid is None:
        raise ValueError("line 1: a sheet's text begins with “sheet 1 · trim …”")
    faces: dict[str, str] = {}
    files: dict[str, str] = {}
    origin = None
    for line in lines:
        if line.startswith("face "):
            role, _, face = line[5:].partition(" ")
            faces[role] = face
        elif line.startswith("file "):
            name, _, digest = line[5:].rpartition(" ")
            files[name] = digest
        elif line.startswith("origin "):
            x, y = line[7:].split()
            origin = float(x), float(y)
        elif line.startswith("frame "):
            break
    pitch = float(grid[2]) + float(grid[3]), float(grid[4])
    measured = Record(head[1], head[2], pitch, faces, files, (), origin)
    placed = tuple(_frames(lines, measured, float(grid[3])))
    return msgspec.structs.replace(measured, frames=placed)


def _frames(lines: list[str], page: Record, gutter: float) -> Iterator[Frame]:
    starts = [k for k, line in enumerate(lines) if line.startswith("frame ")]
    for first, after in pairwise([*starts, len(lines)]):
        found = _FRAME.fullmatch(lines[first])
        if found is None:
            raise ValueError(f"line {first + 1}: {lines[first]} is no frame")
        at = _CELLS.fullmatch(found[3])
        cells = (int(at[1]), int(at[2]), int(at[3]), int(at[4])) if at else None
        entries = tuple(_entries(lines, first + 1, after))
        box = _cell_box(cells, page, gutter) if cells else None
        yield Frame(found[1], found[2], cells, entries, box)


def _cell_box(cells: tuple[int, int, int, int], page: Record, gutter: float) -> Box | None:
    if page.origin is None:
        return None
    (x, y), (across, down), (left, right, top, foot) = page.origin, page.pitch, cells
    width, height = (right - left + 1) * across - gutter, (foot - top + 1) * down
    return Box(x + (left - 1) * across, y + (top - 1) * down, width, height).rounded()


def _entries(lines: list[str], first: int, after: int) -> Iterator[Entry]:
    parts: list[str] = []
    for k in range(first, after):
        line = lines[k]
        if found := _LINE.fullmatch(line):
            yield Entry(
                "line", _within(parts, found[1]), found[5], int(found[2]), found[3], found[4],
                found[6],
            )  # fmt: skip
        elif found := _ORNAMENT.fullmatch(line):
            yield Entry(found[2], _within(parts, found[1]), found[3])
        elif found := _PART.fullmatch(line):
            parts[len(found[1]) // 2 - 1 :] = [found[2]]
            yield Entry("part", "/".join(parts), f"{found[3]} {found[4]}")
        else:
            raise ValueError(f"line {k + 1}: {line.strip()} is no line of a sheet's text")


def _within(parts: list[str], indent: str) -> str:
    return "/".join(parts[: len(indent) // 2 - 1])


def boxed(record: Record, sheet: Sheet) -> Record:
    """The record with where each entry stands on the page, from the sheet it was written of."""
    replace = msgspec.structs.replace
    frames = []
    for frame, group in zip(record.frames, sheet.groups, strict=True):
        places = _places(group.items, group.box.x, group.box.y, sheet.grid)
        entries = [replace(e, box=box) for e, box in zip(frame.entries, places, strict=True)]
        box = group.box if group.box.width else None
        frames.append(replace(frame, entries=tuple(entries), box=box))
    return replace(record, frames=tuple(frames))


def _places(items: tuple[Item, ...], x: float, y: float, grid: Grid) -> Iterator[Box]:
    """A box an entry, in the order of the text."""
    for item in items:
        if isinstance(item, Group):
            yield item.box.moved(x, y)
            yield from _places(item.items, x + item.box.x, y + item.box.y, grid)
        else:
            yield _place(item, grid).moved(x, y)


def _place(item: Item, grid: Grid) -> Box:
    if isinstance(item, TextLine):
        em = max((run.size for run in item.runs), default=grid.size)
        return Box(item.x, item.y - 0.88 * em, item.width, em)
    if isinstance(item, (Tint, Picture, Artwork)):
        return item.box
    if isinstance(item, Rule):
        left, top = min(item.x1, item.x2), min(item.y1, item.y2)
        return Box(left, top, abs(item.x2 - item.x1), abs(item.y2 - item.y1))
    if isinstance(item, Outline):
        return item.extent
    assert not isinstance(item, Group)
    em = max((run.size for run in item.runs), default=grid.size)
    return Box(item.x - em / 2, item.y, em, item.height)
