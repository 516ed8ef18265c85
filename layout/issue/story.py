"""A story's body: Markdown → blocks of spans, each span with its source line.

CommonMark by markdown-it-py, with three house rules: emphasis opens and closes beside hanzi and
Chinese marks (CommonMark's flanking rules are made for blanks between words); white space at a
line's start, U+3000 included, is an indent and dropped; a number at a paragraph's start is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from layout.findings import Finding, Mark, bad_input
from layout.issue.model import Block, BlockKind, Span, SpanStyle

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

INDENT = " \t\u3000\u00a0"
_BULLET = "●"
_KINDS = {"heading_open": BlockKind.SUBHEAD, "paragraph_open": BlockKind.BODY}
_STYLES = {
    "strong_open": SpanStyle.STRONG,
    "em_open": SpanStyle.EMPHASIS,
    "strong_close": None,
    "em_close": None,
}
_UNSUPPORTED = {
    "fence": "a code block",
    "hr": "a rule (--- or ***)",
    "image": "an inline picture",
    "table_open": "a table",
}
_CJK = 0x2E80
_CJK_MARKS = frozenset("“”‘’—…·")


def blocks(text: str, file: str, first_line: int) -> tuple[list[Block], list[Finding]]:
    """The body's paragraphs, and findings for what is not supported; `first_line` is the body's."""
    lines = text.split("\n")
    tokens = _parser().parse("\n".join(line.strip(INDENT) for line in lines))
    reader = _Reader(lines, file, first_line)
    return list(reader.read(tokens)), reader.findings


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # late: 40 ms

    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["code", "html_block", "html_inline", "reference", "lheading", "entity"])
    parser.enable("table")
    parser.inline = _cjk_inline()
    return parser


def _cjk_inline() -> Any:
    """markdown-it's inline parser with flanking rules that know Chinese."""
    from markdown_it.parser_inline import ParserInline
    from markdown_it.rules_inline.state_inline import Scanned, StateInline

    class State(StateInline):
        def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
            found = super().scanDelims(start, canSplitWord)
            before = self.src[start - 1] if start else " "
            end = start + found.length
            after = self.src[end] if end < self.posMax else " "
            if not (_is_cjk(before) or _is_cjk(after)):
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


def _is_cjk(character: str) -> bool:
    return ord(character) >= _CJK or character in _CJK_MARKS


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
            if token.type == "list_item_open":
                lead = f"{token.info}{token.markup}" if token.info else _BULLET
            elif token.type in _KINDS:
                kind = _KINDS[token.type]
            elif token.type in _UNSUPPORTED:
                self._unsupported(token, token.map[0] if token.map else 0)
            elif token.type == "inline":
                spans = tuple(self._spans(token, lead))
                lead = ""
                if spans:
                    body = BlockKind.ITEM if items else BlockKind.BODY
                    body = BlockKind.QUOTE if quotes else body
                    yield Block(body if kind is BlockKind.BODY else kind, spans, spans[0].mark)

    def _spans(self, inline: Token, lead: str) -> Iterator[Span]:
        line = inline.map[0] if inline.map else 0
        style, text, at = SpanStyle.PLAIN, lead, line
        column = 0
        for token in inline.children or ():
            if token.type in _STYLES:
                if text:
                    yield Span(text, style, self._mark(at, column))
                    column += len(text)
                style, text, at = _STYLES[token.type] or SpanStyle.PLAIN, "", line
            elif token.type in ("softbreak", "hardbreak"):
                if text:
                    yield Span(text, style, self._mark(at, column))
                line, column = line + 1, 0
                text, at = self._joint(line), line
            elif token.type in _UNSUPPORTED:
                self._unsupported(token, line)
            else:
                text += token.content
        if text:
            yield Span(text, style, self._mark(at, column))

    def _joint(self, line: int) -> str:
        """What a line break inside a paragraph stands for: nothing beside hanzi, else a blank."""
        before = self.lines[line - 1].rstrip(INDENT)[-1:]
        after = self.lines[line].lstrip(INDENT)[:1] if line < len(self.lines) else ""
        return "" if not (before and after) or _is_cjk(before) or _is_cjk(after) else " "

    def _mark(self, line: int, column: int) -> Mark:
        source = self.lines[line] if line < len(self.lines) else ""
        indent = len(source) - len(source.lstrip(INDENT))
        return Mark(self.file, self.first_line + line, indent + column + 1)

    def _unsupported(self, token: Token, line: int) -> None:
        self.findings.append(
            bad_input(
                "story/markdown",
                f"{_UNSUPPORTED[token.type]} is not supported yet",
                "write paragraphs, ## subheads, > quotes and lists",
                self._mark(line, 0),
            )
        )
