"""A small table → lines of a galley: columns solved from their copy, cells set by the composer.

Comes in: prepared cells and a measure. Goes out: one set line a body line, so that every row stands
on the page's baselines and the table is a whole number of lines; rules lie in the white between
lines (占行: nothing on the page is off the grid). There are no upright rules: white parts columns.
Columns are whole or half 字 wide. A table too wide is set closer, its longest cells broken into
lines, or in smaller type, whichever costs its reader least; `tight` tells when nothing helps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil, floor

import msgspec
from msgspec.structs import replace

from layout.compose import Align, Keep, Paragraph, SetLine, compose, fits
from layout.compose.inline import INK_FOOT_EM, INK_TOP_EM
from layout.compose.prepare import Prepared
from layout.sheet.items import Item, Rule, Tag, TextLine
from layout.sheet.move import moved

# Steps of the body size; smaller than 80 % is no longer read without effort beside the body.
SIZES = (1.0, 0.95, 0.9, 0.85, 0.8)
# What a step smaller costs, a line more, columns closer than is wanted: rather two steps smaller
# than two cells with one character left over for a second line.
STEP, LINE, CLOSE = 1.0, 1.1, 0.8
# White between columns in 字: as wanted, and at least. More than the most only parts rows whose
# ends belong together; what is left then stands on both sides.
GAP_EM, LEAST_GAP_EM, MOST_GAP_EM = 1.0, 0.5, 4.0
# A column of words is not broken to less than this, 字.
LEAST_WORDS_EM = 4.0
HALF = 500  # 1/1000 em, the step of column widths
# Where a rule lies in the white between the ink of two lines, from the row it belongs to: the outer
# ones near the table, so that they do not underline the text above or hang from the text below;
# lower where a row has emphasis dots.
OUTER_SHARE, INNER_SHARE, DOTTED_SHARE = 0.36, 0.5, 0.64


class Table(msgspec.Struct, frozen=True):
    """Prepared cells, None where empty; `rows` begins with the header when there is one.

    `size` and `leading` are the body's, `weights` those of the outer rules and the inner one (pt).
    """

    aligns: tuple[Align, ...]
    rows: tuple[tuple[Prepared | None, ...], ...]
    header: bool
    size: float
    leading: float
    weights: tuple[float, float]


class _Columns(msgspec.Struct, frozen=True):
    """A solution: type size, and x and width of each column (pt)."""

    size: float
    xs: tuple[float, ...]
    widths: tuple[float, ...]


def tight(table: Table, measure: float) -> bool:
    """Whether the table does not fit at its smallest size."""
    return _solved(table, measure, SIZES[-1]) is None


def set_table(table: Table, measure: float) -> tuple[SetLine, ...]:
    """Its lines; rows are kept whole and the header with the first of them."""
    columns = _columns(table, measure)
    lines: list[SetLine] = []
    for number, row in enumerate(table.rows):
        cells = [
            _cell(cell, align, columns.size, width)
            for cell, align, width in zip(row, table.aligns, columns.widths, strict=True)
        ]
        count = max(1, *map(len, cells))
        items = [*_rules(table, number, count, measure), *_placed(table, number, cells, columns.xs)]
        heads = table.header and not number
        last = number == len(table.rows) - 1
        between = Keep.WHOLE if heads else Keep.FREE if last else Keep.ROWS
        text = "".join(set_line.text for cell in cells for set_line in cell)
        lines += _row(items, count, measure, text, between)
    return tuple(lines)


def _row(
    items: Sequence[Item], count: int, measure: float, text: str, between: Keep
) -> Iterator[SetLine]:
    """A row's lines: the first one brings all that is drawn."""
    for k in range(count):
        holder = place_holder(measure, "" if k else text)
        extras = () if k else tuple(items)
        keep = Keep.WHOLE if k < count - 1 else between
        yield SetLine(holder, True, True, extras=extras, keep=keep)


def place_holder(measure: float, text: str) -> TextLine:
    """A line that is not drawn; its text is what is overset when it finds no leg."""
    return TextLine(0.0, 0.0, round(measure, 3), round(measure, 3), 0.0, text, ())


def _cell(cell: Prepared | None, align: Align, size: float, width: float) -> tuple[SetLine, ...]:
    return compose(Paragraph(cell, size, 0.0, align), width) if cell else ()


def _placed(
    table: Table, row: int, cells: Sequence[Sequence[SetLine]], xs: Sequence[float]
) -> Iterator[Item]:
    """Cell by cell, the order in which they are read and copied."""
    kind = "header" if table.header and not row else "cell"
    for column, (cell, x) in enumerate(zip(cells, xs, strict=True)):
        for k, set_line in enumerate(cell):
            line = replace(set_line.line, tag=Tag(kind, k == 0, row, column))
            left, y = x + line.x, k * table.leading
            yield line.at(left, y)
            yield from (moved(item, left, y) for item in set_line.extras)


