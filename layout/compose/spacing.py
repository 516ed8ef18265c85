"""Class pair → the gap between two units: its natural width, how it gives, whether a line breaks.

All in 1/1000 em. The marks are set on full ems (全角) and *gaps* are negative where two marks share
their white (CLREQ, adjacent marks; GB/T 15834 5.1): a gap vanishes at a line's edge, so squeezing
needs no second bookkeeping there. Steps of shrinking and stretching are CLREQ's, in its order.
"""

from __future__ import annotations

from enum import Enum, IntEnum
from functools import cache

import msgspec

from layout.compose.classes import Class

HALF = 500
WIDE_SPACE_GIVES = 300  # U+3000 behind 本报讯 and byline is a space, not a cell of the grid


class Shrink(IntEnum):
    """Steps in which a line gives way (CLREQ, order of shrinking; step 1 is the line's end)."""

    NEVER = 0
    WORD_SPACE = 2
    DOT = 3
    BRACKET = 4
    PAUSE = 5
    LATIN_GAP = 6
    STOP = 7
    PAIR = 8  # marks back to back on one em together (CLREQ: some styles; here the last resort)


class Stretch(IntEnum):
    """Steps in which a loose line opens (CLREQ, order of expansion)."""

    NEVER = 0
    WORD_SPACE = 1
    LATIN_GAP = 2
    ANY = 3


class Gap(msgspec.Struct, frozen=True):
    """Between two units: natural width, how it shrinks, how it stretches, break or not.

    `soft` is how far it opens in its own step, before all gaps open.
    """

    natural: int
    shrink_step: Shrink
    shrink: int
    stretch_step: Stretch
    breaks: bool
    soft: int = 0


class Kinsoku(IntEnum):
    """What may not start or end a line (CLREQ, prohibition rules for line start and line end)."""

    NONE = 0  # seen in some papers of Taiwan and Hong Kong
    BASIC = 1  # marks and closing brackets start no line, opening brackets end none
    GB = 2  # and a solidus ends none (GB/T 15834 5.1.9)
    STRICT = 3  # and —— and …… start none


class Marks(Enum):
    """How wide marks are set (标点风格)."""

    FULL = "full"  # 全角: one em
    KAIMING = "kaiming"  # 开明: 。？！ one em, all others half
    HALF = "half"  # 半角: half an em


class Settings(msgspec.Struct, frozen=True):
    """House choices where the sources differ; defaults are for mainland newspapers.

    `latin_gap`: CLREQ allows up to ¼ em between hanzi and Latin, CSS text-autospace takes ⅛;
    ⅙ keeps a narrow newspaper column even. `trim_line_start`: an opening mark at a line's start
    loses its white half, `trim_paragraph_start` the same behind an indent (1.5 + 1 em, not 2 + 1;
    CLREQ allows both). `centred`: ，。、；：！？ stand in the middle of their em and keep it
    (CLREQ: Taiwan and Hong Kong). `hanging`: ，。、 may stand outside the measure at a line's
    end (CLREQ: off in mainland work). `adjacent_solid`: two marks side by side share a whole
    em, not half (CLREQ: some styles). `ellipsis_starts`: …… and —— may start a line (CLREQ
    below strict; CSS and UAX 14 say no). `connector_starts`: – and ～ may (CSS normal; GB/T
    15834 5.1.6 and CLREQ say no).
    `split_marks`: three marks in a row may part (CLREQ, a remedy). `stops_shrink`: 。？！ are
    pressed too, last of all (CLREQ: unless the style keeps them). `hyphenate`: the language of
    Latin words that may be parted, or none. `indent_em` is a paragraph's first-line indent (CLREQ:
    2, in narrow columns 1); `wide_space` is the width of U+3000 inside copy.
    """

    kinsoku: Kinsoku = Kinsoku.BASIC
    marks: Marks = Marks.FULL
    centred: bool = False
    hanging: bool = False
    latin_gap: int = 167
    latin_gap_least: int = 125
    latin_gap_most: int = 333
    word_space: int = 250
    word_space_least: int = 250
    word_space_most: int = 500
    trim_line_start: bool = True
    trim_paragraph_start: bool = True
    adjacent_solid: bool = False
    ellipsis_starts: bool = True
    connector_starts: bool = False
    split_marks: bool = False
    stops_shrink: bool = True
    hyphenate: str = "en_US"
    indent_em: float = 2.0
    wide_space: int = 1000


