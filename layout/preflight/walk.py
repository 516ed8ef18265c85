"""A PDF page → what is painted on it, with the graphics state it is painted in.

Comes in: a page read by pikepdf. Goes out: `Painted` records in points from the trim's top left –
text by string, strokes, fills, pictures – each with its colour, overprint and size on the page. It
reads bytes another program may have written: operators it does not know are passed over, forms are
entered as deep as a plate needs (ISO 32000-1 8.4, 8.5, 9.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot
from typing import Any

import msgspec
import pikepdf

from layout.geometry import Box
from layout.press.delivered import instructions
from layout.press.tints import ramp

DEEPEST = 20
MOST_ENTERED = 20_000  # forms and patterns of a page, each time they are drawn

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Colour(msgspec.Struct, frozen=True):
    """A colour space's family (DeviceCMYK, DeviceRGB, Separation …), its name, its components."""

    family: str
    parts: tuple[float, ...] = ()
    name: str = ""

    @property
    def cmyk(self) -> tuple[float, float, float, float] | None:
        """C, M, Y, K where that is what it is; grey is K."""
        if self.family == "DeviceCMYK" and len(self.parts) == 4:
            return self.parts[0], self.parts[1], self.parts[2], self.parts[3]
        if self.family in ("DeviceGray", "CalGray") and self.parts:
            return 0.0, 0.0, 0.0, 1.0 - self.parts[0]
        return None

    @property
    def amounts(self) -> tuple[float, ...]:
        """How much of each ink it lays down, process or spot; nothing of registration colour."""
        if self.family in ("Separation", "DeviceN"):
            return () if self.name == "All" else self.parts
        return () if self.cmyk == (1.0, 1.0, 1.0, 1.0) else self.cmyk or ()

    @property
    def inks(self) -> int:
        """How many inks it prints."""
        return sum(value > 0 for value in self.amounts)

    @property
    def is_white(self) -> bool:
        """Paper: nothing is printed."""
        if self.amounts:
            return not any(self.amounts)
        return self.family in ("DeviceRGB", "CalRGB") and self.parts == (1.0, 1.0, 1.0)


BLACK = Colour("DeviceGray", (0.0,))


class State(msgspec.Struct, frozen=True):
    """The graphics state as far as a plate cares."""

    ctm: Matrix = IDENTITY
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    overprint_fill: bool = False
    overprint_stroke: bool = False
    font: str = ""
    size: float = 0.0
    rendering: int = 0
    clip: Box | None = None
    patterns: tuple[Any, Any] = (None, None)  # that fills and strokes are painted with


class Painted(msgspec.Struct, frozen=True):
    """One thing painted: kind (text, stroke, fill, shading, image), colour, overprint, place.

    `size` is type size, line weight or, of a picture, its effective ppi. `what` is a font's
    resource name or a picture's key; `image` its dictionary and `matrix` where its unit square
    lies. A shading's colour is the heaviest of it.
    """

    kind: str
    colour: Colour
    overprint: bool
    size: float
    box: Box
    what: str = ""
    image: Any = None
    matrix: Matrix = IDENTITY


def walk(page: pikepdf.Page) -> Iterator[Painted]:
    """All that is painted on a page, in order."""
    trim = [float(v) for v in page.trimbox]
    flip: Matrix = (1.0, 0.0, 0.0, -1.0, -trim[0], trim[3])
    paper = [float(v) for v in page.mediabox]
    whole = _box([at(flip, paper[0], paper[1]), at(flip, paper[2], paper[3])])
    yield from _Walker(flip, whole).content(page, page.obj.get("/Resources", {}), State(), 0)


def times(a: Matrix, b: Matrix) -> Matrix:
    """a applied before b (ISO 32000-1 8.3.4)."""
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point, moved."""
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def _box(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


_FAMILIES = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_PAINT = {
    "S": "s", "s": "s", "f": "f", "F": "f", "f*": "f", "B": "fs", "B*": "fs", "b": "fs",
    "b*": "fs", "n": "",
}  # fmt: skip


_PATH = frozenset({"m", "l", "c", "v", "y", "re"})
_TEXT_PLACE = frozenset({"BT", "Td", "TD", "Tm", "T*"})
_TEXT_SHOW = frozenset({"Tj", "TJ", "'", '"'})


def _points(op: str, operands: Sequence[Any]) -> list[tuple[float, float]]:
    """The points a path operator gives; a curve's controls bound it."""
    values = [float(v) for v in operands]
    if op == "re":
        x, y, w, h = values
        return [(x, y), (x + w, y), (x, y + h), (x + w, y + h)]
    return list(zip(values[::2], values[1::2], strict=True))


