"""A PDF of paragraphs → its lines as characters with origins and ink → what can be counted in them.

Nothing is taken from whoever set the lines: characters, places and ink are pdfium's, the width of a
character is the font's. The lists of marks are those of GB/T 15834—2011 part 5 and CLREQ's basic
level, typed in here, so that a fault in our own classes would show.
"""

from __future__ import annotations

import ctypes
import re
import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from layout.fonts import FontSet

OPENING, CLOSING = "“‘（《〈「『【〔", "”’）》〉」』】〕"
PAUSES = "，。、；：？！"
NO_START, NO_END = set(CLOSING + PAUSES + "·—～–％%℃／/"), set(OPENING + "￥$")
UNBROKEN = {"——", "……"}
UNITS = set("年月日时分秒点个亿万元台家人级")
ADDRESS = re.compile(r"https?://[!-~]+|[!-~]+@[!-~]+")
TRIMMED_EM = 0.75  # of room, at most, before the measure's edge for a mark on half an em
SHARED_EM = 0.35  # of white, at least, that two marks side by side gave up
LOOSE_EM = 0.1  # of white between hanzi: a line seen to be loose
NO_GAP_EM = 0.05
OFF_EM = 0.15  # of white before a closing mark: it no longer belongs to its word


class Character(NamedTuple):
    """A character as set: origin from the measure's left edge, and the edges of its ink (pt)."""

    text: str
    x: float
    left: float
    right: float


Line = list[Character]


class Turn(NamedTuple):
    """Where a line ends: its text, the next one's, and whether that is inside an address."""

    before: str
    after: str
    address: bool

    def __str__(self) -> str:
        return f"{self.before}|{self.after}"

    @property
    def edge(self) -> str:
        """The two characters the line end parts."""
        return self.before[-1] + self.after[0]

    def starts_badly(self) -> bool:
        """The next line begins with a mark that may not."""
        return (
            not self.address
            and self.after[0] in NO_START
            and self.after[:2] not in UNBROKEN
            and self.edge not in UNBROKEN
        )

    def splits(self) -> bool:
        """Within —— or ……, or within a word or number."""
        inside = self.edge.isalnum() if self.address else True
        return self.edge in UNBROKEN or (self.edge.isascii() and inside)


def turns(text: str, page: Sequence[Line]) -> Iterator[Turn]:
    """The line ends of a paragraph."""
    spans = [match.span() for match in ADDRESS.finditer("".join(text.split()))]
    at = 0
    for before, after in pairwise(map(said, page)):
        at += len(before)
        yield Turn(before, after, any(first < at < last for first, last in spans))


class Figures(NamedTuple):
    """What was counted over all paragraphs of one witness at one measure; white in em."""

    lines: int
    bad_starts: list[str]
    bad_ends: list[str]
    split: list[str]
    from_unit: list[str]
    untrimmed_ends: list[str]
    untrimmed_pairs: list[str]
    stood_off: list[str]
    deviation: float
    loose: list[str]
    loosest: float
    loosest_line: str
    orphans: list[str]
    no_latin_gap: list[str]
    latin_gap: tuple[float, float]
    outside: list[str]


def read_lines(pdf: Path, margin: float) -> list[list[Line]]:
    """The lines of each page, top to bottom."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page_lines(page.get_textpage(), margin) for page in document]


def _page_lines(page: pypdfium2.PdfTextPage, margin: float) -> list[Line]:
    rows: dict[float, Line] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for i in range(page.count_chars()):
        text = chr(pdfium.FPDFText_GetUnicode(page, i))
        if pdfium.FPDFText_IsGenerated(page, i) or text.isspace():
            continue
        pdfium.FPDFText_GetCharOrigin(page, i, x, y)
        left, _, right, _ = page.get_charbox(i)
        found = Character(text, x.value - margin, left - margin, right - margin)
        rows.setdefault(round(y.value), []).append(found)
    return [sorted(rows[y], key=lambda c: c.x) for y in sorted(rows, reverse=True)]


def said(line: Sequence[Character]) -> str:
    """A line's text, without blanks."""
    return "".join(c.text for c in line)


