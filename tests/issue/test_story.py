"""Copy in stories.md → spans with their kind, style and place, all in one readable file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layout.issue.model import SpanStyle
from layout.issue.story import blocks

CASES = re.findall(
    r"^### ([^\n]+)\n```\n(.*?)\n```\n((?:> [^\n]+\n)+)",
    Path(__file__).with_name("stories.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
SIGN = {SpanStyle.PLAIN: "", SpanStyle.STRONG: "**", SpanStyle.EMPHASIS: "*"}


@pytest.mark.parametrize(("name", "copy", "expected"), CASES, ids=[case[0] for case in CASES])
def test_story(name: str, copy: str, expected: str) -> None:
    found, faults = blocks(copy, "story.md", 1)
    assert faults == [], name
    lines = [
        f"> {block.kind.value} {span.mark.line}:{span.mark.column} "
        f"{SIGN[span.style]}{span.text}{SIGN[span.style]}\n"
        for block in found
        for span in block.spans
    ]
    assert "".join(lines) == expected


def test_every_case_is_read() -> None:
    text = Path(__file__).with_name("stories.md").read_text("utf-8")
    assert len(CASES) == text.count("### ")


def test_lines_count_from_the_body_s_place_in_the_file() -> None:
    found, _ = blocks("甲\n\n乙", "story.md", 12)
    assert [str(block.mark) for block in found] == ["story.md:12:1", "story.md:14:1"]
