"""Latin words in Chinese copy → the parts between which a line may end with a hyphen.

Patterns are pyphen's (the dictionaries of LibreOffice). Only lower-case words are parted: names,
abbreviations, addresses and anything with a figure or a sign stay whole.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any

# Shorter words are left alone: in a column of 13 字 they cost no more than three hanzi.
SHORTEST = 7
# Letters left before and brought after a hyphen; TeX's 2 and 3.
_BEFORE, _AFTER = 2, 3

_WORD = re.compile(rf"[a-zß-öø-ÿ]{{{SHORTEST},}}[,.;:!?)”’]*")


def hyphenated(word: str, language: str) -> list[str]:
    """The word's parts, one when it stays whole; `language` as en_US, empty for no hyphens."""
    if len(word) < SHORTEST or not language or not _WORD.fullmatch(word):
        return [word]
    return _parted(word, language)


@cache
def _parted(word: str, language: str) -> list[str]:
    letters = word.rstrip(",.;:!?)”’")
    edges = (0, *_dictionary(language).positions(letters), len(word))
    return [word[a:b] for a, b in pairwise(edges)]


@cache
def _dictionary(language: str) -> Any:
    import pyphen  # late: 30 ms, and most pages hold no long Latin word

    return pyphen.Pyphen(lang=language, left=_BEFORE, right=_AFTER)
