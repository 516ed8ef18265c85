"""Advertisements delivered as SVG → form XObjects in the inks of this press.

In: a drawing (`layout.drawing`) and the press profile. Out: a form of path, colour and shading
operators (ISO 32000-1 8.5, 8.7.4.3, 8.10), the same for every standard: DeviceCMYK, nothing
transparent, nothing managed. sRGB is converted as pictures are, but greys are black ink alone and
white is paper. The form's longer side is 1000 units, so that a drawing made for a screen's icon
loses nothing when it is printed as wide as a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path as File
from typing import TypeAlias

from layout.drawing import (
    Clip,
    Colour,
    Drawing,
    Gradient,
    Path,
    Shape,
    Stroke,
    Undrawable,
    read,
)
from layout.geometry import Box
from layout.press.delivered import Unfit
from layout.press.ink import Pen, graphics_states
from layout.press.numbers import number
from layout.press.objects import Literal, Name, Object, Value, packed
from layout.sheet.items import Ink

UNITS = 1000.0
# Steps between two stops: sRGB and inks blend along different ways, in eighths they look the same.
STEPS = 8
Convert: TypeAlias = Callable[[tuple[int, int, int]], tuple[float, ...]]  # sRGB bytes → inks
_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def drawing_form(file: File, profile: bytes) -> tuple[Object, Box]:
    """The form of an SVG file and its extent; Unfit when it cannot be printed as it is."""
    from layout.press.pixels import inks  # late: Pillow's colour engine

    try:
        drawing = read(file)
    except Undrawable as fault:
        raise Unfit(fault.message, fault.hint) from fault
    return _Form(drawing, Inks(lambda rgb: inks(rgb, profile))).made()


class Inks:
    """Colours of a drawing as inks; they repeat, so they are kept."""

    def __init__(self, convert: Convert) -> None:
        self._convert = convert
        self._kept: dict[Colour, Ink] = {}

    def of(self, colour: Colour, *, black_alone: bool = True) -> Ink:
        """Greys as black alone, unless they stand in a blend with colours."""
        if colour.space == "cmyk":
            return _ink(colour.parts)
        if colour.is_grey and black_alone:
            return Ink(0.0, 0.0, 0.0, 1.0 - round(255 * colour.parts[0]) / 255)
        if colour not in self._kept:
            red, green, blue = (round(255 * part) for part in colour.parts)
            self._kept[colour] = _ink(self._convert((red, green, blue)))
        return self._kept[colour]

    def blend(self, stops: Sequence[tuple[float, Colour]]) -> Iterator[tuple[float, Ink]]:
        """Stops close enough to be blended in inks."""
        grey = all(colour.is_grey for _, colour in stops)
        for (start, a), (end, b) in pairwise(stops):
            steps = STEPS if not grey and a.space == b.space == "srgb" and end > start else 1
            for step in range(steps):
                part = step / steps
                yield start + (end - start) * part, self.of(_between(a, b, part), black_alone=grey)
            yield end, self.of(b, black_alone=grey)


def _ink(parts: Sequence[float]) -> Ink:
    cyan, magenta, yellow, black = parts
    return Ink(cyan, magenta, yellow, black)


def _between(a: Colour, b: Colour, part: float) -> Colour:
    if not part:
        return a
    return Colour(a.space, tuple(x + (y - x) * part for x, y in zip(a.parts, b.parts, strict=True)))


class _Form:
    """A drawing's operators and the shadings they name."""

    def __init__(self, drawing: Drawing, inks: Inks) -> None:
        self._drawing, self._inks = drawing, inks
        self._scale = UNITS / max(drawing.width, drawing.height)
        self._height = drawing.height * self._scale
        self._shadings: dict[str, Value] = {}
        self._out: list[str] = []

    def made(self) -> tuple[Object, Box]:
        """The form XObject and its extent."""
        whole = Pen(self._out, {})
        for clips, together in groupby(self._drawing.shapes, key=lambda shape: shape.clips):
            if clips:
                self._out.append("q")
                self._clip(clips)
            pen = whole.inside() if clips else whole
            for shape in together:
                self._shape(shape, pen)
            if clips:
                self._out.append("Q")
        width = self._drawing.width * self._scale
        resources: dict[str, Value] = {"ExtGState": dict(graphics_states())}
        if self._shadings:
            resources["Shading"] = self._shadings
        entries: dict[str, Value] = {
            "Type": Name("XObject"),
            "Subtype": Name("Form"),
            "BBox": [0, 0, width, self._height],
            "Resources": resources,
        }
        data = "\n".join([*self._out, ""]).encode("ascii")
        return packed(entries, data), Box(0.0, 0.0, width, self._height)

    def _shape(self, shape: Shape, pen: Pen) -> None:
        if isinstance(shape.fill, Gradient):
            self._gradient(shape, shape.fill)
        elif shape.fill:
            pen.fill(self._inks.of(shape.fill), may_overprint=True)
            self._out.append(f"{self._path(shape.path)} {'f*' if shape.even_odd else 'f'}")
        if shape.stroke:
            self._stroke(shape.path, shape.stroke, pen)

    def _clip(self, clips: Sequence[Clip]) -> None:
        for clip in clips:
            # an empty clip shows nothing, where an empty path would clip nothing
            path = self._path(clip.path) or "0 0 m h"
            self._out.append(f"{path} {'W*' if clip.even_odd else 'W'} n")

    def _stroke(self, path: Path, stroke: Stroke, pen: Pen) -> None:
        bend = stroke.bend
        if bend:
            self._out.append("q")
            a, b, c, d = bend
            self._out.append(f"{_fine((a, -b, c, -d))} 0 {number(self._height)} cm")
            pen = pen.inside()
        ink, scale = self._inks.of(stroke.colour), self._scale
        dash = tuple(part * scale for part in stroke.dash)
        pen.stroke(ink, stroke.width * scale, dash, stroke.phase * scale)
        pen.ends(stroke.cap, stroke.join, stroke.miter)
        drawn = self._path(_unbent(path, bend), upright=False) if bend else self._path(path)
        self._out.append(f"{drawn} S")
        if bend:
            self._out.append("Q")

    def _path(self, path: Path, *, upright: bool = True) -> str:
        """Path operators; y runs up in a form, but not below a bent line's matrix."""
        said = []
        for verb, *values in path:
            points = [float(value) * self._scale for value in values]
            if upright:
                points[1::2] = [self._height - y for y in points[1::2]]
            said.append(" ".join([*map(number, points), _OPERATORS[str(verb)]]))
        return " ".join(said)

    # --- gradients ---

    def _gradient(self, shape: Shape, gradient: Gradient) -> None:
        a, b, c, d, e, f = gradient.matrix
        unit = abs(a * d - b * c) ** 0.5
        name = f"S{len(self._shadings)}"
        self._shadings[name] = self._shading(gradient, unit * self._scale)
        matrix = _fine((a / unit, -b / unit, c / unit, -d / unit))
        corner = f"{number(e * self._scale)} {number(self._height - f * self._scale)}"
        clip = f"{self._path(shape.path)} {'W*' if shape.even_odd else 'W'} n"
        self._out += ["q", "/KO gs", clip, f"{matrix} {corner} cm", f"/{name} sh", "Q"]

    def _shading(self, gradient: Gradient, unit: float) -> Object:
        coords = [value * unit for value in gradient.coords]
        return Object({
            "ShadingType": 2 if len(coords) == 4 else 3,
            "ColorSpace": Name("DeviceCMYK"),
            "Coords": Literal(f"[{_fine(coords)}]"),
            "Function": _function(list(self._inks.blend(gradient.stops))),
            "Extend": [True, True],
        })  # fmt: skip


