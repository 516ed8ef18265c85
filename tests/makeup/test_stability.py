"""One word edited: only that story's lines change, while their number holds."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from layout.fonts import manifest
from layout.issue import load
from layout.makeup import make_up
from layout.render import open_fonts
from layout.sheet.items import Group

SAMPLE = Path(__file__).parents[2] / "issues/changji-daily"
pytestmark = pytest.mark.skipif(bool(manifest.missing()), reason="the npm faces are not here")


def frames(issue_file: Path) -> Mapping[str, Group]:
    issue = load(issue_file)
    (page,) = make_up(issue, open_fonts(issue.publication))
    return {group.name: group for group in page.sheet.groups if group.kind == "story"}


def shown(group: Group) -> str:
    """A frame without the marks of its source, which move with what is edited above them."""
    parts = [part for part in group.items if isinstance(part, Group)]
    lines = [[(getattr(i, "text", ""), getattr(i, "x", 0)) for i in part.items] for part in parts]
    return repr((group.box, [(part.kind, part.box) for part in parts], lines))


@pytest.mark.parametrize("number", range(1, 8))
def test_an_edit_stays_in_its_story(tmp_path: Path, number: int) -> None:
    shutil.copytree(SAMPLE, tmp_path / "paper")
    issue = tmp_path / "paper/2025-02-25/issue.yaml"
    before = frames(issue)
    (story,) = (issue.parent / "stories").glob(f"{number:02d}-*.md")
    text = story.read_text("utf-8")
    at = text.index("\n\n", text.index("---\n", 4) + 40) + 20  # within the second paragraph
    while not all("\u4e00" <= c <= "\u9fff" for c in text[at : at + 2]):
        at += 1
    story.write_text(text[:at] + "改动" + text[at + 2 :], "utf-8")
    after = frames(issue)
    for name, group in before.items():
        if name == story.stem:
            assert group.box == after[name].box
            assert shown(group) != shown(after[name])
        else:
            assert shown(group) == shown(after[name]), name
