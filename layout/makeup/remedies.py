"""What would make a page fit: cuts, smaller pictures, a story held over – each tried, by its cost.

Comes in: a page that does not fit, as arranged and as drawn. Goes out: `Remedy`s in the order an
editor would weigh them. Each was made up again with the change and fits; none is applied, since
copy is the editors'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil

import msgspec
from msgspec.structs import replace

from layout.issue.model import Block, Story
from layout.makeup.arrange import Arrangement, Arranger
from layout.makeup.copy import StoryCopy
from layout.makeup.jump import printed, spans_parted

Prepare = Callable[[Story], StoryCopy]

MOST_TRIED, ENOUGH = 4, 2  # changes made up again, cheapest first; remedies found
CUT, PHOTO, HELD = 1.0, 150.0, 2.0  # of a character; of a picture's column; of one held over
RANKS = 0.15  # each rank higher makes a cut dearer
# Parts of what is over that a cut in one story may have to be: less where it opens a better page,
# more where it takes lines' ends with it.
CUTS = (0.5, 1.0, 1.15)
LEAST_LEFT = 120  # characters of a story


class Remedy(msgspec.Struct, frozen=True):
    """One change that makes the page fit, and what it costs: a character cut from the last story
    is 1.
    """

    story: str
    action: str
    cost: float


class _Change(msgspec.Struct, frozen=True):
    """A change of one story; None holds it over."""

    at: int
    story: Story | None
    action: str
    cost: float


def remedies(
    arranger: Arranger,
    copies: Sequence[StoryCopy],
    arranged: Arrangement,
    overset: int,
    prepare: Prepare,
) -> tuple[Remedy, ...]:
    """The changes found to work, cheapest first; `overset` characters had no room on the page."""
    if arranged.fits or not copies:
        return ()
    found: list[Remedy] = []
    ways = sorted(_ways(copies, arranged, overset), key=lambda way: way[0].cost)
    tried = 0
    for way in ways:
        for change in way:
            tried += 1
            others = list(copies)
            others[change.at : change.at + 1] = [prepare(change.story)] if change.story else []
            if others and arranger.arrange(others).fits:
                file = copies[change.at].story.file
                found.append(Remedy(file, change.action, round(change.cost, 1)))
                break
            if tried == MOST_TRIED:
                break
        if tried == MOST_TRIED or len(found) == ENOUGH:
            break
    return tuple(sorted(found, key=lambda remedy: remedy.cost))


def _ways(
    copies: Sequence[StoryCopy], arranged: Arrangement, overset: int
) -> Iterator[list[_Change]]:
    """Changes of one kind to one story, the smaller first."""
    over = overset + sum(copy.story.characters for copy in arranged.held)
    for at, copy in enumerate(copies):
        story = copy.story
        dear = 1 + RANKS * (len(copies) - 1 - at)
        sizes = sorted({ceil(over * part) for part in CUTS}) if over else []
        cuts = [
            _Change(at, shortened(story, n), f"cut {n} characters of {story.file}", CUT * n * dear)
            for n in sizes
            if story.characters - n >= LEAST_LEFT
        ]
        if cuts:
            yield cuts
        if over and at:
            held = f"hold {story.file} over ({story.characters} characters)"
            yield [_Change(at, None, held, HELD * story.characters * dear)]
        if pictures := list(_pictures(at, copy, arranged, over, dear)):
            yield pictures


def _pictures(
    at: int, copy: StoryCopy, arranged: Arrangement, over: int, dear: float
) -> Iterator[_Change]:
    story = copy.story
    placed = next((p for c, p in arranged.placed if c.story.file == story.file), None)
    photo = placed.shape.treatment.photo if placed else None
    if photo is None or not story.photos or placed is None:
        return
    legs = placed.shape.treatment.legs.count
    for columns in (photo.legs - 1,) if over else (photo.legs + 1,):
        if 1 <= columns <= legs:
            wider = tuple(replace(p, columns=columns) for p in story.photos)
            said = f"photograph of {story.file} {photo.legs} → {columns} columns"
            yield _Change(at, replace(story, photos=wider), said, PHOTO * dear)


def shortened(story: Story, characters: int) -> Story:
    """The story without so many of its last printed characters; tables and pictures stay."""
    blocks: list[Block] = []
    for block in reversed(story.blocks):
        own = printed(block.text)
        if not characters or block.table or not own:
            blocks.append(block)
        elif own <= characters:
            characters -= own
        else:
            before, _ = spans_parted(block.spans, own - characters)
            blocks.append(replace(block, spans=before))
            characters = 0
    return replace(story, blocks=tuple(reversed(blocks)))
