"""What an editor would circle on a made page, read from its sheet and its report alone."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from layout.makeup import Made
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
    faults = [*_cover(made, stories), *_lead(made, stories), *_ads(made)]
    leftover = []
    for story in stories:
        found, white = _story(story, grid)
        faults += found
        leftover.append(white)
    faults += [f"overset:{p.copy.story.slug}" for p in made.stories if p.frame and p.frame.overset]
    held = sum(p.frame is None for p in made.stories)
    return Circled(tuple(faults), held, tuple(leftover))


def _cells(group: Group, grid: Grid) -> list[tuple[int, int]]:
    pitch = grid.measure + grid.gutter
    first = round((group.box.x - grid.origin.x) / pitch)
    count = round((group.box.width + grid.gutter) / pitch)
    top = round((group.box.y - grid.origin.y) / grid.leading)
    lines = round(group.box.height / grid.leading)
    return [(c, n) for c in range(first, first + count) for n in range(top, top + lines)]


def _cover(made: Made, stories: list[Group]) -> Iterator[str]:
    grid = made.sheet.grid
    taken = [
        cell for g in made.sheet.groups if g.kind in ("story", "ad") for cell in _cells(g, grid)
    ]
    if len(taken) > len(set(taken)):
        yield "overlap"
    top = min(n for g in stories for _, n in _cells(g, grid))
    if len(set(taken)) < grid.columns * (grid.lines - top):
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
        at = ad.at
        columns = at.last_column - at.first_column + 1
        lines = at.last_line - at.first_line + 1
        if shown[ad.name].box != grid.cells(at.first_column - 1, at.first_line - 1, columns, lines):
            yield f"ad:{ad.name}"


def _story(story: Group, grid: Grid) -> tuple[list[str], int]:
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
    feet = [leg.bottom for leg in legs]
    if feet and max(feet) - min(feet) > (1 + EDGE) * line:
        faults.append(f"uneven-legs:{story.name}")
    if any(leg.height < (LEAST_LEG - EDGE) * line for leg in legs):
        faults.append(f"stump:{story.name}")
    if photo and photo.bottom > max(feet, default=0.0) + line * (1 + EDGE):
        faults.append(f"photo-sticks-out:{story.name}")
    white = sum(max(0, round((story.box.height - foot) / line)) for foot in feet)
    if feet and min(feet) < story.box.height - (1 + EDGE) * line:
        faults.append(f"white-foot:{story.name}")
    return faults, white
