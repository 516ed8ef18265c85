"""Jumps: a story's first part with 下转, the rest as a story of its own with 上接.

Comes in: a story with `jump`, the desk. Goes out: its copy whole, and `parts` – the same story cut
at several places, each with its rest – among whose shapes the page plan chooses. A cut stands in
mid-sentence, between words, inside a paragraph with two lines of it before and more than its last
line behind, four lines of the story before and six behind it (practice B.5); so it parts neither a
subhead from its text nor a table or picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec
from msgspec.structs import replace

from layout import words
from layout.compose import Paragraph, SetLine
from layout.compose.finalize import Broken
from layout.findings import Finding, Mark, Severity
from layout.issue.model import Block, Copy, Design, Headline, Span, Story
from layout.makeup.body import JUMP_GAP_EM, set_element
from layout.makeup.copy import Desk, JumpLine, StoryCopy
from layout.makeup.shapes import Shaper
from layout.makeup.treatment import Shape
from layout.sheet.items import Grid

LEAST_PHRASE = 4  # hanzi of a headline
LEAST_BEFORE, LEAST_AFTER = 4, 6  # lines of the story at the base measure
# Of the body's lines: what stays. The nearest cut to each is a way to set the first part.
SHARES = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
STOPS, INTO_SENTENCE = "。！？…!?", 3  # characters of a sentence before a cut, at least
LEAST_REST = 1.2  # lines of the paragraph behind a cut: never its last alone
LEAST_ROOM_EM = 4.0  # beside 下转
MOST_GAP_EM = 4.0  # of white the cut may add between the text and 下转


class Cut(msgspec.Struct, frozen=True):
    """Behind so many printed characters of a block; lines of the story before and behind it."""

    block: int
    characters: int
    before: int
    behind: int

    @property
    def share(self) -> float:
        """Of the body's lines that stay."""
        return self.before / (self.before + self.behind)


def prepared(desk: Desk, story: Story, page: int) -> StoryCopy:
    """A story of a page ready to be set, with its parts when it jumps and can."""
    whole = desk.story(story)
    if story.jump is None or desk.findings:
        return whole
    line = desk.jump_line(story)
    parts: list[StoryCopy] = []
    for cut in _family(list(cuts(whole, line, desk.grid)) if line else []):
        first, rest = parted(story, cut, page)
        copy = desk.story(first)
        assert line
        body = (*copy.body, line)
        parts.append(replace(copy, body=body, rest=rest, part=len(parts) + 1))
    return replace(whole, parts=tuple(parts))


def _family(found: Sequence[Cut]) -> list[Cut]:
    """The cuts nearest to each share, from the shortest first part."""
    if not found:
        return []
    nearest = {min(found, key=lambda cut: abs(cut.share - share)) for share in SHARES}
    return sorted(nearest, key=lambda cut: cut.before)


def cuts(copy: StoryCopy, line: JumpLine, grid: Grid) -> Iterator[Cut]:
    """Where a story may be cut so that the jump line closes the line it is cut in.

    Lines are those at the base measure; at another, the jump line may get a line of its own.
    """
    set_ = [set_element(element, grid.measure, grid) for element in copy.body]
    jump = set_element(line, grid.measure, grid)
    room = (grid.measure - jump[0].width) / grid.size - JUMP_GAP_EM
    if len(jump) > 1 or room < LEAST_ROOM_EM:
        room = grid.measure / grid.size  # a narrow column: 下转 has a line of its own
    total, at, element = sum(map(len, set_)), 0, 0
    for number, block in enumerate(copy.story.blocks):
        alone = sum(bool(span.picture and span.picture.alone) for span in block.spans)
        paragraph = copy.body[element]
        if isinstance(paragraph, Paragraph) and not paragraph.subhead and not alone:
            for k, characters in _places(paragraph, block, set_[element], room):
                before = at + k + 1
                if before >= LEAST_BEFORE and total - before >= LEAST_AFTER:
                    yield Cut(number, characters, before, total - before)
        text = block.table or len(block.spans) > alone
        end = element + alone + bool(text)
        at += sum(map(len, set_[element:end]))
        element = end


