"""The command's first step: what takes long and waits for nothing is begun before anything else.

Comes in: the words of the command line. An issue will want the segmenter's dictionary, which a
process beside loads while this one still imports what the command line is read with.
"""

from __future__ import annotations

import sys

from layout import words

ISSUE = (".yaml", ".yml")


def main() -> None:
    """Entry point."""
    if any(word.endswith(ISSUE) for word in sys.argv[1:2]):
        words.begin()
    from layout.cli import main as command  # late: click takes a quarter of the dictionary's time

    command()
