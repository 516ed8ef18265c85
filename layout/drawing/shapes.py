"""What a drawing is made of: shapes with fill, stroke and clips, in the order they are painted.

Coordinates are points from the drawing's top left, y down. All that is relative, inherited, named
or transparent in a file has been resolved by whoever builds these.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

# ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x3, y3), ("Z",)
Path: TypeAlias = tuple[tuple[str | float, ...], ...]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]


class Colour(msgspec.Struct, frozen=True):
    """A flat colour: `srgb` with three parts or `cmyk` with four, each 0 to 1."""

    space: str
    parts: tuple[float, ...]

    @property
    def is_grey(self) -> bool:
        """Black, white or between, in as many steps as a screen shows."""
        return self.space == "srgb" and len({round(255 * part) for part in self.parts}) == 1

    @property
    def is_white(self) -> bool:
        """Paper."""
        return (self.is_grey and round(255 * self.parts[0]) == 255) or self.parts == (0.0,) * 4


class Gradient(msgspec.Struct, frozen=True):
    """A blend along a line or between circles, going on at both ends in its last colours.

    `coords` are x1 y1 x2 y2, or of two circles fx fy fr cx cy r (as ISO 32000-1 8.7.4.5 has them),
    in a space that `matrix` takes to the drawing's; `stops` have rising offsets from 0 to 1.
    """

    coords: tuple[float, ...]
    matrix: Matrix
    stops: tuple[tuple[float, Colour], ...]


Paint: TypeAlias = Colour | Gradient


class Stroke(msgspec.Struct, frozen=True):
    """A line: width and dashes in points; caps 0 butt, 1 round, 2 square; joins 0 miter, 1 round,
    2 bevel. `bend` is what a transform that is no similarity does to its pen (a, b, c, d).
    """

    colour: Colour
    width: float
    cap: int = 0
    join: int = 0
    miter: float = 4.0
    dash: tuple[float, ...] = ()
    phase: float = 0.0
    bend: tuple[float, float, float, float] | None = None


class Clip(msgspec.Struct, frozen=True):
    """What is shown of a shape."""

    path: Path
    even_odd: bool = False


class Shape(msgspec.Struct, frozen=True):
    """One thing painted, fill before stroke, inside all its clips."""

    path: Path
    fill: Paint | None = None
    even_odd: bool = False
    stroke: Stroke | None = None
    clips: tuple[Clip, ...] = ()


class Drawing(msgspec.Struct, frozen=True):
    """A whole drawing, as large as its file says."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    @property
    def colours(self) -> tuple[Colour, ...]:
        """The flat colours in it, in order of first use; those of gradients are not."""
        paints = (p for s in self.shapes for p in (s.fill, s.stroke and s.stroke.colour))
        return tuple(dict.fromkeys(p for p in paints if isinstance(p, Colour)))
