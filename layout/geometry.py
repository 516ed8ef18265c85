"""Points, sizes and boxes: points (1/72 in) as floats, origin at the top left, y down."""

from __future__ import annotations

import msgspec


class Size(msgspec.Struct, frozen=True):
    """Width and height in points."""

    width: float
    height: float


class Point(msgspec.Struct, frozen=True):
    """A position in points."""

    x: float
    y: float


class Box(msgspec.Struct, frozen=True):
    """A rectangle in points: top left corner, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """y of the lower edge."""
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> Box:
        """The same box elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    @property
    def middle(self) -> tuple[float, float]:
        """x and y of its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it or on its edge."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def listed(self, digits: int = 3) -> list[float]:
        """x, y, width and height, as reports and review pages hold them."""
        return [round(v, digits) for v in (self.x, self.y, self.width, self.height)]

    def rounded(self) -> Box:
        """Coordinates to 0.001 pt, the precision of sheet text, report and PDF."""
        return Box(*self.listed())
