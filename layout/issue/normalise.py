"""The copy desk's first pass: dirty copy → clean copy, and a log of every change.

Comes in: a story's text as written. Goes out: the same lines with marks between hanzi in their
Chinese form (GB/T 15834), and one `Change` for each, with its place. Nothing is touched inside web
and mail addresses, times, scores, decimals and figures with thousands commas. What cannot be mended
by rule – a quote without its partner – is found by `unbalanced`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from layout.findings import Finding, Mark, Severity
from layout.issue.model import Block

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_MARK = r"[，。、；：！？“”‘’（）《》〈〉【】〔〕「」『』—…·％]"
_CJK = rf"(?:{_HAN}|{_MARK})"
_PROTECTED = re.compile(
    r"(?:https?|ftp)://[^\s，。、；：！？”’）》]+|www\.[^\s，。、；：！？”’）》]+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+|`[^`]*`|\d+(?:[.,:/]\d+)+"
    r"|[\ue000-\uf8ff]",  # private use, which stands for what is hidden below
    re.ASCII,
)
# A mark is in Chinese copy when a hanzi or Chinese mark stands on either side, emphasis signs and
# blanks between them not counting.
_BEFORE = rf"(?<={_CJK})(?P<a>\**)[ \t]*"
_AFTER = rf"[ \t]*(?=\**{_CJK})"
_FULL = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}


class Change(msgspec.Struct, frozen=True):
    """One thing mended: where, and what became of what."""

    mark: Mark
    before: str
    after: str


def _half_mark(match: re.Match[str]) -> str:
    kept = match.groupdict().get("a") or ""
    return kept + _FULL[match["m"]]


def _bracketed(match: re.Match[str]) -> str:
    return f"（{match['inside']}）"


_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
_RULES: tuple[_Rule, ...] = (
    (re.compile(r"\u2e3a|(?<!-)-{2,3}(?!-)"), "——"),
    (re.compile(r"\.{3,6}|。{3,6}|(?<!…)…(?!…)"), "……"),
    (re.compile(rf"(?<={_HAN})[・‧•∙](?={_HAN})"), "·"),
    (re.compile(rf"{_BEFORE}(?P<m>[,:;!?])[ \t]*"), _half_mark),
    (re.compile(rf"(?P<m>[,:;!?]){_AFTER}"), _half_mark),
    (re.compile(rf"(?<={_HAN})\.(?=\s*$|{_HAN})", re.MULTILINE), "。"),
    (re.compile(rf"\((?P<inside>[^()\n]*{_HAN}[^()\n]*)\)"), _bracketed),
    (re.compile(rf"(?<={_HAN})\((?P<inside>[^()\n]*)\)"), _bracketed),
)
# A line without any of these is clean, and most lines are.
_SUSPECT = re.compile(r"[,:;!?.()\"\u2e3a・‧•∙ \t]|--|。。|…")
_STRAY_BLANKS = re.compile(rf"(?<={_CJK})[ \t]+(?={_CJK})")


def normalise(text: str, file: str, first_line: int) -> tuple[str, list[Change]]:
    """Clean copy and what was changed in it; lines stay lines."""
    changes: list[Change] = []
    lines = []
    for number, line in enumerate(text.split("\n"), first_line):
        if not _SUSPECT.search(line):
            lines.append(line)
            continue
        clean = _STRAY_BLANKS.sub("", clean_line(line))
        lines.append(clean)
        changes += _changes(line, clean, file, number)
    return "\n".join(lines), changes


def clean_line(line: str) -> str:
    """One line. Its indent, what is protected, and blanks (a headline's phrase marks) stay."""
    body = line.lstrip(" \t\u3000")
    indent = line[: len(line) - len(body)]
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match[0])
        return chr(0xE000 + len(kept) - 1)

    body = _PROTECTED.sub(hide, body)
    for pattern, replacement in _RULES:
        body = pattern.sub(replacement, body)
    body = _curly(body)
    return indent + re.sub(r"[\ue000-\uf8ff]", lambda m: kept[ord(m[0]) - 0xE000], body)


def _curly(body: str) -> str:
    """Straight double quotes about Chinese words become “ and ” in turn, when they pair up."""
    if body.count('"') % 2 or not re.search(_HAN, body):
        return body
    turn = iter("“”" * (body.count('"') // 2))
    return re.sub('"', lambda _: next(turn), body)


def _changes(before: str, after: str, file: str, number: int) -> Iterator[Change]:
    if before == after:
        return
    from difflib import SequenceMatcher  # late: only dirty copy needs it

    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Change(Mark(file, number, a + 1), before[a:b], after[c:d])


# --- what only a person can mend --------------------------------------------------------------

_PAIRS = dict(zip("“‘（《〈【〔「『", "”’）》〉】〕」』", strict=True))
_CLOSERS = frozenset(_PAIRS.values())


def unbalanced(paragraph: str) -> Iterator[tuple[int, str]]:
    """Offset and message for quotes and brackets without partner, or wrongly nested.

    Outer quotes are “”, inner ones ‘’ (GB/T 15834 4.7).
    """
    open_: list[tuple[int, str]] = []
    for at, sign in enumerate(paragraph):
        if sign in _PAIRS:
            if open_ and open_[-1][1] == sign == "“":
                yield at, "“ inside “ – inner quotes are ‘’"
            open_.append((at, sign))
        elif sign in _CLOSERS:
            if sign == "’" and not (open_ and open_[-1][1] == "‘"):
                continue  # an apostrophe
            if open_ and _PAIRS[open_[-1][1]] == sign:
                open_.pop()
            else:
                yield at, f"{sign} closes nothing"
    yield from ((at, f"{sign} is not closed") for at, sign in open_)


def repeated(paragraph: str) -> Iterator[tuple[int, str]]:
    """Words written twice that are never meant twice."""
    for match in re.finditer(r"(的|了|在|是|和|与|将|被|，|。|、|；)\1", paragraph):
        yield match.start(), f"“{match[0]}” stands twice"


def doubts(block: Block) -> Iterator[Finding]:
    """Warnings about a paragraph, each at its place."""
    for at, message in (*unbalanced(block.text), *repeated(block.text)):
        what, _, hint = message.partition(" – ")
        yield Finding(
            check="copy/doubt",
            severity=Severity.WARNING,
            message=what,
            hint=hint or "look at the paragraph",
            mark=_place(block, at),
        )


def _place(block: Block, offset: int) -> Mark:
    """Where a character of a paragraph stands in its file."""
    for span in block.spans:
        if offset < len(span.text):
            mark = span.mark
            return Mark(mark.file, mark.line, mark.column + offset)
        offset -= len(span.text)
    return block.mark


def log(change: Change) -> Finding:
    """A change as a note."""
    return Finding(
        check="copy/normalised",
        severity=Severity.NOTE,
        message=f"“{change.before}” set as “{change.after}”",
        hint="`render check --fix` writes it back",
        mark=change.mark,
    )
