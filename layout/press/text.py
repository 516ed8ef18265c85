"""Set lines as text operators (ISO 32000-1 9.4).

In: a `TextLine` with the final position of every glyph. Out: one text object a line. The drawn
position never strays from the given one, since each correction is reckoned from where the widths
and the corrections written before have brought the reader, not from the last glyph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from struct import pack

from msgspec.structs import replace

from layout.press.fontobjects import FontTable, PageFont
from layout.press.ink import Pen
from layout.press.numbers import number, snap
from layout.press.objects import text_string
from layout.sheet.items import GlyphRun, TextLine

# Positions come rounded to 0.001 pt, so half of that is noise; a correction below it would only
# cut strings. Corrections themselves are written to this precision (`_places`), in sum < 0.001 pt.
TOLERANCE = 0.0006


def draw_line(line: TextLine, x: float, y: float, fonts: FontTable, pen: Pen) -> None:
    """A line whose origin stands at (x, y), y up.

    Font and Tz are set in every text object: poppler forgets Tz at ET.
    """
    out = pen.out
    out.append("BT")
    state, last = "", None
    for run in line.runs:
        if not run.glyphs:
            continue
        font = fonts[run.face]
        pen.fill(run.ink, may_overprint=True)
        setting = _setting(font.resource, run.size, run.width_ratio)
        if setting != state:
            out.append(setting)
            state = setting
        start = x + run.xs[0]
        if last is None:
            out.append(f"{number(start)} {number(y)} Td")
        else:
            out.append(f"{number(snap(start) - snap(last))} 0 Td")
        last = start
        if _says_itself(run, font):
            unit = _unit(run.size, run.width_ratio)
            out.append(_array(run.glyphs, run.xs, run.glyphs, font, unit, run.xs[0])[0])
        else:
            out.extend(_shown(_with_blanks(run, font), font))
    out.append("ET")


@lru_cache
def _setting(resource: str, size: float, width_ratio: float) -> str:
    """Font, size and scale; a page has few."""
    return f"/{resource} {number(size)} Tf {number(width_ratio * 100)} Tz"


def _says_itself(run: GlyphRun, font: PageFont) -> bool:
    """Whether each glyph stands for one character, and ToUnicode says so: of most runs."""
    count = len(run.glyphs)
    one_to_one = len(run.text) == count and run.clusters == _rising(count)
    return one_to_one and font.says_all(run.glyphs, run.text)


@cache
def _rising(count: int) -> tuple[int, ...]:
    return tuple(range(count))


@lru_cache
def _unit(size: float, width_ratio: float) -> float:
    """Points of 1/1000 em as the reader reckons it, from size and scale as they are written."""
    return snap(size) * snap(width_ratio * 100) / 100_000


def _shown(run: GlyphRun, font: PageFont) -> Iterator[str]:
    """The run's strings; where ToUnicode cannot tell the text, ActualText does (14.9.4)."""
    pen, unit = run.xs[0], _unit(run.size, run.width_ratio)
    spans, codes = _spans(run, font)
    if _turns_left(run) and (parted := _letters_and_signs(run, font)):
        spans, codes = parted
    for order, actual in spans:
        glyphs, named = ([whole[k] for k in order] for whole in (run.glyphs, codes))
        array, pen = _array(glyphs, tuple([run.xs[k] for k in order]), named, font, unit, pen)
        if actual is None:
            yield array
        else:
            yield f"/Span <</ActualText {text_string(actual)}>> BDC {array} EMC"


def _array(
    glyphs: Sequence[int],
    xs: tuple[float, ...],
    codes: Sequence[int],
    font: PageFont,
    unit: float,
    pen: float,
) -> tuple[str, float]:
    """Glyphs as one TJ, and where the reader's pen is after it.

    `pen` is in points on the run's scale of xs; a TJ number moves it left by so many 1/1000 em,
    `unit`. `codes` are what the glyphs are called by.
    """
    written = pack(f">{len(codes)}H", *codes).hex().upper()
    widths = tuple(map(font.widths.__getitem__, glyphs))
    corrections, pen = _corrections(xs, widths, unit, pen)
    if not corrections:
        return f"<{written}> Tj", pen
    parts, first = [], 0
    for at, correction in corrections:
        parts.append(f"<{written[first:at]}>{correction}" if at else correction)
        first = at
    return f"[{''.join(parts)}<{written[first:]}>] TJ", pen


@lru_cache(maxsize=1024)  # most lines stand on the grid, or a leg's few ways of filling it
def _corrections(
    xs: tuple[float, ...], widths: tuple[float, ...], unit: float, pen: float
) -> tuple[tuple[tuple[int, str], ...], float]:
    """Numbers of a TJ, each with how many hexadecimal digits go before, and the pen after all."""
    found: list[tuple[int, str]] = []
    most, least, places = TOLERANCE, -TOLERANCE, _places(unit)
    for at, x, width in zip(range(0, 4 * len(xs), 4), xs, widths, strict=True):
        if not least <= pen - x <= most:
            correction = round((pen - x) / unit, places)
            found.append((at, number(correction)))
            pen -= correction * unit
        pen += width * unit
    return tuple(found), pen


