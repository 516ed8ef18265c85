"""Story → what the composing room sets: paragraphs, heads, captions. The only joiner of both.

Comes in: a loaded story and the faces. Goes out: `StoryCopy` with every paragraph prepared, so
that make-up can try measures at will. Characters no face has are collected, not raised one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import msgspec

from layout.compose import (
    Align,
    Dot,
    Paragraph,
    Piece,
    Prepared,
    Sort,
    UnsetCharacterError,
    prepare,
)
from layout.compose.headline import prepared_line
from layout.compose.spacing import MAINLAND, Kinsoku, Marks, Settings
from layout.compose.table import Table as SetTable
from layout.findings import Finding, Mark, Severity
from layout.fonts import FontSet
from layout.issue.model import (
    Block,
    BlockKind,
    Cell,
    ColumnAlign,
    CompositionSpec,
    Copy,
    Headline,
    InlinePicture,
    Span,
    SpanStyle,
    Story,
    Table,
)
from layout.issue.wording import worded
from layout.makeup import styles
from layout.makeup.furniture.inks import ink_of
from layout.sheet.items import BLACK, Grid, Ink


class CaptionCopy(msgspec.Struct, frozen=True):
    """A photograph's caption and credit (which stays in one piece)."""

    text: Prepared | None
    credit: Prepared | None
    size: float


class Inset(msgspec.Struct, frozen=True):
    """A picture as wide as the leg. `alt` is what is said of it where it cannot be seen.

    In a paragraph it stands behind the line that holds the `after`-th printed character of the
    paragraph before it in the body; between paragraphs `after` is None.
    """

    picture: InlinePicture
    caption: CaptionCopy
    alt: str
    after: int | None = None


class TableCopy(msgspec.Struct, frozen=True):
    """A table ready to be set, and where it stands in the story."""

    table: SetTable
    mark: Mark


class JumpLine(msgspec.Struct, frozen=True):
    """（下转第3版）: set right on the body's last line, else on a line of its own."""

    paragraph: Paragraph


Element: TypeAlias = Paragraph | TableCopy | Inset | JumpLine


class StoryCopy(msgspec.Struct, frozen=True):
    """A story ready to be set at any measure.

    A story that jumps has `parts`, numbered from 1 (`part`): ways to cut it, each with its `rest`.
    """

    story: Story
    body: tuple[Element, ...]
    captions: tuple[CaptionCopy, ...]
    head: styles.HeadStyle
    parts: tuple[StoryCopy, ...] = ()
    part: int = 0
    rest: Story | None = None


_LATIN_GAPS = {"0": 0, "1/8": 125, "1/6": 167, "1/4": 250}
# What a publication writes → the composing room's setting.
_CHOICES: dict[str, tuple[str, Callable[[str], Any]]] = {
    "kinsoku": ("kinsoku", lambda name: Kinsoku[name.upper()]),
    "marks": ("marks", Marks),
    "marks_stand": ("centred", "centred".__eq__),
    "hanging": ("hanging", "on".__eq__),
    "latin_gap": ("latin_gap", _LATIN_GAPS.__getitem__),
    "adjacent": ("adjacent_solid", "1".__eq__),
    "line_start": ("trim_line_start", "trimmed".__eq__),
    "paragraph_start": ("trim_paragraph_start", "trimmed".__eq__),
    "ellipsis": ("ellipsis_starts", "starts".__eq__),
    "connector": ("connector_starts", "starts".__eq__),
    "stops": ("stops_shrink", "pressed".__eq__),
    "mark_runs": ("split_marks", "parted".__eq__),
    "hyphens": ("hyphenate", lambda language: "" if language == "off" else language),
    "indent": ("indent_em", float),
}


def settings_of(spec: CompositionSpec) -> Settings:
    """The publication's choices as the composing room's; what is left out is mainland style."""
    said = {key: value for key in _CHOICES if (value := getattr(spec, key)) is not None}
    chosen = {_CHOICES[key][0]: _CHOICES[key][1](value) for key, value in said.items()}
    if "latin_gap" in chosen:
        chosen["latin_gap_least"] = min(chosen["latin_gap"], MAINLAND.latin_gap_least)
    return msgspec.structs.replace(MAINLAND, **chosen)