class Gauge:
    """Measures paragraphs set in one face and size at one measure."""

    def __init__(self, fonts: FontSet, size: float, measure: float) -> None:
        self.fonts, self.size, self.measure = fonts, size, measure

    def figures(self, copy: Sequence[str], pages: Sequence[Sequence[Line]]) -> Figures:
        """All counts; ValueError when a page does not hold its paragraph's text."""
        for text, lines in zip(copy, pages, strict=True):
            if "".join(map(said, lines)) != "".join(text.split()):
                raise ValueError(f"lost or turned: {text} as {' / '.join(map(said, lines))}")
        full = [line for page in pages for line in page[:-1]]
        every = [line for page in pages for line in page]
        ends = [turn for text, page in zip(copy, pages, strict=True) for turn in turns(text, page)]
        whites = {said(line): self._hanzi_whites(line) for line in full}
        means = {text: statistics.mean(w) for text, w in whites.items() if w}
        loosest = max(means, key=lambda text: means[text])
        gaps = [gap for line in every for gap in self._latin_gaps(line)]
        return Figures(
            lines=len(every),
            bad_starts=[str(turn) for turn in ends if turn.starts_badly()],
            bad_ends=[str(turn) for turn in ends if turn.before[-1] in NO_END],
            split=[str(turn) for turn in ends if turn.splits()],
            from_unit=[str(t) for t in ends if t.edge[0].isdigit() and t.edge[1] in UNITS],
            untrimmed_ends=[said(line) for line in full if self._untrimmed_end(line)],
            untrimmed_pairs=[p for line in every for p in self._untrimmed_pairs(line)],
            stood_off=[pair for line in every for pair in self._stood_off(line)],
            deviation=statistics.pstdev([w for found in whites.values() for w in found]),
            loose=[text for text, mean in means.items() if mean > LOOSE_EM],
            loosest=means[loosest],
            loosest_line=loosest,
            orphans=[said(p[-1]) for p in pages if len(p) > 1 and _letters(said(p[-1])) < 2],
            no_latin_gap=[pair for pair, gap in gaps if gap < NO_GAP_EM],
            latin_gap=(min(g for _, g in gaps), max(g for _, g in gaps)),
            outside=[said(line) for line in every if self._room(line) < -0.01],
        )

    def _width(self, text: str) -> float:
        return self.fonts.unit("song", text).advance * self.size / 1000

    def _between(self, a: Character, b: Character) -> float:
        return (b.x - a.x - self._width(a.text)) / self.size

    def _hanzi_whites(self, line: Line) -> list[float]:
        hanzi = ((a, b) for a, b in pairwise(line) if _is_hanzi(a.text) and _is_hanzi(b.text))
        return [self._between(a, b) for a, b in hanzi]

    def _latin_gaps(self, line: Line) -> Iterator[tuple[str, float]]:
        for a, b in pairwise(line):
            if {_is_hanzi(a.text), _is_hanzi(b.text)} == {True, False}:
                other = b.text if _is_hanzi(a.text) else a.text
                if other.isascii() and other.isalnum():
                    yield a.text + b.text, self._between(a, b)

    def _room(self, line: Line) -> float:
        """What a line leaves of its measure (em), a mark at its end taken as half an em."""
        last = line[-1]
        half = last.text in CLOSING + PAUSES
        return (self.measure - last.x - self._width(last.text) * (0.5 if half else 1)) / self.size

    def _untrimmed_end(self, line: Line) -> bool:
        return line[-1].text in CLOSING + PAUSES and self._room(line) > TRIMMED_EM - 0.5

    def _stood_off(self, line: Line) -> Iterator[str]:
        for a, b in pairwise(line):
            closing = b.text in CLOSING + PAUSES and a.text not in CLOSING + PAUSES + OPENING + "—…"
            if closing and self._between(a, b) > OFF_EM:
                yield a.text + b.text

    def _untrimmed_pairs(self, line: Line) -> Iterator[str]:
        opened = max(statistics.mean(self._hanzi_whites(line) or [0.0]), 0.0)
        for a, b in pairwise(line):
            marks = a.text in OPENING + CLOSING + PAUSES and b.text in OPENING + CLOSING + PAUSES
            bracket = a.text in OPENING + CLOSING or b.text in OPENING + CLOSING
            if marks and (bracket or (a.text in "？！" and b.text in "？！")):
                one, two = self.fonts.unit("song", a.text), self.fonts.unit("song", b.text)
                solid = (one.advance - one.ink[1] + two.ink[0]) / 1000
                if solid + opened - (b.left - a.right) / self.size < SHARED_EM:
                    yield a.text + b.text


def _is_hanzi(text: str) -> bool:
    return "\u4e00" <= text <= "\u9fff"


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)
