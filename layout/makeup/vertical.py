"""Vertical headlines (竖题): kicker, main lines and deck side by side over one leg of a frame.

Comes in: a story's headline and a leg's measure. Goes out: the forms it can take there, each a
block of whole body lines; and such a block's set lines. Lines run right to left: the kicker stands
right of the main line and begins higher (肩题), the deck left of it and lower. One size-square of
air stands above and below the main lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import msgspec

from layout.compose.headline import Fitted, Look, Sense, Shape, broken
from layout.compose.vertical import cells, fit_vertical, length_em, vertical_line
from layout.fonts import FontSet
from layout.issue.model import Copy, Headline
from layout.makeup import styles
from layout.makeup.heads import Head, HeadSetter, Part, arrangements, clamp
from layout.sheet.items import Grid, Tag, VerticalLine

# No measure holds a vertical head's size down, as it does most horizontal ones; it takes this much
# more than its rank's largest, or it would look small in its block.
LARGER = 1.2
# Sizes tried from a rank's largest to its least, and below them a grade down, as horizontally.
SIZES = (1.0, 0.8, 0.6, 0.3, 0.0)
GRADE, GRADES = 0.85, 3
SHORTEST = 3  # characters; a line of fewer is no line of a vertical head
MOST_LINES = 4
# Costs, in the unit of plan.py.
SMALL, EXTRA_LINE, RAGGED, STUBBY, GRADE_DOWN = 3.0, 0.3, 2.0, 3.0, 5.0
THIN, FULL = 5.0, 0.55  # a block whose type takes less than this share of its leg
AIR_BESIDE = 0.5  # body em, the least at a leg's edges
# White between lines and between parts grows in a wide leg to so many times its least.
MOST_SPREAD = 2.2


def forms(
    setter: HeadSetter, headline: Headline, style: styles.HeadStyle, width: float, grade: int
) -> list[Head]:
    """The forms that stand in a leg of this measure, cheapest first, so many grades below rank."""
    least, most = style.least * GRADE**grade, style.most * LARGER
    most = style.least * GRADE ** (grade - 1) if grade else most
    graded = msgspec.structs.replace(style, least=least, most=most)
    found = [
        msgspec.structs.replace(head, cost=head.cost + grade * GRADE_DOWN)
        for head in _forms(setter, headline, graded, width)
    ]
    return sorted(found, key=lambda head: head.cost)


def _forms(
    setter: HeadSetter, headline: Headline, style: styles.HeadStyle, width: float
) -> Iterator[Head]:
    room = width - 2 * AIR_BESIDE * setter.grid.size
    for lines in arrangements(headline, Sense(setter.lexicon, style.shape)):
        if len(lines) > MOST_LINES:
            continue
        lengths = [length_em(cells(line, style.role, setter.fonts))[0] for line in lines]
        sizes = (round(2 * (style.least + k * (style.most - style.least))) / 2 for k in SIZES)
        for size in dict.fromkeys(sizes):
            look = Look(style.role, size, ink=style.ink)
            sources = tuple(line.mark for line in headline.lines)
            main = Part("headline", Fitted(lines, look, 1.0), sources, 0.0)
            parts = _around(setter, headline, style, main, max(lengths) * size)
            if parts and sum(part.height + part.air for part in parts) <= room:
                block = ceil((max(lengths) + 2) * size / setter.grid.leading)
                cost = _cost(parts, style, lengths, room)
                yield Head(parts, width, block, cost, vertical=True)


def _around(
    setter: HeadSetter, headline: Headline, style: styles.HeadStyle, main: Part, length: float
) -> tuple[Part, ...] | None:
    """Parts from right to left beside main lines of a length (pt); None when one is too long."""
    size, between = main.fitted.look.size, styles.AIR_BETWEEN * setter.by
    parts = [main]
    if headline.kicker:
        pt = clamp(size * styles.KICKER_EM, styles.KICKER_LIMITS)
        look, longest = Look(style.kicker_role, pt), length + size / 2
        kicker = _minor(setter, headline.kicker, look, longest)
        parts = [kicker, msgspec.structs.replace(main, air=between)] if kicker else []
    if headline.deck and parts:
        pt = clamp(size * styles.DECK_EM, styles.DECK_LIMITS)
        deck = _minor(setter, headline.deck, Look(style.deck_role, pt), length)
        parts = [*parts, msgspec.structs.replace(deck, kind="deck", air=between)] if deck else []
    return tuple(parts) or None


def _minor(setter: HeadSetter, copy: Copy, look: Look, length: float) -> Part | None:
    """A kicker or deck in as few lines as a length allows, not tracked out."""
    sizes = max(setter.grid.size, look.size * 0.8), look.size
    for count in range(1, MOST_LINES + 1):
        lines = broken(copy.text, count, Sense(setter.lexicon))
        if lines and (found := fit_vertical(lines, look, length, sizes, setter.fonts)):
            tracking = min(0.0, found.look.tracking_em)
            natural = msgspec.structs.replace(found.look, tracking_em=tracking)
            fitted = msgspec.structs.replace(found, look=natural)
            return Part("kicker", fitted, (copy.mark,), 0.0)
    return None


def _cost(
    parts: tuple[Part, ...], style: styles.HeadStyle, lengths: list[float], room: float
) -> float:
    main = next(part for part in parts if part.kind == "headline")
    wide = sum(part.height + part.air for part in parts) / room
    ragged = 1 - min(lengths) / max(lengths) if style.shape is Shape.EVEN else 0.0
    return (
        SMALL * (1 - main.fitted.look.size / style.most)
        + EXTRA_LINE * (len(lengths) - 1)
        + RAGGED * ragged
        + STUBBY * max(0.0, SHORTEST - min(lengths))
        + THIN * max(0.0, FULL - wide)
    )


# --- drawing ---------------------------------------------------------------------------------


def block_lines(
    head: Head, width: float, height: float, grid: Grid, fonts: FontSet
) -> list[VerticalLine]:
    """The lines of a head in a block (pt), its main lines tracked out and then centred in it.

    Only an overset story's block is lower than its head: then the type gives way.
    """
    main = head.main
    size = main.fitted.look.size
    sizes = (size / 2, size)
    fitted = fit_vertical(main.fitted.lines, main.fitted.look, height - 2 * size, sizes, fonts)
    main = msgspec.structs.replace(main, fitted=fitted or main.fitted)
    drawn = {
        part.kind: _columns(part if part.kind != "headline" else main, fonts) for part in head.parts
    }
    length = max(line.height for line in drawn["headline"])
    top, spread = (height - length) / 2, _spread(head, width - 2 * AIR_BESIDE * grid.size)
    thick = sum(spread * part.air + _thickness(part, spread) for part in head.parts)
    x, lines = (width + thick) / 2, []
    for part in head.parts:
        x -= part.air * spread
        em, step = part.fitted.look.size, part.fitted.look.size * (1 + styles.LINE_GAP_EM * spread)
        tallest = max(line.height for line in drawn[part.kind])
        y = _top(part.kind, top, length - tallest, size)
        for k, line in enumerate(drawn[part.kind]):
            placed = line.at(x - em / 2 - k * step, y)
            tag = Tag(part.kind, k == 0)
            lines.append(msgspec.structs.replace(placed, measure=round(height, 3), tag=tag))
        x -= _thickness(part, spread)
    return lines


def _columns(part: Part, fonts: FontSet) -> list[VerticalLine]:
    fitted, sources = part.fitted, part.sources
    sources = sources if len(sources) > 1 else sources * len(fitted.lines)
    return [
        vertical_line(text, fitted.look, fonts, source)
        for text, source in zip(fitted.lines, sources, strict=True)
    ]


def _thickness(part: Part, spread: float) -> float:
    """Of a part's lines across (pt), the white between them grown by a factor."""
    size, count = part.fitted.look.size, len(part.fitted.lines)
    return count * size + (count - 1) * size * styles.LINE_GAP_EM * spread


def _spread(head: Head, room: float) -> float:
    """How much the white between lines and parts grows to take up a leg's spare width."""
    natural = sum(_thickness(part, 1.0) + part.air for part in head.parts)
    type_alone = sum(_thickness(part, 0.0) for part in head.parts)
    white = natural - type_alone
    return min(MOST_SPREAD, (room - type_alone) / white) if white else 1.0


def _top(kind: str, main_top: float, spare: float, size: float) -> float:
    """Where a part begins: the kicker half a square higher, the deck a square lower (pt)."""
    if kind == "kicker":
        return main_top - size / 2
    if kind == "deck":
        return main_top + max(0.0, min(size, spare))
    return main_top