class Desk:
    """Prepares copy with one set of faces; `findings` gathers what cannot be set."""

    def __init__(
        self,
        fonts: FontSet,
        grid: Grid,
        settings: Settings = MAINLAND,
        *,
        traditional: bool = False,
    ) -> None:
        self.fonts, self.grid, self.settings = fonts, grid, settings
        self.traditional = traditional
        self.dot = styles.emphasis_dot(grid)
        self.findings: list[Finding] = []

    def story(self, story: Story) -> StoryCopy:
        """A story's paragraphs and captions, its display copy checked."""
        ink = ink_of(story.design.ink) or BLACK
        head = styles.head_style(story.rank, self.grid, story.design.shape, ink)
        self._check_head(story.headline, head, story.slug)
        body: list[Element] = []
        lead_in = _lead_in(story)
        for block in story.blocks:
            if block.table:
                body.append(self._table(block.table, block.mark, story))
                continue
            body += self._block(story, block, lead_in if block.kind is BlockKind.BODY else [])
            lead_in = lead_in if block.kind is BlockKind.PICTURE else []
        if story.origin and body and isinstance(body[0], Paragraph):
            body[0] = msgspec.structs.replace(body[0], indent_em=0.0)  # it goes on in mid-sentence
        captions = tuple(self._caption(p.caption, p.credit, story.slug) for p in story.photos)
        return StoryCopy(story, tuple(body), captions, head)

    def jump_line(self, story: Story) -> JumpLine | None:
        """The line under a story's first part; None when a character is missing."""
        assert story.jump
        text = worded(f"（下转第{story.jump.page}版）", traditional=self.traditional)
        prepared = self._prepare(
            [Piece(text, styles.JUMP_ROLE, source=story.jump.mark)], story.slug
        )
        line = prepared and Paragraph(prepared, self.grid.size, 0.0, Align.RIGHT)
        return JumpLine(line) if line else None

    def check(self, copy: Copy | None, roles: Sequence[str], slug: str | None = None) -> None:
        """Note characters of a piece of display copy that no face can set."""
        for role in roles if copy else ():
            assert copy
            try:
                prepared_line(copy.text, role, self.fonts, copy.mark)
            except UnsetCharacterError as unset:
                self._note(unset, slug)
                return

    def _check_head(self, headline: Headline, head: styles.HeadStyle, slug: str) -> None:
        self.check(headline.kicker, [head.kicker_role], slug)
        for line in headline.lines:
            self.check(line, [head.role], slug)
        self.check(headline.deck, [head.deck_role], slug)

    def _block(
        self, story: Story, block: Block, lead_in: Sequence[Piece]
    ) -> Iterator[Paragraph | Inset]:
        """A paragraph, and the pictures that stand alone between its lines, behind it."""
        text = [span for span in block.spans if not _alone(span)]
        insets = []
        for k, span in enumerate(block.spans):
            if span.picture and span.picture.alone:
                before = "".join(s.text for s in block.spans[:k])
                lead = "".join(piece.text for piece in lead_in) if text else ""
                after = len("".join((lead + before).split())) if text else None
                insets.append(self._inset(span.picture, after, story))
        base = styles.BLOCK_ROLES.get(block.kind, styles.SPAN_ROLES[SpanStyle.PLAIN])
        pieces = [*lead_in, *[self._piece(s, base, story, self.dot) for s in text]] if text else []
        prepared = self._prepare(pieces, story.slug) if pieces else None
        if prepared:
            subhead = block.kind is BlockKind.SUBHEAD
            align = Align.CENTRE if subhead else Align.JUSTIFY
            indent = 0.0 if subhead else self.settings.indent_em
            yield Paragraph(prepared, self.grid.size, indent, align, subhead)
        yield from insets

    def _piece(self, span: Span, base: str, story: Story, dot: Dot) -> Piece:
        role = base if span.style is SpanStyle.PLAIN else styles.SPAN_ROLES[span.style]
        sort = None
        if picture := span.picture:
            alt = picture.caption.text if picture.caption else story.headline.text
            sort = Sort(picture.file, picture.pixels, alt)
        return Piece(span.text, role, source=span.mark, dot=dot if span.dotted else None, sort=sort)

    def _inset(self, picture: InlinePicture, after: int | None, story: Story) -> Inset:
        alt = picture.caption.text if picture.caption else story.headline.text
        return Inset(picture, self._caption(picture.caption, None, story.slug), alt, after)

    def _table(self, table: Table, mark: Mark, story: Story) -> TableCopy:
        plain, strong = styles.SPAN_ROLES[SpanStyle.PLAIN], styles.TABLE_HEAD_ROLE
        rows = [[self._cell(cell, plain, story) for cell in row] for row in table.rows]
        aligns = tuple(
            _ALIGNS.get(asked) or (Align.RIGHT if _figures(column) else Align.LEFT)
            for asked, column in zip(table.aligns, zip(*table.rows, strict=True), strict=True)
        )
        if table.head:
            rows.insert(0, [self._cell(cell, strong, story) for cell in table.head])
        prepared = tuple(tuple(row) for row in rows)
        size, leading, weights = self.grid.size, self.grid.leading, styles.TABLE_RULES
        made = SetTable(aligns, prepared, bool(table.head), size, leading, weights)
        return TableCopy(made, mark)

    def _cell(self, cell: Cell, base: str, story: Story) -> Prepared | None:
        dot = styles.emphasis_dot(self.grid, in_table=True)
        pieces = [self._piece(span, base, story, dot) for span in cell.spans]
        return self._prepare(pieces, story.slug) if pieces else None

    def _caption(self, caption: Copy | None, credit: Copy | None, slug: str) -> CaptionCopy:
        parts = []
        for copy, role in ((caption, styles.CAPTION_ROLE), (credit, styles.CREDIT_ROLE)):
            piece = [Piece(copy.text, role, source=copy.mark)] if copy else []
            parts.append(self._prepare(piece, slug) if piece else None)
        return CaptionCopy(parts[0], parts[1], self.grid.size * styles.CAPTION_EM)

    def _prepare(self, pieces: Sequence[Piece], slug: str) -> Prepared | None:
        try:
            return prepare(pieces, self.fonts, self.settings)
        except UnsetCharacterError as unset:
            self._note(unset, slug)
            return None

    def _note(self, unset: UnsetCharacterError, slug: str | None) -> None:
        self.findings.append(
            Finding(
                check="fonts/missing-character",
                severity=Severity.ERROR,
                message=str(unset.missing),
                hint="name a face that has it under `fonts` in publication.yaml, or change it",
                mark=unset.source,
                story=slug,
            )
        )


