"""Text to lines: prepare → break → justify → finalize, each a file of that name.

Comes in: paragraphs of copy with roles. Goes out: a galley – set lines, not yet placed. The rule
books are CLREQ and GB/T 15834; `spacing.py` is their table. `prepare` runs once a paragraph;
`compose` is a pure function of a prepared paragraph and a measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, IntEnum

import msgspec

from layout.compose.extras import line_extras
from layout.compose.finalize import DIGITS, Broken, Setting
from layout.compose.inline import Dot, Sort
from layout.compose.justify import justified, natural_width, unjustified
from layout.compose.linebreak import break_into, break_lines
from layout.compose.prepare import Piece, Prepared, UnsetCharacterError, prepare
from layout.compose.spacing import Kinsoku, Marks, Settings
from layout.sheet.items import Item, Tag, TextLine

__all__ = [
    "Align", "Dot", "Galley", "Keep", "Kinsoku", "Marks", "Paragraph", "Piece", "Prepared",
    "SetLine", "Settings", "Sort", "UnsetCharacterError", "compose", "compose_all", "fits",
    "opened", "prepare",
]  # fmt: skip

TOLERANCE_PT = 0.01


def fits(width: float, measure: float) -> bool:
    """The one comparison of a width with a measure (pt) that knows a tolerance."""
    return width <= measure + TOLERANCE_PT


class Align(Enum):
    """How a paragraph's lines meet their measure; a last line is never opened."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Paragraph(msgspec.Struct, frozen=True):
    """A prepared paragraph with its setting: size in points, first-line indent in ems."""

    prepared: Prepared
    size: float
    indent_em: float = 2.0
    align: Align = Align.JUSTIFY
    subhead: bool = False


class Keep(IntEnum):
    """Whether a leg may end behind a line."""

    FREE = 0
    ROWS = 1  # between two rows of a table, when no leg holds it whole
    WHOLE = 2  # never: inside a picture, inside a row, behind a table's header


class SetLine(msgspec.Struct, frozen=True, gc=False):
    """A line of a galley: first or last of its paragraph, or a subhead (kept with what follows).

    `set_` is the line as broken, or a place held for `extras`, which stand with the line, relative
    to its origin: dots, pictures, a table's cells. `air` is left white under a caption.
    """

    set_: Broken | TextLine
    first: bool
    last: bool
    subhead: bool = False
    extras: tuple[Item, ...] = ()
    keep: Keep = Keep.FREE
    air: bool = False

    @property
    def line(self) -> TextLine:
        """The line in glyph runs, made each time it is asked for: ask when it has its place."""
        return self.set_.drawn() if isinstance(self.set_, Broken) else self.set_

    def at(self, y: float, tag: Tag) -> TextLine:
        """The same in its place and with what it is: made once, for the sheet."""
        if isinstance(self.set_, Broken):
            return self.set_.drawn(y, tag)
        return msgspec.structs.replace(self.set_, y=y, tag=tag)

    @property
    def text(self) -> str:
        """Its copy."""
        return self.set_.text

    @property
    def width(self) -> float:
        """As set, in points."""
        return self.set_.width

    @property
    def measure(self) -> float:
        """In points."""
        return self.set_.measure

    @property
    def holds_place(self) -> bool:
        """True for a line that is not drawn itself."""
        return not isinstance(self.set_, Broken) and not self.set_.runs


class Galley(msgspec.Struct, frozen=True):
    """Set type of one measure (pt)."""

    measure: float
    lines: tuple[SetLine, ...]


def compose(paragraph: Paragraph, measure: float) -> tuple[SetLine, ...]:
    """A paragraph's lines at a measure in points."""
    measure_em, indent = _ems(paragraph, measure)
    ends = break_lines(paragraph.prepared, measure_em, indent)
    return _set(paragraph, measure, ends)


def opened(
    paragraph: Paragraph, measure: float, lines: int
) -> tuple[float, tuple[SetLine, ...]] | None:
    """The paragraph set in exactly `lines` lines, with its cost; None when they get too loose."""
    measure_em, indent = _ems(paragraph, measure)
    found = break_into(paragraph.prepared, measure_em, indent, lines)
    return (found[0], _set(paragraph, measure, found[1])) if found else None


def _ems(paragraph: Paragraph, measure: float) -> tuple[float, float]:
    """Measure and first-line indent in 1/1000 em."""
    measure_em = measure / paragraph.size * 1000
    return measure_em, min(paragraph.indent_em * 1000, measure_em / 2)


def _set(paragraph: Paragraph, measure: float, ends: Sequence[int]) -> tuple[SetLine, ...]:
    p, size = paragraph.prepared, paragraph.size
    measure_em, indent = _ems(paragraph, measure)
    em, justify, lines = size / 1000, paragraph.align is Align.JUSTIFY, []
    start, room, final = 0, measure_em - indent, len(p.texts)
    adorned = any(piece.dot or piece.sort for piece in p.sources)
    how, plain = _setting(size, indent * em, measure - indent * em), _setting(size, 0.0, measure)
    for end in ends:
        last = end == final
        full = justify and not last and end not in p.forced
        piece = (justified if full else unjustified)(p, start, end, room)
        if paragraph.align in (Align.CENTRE, Align.RIGHT):
            white = max(0.0, room - natural_width(p, start, end))
            share = white / 2 if paragraph.align is Align.CENTRE else white
            how = _setting(size, (measure_em - room + share) * em, room * em)
        extras = line_extras(p, piece, how) if adorned else ()
        lines.append(SetLine(Broken(p, piece, how), not start, last, paragraph.subhead, extras))
        start, room, how = end, measure_em, plain
    return tuple(lines)


def _setting(size: float, x: float, measure: float) -> Setting:
    return Setting(size, round(x, DIGITS), round(measure, DIGITS))


def compose_all(paragraphs: Sequence[Paragraph], measure: float) -> Galley:
    """A story's galley."""
    return Galley(measure, tuple(line for p in paragraphs for line in compose(p, measure)))
