"""An item elsewhere: what composition sets about a line's origin, make-up places on the page."""

from __future__ import annotations

from msgspec.structs import replace

from layout.sheet.items import Item, Outline, Rule, TextLine, VerticalLine

_DIGITS = 3


def moved(item: Item, dx: float, dy: float) -> Item:
    """The same item, so much (pt) to the right and down."""
    match item:
        case TextLine() | VerticalLine():
            return item.at(item.x + dx, item.y + dy)
        case Rule():
            x1, x2 = (round(x + dx, _DIGITS) for x in (item.x1, item.x2))
            y1, y2 = (round(y + dy, _DIGITS) for y in (item.y1, item.y2))
            return replace(item, x1=x1, y1=y1, x2=x2, y2=y2)
        case Outline():
            return replace(item, path=tuple(_step(step, dx, dy) for step in item.path))
        case _:
            return replace(item, box=item.box.moved(dx, dy).rounded())


def _step(step: tuple[str | float, ...], dx: float, dy: float) -> tuple[str | float, ...]:
    verb, *numbers = step
    by = (dx, dy)
    return (verb, *(round(float(n) + by[k % 2], _DIGITS) for k, n in enumerate(numbers)))
