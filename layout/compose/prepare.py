"""A paragraph's copy, shaped and classed once, before any measure is known.

Comes in: spans of copy with role, ink and mark. Goes out: `Prepared` – parallel lists over units,
the gap before each unit, and prefix sums that let a line's width be had in one subtraction.
Pairs are looked at on the paragraph, not on the span: squeezing survives a change of face.
All widths are in 1/1000 em of the paragraph's size.

Nine units of ten are hanzi, which stand solid: lists begin as if all were, then marks are patched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate, compress, pairwise
from operator import attrgetter, itemgetter

import msgspec

from layout.compose.classes import CLASSES, Class, ends_no_line, latin_marks, parts, runs, takes_gap
from layout.compose.classes import starts_no_line as clings
from layout.compose.hyphens import SHORTEST, hyphenated
from layout.compose.inline import Dot, Sort
from layout.compose.spacing import (
    CENTRED,
    HALF,
    HANGING,
    LEADING_WHITE,
    MAINLAND,
    PIECES,
    SOLID,
    TRAILING_WHITE,
    Gap,
    Kinsoku,
    Settings,
    Stretch,
    gap_table,
    no_end,
)
from layout.findings import Mark
from layout.fonts import FontSet, MissingCharacterError, Unit
from layout.sheet.items import BLACK, Ink


class Piece(msgspec.Struct, frozen=True):
    """Copy of one role and ink; `source` is where it stands.

    With a `dot` its hanzi have emphasis dots; a `sort` is a picture in the line, its text U+FFFC.
    """

    text: str
    role: str
    ink: Ink = BLACK
    source: Mark | None = None
    dot: Dot | None = None
    sort: Sort | None = None


class UnsetCharacterError(Exception):
    """A character no face has, and the copy it stands in."""

    def __init__(self, missing: MissingCharacterError, source: Mark | None) -> None:
        self.missing, self.source = missing, source
        super().__init__(str(missing))


class Prepared(msgspec.Struct, frozen=True):
    """A paragraph ready to be broken at any measure. `gaps[i]` stands before unit i; gaps[0] is 0.

    `cells[i]` is where unit i's cell begins when nothing is adjusted; `starts[i]` adds its leading
    white and `ends[i]` is where unit i−1 ends less its trailing white: a line a … b is
    ends[b] − starts[a] wide. `shrinks`, `softs` and `opens` are running sums over gaps of shrink,
    of stretch in word spaces and Latin gaps, and of the number of gaps that open in the last step.
    `legal[i]` is 1 where a line may begin with unit i, and at the end.
    `penalties[i]` is the cost of a line that ends before unit i; `hyphens` holds the hyphen that
    unit i brings at a line's end. `turns` are units at which face or piece changes, `odd` those
    that are more than one character in one glyph; `forced` begin a line whatever the measure;
    `levels` are the embedding levels of units (UAX 9) when some run from right to left.
    """

    settings: Settings
    texts: Sequence[str]
    spaces: Mapping[int, str]
    shaped: Sequence[Unit]
    glyphs: Sequence[int]
    classes: Sequence[Class]
    pieces: Sequence[int]
    sources: tuple[Piece, ...]
    turns: tuple[int, ...]
    odd: tuple[int, ...]
    widths: Sequence[int]
    gaps: Sequence[Gap]
    cells: Sequence[int]
    legal: bytes
    ends: Sequence[int]
    starts: Sequence[int]
    shrinks: Sequence[int]
    softs: Sequence[int]
    opens: Sequence[int]
    penalties: Mapping[int, float]
    hyphens: Mapping[int, Unit]
    forced: tuple[int, ...]
    levels: tuple[int, ...]

    @property
    def text(self) -> str:
        """The copy as set: typed spaces between hanzi and Latin are replaced by gaps."""
        return "".join(self.spaces.get(i, "") + text for i, text in enumerate(self.texts))


# What a break behind a figure costs: before 年月日 an editor would circle it, before other units
# it is let pass in a narrow column; where kinsoku is strict both are forbidden (UAX 14 LB25).
DATE_UNITS, DATE_PENALTY = frozenset("年月日时分秒点号"), 250.0
UNITS, UNIT_PENALTY = frozenset("个亿万千百元吨人名家项米亩户岁次台套辆公版期届条%％℃"), 80.0
# A word parted by a hyphen in a Chinese column is a last resort, but better than a torn line.
HYPHEN_PENALTY = 60.0
# A range of figures parted behind its connector (2025—|2030).
RANGE_PENALTY = 60.0
# A part of an address longer than this fits no narrow column; it parts in chunks where it must,
# rather than stick out of its measure, and nowhere else. A number is never parted.
LONGEST_PART, CHUNK, CHUNK_PENALTY = 12, 4, 1e6
# Three marks in a row parted, where the house allows it.
SPLIT_PENALTY = 200.0

# An enum's member costs five times a name's look-up: these are looked for at every mark.
_HAN, _LATIN, _DOT, _ELLIPSIS = Class.HAN, Class.LATIN, Class.DOT, Class.ELLIPSIS
# What a Latin word stands off from by a thin space.
_STANDS_OFF = frozenset({Class.HAN, Class.DOT, Class.KANA, Class.OBJECT})
_CELL_KINDS = frozenset({Class.DOT, Class.WIDE_SPACE})
_advance, _face, _glyphs = attrgetter("advance"), attrgetter("face"), attrgetter("glyphs")


class _Draft:
    """Parallel lists over the units of a paragraph, gathered piece by piece."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.texts: list[str] = []
        self.spaces: dict[int, str] = {}
        self.classes: list[Class] = []
        self.shaped: list[Unit] = []
        self.pieces: list[int] = []
        self.hyphens: dict[int, Unit] = {}
        self.chunks: list[int] = []

    def add(self, index: int, piece: Piece, marked: tuple[str, bool], fonts: FontSet) -> None:
        """Shape and class the units of one piece."""
        if piece.sort:
            self._sort(index, piece.text, piece.sort)
            return
        shapes, latin = fonts.units(piece.role), fonts.latin_units(piece.role)
        shapes.ahead = piece.text
        try:
            for space, run, kind in runs(*marked):
                if space and self.texts:
                    self.spaces[len(self.texts)] = space
                if kind is None:
                    characters = list(run)  # once: a character's hash is kept with it
                    self.texts += characters
                    self.classes += map(CLASSES.__getitem__, characters)
                    self.shaped += map(shapes.__getitem__, characters)
                elif kind is _LATIN:
                    self._word(run, latin)
                else:
                    self.texts.append(run)
                    self.classes.append(kind)
                    self.shaped.append(shapes[run])
        except MissingCharacterError as missing:
            raise UnsetCharacterError(missing, _place(piece, missing.character)) from missing
        self.pieces += [index] * (len(self.texts) - len(self.pieces))

    def _sort(self, index: int, text: str, sort: Sort) -> None:
        """A picture: a unit without glyphs."""
        self.texts.append(text)
        self.classes.append(Class.OBJECT)
        self.shaped.append(Unit("", (), (), (), sort.width, (0, sort.width)))
        self.pieces.append(index)

    def _word(self, word: str, shapes: Mapping[str, Unit]) -> None:
        """A Latin word, or its parts where it may break: as it is, or with a hyphen."""
        if len(word) < SHORTEST and word.isalnum():  # most are figures
            self._unit(word, shapes)
            return
        whole = parts(word)
        split = whole if len(whole) > 1 else hyphenated(word, self.settings.hyphenate)
        for k, part in enumerate(split):
            if k and split is not whole:
                self.hyphens[len(self.texts) - 1] = shapes["-"]
            step = CHUNK if len(part) > LONGEST_PART and not part.isdigit() else len(part)
            for at in range(0, len(part), step):
                if at:
                    self.chunks.append(len(self.texts))
                self._unit(part[at : at + step], shapes)

    def _unit(self, word: str, shapes: Mapping[str, Unit]) -> None:
        """A Latin word or part that is not taken apart."""
        self.texts.append(word)
        self.classes.append(_LATIN)
        self.shaped.append(shapes[word])