def _places(unit: float) -> int:
    """Decimals of a correction: coarse enough to be short, within 0.0005 pt at this size."""
    return 1 if unit <= 0.01 else 2 if unit <= 0.1 else 3


_Spans = list[tuple[Sequence[int], str | None]]


def _spans(run: GlyphRun, font: PageFont) -> tuple[_Spans, list[int]]:
    """Ranges of glyphs, each with its text if ToUnicode does not give it; and all their codes.

    Most runs are one glyph a character and one range, and told first; clusters of several
    characters are one ToUnicode entry, a glyph's second text is another code's, and only clusters
    of several glyphs and second texts of CFF glyphs need ActualText.
    """
    codes = list(run.glyphs)
    if _says_itself(run, font):
        return [(range(len(codes)), None)], codes
    spans: _Spans = []
    for first, last, text in clusters(run):
        code = font.code(run.glyphs[first], text) if last - first == 1 else None
        if code is not None:
            codes[first] = code
        if code is not None and spans and spans[-1][1] is None:
            spans[-1] = (range(spans[-1][0][0], last), None)
        else:
            spans.append((range(first, last), None if code is not None else text))
    return spans, codes


BLANKS = " \u3000"


def _with_blanks(run: GlyphRun, font: PageFont) -> GlyphRun:
    """The run with a glyph for each blank between words, which composing has only as white.

    Words are found by blanks, not by white, where a page is read by its structure (14.8.2.5).
    """
    if (" " not in run.text and "\u3000" not in run.text) or _turns_left(run):
        return run
    em = run.size * run.width_ratio / 1000
    glyphs: list[int] = []
    xs: list[float] = []
    offsets: list[int] = []
    for first, last, text in clusters(run, blanks=True):
        begin = run.clusters[first]
        glyphs += run.glyphs[first:last]
        xs += run.xs[first:last]
        offsets += [begin] * (last - first)
        word = text.rstrip(BLANKS)
        for k in range(len(word), len(text) if word else 0):
            if (blank := font.blank(text[k])) is None:
                break
            xs.append(xs[-1] + font.widths[glyphs[-1]] * em)
            glyphs.append(blank)
            offsets.append(begin + k)
    return replace(run, glyphs=tuple(glyphs), xs=tuple(xs), clusters=tuple(offsets))


# What a sign set to a right-to-left letter says to readers that pass over an empty ActualText: a
# mark that is not seen and runs the same way (RLM).
NOTHING = "\u200f"


def _turns_left(run: GlyphRun) -> bool:
    """Clusters fall only where text is drawn against its reading order."""
    return sorted(run.clusters) != list(run.clusters)


def _letters_and_signs(run: GlyphRun, font: PageFont) -> tuple[_Spans, list[int]] | None:
    """A right-to-left word: first its letters, then the signs set to them, and all their codes.

    Arabic faces compose a letter of a base and points, and bases serve several letters. With codes
    of their own each letter is one place with one text, so poppler, pdfium and pdf.js put a word's
    letters in order by where they stand; ActualText would break the word for one or the other.
    None when the face has no codes to give: CFF.
    """
    codes: list[int] = list(run.glyphs)
    letters: list[int] = []
    signs: list[int] = []
    for first, last, text in clusters(run):
        widths = [font.widths[glyph] for glyph in run.glyphs[first:last]]
        letter = first + widths.index(max(widths))
        for k in range(first, last):
            said = text if k == letter else NOTHING
            code = font.alias(run.glyphs[k], said)
            if code is None:
                return None
            codes[k] = code
            (letters if k == letter else signs).append(k)
    spans: _Spans = [(letters, None)]
    return ([*spans, (signs, "")] if signs else spans), codes


def clusters(run: GlyphRun, *, blanks: bool = False) -> Iterator[tuple[int, int, str]]:
    """Glyph range and text of every cluster; offsets may fall as well as rise (Uyghur).

    The blank behind a word is left out where it has no glyph, unless `blanks` are asked for.
    """
    offsets = run.clusters
    ordered = sorted(set(offsets))
    ends = dict(zip(ordered, [*ordered[1:], len(run.text)], strict=True))
    first = 0
    for last in range(1, len(offsets) + 1):
        if last == len(offsets) or offsets[last] != offsets[first]:
            text = run.text[offsets[first] : ends[offsets[first]]]
            yield first, last, text if blanks else text.rstrip(" ") or text
            first = last
