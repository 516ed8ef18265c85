"""How numbers look in a PDF: one place, so that content, boxes and widths round alike.

In: floats in any unit. Out: the shortest decimal with at most three places, never an exponent
(ISO 32000-1 7.3.3 knows none), never "-0".
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

PLACES = 3  # 0.001 pt, the precision of sheet text; finer is below any plate's resolution


@lru_cache(maxsize=16_384)  # a page's corrections and baselines come back line after line
def number(value: float) -> str:
    """One number: 12, 0.5, -3.142."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(values: Iterable[float]) -> str:
    """Numbers separated by spaces."""
    return " ".join(map(number, values))


def snap(value: float) -> float:
    """The value a reader of `number(value)` gets."""
    return round(value, PLACES)
