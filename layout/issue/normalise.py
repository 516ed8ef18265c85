"""The copy desk's first pass: dirty copy → clean copy, and a log of every change.

Comes in: a story's text as written. Goes out: the same lines with marks in their Chinese form
(GB/T 15834, composition rules 51–54), and one `Change` for each place. Nothing is touched inside
web and mail addresses, file names, hashtags, code, times, scores, decimals and thousands. Rules are
tables in rules.py; what cannot be mended by rule is found by desk.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from layout.findings import Finding, Mark, Severity
from layout.issue.hanzi import HAN, compiled
from layout.issue.model import Block, Cell, Span, Story, Table
from layout.issue.rules import FIGURES, MARKS, Edit, Rule, suspect

_URL = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*[A-Za-z0-9/=_#&%~+-]"
_FILES = r"docx?|xlsx?|pptx?|wps|pdf|jpe?g|png|gif|tiff?|mp[34]|mov|txt|zip|rar|csv|html?|md"
_DOMAINS = "com|cn|net|org|gov"
_MARKER = r"(?:(?:#{1,6}|>|[-+*]|\d{1,3}[.)])[ \t]+)+"
# What must stand in a text for a mask to be looked for, and what it covers.
_MASKS = (
    ("://", rf"(?:https?|ftp)://{_URL}"),
    (r"www\.", rf"www\.{_URL}"),
    ("@", r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    (rf"\.(?:{_DOMAINS})\b", rf"(?:[\w-]{{1,63}}\.){{1,8}}(?:{_DOMAINS})\b(?:[/:]{_URL})?"),
    (rf"\.(?:{_FILES})\b",
     rf"[^\s,;:!?\"“”‘’《》，。；：、！？（(]{{1,80}}(?:\([^\s()]*\))?\.(?:{_FILES})\b"),
    (r":\\", r"[A-Za-z]:\\[^\s，。；、]*"),
    ("`", r"`[^`\n]*`"),
    (r"!\[", r"!\[(?=[^\]\n]*\]\()"),
    (r"\]\(", r"\]\((?:[^()\n]|\([^()\n]*\))*\)"),
    (r"\|", r"^(?=[^|\n]*\|)[-|:\t ]+$"),  # the line under a table's header
    ("<", r"<[a-z]+:[^<>\s]*>"),
    (r"\\", r"\\[!-/:-@\[-`{-~]"),  # Markdown's escapes
    ("#", r"(?<!#)#(?![#\s])[^#\s]{1,30}#(?!#)"),  # #hashtag#
    (r"[#>\-+*.)][ \t]", rf"^[ \t]*{_MARKER}"),
    ("[\ue000-\uf8ff]", "[\ue000-\uf8ff]+"),  # private use, which stands for what is masked
)  # fmt: skip
_FIGURE = (
    r"(?<![0-9])[0-9]+(?:[.,:/][0-9]+)+"
    # the blank of a lead-in: 本报讯 记者
    rf"|\A(?:本[报台网]\S{{0,12}}[讯电]|本报消息|\S{{2,8}}[社报网]\S{{2,14}}电)[ \u3000]+(?={HAN})"
)
_PARAGRAPH = "(?:^.*[^\\s\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad].*\n?)+"
_PASSES = 8  # every rule leaves less to mend; two do, as a rule


class Change(msgspec.Struct, frozen=True):
    """One thing mended: where, and what became of what."""

    mark: Mark
    before: str
    after: str


class _Copy:
    """A paragraph being mended: its text, and of each character its place in the source or −1."""

    def __init__(self, text: str) -> None:
        self.text, self.origin = text, list(range(len(text)))

    def apply(self, rules: Sequence[Rule], running: bool) -> None:
        shown = _masked(self.text, figures=rules is MARKS)
        present = set(shown)
        for rule in rules:
            if rule.triggers.isdisjoint(present) or (rule.running and not running):
                continue
            if edits := list(rule.find(shown)):
                shown = self._edit(edits, shown)
                present = set(shown)

    def _edit(self, edits: Iterable[Edit], shown: str) -> str:
        text, mask, origin, last = "", "", [], 0
        for start, end, new in (*edits, (len(shown), len(shown), "")):
            text += self.text[last:start] + new
            mask += shown[last:start] + new
            origin += [*self.origin[last:start], *[-1] * len(new)]
            last = end
        self.text, self.origin = text, origin
        return mask


def normalise(text: str, file: str, first_line: int) -> tuple[str, list[Change]]:
    """Clean copy and what was changed in it; lines stay lines."""
    if not suspect(text):
        return text, []
    changes: list[Change] = []
    pieces, last = [], 0
    for match in compiled(_PARAGRAPH, re.MULTILINE).finditer(text):
        if suspect(match[0]):
            copy = _mended(match[0], running=True)
            pieces += [text[last : match.start()], copy.text]
            last = match.end()
            line = first_line + text.count("\n", 0, match.start())
            for at, before, after in _changes(match[0], copy):
                changes.append(Change(_place(match[0], at, file, line), before, after))
    return "".join([*pieces, text[last:]]), changes


def clean_line(line: str) -> tuple[str, list[tuple[int, str, str]]]:
    """A display line, whose blanks mark phrases and stay; what changed: offset, before, after."""
    if not suspect(line):
        return line, []
    copy = _mended(line, running=False)
    return copy.text, list(_changes(line, copy))


def _mended(text: str, running: bool) -> _Copy:
    copy = _Copy(text)
    rules = MARKS if compiled(HAN).search(text) else ()
    for _ in range(_PASSES):
        before = copy.text
        copy.apply(FIGURES, running)
        copy.apply(rules, running)
        if copy.text == before:
            break
    return copy


def _masked(text: str, figures: bool) -> str:
    """The text with what must not be touched covered, character by character."""
    for sign, pattern in _MASKS:
        if compiled(sign, re.ASCII).search(text):
            text = compiled(pattern, re.ASCII | re.MULTILINE).sub(_cover, text)
    return compiled(_FIGURE).sub(_cover, text) if figures else text


def _cover(match: re.Match[str]) -> str:
    return "\ue000" * len(match[0])


def _changes(source: str, copy: _Copy) -> Iterator[tuple[int, str, str]]:
    """Where the copy is no longer its source, place by place."""
    text, origin = copy.text, copy.origin
    if text == source:
        return
    here = there = 0  # in the copy, in its source
    while here < len(text) or there < len(source):
        if here < len(text) and origin[here] == there:
            here, there = here + 1, there + 1
            continue
        end = here
        while end < len(text) and origin[end] < 0:
            end += 1
        until = origin[end] if end < len(text) else len(source)
        if source[there:until] != text[here:end]:
            yield there, source[there:until], text[here:end]
        here, there = end, until


def _place(text: str, at: int, file: str, first_line: int) -> Mark:
    before = text[:at]
    return Mark(file, first_line + before.count("\n"), len(before.rpartition("\n")[2]) + 1)


# --- places and words ---------------------------------------------------------------------------


class Places:
    """Marks in clean copy → marks in the file, by what was changed on their line."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.lines: dict[int, list[Change]] = {}
        for change in changes:
            self.lines.setdefault(change.mark.line, []).append(change)

    def source(self, mark: Mark) -> Mark:
        """Where a character of the clean copy stands as written."""
        longer = 0  # the clean line up to here than the source's
        for change in self.lines.get(mark.line, ()):
            start = change.mark.column + longer
            if mark.column < start:
                break
            if mark.column < start + len(change.after):
                inside = min(mark.column - start, max(len(change.before) - 1, 0))
                return Mark(mark.file, mark.line, change.mark.column + inside)
            longer += len(change.after) - len(change.before)
        return Mark(mark.file, mark.line, mark.column - longer)


