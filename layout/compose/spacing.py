"""Class pair → the gap between two units: its natural width, how it gives, whether a line breaks.

All in 1/1000 em. The marks are set on full ems (全角) and *gaps* are negative where two marks share
their white (CLREQ, adjacent marks; GB/T 15834 5.1): a gap vanishes at a line's edge, so squeezing
needs no second bookkeeping there. Steps of shrinking and stretching are CLREQ's, in its order.
"""

from __future__ import annotations

from enum import Enum, IntEnum

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


class Stretch(IntEnum):
    """Steps in which a loose line opens (CLREQ, order of expansion)."""

    NEVER = 0
    WORD_SPACE = 1
    LATIN_GAP = 2
    ANY = 3


class Gap(msgspec.Struct, frozen=True):
    """Between two units: natural width, how it shrinks, how it stretches, break or not."""

    natural: int
    shrink_step: Shrink
    shrink: int
    stretch_step: Stretch
    breaks: bool


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
    loses its white half (CLREQ allows both). `hanging`: ，。、 may stand outside the measure at a
    line's end (CLREQ: off in mainland work). `wide_space` is the width of U+3000 inside copy.
    """

    kinsoku: Kinsoku = Kinsoku.BASIC
    marks: Marks = Marks.FULL
    hanging: bool = False
    latin_gap: int = 167
    latin_gap_least: int = 125
    latin_gap_most: int = 333
    word_space: int = 250
    word_space_least: int = 200
    word_space_most: int = 500
    trim_line_start: bool = True
    wide_space: int = 1000


MAINLAND = Settings()
# In display sizes every mark is set on half an em and a phrase space is narrower: whole ems of
# white, harmless in text, tear a headline apart.
DISPLAY = Settings(
    marks=Marks.HALF, latin_gap=85, latin_gap_least=0, word_space=240, wide_space=750
)

# GB/T 15834 5.1.1–5.1.9: what starts no line, what ends none, by level.
_NO_START = {
    Kinsoku.BASIC: {
        Class.CLOSE, Class.PAUSE, Class.STOP, Class.DOT, Class.CONNECTOR, Class.SOLIDUS,
        Class.POSTFIX,
    },
    Kinsoku.STRICT: {Class.DASH, Class.ELLIPSIS},
}  # fmt: skip
_NO_END = {Kinsoku.BASIC: {Class.OPEN, Class.PREFIX}, Kinsoku.GB: {Class.SOLIDUS}}
HANGING = frozenset("，。、")


def no_start(level: Kinsoku) -> frozenset[Class]:
    """Classes that start no line at a level."""
    return frozenset(kind for at, kinds in _NO_START.items() if at <= level for kind in kinds)


def no_end(level: Kinsoku) -> frozenset[Class]:
    """Classes that end no line at a level."""
    return frozenset(kind for at, kinds in _NO_END.items() if at <= level for kind in kinds)


_CLOSERS = frozenset({Class.CLOSE, Class.PAUSE, Class.STOP})
_RIGID = frozenset({Class.CONNECTOR, Class.SOLIDUS})
_SHRINK_AFTER = {
    Class.CLOSE: Shrink.BRACKET,
    Class.PAUSE: Shrink.PAUSE,
    Class.STOP: Shrink.STOP,
}
TRAILING_WHITE = _CLOSERS
LEADING_WHITE = frozenset({Class.OPEN})


def pair_gap(before: Class, after: Class) -> int:
    """−½ em where two full-width marks meet back to back (CLREQ, adjacent marks), else 0."""
    if before in _CLOSERS and after in _CLOSERS:
        squeezed = before == after == Class.STOP or Class.CLOSE in (before, after)
        return -HALF if squeezed else 0
    if before in _CLOSERS and after in (Class.OPEN, Class.WIDE_SPACE):
        return -HALF
    opening = before in (Class.OPEN, Class.WIDE_SPACE) and after == Class.OPEN
    return -HALF if opening else 0


def _shrink(before: Class, after: Class, natural: int) -> tuple[Shrink, int]:
    if natural < 0:  # this white has gone already
        return Shrink.NEVER, 0
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
    return after not in no_start(settings.kinsoku) and before not in no_end(settings.kinsoku)


def _half_gap(before: Class, after: Class) -> int:
    """All trimmable white taken from between two units (半角)."""
    return -HALF * ((before in TRAILING_WHITE) + (after in LEADING_WHITE))


def _kaiming_gap(before: Class, after: Class) -> int:
    """Half marks but for 。？！, which keep their em unless another mark follows (开明)."""
    kept = before == Class.STOP and after not in _CLOSERS
    return -HALF * ((before in TRAILING_WHITE and not kept) + (after in LEADING_WHITE))


_NATURAL = {Marks.FULL: pair_gap, Marks.KAIMING: _kaiming_gap, Marks.HALF: _half_gap}


def _gap(before: Class, after: Class, settings: Settings) -> Gap:
    natural = _NATURAL[settings.marks](before, after)
    step, amount = _shrink(before, after, natural)
    stretch = Stretch.NEVER if before in _RIGID or after in _RIGID else Stretch.ANY
    return Gap(natural, step, amount, stretch, breaks_between(before, after, settings))


def gap_table(settings: Settings) -> list[list[Gap]]:
    """The gap for every pair of classes, indexed [before][after]."""
    return [[_gap(a, b, settings) for b in Class] for a in Class]


def latin_gap(settings: Settings, breaks: bool) -> Gap:
    """Between hanzi and Latin letters or figures."""
    return Gap(
        settings.latin_gap,
        Shrink.LATIN_GAP,
        settings.latin_gap - settings.latin_gap_least,
        Stretch.LATIN_GAP,
        breaks,
    )


def word_space(settings: Settings) -> Gap:
    """Between two Latin words."""
    return Gap(
        settings.word_space,
        Shrink.WORD_SPACE,
        settings.word_space - settings.word_space_least,
        Stretch.WORD_SPACE,
        True,
    )


def stretch_limit(step: Stretch, settings: Settings) -> int:
    """How far a gap opens in its own step, before all gaps open."""
    if step == Stretch.WORD_SPACE:
        return settings.word_space_most - settings.word_space
    if step == Stretch.LATIN_GAP:
        return settings.latin_gap_most - settings.latin_gap
    return 0


SOLID = Gap(0, Shrink.NEVER, 0, Stretch.NEVER, False)  # inside a word
PIECES = Gap(0, Shrink.NEVER, 0, Stretch.NEVER, True)  # between pieces of an address
