"""The copy desk's second pass: what only a person can mend, in one story's paragraphs.

Each check is a generator of `Doubt`s over a paragraph's text; a table names them. Conservative
throughout: a warning on clean copy costs the desk more than a slip it missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from layout.findings import Finding, Mark, Severity
from layout.issue.hanzi import BLANK, HAN
from layout.issue.model import Block, BlockKind, Cell, Copy, Story
from layout.issue.names import credited, named_twice
from layout.issue.normalise import Places
from layout.issue.rules import short_items
from layout.issue.words import may_repeat, repeated


class Doubt(msgspec.Struct, frozen=True):
    """Something odd at an offset of a paragraph."""

    at: int
    message: str
    hint: str
    severity: Severity = Severity.WARNING


_PAIRS = dict(zip("“‘（《〈【〔「『", "”’）》〉】〕」』", strict=True))
_CLOSERS = frozenset(_PAIRS.values())
_MARKED = re.compile("[" + "".join(_PAIRS) + "".join(_CLOSERS) + "]")
# 1） a） 一） number a list (GB/T 15834 B.3), here and behind a stop
_NUMBERED = re.compile(r"(?:^|[。；：，、！？●])\s*[0-9A-Za-z一二三四五六七八九十]{1,3}$")
_PARTNER = "give it its partner"


def unbalanced(text: str) -> Iterator[Doubt]:
    """Quotes and brackets without partner, or wrongly nested (GB/T 15834 4.8, 4.9)."""
    if not _MARKED.search(text):
        return
    open_: list[tuple[int, str]] = []
    for match in _MARKED.finditer(text):
        at, sign = match.start(), match[0]
        if sign in _PAIRS:
            if open_ and open_[-1][1] == sign == "“":
                yield Doubt(at, "“ inside “", "inner quotes are ‘’")
            open_.append((at, sign))
        elif open_ and _PAIRS[open_[-1][1]] == sign:
            open_.pop()
        elif sign == "’" or (sign == "）" and _NUMBERED.search(text[:at])):
            continue  # an apostrophe, a list's number
        elif any(_PAIRS[one] == sign for _, one in open_):
            while _PAIRS[open_[-1][1]] != sign:
                inner, one = open_.pop()
                yield Doubt(inner, f"{one} is not closed before {sign}", _PARTNER)
            open_.pop()
        else:
            yield Doubt(at, f"{sign} closes nothing", _PARTNER)
    yield from (Doubt(at, f"{sign} is not closed", _PARTNER) for at, sign in open_)


def _straight(text: str) -> Iterator[Doubt]:
    """A straight quote beside Chinese that the normaliser could not pair."""
    for match in re.finditer(rf"(?:(?<={HAN})|(?<=[，。：]))\"|\"(?={HAN})", text):
        yield Doubt(match.start(), "straight quote without a sure partner", "write “ or ”")
        return


def _half_bracket(text: str) -> Iterator[Doubt]:
    """A half-width bracket beside Chinese: with its partner it were （ or ）."""
    for match in re.finditer(rf"\((?={HAN})|(?<={HAN})[()]", text):
        if match[0] == "(":
            yield Doubt(match.start(), "( is not closed", _PARTNER)
        elif not _NUMBERED.search(text[: match.start()]):
            yield Doubt(match.start(), ") closes nothing", _PARTNER)


_TOGETHER = re.compile("[，。、；：！？]{2,}")
_CALLS = frozenset("！？")
_MOST = 3


def _marks(text: str) -> Iterator[Doubt]:
    """Marks that cannot stand together (GB/T 15834 5.1), and ！！！！ (4.2.3, 4.3.3)."""
    for match in _TOGETHER.finditer(text):
        if not _CALLS.issuperset(match[0]):
            yield Doubt(match.start(), f"{match[0]} stand together", "keep one of the marks")
        elif len(match[0]) > _MOST:
            yield Doubt(match.start(), f"{match[0]}: more than three", "three at most")


def _listed(text: str) -> Iterator[Doubt]:
    """、 is not used between quoted or titled items (GB/T 15834 4.5.3.5): a note."""
    for match in re.finditer("》、《|”、“", text):
        yield Doubt(
            match.start() + 1,
            "、 between quotes or titles",
            "GB/T 15834 does without: “甲”“乙”",
            Severity.NOTE,
        )


_ROLES = ("记者", "本报记者", "通讯员", "特约")
_FEWEST = 3  # words between blanks


def _spaced(text: str) -> Iterator[Doubt]:
    if len(text.split()) < _FEWEST:
        return
    for match in re.finditer(rf"{HAN}+(?:{BLANK}+{HAN}+){{2,}}", text):
        credit = match[0].startswith(_ROLES)  # （记者 丁晓明 摄）
        if not credit and re.search("[，。；！？]", text) and short_items(match[0]):
            blank = re.search(BLANK, match[0])
            at = match.start() + (blank.start() if blank else 0)
            yield Doubt(at, "blanks between words", "write 、 if they are a list, else nothing")


def _angled(text: str) -> Iterator[Doubt]:
    for match in re.finditer(rf"<[^<>]*{HAN}[^<>]*>", text):
        yield Doubt(match.start(), "half-width < > about Chinese words", "a title has 《》")


# Quicker to compile than HAN, and enough for the points of figures.
_AMID_COPY = re.compile(r"[^\x00-\x7f][.．][^\x00-\x7f]")


def _points(text: str) -> Iterator[Doubt]:
    if not _AMID_COPY.search(text):
        return
    for match in re.finditer(rf"(?<={HAN})[.．](?={HAN})", text):
        yield Doubt(match.start(), f"{match[0]} between hanzi", "write 。 or a name's dot ·")


_Check = Callable[[str], Iterator[Doubt]]
_BALANCE, _REPEATED, _BLANKS = "copy/quotes", "copy/repeated", "copy/blanks"
# Of the signs a check is about one at least stands in the paragraph; mostly none does.
_CHECKS: tuple[tuple[str, frozenset[str], _Check], ...] = (
    ("copy/quotes", frozenset('"'), _straight),
    ("copy/quotes", frozenset("()"), _half_bracket),
    ("copy/marks", frozenset("<"), _angled),
    ("copy/marks", frozenset(".．"), _points),
    (_BLANKS, frozenset(" \u3000"), _spaced),
)
_SIGNS = re.compile("[" + "".join(sorted(frozenset[str]().union(*(c[1] for c in _CHECKS)))) + "]")
_SHORTEST = 20  # characters of a paragraph that is not repeated by chance


def doubts(story: Story, places: Places) -> Iterator[Finding]:
    """What is odd in a story, each at its place in the file."""
    parts = [part for block in story.blocks for part in _parts(block)]
    texts = [part.text for part, _ in parts]
    twice = may_repeat("\n".join(texts))
    known = credited(copy.text for copy in _credits(story))
    seen: set[str] = set()
    for number, ((part, kind), text) in enumerate(zip(parts, texts, strict=True)):
        found = list(_in_paragraph(text, texts[number + 1 : number + 2]))
        found += _words(text, twice)
        found += _names(text, known)
        if kind is BlockKind.BODY and len(text) >= _SHORTEST and text in seen:
            found.append((_REPEATED, Doubt(0, "the paragraph stands twice", "delete one")))
        seen.add(text)
        for name, doubt in found:
            yield _finding(name, doubt, places.source(place(part, doubt.at)))
    for copy in _display(story):
        for name, doubt in (*_in_paragraph(copy.text, ()), *_names(copy.text, known)):
            if name != _BLANKS:  # there they mark phrases
                yield _finding(name, doubt, copy.mark)


_RUN_ON = re.compile(
    r"^(?![ \t]*(?:#|>|[-*+] |\d{1,3}[.)] )).*\S.*\n(?=\u3000\u3000)", re.MULTILINE
)


def run_on(body: str, file: str, first_line: int) -> Iterator[Finding]:
    """Indented lines that Markdown joins to the line above, for want of an empty one between."""
    if "\n\u3000\u3000" not in body:
        return
    for match in _RUN_ON.finditer(body):
        line = first_line + body.count("\n", 0, match.end())
        doubt = Doubt(0, "an indented line runs on from the one above", "put an empty line between")
        yield _finding("copy/paragraph", doubt, Mark(file, line))


def _display(story: Story) -> Iterator[Copy]:
    """Copy of the front matter; a headline's lines as one, since quotes may span them."""
    head = story.headline
    if head.lines:
        yield Copy(head.text, head.lines[0].mark)
    for copy in (head.kicker, head.deck, *(photo.caption for photo in story.photos)):
        if copy:
            yield copy
    yield from _credits(story)


