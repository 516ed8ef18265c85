"""Basic shapes and path data as outlines of lines and cubic curves (SVG 1.1 8, 9).

In: an element. Out: a `Path` in user units; fontTools reads the path data, arcs included. Its
parser skips what it does not know, so that is looked for first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from layout.drawing.shapes import Matrix, Path
from layout.drawing.values import LARGEST, length, numbers
from layout.geometry import Box, Size

_LEAST_AREA = 1e-9  # of a path with an inside, in square units
_COMMANDS = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
# 07 is read as 0 and 7, 1.e3 as 1 and 3
_MISREAD = re.compile(r"(?<![\d.eE])(?<![eE][-+])0\d|\d\.[eE]")


def outline(element: Any, name: str, room: Size) -> Path:
    """What a shape element draws; percentages are of `room`."""
    if name == "path":
        return path_data(element.get("d", ""))
    if name in ("polygon", "polyline"):
        points = numbers(element.get("points", ""))
        if len(points) % 2:
            raise ValueError(f"{name} has half a point")
        drawn = [f"{_n(x)} {_n(y)}" for x, y in zip(points[::2], points[1::2], strict=True)]
        closed = "Z" if name == "polygon" else ""
        return path_data(f"M{' L'.join(drawn)}{closed}") if drawn else ()
    sizes = _Sizes(element, room)
    return path_data(_BASIC[name](sizes))


def path_data(text: str) -> Path:
    """The data of a path, made absolute and cubic."""
    if text.strip() in ("", "none"):
        return ()
    text = " ".join(text.split())
    _check(text)
    pen = RecordingPen()
    try:
        parse_path(text, pen)
    except (ValueError, IndexError, ZeroDivisionError, OverflowError) as fault:
        raise ValueError("path data that cannot be read") from fault
    return tuple(_parts(pen.value))


def _check(text: str) -> None:
    command = "M"
    for piece in _COMMANDS.split(text):
        if _COMMANDS.fullmatch(piece):
            command = piece
        elif _NUMBER.sub("", piece).strip(" ,") or (command not in "Aa" and _MISREAD.search(piece)):
            raise ValueError(f"path data that cannot be read: {piece[:40]!r}")


def _parts(recorded: Iterable[tuple[str, Sequence[tuple[float, float]]]]) -> Iterable[Any]:
    verbs = {"moveTo": "M", "lineTo": "L", "curveTo": "C"}
    at = (0.0, 0.0)
    for name, points in recorded:
        if not all(abs(value) <= LARGEST for point in points for value in point):
            raise ValueError("a number is too large")
        if name in verbs:
            yield (verbs[name], *(value for point in points for value in point))
        elif name == "qCurveTo":
            (cx, cy), (x, y) = points
            yield (
                "C",
                at[0] + (cx - at[0]) * 2 / 3, at[1] + (cy - at[1]) * 2 / 3,
                x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3, x, y,
            )  # fmt: skip
        elif name == "closePath":
            yield ("Z",)
        at = points[-1] if points else at


class _Sizes:
    """An element's lengths by name."""

    def __init__(self, element: Any, room: Size) -> None:
        self.element, self.room = element, room

    def __call__(self, name: str) -> float:
        text = self.element.get(name)
        if text is None or text == "auto":
            return 0.0
        across = name in ("x", "x1", "x2", "cx", "rx", "width")
        down = name in ("y", "y1", "y2", "cy", "ry", "height")
        diagonal = ((self.room.width**2 + self.room.height**2) / 2) ** 0.5
        whole = self.room.width if across else self.room.height if down else diagonal
        return length(text, whole)

    def given(self, name: str) -> bool:
        """Whether a length is written, and not as auto."""
        return bool(self.element.get(name, "auto") != "auto")


