"""The display list of one page: what stands where, in which face and ink.

Makeup writes these types, press and the readers (sheet text, report, proof) read them; nothing
here knows a story or a PDF. A group is a frame on the page; the coordinates of its items are
relative to its box, so that a frame that moves changes one number. All lengths are points, y down,
rounded once to 0.001 pt by whoever builds the item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

import msgspec

from layout.findings import Mark
from layout.geometry import Box, Point, Size

ALL = "All"  # what prints on every plate a page has (ISO 32000-1 8.6.6.4)


class Ink(msgspec.Struct, frozen=True):
    """Process colour, each component 0 to 1, or a `spot` (专色) of which `tint` is laid down.

    A spot's process parts are those of its solid: what stands for it where it is not printed.
    """

    cyan: float = 0.0
    magenta: float = 0.0
    yellow: float = 0.0
    black: float = 1.0
    spot: str = ""
    tint: float = 1.0

    @property
    def parts(self) -> tuple[float, float, float, float]:
        """C, M, Y, K."""
        return self.cyan, self.magenta, self.yellow, self.black

    @property
    def overprints(self) -> bool:
        """True for 100 % K alone, the ink of text and rules; all else knocks out."""
        return not self.spot and self.parts == (0.0, 0.0, 0.0, 1.0)


BLACK = Ink()
PAPER = Ink(0.0, 0.0, 0.0, 0.0)


class GlyphRun(msgspec.Struct, frozen=True, gc=False):
    """Glyphs of one face and size on one baseline.

    `xs[i]` is glyph i's origin, relative to the line's x; `clusters[i]` is the offset in `text`
    of the first character glyph i stands for (a glyph of no cluster of its own repeats it).
    `width_ratio` < 1 is 长体, > 1 扁体. A `spaced` run is tracked so widely that readers of the PDF
    would take its gaps for blanks: the press writes its text beside it. In a vertical line `ys[i]`
    is glyph i's origin below the line's y, and a `turned` run lies 90° clockwise.
    """

    face: str
    size: float
    glyphs: tuple[int, ...]
    xs: tuple[float, ...]
    text: str
    clusters: tuple[int, ...]
    ink: Ink = BLACK
    width_ratio: float = 1.0
    spaced: bool = False
    source: Mark | None = None
    ys: tuple[float, ...] = ()
    turned: bool = False


class Tag(msgspec.Struct, frozen=True, gc=False):
    """What a line is in its story, for who listens to a page or copies from it.

    kind: kicker, headline, deck, paragraph, subhead, caption, header or cell (of a table, with row
    and column from 0). A line that does not open an element goes on with the last of its kind.
    """

    kind: str
    opens: bool = True
    row: int = -1
    column: int = -1


class TextLine(msgspec.Struct, frozen=True, gc=False, tag="line"):
    """One set line: baseline origin (x, y), `width` as set and the `measure` it was set to.

    `ratio` is the em of stretch (+) or shrink (−) a gap got on average, 0 for a line on the grid.
    """

    x: float
    y: float
    width: float
    measure: float
    ratio: float
    text: str
    runs: tuple[GlyphRun, ...]
    tag: Tag | None = None

    def at(self, x: float, y: float) -> TextLine:
        """The same line elsewhere."""
        return msgspec.structs.replace(self, x=round(x, 3), y=round(y, 3))


class VerticalLine(msgspec.Struct, frozen=True, gc=False, tag="vertical"):
    """One line set from top to bottom: (x, y) is the middle of its upper edge.

    `height` as set and the `measure` it was set to; its runs have ys. `text` is the writer's,
    whatever stands for it on the page (“ is drawn as 『).
    """

    x: float
    y: float
    height: float
    measure: float
    text: str
    runs: tuple[GlyphRun, ...]
    tag: Tag | None = None

    def at(self, x: float, y: float) -> VerticalLine:
        """The same line elsewhere."""
        return msgspec.structs.replace(self, x=round(x, 3), y=round(y, 3))


class Rule(msgspec.Struct, frozen=True, tag="rule"):
    """A straight line from (x1, y1) to (x2, y2); `dash` is on and off lengths, empty for solid."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float
    ink: Ink = BLACK
    dash: tuple[float, ...] = ()