def placed(story: Story, places: Places) -> Story:
    """A story of clean copy whose marks are those of the file."""
    if not places.lines:
        return story
    blocks = tuple(_placed_block(block, places) for block in story.blocks)
    return msgspec.structs.replace(story, blocks=blocks)


def _placed_block(block: Block, places: Places) -> Block:
    made = _placed_spans(block, places)
    table = block.table
    if table is None:
        return made
    head = tuple(_placed_spans(cell, places) for cell in table.head)
    rows = tuple(tuple(_placed_spans(cell, places) for cell in row) for row in table.rows)
    return msgspec.structs.replace(made, table=Table(table.aligns, head, rows))


_Part = TypeVar("_Part", Block, Cell)


def _placed_spans(part: _Part, places: Places) -> _Part:
    spans = tuple(_placed_span(span, places) for span in part.spans)
    return msgspec.structs.replace(part, spans=spans, mark=places.source(part.mark))


def _placed_span(span: Span, places: Places) -> Span:
    picture = span.picture
    if picture:
        picture = msgspec.structs.replace(picture, mark=places.source(picture.mark))
    return msgspec.structs.replace(span, mark=places.source(span.mark), picture=picture)


_UNSEEN: Mapping[str, str] = {
    "\u3000": "a full-width blank", " ": "a blank", "\t": "a tab", "\u00a0": "a no-break blank",
}  # fmt: skip


def log(change: Change) -> Finding:
    """A change as a note."""
    said = f"“{change.before}” set as “{change.after}”"
    if not change.before.strip() or (not change.after and not change.before.isprintable()):
        before = " and ".join(dict.fromkeys(_named(sign) for sign in change.before))
        said = f"{before} set as “{change.after}”" if change.after else f"{before} removed"
    elif not change.after:
        said = f"“{change.before}” removed"
    return Finding(
        check="copy/normalised",
        severity=Severity.NOTE,
        message=said,
        hint="`render check --fix` writes it back",
        mark=change.mark,
    )


def _named(sign: str) -> str:
    return _UNSEEN.get(sign, f"U+{ord(sign):04X}")
