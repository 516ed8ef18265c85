"""A paragraph's copy, shaped and classed once, before any measure is known.

Comes in: spans of copy with role, ink and mark. Goes out: `Prepared` – parallel lists over units,
the gap before each unit, and prefix sums that let a line's width be had in one subtraction.
Pairs are looked at on the paragraph, not on the span: squeezing survives a change of face.
All widths are in 1/1000 em of the paragraph's size.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from operator import add, sub

import msgspec

from layout.compose.classes import Class, runs, takes_gap
from layout.compose.spacing import (
    HALF,
    HANGING,
    LEADING_WHITE,
    MAINLAND,
    PIECES,
    SOLID,
    TRAILING_WHITE,
    Gap,
    Settings,
    Stretch,
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
    before unit i, `trails[i]` what unit i gives up at a line's end: its white half, or all of it
    when it hangs. `turns` are units at which face or piece changes, `odd` those that are more than
    one character in one glyph; `naturals` and `steps` repeat the gaps', for speed.
    """

    settings: Settings
    texts: tuple[str, ...]
    spaces: tuple[str, ...]
    shaped: tuple[Unit, ...]
    glyphs: tuple[int, ...]
    classes: tuple[Class, ...]
    pieces: tuple[int, ...]
    sources: tuple[Piece, ...]
    turns: tuple[int, ...]
    odd: tuple[int, ...]
    widths: tuple[int, ...]
    gaps: tuple[Gap, ...]
    naturals: tuple[int, ...]
    steps: tuple[Stretch, ...]
    trails: tuple[int, ...]
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

_CELL_KINDS = frozenset({Class.DOT, Class.WIDE_SPACE})
_tables = cache(gap_table)


class _Draft:
    """Parallel lists over the units of a paragraph, gathered piece by piece."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.spaces: list[str] = []
        self.classes: list[Class] = []
        self.shaped: list[Unit] = []
        self.pieces: list[int] = []

    def add(self, index: int, piece: Piece, fonts: FontSet) -> None:
        """Shape and class the units of one piece."""
        shapes, already = fonts.units(piece.role), len(self.texts)
        try:
            for space, run, kind in runs(piece.text):
                if kind is Class.HAN:
                    self.texts += run
                    self.spaces += [space, *[""] * (len(run) - 1)]
                    self.classes += [kind] * len(run)
                    self.shaped += map(shapes.__getitem__, run)
                else:
                    self.texts.append(run)
                    self.spaces.append(space)
                    self.classes.append(kind)
                    self.shaped.append(shapes[run])
        except MissingCharacterError as missing:
            raise UnsetCharacterError(missing, piece.source) from missing
        self.pieces += [index] * (len(self.texts) - already)


def prepare(pieces: Sequence[Piece], fonts: FontSet, settings: Settings = MAINLAND) -> Prepared:
    """Shape and class a paragraph; UnsetCharacterError when no face has one of its characters."""
    draft = _Draft()
    for index, piece in enumerate(pieces):
        draft.add(index, piece, fonts)
    gaps = _gaps(draft.texts, draft.spaces, draft.classes, settings)
    if any(draft.spaces):
        draft.spaces = [
            s if g.stretch_step == Stretch.WORD_SPACE else ""
            for s, g in zip(draft.spaces, gaps, strict=True)
        ]
    return _measured(draft, tuple(pieces), gaps, settings)


def _gaps(
    texts: Sequence[str], spaces: Sequence[str], classes: Sequence[Class], settings: Settings
) -> list[Gap]:
    table, gaps = _tables(settings), [SOLID]
    latin, han = Class.LATIN, (Class.HAN, Class.DOT)
    between_words = word_space(settings)
    solid = table[Class.HAN][Class.HAN]
    for i, (before, after) in enumerate(pairwise(classes), 1):
        if before is after is Class.HAN and not spaces[i]:
            gaps.append(solid)
            continue
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
    draft: _Draft, pieces: tuple[Piece, ...], gaps: Sequence[Gap], settings: Settings
) -> Prepared:
    classes, shaped = draft.classes, draft.shaped
    own = {Class.DOT: HALF, Class.WIDE_SPACE: settings.wide_space}
    widths = [own.get(k) or unit.advance for k, unit in zip(classes, shaped, strict=True)]
    natural = [gap.natural for gap in gaps]
    steps = [gap.stretch_step for gap in gaps]
    before = [0, *accumulate(map(add, widths, natural))]
    lead = HALF if settings.trim_line_start else 0
    limits = {step: stretch_limit(step, settings) for step in Stretch}
    trails = _trails(draft, settings)
    return Prepared(
        settings=settings,
        texts=tuple(draft.texts),
        spaces=tuple(draft.spaces),
        shaped=tuple(shaped),
        glyphs=tuple([unit.glyphs[0] for unit in shaped]),
        classes=tuple(classes),
        pieces=tuple(draft.pieces),
        sources=pieces,
        turns=_turns(draft),
        odd=_odd(draft),
        widths=tuple(widths),
        gaps=tuple(gaps),
        naturals=tuple(natural),
        steps=tuple(steps),
        breaks=(*(i for i, gap in enumerate(gaps) if i and gap.breaks), len(gaps)),
        trails=trails,
        ends=(0, *map(sub, before[1:], trails)),
        starts=tuple(
            [
                x + lead if kind in LEADING_WHITE else x
                for x, kind in zip(map(add, before, natural), classes, strict=False)
            ]
        ),
        shrinks=(0, *accumulate([gap.shrink for gap in gaps])),
        softs=(0, *accumulate([limits[step] for step in steps])),
        loose=(0, *accumulate([1 if step else 0 for step in steps])),
        penalties=_penalties(draft.texts, classes),
    )


def _trails(draft: _Draft, settings: Settings) -> tuple[int, ...]:
    """What each unit gives up at a line's end (GB/T 15834 5.1.10; CLREQ, hanging punctuation)."""
    found = [HALF if kind in TRAILING_WHITE else 0 for kind in draft.classes]
    if settings.hanging:
        for i, text in enumerate(draft.texts):
            # of a run of marks only the first could hang, and it does not stand at the end
            if text in HANGING and i and draft.classes[i - 1] not in TRAILING_WHITE:
                found[i] = draft.shaped[i].advance
    return tuple(found)


def _turns(draft: _Draft) -> tuple[int, ...]:
    """Units at which face or piece changes."""
    faces = [(unit.face, piece) for unit, piece in zip(draft.shaped, draft.pieces, strict=True)]
    return tuple(i for i, (a, b) in enumerate(pairwise(faces), 1) if a != b)


def _odd(draft: _Draft) -> tuple[int, ...]:
    """Units that are not one character in one glyph at their cell's left edge."""
    return tuple(
        i
        for i, (kind, text, space) in enumerate(
            zip(draft.classes, draft.texts, draft.spaces, strict=True)
        )
        if kind in _CELL_KINDS
        or len(text) > 1
        or space
        or len(draft.shaped[i].glyphs) > 1
        or draft.shaped[i].offsets[0]
    )
