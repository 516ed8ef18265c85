"""Accepts the sample's page as it is: writes tests/issues/front-page.txt. Read the diff after."""

from __future__ import annotations

from pathlib import Path

from layout.render import examine

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write the sheet text of the sample's front page."""
    (text,) = examine(ROOT / "issues/changji-daily/2025-02-25/issue.yaml").sheet_texts
    (ROOT / "tests/issues/front-page.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
