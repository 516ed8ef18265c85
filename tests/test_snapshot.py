"""render snapshot: accepted pages, what differs said in a line a story, never accepted by CI."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from layout.cli import cli
from layout.findings import InputError
from layout.proof.review import ReviewPage, review
from layout.proof.snapshot import check
from layout.sheet.diff import Change, Kind

SAMPLE = Path(__file__).parents[1] / "issues/changji-daily"


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper of its own with its front page accepted."""
    paper = tmp_path_factory.mktemp("paper") / "paper"
    shutil.copytree(SAMPLE, paper)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CI", raising=False)
        assert snapshot(paper / "2025-02-25/issue.yaml", "--update").exit_code == 1
    return paper


@pytest.fixture
def issue(accepted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CI", raising=False)
    shutil.copytree(accepted, tmp_path / "paper")
    return tmp_path / "paper/2025-02-25/issue.yaml"


def snapshot(issue: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["snapshot", str(issue), *options])


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def held(page: Path) -> dict[str, Any]:
    """What a review page shows."""
    found = re.search(r"^const data = (.+);$", page.read_text("utf-8"), re.MULTILINE)
    assert found
    shown: dict[str, Any] = json.loads(found[1])
    return shown


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_missing_reference_fails_and_says_how_to_accept(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "paper")
    issue = tmp_path / "paper/2025-02-25/issue.yaml"
    said = snapshot(issue, "--page", "1")
    assert said.exit_code == 1
    assert "page 1: no reference" in said.output
    assert f"accept with: render snapshot {issue} --page 1 --update" in said.output
    folder = issue.parent / "snapshots/issue"
    assert names(folder) == ["page-1.png.new", "page-1.sheet.txt.new", "review.html"]


def test_an_accepted_issue_is_clean(issue: Path) -> None:
    said = snapshot(issue)
    assert (said.exit_code, said.output) == (0, "")
    folder = issue.parent / "snapshots/issue"
    assert names(folder) == ["page-1.png", "page-1.sheet.txt"]
    with Image.open(folder / "page-1.png") as picture:
        assert (picture.width, picture.info["dpi"][0]) == (1473, pytest.approx(96, abs=0.1))


def test_one_changed_word_names_story_and_line_and_nothing_else(issue: Path) -> None:
    edit(issue.parent / "stories/02-agreements.md", "同一个方向", "同一个目标")
    said = snapshot(issue)
    assert said.exit_code == 1
    first, look, accept = said.output.splitlines()
    assert first == "page 1 · 02-agreements: text changed: leg 1 line 2: “方向” → “目标”"
    assert accept == f"accept with: render snapshot {issue} --update"
    folder = issue.parent / "snapshots/issue"
    assert look == f"look at {folder / 'review.html'}"
    (page,) = held(folder / "review.html")["pages"]
    (change,) = page["changes"]
    assert (change["story"], change["where"]) == ("02-agreements", "leg 1 line 2")
    assert change["after"][2:] == pytest.approx([153.0, 9.0], abs=3)
    assert page["before"]["uri"] != page["after"]["uri"]
    assert snapshot(issue, "--update").exit_code == 1
    assert snapshot(issue).exit_code == 0
    assert names(folder) == ["page-1.png", "page-1.sheet.txt"]


def test_a_swapped_photo_is_named(issue: Path) -> None:
    photo = issue.parent / "photos/green-power.jpg"
    with Image.open(photo) as picture:
        picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(photo, quality=90)
    first, *_ = snapshot(issue).output.splitlines()
    said = "photo: green-power.jpg is another file of that name"
    assert first == f"page 1 · 01-promotion: picture changed: {said}"


def test_ci_writes_no_reference(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    edit(issue.parent / "stories/02-agreements.md", "同一个方向", "同一个目标")
    before = (issue.parent / "snapshots/issue/page-1.sheet.txt").read_bytes()
    with pytest.raises(InputError, match="CI never writes references"):
        check(issue, update=True)
    assert (issue.parent / "snapshots/issue/page-1.sheet.txt").read_bytes() == before


def test_a_reference_of_no_page_fails(issue: Path) -> None:
    folder = issue.parent / "snapshots/issue"
    text = (folder / "page-1.sheet.txt").read_text("utf-8")
    (folder / "page-2.sheet.txt").write_text(text.replace("sheet 1 ", "sheet 2 ", 1), "utf-8")
    said = snapshot(issue)
    assert said.exit_code == 1
    assert "page 2: reference of no page of the issue" in said.output
    snapshot(issue, "--update")
    assert names(folder) == ["page-1.png", "page-1.sheet.txt"]


def test_a_review_is_written_on_request_when_all_is_well(issue: Path) -> None:
    page = issue.parent / "out/review.html"
    assert snapshot(issue, "--review", str(page)).exit_code == 0
    assert held(page)["pages"] == []


def test_a_damaged_reference_is_bad_input(issue: Path) -> None:
    (issue.parent / "snapshots/issue/page-1.sheet.txt").write_text("nonsense\n", "utf-8")
    with pytest.raises(InputError, match=r"page-1\.sheet\.txt.*no sheet text: line 1"):
        check(issue)


def test_what_copy_says_cannot_break_the_review_page() -> None:
    said = "“</script><script>alert(1)</script>” put in"
    change = Change(kind=Kind.TEXT, page="1", story="a", said=said)
    text = review("t", [ReviewPage("1", (change,), None, None)])
    assert text.count("</script>") == 1
    assert not re.search(r"(src|href)=", text), "self-contained"
