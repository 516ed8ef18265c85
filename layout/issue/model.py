"""What an issue folder says, as frozen typed data. Lengths are points unless the name has a unit.

Copy carries its mark, so that whatever is found wrong with it later can be blamed on a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

import msgspec

from layout.findings import Finding, Mark
from layout.geometry import Size

YamlPath = tuple[str | int, ...]

# left, top, right, bottom of a story's place, in parts of the type area
Quad = tuple[float, float, float, float]


class Copy(msgspec.Struct, frozen=True):
    """A piece of text as written, and where."""

    text: str
    mark: Mark


# --- publication -----------------------------------------------------------------------------


class Margins(msgspec.Struct, frozen=True):
    """White around the type area."""

    top: float
    right: float
    bottom: float
    left: float


class GridSpec(msgspec.Struct, frozen=True):
    """What the publication says of its grid (版心); None is solved from the rest.

    `measure_em` is 栏宽 in 字, `gutter_em` 栏距 in 字 (or `gutter` in points), `lines` 行数.
    """

    size: float | None = None
    columns: int | None = None
    measure_em: float | None = None
    gutter: float | None = None
    gutter_em: float | None = None
    leading: float | None = None
    lines: int | None = None


class SheetSpec(msgspec.Struct, frozen=True):
    """Paper, margins and grid of the publication's pages."""

    trim: Size
    bleed: float
    margins: Margins
    grid: GridSpec
    mark: Mark


class FontSource(msgspec.Struct, frozen=True):
    """A face of the publication's own: file, face index in a TTC, axis settings."""

    file: str
    index: int
    axes: Mapping[str, float]
    mark: Mark


class InkSpec(msgspec.Struct, frozen=True):
    """C, M, Y, K from 0 to 1.

    Of a `spot` (专色, its plate's name) they are what stands for it where it is not printed, and
    `tint` is how much of it is laid down.
    """

    cyan: float
    magenta: float
    yellow: float
    black: float
    spot: str = ""
    tint: float = 1.0

    @property
    def parts(self) -> tuple[float, float, float, float]:
        """C, M, Y, K."""
        return self.cyan, self.magenta, self.yellow, self.black

    @property
    def prints(self) -> int:
        """How many plates it is printed from."""
        return 1 if self.spot else sum(part > 0 for part in self.parts)

    def tinted(self, share: float) -> InkSpec:
        """A tint (平网): less of the spot, or less of each process ink."""
        if self.spot:
            return msgspec.structs.replace(self, tint=round(self.tint * share, 4))
        cyan, magenta, yellow, black = (round(part * share, 4) for part in self.parts)
        return InkSpec(cyan, magenta, yellow, black)


class InkName(msgspec.Struct, frozen=True):
    """A colour as it is called, or a share (0 to 1) of it, until the publication's are known."""

    name: str
    share: float
    written: str
    mark: Mark


# None of a colour whose entry is wrong: its name is known all the same.
Palette = Mapping[str, InkSpec | None]


class CompositionSpec(msgspec.Struct, frozen=True):
    """House choices of line composition by name; None is the mainland default."""

    kinsoku: str | None = None
    marks: str | None = None
    marks_stand: str | None = None
    hanging: str | None = None
    latin_gap: str | None = None
    adjacent: str | None = None
    line_start: str | None = None
    paragraph_start: str | None = None
    ellipsis: str | None = None
    connector: str | None = None
    stops: str | None = None
    mark_runs: str | None = None
    hyphens: str | None = None
    indent: float | None = None


class Masthead(msgspec.Struct, frozen=True):
    """How the nameplate block is drawn; omitted parts have defaults."""

    nameplate: str | None = None
    lines: int | None = None
    ink: InkSpec | None = None
    mark: Mark | None = None


# What may stand in a pattern of file names, beside letters, digits, - _ and a point.
FILE_NAME, FILE_PARTS = "{code}{date}{page}", (
    "code", "date", "yyyy", "yy", "mm", "dd", "number", "page",
)  # fmt: skip


class Publication(msgspec.Struct, frozen=True):
    """What does not change from day to day. Text fields hold None when omitted."""

    name: Copy
    code: str
    latin_name: Copy | None
    sponsor: Copy | None
    publisher: Copy | None
    registration: Copy | None
    postal_code: Copy | None
    website: Copy | None
    website_name: Copy | None
    email: Copy | None
    hotline: Copy | None
    client: Copy | None
    client_url: Copy | None
    price: Copy | None
    printer: Copy | None
    address: Copy | None
    postcode: Copy | None
    sheet: SheetSpec
    fonts: Mapping[str, tuple[FontSource, ...]]
    masthead: Masthead
    composition: CompositionSpec
    lexicon: tuple[Copy, ...]
    accent: InkSpec | None
    profile: str | None
    mark: Mark
    press_marks: bool = False
    traditional: bool = False
    standard: str = "pdfx4"
    condition: Copy | None = None
    profile_mark: Mark | None = None
    file_name: str = FILE_NAME
    colours: Mapping[str, InkSpec] = {}

    @property
    def language(self) -> str:
        """BCP 47, of the PDF and of what reads it aloud."""
        return "zh-Hant" if self.traditional else "zh-CN"

    @property
    def spots(self) -> dict[str, tuple[float, float, float, float]]:
        """The spot inks it orders, each with the parts that stand for it."""
        return {ink.spot: ink.parts for ink in self.colours.values() if ink.spot}