class _Walker:
    """Reads one page; `path` and `line` are what the operators so far have built, `clips` says
    that the path is a clip, too. `whole` is the paper.
    """

    def __init__(self, flip: Matrix, whole: Box) -> None:
        self.flip, self.whole = flip, whole
        self.path: list[tuple[float, float]] = []
        self.clips = False
        self.entered = 0
        self.line = IDENTITY

    def content(self, holder: Any, resources: Any, state: State, depth: int) -> Iterator[Painted]:
        stack: list[State] = []
        self.entered += 1
        if self.entered > MOST_ENTERED:
            raise pikepdf.PdfError(f"forms are drawn more than {MOST_ENTERED:,} times")
        for instruction in instructions(holder):
            op, operands = str(instruction.operator), list(instruction.operands)
            if op == "q":
                stack.append(state)
            elif op == "Q":
                state = stack.pop() if stack else state
            elif op in _PATH:
                self.path += [self._point(state, x, y) for x, y in _points(op, operands)]
            elif op in ("W", "W*"):
                self.clips = True
            elif op in _PAINT:
                yield from self._painted(self.path, state, _PAINT[op], depth)
                if self.clips and self.path:
                    state = msgspec.structs.replace(state, clip=_cut(_box(self.path), state.clip))
                self.path, self.clips = [], False
            elif op in _TEXT_PLACE:
                self.line = IDENTITY if op == "BT" else _moved(self.line, op, operands)
            elif op in _TEXT_SHOW:
                yield from self._text(state, self.line)
            elif op == "Do":
                yield from self._object(operands, resources, state, depth)
            elif op == "sh":
                shading = resources.get("/Shading", {}).get(str(operands[0]))
                yield from _shaded(shading, _cut(self.whole, state.clip), state.overprint_fill)
            elif op == "INLINE IMAGE":
                yield from self._image(state, operands[0].obj, "inline")
            else:
                state = _changed(state, op, operands, resources)

    def _point(self, state: State, x: Any, y: Any) -> tuple[float, float]:
        return at(times(state.ctm, self.flip), float(x), float(y))

    def _painted(
        self, path: Sequence[tuple[float, float]], state: State, how: str, depth: int
    ) -> Iterator[Painted]:
        box = _cut(_box(path), state.clip) if path else None
        if box is None:
            return
        pattern = state.patterns[0]
        if "f" in how and pattern is not None and state.fill.family == "Pattern":
            yield from self._patterned(pattern, state, box, depth)
        elif "f" in how:
            thin = min(box.width, box.height)
            yield Painted("fill", state.fill, state.overprint_fill, thin, box)
        if "s" in how:
            weight = state.width * _growth(state.ctm)
            yield Painted("stroke", state.stroke, state.overprint_stroke, weight, box)

    def _patterned(self, pattern: Any, state: State, box: Box, depth: int) -> Iterator[Painted]:
        """What a tiling or shading lays down in a box (ISO 32000-1 8.7)."""
        if depth > DEEPEST:
            return
        if not isinstance(pattern, pikepdf.Stream):
            yield from _shaded(pattern.get("/Shading"), box, state.overprint_fill)
            return
        matrix = tuple(float(v) for v in pattern.get("/Matrix", IDENTITY))
        inner = State(ctm=matrix, fill=state.fill)  # type: ignore[arg-type]
        held, self.path = self.path, []
        for item in self.content(pattern, pattern.get("/Resources", {}), inner, depth + 1):
            yield msgspec.structs.replace(item, box=box)
        self.path = held

    def _text(self, state: State, text: Matrix) -> Iterator[Painted]:
        matrix = times(times(text, state.ctm), self.flip)
        size = state.size * hypot(matrix[2], matrix[3])
        x, y = at(matrix, 0.0, 0.0)
        colour = state.stroke if state.rendering == 1 else state.fill
        box = Box(x, y - size, size, size)
        if state.rendering not in (3, 7):
            yield Painted("text", colour, state.overprint_fill, size, box, state.font)

    def _object(self, operands: Any, resources: Any, state: State, depth: int) -> Iterator[Painted]:
        name = str(operands[0])
        found = resources.get("/XObject", {}).get(name)
        if found is None or depth > DEEPEST:
            return
        if found.get("/Subtype") == "/Image":
            yield from self._image(state, found, name)
        elif found.get("/Subtype") == "/Form":
            matrix = tuple(float(v) for v in found.get("/Matrix", IDENTITY))
            inner = msgspec.structs.replace(state, ctm=times(matrix, state.ctm))  # type: ignore[arg-type]
            yield from self.content(found, found.get("/Resources", resources), inner, depth + 1)

    def _image(self, state: State, image: Any, name: str) -> Iterator[Painted]:
        matrix = times(state.ctm, self.flip)
        box = _cut(
            _box([at(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]), state.clip
        )
        if box is None:
            return
        across, down = hypot(matrix[0], matrix[1]), hypot(matrix[2], matrix[3])
        width = float(image.get("/Width", image.get("/W", 0)))
        height = float(image.get("/Height", image.get("/H", 0)))
        ppi = min(width / across, height / down) * 72 if across and down else 0.0
        yield Painted("image", state.fill, state.overprint_fill, ppi, box, name, image, matrix)


def _cut(box: Box, clip: Box | None) -> Box | None:
    """What a clip leaves of a box; None where that is nothing."""
    if clip is None:
        return box
    left, top = max(box.x, clip.x), max(box.y, clip.y)
    width, height = min(box.right, clip.right) - left, min(box.bottom, clip.bottom) - top
    return Box(left, top, width, height) if width >= 0 and height >= 0 else None


def _shaded(shading: Any, box: Box | None, overprint: bool) -> Iterator[Painted]:
    """A shading by its heaviest colour, of a function of one variable (8.7.4.5.3, 8.7.4.5.4)."""
    if shading is None or box is None:
        return
    family, _, name = space_family(shading.get("/ColorSpace"))
    colours = [Colour(family, parts, name) for parts in ramp(shading) or ()]
    heaviest = max(
        colours, key=lambda colour: sum(colour.amounts), default=Colour(family, (), name)
    )
    yield Painted("shading", heaviest, overprint, min(box.width, box.height), box)


def _growth(matrix: Matrix) -> float:
    """How much thinner a line gets at most."""
    return min(hypot(matrix[0], matrix[1]), hypot(matrix[2], matrix[3]))


def _moved(line: Matrix, op: str, operands: Any) -> Matrix:
    if op == "Tm":
        a, b, c, d, e, f = (float(v) for v in operands)
        return a, b, c, d, e, f
    x, y = (float(v) for v in operands) if op != "T*" else (0.0, 0.0)
    return times((1.0, 0.0, 0.0, 1.0, x, y), line)


def _changed(state: State, op: str, operands: Any, resources: Any) -> State:
    """The state after an operator that paints nothing."""
    if op == "cm":
        a, b, c, d, e, f = (float(v) for v in operands)
        changes: dict[str, Any] = {"ctm": times((a, b, c, d, e, f), state.ctm)}
    elif op.lower() in _FAMILIES:
        colour = Colour(_FAMILIES[op.lower()], tuple(float(v) for v in operands))
        changes = {"fill" if op.islower() else "stroke": colour}
    elif op in ("cs", "CS"):
        changes = {"fill" if op == "cs" else "stroke": _space(operands[0], resources)}
    elif op in ("sc", "scn", "SC", "SCN"):
        which = "fill" if op.islower() else "stroke"
        parts = tuple(float(v) for v in operands if not isinstance(v, pikepdf.Name))
        changes = {which: msgspec.structs.replace(getattr(state, which), parts=parts)}
        if operands and isinstance(operands[-1], pikepdf.Name):
            found = resources.get("/Pattern", {}).get(str(operands[-1]))
            fills, strokes = state.patterns
            changes["patterns"] = (found, strokes) if op.islower() else (fills, found)
    elif op == "w":
        changes = {"width": float(operands[0])}
    elif op == "gs":
        changes = _graphics_state(resources.get("/ExtGState", {}).get(str(operands[0])))
    elif op == "Tf":
        changes = {"font": str(operands[0]), "size": float(operands[1])}
    elif op == "Tr":
        changes = {"rendering": int(operands[0])}
    else:
        return state
    return msgspec.structs.replace(state, **changes)


def _graphics_state(found: Any) -> dict[str, Any]:
    """Line weight and overprint; /op alone is for fills, /OP for both without it (8.6.7)."""
    changes: dict[str, Any] = {}
    if found is None:
        return changes
    if "/LW" in found:
        changes["width"] = float(found["/LW"])
    if "/OP" in found:
        changes["overprint_stroke"] = changes["overprint_fill"] = bool(found["/OP"])
    if "/op" in found:
        changes["overprint_fill"] = bool(found["/op"])
    if isinstance(found.get("/Font"), pikepdf.Array):
        changes["size"] = float(found["/Font"][1])
    return changes


def _space(name: Any, resources: Any) -> Colour:
    """A colour space by name; an ICC profile counts by its components (8.6.5.5), and spot inks are
    laid down full until a tint is said (8.6.6.4, 8.6.6.5).
    """
    family, parts, names = space_family(resources.get("/ColorSpace", {}).get(str(name), name))
    return Colour(family, (1.0,) * len(names.split(", ")) if names else parts, names)


def space_family(space: Any) -> tuple[str, tuple[float, ...], str]:
    """Family, no components, and a spot ink's name."""
    if isinstance(space, pikepdf.Name):
        return str(space)[1:], (), ""
    if not isinstance(space, pikepdf.Array) or not len(space):
        return "DeviceGray", (), ""
    family = str(space[0])[1:]
    if family == "ICCBased":
        count = int(space[1].get("/N", 0))
        return {1: "DeviceGray", 3: "ICC RGB", 4: "DeviceCMYK"}.get(count, family), (), ""
    if family in ("Indexed", "I") or (family == "Pattern" and len(space) > 1):
        return space_family(space[1])
    if family in ("Separation", "DeviceN"):
        names = space[1] if family == "DeviceN" else [space[1]]
        return family, (), ", ".join(str(name)[1:] for name in names)
    return family, (), ""
