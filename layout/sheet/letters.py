"""What changed between two runs of set lines, character by character.

Lines are joined as they are read – a blank between Latin words over a line's end, no soft hyphen –
so that copy that only breaks elsewhere is the same copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from layout.geometry import Box

NEAR = 1  # so many unchanged characters between two changes still make them one
WHOLE = 0.25  # copy less alike than this was replaced, not edited
_SOFT = "\u00ad\u2010-"


class Edit(msgspec.Struct, frozen=True):
    """Characters taken out and put in, and the lines (from 0) where: before, after."""

    removed: str
    inserted: str
    line_before: int
    line_after: int
    column_after: int = 0  # characters before it in its line

    @property
    def said(self) -> str:
        """“a” → “b”, “a” taken out or “b” put in."""
        if self.removed and self.inserted:
            return f"“{self.removed}” → “{self.inserted}”"
        return f"“{self.removed}” taken out" if self.removed else f"“{self.inserted}” put in"


class Joined(msgspec.Struct, frozen=True):
    """Lines as one text; `lines[k]` is the line character k stands in."""

    text: str
    lines: tuple[int, ...]

    def line(self, at: int) -> int:
        """The line of a character, of the last one where the text has ended; −1 without text."""
        return self.lines[min(at, len(self.lines) - 1)] if self.lines else -1

    def column(self, at: int) -> int:
        """How many characters of its line stand before a character."""
        return at - self.lines.index(self.line(at)) if self.lines else 0


def joined(lines: Sequence[str]) -> Joined:
    """Set lines as the copy they hold."""
    text = ""
    places: list[int] = []
    for k, line in enumerate(lines):
        line = line.strip()
        if text and line and _latin(line[0]):
            if text[-1] in _SOFT and len(text) > 1 and _latin(text[-2]):
                text = text[:-1]
                places.pop()
            elif _latin(text[-1]):
                text += " "
                places.append(k - 1)
        text += line
        places += [k] * len(line)
    return Joined(text, tuple(places))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def edits(before: Joined, after: Joined) -> list[Edit]:
    """What was taken out and put in, in reading order."""
    a, b = before.text, after.text
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    x, y = a[start : len(a) - end], b[start : len(b) - end]
    matcher = SequenceMatcher(None, x, y, autojunk=False)
    if min(len(x), len(y)) > 40 and matcher.quick_ratio() < WHOLE:
        return [Edit(x, y, before.line(start), after.line(start), after.column(start))]
    return [
        Edit(x[i:j], y[k:m], before.line(start + i), after.line(start + k), after.column(start + k))
        for i, j, k, m in _merged(matcher)
    ]


def within(box: Box, text: str, part: str, column: int) -> Box:
    """Where characters stand in a line's box, a hanzi twice as wide as a Latin letter."""
    text = text.strip()
    upright = box.height > box.width and len(text) > 1
    before, inside = (_width(t) for t in (text[:column], part[: len(text) - column]))
    whole = max(_width(text), 1)
    if upright:
        return Box(box.x, box.y + box.height * before / whole, box.width,
                   box.height * inside / whole)  # fmt: skip
    return Box(box.x + box.width * before / whole, box.y, box.width * inside / whole, box.height)


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def _merged(matcher: SequenceMatcher[str]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges that differ, those with next to nothing between them as one."""
    held: tuple[int, int, int, int] | None = None
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if held is None:
            held = (i, j, k, m)
        elif i - held[1] <= NEAR:
            held = (held[0], j, held[2], m)
        else:
            yield held
            held = (i, j, k, m)
    if held:
        yield held


def _common(a: str, b: str) -> int:
    """Length of the common beginning."""
    for k, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return k
    return min(len(a), len(b))