def _rules(table: Table, number: int, count: int, measure: float) -> Iterator[Rule]:
    """Of a row: over the first, under the header, under the last (pt from its first baseline)."""
    outer, inner = table.weights
    white = table.leading - (INK_FOOT_EM + INK_TOP_EM) * table.size
    pieces = (piece for cell in table.rows[number] if cell for piece in cell.sources)
    dotted = any(piece.dot for piece in pieces)
    foot = (count - 1) * table.leading + INK_FOOT_EM * table.size
    if number == 0:
        yield _rule(-INK_TOP_EM * table.size - OUTER_SHARE * white, outer, measure)
    if number == len(table.rows) - 1:
        share = DOTTED_SHARE if dotted else OUTER_SHARE
        yield _rule(foot + share * white, outer, measure)
    elif number == 0 and table.header:
        share = DOTTED_SHARE if dotted else INNER_SHARE
        yield _rule(foot + share * white, inner, measure)


def _rule(y: float, weight: float, measure: float) -> Rule:
    return Rule(0.0, round(y, 3), round(measure, 3), round(y, 3), weight)


# --- columns ---------------------------------------------------------------------------------


def _columns(table: Table, measure: float) -> _Columns:
    """The cheapest solution; when there is none, the smallest size pressed into the measure."""
    found = [
        (STEP * number + _cost(table, columns), -columns.size, columns)
        for number, step in enumerate(SIZES)
        if (columns := _solved(table, measure, step))
    ]
    if found:
        return min(found, key=lambda each: each[:2])[2]
    size, least = table.size * SIZES[-1], _least(table)
    gaps = LEAST_GAP_EM * size * (len(least) - 1)
    share = (measure - gaps) / (sum(least) * size / 1000)
    return _spread(table, [width * share for width in least], size, measure)


def _cost(table: Table, columns: _Columns) -> float:
    """Of lines beyond one a row, and of columns set close."""
    counts = (
        max((len(_cell(c, Align.LEFT, columns.size, width)) for c, width in cells if c), default=1)
        for cells in (zip(row, columns.widths, strict=True) for row in table.rows)
    )
    more = sum(counts) - len(table.rows)
    ends = zip(columns.xs[1:], columns.xs, columns.widths, strict=False)
    close = any(not fits(GAP_EM * columns.size, right - x - width) for right, x, width in ends)
    return LINE * more + CLOSE * close


def _solved(table: Table, measure: float, step: float) -> _Columns | None:
    """Columns at a size: as wide as their copy if they may be, else shared out; None if not."""
    size = table.size * step
    natural, gaps = _natural(table), len(table.aligns) - 1
    if fits((sum(natural) / 1000 + gaps * LEAST_GAP_EM) * size, measure):
        return _spread(table, natural, size, measure)
    room = floor((measure / size - gaps * LEAST_GAP_EM) * 1000 / HALF + 1e-6) * HALF
    widths = _least(table)
    if sum(widths) > room:
        return None
    while sum(widths) < room:
        short = [k for k, width in enumerate(widths) if width < natural[k]]
        # half a 字 to the column whose copy breaks into the most lines
        widths[max(short, key=lambda k: (natural[k] / widths[k], -k))] += HALF
    return _spread(table, widths, size, measure)


def _natural(table: Table) -> list[int]:
    """The width of each column's widest cell in one line, whole or half 字 (1/1000 em)."""
    return [
        max((_rounded_up(cell.ends[-1] - cell.starts[0]) for cell in column if cell), default=HALF)
        for column in zip(*table.rows, strict=True)
    ]


def _least(table: Table) -> list[int]:
    """What each column must have: figures whole, words four 字 and their longest word (1/1000 em).

    The header's words may break, whatever stands below them.
    """
    found = []
    for natural, column in zip(_natural(table), zip(*table.rows, strict=True), strict=True):
        words = max((max(_parts(cell)) for cell in column if cell), default=HALF)
        few = round(LEAST_WORDS_EM * 1000)
        found.append(min(natural, _rounded_up(max(few, words))))
    return found


def _parts(cell: Prepared) -> Iterator[int]:
    """Widths of what no line break parts."""
    start = 0
    for end in range(1, len(cell.legal)):
        if cell.legal[end]:
            yield cell.ends[end] - cell.starts[start]
            start = end


def _rounded_up(width: float) -> int:
    return ceil(width / HALF - 1e-6) * HALF


def _spread(table: Table, widths_em: Sequence[float], size: float, measure: float) -> _Columns:
    """Columns from the left edge of the measure to its right, the white between them alike."""
    widths = [width * size / 1000 for width in widths_em]
    gaps = len(widths) - 1
    white = measure - sum(widths)
    gap = min(white / gaps, MOST_GAP_EM * table.size) if gaps else 0.0
    left = (white - gaps * gap) / 2
    xs = accumulate((width + gap for width in widths[:-1]), initial=left)
    return _Columns(size, tuple(xs), tuple(widths))
