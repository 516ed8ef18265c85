"""The journey through a document: elements in order → shapes with all that holds for them.

In: an SVG file. Out: a `Drawing`. Groups, `use` and symbols are gone through with their transform,
properties, clips and opacity; what is seen through is paper, or the drawing is refused, since a
press page mixes no colours. Rules: SVG 1.1 5 (structure), 14.3 (clips), 14.5 (opacity).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as File
from typing import Any

import msgspec

from layout.drawing.document import AS_PDF, Undrawable, document, local, reference
from layout.drawing.outlines import SHAPES, bounds, encloses, moved, outline
from layout.drawing.paints import Paints, target
from layout.drawing.shapes import Clip, Colour, Drawing, Matrix, Path, Shape
from layout.drawing.styles import INHERITED, Styles
from layout.drawing.values import (
    PX,
    growth,
    length,
    share,
    times,
    transform,
    view,
    viewbox,
)
from layout.geometry import Box, Size

DEEPEST = 60
# What `use` may make of a small file; a page of lace has ten thousand.
MOST_SHAPES = 100_000
MOST_POINTS = 1_000_000
# Each is held against all that lies beneath it.
MOST_SEEN_THROUGH = 1_000
MOST_IN_CLIP = 200
# 200 m; nothing printed is larger, and sizes stay sound
LARGEST_PT = 600_000.0
LEAST_PX = 0.1

_GROUPS = frozenset({"g", "a", "svg", "symbol"})
_UNSEEN = frozenset({
    "", "defs", "title", "desc", "metadata", "style", "linearGradient", "radialGradient",
    "clipPath", "symbol", "pattern", "mask", "filter", "marker", "view", "color-profile",
    "solidColor",
})  # fmt: skip
_REMEDIES = {
    "text": ("text", "turn it into outlines (paths)"),
    "image": ("a picture", "draw it with paths, or place the whole as PDF or TIFF"),
    "svg": ("a drawing inside the drawing", "ungroup it, or export it as PDF"),
    "switch": ("a choice (switch)", "export it as plain SVG, or as PDF"),
}
_CONDITIONS = ("requiredFeatures", "requiredExtensions", "systemLanguage")


def read(file: File) -> Drawing:
    """All of a drawing; `Undrawable` with the first thing in the way."""
    root = document(file)
    try:
        size, matrix, room = _page(root)
        return _Reader(root, room).drawing(size, matrix)
    except RecursionError as fault:
        raise Undrawable("is nested too deeply", AS_PDF) from fault


def page_size(file: File) -> tuple[float, float]:
    """Width and height in points, without looking at what is drawn."""
    size, _, _ = _page(document(file))
    return size.width, size.height


def _page(root: Any) -> tuple[Size, Matrix, Size]:
    """The drawing's size in points, what takes its units there, and what percentages are of."""
    given = [root.get(side, "100%").strip() for side in ("width", "height")]
    relative = [text.endswith("%") or text == "auto" for text in given]
    box = root.get("viewBox")
    try:
        if root.get("transform") is not None:
            raise ValueError("the whole drawing is transformed")
        if box is None and any(relative):
            raise Undrawable(
                "has neither a viewBox nor width and height", "export it with its size"
            )
        inner = viewbox(box) if box is not None else (0.0, 0.0, 1.0, 1.0)
        width, height = (
            whole if rel else length(text, whole)
            for text, rel, whole in zip(given, relative, inner[2:], strict=True)
        )
        if box is not None and relative.count(True) == 1:
            # the side that is not given follows the viewBox
            width = height * inner[2] / inner[3] if relative[0] else width
            height = width * inner[3] / inner[2] if relative[1] else height
        if not LEAST_PX <= min(width, height) <= max(width, height) <= LARGEST_PT / PX:
            raise Undrawable("has no size, or one beyond any page", "export it at its printed size")
        points = (PX, 0.0, 0.0, PX, 0.0, 0.0)
        if box is None:
            return Size(width * PX, height * PX), points, Size(width, height)
        fitted = view(box, root.get("preserveAspectRatio", ""), width, height)
        return Size(width * PX, height * PX), times(fitted, points), Size(inner[2], inner[3])
    except ValueError as fault:
        raise Undrawable(str(fault), "export it again", root.sourceline) from fault


class _Around(msgspec.Struct, frozen=True):
    """What holds where an element stands."""

    style: Mapping[str, str]
    matrix: Matrix
    clips: tuple[Clip, ...] = ()
    alpha: float = 1.0
    using: tuple[Any, ...] = ()
    depth: int = 0