# --- stories ---------------------------------------------------------------------------------


class SpanStyle(Enum):
    """Inline markup: **strong** is set in hei, *emphasis* in kai."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"


class BlockKind(Enum):
    """What a paragraph is."""

    BODY = "body"
    SUBHEAD = "subhead"  # 小标题
    QUOTE = "quote"  # in kai
    ITEM = "item"  # of a list
    TABLE = "table"  # its copy is in `table`
    PICTURE = "picture"  # pictures and nothing else


class InlinePicture(msgspec.Struct, frozen=True):
    """A picture in the copy: `alone` on its line it fills the leg's measure, else it is a 造字.

    `file` is its path, `name` the path as written, `pixels` width and height after EXIF rotation.
    """

    file: str
    name: str
    pixels: tuple[int, int]
    caption: Copy | None
    alone: bool
    mark: Mark


# What stands in a line's text for a picture (Unicode 23.8, object replacement character).
OBJECT = "\ufffc"


class Span(msgspec.Struct, frozen=True):
    """Text of one style on one source line; `dotted` has emphasis dots (着重号).

    A picture's text is U+FFFC inside a line and nothing when it stands alone.
    """

    text: str
    style: SpanStyle
    mark: Mark
    dotted: bool = False
    picture: InlinePicture | None = None


class ColumnAlign(Enum):
    """How a table's column was asked to be aligned (`:--`, `:-:`, `--:`)."""

    UNSAID = ""
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Cell(msgspec.Struct, frozen=True):
    """A cell's copy; no spans when it is empty."""

    spans: tuple[Span, ...]
    mark: Mark

    @property
    def text(self) -> str:
        """The cell without its markup."""
        return "".join(span.text for span in self.spans)


class Table(msgspec.Struct, frozen=True):
    """A table's cells in rows, all as long as `aligns`; `head` is empty without a header row."""

    aligns: tuple[ColumnAlign, ...]
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All of them, row by row."""
        return (*self.head, *(cell for row in self.rows for cell in row))


class Block(msgspec.Struct, frozen=True):
    """A paragraph of copy, or a table."""

    kind: BlockKind
    spans: tuple[Span, ...]
    mark: Mark
    table: Table | None = None

    @property
    def text(self) -> str:
        """The paragraph without its markup."""
        parts = self.table.cells if self.table else self.spans
        return "".join(part.text for part in parts)


class Headline(msgspec.Struct, frozen=True):
    """引题, 主题, 副题. `lines` has one entry a line when the writer broke it, else one in all."""

    kicker: Copy | None
    lines: tuple[Copy, ...]
    deck: Copy | None

    @property
    def text(self) -> str:
        """The main headline in one line."""
        return "　".join(line.text for line in self.lines)


class Photo(msgspec.Struct, frozen=True):
    """A photograph of a story. `focus` is the subject, in fractions of width and height.

    `pixels` is width and height after EXIF rotation; `columns` is None when left to make-up.
    """

    file: str
    name: str
    pixels: tuple[int, int]
    caption: Copy | None
    credit: Copy | None
    columns: int | None
    focus: tuple[float, float]
    mark: Mark


class Cells(msgspec.Struct, frozen=True):
    """A rectangle on the grid; columns and lines count from 1, both ends included.

    `without` is a lower corner that belongs to neighbours: the place is then an L (穿插).
    """

    first_column: int
    last_column: int
    first_line: int
    last_line: int
    without: Cells | None = None

    @property
    def parts(self) -> tuple[Cells, ...]:
        """The rectangles it covers: one, or an L's upper part and what is beside its corner."""
        corner = self.without
        if corner is None:
            return (self,)
        left = corner.first_column == self.first_column
        first = corner.last_column + 1 if left else self.first_column
        last = self.last_column if left else corner.first_column - 1
        return (
            Cells(self.first_column, self.last_column, self.first_line, corner.first_line - 1),
            Cells(first, last, corner.first_line, self.last_line),
        )


class BorderStyle(Enum):
    """Frame of a boxed story (花边)."""

    NONE = "none"
    SINGLE = "single"
    DOUBLE = "double"
    THICK = "thick"


