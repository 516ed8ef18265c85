"""报头字: the drawn title of the paper, as outlines or a picture fitted into a box.

From an SVG file, from a picture file, or from the publication's name in the brush face. Outlines,
not type: a nameplate is artwork, and on the plate it may carry colour that text may not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from layout.findings import InputError, Mark, bad_input
from layout.fonts import FontSet
from layout.geometry import Box
from layout.issue.pictures import VECTOR, page_size
from layout.makeup.pictures import effective_ppi
from layout.sheet.items import BLACK, Artwork, Ink, Outline, Picture

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

    An SVG is set in the ink, where one is given or the drawing has one colour; a PDF, and an SVG of
    several colours, are placed as they are.
    """
    suffix = Path(file).suffix.lower()
    if suffix == ".svg" and (ink or not _is_coloured(file)):
        return Outline("nameplate", _fitted(_svg(file, mark), box), ink or BLACK)
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


def _is_coloured(file: str) -> bool:
    """Whether a drawing has more than one colour; one that cannot be drawn as it is has none."""
    from layout.drawing import Undrawable, read  # late: lxml

    try:
        shapes = read(Path(file)).shapes
    except Undrawable:
        return False
    paints = [shape.fill for shape in shapes] + [s.stroke and s.stroke.colour for s in shapes]
    return len({paint for paint in paints if paint}) > 1


def _svg(file: str, mark: Mark | None) -> list[PathPart]:
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # late: rarely needed
    from fontTools.svgLib.path import SVGPath

    pen = DecomposingRecordingPen({})
    try:
        SVGPath(file).draw(pen)
    except (SyntaxError, ValueError) as fault:  # what lxml and ElementTree raise
        raise InputError([
            bad_input("masthead/nameplate", f"{file} is no SVG drawing: {fault}",
                      "save the nameplate as plain SVG paths", mark)
        ]) from fault  # fmt: skip
    path = list(_cubic(pen.value))
    if not path:
        raise InputError([
            bad_input("masthead/nameplate", f"{file} holds no paths",
                      "turn text and strokes into filled paths", mark)
        ])  # fmt: skip
    return path


_Point: TypeAlias = tuple[float, float]


def _cubic(recorded: Iterable[tuple[str, Sequence[_Point]]]) -> Iterable[PathPart]:
    verbs = {"moveTo": "M", "lineTo": "L", "curveTo": "C"}
    at: _Point = (0.0, 0.0)
    for name, points in recorded:
        if name in verbs:
            yield (verbs[name], *(v for point in points for v in point))
        elif name == "qCurveTo":
            (cx, cy), (x, y) = points
            yield (
                "C",
                at[0] + (cx - at[0]) * 2 / 3, at[1] + (cy - at[1]) * 2 / 3,
                x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3, x, y,
            )  # fmt: skip
        else:
            yield ("Z",)
        at = points[-1] if points else at


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
