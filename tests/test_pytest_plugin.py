"""The pytest plugin, used as a paper would: in an empty folder, in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FIVE_LINES = """
def test_front_page(page_snapshot):
    page_snapshot("paper/2025-02-25/issue.yaml")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(ROOT / "issues/changji-daily", folder / "paper")
    (folder / "test_pages.py").write_text(FIVE_LINES, "utf-8")
    return folder


def run(folder: Path, *options: str, ci: bool = False) -> subprocess.CompletedProcess[str]:
    """An installed plugin is found by its entry point; `-p` stands for it in this tree."""
    env = {k: v for k, v in os.environ.items() if k != "CI" and not k.startswith("PYTEST_")}
    env |= {"PYTHONPATH": str(ROOT)} | ({"CI": "true"} if ci else {})
    plugin = [] if _installed() else ["-p", "layout.proof.pytest_plugin"]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *plugin, *options]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def _installed() -> bool:
    from importlib.metadata import entry_points

    return any(e.value == "layout.proof.pytest_plugin" for e in entry_points(group="pytest11"))


def test_the_entry_point_is_the_plugin() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"duikai": "layout.proof.pytest_plugin"}


def test_from_nothing_to_green_and_red_again(folder: Path) -> None:
    first = run(folder)
    assert first.returncode == 1
    assert "page 1: no reference" in first.stdout
    assert "Traceback" not in first.stdout
    refused = run(folder, "--page-update", ci=True)
    assert refused.returncode == 1
    assert "CI never writes references" in refused.stdout
    kept = folder / "paper/2025-02-25/snapshots/issue/page-1.sheet.txt"
    assert not kept.exists()
    assert run(folder, "--page-update").returncode == 1, "accepting is no green run"
    assert kept.exists()
    green = run(folder, "--page-review", "review", ci=True)
    assert green.returncode == 0, green.stdout
    assert (folder / "review/2025-02-25-issue.html").is_file()
    story = folder / "paper/2025-02-25/stories/02-agreements.md"
    story.write_text(story.read_text("utf-8").replace("同一个方向", "同一个目标"), "utf-8")
    red = run(folder, ci=True)
    assert red.returncode == 1
    assert "page 1 · 02-agreements: text changed: leg 1 line 2: “方向” → “目标”" in red.stdout
