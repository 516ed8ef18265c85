"""A sheet as text: what snapshots hold, written to be compared by people.

Positions are relative – lines to their leg, parts to the frame, the frame to the grid – so a story
that moves changes one line. A set line shows its number, justification ratio and text; a short
digest covers glyphs, faces and exact positions, so nothing slips through and nothing clutters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from layout.sheet.items import (
    ALL,
    Artwork,
    FaceRecord,
    Grid,
    Group,
    Ink,
    Item,
    Outline,
    Picture,
    Rule,
    Sheet,
    TextLine,
    Tint,
    VerticalLine,
)

DIGEST = 4


def sheet_text(
    sheet: Sheet, faces: Iterable[FaceRecord], files: Mapping[str, str] | None = None
) -> str:
    """The sheet's text form, ending in a newline.

    With `files`, name → hash of the pictures, the page's inputs are named too and where the grid
    begins: a picture replaced under its own name shows.
    """
    g, pages = sheet.grid, "-".join(map(str, sheet.numbers))
    lines = [
        (
            f"sheet {pages} · trim {sheet.trim.width:.2f}×{sheet.trim.height:.2f}"
            f" · grid {g.columns}×{g.measure:.2f}+{g.gutter:.2f} · leading {g.leading:.3f}"
            f" · {g.lines} lines"
        ),
        *(f"face {face.role} {face.name} {face.sha256[:8]}" for face in faces),
    ]
    if files is not None:
        lines += [f"file {name} {digest}" for name, digest in sorted(files.items())]
        lines.append(f"origin {g.origin.x:.2f} {g.origin.y:.2f}")
    for group in sheet.groups:
        lines += _frame(group, g)
    return "\n".join(lines) + "\n"


def _frame(group: Group, grid: Grid) -> Iterator[str]:
    yield f"frame {group.name} {group.kind} · {_cells(group, grid)}"
    yield from _items(group.items, 1)


def _cells(group: Group, grid: Grid) -> str:
    box, pitch = group.box, grid.measure + grid.gutter
    if not box.width:
        return "page"
    column = (box.x - grid.origin.x) / pitch + 1
    columns = (box.width + grid.gutter) / pitch
    line = (box.y - grid.origin.y) / grid.leading + 1
    return (
        f"columns {column:.0f}-{column + columns - 1:.0f}"
        f" lines {line:.0f}-{line + box.height / grid.leading - 1:.0f}"
    )


def _items(items: Iterable[Item], depth: int) -> Iterator[str]:
    pad, number = "  " * depth, 0
    for item in items:
        if isinstance(item, Group):
            box = item.box
            yield f"{pad}{item.name} · at {box.x:.2f} {box.y:.2f}"
            yield from _items(item.items, depth + 1)
        elif isinstance(item, (TextLine, VerticalLine)):
            number += 1
            yield f"{pad}{number:02d} {_line(item)}"
        else:
            yield f"{pad}{_ornament(item)}"


def _line(line: TextLine | VerticalLine) -> str:
    sizes = "/".join(dict.fromkeys(f"{run.size:g}" for run in line.runs))
    how = "vertical" if isinstance(line, VerticalLine) else f"{line.ratio:+.3f}"
    return f"{how} {sizes} {line.text} #{_digest(line)}"


def _digest(line: TextLine | VerticalLine) -> str:
    """Of everything the press draws for the line."""
    drawn = [
        (line.x, line.y, r.face, r.size, r.glyphs, r.xs, r.width_ratio, _ink(r.ink))
        + ((r.ys, r.turned) if isinstance(line, VerticalLine) else ())
        for r in line.runs
    ]
    return hashlib.sha256(repr(drawn).encode()).hexdigest()[:DIGEST]


def _ink(ink: Ink) -> str:
    """An ink as digests hold it; registration is its four parts, since it names no plate."""
    cyan, magenta, yellow, black = ink.parts
    parts = f"cyan={cyan!r}, magenta={magenta!r}, yellow={yellow!r}, black={black!r}"
    return f"Ink({parts}){_plate(ink)}"


def _plate(ink: Ink) -> str:
    """The spot an ink is of, and its tint."""
    return f" · {ink.spot} {ink.tint * 100:g} %" if ink.spot not in ("", ALL) else ""


def _ornament(item: Item) -> str:
    if isinstance(item, Picture):
        box, crop = item.box, item.crop
        return (
            f"picture {item.file.rpartition('/')[2]} · {box.width:.2f}×{box.height:.2f} at"
            f" {box.x:.2f} {box.y:.2f} · crop {crop.x:.3f} {crop.y:.3f} {crop.width:.3f}"
            f" {crop.height:.3f} · {item.ppi:.0f} ppi"
        )
    if isinstance(item, Rule):
        ends = f"{item.x1:.2f} {item.y1:.2f} – {item.x2:.2f} {item.y2:.2f}"
        return f"rule {item.weight:g} · {ends}{_plate(item.ink)}"
    if isinstance(item, Tint):
        box = item.box
        place = f"{box.width:.2f}×{box.height:.2f} at {box.x:.2f} {box.y:.2f}"
        return f"tint {place}{_plate(item.ink)}"
    if isinstance(item, Artwork):
        box = item.box
        name = item.file.rpartition("/")[2]
        return f"artwork {name} · {box.width:.2f}×{box.height:.2f} at {box.x:.2f} {box.y:.2f}"
    assert isinstance(item, Outline)
    drawn = f"({item.path!r}, {_ink(item.ink)})" + "even-odd" * item.even_odd
    digest = hashlib.sha256(drawn.encode()).hexdigest()[:DIGEST]
    return f"outline {item.name} #{digest}"
