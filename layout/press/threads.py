"""Article threads (ISO 32000-1 12.4.3): a story's head and legs as places to be read one by one.

In: a sheet. Out: a thread a story, its beads a ring in reading order; a jump's rings are joined
when pages are combined.
"""

from __future__ import annotations

from collections.abc import Iterator

from layout.geometry import Box
from layout.press.boxes import PageBoxes
from layout.press.objects import PAGE, Name, Object, Value
from layout.sheet.items import Group, Sheet


def story_threads(sheet: Sheet, boxes: PageBoxes) -> tuple[tuple[Object, ...], tuple[Object, ...]]:
    """A thread for every story of the page, and all their beads."""
    left, _, _, top = boxes.trim
    threads, beads = [], []
    for story in sheet.groups:
        if story.kind == "story":
            corners = [
                [left + box.x, top - box.bottom, left + box.right, top - box.y]
                for box in _stops(story)
            ]
            ring = [
                Object({"Type": Name("Bead"), "P": PAGE, "R": [*rectangle]})
                for rectangle in corners
            ]
            threads.append(_thread(story.label, ring))
            beads += ring
    return tuple(threads), tuple(beads)


def _stops(story: Group) -> Iterator[Box]:
    """Head, then legs; the frame where there are none."""
    found = [
        part.box.moved(story.box.x, story.box.y)
        for kind in ("head", "leg")
        for part in story.items
        if isinstance(part, Group) and part.kind == kind
    ]
    yield from found or [story.box]


def _thread(title: str, ring: list[Object]) -> Object:
    about: dict[str, Value] = {"Title": title} if title else {}
    thread = Object({"Type": Name("Thread"), "F": ring[0], "I": about})
    for bead, following in zip(ring, [*ring[1:], ring[0]], strict=True):
        bead.entries["N"], following.entries["V"] = following, bead
    ring[0].entries["T"] = thread
    return thread