def _place(piece: Piece, character: str) -> Mark | None:
    """Where a character stands in its line of copy."""
    if (mark := piece.source) is None:
        return None
    return Mark(mark.file, mark.line, mark.column + max(0, piece.text.find(character)))


def prepare(pieces: Sequence[Piece], fonts: FontSet, settings: Settings = MAINLAND) -> Prepared:
    """Shape and class a paragraph; UnsetCharacterError when no face has one of its characters."""
    draft = _Draft(settings)
    whole, marked = latin_marks("".join([piece.text for piece in pieces]))
    at = 0
    for index, piece in enumerate(pieces):
        draft.add(index, piece, (whole[at : at + len(piece.text)], marked), fonts)
        at += len(piece.text)
    return _measured(draft, tuple(pieces))


def _measured(draft: _Draft, pieces: tuple[Piece, ...]) -> Prepared:
    settings, classes, shaped = draft.settings, draft.classes, draft.shaped
    marks = list(compress(range(len(classes)), classes))
    widths = list(map(_advance, shaped))
    for i in marks:
        if classes[i] in _CELL_KINDS:
            widths[i] = HALF if classes[i] is _DOT else settings.wide_space
    words = [i for i in marks if classes[i] is _LATIN]
    penalties = _penalties(draft, marks, words)
    gaps = _Gaps(draft, marks, penalties)
    cells, ends = gaps.edges(widths)
    starts = cells[:-1]
    _trim_edges(draft, marks, starts, ends)
    return Prepared(
        settings=settings,
        texts=draft.texts,
        spaces=gaps.spaces,
        shaped=shaped,
        glyphs=_first_glyphs(shaped),
        classes=classes,
        pieces=draft.pieces,
        sources=pieces,
        turns=_turns(draft, len(pieces)),
        odd=_odd(draft, marks),
        widths=widths,
        gaps=gaps.gaps,
        cells=cells,
        legal=bytes(gaps.legal),
        ends=ends,
        starts=starts,
        shrinks=list(accumulate(gaps.shrinks, initial=0)),
        softs=list(accumulate(gaps.softs, initial=0)),
        opens=list(accumulate(gaps.opens, initial=0)),
        penalties=penalties,
        hyphens=draft.hyphens,
        forced=_forced(draft, marks, gaps.legal),
        levels=_levels(draft, words),
    )


