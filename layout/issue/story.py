"""A story's body: Markdown → blocks of spans, each span with its source line and column.

Comes in: a body's text, and someone who looks at picture files. White space at a line's start,
U+3000 included, is an indent and dropped; a list's number or bullet is kept as text; a picture
alone on its line parts no paragraph: the text goes on behind it (CLREQ, no new indent).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from layout.findings import Finding, Mark, bad_input
from layout.issue.hanzi import joint
from layout.issue.markdown import DOTS_TAG, is_plain, parser
from layout.issue.model import (
    OBJECT,
    Block,
    BlockKind,
    Cell,
    ColumnAlign,
    Copy,
    InlinePicture,
    Span,
    SpanStyle,
    Table,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

# Path, name as written and size in pixels of a picture file, and what is wrong with it.
Found: TypeAlias = tuple[str, str, tuple[int, int]]
Look: TypeAlias = Callable[[str, Mark], tuple[Found | None, list[Finding]]]

INDENT = " \t\u3000\u00a0"
_BULLET = "●"
_KINDS = {"heading_open": BlockKind.SUBHEAD, "paragraph_open": BlockKind.BODY}
_STYLES = {"strong": SpanStyle.STRONG, "em": SpanStyle.EMPHASIS}
_BREAKS = ("softbreak", "hardbreak")
_PLAIN_COPY = "write paragraphs, ## subheads, > quotes, lists and tables"
MOST_COLUMNS, MOST_ROWS = 8, 40
_NO_HTML = "write **strong** or *emphasis*; a sign < that is meant is written \\<"
_UNSUPPORTED = {
    "fence": ("a code block is not supported yet", _PLAIN_COPY),
    "hr": ("a rule (--- or ***) is not supported yet", _PLAIN_COPY),
    "html_block": ("HTML is not supported", _NO_HTML),
    "html_inline": ("HTML is not supported", _NO_HTML),
}  # fmt: skip
_CELL = re.compile(r"(?:[^|\\]|\\.)+|(?<=\|)(?=\|)")
_ENTITY = re.compile(r"&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")


def blocks(text: str, file: str, first_line: int, look: Look) -> tuple[list[Block], list[Finding]]:
    """The body's blocks, and findings for what is not supported; `first_line` is the body's."""
    lines = text.split("\n")
    stripped = "\n".join(line.strip(INDENT) for line in lines)
    if is_plain(stripped):
        return list(_plain_blocks(lines, file, first_line)), []
    reader = _Reader(lines, file, first_line, look)
    return list(reader.read(parser().parse(stripped))), reader.findings


def _plain_blocks(lines: Sequence[str], file: str, first_line: int) -> Iterator[Block]:
    """What `_Reader` makes of a plain body, without 40 ms of parser."""
    spans: list[Span] = []
    for number, line in enumerate((*lines, ""), first_line):
        text = line.strip(INDENT)
        words = text.lstrip("# \t")
        if spans and (not text or words != text):
            yield Block(BlockKind.BODY, tuple(spans), spans[0].mark)
            spans = []
        mark = Mark(file, number, line.index(text) + 1)
        if words != text:
            span = Span(words, SpanStyle.PLAIN, Mark(file, number, line.index(words) + 1))
            yield Block(BlockKind.SUBHEAD, (span,), mark)
        elif text:
            before = spans[-1].text if spans else ""
            spans.append(Span(joint(before, text) + text, SpanStyle.PLAIN, mark))


class _Piece(msgspec.Struct, frozen=True):
    """Text or a picture between two signs of markup; `broken` when a new line begins with it."""

    text: str
    style: SpanStyle
    dotted: bool
    mark: Mark
    broken: bool
    picture: InlinePicture | None = None


class _Reader:
    """Walks markdown-it's tokens."""

    def __init__(self, lines: Sequence[str], file: str, first_line: int, look: Look) -> None:
        self.lines, self.file, self.first_line, self.look = lines, file, first_line, look
        self.findings: list[Finding] = []

    def read(self, tokens: Sequence[Token]) -> Iterator[Block]:
        quotes = items = 0
        kind, lead = BlockKind.BODY, ""
        stream = iter(tokens)
        for token in stream:
            quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
            items += (token.type == "list_item_open") - (token.type == "list_item_close")
            if token.type in ("list_item_open", "list_item_close"):
                number = f"{token.info}{token.markup}" if token.info else _BULLET
                lead = number if token.nesting == 1 else ""
            elif token.type in _KINDS:
                kind = _KINDS[token.type]
            elif token.type == "table_open":
                yield from self._table(token, stream)
            elif token.type in _UNSUPPORTED:
                self._unsupported(token.type, self._mark(*_beginning(self.lines, token)))
            elif token.type == "inline":
                spans = self._spans(token, lead, subhead=kind is BlockKind.SUBHEAD)
                lead = ""
                if spans:
                    body = BlockKind.ITEM if items else BlockKind.BODY
                    body = BlockKind.QUOTE if quotes else body
                    if all(span.picture and span.picture.alone for span in spans):
                        body = BlockKind.PICTURE
                    mark = self._mark(*_beginning(self.lines, token))
                    yield Block(body if kind is BlockKind.BODY else kind, spans, mark)

    # --- paragraphs ---

    def _spans(self, inline: Token, lead: str, *, subhead: bool) -> tuple[Span, ...]:
        source = _Source(self.lines, *(inline.map or (0, 1)))
        pieces = self._pieces(inline, source)
        return tuple(_joined(pieces if subhead else _standing_alone(pieces), lead))

    def _pieces(self, inline: Token, source: _Source) -> list[_Piece]:
        styles, dots, broken = [SpanStyle.PLAIN], 0, False
        found: list[_Piece] = []
        for token in inline.children or ():
            if token.tag in _STYLES:
                styles = [*styles, _STYLES[token.tag]] if token.nesting == 1 else styles[:-1]
            elif token.tag == DOTS_TAG:
                dots += token.nesting
            elif token.type in _BREAKS:
                source.next_line()
                broken = True
            elif token.type in _UNSUPPORTED:
                self._unsupported(token.type, self._mark(*source.find(token.content)))
            elif token.content or token.type == "image":
                # a link's ends have no content: its text is what is set
                style = SpanStyle.STRONG if SpanStyle.STRONG in styles else styles[-1]
                piece = self._piece(token, source, style)
                found.append(msgspec.structs.replace(piece, dotted=dots > 0, broken=broken))
                broken = False
        return found

    def _piece(self, token: Token, source: _Source, style: SpanStyle) -> _Piece:
        if token.type == "image":
            mark = self._mark(*source.find("!["))
            picture = self._picture(token, mark)
            return _Piece(OBJECT if picture else "", style, False, mark, False, picture)
        mark = self._mark(*source.find(token.content))
        if token.type == "text":
            self._entities(token.content, mark)
        return _Piece(token.content, style, False, mark, False)

    def _picture(self, token: Token, mark: Mark) -> InlinePicture | None:
        path = str(token.attrs.get("src", ""))
        if not path:
            self._fault("a picture has no file", "write ![caption](file.jpg)", mark)
            return None
        found, faults = self.look(path, mark)
        self.findings += faults
        words = "".join(child.content for child in token.children or ()).strip()
        caption = Copy(words, Mark(mark.file, mark.line, mark.column + 2)) if words else None
        return InlinePicture(*found, caption, False, mark) if found else None

    # --- tables ---

    def _table(self, opening: Token, stream: Iterator[Token]) -> Iterator[Block]:
        first, end = opening.map or (0, 1)
        aligns: list[ColumnAlign] = []
        rows: dict[int, list[Cell]] = {}
        source = _Source(self.lines, first, end)
        for token in stream:
            if token.type == "table_close":
                break
            if token.type == "th_open":
                style = str(token.attrs.get("style", "")).rpartition(":")[2]
                aligns.append(ColumnAlign(style))
            elif token.type == "inline":
                line = (token.map or (first, end))[0]
                if line not in rows:
                    source = _Source(self.lines, line, line + 1)
                mark = self._mark(line, source.column)
                cell = Cell(tuple(_joined(self._pieces(token, source), "")), mark)
                rows.setdefault(line, []).append(
                    Cell(cell.spans, cell.spans[0].mark) if cell.spans else cell
                )
        mark = self._mark(*_beginning(self.lines, opening))
        self._check_table(first, len(aligns), rows, mark)
        head = tuple(rows.pop(first, ()))
        table = Table(
            tuple(aligns),
            head if any(cell.spans for cell in head) else (),
            tuple(tuple(row) for row in rows.values()),
        )
        yield Block(BlockKind.TABLE, (), mark, table)

    def _check_table(self, first: int, columns: int, rows: dict[int, list[Cell]], at: Mark) -> None:
        if columns > MOST_COLUMNS:
            said = f"a table of {columns} columns"
            self._fault(said, f"a leg holds up to {MOST_COLUMNS}: make two tables of it", at)
        if not 1 <= len(rows) - 1 <= MOST_ROWS:
            said = f"a table of {len(rows) - 1} rows" if rows else "a table without rows"
            self._fault(said, f"write 1 to {MOST_ROWS} rows below its line of ---", at)
        for line in rows:
            text = self.lines[line].strip(INDENT + ">")
            mark = self._mark(line, len(self.lines[line]) - len(self.lines[line].lstrip(INDENT)))
            count = len(_CELL.findall(text.removeprefix("|").removesuffix("|")))
            if "|" not in text and columns > 1:
                said = "a line without | in a table"
                self._fault(said, "leave a blank line below the table", mark)
            elif count > columns and line != first:
                said = f"a row of {count} cells in a table of {columns} columns"
                self._fault(said, "give the header as many, or write \\| for a sign |", mark)

    # --- what is wrong ---

    def _entities(self, text: str, mark: Mark) -> None:
        """&nbsp; and its like come with copy from a web page and would be printed as they stand."""
        for found in _ENTITY.finditer(text):
            from html.entities import html5  # late: a table of 2,000

            if found[1].startswith("#") or found[1] in html5:
                at = Mark(mark.file, mark.line, mark.column + found.start())
                self._fault(f"HTML entity {found[0]}", "write the character itself", at)

    def _mark(self, line: int, column: int) -> Mark:
        return Mark(self.file, self.first_line + line, column + 1)

    def _unsupported(self, kind: str, mark: Mark) -> None:
        if not any(f.mark and f.mark.line == mark.line for f in self.findings):
            self._fault(*_UNSUPPORTED[kind], mark)

    def _fault(self, message: str, hint: str, mark: Mark) -> None:
        self.findings.append(bad_input("story/markdown", message, hint, mark))


