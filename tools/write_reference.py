"""Writes the tables of docs/file-format.md from the field table, below its marker line."""

from __future__ import annotations

from pathlib import Path

from layout.issue.fields import reference

DOC = Path(__file__).parents[1] / "docs/file-format.md"
MARKER = "<!-- made by `python tools/write_reference.py`; a test compares -->\n\n"


def main() -> None:
    """Replace everything below the marker."""
    prose, marker, _ = DOC.read_text("utf-8").partition(MARKER)
    DOC.write_text(prose + marker + reference(), "utf-8")


if __name__ == "__main__":
    main()
