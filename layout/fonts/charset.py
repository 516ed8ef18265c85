"""A CID-keyed CFF whose glyphs are called by numbers of our own.

In: the bytes of a `CFF ` table with one font, a CID for each glyph. Out: the same table with a new
charset at its end. Rules: Adobe Technical Note 5176, The Compact Font Format, sections 4, 5, 9, 13.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_CHARSET, _ROS = 15, 1230  # operators of a Top DICT; 12 30 is written as 1230
_LONG = 29  # what an operand of five bytes begins with


def with_cids(cff: bytes, cids: Sequence[int]) -> bytes | None:
    """Glyph k under the number `cids[k]`, glyph 0 being .notdef; None when the font has names
    instead of numbers, or no room for an offset.
    """
    operators = dict(_operators(cff, *_top_dict(cff)))
    at = operators.get(_CHARSET)
    if _ROS not in operators or at is None or cff[at] != _LONG:
        return None
    charset = b"\0" + struct.pack(f">{len(cids) - 1}H", *cids[1:])  # format 0: a CID a glyph
    return cff[: at + 1] + struct.pack(">i", len(cff)) + cff[at + 5 :] + charset


def _top_dict(cff: bytes) -> tuple[int, int]:
    """Where the font's Top DICT begins and ends: the first of the second INDEX."""
    names = cff[2]  # the header's size
    tops, _ = _index(cff, names)
    return _index(cff, tops)[1]


def _index(cff: bytes, at: int) -> tuple[int, tuple[int, int]]:
    """Where an INDEX of at least one thing ends, and where its first begins and ends."""
    count = int.from_bytes(cff[at : at + 2])
    size, array = cff[at + 2], at + 3
    data = array + (count + 1) * size - 1  # offsets are counted from 1

    def offset(number: int) -> int:
        return data + int.from_bytes(cff[array + number * size : array + (number + 1) * size])

    return offset(count), (offset(0), offset(1))


def _operators(cff: bytes, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Each operator of a DICT and where its last operand begins."""
    last = at
    while at < end:
        first = cff[at]
        if first <= 21:
            yield (1200 + cff[at + 1] if first == 12 else first), last
            at += 2 if first == 12 else 1
        else:
            last, at = at, at + _length(cff, at)


def _length(cff: bytes, at: int) -> int:
    """Bytes of the operand that begins here; a real number ends with a nibble of ones."""
    first = cff[at]
    if first == 30:
        end = at + 1
        while cff[end] & 0x0F != 0x0F and cff[end] >> 4 != 0x0F:
            end += 1
        return end + 1 - at
    return {28: 3, _LONG: 5}.get(first, 1 if first <= 246 else 2)