def _rect(size: _Sizes) -> str:
    x, y, w, h = size("x"), size("y"), size("width"), size("height")
    if min(w, h) <= 0:
        return _nothing("rect", min(w, h))
    rx = size("rx") if size.given("rx") else size("ry")
    ry = size("ry") if size.given("ry") else size("rx")
    rx, ry = min(rx, w / 2), min(ry, h / 2)
    if min(rx, ry) <= 0:
        return f"M{_n(x)} {_n(y)}H{_n(x + w)}V{_n(y + h)}H{_n(x)}Z"
    turn = f"A{_n(rx)} {_n(ry)} 0 0 1"
    return (
        f"M{_n(x + rx)} {_n(y)}H{_n(x + w - rx)}{turn} {_n(x + w)} {_n(y + ry)}"
        f"V{_n(y + h - ry)}{turn} {_n(x + w - rx)} {_n(y + h)}"
        f"H{_n(x + rx)}{turn} {_n(x)} {_n(y + h - ry)}V{_n(y + ry)}{turn} {_n(x + rx)} {_n(y)}Z"
    )


def _ellipse(size: _Sizes) -> str:
    round_ = size.given("r")
    rx = size("r") if round_ else size("rx") if size.given("rx") else size("ry")
    ry = size("r") if round_ else size("ry") if size.given("ry") else size("rx")
    if min(rx, ry) <= 0:
        return _nothing("ellipse", min(rx, ry))
    x, y, turn = size("cx"), size("cy"), f"A{_n(rx)} {_n(ry)} 0 0 1"
    return f"M{_n(x + rx)} {_n(y)}{turn} {_n(x - rx)} {_n(y)}{turn} {_n(x + rx)} {_n(y)}Z"


def _line(size: _Sizes) -> str:
    return f"M{_n(size('x1'))} {_n(size('y1'))}L{_n(size('x2'))} {_n(size('y2'))}"


def _nothing(name: str, size: float) -> str:
    if size < 0:
        raise ValueError(f"{name} has a negative size")
    return ""


_BASIC: dict[str, Callable[[_Sizes], str]] = {
    "rect": _rect, "circle": _ellipse, "ellipse": _ellipse, "line": _line,
}  # fmt: skip
SHAPES = frozenset({*_BASIC, "path", "polygon", "polyline"})


def _n(value: float) -> str:
    """A number as the path parser reads it back exactly."""
    return repr(float(value))


def moved(path: Path, m: Matrix) -> Path:
    """A path through a matrix; no drawing reaches beyond what numbers may."""
    found = tuple(_moved(part, m) for part in path)
    if not all(abs(float(value)) <= LARGEST for part in found for value in part[1:]):
        raise ValueError("a number is too large")
    return found


def _moved(part: tuple[str | float, ...], m: Matrix) -> tuple[str | float, ...]:
    values = [float(value) for value in part[1:]]
    points = zip(values[::2], values[1::2], strict=True)
    return part[0], *(
        v for x, y in points for v in (x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5])
    )


def encloses(path: Path) -> bool:
    """Whether a path has an inside. PDF paints a hairline where it has none, SVG nothing (ISO
    32000-1 8.5.3.1; SVG 1.1 11.3).
    """
    first = second = (0.0, 0.0)
    for verb, *values in path:
        points = [(float(x), float(y)) for x, y in zip(values[::2], values[1::2], strict=True)]
        if verb == "M":
            first = second = points[0]
            continue
        for x, y in points:
            if second == first:
                second = (x, y)
            across = (second[0] - first[0]) * (y - first[1]) - (second[1] - first[1]) * (
                x - first[0]
            )
            if abs(across) > _LEAST_AREA:
                return True
    return False


def bounds(path: Path) -> Box | None:
    """The tight box of a path; none of an empty one."""
    pen = BoundsPen(None, ignoreSinglePoints=False)
    for verb, *values in path:
        pairs = list(zip(values[::2], values[1::2], strict=True))
        if verb == "Z":
            pen.closePath()
        else:
            {"M": pen.moveTo, "L": pen.lineTo, "C": pen.curveTo}[str(verb)](*pairs)
    if pen.bounds is None:
        return None
    left, top, right, bottom = pen.bounds
    return Box(left, top, right - left, bottom - top)
