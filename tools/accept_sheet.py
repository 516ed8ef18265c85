"""Accepts the sample's page as it is now: writes tests/issues/front-page.txt. Read the diff after."""

from __future__ import annotations

from pathlib import Path

from layout.render import examine, open_fonts, sheet_texts

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write the sheet text of the sample's front page."""
    issue, made, _ = examine(ROOT / "issues/changji-daily/2025-02-25/issue.yaml")
    (text,) = sheet_texts(made, open_fonts(issue.publication))
    (ROOT / "tests/issues/front-page.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
