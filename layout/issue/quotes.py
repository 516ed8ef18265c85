"""Double quotes that pair up: straight ones, and those OCR turned the wrong way.

A reading gives every quote of a paragraph its direction. Edits are made only when exactly one
reading is possible by what stands beside each quote; otherwise desk.py reports what is unpaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from layout.issue.hanzi import HAN

_SIGN = re.compile('["“”]')
_NOT_BEHIND_OPENING = frozenset("，。、；：！？）》”’")
_NOT_BEFORE_CLOSING = frozenset("（《〈“‘：")
_ENDS = frozenset("。！？；…")  # a closing quote often stands behind these
_LEADS = frozenset("：，、（")  # and an opening one behind these


def well_paired(signs: str) -> bool:
    """Whether “ and ” are balanced (nested ones, too)."""
    depth = 0
    for sign in signs:
        depth += 1 if sign == "“" else -1
        if depth < 0:
            return False
    return depth == 0


def pair_up(text: str) -> Iterator[tuple[int, int, str]]:
    """Edits that give every double quote of a paragraph its right form."""
    found = list(_SIGN.finditer(text))
    signs = "".join(match[0] for match in found)
    straight = '"' in signs
    if len(signs) % 2 or not re.search(HAN, text) or (not straight and well_paired(signs)):
        return
    places = [match.start() for match in found]
    readings = {"“”" * (len(signs) // 2), *([_nested(signs)] if straight else [])}
    right = [reading for reading in readings if reading and _possible(text, places, signs, reading)]
    if len(right) == 1:
        for at, old, new in zip(places, signs, right[0], strict=True):
            if old != new:
                yield at, at + 1, new


def _nested(signs: str) -> str | None:
    """Straight quotes inside “…” as ‘’, others as “”; None when the curly ones do not pair up."""
    if not well_paired(signs.replace('"', "")) or signs.startswith('"') or "““" in signs:
        return None
    made, inside, outer, inner = "", False, 0, 0
    for sign in signs:
        if sign != '"':
            inside = sign == "“"
            made += sign
        elif inside:
            made += "‘’"[inner % 2]
            inner += 1
        else:
            made += "“”"[outer % 2]
            outer += 1
    return made if "‘" in made and inner % 2 == 0 and outer % 2 == 0 else None


def _possible(text: str, places: list[int], signs: str, reading: str) -> bool:
    turned = sum(old not in ('"', new) for old, new in zip(signs, reading, strict=True))
    curly = len(signs.replace('"', ""))
    return 2 * turned <= curly and all(
        _fits(text[:at].rstrip("* "), text[at + 1 :].lstrip("* "), old, new)
        for at, old, new in zip(places, signs, reading, strict=True)
    )


def _fits(before: str, after: str, old: str, new: str) -> bool:
    """Whether a quote may have this direction between its neighbours."""
    last, first = before[-1:], after[:1]
    if new in "“‘":
        if first in _NOT_BEHIND_OPENING or not first or (old == "”" and last in _ENDS):
            return False
        return old != '"' or not (last.isascii() and last.isalnum())
    return bool(last) and last not in _NOT_BEFORE_CLOSING and not (old == "“" and last in _LEADS)
