"""Characters and their classes: what a unit of Chinese copy is for line composition.

Comes in: a piece of copy. Goes out: units – what is never broken or spaced inside (a hanzi, a mark,
a Latin word, ——, ……) – each with its class. Classes follow CLREQ (punctuation tables) and
GB/T 15834—2011 part 5; brackets and quotes come from Unicode's general categories.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from functools import cache


class Class(IntEnum):
    """What a unit is. The order carries no meaning; the numbers index the spacing table."""

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
    LATIN = 10  # words, numbers, addresses
    WIDE_SPACE = 11  # U+3000 inside copy
    POSTFIX = 12  # ％ ‰ ℃ on one em
    PREFIX = 13  # ￥ №


_TAILORED = {
    **dict.fromkeys("，、；：", Class.PAUSE),
    **dict.fromkeys("。？！．", Class.STOP),
    **dict.fromkeys("·•‧・", Class.DOT),
    **dict.fromkeys("–—～〜", Class.CONNECTOR),
    **dict.fromkeys("／", Class.SOLIDUS),
    **dict.fromkeys("％‰°′″", Class.POSTFIX),
    **dict.fromkeys("￥＄№", Class.PREFIX),
    "　": Class.WIDE_SPACE,
    "——": Class.DASH,
    "⸺": Class.DASH,
    "……": Class.ELLIPSIS,
    "…": Class.ELLIPSIS,
}
_OPENING, _CLOSING = {"Ps", "Pi"}, {"Pe", "Pf"}

# Letters, digits and signs of alphabetic scripts; a word may hold an apostrophe or a connector
# between two of them (it’s, CN 65—0010). U+00B7 is the Chinese name dot, never part of a word.
_LETTER = r"[!-~¡-¶¸-ʯ\u0300-\u06FF\u1E00-\u1FFF℃℉ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]"
_IDEOGRAPH = r"[\u3400-\u4DBF\u4E00-\u9FFF]"
_UNIT = re.compile(
    rf"(?P<han>{_IDEOGRAPH}+(?![\u0300-\u036F\uFE00-\uFE0F\U000E0100-\U000E01EF\u200D]))"
    rf"|(?P<pair>——|……|⸺)|(?P<space>[ \t\u00a0\r\n]+)"
    rf"|(?P<word>{_LETTER}+(?:[’—–]{_LETTER}+)*)"
    r"|(?P<one>.[\u0300-\u036F\uFE00-\uFE0F\U000E0100-\U000E01EF\u200D]*)",
    re.DOTALL,
)
# A word longer than this many characters (an address) may break behind these signs.
_LONG_WORD = 12
_WORD_PIECES = re.compile(r"[^/.?&=_@-]*[/.?&=_@-]+|[^/.?&=_@-]+")


@cache
def class_of(unit: str) -> Class:
    """The class of a unit, by its first character where it has no class of its own."""
    tailored = _TAILORED.get(unit) or _TAILORED.get(unit[0])
    if tailored is not None:
        return tailored
    if re.match(_LETTER, unit):
        return Class.LATIN
    category = unicodedata.category(unit[0])
    if category in _OPENING:
        return Class.OPEN
    return Class.CLOSE if category in _CLOSING else Class.HAN


def runs(text: str) -> Iterator[tuple[str, str, Class]]:
    """(white space before, run, class): hanzi in runs – each one a unit – all else unit by unit.

    The pieces of a long address are units of their own, with no white space before them.
    """
    space = ""
    for match in _UNIT.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "han":
            yield space, piece, Class.HAN
        elif kind == "space":
            space += piece
            continue
        elif kind == "word" and len(piece) > _LONG_WORD:
            for part in _WORD_PIECES.findall(piece):
                yield space, part, class_of(part)
                space = ""
        else:
            yield space, piece, class_of(piece)
        space = ""


def units(text: str) -> Iterator[tuple[str, str]]:
    """(white space before, unit) for each unit of a piece of copy, in order."""
    for space, run, kind in runs(text):
        if kind is Class.HAN and len(run) > 1 and run[1] >= "\u2e80":
            yield space, run[0]
            yield from (("", character) for character in run[1:])
        else:
            yield space, run


def takes_gap(edge: str) -> bool:
    """True for a letter, digit or sign that stands off from hanzi; Latin punctuation does not."""
    return edge not in "!\"'(),.:;?[]`{|}~¡¿"