MAINLAND = Settings()
# In display sizes every mark is set on half an em and a phrase space is narrower: whole ems of
# white, harmless in text, tear a headline apart.
DISPLAY = Settings(
    marks=Marks.HALF,
    latin_gap=85,
    latin_gap_least=0,
    word_space=240,
    word_space_least=200,
    wide_space=750,
    hyphenate="",
)

# GB/T 15834 5.1.1–5.1.9: what starts no line, what ends none, by level.
_NO_START = {
    Kinsoku.BASIC: {
        Class.CLOSE, Class.PAUSE, Class.STOP, Class.DOT, Class.CONNECTOR, Class.SOLIDUS,
        Class.POSTFIX,
    },
    Kinsoku.STRICT: {Class.DASH, Class.ELLIPSIS, Class.KANA},
}  # fmt: skip
_NO_END = {Kinsoku.BASIC: {Class.OPEN, Class.PREFIX}, Kinsoku.GB: {Class.SOLIDUS}}
HANGING = frozenset("，。、")


def no_start(settings: Settings) -> frozenset[Class]:
    """Classes that start no line."""
    kinds = {kind for at, kinds in _NO_START.items() if at <= settings.kinsoku for kind in kinds}
    if settings.kinsoku < Kinsoku.STRICT and settings.connector_starts:
        kinds -= {Class.CONNECTOR}
    if settings.kinsoku > Kinsoku.NONE and not settings.ellipsis_starts:
        kinds |= {Class.DASH, Class.ELLIPSIS}
    return frozenset(kinds)


def no_end(settings: Settings) -> frozenset[Class]:
    """Classes that end no line."""
    return frozenset(
        kind for at, kinds in _NO_END.items() if at <= settings.kinsoku for kind in kinds
    )


_CLOSERS = frozenset({Class.CLOSE, Class.PAUSE, Class.STOP})
# What no white opens before, and behind: connectors and solidi (CLREQ), and marks, which keep to
# the word they close or open.
_RIGID = {Class.CONNECTOR, Class.SOLIDUS, Class.DOT}
_KEEPS_BEFORE = frozenset({*_RIGID, *_CLOSERS, Class.POSTFIX})
_KEEPS_AFTER = frozenset({*_RIGID, Class.OPEN, Class.PREFIX})
_SHRINK_AFTER = {
    Class.CLOSE: Shrink.BRACKET,
    Class.PAUSE: Shrink.PAUSE,
    Class.STOP: Shrink.STOP,
}
TRAILING_WHITE = _CLOSERS
LEADING_WHITE = frozenset({Class.OPEN})
CENTRED = frozenset({Class.PAUSE, Class.STOP})


def pair_gap(before: Class, after: Class) -> int:
    """−½ em where two full-width marks meet back to back (CLREQ, adjacent marks), else 0.

    Exactly one half em goes, on the side that faces away from what the marks enclose. The name dot
    and U+3000 are sides to meet too (CSS Text 4 text-spacing-trim).
    """
    if before in _CLOSERS and after in _CLOSERS:
        squeezed = before == after == Class.STOP or Class.CLOSE in (before, after)
        return -HALF if squeezed else 0
    if before in _CLOSERS and after in (Class.OPEN, Class.WIDE_SPACE, Class.DOT):
        return -HALF
    opening = before in (Class.OPEN, Class.WIDE_SPACE, Class.DOT) and after == Class.OPEN
    return -HALF if opening else 0


