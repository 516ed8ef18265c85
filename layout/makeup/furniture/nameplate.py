"""报头字: the drawn title of the paper, as outlines or a picture fitted into a box.

From an SVG file, from a picture file, or from the publication's name in the brush face. Outlines,
not type: a nameplate is artwork, and on the plate it may carry colour that text may not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from layout.findings import InputError, Mark, bad_input
from layout.fonts import FontSet
from layout.geometry import Box
from layout.issue.pictures import VECTOR, page_size
from layout.makeup.pictures import effective_ppi
from layout.sheet.items import BLACK, Artwork, Ink, Outline, Picture

if TYPE_CHECKING:
    from layout.drawing import Shape

PathPart: TypeAlias = tuple[str | float, ...]
BRUSH_TRACKING_EM = -0.04


def brush(name: str, box: Box, ink: Ink, fonts: FontSet) -> Outline:
    """The name in the brush face, its ink filling the box as far as its proportions allow."""
    path: list[PathPart] = []
    pen = 0.0
    for character in name:
        unit = fonts.unit("brush", character)
        for glyph, offset in zip(unit.glyphs, unit.offsets, strict=True):
            path += _moved(
                fonts.faces[unit.face].outline(glyph), 1.0, -1.0, pen + offset / 1000, 0.0
            )
        left, right = unit.ink
        pen += max(unit.advance, right - left) / 1000 + BRUSH_TRACKING_EM
    return Outline("nameplate", _fitted(path, box), ink)


def drawn(file: str, box: Box, ink: Ink | None, mark: Mark | None) -> Outline | Picture | Artwork:
    """A nameplate file fitted into the box.

    An SVG of filled paths is set in the ink where one is given, in black where it is black itself;
    a PDF, and any other SVG, is placed as it is.
    """
    suffix = Path(file).suffix.lower()
    if suffix == ".svg":
        shapes = _shapes(file, mark)
        if ink and not _one_ink(shapes):
            raise _refused(
                f"{file} has lines, clips, blends, white parts or shapes that cut each other, "
                "which one ink cannot draw", "unite it into filled paths, or take `ink` out", mark,
            )  # fmt: skip
        if ink or (_one_ink(shapes) and all(_is_black(shape) for shape in shapes)):
            path = [(str(verb), *values) for shape in shapes for verb, *values in shape.path]
            return Outline(
                "nameplate", _fitted(path, box), ink or BLACK, even_odd=shapes[0].even_odd
            )
    if suffix in VECTOR:
        return Artwork(file, _place(page_size(file), box), "", mark)
    from PIL import Image  # late: only papers with a picture nameplate need it

    with Image.open(file) as image:
        pixels = image.size
    place, whole = _place(pixels, box), Box(0.0, 0.0, 1.0, 1.0)
    return Picture(
        file, place, whole, round(effective_ppi(pixels, whole, place.width), 1), "", mark
    )


def _place(size: tuple[int, int], box: Box) -> Box:
    """As large as the box allows, in its middle."""
    scale = min(box.width / size[0], box.height / size[1])
    width, height = size[0] * scale, size[1] * scale
    return Box(
        box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height
    ).rounded()


def _shapes(file: str, mark: Mark | None) -> tuple[Shape, ...]:
    from layout.drawing import Undrawable, read  # late: lxml

    try:
        shapes = read(Path(file)).shapes
    except Undrawable as fault:
        between = ": " if fault.message.startswith("line ") else " "
        raise _refused(f"{file}{between}{fault.message}", fault.hint, mark) from fault
    if not shapes:
        hint = "turn text and strokes into filled paths"
        raise _refused(f"{file} holds no paths", hint, mark)
    return shapes


def _refused(said: str, hint: str, mark: Mark | None) -> InputError:
    return InputError([bad_input("masthead/nameplate", said, hint, mark)])


def _one_ink(shapes: Sequence[Shape]) -> bool:
    """Whether the shapes, taken as one path and filled, look as they do now."""
    from layout.drawing import Colour

    plain = all(
        isinstance(shape.fill, Colour) and not shape.fill.is_white
        and not shape.stroke and not shape.clips
        for shape in shapes
    )  # fmt: skip
    if len({shape.even_odd for shape in shapes}) > 1 or not plain:
        return False
    boxes = [Outline("", shape.path, BLACK).extent for shape in shapes]
    meeting = [
        (one, other)
        for k, one in enumerate(shapes)
        for n, other in enumerate(shapes[:k])
        if _meet(boxes[k], boxes[n])
    ]
    # where two meet, their windings must add up and not cancel out
    return not meeting or (
        not shapes[0].even_odd
        and all((_turn(one) > 0) == (_turn(other) > 0) for one, other in meeting)
    )


def _is_black(shape: Shape) -> bool:
    from layout.drawing import Colour

    return isinstance(shape.fill, Colour) and shape.fill.is_grey and not any(shape.fill.parts)


def _meet(a: Box, b: Box) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def _turn(shape: Shape) -> float:
    """Twice the area its contours go round, below 0 the other way."""
    whole, first, last = 0.0, (0.0, 0.0), (0.0, 0.0)
    for verb, *values in shape.path:
        points = [(float(x), float(y)) for x, y in zip(values[::2], values[1::2], strict=True)]
        if verb == "M":
            whole += last[0] * first[1] - first[0] * last[1]  # contours close by themselves
            first = last = points.pop(0)
        for x, y in points or ([first] if verb == "Z" else []):
            whole += last[0] * y - x * last[1]
            last = (x, y)
    return whole + last[0] * first[1] - first[0] * last[1]


def _moved(path: Iterable[PathPart], sx: float, sy: float, dx: float, dy: float) -> list[PathPart]:
    moved: list[PathPart] = []
    for verb, *numbers in path:
        values = [float(v) for v in numbers]
        xs = [v * sx + dx for v in values[::2]]
        ys = [v * sy + dy for v in values[1::2]]
        moved.append((verb, *(v for pair in zip(xs, ys, strict=True) for v in pair)))
    return moved


def _fitted(path: Sequence[PathPart], box: Box) -> tuple[PathPart, ...]:
    """Scaled to touch the box, centred, rounded to 0.001 pt."""
    xs = [float(v) for part in path for v in part[1::2]]
    ys = [float(v) for part in path for v in part[2::2]]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(box.width / width, box.height / height)
    dx = box.x + (box.width - width * scale) / 2 - min(xs) * scale
    dy = box.y + (box.height - height * scale) / 2 - min(ys) * scale
    return tuple(
        (part[0], *(round(float(v), 3) for v in part[1:]))
        for part in _moved(path, scale, scale, dx, dy)
    )
