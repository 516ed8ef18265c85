"""What an editor would circle on a made page, read from its sheet and its report alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import msgspec

from layout.geometry import Box
from layout.issue.model import Cells
from layout.makeup import Made
from layout.makeup.dummy import region_of
from layout.sheet.items import Grid, Group, TextLine

LEAST_LEG = 4
EDGE = 0.6  # of a line: rounding, and the air round rules


class Circled(msgspec.Struct, frozen=True):
    """Hard faults by name, stories held over, and white lines left in each story's legs."""

    faults: tuple[str, ...]
    held: int
    leftover: tuple[int, ...]


def circled(made: Made) -> Circled:
    """All that is wrong with a page."""
    grid = made.sheet.grid
    stories = [g for g in made.sheet.groups if g.kind == "story"]
    faults = [*_cover(made), *_lead(made, stories), *_ads(made)]
    leftover = []
    frames = {p.copy.story.slug: p.frame for p in made.stories if p.frame}
    for story in stories:
        boxes = [region_of(part).box(grid).moved(-story.box.x, -story.box.y)
                 for part in frames[story.name].cells.parts]  # fmt: skip
        found, white = _story(story, boxes, grid)
        faults += found
        leftover.append(white)
    faults += [f"overset:{p.copy.story.slug}" for p in made.stories if p.frame and p.frame.overset]
    held = sum(p.frame is None for p in made.stories)
    return Circled(tuple(faults), held, tuple(leftover))


def _cells(cells: Cells) -> list[tuple[int, int]]:
    return [
        (column, line)
        for part in cells.parts
        for column in range(part.first_column, part.last_column + 1)
        for line in range(part.first_line, part.last_line + 1)
    ]


def _cover(made: Made) -> Iterator[str]:
    grid = made.sheet.grid
    stories = [cell for p in made.stories if p.frame for cell in _cells(p.frame.cells)]
    taken = [*stories, *(cell for ad in made.page.ads for cell in _cells(ad.at))]
    if len(taken) > len(set(taken)):
        yield "overlap"
    top = min(line for _, line in stories)
    if len(set(taken)) < grid.columns * (grid.lines + 1 - top):
        yield "hole"


def _size(group: Group) -> float:
    """The largest type of a story's head."""
    return max(
        run.size
        for part in group.items if isinstance(part, Group) and part.kind == "head"
        for line in part.items if isinstance(line, TextLine)
        for run in line.runs
    )  # fmt: skip


def _lead(made: Made, stories: list[Group]) -> Iterator[str]:
    """The lead has the largest head and stands first."""
    lead = made.stories[0].copy.story.slug
    own = next((g for g in stories if g.name == lead), None)
    if own is None or _size(own) < max(map(_size, stories)) - 1e-6:
        yield "lead-size"
    elif own.box.y > min(g.box.y for g in stories) + 1:
        yield "lead-place"


def _ads(made: Made) -> Iterator[str]:
    grid = made.sheet.grid
    shown = {g.name: g for g in made.sheet.groups if g.kind == "ad"}
    for ad in made.page.ads:
        if shown[ad.name].box != region_of(ad.at).box(grid):
            yield f"ad:{ad.name}"


def _story(story: Group, boxes: list[Box], grid: Grid) -> tuple[list[str], int]:
    """Faults of one story, and the white lines of its legs together."""
    line, faults = grid.leading, []
    parts = [part for part in story.items if isinstance(part, Group)]
    head = next(part.box for part in parts if part.kind == "head")
    photo = next((part.box for part in parts if part.kind == "photo"), None)
    legs = [part.box for part in parts if part.kind == "leg"]
    above = head.bottom  # a photograph over all legs may stand between head and text
    if photo and photo.x <= head.x + 1:
        above = max(above, photo.bottom + line)
    beside = legs and legs[0].x > head.x + 1
    if not legs or beside or not -EDGE < (legs[0].y - above) / line < EDGE:
        faults.append(f"turned-away:{story.name}")
    feet, white = [leg.bottom for leg in legs], 0
    for box in boxes:
        own = [leg.bottom for leg in legs if _lowest(boxes, leg) == box]
        if own and max(own) - min(own) > (1 + EDGE) * line:
            faults.append(f"uneven-legs:{story.name}")
        if own and min(own) < box.bottom - (1 + EDGE) * line:
            faults.append(f"white-foot:{story.name}")
        white += sum(max(0, round((box.bottom - foot) / line)) for foot in own)
    if any(_overlap(a, b) for a, b in combinations([part.box for part in parts], 2)):
        faults.append(f"on-each-other:{story.name}")
    if any(leg.height < (LEAST_LEG - EDGE) * line for leg in legs):
        faults.append(f"stump:{story.name}")
    if photo and photo.bottom > max(feet, default=0.0) + line * (1 + EDGE):
        faults.append(f"photo-sticks-out:{story.name}")
    return faults, white


def _overlap(a: Box, b: Box) -> bool:
    across = min(a.right, b.right) - max(a.x, b.x)
    return across > EDGE and min(a.bottom, b.bottom) - max(a.y, b.y) > EDGE


def _lowest(boxes: list[Box], leg: Box) -> Box:
    """Of a story's boxes the lowest that a leg stands in: an L has two."""
    return max((b for b in boxes if b.x - 0.01 <= leg.x < b.right), key=lambda b: b.y)
