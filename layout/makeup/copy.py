"""Story → what the composing room sets: paragraphs, heads, captions. The only joiner of both.

Comes in: a loaded story and the faces. Goes out: `StoryCopy` with every paragraph prepared, so
that make-up can try measures at will. Characters no face has are collected, not raised one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from layout.compose import Align, Paragraph, Piece, Prepared, UnsetCharacterError, prepare
from layout.compose.spacing import DISPLAY, MAINLAND, Kinsoku, Marks, Settings
from layout.findings import Finding, Severity
from layout.fonts import FontSet
from layout.issue.model import (
    Block,
    BlockKind,
    CompositionSpec,
    Copy,
    Headline,
    Photo,
    SpanStyle,
    Story,
)
from layout.makeup import styles
from layout.sheet.items import BLACK, Grid, Ink


class CaptionCopy(msgspec.Struct, frozen=True):
    """A photograph's caption and credit (which stays in one piece)."""

    text: Prepared | None
    credit: Prepared | None
    size: float


class StoryCopy(msgspec.Struct, frozen=True):
    """A story ready to be set at any measure."""

    story: Story
    body: tuple[Paragraph, ...]
    captions: tuple[CaptionCopy, ...]
    head: styles.HeadStyle


_LATIN_GAPS = {"0": 0, "1/8": 125, "1/6": 167, "1/4": 250}
# What a publication writes → the composing room's setting.
_CHOICES: dict[str, tuple[str, Callable[[str], Any]]] = {
    "kinsoku": ("kinsoku", lambda name: Kinsoku[name.upper()]),
    "marks": ("marks", Marks),
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

    def __init__(self, fonts: FontSet, grid: Grid, settings: Settings = MAINLAND) -> None:
        self.fonts, self.grid, self.settings = fonts, grid, settings
        self.findings: list[Finding] = []

    def story(self, story: Story) -> StoryCopy:
        """A story's paragraphs and captions, its display copy checked."""
        head = styles.head_style(story.rank, self.grid, story.design.shape)
        self._check_head(story.headline, head, story.slug)
        blocks = [
            self._paragraph(story, block, lead_in=not k) for k, block in enumerate(story.blocks)
        ]
        captions = tuple(self._caption(photo, story.slug) for photo in story.photos)
        return StoryCopy(story, tuple(b for b in blocks if b), captions, head)

    def check(self, copy: Copy | None, roles: Sequence[str], slug: str | None = None) -> None:
        """Note characters of a piece of display copy that no face can set."""
        for role in roles if copy else ():
            assert copy
            try:
                prepare([Piece(copy.text, role, source=copy.mark)], self.fonts, DISPLAY)
            except UnsetCharacterError as unset:
                self._note(unset, slug)
                return

    def _check_head(self, headline: Headline, head: styles.HeadStyle, slug: str) -> None:
        self.check(headline.kicker, [head.kicker_role], slug)
        for line in headline.lines:
            self.check(line, [head.role], slug)
        self.check(headline.deck, [head.deck_role], slug)

    def _paragraph(self, story: Story, block: Block, *, lead_in: bool) -> Paragraph | None:
        pieces = _lead_in(story) if lead_in and block.kind is BlockKind.BODY else []
        base = styles.BLOCK_ROLES.get(block.kind, styles.SPAN_ROLES[SpanStyle.PLAIN])
        for span in block.spans:
            role = base if span.style is SpanStyle.PLAIN else styles.SPAN_ROLES[span.style]
            pieces.append(Piece(span.text, role, source=span.mark))
        prepared = self._prepare(pieces, story.slug)
        if prepared is None:
            return None
        subhead = block.kind is BlockKind.SUBHEAD
        align = Align.CENTRE if subhead else Align.JUSTIFY
        indent = 0.0 if subhead else self.settings.indent_em
        return Paragraph(prepared, self.grid.size, indent, align, subhead)

    def _caption(self, photo: Photo, slug: str) -> CaptionCopy:
        parts = []
        for copy, role in (
            (photo.caption, styles.CAPTION_ROLE),
            (photo.credit, styles.CREDIT_ROLE),
        ):
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


def _lead_in(story: Story) -> list[Piece]:
    """讯头 and byline: 本报讯　记者张弛报道：, then the text runs on (practice B.6)."""
    pieces: list[Piece] = []
    if story.dateline:
        pieces.append(_piece(story.dateline, styles.DATELINE_ROLE, "　"))
    if story.byline:
        tail = "：" if story.byline.text.endswith(("报道", "摄影报道")) else "　"
        tail = "" if story.byline.text.endswith("：") else tail
        pieces.append(_piece(story.byline, styles.BYLINE_ROLE, tail))
    return pieces


def _piece(copy: Copy, role: str, tail: str, ink: Ink = BLACK) -> Piece:
    return Piece(copy.text + tail, role, ink, copy.mark)
