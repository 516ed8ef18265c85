"""Characters and their classes: what a unit of Chinese copy is for line composition.

Comes in: a piece of copy. Goes out: units – what is never broken or spaced inside (a hanzi, a mark,
a Latin word, ——, ……) – each with its class. Classes come from Unicode's line-breaking property
(UAX 14), tailored by the short table below where CLREQ and GB/T 15834—2011 part 5 know better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

import unicodedataplus as ucd


class Class(IntEnum):
    """What a unit is. The order carries no meaning, but hanzi, most of all copy, are 0."""

    HAN = 0  # hanzi, kana, symbols on one em
    OPEN = 1  # “ ‘ （ 《 …: ink in the right half
    CLOSE = 2  # ” ’ ） 》 …: ink in the left half
    PAUSE = 3  # ， 、 ； ：
    STOP = 4  # 。 ？ ！
    DOT = 5  # · between the parts of a name
    DASH = 6  # ——
    ELLIPSIS = 7  # ……
    CONNECTOR = 8  # – — ～ between numbers and words
    SOLIDUS = 9  # ／
    LATIN = 10  # words, numbers, addresses, of any alphabet
    WIDE_SPACE = 11  # U+3000 inside copy
    POSTFIX = 12  # ％ ℃ 々 ‼: starts no line, has no white of its own to give
    PREFIX = 13  # ￥ №: ends no line, has no white of its own to give
    OBJECT = 15  # a picture in the line, set like a hanzi
    KANA = 14  # small kana and ー: start no line where kinsoku is strict (CSS Text 3 line-break)


# Where the sources say more than UAX 14 does. GB/T 15834 4.13 and 5.1.6 name the connectors, and
# CLREQ adds ～; UAX 14 and CSS `line-break: normal` would let – ‐ 〜 start a line.
_TAILORED = {
    **dict.fromkeys("，、；：", Class.PAUSE),
    **dict.fromkeys("。？！．", Class.STOP),
    **dict.fromkeys("·•‧・", Class.DOT),
    **dict.fromkeys("‐‒–—～〜゠", Class.CONNECTOR),
    "／": Class.SOLIDUS,
    "＄": Class.PREFIX,
    "％": Class.POSTFIX,
    "　": Class.WIDE_SPACE,
    "⸺": Class.DASH,
}
_BY_LINE_BREAK = {
    "OP": Class.OPEN, "CL": Class.CLOSE, "CP": Class.CLOSE, "NS": Class.POSTFIX,
    "EX": Class.POSTFIX, "IS": Class.POSTFIX, "PO": Class.POSTFIX, "PR": Class.PREFIX,
    "IN": Class.ELLIPSIS, "CJ": Class.KANA, "B2": Class.DASH,
}  # fmt: skip
# Half-width and small marks have no half em of white: they only keep to their side of a break.
_NARROW = {Class.OPEN: Class.PREFIX, Class.CLOSE: Class.POSTFIX}
_FULL_WIDTH = {"W", "F", "A"}

# Letters, digits and signs of alphabetic scripts; a word may hold an apostrophe or a connector
# between two of them (it’s, CN 65—0010). U+00B7 is the Chinese name dot, never part of a word.
# U+FDD0–FDD7 stand for the marks of Latin text while it is taken apart.
_LETTERS = "!-~¡-¦¨-¶¸-ʯ\u0300-\u058f\u1e00-\u1fff℃℉ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
# Arabic and Hebrew, with the joiners inside a word: words of their own, whatever they touch.
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdcf\ufe70-\ufefc\u200c\u200d"
_LETTER = rf"[{_LETTERS}\ufdd0-\ufdd7]"
_MODIFIERS = r"[\u0300-\u036F\uFE00-\uFE0F\U000E0100-\U000E01EF\u200D]"
# Hanzi and marks that are always a unit of their own.
_PLAIN = r"[\u3400-\u4DBF\u4E00-\u9FFF“”‘’，。、；：？！（）《》〈〉【】〔〕「」『』％]"
_UNIT = re.compile(
    rf"(?P<plain>{_PLAIN}+(?!{_MODIFIERS}))"
    r"|(?P<pair>——|(?:……)+|⸺)|(?P<space>[ \t\u00a0\r\n]+)"
    rf"|(?P<word>{_LETTER}+(?:[’—–]{_LETTER}+)*|[{_RIGHT_TO_LEFT}]+)"
    rf"|(?P<one>.{_MODIFIERS}*)",
    re.DOTALL,
)

# A word longer than this many characters (an address) may break behind these signs.
_LONG_WORD = 12
# Figures of one length are a range (2025—2030); a number (65—0010) is whole.
_RANGE = re.compile(r"(?P<from>\d+)[–—](?P<to>\d+)[%℃]?")
_WORD_PIECES = re.compile(r"[^/.?&=_@-]*[/.?&=_@-]+|[^/.?&=_@-]+")


class _Classes(dict[str, Class]):
    """Class by unit, found once."""

    def __missing__(self, unit: str) -> Class:
        kind = self[unit] = _class_of(unit)
        return kind


CLASSES = _Classes()


def class_of(unit: str) -> Class:
    """The class of a unit, by its first character where it has no class of its own."""
    return CLASSES[unit]


def _class_of(unit: str) -> Class:
    if unit.startswith("……") or unit == "——":
        return Class.ELLIPSIS if unit[0] == "…" else Class.DASH
    first = unit[0]
    if first in _TAILORED:
        return _TAILORED[first]
    if re.match(f"{_LETTER}|[{_RIGHT_TO_LEFT}]", first):
        return Class.LATIN
    if (quote := ucd.category(first)) in ("Pi", "Pf"):
        kind = Class.OPEN if quote == "Pi" else Class.CLOSE
    else:
        kind = _BY_LINE_BREAK.get(ucd.line_break(first), Class.HAN)
    full = ucd.east_asian_width(first) in _FULL_WIDTH
    return kind if full else _NARROW.get(kind, kind)


def starts_no_line(word: str) -> bool:
    """True for a Latin unit that begins with a closing mark of its own: `)`, `,`, `%` (UAX 14)."""
    return ucd.line_break(word[0]) in ("CL", "CP", "EX", "IS", "SY", "PO", "NS", "QU")


def ends_no_line(word: str) -> bool:
    """True for a Latin unit that ends with an opening bracket or a sign of currency (UAX 14)."""
    return ucd.line_break(word[-1]) in ("OP", "PR", "QU") and word[-1] not in "+\\"


def runs(text: str, marked: bool) -> Iterator[tuple[str, str, Class | None]]:
    """(white space before, run, class): plain characters in runs, class None – each one a unit.

    All else comes unit by unit. `text` and `marked` are what `latin_marks` made of a paragraph.
    """
    space = ""
    for match in _UNIT.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "plain":
            yield space, piece, None
        elif kind == "space":
            space += piece
            continue
        elif kind == "word":
            piece = piece.translate(_MARKS_BACK) if marked else piece
            yield space, piece, Class.LATIN
        else:
            yield space, piece, CLASSES[piece]
        space = ""


def parts(word: str) -> list[str]:
    """A word in the parts it may break into: an address behind its signs, a range behind —."""
    range_ = _RANGE.fullmatch(word)
    if range_ and len(range_["from"]) == len(range_["to"]):
        return [word[: range_.start("to")], word[range_.start("to") :]]
    return _WORD_PIECES.findall(word) if len(word) > _LONG_WORD else [word]


def units(text: str) -> Iterator[tuple[str, str, Class]]:
    """(white space before, unit, class) for each unit of a piece of copy, in order."""
    for space, run, kind in runs(*latin_marks(text)):
        if kind is None:
            yield space, run[0], CLASSES[run[0]]
            yield from (("", character, CLASSES[character]) for character in run[1:])
        else:
            yield space, run, kind


def takes_gap(edge: str) -> bool:
    """True for a letter, digit or sign that stands off from hanzi; Latin punctuation does not."""
    return edge not in "!\"'(),.:;?[]`{|}~¡¿“”‘’…"


# --- quotes, dashes and dots that belong to Latin text (CLREQ; w3c/clreq#534) ------------------

_MARKS = "“”‘’–—…·"
_MARKS_AWAY = {mark: chr(0xFDD0 + k) for k, mark in enumerate(_MARKS)}
_MARKS_BACK = {0xFDD0 + k: mark for k, mark in enumerate(_MARKS)}
# A mark beside a letter (a blank may stand between): only then can it be Latin.
_MAYBE = re.compile(
    rf"[A-Za-zÀ-ʯ\u0370-\u06ff,.!?] ?[{_MARKS}]|[{_MARKS}] ?[A-Za-zÀ-ʯ\u0370-\u06ff]"
)
_STRETCH = rf"(?:[{_LETTERS} ]|[{_MARKS}])+"
_INNER = re.compile(r"(?<=[^—…·\s]) ?([—–…]) ?(?=[^—…·\s])")
_INNER_DOT = re.compile(r"(?<=\w)·(?=\w)")
_QUOTED = re.compile("“[^“”]*”|‘[^‘’]*’")


def latin_marks(text: str) -> tuple[str, bool]:
    """The text with the marks that belong to Latin text as U+FDD0 …, and whether there are any.

    A mark is Latin when what stands on its outer side is Latin too: “hello” in He said “hello” to
    me, but not in 他说“hello”; a pair of quotes is of one kind. —— and …… stay Chinese.
    """
    if not _MAYBE.search(text):
        return text, False
    found: set[int] = set()
    for stretch in re.finditer(_STRETCH, text):
        found.update(_latin_in(text, *stretch.span()))
    if not found:
        return text, False
    away = _MARKS_AWAY
    return "".join(away[c] if i in found else c for i, c in enumerate(text)), True


def _latin_in(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets of the Latin marks of a stretch without hanzi and full-width marks."""
    stretch = text[start:end]
    for match in _QUOTED.finditer(stretch):
        before, after = text[: start + match.start()].rstrip(), text[start + match.end() :].lstrip()
        outer = before[-1:], after[:1]
        alone = outer == ("", "") and " " in match[0]
        latin = alone or _is_latin(outer[0]) or _is_latin(outer[1])
        if latin and not any(edge.isalnum() and not _is_latin(edge) for edge in outer):
            yield from (start + match.start(), start + match.end() - 1)
    for match in _INNER.finditer(stretch):
        at = match.start(1)
        if _is_latin(stretch[:at].rstrip()[-1:]) and _is_latin(stretch[at + 1 :].lstrip()[:1]):
            yield start + at
    # a dot of a Latin name, unless the name goes on in hanzi: G·K·切斯特顿
    if stretch.strip("·") == stretch:
        yield from (start + match.start() for match in _INNER_DOT.finditer(stretch))


def _is_latin(edge: str) -> bool:
    return bool(edge) and edge < "\u2e80" and (edge.isalnum() or edge in ",.!?;:)('\"")
