"""A story made of blocks alone, for tests below the file format."""

from __future__ import annotations

from collections.abc import Sequence

from layout.findings import Mark
from layout.issue.model import Block, Copy, Design, Headline, Story


def story(blocks: Sequence[Block]) -> Story:
    mark = Mark("a.md")
    return Story(
        slug="a", file="a.md", rank=1, headline=Headline(None, (Copy("天地玄黄", mark),), None),
        dateline=None, byline=None, blocks=tuple(blocks), photos=(), jump=None, design=Design(),
        mark=mark,
    )  # fmt: skip