def _shrink(before: Class, after: Class, natural: int) -> tuple[Shrink, int]:
    if natural < 0:  # half of this white has gone already, the other half may, last of all
        both = before in TRAILING_WHITE and after in LEADING_WHITE and natural == -HALF
        return (Shrink.PAIR, HALF) if both else (Shrink.NEVER, 0)
    if before in _SHRINK_AFTER:
        return _SHRINK_AFTER[before], HALF
    if before == Class.WIDE_SPACE:
        return Shrink.WORD_SPACE, WIDE_SPACE_GIVES
    if after == Class.OPEN:
        return Shrink.BRACKET, HALF
    if Class.DOT in (before, after):
        return Shrink.DOT, HALF // 4
    return Shrink.NEVER, 0


def breaks_between(before: Class, after: Class, settings: Settings) -> bool:
    """Whether a line may end behind `before` and begin with `after` (GB/T 15834 5.1)."""
    dashes = (Class.DASH, Class.ELLIPSIS)
    if before in dashes and after in dashes:
        return False
    return after not in no_start(settings) and before not in no_end(settings)


def _half_gap(before: Class, after: Class) -> int:
    """All trimmable white taken from between two units (半角)."""
    return -HALF * ((before in TRAILING_WHITE) + (after in LEADING_WHITE))


def _kaiming_gap(before: Class, after: Class) -> int:
    """Half marks but for 。？！, which keep their em unless another mark follows (开明)."""
    kept = before == Class.STOP and after not in _CLOSERS
    return -HALF * ((before in TRAILING_WHITE and not kept) + (after in LEADING_WHITE))


def _solid_gap(before: Class, after: Class) -> int:
    """Two marks on one em together, where full style leaves them 1½ (CLREQ: some styles)."""
    both = (before in TRAILING_WHITE) + (after in LEADING_WHITE)
    return -HALF * both if pair_gap(before, after) else 0


_NATURAL = {Marks.FULL: pair_gap, Marks.KAIMING: _kaiming_gap, Marks.HALF: _half_gap}


def _gap(before: Class, after: Class, settings: Settings) -> Gap:
    set_by = _NATURAL[settings.marks]
    if settings.adjacent_solid and settings.marks is Marks.FULL:
        set_by = _solid_gap
    natural = set_by(before, after)
    step, amount = _shrink(before, after, natural)
    if settings.centred and before in CENTRED:
        natural = -HALF if after in LEADING_WHITE and natural else 0
        step, amount = (Shrink.BRACKET, HALF) if after in LEADING_WHITE and not natural else (
            Shrink.NEVER, 0)  # fmt: skip
    if step == Shrink.STOP and not settings.stops_shrink:
        step, amount = Shrink.NEVER, 0
    stretch = Stretch.NEVER if before in _KEEPS_AFTER or after in _KEEPS_BEFORE else Stretch.ANY
    return Gap(natural, step, amount, stretch, breaks_between(before, after, settings))


class Table(msgspec.Struct, frozen=True):
    """Every gap of one style: pairs by class [before][after], and those beside Latin.

    `latin[1]` between hanzi and Latin letters or figures, [0] the same where no line may break;
    `word` is between two Latin words.
    """

    pairs: tuple[tuple[Gap, ...], ...]
    latin: tuple[Gap, Gap]
    word: Gap


@cache
def gap_table(settings: Settings) -> Table:
    """The gaps of a style, made once."""
    pairs = tuple(tuple(_gap(a, b, settings) for b in Class) for a in Class)
    return Table(pairs, (_latin(settings, False), _latin(settings, True)), _word(settings))


def _latin(settings: Settings, breaks: bool) -> Gap:
    return Gap(
        settings.latin_gap,
        Shrink.LATIN_GAP,
        settings.latin_gap - settings.latin_gap_least,
        Stretch.LATIN_GAP,
        breaks,
        settings.latin_gap_most - settings.latin_gap,
    )


def _word(settings: Settings) -> Gap:
    return Gap(
        settings.word_space,
        Shrink.WORD_SPACE,
        settings.word_space - settings.word_space_least,
        Stretch.WORD_SPACE,
        True,
        settings.word_space_most - settings.word_space,
    )


SOLID = Gap(0, Shrink.NEVER, 0, Stretch.NEVER, False)  # inside a word
PIECES = Gap(0, Shrink.NEVER, 0, Stretch.NEVER, True)  # between pieces of an address