def _first_glyphs(shaped: Sequence[Unit]) -> list[int]:
    try:
        return list(map(itemgetter(0), map(_glyphs, shaped)))
    except IndexError:  # a picture has none
        return [unit.glyphs[0] if unit.glyphs else 0 for unit in shaped]


class _Gaps:
    """The gap before each unit, as objects and as parallel lists of what they give.

    `naturals` are the widths of those that have any. `legal[i]` is 1 where a line may begin with
    unit i, and at the end.
    """

    def __init__(self, draft: _Draft, marks: Sequence[int], penalties: Mapping[int, float]) -> None:
        self.draft, count = draft, len(draft.classes)
        self.table = gap_table(draft.settings)
        self.gaps = [self.table.pairs[_HAN][_HAN]] * count
        self.naturals: dict[int, int] = {}
        self.shrinks, self.softs = [0] * count, [0] * count
        self.opens, self.legal = [1] * count, bytearray(b"\1") * (count + 1)
        if count:
            self._put(marks)
        spaces, word = draft.spaces, Stretch.WORD_SPACE
        self.spaces = {i: spaces[i] for i in spaces if self.gaps[i].stretch_step is word}
        self._bar(penalties)

    def _put(self, marks: Sequence[int]) -> None:
        """Every gap that is not between two hanzi standing solid; none before the first unit."""
        gaps, naturals, opens, legal = self.gaps, self.naturals, self.opens, self.legal
        shrinks, softs, spaces = self.shrinks, self.softs, self.draft.spaces
        classes, pairs = self.draft.classes, self.table.pairs
        gaps[0], opens[0], legal[0] = SOLID, 0, 0
        for i in {*marks, *[i + 1 for i in marks], *spaces} - {0, len(gaps)}:
            before, after = classes[i - 1], classes[i]
            if before is _LATIN or after is _LATIN:
                gap = self._beside_latin(i, before, after)
            elif before is after is _HAN and i in spaces:
                gap = self.table.word  # a phrase mark
            else:
                gap = pairs[before][after]
            gaps[i], shrinks[i], softs[i] = gap, gap.shrink, gap.soft
            if gap.natural:
                naturals[i] = gap.natural
            if not gap.stretch_step:
                opens[i] = 0
            legal[i] = gap.breaks

    def edges(self, widths: Sequence[int]) -> tuple[list[int], list[int]]:
        """Where cells of these widths begin and the last ends, and where each ends before its gap.

        Most cells end where the next begins: the numbers are shared, since they are many.
        """
        advances = [*widths]
        for i, natural in self.naturals.items():
            advances[i - 1] += natural
        cells = list(accumulate(advances, initial=0))
        ends = cells.copy()
        for i, natural in self.naturals.items():
            ends[i] -= natural
        return cells, ends

    def _beside_latin(self, i: int, before: Class, after: Class) -> Gap:
        """The gap before unit i, which or whose neighbour is Latin."""
        texts = self.draft.texts
        beside, edge = (after, texts[i - 1][-1]) if before is _LATIN else (before, texts[i][0])
        if beside is _HAN and edge.isalnum():
            return self.table.latin[True]
        plain = self.table.pairs[before][after]
        level, legal = self.draft.settings.kinsoku, plain.breaks
        if level and after is _LATIN and not texts[i][0].isalnum():
            legal = legal and not clings(texts[i])
        if level and before is _LATIN and not texts[i - 1][-1].isalnum():
            solidus = level >= Kinsoku.GB and after is not _LATIN and texts[i - 1][-1] == "/"
            legal = legal and not solidus and not ends_no_line(texts[i - 1])
        if before is after:
            if i in self.draft.spaces:
                return self.table.word
            return PIECES if legal or i - 1 in self.draft.hyphens else SOLID
        if beside in _STANDS_OFF and takes_gap(edge):
            return self.table.latin[legal]
        return plain if legal == plain.breaks else msgspec.structs.replace(plain, breaks=legal)

    def _bar(self, penalties: Mapping[int, float]) -> None:
        """Breaks that the level of kinsoku forbids or allows beyond the table."""
        settings = self.draft.settings
        strict = settings.kinsoku is Kinsoku.STRICT
        for i, cost in penalties.items():
            if strict and cost in (DATE_PENALTY, UNIT_PENALTY):
                self.legal[i] = 0
            elif cost == SPLIT_PENALTY:
                self.legal[i] |= self.draft.classes[i - 1] not in no_end(settings)


