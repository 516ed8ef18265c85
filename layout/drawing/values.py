"""Numbers, lengths, transforms and colours as SVG writes them.

In: attribute text. Out: floats in user units (1 px = 1/96 in), matrices, colours. Rules: SVG 1.1
4.2, 7.6; CSS Color 5 by tinycss2. What is not understood is a `ValueError` that says so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import tinycss2
from tinycss2.color5 import parse_color

from layout.drawing.shapes import Colour, Matrix

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
PX = 0.75  # points
# Beyond it is no drawing; what is smaller stays exact in floats.
LARGEST = 1e7

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_LENGTH = re.compile(rf"({_NUMBER.pattern})\s*(px|pt|pc|mm|cm|in|Q|%|)")
_UNITS = {
    "": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "mm": 96 / 25.4, "cm": 96 / 2.54,
    "Q": 96 / 101.6,
}  # fmt: skip


def number(text: str) -> float:
    """One finite number."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(f"{text[:40]!r} is no number")
    return _sized(float(text))


def _sized(value: float) -> float:
    if not abs(value) <= LARGEST:
        raise ValueError("a number is too large")
    return value


def numbers(text: str) -> list[float]:
    """Numbers separated by blanks or commas."""
    if _NUMBER.sub("", text).strip(" \t\r\n,"):
        raise ValueError(f"{text[:40]!r} are no numbers")
    return [_sized(float(found)) for found in _NUMBER.findall(text)]


def length(text: str, whole: float) -> float:
    """A length in user units; percentages are of `whole`."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text[:40]!r} is no length in px, pt, mm, cm, in or %")
    value, unit = float(found[1]), found[2]
    return _sized(value * whole / 100 if unit == "%" else value * _UNITS[unit])


def share(text: str) -> float:
    """An opacity or offset: 0 to 1, or percent."""
    text = text.strip()
    value = number(text[:-1]) / 100 if text.endswith("%") else number(text)
    return min(1.0, max(0.0, value))


# --- transforms -------------------------------------------------------------------------------


def times(a: Matrix, b: Matrix) -> Matrix:
    """a applied before b."""
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def growth(m: Matrix) -> float:
    """How much longer lengths get, on the mean; 0 where nothing can be seen."""
    return math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))


def transform(text: str | None) -> Matrix:
    """A transform list; the last one written is applied first."""
    matrix = IDENTITY
    for part in tinycss2.parse_component_value_list(text or "", skip_comments=True):
        if part.type in ("whitespace", "literal") and part.serialize().strip() in ("", ","):
            continue
        if part.type != "function" or part.name not in _TRANSFORMS:
            raise ValueError(f"transform {part.serialize()[:40]!r} is not understood")
        given = [_plain(token) for token in part.arguments if not _separates(token)]
        counts, make = _TRANSFORMS[part.name]
        if len(given) not in counts:
            raise ValueError(f"transform {part.name} has {len(given)} numbers")
        matrix = times(make(*given), matrix)
    return matrix


def _separates(token: tinycss2.ast.Node) -> bool:
    return bool(token.type == "whitespace" or token == ",")


def _plain(token: tinycss2.ast.Node) -> float:
    if token.type != "number":
        raise ValueError(f"{token.serialize()[:40]!r} in a transform is no plain number")
    return _sized(float(token.value))


def _rotated(angle: float, x: float = 0.0, y: float = 0.0) -> Matrix:
    # exact where a designer turns by right angles, so that rules stay upright
    quarter = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}
    turn = math.radians(angle)
    cos, sin = quarter.get(angle % 360, (math.cos(turn), math.sin(turn)))  # type: ignore[call-overload]
    return times((1.0, 0.0, 0.0, 1.0, -x, -y), (cos, sin, -sin, cos, x, y))


_TRANSFORMS: dict[str, tuple[tuple[int, ...], Callable[..., Matrix]]] = {
    "matrix": ((6,), lambda *m: m),
    "translate": ((1, 2), lambda x, y=0.0: (1.0, 0.0, 0.0, 1.0, x, y)),
    "scale": ((1, 2), lambda x, y=None: (x, 0.0, 0.0, x if y is None else y, 0.0, 0.0)),
    "rotate": ((1, 3), _rotated),
    "skewX": ((1,), lambda a: (1.0, 0.0, math.tan(math.radians(a)), 1.0, 0.0, 0.0)),
    "skewY": ((1,), lambda a: (1.0, math.tan(math.radians(a)), 0.0, 1.0, 0.0, 0.0)),
}


def view(text: str, proportions: str, width: float, height: float) -> Matrix:
    """What a viewBox asks for in a viewport: `preserveAspectRatio` fits it in (SVG 1.1 7.8)."""
    x, y, w, h = viewbox(text)
    across, down = width / w, height / h
    words = proportions.split() or ["xMidYMid"]
    if words[0] == "none":
        return across, 0.0, 0.0, down, -x * across, -y * down
    found = re.fullmatch(r"x(Min|Mid|Max)Y(Min|Mid|Max)", words[0])
    if not found or words[1:] not in ([], ["meet"], ["slice"]):
        raise ValueError(f"preserveAspectRatio {proportions[:40]!r} is not understood")
    scale = max(across, down) if words[1:] == ["slice"] else min(across, down)
    part = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    dx = (width - w * scale) * part[found[1]] - x * scale
    return scale, 0.0, 0.0, scale, dx, (height - h * scale) * part[found[2]] - y * scale


def viewbox(text: str) -> tuple[float, float, float, float]:
    """x, y, width and height of a viewBox, which has room in it."""
    given = numbers(text)
    if len(given) != 4 or min(given[2:]) <= 0:
        raise ValueError(f"viewBox {text[:40]!r} leaves no room to draw in")
    return given[0], given[1], given[2], given[3]


# --- colours ----------------------------------------------------------------------------------


def colour(text: str, current: str) -> tuple[Colour, float]:
    """A colour and its opacity: sRGB in any notation, or inks as device-cmyk(c m y k)."""
    found = parse_color(text)
    if found == "currentcolor":
        found = parse_color(current)
    if found is None or isinstance(found, str):
        known = "icc-color, written in another program's inks" if "icc-color" in text else text[:40]
        raise ValueError(f"the colour {known} is not understood")
    if found.space in ("hsl", "hwb"):
        found = found.to("srgb")
    parts = tuple(min(1.0, max(0.0, float(part or 0))) for part in found.coordinates)
    spaces = {"srgb": "srgb", "device-cmyk": "cmyk"}
    if found.space not in spaces:
        raise ValueError(f"the colour {text[:40]} is neither sRGB nor device-cmyk")
    return Colour(spaces[found.space], parts), float(found.alpha)


def on_paper(shown: Colour, alpha: float) -> Colour:
    """A colour that lets the paper through, as an opaque one."""
    if shown.space == "cmyk":
        return Colour("cmyk", tuple(part * alpha for part in shown.parts))
    return Colour("srgb", tuple(1 - (1 - part) * alpha for part in shown.parts))