class _Reader:
    """One document on its way to a drawing."""

    def __init__(self, root: Any, room: Size) -> None:
        self._root, self._room = root, room
        self._ids = {e.get("id"): e for e in reversed(list(root.iter("*"))) if e.get("id")}
        self._styles = Styles(root)
        self._paints = Paints(self._ids, self._styles, room)
        self._shapes: list[Shape] = []
        self._inked: list[Box] = []
        self._entered = self._points = self._faint = 0
        self._clips: tuple[Clip, ...] = ()

    def drawing(self, size: Size, matrix: Matrix) -> Drawing:
        """Everything below the root."""
        self._element(self._root, _Around(INHERITED, matrix))
        return Drawing(size.width, size.height, tuple(self._shapes))

    def _element(self, element: Any, around: _Around) -> None:
        name, line = local(element), element.sourceline
        if name in _UNSEEN:
            return
        try:
            inside = self._inside(element, around)
            if inside is None:
                return
            if name in _REMEDIES and element is not self._root:
                said, hint = _REMEDIES[name]
                raise Undrawable(f"{said} in it", hint, line)
            if name in SHAPES:
                self._shape(element, name, inside)
            elif name == "use":
                self._use(element, inside)
            elif name in _GROUPS:
                for child in element:
                    self._element(child, inside)
            else:
                raise Undrawable(f"the element {name[:40]} is not understood", AS_PDF, line)
        except ValueError as fault:
            raise Undrawable(f"{fault} ({name})", AS_PDF, line) from fault

    def _inside(self, element: Any, around: _Around) -> _Around | None:
        """What holds inside an element; nothing if it is not shown."""
        line = element.sourceline
        self._entered += 1
        if self._entered > MOST_SHAPES:
            raise Undrawable(f"draws more than {MOST_SHAPES} shapes", "simplify it, or " + AS_PDF)
        if around.depth > DEEPEST:
            raise Undrawable(f"is nested deeper than {DEEPEST} groups", AS_PDF, line)
        if any(element.get(key) is not None for key in _CONDITIONS):
            raise Undrawable("is drawn under a condition only", "export it as plain SVG", line)
        style = self._styles.holding(element, around.style)
        matrix = around.matrix
        if element is not self._root:
            matrix = times(transform(element.get("transform")), matrix)
        alpha = around.alpha * share(style["opacity"])
        if style["display"] == "none" or not growth(matrix) or not alpha:
            return None
        clips = around.clips
        if style["clip-path"] != "none":
            clips = (*clips, self._clip(style["clip-path"], matrix, line))
        return _Around(style, matrix, clips, alpha, around.using, around.depth + 1)

    def _use(self, element: Any, around: _Around) -> None:
        named, line = reference(element), element.sourceline
        if named is None:
            return None
        found = target(f"url(#{named})", self._ids, line)
        if found in around.using:
            raise Undrawable(f"#{named[:40]} draws itself", AS_PDF, line)
        x, y = (length(element.get(k, "0"), w) for k, w in self._sides())
        matrix = times((1.0, 0.0, 0.0, 1.0, x, y), around.matrix)
        inside = msgspec.structs.replace(around, matrix=matrix, using=(*around.using, found))
        if local(found) != "symbol":
            return self._element(found, inside)
        inner = self._inside(found, self._viewport(element, found, inside))
        if inner is not None:
            for child in found:
                self._element(child, inner)
        return None

    def _sides(self) -> tuple[tuple[str, float], tuple[str, float]]:
        return ("x", self._room.width), ("y", self._room.height)

    def _viewport(self, use: Any, symbol: Any, around: _Around) -> _Around:
        """A symbol's own units, fitted into the place its use gives it, and cut off there."""
        if symbol.get("viewBox") is None:
            return around
        width = length(use.get("width", "100%"), self._room.width)
        height = length(use.get("height", "100%"), self._room.height)
        if min(width, height) <= 0:
            raise ValueError("a symbol is used without room")
        clips = around.clips
        if self._styles.declared(symbol).get("overflow") != "visible":
            corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
            frame = (*(("L" if i else "M", *corner) for i, corner in enumerate(corners)), ("Z",))
            clips = (*clips, Clip(moved(frame, around.matrix)))
        fitted = view(symbol.get("viewBox"), symbol.get("preserveAspectRatio", ""), width, height)
        matrix = times(fitted, around.matrix)
        return msgspec.structs.replace(around, matrix=matrix, clips=clips)

    # --- shapes ---

    def _shape(self, element: Any, name: str, around: _Around) -> None:
        own, style = outline(element, name, self._room), around.style
        self._count(own, around.clips)
        box, line = bounds(own), element.sourceline
        if box is None or style["visibility"] != "visible":
            return
        fill, through = None, False
        if encloses(own):
            fill, through = self._paints.fill(style, around.alpha, box, around.matrix, line)
        stroke, shows = self._paints.stroke(style, around.alpha, around.matrix, line)
        if stroke and fill and share(style["stroke-opacity"]) < 1:
            raise Undrawable("a see-through line over its own fill", AS_PDF, line)
        if fill is None and stroke is None:
            return
        if stroke and stroke.dash and element.get("pathLength"):
            raise ValueError("dashes by pathLength are not drawn")
        path = moved(own, around.matrix)
        seen = _grown(bounds(path), stroke.width if stroke else 0.0)
        if through or shows:
            self._over_paper(seen, line)
        if not all(isinstance(p, Colour) and p.is_white for p in _paints(fill, stroke)):
            self._inked.append(seen)
        even_odd = _even_odd(style["fill-rule"])
        self._shapes.append(Shape(path, fill, even_odd, stroke, around.clips))

    def _count(self, path: Path, clips: tuple[Clip, ...]) -> None:
        """A clip is written once for the shapes in a row that it holds for."""
        self._points += len(path)
        if clips is not self._clips:
            self._clips = clips
            self._points += sum(len(clip.path) for clip in clips)
        if self._points > MOST_POINTS:
            raise Undrawable(f"has more than {MOST_POINTS} points", "simplify its paths")

    def _over_paper(self, seen: Box, line: int | None) -> None:
        """Paper alone may shine through: a press page mixes no colours."""
        self._faint += 1
        if self._faint > MOST_SEEN_THROUGH:
            said = f"has more than {MOST_SEEN_THROUGH} see-through shapes"
            raise Undrawable(said, "give them flat colours, or " + AS_PDF)
        if any(_overlap(seen, box) for box in self._inked):
            said = "a see-through shape over others"
            raise Undrawable(said, "give it the colour that is seen, or " + AS_PDF, line)

    def _clip(self, text: str, matrix: Matrix, line: int | None) -> Clip:
        """A clip path's shapes as one; they must not overlap, since then rules would differ."""
        element = target(text, self._ids, line)
        if local(element) != "clipPath":
            raise Undrawable(f"the clip {text[:40]} is not understood", AS_PDF, line)
        whole = self._styles.holding(element, INHERITED)
        plain = element.get("clipPathUnits", "userSpaceOnUse") == "userSpaceOnUse"
        if not plain or whole["clip-path"] != "none":
            raise Undrawable("a clip that is clipped, or as large as its shape", AS_PDF, line)
        matrix = times(transform(element.get("transform")), matrix)
        parts = [part for child in element for part in self._clip_part(child, whole, matrix)]
        rules = {part.even_odd for part in parts}
        boxes = [box for part in parts[:MOST_IN_CLIP] if (box := bounds(part.path))]
        apart = not any(_overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
        if len(parts) > MOST_IN_CLIP or len(rules) > 1 or not apart:
            raise Undrawable(
                "a clip of many or overlapping shapes", "unite them, or " + AS_PDF, line
            )
        joined: Path = tuple(piece for part in parts for piece in part.path)
        return Clip(joined, rules == {True})

    def _clip_part(self, element: Any, style: Mapping[str, str], matrix: Matrix) -> list[Clip]:
        name, line = local(element), element.sourceline
        if name in _UNSEEN:
            return []
        own = self._styles.holding(element, style)
        if own["display"] == "none" or own["visibility"] != "visible":
            return []
        if own["clip-path"] != "none":
            raise Undrawable("a clip inside a clip", "unite them, or " + AS_PDF, line)
        matrix = times(transform(element.get("transform")), matrix)
        if name == "use":
            x, y = (length(element.get(k, "0"), w) for k, w in self._sides())
            named = reference(element)
            if named is None:
                return []
            element = target(f"url(#{named})", self._ids, line)
            name, own = local(element), self._styles.holding(element, own)
            matrix = times((1.0, 0.0, 0.0, 1.0, x, y), matrix)
            matrix = times(transform(element.get("transform")), matrix)
        if name not in SHAPES:
            raise Undrawable(f"a clip of {name[:40]}", "clip with paths, or " + AS_PDF, line)
        path = moved(outline(element, name, self._room), matrix)
        self._count(path, self._clips)
        return [Clip(path, _even_odd(own["clip-rule"]))]


def _even_odd(rule: str) -> bool:
    if rule not in ("nonzero", "evenodd"):
        raise ValueError(f"{rule[:40]!r} is neither nonzero nor evenodd")
    return rule == "evenodd"


def _paints(fill: Any, stroke: Any) -> list[Any]:
    return [paint for paint in (fill, stroke and stroke.colour) if paint is not None]


def _grown(box: Box | None, width: float) -> Box:
    """With its line, whose corners may stand out a little further."""
    assert box is not None
    return Box(box.x - width, box.y - width, box.width + 2 * width, box.height + 2 * width)


def _overlap(a: Box, b: Box) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom
