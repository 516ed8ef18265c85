"""Fill and stroke properties as paints: colours, gradients, lines (SVG 1.1 11, 13).

In: the properties that hold for a shape, its box and transform. Out: a `Colour`, a `Gradient` or a
`Stroke`. What lets the paper through is mixed with paper here; whether paper is what lies beneath
is the reader's to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from layout.drawing.document import AS_PDF, Undrawable, local, reference
from layout.drawing.shapes import Colour, Gradient, Matrix, Paint, Stroke
from layout.drawing.styles import INHERITED, Styles
from layout.drawing.values import (
    colour,
    growth,
    length,
    number,
    on_paper,
    share,
    times,
    transform,
)
from layout.geometry import Box, Size

_URL = re.compile(r"url\(\s*['\"]?(.*?)['\"]?\s*\)\s*(.*)", re.DOTALL)
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2, "miter-clip": 0}
_GRADIENTS = ("linearGradient", "radialGradient")
_MOST_STOPS = 256
_ALIKE = 1e-6  # of a transform that keeps shapes


def target(text: str, ids: Mapping[str, Any], line: int | None) -> Any:
    """The element a url(#id) names."""
    found = _URL.fullmatch(text)
    if not found or not found[1].startswith("#"):
        raise Undrawable(f"{text[:40]} names nothing in the drawing", AS_PDF, line)
    if found[1][1:] not in ids:
        said = f"{text[:40]} names what the drawing does not have"
        raise Undrawable(said, "export it again", line)
    return ids[found[1][1:]]


class Paints:
    """Paints of one document: its elements by id, its styles, the size percentages are of."""

    def __init__(self, ids: Mapping[str, Any], styles: Styles, room: Size) -> None:
        self._ids, self._styles, self._room = ids, styles, room

    def fill(
        self, style: Mapping[str, str], alpha: float, box: Box, matrix: Matrix, line: int | None
    ) -> tuple[Paint | None, bool]:
        """What a shape is filled with, and whether something beneath would be seen through it."""
        alpha *= share(style["fill-opacity"])
        text = style["fill"]
        if text == "none" or alpha == 0:
            return None, False
        if text.startswith("url("):
            return self._gradient(target(text, self._ids, line), alpha, box, matrix)
        return _flat(text, style["color"], alpha)

    def stroke(
        self, style: Mapping[str, str], alpha: float, matrix: Matrix, line: int | None
    ) -> tuple[Stroke | None, bool]:
        """The line along a shape, and whether something beneath would be seen through it."""
        diagonal = ((self._room.width**2 + self._room.height**2) / 2) ** 0.5
        width = length(style["stroke-width"], diagonal)
        alpha *= share(style["stroke-opacity"])
        text = style["stroke"]
        if width < 0:
            raise ValueError("a negative stroke-width")
        if text == "none" or not width or not alpha:
            return None, False
        if text.startswith("url("):
            said = "a line painted with a gradient or pattern"
            raise Undrawable(said, "turn the line into a filled outline, or " + AS_PDF, line)
        painted, through = _flat(text, style["color"], alpha)
        if painted is None:
            return None, False
        scale = growth(matrix)
        dash = _dashes(style["stroke-dasharray"], diagonal, scale)
        return Stroke(
            painted,
            width * scale,
            _one_of(_CAPS, style["stroke-linecap"]),
            _one_of(_JOINS, style["stroke-linejoin"]),
            max(1.0, number(style["stroke-miterlimit"])),
            dash,
            length(style["stroke-dashoffset"], diagonal) * scale if dash else 0.0,
            _bend(matrix, scale),
        ), through

    # --- gradients ---

    def _gradient(
        self, element: Any, alpha: float, box: Box, matrix: Matrix
    ) -> tuple[Paint | None, bool]:
        kind, line = local(element), element.sourceline
        if kind not in _GRADIENTS:
            raise Undrawable(f"a fill of {kind or 'something unknown'}", AS_PDF, line)
        chain = list(self._chain(element))
        if _first(chain, "spreadMethod", "pad") != "pad":
            raise Undrawable("a gradient that repeats or reflects", AS_PDF, line)
        stops, through = self._stops(chain, alpha)
        if not stops:
            return None, False
        units = _first(chain, "gradientUnits", "objectBoundingBox")
        boxed = units == "objectBoundingBox"
        if boxed and not (box.width and box.height):
            return None, False  # SVG 1.1 7.11: nothing is painted
        room = Size(1.0, 1.0) if boxed else self._room
        coords = _COORDS[kind](chain, room)
        own = transform(_first(chain, "gradientTransform", ""))
        if boxed:
            own = times(own, (box.width, 0.0, 0.0, box.height, box.x, box.y))
        whole = times(own, matrix)
        if len(stops) == 1 or coords is None or not growth(whole):
            return stops[-1][1], through
        return Gradient(coords, whole, stops), through

    def _chain(self, element: Any) -> Iterator[Any]:
        """A gradient and those it takes from, each once."""
        seen: list[Any] = []
        while element is not None:
            if element in seen:
                raise Undrawable("a gradient that takes from itself", AS_PDF, element.sourceline)
            seen.append(element)
            yield element
            named = reference(element)
            element = target(f"url(#{named})", self._ids, element.sourceline) if named else None

    def _stops(
        self, chain: list[Any], alpha: float
    ) -> tuple[tuple[tuple[float, Colour], ...], bool]:
        """Rising offsets and opaque colours, of the first gradient that has any."""
        holder = next((e for e in chain if any(local(child) == "stop" for child in e)), None)
        found: list[tuple[float, Colour]] = []
        through = False
        for stop in [] if holder is None else holder:
            if local(stop) != "stop":
                continue
            style = self._styles.holding(stop, self._styles.holding(holder, INHERITED))
            painted, faint = colour(style["stop-color"], style["color"])
            faint *= alpha * share(style["stop-opacity"])
            through = through or faint < 1
            offset = max(share(stop.get("offset", "0")), found[-1][0] if found else 0.0)
            found.append((offset, on_paper(painted, faint)))
        if holder is not None and len(found) > _MOST_STOPS:
            raise Undrawable(f"a gradient of over {_MOST_STOPS} stops", AS_PDF, holder.sourceline)
        return tuple(found), through


def _flat(text: str, current: str, alpha: float) -> tuple[Colour | None, bool]:
    painted, own = colour(text, current)
    faint = own * alpha
    return (on_paper(painted, faint) if faint else None), faint < 1


def _first(chain: list[Any], name: str, default: str) -> str:
    """An attribute of a gradient, or of the nearest it takes from that has it."""
    return next((str(e.get(name)).strip() for e in chain if e.get(name) is not None), default)


def _along(chain: list[Any], room: Size) -> tuple[float, ...] | None:
    own = [e for e in chain if local(e) == "linearGradient"]
    names = (("x1", "0%"), ("y1", "0%"), ("x2", "100%"), ("y2", "0%"))
    coords = tuple(
        length(_first(own, name, default), room.width if name[0] == "x" else room.height)
        for name, default in names
    )
    return None if coords[:2] == coords[2:] else coords


def _around(chain: list[Any], room: Size) -> tuple[float, ...] | None:
    own = [e for e in chain if local(e) == "radialGradient"]
    diagonal = ((room.width**2 + room.height**2) / 2) ** 0.5
    cx = length(_first(own, "cx", "50%"), room.width)
    cy = length(_first(own, "cy", "50%"), room.height)
    r = length(_first(own, "r", "50%"), diagonal)
    fx = length(_first(own, "fx", str(cx)), room.width)
    fy = length(_first(own, "fy", str(cy)), room.height)
    fr = length(_first(own, "fr", "0"), diagonal)
    if min(r, fr) < 0:
        raise ValueError("a gradient with a negative radius")
    if r == 0:
        return None
    if ((fx - cx) ** 2 + (fy - cy) ** 2) ** 0.5 + fr >= r:
        raise Undrawable("a gradient whose focus is not inside its circle", AS_PDF,
                         own[0].sourceline)  # fmt: skip
    return fx, fy, fr, cx, cy, r


_COORDS: dict[str, Callable[[list[Any], Size], tuple[float, ...] | None]] = {
    "linearGradient": _along, "radialGradient": _around,
}  # fmt: skip


def _one_of(words: Mapping[str, int], text: str) -> int:
    if text not in words:
        raise ValueError(f"{text[:40]!r} is none of {', '.join(words)}")
    return words[text]


def _dashes(text: str, whole: float, scale: float) -> tuple[float, ...]:
    if text == "none":
        return ()
    dash = [length(part, whole) * scale for part in text.replace(",", " ").split()]
    if any(part < 0 for part in dash):
        raise ValueError("a negative dash")
    if len(dash) > 64:
        raise ValueError("a dash of over 64 parts")
    dash *= 2 if len(dash) % 2 else 1
    return tuple(dash) if sum(dash) > 0 else ()


def _bend(m: Matrix, scale: float) -> tuple[float, float, float, float] | None:
    """What a transform does to a round pen beside making it larger; nothing if it stays round."""
    a, b, c, d = (value / scale for value in m[:4])
    round_ = abs(a * c + b * d) < _ALIKE and abs(a * a + b * b - c * c - d * d) < _ALIKE
    return None if round_ else (a, b, c, d)