class _Source:
    """Finds pieces of a paragraph in its source lines, one behind the other."""

    def __init__(self, lines: Sequence[str], line: int, end: int) -> None:
        self.lines, self.line, self.end, self.column = lines, line, end, 0

    def next_line(self) -> None:
        self.line, self.column = min(self.line + 1, self.end - 1), 0

    def find(self, text: str) -> tuple[int, int]:
        for line in range(self.line, self.end):
            at = self.lines[line].find(text, self.column if line == self.line else 0)
            if at >= 0:
                self.line, self.column = line, at + len(text)
                return line, at
        # an escape stands in it: its beginning is good enough
        at = self.lines[self.line].find(text[0], self.column)
        self.column = max(at, self.column)
        return self.line, self.column


def _beginning(lines: Sequence[str], token: Token) -> tuple[int, int]:
    line = token.map[0] if token.map else 0
    return line, len(lines[line]) - len(lines[line].lstrip(INDENT))


def _standing_alone(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Pictures that have a line to themselves marked so."""
    lines: list[list[_Piece]] = []
    for piece in pieces:
        if piece.broken or not lines:
            lines.append([])
        lines[-1].append(piece)
    return [
        msgspec.structs.replace(
            piece, text="", picture=msgspec.structs.replace(piece.picture, alone=True)
        )
        if piece.picture and len(line) == 1
        else piece
        for line in lines
        for piece in line
    ]


def _joined(pieces: Sequence[_Piece], lead: str) -> Iterator[Span]:
    """Pieces of one setting on one line put together; line breaks become what they stand for."""
    before = ""
    for _, group in groupby(_numbered(pieces), key=lambda pair: pair[0]):
        members = [piece for _, piece in group]
        first, text = members[0], "".join(piece.text for piece in members)
        if text and lead:
            text, lead = lead + ("" if lead == _BULLET else joint(lead, text)) + text, ""
        elif text and first.broken:
            text = joint(before, text) + text
        before = text or before
        if text or first.picture:
            yield Span(text, first.style, first.mark, first.dotted, first.picture)


def _numbered(pieces: Sequence[_Piece]) -> Iterator[tuple[int, _Piece]]:
    """Each piece with the number of the span it goes to."""
    number = 0
    for before, piece in zip([None, *pieces], pieces, strict=False):
        same = before and (before.style, before.dotted) == (piece.style, piece.dotted)
        number += not same or piece.broken or bool(piece.picture or (before and before.picture))
        yield number, piece
