"""Set lines as text operators (ISO 32000-1 9.4).

In: a `TextLine` with the final position of every glyph. Out: one text object a line. The drawn
position never strays from the given one, since each correction is reckoned from where the widths
and the corrections written before have brought the reader, not from the last glyph.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    state, origin = "", (0.0, 0.0)
    for run in line.runs:
        if not run.glyphs:
            continue
        font = fonts[run.face]
        pen.fill(run.ink, may_overprint=True)
        setting = f"/{font.resource} {number(run.size)} Tf {number(run.width_ratio * 100)} Tz"
        if setting != state:
            out.append(setting)
            state = setting
        start = (snap(x + run.xs[0]), snap(y))
        out.append(f"{number(start[0] - origin[0])} {number(start[1] - origin[1])} Td")
        origin = start
        out.extend(_shown(run, font))
    out.append("ET")


def _shown(run: GlyphRun, font: PageFont) -> Iterator[str]:
    """The run's strings; where ToUnicode cannot tell the text, ActualText does (14.9.4)."""
    pen = run.xs[0]
    for first, last, actual in _spans(run, font):
        array, pen = _array(run, font, (first, last), pen)
        if actual is None:
            yield array
        else:
            yield f"/Span <</ActualText {text_string(actual)}>> BDC {array} EMC"


def _array(run: GlyphRun, font: PageFont, span: tuple[int, int], pen: float) -> tuple[str, float]:
    """Glyphs of a span as one TJ, and where the reader's pen is after it.

    `pen` is in points on the run's scale of xs; a TJ number moves it left by so many 1/1000 em.
    """
    unit = snap(run.size) * snap(run.width_ratio * 100) / 100_000
    places = _places(unit)
    parts: list[str] = []
    codes: list[str] = []
    for glyph, x in zip(run.glyphs[slice(*span)], run.xs[slice(*span)], strict=True):
        ahead = pen - x
        if ahead > TOLERANCE or ahead < -TOLERANCE:
            correction = round(ahead / unit, places)
            if codes:
                parts.append(f"<{''.join(codes)}>")
                codes = []
            parts.append(number(correction))
            pen -= correction * unit
        codes.append(f"{glyph:04X}")
        pen += font.width(glyph) * unit
    parts.append(f"<{''.join(codes)}>")
    return (f"{parts[0]} Tj" if len(parts) == 1 else f"[{''.join(parts)}] TJ"), pen


def _places(unit: float) -> int:
    """Decimals of a correction: coarse enough to be short, within 0.0005 pt at this size."""
    return 1 if unit <= 0.01 else 2 if unit <= 0.1 else 3


def _spans(run: GlyphRun, font: PageFont) -> list[tuple[int, int, str | None]]:
    """Ranges of glyphs, each with its text if ToUnicode does not give it.

    Most runs are one glyph a character and one range, and told first; clusters of several
    characters are one ToUnicode entry, clusters of several glyphs need ActualText.
    """
    count = len(run.glyphs)
    if run.spaced:
        return [(0, count, run.text)]
    one_to_one = len(run.text) == count and run.clusters == tuple(range(count))
    if one_to_one and all(map(font.says, run.glyphs, run.text)):
        return [(0, count, None)]
    spans: list[tuple[int, int, str | None]] = []
    for first, last, text in _clusters(run):
        plain = last - first == 1 and font.says(run.glyphs[first], text)
        if plain and spans and spans[-1][2] is None:
            spans[-1] = (spans[-1][0], last, None)
        else:
            spans.append((first, last, None if plain else text))
    return spans


def _clusters(run: GlyphRun) -> Iterator[tuple[int, int, str]]:
    """Glyph range and text of every cluster; offsets may fall as well as rise (Uyghur)."""
    offsets = run.clusters
    ordered = sorted(set(offsets))
    ends = dict(zip(ordered, [*ordered[1:], len(run.text)], strict=True))
    first = 0
    for last in range(1, len(offsets) + 1):
        if last == len(offsets) or offsets[last] != offsets[first]:
            yield first, last, run.text[offsets[first] : ends[offsets[first]]]
            first = last
