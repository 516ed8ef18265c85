"""A story's body: Markdown → blocks of spans, each span with its source line and column.

CommonMark by markdown-it-py, with house rules for Chinese copy: ** and * open and close beside
hanzi and Chinese marks (CommonMark's flanking rules are made for blanks between words), but not
between digits (200*300); white space at a line's start, U+3000 included, is an indent and dropped;
a year at a paragraph's start (2025. …) begins no list; a list's number or bullet is kept as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from layout.findings import Finding, Mark, bad_input
from layout.issue.hanzi import is_cjk, joint
from layout.issue.model import Block, BlockKind, Span, SpanStyle

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

INDENT = " \t\u3000\u00a0"
_BULLET = "●"
_KINDS = {"heading_open": BlockKind.SUBHEAD, "paragraph_open": BlockKind.BODY}
_STYLES = {"strong": SpanStyle.STRONG, "em": SpanStyle.EMPHASIS}
_BREAKS = ("softbreak", "hardbreak")
_PLAIN_COPY = "write paragraphs, ## subheads, > quotes and lists"
_NO_HTML = "write **strong** or *emphasis*; a sign < that is meant is written \\<"
_UNSUPPORTED = {
    "fence": ("a code block is not supported yet", _PLAIN_COPY),
    "hr": ("a rule (--- or ***) is not supported yet", _PLAIN_COPY),
    "image": ("an inline picture is not supported yet", "list it under photos in the front matter"),
    "table_open": ("a table is not supported yet", _PLAIN_COPY),
    "html_block": ("HTML is not supported", _NO_HTML),
    "html_inline": ("HTML is not supported", _NO_HTML),
}  # fmt: skip
_YEAR = re.compile(r"\d{4,}[.)]")
_ENTITY = re.compile(r"&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")


def blocks(text: str, file: str, first_line: int) -> tuple[list[Block], list[Finding]]:
    """The body's paragraphs, and findings for what is not supported; `first_line` is the body's."""
    lines = text.split("\n")
    tokens = _parser().parse("\n".join(line.strip(INDENT) for line in lines))
    reader = _Reader(lines, file, first_line)
    return list(reader.read(tokens)), reader.findings


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # late: 40 ms
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_block import list_block as list_rule

    def short_numbers(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if _YEAR.match(state.src, state.bMarks[start] + state.tShift[start]):
            return False
        return list_rule(state, start, end, silent)

    parser = MarkdownIt("commonmark")
    parser.inline = _cjk_inline()
    parser.configure("commonmark")  # again: a new inline parser has every rule on
    parser.enable("table").disable(["code", "reference", "lheading", "entity"])
    parser.block.ruler.at("list", short_numbers, {"alt": ["paragraph", "reference", "blockquote"]})
    return parser


def _cjk_inline() -> Any:
    """markdown-it's inline parser with flanking rules that know Chinese."""
    from markdown_it.parser_inline import ParserInline
    from markdown_it.rules_inline.state_inline import Scanned, StateInline

    class State(StateInline):
        def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
            found = super().scanDelims(start, canSplitWord)
            if not canSplitWord:  # _ stays CommonMark's: file_name, 文件_名称_表
                return found
            end = start + found.length
            before = self.src[start - 1] if start else " "
            after = self.src[end] if end < self.posMax else " "
            if before.isdecimal() and after.isdecimal():
                return Scanned(False, False, found.length)
            if not (is_cjk(before) or is_cjk(after)):
                return found
            return Scanned(not after.isspace(), not before.isspace(), found.length)

    class Inline(ParserInline):
        def parse(self, src: str, md: Any, env: Any, tokens: list[Any]) -> list[Any]:
            state = State(src, md, env, tokens)
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
            return state.tokens

    return Inline()


class _Reader:
    """Walks markdown-it's tokens."""

    def __init__(self, lines: Sequence[str], file: str, first_line: int) -> None:
        self.lines, self.file, self.first_line = lines, file, first_line
        self.findings: list[Finding] = []

    def read(self, tokens: Sequence[Token]) -> Iterator[Block]:
        quotes = items = 0
        kind, lead = BlockKind.BODY, ""
        for token in tokens:
            quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
            items += (token.type == "list_item_open") - (token.type == "list_item_close")
            if token.type in ("list_item_open", "list_item_close"):
                number = f"{token.info}{token.markup}" if token.info else _BULLET
                lead = number if token.nesting == 1 else ""
            elif token.type in _KINDS:
                kind = _KINDS[token.type]
            elif token.type in _UNSUPPORTED:
                self._unsupported(token.type, self._mark(*_beginning(self.lines, token)))
            elif token.type == "inline":
                spans = tuple(self._spans(token, lead))
                lead = ""
                if spans:
                    body = BlockKind.ITEM if items else BlockKind.BODY
                    body = BlockKind.QUOTE if quotes else body
                    mark = self._mark(*_beginning(self.lines, token))
                    yield Block(body if kind is BlockKind.BODY else kind, spans, mark)

    def _spans(self, inline: Token, lead: str) -> Iterator[Span]:
        """Pieces of one style on one line, put together."""
        span = None
        for text, style, mark, broken in self._pieces(inline):
            if span is None:
                blank = "" if lead == _BULLET else joint(lead, text)
                span = Span(lead + blank + text, style, mark)
            elif broken or style is not span.style:
                yield span
                span = Span((joint(span.text, text) if broken else "") + text, style, mark)
            else:
                span = Span(span.text + text, style, span.mark)
        if span:
            yield span

    def _pieces(self, inline: Token) -> Iterator[tuple[str, SpanStyle, Mark, bool]]:
        """Text, style, place, and whether a new line begins with it."""
        source = _Source(self.lines, *(inline.map or (0, 1)))
        styles = [SpanStyle.PLAIN]
        broken = False
        for token in inline.children or ():
            if token.tag in _STYLES:
                styles = [*styles, _STYLES[token.tag]] if token.nesting == 1 else styles[:-1]
            elif token.type in _BREAKS:
                source.next_line()
                broken = True
            elif token.type in _UNSUPPORTED:
                sign = "![" if token.type == "image" else token.content
                self._unsupported(token.type, self._mark(*source.find(sign)))
            elif token.content:  # a link's ends have none: its text is what is set
                mark = self._mark(*source.find(token.content))
                if token.type == "text":
                    self._entities(token.content, mark)
                strong = SpanStyle.STRONG in styles
                yield token.content, SpanStyle.STRONG if strong else styles[-1], mark, broken
                broken = False

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
