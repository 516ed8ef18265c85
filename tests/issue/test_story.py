"""Copy in stories.md → spans with their kind, style and place, all in one readable file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layout.issue import story
from layout.issue.model import Block, Span, SpanStyle
from layout.issue.story import blocks
from tests.issue.folder import look

CASES = re.findall(
    r"^### ([^\n]+)\n```\n(.*?)\n```\n((?:> [^\n]+\n)+)",
    Path(__file__).with_name("stories.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
SIGN = {SpanStyle.PLAIN: "", SpanStyle.STRONG: "**", SpanStyle.EMPHASIS: "*"}


@pytest.mark.parametrize(("name", "copy", "expected"), CASES, ids=[case[0] for case in CASES])
def test_story(name: str, copy: str, expected: str) -> None:
    found, faults = blocks(copy, "story.md", 1, look)
    assert faults == [], name
    assert "".join(f"> {line}\n" for block in found for line in said(block)) == expected


def said(block: Block) -> Iterator[str]:
    """A line a span; a table's rows one by one, `|` between cells, their alignments first."""
    if block.table is None:
        yield from (f"{block.kind.value} {place(s)} {written(s)}" for s in block.spans)
        return
    yield "table " + " ".join(align.value or "-" for align in block.table.aligns)
    for row in (block.table.head, *block.table.rows):
        cells = ("".join(map(written, cell.spans)) for cell in row)
        places = " ".join(f"{cell.mark.line}:{cell.mark.column}" for cell in row)
        yield f"row {places} {'|'.join(cells)}"


def place(span: Span) -> str:
    return f"{span.mark.line}:{span.mark.column}"


def written(span: Span) -> str:
    dots = "==" * span.dotted
    text = f"{dots}{SIGN[span.style]}{span.text}{SIGN[span.style]}{dots}"
    if picture := span.picture:
        caption = picture.caption.text if picture.caption else ""
        size = "alone" if picture.alone else "in the line"
        return f"![{caption}]({picture.name}) {size}"
    return text


def test_every_case_is_read() -> None:
    text = Path(__file__).with_name("stories.md").read_text("utf-8")
    assert len(CASES) == text.count("### ")


def test_lines_count_from_the_body_s_place_in_the_file() -> None:
    found, _ = blocks("甲\n\n乙", "story.md", 12, look)
    assert [str(block.mark) for block in found] == ["story.md:12:1", "story.md:14:1"]


# Copy and blanks; signs that mean nothing where they stand, or may; signs that always may.
_COPY = ["新闻", "“", "——", "・", "①", "１", "a", "B c", "7", "😀", "\ufeff"]
_COPY += ["\n", "\n\n", "\n## ", " ", "\u3000"]
_QUIET = [*"!\"$%&'()+,-./:;?@^{}", "1.", "12)", "---", "http://a.cn", "\t", "\u00a0", "\n# "]
_LOUD = [*"#*<=>[\\]_`|~", "##", "| - |", "2025.", "&nbsp;", "\u2003", "\x85", "\0", "\n###\t"]


def bodies(*signs: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(signs), max_size=30).map("".join)


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@example("甲\n## 乙\n丙 \n\u3000丁\n \nb\nc")
@given(bodies(*_COPY) | bodies(*_COPY, *_QUIET) | bodies(*_COPY, *_QUIET, *_LOUD))
def test_a_plain_body_is_read_as_the_parser_reads_it(body: str) -> None:
    quickly = blocks(body, "story.md", 1, look)
    with patch.object(story, "is_plain", return_value=False):
        assert quickly == blocks(body, "story.md", 1, look)
