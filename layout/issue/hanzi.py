"""Characters set without word spaces: what a line break between two of them stands for.

Comes in: the characters on both sides. Goes out: nothing or a blank. CSS Text 3, 4.1.3 (segment
breaks) has the same rule for East Asian text.
"""

from __future__ import annotations

_FIRST = 0x2E80  # CJK Radicals Supplement; hanzi, kana and full-width marks all come after it
_MARKS = frozenset("“”‘’—…·")  # shared with Latin, Chinese in a Chinese newspaper


def is_cjk(character: str) -> bool:
    """Whether a character is hanzi or a Chinese mark."""
    return ord(character) >= _FIRST or character in _MARKS


def joint(before: str, after: str) -> str:
    """What stands for a line break between two pieces of text."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    return "" if is_cjk(before[-1]) or is_cjk(after[0]) else " "