def _trim_edges(draft: _Draft, marks: Sequence[int], starts: list[int], ends: list[int]) -> None:
    """What units give up at a line's edges (GB/T 15834 5.1.10; CLREQ), and hyphens they bring."""
    settings, classes = draft.settings, draft.classes
    centred, hanging = settings.centred, settings.hanging
    for i in marks:
        kind = classes[i]
        if centred and kind in CENTRED:
            continue
        if kind in TRAILING_WHITE:
            hangs = hanging and draft.texts[i] in HANGING and i
            # of a run of marks only the first could hang, and it does not stand at the end
            hangs = hangs and classes[i - 1] not in TRAILING_WHITE
            ends[i + 1] -= draft.shaped[i].advance if hangs else HALF
        elif kind in LEADING_WHITE:
            trims = settings.trim_line_start if i else settings.trim_paragraph_start
            starts[i] += HALF if trims else 0
    for i, hyphen in draft.hyphens.items():
        ends[i + 1] += hyphen.advance


def _penalties(draft: _Draft, marks: Sequence[int], words: Sequence[int]) -> dict[int, float]:
    """What a line costs more that ends before a unit: a number and its unit part, a hyphen."""
    costs = {i + 1: HYPHEN_PENALTY for i in draft.hyphens}
    costs |= dict.fromkeys(draft.chunks, CHUNK_PENALTY)
    texts, classes = draft.texts, draft.classes
    for i in words:
        edge = texts[i][-1]
        if edge.isdigit() and i + 1 < len(texts):
            after = texts[i + 1][0]
            cost = DATE_PENALTY if after in DATE_UNITS else 0.0
            if cost := cost or (UNIT_PENALTY if after in UNITS else 0.0):
                costs[i + 1] = cost
        elif edge in "–—":
            costs[i + 1] = RANGE_PENALTY
    if draft.settings.split_marks:
        for a, b, c in zip(marks, marks[1:], marks[2:], strict=False):
            if c - a == 2 and _LATIN not in classes[a : c + 1]:
                costs |= dict.fromkeys((b, c), SPLIT_PENALTY)
    return costs


def _forced(draft: _Draft, marks: Sequence[int], legal: Sequence[int]) -> tuple[int, ...]:
    """Two ellipses together stand on a line of their own (GB/T 15834 5.1.5)."""
    classes, texts = draft.classes, draft.texts
    alone = [i for i in marks if classes[i] is _ELLIPSIS and len(texts[i]) >= 4]
    if not alone:
        return ()
    edges = {edge for i in alone for edge in (i, i + 1)}
    return tuple(sorted(edge for edge in edges if 0 < edge < len(texts) and legal[edge]))


def _turns(draft: _Draft, pieces: int) -> tuple[int, ...]:
    """Units at which face or piece changes."""
    faces, numbers = list(map(_face, draft.shaped)), draft.pieces
    if faces.count(faces[0] if faces else "") < len(faces):
        settings = pairwise(zip(faces, numbers, strict=True))
        return tuple(i for i, (a, b) in enumerate(settings, 1) if a != b)
    begins = {bisect_left(numbers, number) for number in range(1, pieces)}
    return tuple(sorted(begins - {0, len(numbers)}))


def _odd(draft: _Draft, marks: Sequence[int]) -> tuple[int, ...]:
    """Units that are not one character in one glyph at their cell's left edge."""
    texts, shaped, classes, found = draft.texts, draft.shaped, draft.classes, []
    for i in marks:
        unit = shaped[i]
        plain = len(texts[i]) == len(unit.glyphs) == 1 and not unit.offsets[0]
        if not plain or classes[i] in _CELL_KINDS:
            found.append(i)
    return tuple(found)


def _levels(draft: _Draft, words: Sequence[int]) -> tuple[int, ...]:
    """Embedding levels (UAX 9), only for a paragraph with right-to-left words."""
    if not any(draft.shaped[i].rtl for i in words):
        return ()
    from layout.compose.bidi import levels  # late: hardly a paragraph has any

    return levels(draft.texts, draft.classes, draft.spaces)
