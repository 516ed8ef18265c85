"""Headlines as objects of whole body lines: kicker, main lines, deck at one width.

Comes in: a story's headline and a width. Goes out: the forms it can take there – one, two or three
main lines – each fitted, with its height in body lines and a cost an editor would agree with.
Height rule: sizes plus gaps over the line pitch, rounded up (practice B.4).
"""

from __future__ import annotations

from math import ceil

import msgspec

from layout.compose.headline import Fitted, Look, Sense, Shape, broken, fit
from layout.findings import Mark
from layout.fonts import FontSet
from layout.issue.model import Headline
from layout.makeup import styles
from layout.sheet.items import Grid

MOST_LINES = 3
# Costs, in the unit of plan.py (1 = a wish an editor would mention).
UNFILLED = 7.0  # a head that leaves its whole measure empty
SMALL = 3.0  # a head at the lower end of its rank's sizes
EXTRA_LINE = 0.5
CONDENSED = 8.0
SHORT_LINES, SHORTEST_LINE = 1.2, 6.0  # a head broken into lines of a few characters, each
GRADE_DOWN = 5.0  # a head set below its rank's sizes, each grade


class Part(msgspec.Struct, frozen=True):
    """Kicker, main or deck: fitted lines, their sources, and the air above them (pt)."""

    kind: str
    fitted: Fitted
    sources: tuple[Mark, ...]
    air: float

    @property
    def height(self) -> float:
        """Of its lines (pt), without the air above."""
        size, count = self.fitted.look.size, len(self.fitted.lines)
        return count * size + (count - 1) * size * styles.LINE_GAP_EM


class Head(msgspec.Struct, frozen=True):
    """One form of a headline: parts from top to bottom, height in body lines, cost.

    Parts of a `vertical` one stand from right to left; their height is what they take across.
    """

    parts: tuple[Part, ...]
    width: float
    lines: int
    cost: float
    vertical: bool = False

    @property
    def main(self) -> Part:
        """The main headline."""
        return next(part for part in self.parts if part.kind == "headline")

    @property
    def natural(self) -> float:
        """Height of type and inner air, in points."""
        return sum(part.height + part.air for part in self.parts)


class HeadSetter:
    """Finds the forms of headlines on one grid; forms repeat during a search, so they are kept."""

    def __init__(self, fonts: FontSet, grid: Grid, lexicon: tuple[str, ...] = ()) -> None:
        self.fonts, self.grid, self.lexicon = fonts, grid, lexicon
        self.by = styles.scale(grid)
        self._found: dict[tuple[int, styles.HeadStyle, float], tuple[Headline, list[Head]]] = {}

    def forms(self, headline: Headline, style: styles.HeadStyle, width: float) -> list[Head]:
        """Every form that fits the width, cheapest first; never empty."""
        key = (id(headline), style, width)
        if key not in self._found:
            self._found[key] = headline, self._forms(headline, style, width)
        return self._found[key][1]

    def _forms(self, headline: Headline, style: styles.HeadStyle, width: float) -> list[Head]:
        found = [
            head
            for lines in arrangements(headline, Sense(self.lexicon, style.shape))
            if (head := self._form(headline, style, width, lines, style.least))
        ]
        least, graded = style.least, 0.0
        while not found and least > self.grid.size:
            # a head that fits at no size of its rank takes the next grade down (rule 58)
            least, graded = least * 0.85, graded + GRADE_DOWN
            found = [
                msgspec.structs.replace(head, cost=head.cost + graded)
                for lines in arrangements(headline, Sense(self.lexicon, style.shape))
                if (head := self._form(headline, style, width, lines, least))
            ]
        return sorted(found, key=lambda head: head.cost)

    def _form(
        self,
        headline: Headline,
        style: styles.HeadStyle,
        width: float,
        lines: tuple[str, ...],
        least: float,
    ) -> Head | None:
        look = Look(style.role, 0, ink=style.ink)
        main = fit(lines, look, width, (least, style.most), self.fonts)
        if main is None:
            return None
        sources = tuple(line.mark for line in headline.lines)
        parts = [Part("headline", main, sources, 0.0)]
        size = main.look.size
        between = styles.AIR_BETWEEN * self.by
        if headline.kicker:
            kicker = self._minor(headline.kicker.text, style.kicker_role, width,
                                 clamp(size * styles.KICKER_EM, styles.KICKER_LIMITS))  # fmt: skip
            parts.insert(0, Part("kicker", kicker, (headline.kicker.mark,), 0.0))
            parts[1] = msgspec.structs.replace(parts[1], air=between)
        if headline.deck:
            deck = self._minor(headline.deck.text, style.deck_role, width,
                               clamp(size * styles.DECK_EM, styles.DECK_LIMITS))  # fmt: skip
            parts.append(Part("deck", deck, (headline.deck.mark,), between))
        air = (styles.AIR_ABOVE + styles.AIR_BELOW) * self.by
        height = sum(part.height + part.air for part in parts) + air
        return Head(
            tuple(parts), width, ceil(height / self.grid.leading), _cost(main, style, parts)
        )

    def _minor(self, text: str, role: str, width: float, size: float) -> Fitted:
        """A kicker or deck: one line when it fits at nearly its size, else more lines."""
        least = max(self.grid.size, size * 0.8)
        for count in range(1, MOST_LINES + 1):
            lines = broken(text, count, Sense(self.lexicon))
            look = Look(role, 0)
            if lines and (fitted := fit(lines, look, width, (least, size), self.fonts)):
                return _untracked(fitted) if count == 1 else fitted
        lines = broken(text, MOST_LINES, Sense(self.lexicon)) or (text,)
        smallest = (self.grid.size * 0.3, size)
        fitted = fit(lines, Look(role, 0), width, smallest, self.fonts)
        assert fitted, "a deck fits at some size"
        return fitted


def _untracked(fitted: Fitted) -> Fitted:
    """Kickers and decks stand at their natural width, not stretched over the head's."""
    look = fitted.look
    if look.tracking_em <= 0:
        return fitted
    return msgspec.structs.replace(
        fitted, look=msgspec.structs.replace(look, tracking_em=min(look.tracking_em, 0.04))
    )


def arrangements(headline: Headline, sense: Sense) -> list[tuple[str, ...]]:
    """The editor's own lines, or the ways to break one."""
    if len(headline.lines) > 1:
        return [tuple(line.text for line in headline.lines)]
    text = headline.lines[0].text
    found = (broken(text, count, sense) for count in range(1, MOST_LINES + 2))
    return [lines for lines in found if lines]


def clamp(value: float, limits: tuple[float, float]) -> float:
    """The value, or the limit it passes."""
    return max(limits[0], min(limits[1], value))


def _cost(main: Fitted, style: styles.HeadStyle, parts: list[Part]) -> float:
    empty = max(0.0, 0.92 - main.fill) / 0.92
    small = max(0.0, 1 - main.look.size / style.most)
    lengths = [len(line) for line in main.lines]
    ragged = (max(lengths) - min(lengths)) / max(lengths) if style.shape is Shape.EVEN else 0.0
    under = sum(max(0, len(part.fitted.lines) - 2) for part in parts if part.kind != "headline")
    mean = sum(lengths) / len(lengths)
    stacked = SHORT_LINES * max(0.0, SHORTEST_LINE - mean) * (len(lengths) - 1)
    return (
        stacked
        + UNFILLED * empty**2
        + SMALL * small
        + EXTRA_LINE * (len(main.lines) - 1)
        + CONDENSED * abs(1 - main.look.width_ratio)
        + ragged
        + under
    )