def _function(stops: list[tuple[float, Ink]]) -> dict[str, Value]:
    """Inks by offset: a stitching of straight blends (ISO 32000-1 7.10.3, 7.10.4)."""
    stops = [(0.0, stops[0][1]), *stops, (1.0, stops[-1][1])]
    pairs = [(a, b) for a, b in pairwise(stops) if b[0] - a[0] > 1e-6]
    parts: list[Value] = [_straight(a[1], b[1]) for a, b in pairs]
    bounds = [end for _, (end, _) in pairs[:-1]]
    if len(parts) == 1:
        return _straight(pairs[0][0][1], pairs[0][1][1])
    return {
        "FunctionType": 3, "Domain": [0, 1], "Functions": parts,
        "Bounds": Literal(f"[{_fine(bounds)}]"), "Encode": [0, 1] * len(parts),
    }  # fmt: skip


def _straight(a: Ink, b: Ink) -> dict[str, Value]:
    return {"FunctionType": 2, "Domain": [0, 1], "C0": [*a.parts], "C1": [*b.parts], "N": 1}


def _unbent(path: Path, bend: tuple[float, float, float, float]) -> Path:
    """A path as it was before a matrix that its line's pen goes through, too."""
    a, b, c, d = bend
    whole = a * d - b * c
    back = (d / whole, -b / whole, -c / whole, a / whole)
    return tuple(
        (part[0], *(
            v for x, y in zip(part[1::2], part[2::2], strict=True)
            for v in (float(x) * back[0] + float(y) * back[2],
                      float(x) * back[1] + float(y) * back[3])
        ))
        for part in path
    )  # fmt: skip


def _fine(values: Sequence[float]) -> str:
    """Numbers of matrices, which are multiplied: six places."""
    said = (f"{value:.6f}".rstrip("0").rstrip(".") for value in values)
    return " ".join("0" if text == "-0" else text for text in said)
