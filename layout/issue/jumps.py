"""Jumps (下转): to which page the rest of each story goes.

Comes in: the issue's pages. Goes out: the same with every jump's page known, and what is wrong. A
jump goes to a page listed later and numbered higher; `auto` takes, of those, the one with the least
copy – characters of its stories and of the stories already sent there whole – the first of equals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from layout.findings import Finding, bad_input
from layout.issue.model import Page, Story


def resolved(pages: Sequence[Page]) -> tuple[tuple[Page, ...], list[Finding]]:
    """The pages with their jumps' pages found; a finding for each that cannot be."""
    copy = Counter({page.number: sum(s.characters for s in page.stories) for page in pages})
    faults: list[Finding] = []
    made = []
    for k, page in enumerate(pages):
        later = [other.number for other in pages[k + 1 :] if other.number > page.number]
        stories = []
        for story in page.stories:
            to = _target(story, page.number, later, copy, faults)
            if story.jump and to:
                copy[to] += story.characters
                story = replace(story, jump=replace(story.jump, page=to))
            stories.append(story)
        made.append(replace(page, stories=tuple(stories)))
    return tuple(made), faults


def _target(
    story: Story, page: int, later: Sequence[int], copy: Counter[int], faults: list[Finding]
) -> int | None:
    if story.jump is None:
        return None
    if story.jump.page in later:
        return story.jump.page
    mark = story.jump.mark
    if not later:
        said = f"no page stands behind page {page}, where the story begins"
        faults.append(bad_input("input/jump", said, "list a later page, or take jump out", mark))
        return None
    if story.jump.page is None:
        return min(later, key=lambda number: (copy[number], number))
    faults.append(
        bad_input(
            "input/jump",
            f"page {story.jump.page} is no page behind page {page}, where the story begins",
            f"jump to {', '.join(map(str, later))} or auto",
            mark,
        )
    )
    return None