def _places(
    paragraph: Paragraph, block: Block, lines: Sequence[SetLine], room: float
) -> Iterator[tuple[int, int]]:
    """Lines of a paragraph that may hold its cut, and the characters before that, less lead-in."""
    p = paragraph.prepared
    if p.levels:
        return
    lead_in, edges = printed(p.text) - printed(block.text), _word_edges(p.texts)
    for k, line in enumerate(lines[1:-1], 1):
        assert isinstance(line.set_, Broken)
        start, end = line.set_.piece.start, line.set_.piece.end
        for i in range(end, start, -1):
            width = (p.ends[i] - p.starts[start]) / 1000
            if width < room - MOST_GAP_EM:
                break
            if p.ends[-1] - p.starts[i] < LEAST_REST * line.measure / paragraph.size * 1000:
                continue
            sentence = "".join(p.texts[start:i])[-INTO_SENTENCE:]
            barred = i not in edges or not p.legal[i] or i in p.penalties
            if width > room or barred or any(stop in sentence for stop in STOPS):
                continue
            characters = printed("".join(p.texts[:i])) - lead_in
            if characters > 0:
                yield k, characters
            break


def _word_edges(texts: Sequence[str]) -> set[int]:
    """Units that begin a word, as the segmenter sees them: a reader turns with whole words."""
    ends = {0, *accumulate(map(len, words.cut("".join(texts))))}
    return {i for i, at in enumerate(accumulate(map(len, texts)), 1) if at in ends}


def _short(headline: Headline) -> Copy:
    """The main headline's first line; its first phrase when that says enough by itself."""
    line = headline.lines[0]
    phrase = line.text.split()[0]
    whole = len(phrase) >= LEAST_PHRASE and phrase.count("“") == phrase.count("”")
    return replace(line, text=phrase) if whole else line


def parted(story: Story, cut: Cut, page: int) -> tuple[Story, Story]:
    """The part that stays on a page, and the rest."""
    assert story.jump
    block = story.blocks[cut.block]
    before, behind = spans_parted(block.spans, cut.characters)
    first = replace(story, blocks=(*story.blocks[: cut.block], replace(block, spans=before)))
    mark = behind[0].mark
    said = story.jump.headline or _short(story.headline)
    rest = replace(
        story,
        headline=Headline(Copy(f"（上接第{page}版）", story.jump.mark), (said,), None),
        dateline=None, byline=None, photos=(), jump=None, design=Design(), origin=page,
        blocks=(replace(block, spans=behind, mark=mark), *story.blocks[cut.block + 1 :]),
    )  # fmt: skip
    return first, rest


def spans_parted(
    spans: Sequence[Span], characters: int
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Spans up to so many printed characters, and those behind."""
    for k, span in enumerate(spans):
        own = printed(span.text)
        if characters < own:
            at = 0
            while characters:
                characters -= not span.text[at].isspace()
                at += 1
            mark = Mark(span.mark.file, span.mark.line, span.mark.column + at)
            before = (replace(span, text=span.text[:at]),) if at else ()
            behind = replace(span, text=span.text[at:], mark=mark)
            return (*spans[:k], *before), (behind, *spans[k + 1 :])
        characters -= own
    raise AssertionError("a cut stands before a paragraph's end")


def printed(text: str) -> int:
    """Characters but white space."""
    return len("".join(text.split()))


def table(
    shaper: Shaper,
    copy: StoryCopy,
    columns: int,
    wanted: range,
    upright: bool = False,
    small: bool = False,
) -> Mapping[int, Shape]:
    """A story's shapes at a width, over all its parts when it jumps; each knows its part."""
    if not copy.parts:
        return shaper.table(copy, columns, wanted, upright=upright, small=small)
    found: dict[int, Shape] = {}
    for part in copy.parts:
        own = shaper.table(part, columns, wanted, upright=upright, small=small)
        for lines, shape in own.items():
            if lines not in found or shape.cost < found[lines].cost:
                found[lines] = replace(shape, part=part.part)
    return found


def chosen(copy: StoryCopy, shape: Shape) -> StoryCopy:
    """The part of a story that a shape was made of."""
    return copy.parts[shape.part - 1] if shape.part else copy


def whole_finding(copy: StoryCopy, page: int) -> Iterator[Finding]:
    """A story that should jump and stands whole."""
    story = copy.story
    if story.jump and copy.rest is None:
        yield Finding(
            check="makeup/jump", severity=Severity.WARNING, page=page, story=story.slug,
            mark=story.jump.mark, message=f"{story.file} does not jump: it stands whole",
            hint=f"a jump stands inside a paragraph of three lines or more, {LEAST_BEFORE} lines "
            f"of the story before and {LEAST_AFTER} behind it",
        )  # fmt: skip
