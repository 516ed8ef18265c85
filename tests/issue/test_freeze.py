"""`render freeze`: places written into issue.yaml, and not a character else changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from layout.findings import InputError
from layout.issue.freeze import frozen, thawed
from layout.issue.model import Cells
from layout.render import freeze, set_issue

SAMPLE = Path(__file__).parents[2] / "issues/changji-daily"
PLACE = Cells(1, 3, 10, 40)
AT = "at: {columns: 1-3, lines: 10-40}"

# Name, entry as the editor wrote it, the same entry with its place.
ENTRIES = [
    ("plain", "      - a.md   # lead\n", f"      - {{file: a.md, {AT}}}   # lead\n"),
    ("quoted", "      - 'a.md'\n", f"      - {{file: 'a.md', {AT}}}\n"),
    ("flow", "      - {file: a.md, columns: 2}\n", f"      - {{file: a.md, columns: 2, {AT}}}\n"),
    ("flow, comma", "      - {file: a.md, }\n", f"      - {{file: a.md, {AT}}}\n"),
    (
        "block",
        "      - file: a.md  # the lead\n        columns: 2\n",
        f"      - file: a.md  # the lead\n        {AT}\n        columns: 2\n",
    ),
    ("block at the end", "      - file: a.md", f"      - file: a.md\n        {AT}"),
    (
        "placed before",
        "      - file: a.md\n        at: {columns: 2, lines: 1-9}  # by hand\n",
        f"      - file: a.md\n        {AT}  # by hand\n",
    ),
]
HEAD = "# the paper of today\nnumber: 1\npages:\n  - name: '要闻'\n    stories:\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "after"), [e[1:] for e in ENTRIES], ids=[e[0] for e in ENTRIES])
def test_an_entry_gets_its_place(before: str, after: str, newline: str) -> None:
    text = (HEAD + before).replace("\n", newline)
    assert frozen(text, {(0, "a.md"): PLACE}) == (HEAD + after).replace("\n", newline)


@pytest.mark.parametrize("before", [e[1] for e in ENTRIES[:-1]], ids=[e[0] for e in ENTRIES[:-1]])
def test_undo_gives_back_what_was_there(before: str) -> None:
    text = HEAD + before
    back = thawed(frozen(text, {(0, "a.md"): PLACE}))
    assert back == text.replace(", }", "}").replace("{file: a.md}", "a.md")


def test_undo_of_a_place_that_comes_first() -> None:
    placed = HEAD + f"      - {AT}\n        file: a.md\n      - {{{AT}, file: b.md}}\n"
    assert thawed(placed) == HEAD + "      - file: a.md\n      - b.md\n"


def test_only_the_page_meant() -> None:
    text = HEAD + "      - a.md\n  - name: 二\n    stories: [a.md]\n"
    made = frozen(text, {(1, "a.md"): PLACE})
    assert made == HEAD + f"      - a.md\n  - name: 二\n    stories: [{{file: a.md, {AT}}}]\n"


def test_a_shared_entry_is_left_alone() -> None:
    text = HEAD + "      - &lead {file: a.md}\n  - name: 二\n    stories: [*lead]\n"
    with pytest.raises(ValueError, match="without changing"):
        frozen(text, {(0, "a.md"): PLACE})


def test_the_frozen_sample_is_the_same_page(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "paper")
    issue = tmp_path / "paper/2025-02-25/issue.yaml"
    before, pages = issue.read_text("utf-8"), set_issue(issue).texts
    assert freeze(issue) == []
    assert issue.read_text("utf-8").count("at: {columns:") >= before.count("stories/")
    assert set_issue(issue).texts == pages
    freeze(issue, undo=True)
    assert set_issue(issue).texts == pages


def test_a_page_with_errors_is_not_frozen(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "paper")
    issue = tmp_path / "paper/2025-02-25/issue.yaml"
    story = next((issue.parent / "stories").glob("02-*.md"))
    text = issue.read_text("utf-8")
    tight = text.replace(
        f"- stories/{story.name}",
        f"- {{file: stories/{story.name}, at: {{columns: 1-2, lines: 100-110}}}}",
    )
    assert tight != text
    issue.write_text(tight, "utf-8")
    with pytest.raises(InputError):
        freeze(issue)
    assert issue.read_text("utf-8") == tight
