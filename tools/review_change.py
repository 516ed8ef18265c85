"""The sample issue as the base revision makes it beside as this one does: one review page in HTML.

What a change does to pages is looked at also when every test is green, since somebody may have
accepted it. Needs the base revision in the repository; CI keeps output/review.html as an artifact.

    python tools/review_change.py [BASE]        HEAD~1 by default
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ("issues/changji-daily/2025-02-25/eight-pages.yaml",
           "issues/changji-daily/2025-02-25/issue.yaml")  # fmt: skip
COMMAND = "from layout.cli import main; main()"
OUT = ROOT / "output/review.html"


def rendered(tree: Path, out: Path) -> Path:
    """All pages of the first sample a revision knows, in one file."""
    issue = next(tree / sample for sample in SAMPLES if (tree / sample).exists())
    run(tree, str(issue), "-o", str(out), "--combined")
    return next(file for file in out.rglob("*.pdf") if len(file.stem.lstrip("CJRB")) == 8)


def run(tree: Path, *arguments: str) -> None:
    """The revision's own command; its findings do not matter here, only that it ran."""
    env = {**os.environ, "PYTHONPATH": str(tree)}
    ran = subprocess.run([sys.executable, "-c", COMMAND, *arguments], env=env, cwd=tree)
    if ran.returncode > 1:
        raise SystemExit(f"render ended with {ran.returncode} in {tree.name}")


def main(base: str = "HEAD~1") -> int:
    """Write the review page; 0 also when pages changed, since that may be what is wanted."""
    known = subprocess.run(
        ["git", "rev-parse", "--verify", "-q", base], cwd=ROOT, capture_output=True
    )
    if known.returncode:
        print(f"{base} is not in this repository: no review", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder, tree = Path(name), Path(name) / "base"
        subprocess.run(
            ["git", "worktree", "add", "-q", "--detach", tree, base], cwd=ROOT, check=True
        )
        try:
            shutil.copytree(ROOT / "fonts", tree / "fonts", dirs_exist_ok=True)
            before = rendered(tree, folder / "before")
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)
        after = rendered(ROOT, folder / "after")
        run(ROOT, "diff", str(before), str(after), "--html", str(OUT))
    print(f"look at {OUT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
