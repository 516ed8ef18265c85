"""A paragraph's copy, shaped and classed once, before any measure is known.

Comes in: spans of copy with role, ink and mark. Goes out: `Prepared` – parallel lists over units,
the gap before each unit, and prefix sums that let a line's width be had in one subtraction.
Pairs are looked at on the paragraph, not on the span: squeezing survives a change of face.
All widths are in 1/1000 em of the paragraph's size.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import msgspec

from layout.compose.classes import Class, class_of, takes_gap, units
from layout.compose.spacing import (
    HALF,
    LEADING_WHITE,
    MAINLAND,
    PIECES,
    SOLID,
    TRAILING_WHITE,
    Gap,
    Settings,
    gap_table,
    latin_gap,
    stretch_limit,
    word_space,
)
from layout.findings import Mark
from layout.fonts import FontSet, MissingCharacterError, Unit
from layout.sheet.items import BLACK, Ink


class Piece(msgspec.Struct, frozen=True):
    """Copy of one role and ink; `source` is where it stands."""

    text: str
    role: str
    ink: Ink = BLACK
    source: Mark | None = None


class UnsetCharacterError(Exception):
    """A character no face has, and the copy it stands in."""

    def __init__(self, missing: MissingCharacterError, source: Mark | None) -> None:
        self.missing, self.source = missing, source
        super().__init__(str(missing))


class Prepared(msgspec.Struct, frozen=True):
    """A paragraph ready to be broken at any measure. `gaps[i]` stands before unit i; gaps[0] is 0.

    `ends[i]` is the width of units 0 … i−1 less trailing white; `starts[i]` what precedes unit i
    plus its own leading white: a line a … b is ends[b] − starts[a] wide. `shrinks`, `softs` and
    `loose` are running sums over gaps of shrink, of stretch in word spaces and Latin gaps, and of
    the number of gaps that open in the last step. `penalties[i]` is the cost of a line that ends
    before unit i.
    """

    texts: tuple[str, ...]
    spaces: tuple[str, ...]
    shaped: tuple[Unit, ...]
    classes: tuple[Class, ...]
    pieces: tuple[int, ...]
    sources: tuple[Piece, ...]
    widths: tuple[int, ...]
    gaps: tuple[Gap, ...]
    breaks: tuple[int, ...]
    ends: tuple[int, ...]
    starts: tuple[int, ...]
    shrinks: tuple[int, ...]
    softs: tuple[int, ...]
    loose: tuple[int, ...]
    penalties: tuple[float, ...]

    @property
    def text(self) -> str:
        """The copy as set: typed spaces between hanzi and Latin are replaced by gaps."""
        return "".join(space + text for space, text in zip(self.spaces, self.texts, strict=True))


# What a break behind a figure costs: before 年月日 an editor would circle it, before other units
# it is let pass in a narrow column.
DATE_UNITS, DATE_PENALTY = frozenset("年月日时分秒点号"), 250.0
UNITS, UNIT_PENALTY = frozenset("个亿万千百元吨人名家项米亩户岁次台套辆公版期届条%％℃"), 40.0

_tables = cache(gap_table)


def prepare(pieces: Sequence[Piece], fonts: FontSet, settings: Settings = MAINLAND) -> Prepared:
    """Shape and class a paragraph; UnsetCharacterError when no face has one of its characters."""
    spaces, texts, owners = _collect(pieces)
    shaped = _shape(texts, owners, pieces, fonts)
    classes = [class_of(text) for text in texts]
    own = {Class.DOT: HALF, Class.WIDE_SPACE: settings.wide_space}
    widths = [own.get(k, unit.advance) for k, unit in zip(classes, shaped, strict=True)]
    gaps = _gaps(texts, spaces, classes, settings)
    kept = [s if g.stretch_step == 1 else "" for s, g in zip(spaces, gaps, strict=True)]
    return _measured(texts, kept, shaped, classes, owners, tuple(pieces), widths, gaps, settings)


def _collect(pieces: Sequence[Piece]) -> tuple[list[str], list[str], list[int]]:
    spaces: list[str] = []
    texts: list[str] = []
    owners: list[int] = []
    for index, piece in enumerate(pieces):
        for space, unit in units(piece.text):
            spaces.append(space)
            texts.append(unit)
            owners.append(index)
    return spaces, texts, owners


def _shape(
    texts: Sequence[str], owners: Sequence[int], pieces: Sequence[Piece], fonts: FontSet
) -> list[Unit]:
    shaped = []
    for text, owner in zip(texts, owners, strict=True):
        piece = pieces[owner]
        try:
            shaped.append(fonts.unit(piece.role, text))
        except MissingCharacterError as missing:
            raise UnsetCharacterError(missing, piece.source) from missing
    return shaped


def _gaps(
    texts: Sequence[str], spaces: Sequence[str], classes: Sequence[Class], settings: Settings
) -> list[Gap]:
    table, gaps = _tables(settings), [SOLID]
    latin, han = Class.LATIN, (Class.HAN, Class.DOT)
    between_words = word_space(settings)
    for i in range(1, len(texts)):
        before, after = classes[i - 1], classes[i]
        plain = table[before][after]
        if latin not in (before, after):
            # a typed space between two hanzi is a phrase mark: kept as wide as a word space
            phrase = spaces[i] and before == after == Class.HAN
            gaps.append(between_words if phrase else plain)
        elif before == after:
            gaps.append(between_words if spaces[i] else PIECES)
        else:
            neighbour, edge = (
                (after, texts[i - 1][-1]) if before == latin else (before, texts[i][0])
            )
            apart = neighbour in han and takes_gap(edge)
            gaps.append(latin_gap(settings, plain.breaks) if apart else plain)
    return gaps[: len(texts)]


def _penalties(texts: Sequence[str], classes: Sequence[Class]) -> tuple[float, ...]:
    """A number and its unit part only where the line would be ugly otherwise (UAX 14 LB25)."""
    costs = [0.0] * (len(texts) + 1)
    for i in range(1, len(texts)):
        if classes[i - 1] == Class.LATIN and texts[i - 1][-1].isdigit():
            costs[i] = DATE_PENALTY if texts[i] in DATE_UNITS else 0.0
            costs[i] = costs[i] or (UNIT_PENALTY if texts[i] in UNITS else 0.0)
    return tuple(costs)


def _measured(
    texts: Sequence[str],
    spaces: Sequence[str],
    shaped: Sequence[Unit],
    classes: Sequence[Class],
    owners: Sequence[int],
    pieces: tuple[Piece, ...],
    widths: Sequence[int],
    gaps: Sequence[Gap],
    settings: Settings,
) -> Prepared:
    natural = [gap.natural for gap in gaps]
    before = [0, *accumulate(w + g for w, g in zip(widths, natural, strict=True))]
    lead = HALF if settings.trim_line_start else 0
    starts = [
        before[i] + natural[i] + (lead if kind in LEADING_WHITE else 0)
        for i, kind in enumerate(classes)
    ]
    ends = [
        0,
        *(before[i + 1] - (HALF if k in TRAILING_WHITE else 0) for i, k in enumerate(classes)),
    ]
    return Prepared(
        tuple(texts), tuple(spaces), tuple(shaped), tuple(classes), tuple(owners), pieces,
        tuple(widths), tuple(gaps),
        (*(i for i, gap in enumerate(gaps) if i and gap.breaks), len(texts)),
        tuple(ends), tuple(starts),
        (0, *accumulate(gap.shrink for gap in gaps)),
        (0, *accumulate(stretch_limit(gap.stretch_step, settings) for gap in gaps)),
        (0, *accumulate(1 if gap.stretch_step else 0 for gap in gaps)),
        _penalties(texts, classes),
    )  # fmt: skip