def _credits(story: Story) -> Iterator[Copy]:
    """Where names of those who wrote and photographed stand."""
    for copy in (story.byline, *(photo.credit for photo in story.photos)):
        if copy:
            yield copy


def _in_paragraph(text: str, following: Sequence[str]) -> Iterator[tuple[str, Doubt]]:
    for doubt in unbalanced(text):
        if not _goes_on(text[doubt.at], doubt, following):
            yield _BALANCE, doubt
    if "”、“" in text or "》、《" in text:
        yield from (("copy/marks", doubt) for doubt in _listed(text))
    yield from (("copy/marks", doubt) for doubt in _marks(text))
    present = frozenset(_SIGNS.findall(text))
    for name, signs, check in _CHECKS if present else ():
        if not signs.isdisjoint(present):
            yield from ((name, doubt) for doubt in check(text))


def _words(text: str, twice: bool) -> Iterator[tuple[str, Doubt]]:
    for at, said in repeated(text) if twice else ():
        yield _REPEATED, Doubt(at, f"“{said}” stands twice", "delete one")


def _names(text: str, known: frozenset[str]) -> Iterator[tuple[str, Doubt]]:
    for at, name in named_twice(text, known):
        yield "copy/name", Doubt(at, f"“{name}” is named twice in a sentence", "name once")


def _goes_on(sign: str, doubt: Doubt, following: Sequence[str]) -> bool:
    """Speech over paragraphs: each begins with “, only the last is closed (GB/T 15834 4.8.3.5)."""
    return (
        sign == "“"
        and doubt.message.endswith("is not closed")
        and any(text.startswith("“") for text in following)
    )


def _finding(check: str, doubt: Doubt, mark: Mark) -> Finding:
    return Finding(
        check=check, severity=doubt.severity, message=doubt.message, hint=doubt.hint, mark=mark
    )


def _parts(block: Block) -> Iterator[tuple[Block | Cell, BlockKind]]:
    """A paragraph, or the cells of a table."""
    for part in block.table.cells if block.table else (block,):
        yield part, block.kind


def place(block: Block | Cell, offset: int) -> Mark:
    """Where a character of a paragraph stands in its clean copy."""
    for span in block.spans:
        if offset < len(span.text):
            mark = span.mark
            return Mark(mark.file, mark.line, mark.column + offset)
        offset -= len(span.text)
    return block.mark
