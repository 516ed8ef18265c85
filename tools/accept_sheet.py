"""Accepts the samples as they are: the front page as text, a hash for each page of the eight.

Read the diff after, and look at the pages.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from layout.render import set_issue

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "issues/changji-daily/2025-02-25"


def hashes() -> str:
    """A line a page: its heading in the sheet's text, sixteen figures of the text's hash."""
    texts = set_issue(SAMPLES / "eight-pages.yaml").texts
    return "".join(
        f"{sha256(text.encode()).hexdigest()[:16]} {text.partition(' · ')[0]}\n" for text in texts
    )


def main() -> None:
    """Write what the tests compare with."""
    (text,) = set_issue(SAMPLES / "issue.yaml").texts
    (ROOT / "tests/issues/front-page.txt").write_text(text, "utf-8")
    (ROOT / "tests/issues/eight-pages.txt").write_text(hashes(), "utf-8")


if __name__ == "__main__":
    main()