_ALIGNS = {
    ColumnAlign.LEFT: Align.LEFT,
    ColumnAlign.CENTRE: Align.CENTRE,
    ColumnAlign.RIGHT: Align.RIGHT,
}
# A figure with sign and unit: 10.5%, －3.2万人, 1,250亿元. What stands for none says nothing.
_FIGURE = r"(?:约|逾|超|近)?[+\-−±－＋]?\d[\d,.]*(?:[%％‰℃]|[十百千万亿]*\w{0,2})?"
_NO_FIGURE = r"[—–\-…/／]*"


def _figures(column: Sequence[Cell]) -> bool:
    """Whether a column holds figures."""
    given = [cell.text.strip() for cell in column]
    given = [text for text in given if not re.fullmatch(_NO_FIGURE, text)]
    return bool(given) and all(re.fullmatch(_FIGURE, text) for text in given)


def _alone(span: Span) -> bool:
    return bool(span.picture and span.picture.alone)


def _lead_in(story: Story) -> list[Piece]:
    """讯头 and byline: 本报讯　记者张弛报道：, then the text runs on (practice B.6)."""
    pieces: list[Piece] = []
    if story.dateline:
        pieces.append(_piece(story.dateline, styles.DATELINE_ROLE, "　"))
    if story.byline:
        tail = "：" if story.byline.text.endswith(("报道", "報道", "報導")) else "　"
        tail = "" if story.byline.text.endswith("：") else tail
        pieces.append(_piece(story.byline, styles.BYLINE_ROLE, tail))
    return pieces


def _piece(copy: Copy, role: str, tail: str, ink: Ink = BLACK) -> Piece:
    return Piece(copy.text + tail, role, ink, copy.mark)
