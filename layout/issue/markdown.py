"""Markdown as story bodies use it: CommonMark by markdown-it-py with house rules for Chinese copy.

Comes in: a body's text. Goes out: markdown-it's tokens. ** * and == open and close beside hanzi and
Chinese marks (CommonMark's flanking rules are made for blanks between words), but not between
digits (200*300); a year at a paragraph's start (2025. …) begins no list; ==…== asks for emphasis
dots (着重号) and is the rule of ~~…~~ with another sign. Most bodies are paragraphs and subheads
alone: `is_plain` finds them, and they need no parser.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from layout.issue.hanzi import is_cjk

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

DOTS_TAG = "dots"
_YEAR = re.compile(r"\d{4,}[.)]")
_SIGN = "="
_SUBHEAD = re.compile(r"^#{1,6}[ \t]+(?=[^#\s])", re.MULTILINE)
# Signs that mean something wherever they stand, or may; those that begin a list or a rule; and
# white space that Markdown takes for letters here and for blanks there.
_MARKUP = re.compile(
    r"[#*_`=~<>&|\\\[\]\0]|^(?:[-+:]|[0-9]+[.)])|[^\S \t\n\u00a0\u3000]", re.MULTILINE
)


def is_plain(text: str) -> bool:
    """Whether a text, its lines without blanks at their ends, has paragraphs and subheads alone.

    In doubt it has not: the parser knows.
    """
    return _MARKUP.search(_SUBHEAD.sub("", text)) is None


@cache
def parser() -> MarkdownIt:
    """The parser of story bodies, made once."""
    from markdown_it import MarkdownIt  # late: 40 ms
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_block import list_block as list_rule

    def short_numbers(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if _YEAR.match(state.src, state.bMarks[start] + state.tShift[start]):
            return False
        return list_rule(state, start, end, silent)

    class House(MarkdownIt):
        def normalizeLink(self, url: str) -> str:  # noqa: N802 – a path stays as it is written
            return url

    made = House("commonmark")
    made.inline = _cjk_inline()
    made.configure("commonmark")  # again: a new inline parser has every rule on
    made.enable("table").disable(["code", "reference", "lheading", "entity"])
    made.inline.ruler.before("emphasis", "dots", _dot_signs)
    made.inline.ruler2.before("emphasis", "dots", _dotted)
    made.block.ruler.at("list", short_numbers, {"alt": ["paragraph", "reference", "blockquote"]})
    return made


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


def _dot_signs(state: StateInline, silent: bool) -> bool:
    """== as a delimiter, as markdown-it's strikethrough rule does it for ~~."""
    from markdown_it.rules_inline.state_inline import Delimiter

    if silent or state.src[state.pos] != _SIGN:
        return False
    scanned = state.scanDelims(state.pos, True)
    token = state.push("text", "", 0)
    token.content = _SIGN * scanned.length
    outer = state.src[: state.pos][-1:] + state.src[state.pos + scanned.length :][:1]
    if scanned.length == 2 and not (outer.isascii() and outer.isalnum()):  # a==b is a formula
        place, marker = len(state.tokens) - 1, ord(_SIGN)
        opens, closes = scanned.can_open, scanned.can_close
        state.delimiters.append(Delimiter(marker, 0, place, -1, opens, closes))
    state.pos += scanned.length
    return True


def _dotted(state: StateInline) -> None:
    """Paired delimiters become tags."""
    inner = (meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)
    for delimiters in (state.delimiters, *inner):
        for opening in delimiters:
            if opening.marker == ord(_SIGN) and opening.end != -1:
                closing = delimiters[opening.end]
                for delimiter, nesting in ((opening, 1), (closing, -1)):
                    token = state.tokens[delimiter.token]
                    token.type = "dots_open" if nesting == 1 else "dots_close"
                    token.tag, token.nesting, token.content = DOTS_TAG, nesting, ""