class Tint(msgspec.Struct, frozen=True, tag="tint"):
    """A filled rectangle."""

    box: Box
    ink: Ink


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A photograph or picture advertisement.

    `crop` is the part shown, in fractions of the source's width and height after EXIF rotation;
    `ppi` is its effective resolution in the frame before any resampling.
    """

    file: str
    box: Box
    crop: Box
    ppi: float
    alt: str
    source: Mark | None = None


class Artwork(msgspec.Struct, frozen=True, tag="artwork"):
    """A PDF advertisement, its first page scaled into the box; vectors stay vectors."""

    file: str
    box: Box
    alt: str
    source: Mark | None = None


class Outline(msgspec.Struct, frozen=True, tag="outline"):
    """Filled contours (nameplate, QR code): ("M", x, y), ("L", x, y), ("C", x1 … y3), ("Z",).

    `alt` says what is seen where it says something.
    """

    name: str
    path: tuple[tuple[str | float, ...], ...]
    ink: Ink
    alt: str = ""
    even_odd: bool = False  # how its inside is told (ISO 32000-1 8.5.3.3)

    @property
    def extent(self) -> Box:
        """The box of its points; of an empty path one of no size."""
        numbers = [float(value) for _, *values in self.path for value in values]
        xs, ys = (numbers[k::2] or [0.0] for k in (0, 1))
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


class Group(msgspec.Struct, frozen=True, tag="group"):
    """A frame or a part of one.

    kind: masthead, banner, story, ad, folio, separation – and, inside a story, head, leg, photo.
    `label` is what a reader of bookmarks or the report calls it (the headline of a story), `origin`
    the page a story begins on if it goes on here from another.
    """

    name: str
    kind: str
    box: Box
    items: tuple[Item, ...]
    label: str = ""
    origin: int | None = None


Item: TypeAlias = TextLine | VerticalLine | Rule | Tint | Picture | Artwork | Outline | Group


class Grid(msgspec.Struct, frozen=True):
    """The page's cells: `columns` legs of `measure` pt, `lines` baselines `leading` pt apart.

    `size` is the body em. Column c (from 0) starts at origin.x + c·(measure + gutter); line n (from
    0) occupies origin.y + n·leading and one leading below, its text centred in it.
    """

    columns: int
    measure: float
    gutter: float
    leading: float
    lines: int
    size: float
    origin: Point

    def left(self, column: int) -> float:
        """x of a column's left edge."""
        return self.origin.x + column * (self.measure + self.gutter)

    def span(self, columns: int) -> float:
        """Width of so many columns with the gutters between them."""
        return columns * self.measure + (columns - 1) * self.gutter

    def top(self, line: int) -> float:
        """y of a line cell's upper edge."""
        return self.origin.y + line * self.leading

    def cells(self, column: int, line: int, columns: int, lines: int) -> Box:
        """The box of a rectangle of cells."""
        return Box(
            self.left(column), self.top(line), self.span(columns), lines * self.leading
        ).rounded()

    @property
    def type_area(self) -> Box:
        """版心: all cells."""
        return self.cells(0, 0, self.columns, self.lines)


class FaceRecord(msgspec.Struct, frozen=True):
    """A face a sheet uses: its key in runs, the role it was asked for, name, file and hash."""

    key: str
    role: str
    name: str
    file: str
    sha256: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One page: size, grid and frames; `meta` holds what the file's metadata says of it.

    `apron` is paper beyond the bleed on every side, where marks stand; `spots` are the solids of
    the spot inks the paper orders, used on this page or not.
    """

    page: int
    trim: Size
    bleed: float
    grid: Grid
    groups: tuple[Group, ...]
    meta: Mapping[str, str]
    apron: float = 0.0
    spots: tuple[Ink, ...] = ()
    spread: bool = False  # of two pages (通版), the second numbered one higher

    @property
    def numbers(self) -> tuple[int, ...]:
        """One page number, of a spread two."""
        return (self.page, self.page + 1) if self.spread else (self.page,)

    @property
    def name(self) -> str:
        """第N版, of a spread 第N—N版."""
        return page_name(self.numbers)

    @property
    def faces(self) -> tuple[str, ...]:
        """Keys of the faces its lines are set in, in order of first use."""
        runs = (
            run.face
            for group, _, _ in self.walk()
            for item in group.items
            if isinstance(item, (TextLine, VerticalLine))
            for run in item.runs
        )
        return tuple(dict.fromkeys(runs))

    def walk(self) -> Iterator[tuple[Group, float, float]]:
        """Every group, outer before inner, with the absolute origin of its items."""
        yield from _walk(self.groups, 0.0, 0.0)


def page_name(numbers: Iterable[int]) -> str:
    """第N版; of a spread's two numbers 第4—5版."""
    return f"第{'—'.join(map(str, numbers))}版"


def spots(groups: Iterable[Group]) -> dict[str, Ink]:
    """Spot inks by name in order of first use, each as its solid.

    ValueError for one of two meanings: a file may not have it (pdfx.md 15).
    """
    found: dict[str, Ink] = {}
    for group, _, _ in _walk(tuple(groups), 0.0, 0.0):
        for ink in chain.from_iterable(map(_inks, group.items)):
            if ink.spot:
                solid = msgspec.structs.replace(ink, tint=1.0)
                if found.setdefault(ink.spot, solid) != solid:
                    raise ValueError(f"{ink.spot} means two colours")
    return found


def _inks(item: Item) -> Sequence[Ink]:
    if isinstance(item, (TextLine, VerticalLine)):
        return [run.ink for run in item.runs]
    return (item.ink,) if isinstance(item, (Rule, Tint, Outline)) else ()


def _walk(items: tuple[Item, ...], dx: float, dy: float) -> Iterator[tuple[Group, float, float]]:
    for item in items:
        if isinstance(item, Group):
            x, y = dx + item.box.x, dy + item.box.y
            yield item, x, y
            yield from _walk(item.items, x, y)