class BoxSpec(msgspec.Struct, frozen=True):
    """A boxed story: border, and the ink behind its text."""

    border: BorderStyle
    tint: InkSpec | None


class Direction(Enum):
    """Of a headline."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class HeadForm(Enum):
    """Of a headline: across the frame, over its first text columns, in columns of its own."""

    ACROSS = "across"
    PART = "part"
    BESIDE = "beside"


class HeadShape(Enum):
    """Of a headline's lines: of one length, each longer (梯形), or each shorter (倒梯形)."""

    EVEN = "even"
    GROWING = "growing"
    SHRINKING = "shrinking"


class Side(Enum):
    """Of a frame: where a vertical headline stands."""

    LEFT = "left"
    RIGHT = "right"


class Design(msgspec.Struct, frozen=True):
    """The page editor's choices for one story in issue.yaml; None is left to make-up."""

    at: Cells | None = None
    columns: int | None = None
    direction: Direction | None = None
    side: Side | None = None
    shape: HeadShape = HeadShape.EVEN
    form: HeadForm | None = None
    beside: tuple[Copy, ...] = ()
    avoid: tuple[Copy, ...] = ()
    box: BoxSpec | None = None
    ink: InkSpec | None = None  # of the main headline (套红)
    mark: Mark | None = None


class Jump(msgspec.Struct, frozen=True):
    """下转: the page the rest of a story goes to (None until `auto` is resolved), its headline."""

    page: int | None
    headline: Copy | None
    mark: Mark


class Story(msgspec.Struct, frozen=True):
    """One story. `slug` is its short name (the file's stem), `rank` its place on the page from 1.

    `file` is the path as issue.yaml has it. The rest of a jumped story is a story too, `origin` the
    page it comes from; its first paragraph goes on in mid-sentence.
    """

    slug: str
    file: str
    rank: int
    headline: Headline
    dateline: Copy | None
    byline: Copy | None
    blocks: tuple[Block, ...]
    photos: tuple[Photo, ...]
    jump: Jump | None
    design: Design
    mark: Mark
    section: Copy | None = None
    origin: int | None = None

    @property
    def names(self) -> tuple[str, str]:
        """What an editor may call it: its file, its short name."""
        return self.file, self.slug

    @property
    def characters(self) -> int:
        """Body length: characters but white space."""
        return sum(len("".join(block.text.split())) for block in self.blocks)


# --- the issue -------------------------------------------------------------------------------


class Ad(msgspec.Struct, frozen=True):
    """An advertisement placed by hand: a picture, or a PDF whose size is in points, not pixels.

    `spots` are the spot inks a PDF brings, asked only of a paper that orders any.
    """

    file: str
    name: str
    pixels: tuple[int, int]
    at: Cells
    vector: bool
    mark: Mark
    alt: str
    spots: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True):
    """One page of the issue; `sections` are those whose unplaced stories it takes; `yesterday` has
    left, top, right and bottom of the stories it is to be like, in parts of the type area.
    """

    number: int
    name: Copy | None
    banner: Copy | None
    editors: tuple[tuple[str, Copy], ...]
    stories: tuple[Story, ...]
    ads: tuple[Ad, ...]
    mark: Mark
    sections: tuple[str, ...] = ()
    yesterday: tuple[Quad, ...] = ()
    spread: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """One page number; of a spread (通版) two."""
        return (self.number, self.number + 1) if self.spread else (self.number,)


class LunarDate(msgspec.Struct, frozen=True):
    """农历: 乙巳年 正月 廿八."""

    year: str
    month: str
    day: str

    def __str__(self) -> str:
        return f"{self.year}{self.month}{self.day}"


class Issue(msgspec.Struct, frozen=True):
    """An issue as loaded: everything the make-up needs, nothing about points on a page.

    `unplaced` are stories without a page, in rank order. `findings` are warnings: what the copy or
    the editor asks for and this version does not do.
    """

    file: str
    publication: Publication
    date: date
    number: int
    page_count: int
    weekday: str
    lunar: LunarDate
    pages: tuple[Page, ...]
    marks: Mapping[YamlPath, Mark]
    findings: tuple[Finding, ...] = ()
    unplaced: tuple[Story, ...] = ()

    def file_name(self, *pages: int) -> str:
        """Of a page's PDF, without suffix, by the publication's pattern; pages in two digits."""
        day = self.date
        return self.publication.file_name.format(
            code=self.publication.code, date=f"{day:%Y%m%d}", yyyy=f"{day:%Y}", yy=f"{day:%y}",
            mm=f"{day:%m}", dd=f"{day:%d}", number=self.number,
            page="".join(f"{page:02d}" for page in pages),
        )  # fmt: skip

    @property
    def stories(self) -> tuple[Story, ...]:
        """All of them, page by page, those without a page last."""
        return (*(story for page in self.pages for story in page.stories), *self.unplaced)
