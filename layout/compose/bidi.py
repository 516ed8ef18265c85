"""Right-to-left words in Chinese lines (UAX 9): embedding levels of units, order on a line.

Uyghur and Kazakh names are words like Latin ones, but a run of them reads from the right. Levels
come from python-bidi; the base direction is always left to right, since the copy is Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bidi import algorithm

from layout.compose.classes import Class

_HANZI = "一"


def levels(
    texts: Sequence[str], classes: Sequence[Class], spaces: Mapping[int, str]
) -> tuple[int, ...]:
    """The embedding level of each unit of a paragraph; a word counts by its first letter.

    Hanzi and full-width marks read from the left whatever stands beside them: a figure in brackets
    behind a Uyghur name belongs to the Chinese around it.
    """
    proxy, places = [], []
    for i, text in enumerate(texts):
        if i in spaces:
            proxy.append(" ")
        places.append(len(proxy))
        first = next((c for c in text if c.isalnum()), text[0])
        proxy.append(first if classes[i] is Class.LATIN else _HANZI)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = 0, "L"
    algorithm.get_embedding_levels("".join(proxy), storage)
    for resolve in (
        algorithm.explicit_embed_and_overrides, algorithm.resolve_weak_types,
        algorithm.resolve_neutral_types, algorithm.resolve_implicit_levels,
    ):  # fmt: skip
        resolve(storage, False)
    found = [int(character["level"]) for character in storage["chars"]]
    return tuple(found[place] for place in places)


def mirrored(levels: Sequence[int], pens: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Where a line's units stand from left to right, given where they would in reading order.

    A run of words at a level is turned about its own middle, level by level (UAX 9, L2), so that
    the white between two words stays between them.
    """
    placed = list(pens)
    for level in range(1, max(levels, default=0) + 1):
        at = 0
        while at < len(levels):
            end = at
            while end < len(levels) and levels[end] >= level:
                end += 1
            _turn(placed, widths, at, end)
            at = end + 1
    return placed


def _turn(placed: list[float], widths: Sequence[float], start: int, end: int) -> None:
    """Turn units start … end−1 about the middle of the room they take."""
    if end - start > 1:
        left = min(placed[start:end])
        right = max(placed[k] + widths[k] for k in range(start, end))
        for k in range(start, end):
            placed[k] = left + right - placed[k] - widths[k]
