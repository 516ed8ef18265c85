"""Display lines: headlines, kickers, decks and furniture, broken by sense and fitted to a measure.

Comes in: one headline's text, a role, a measure in points and a range of sizes. Goes out: lines
with one size, tracking and 长/扁 ratio inside the house's limits. Marks are trimmed to half an
em; a phrase space (U+3000 or a blank between hanzi) is the best place to break a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from itertools import accumulate, combinations, pairwise
from weakref import WeakKeyDictionary

import msgspec

from layout.compose.classes import Class, units
from layout.compose.finalize import Setting, text_line
from layout.compose.justify import spread
from layout.compose.prepare import Piece, Prepared, prepare
from layout.compose.spacing import DISPLAY, gap_table
from layout.findings import Mark
from layout.fonts import FontSet
from layout.sheet.items import BLACK, GlyphRun, Ink, TextLine
from layout.words import tagged

# Craft: tracking −3 % to +12 %, 长/扁 within 85–115 %; broadsheet sizes want tighter limits.
TRACKING_LEAST, TRACKING_MOST = -0.03, 0.08
RATIO_LEAST, RATIO_MOST = 0.88, 1.08
SIZE_STEP = 0.5
# From this gap on, readers of a PDF see a blank between two letters.
WORD_GAP_EM = 0.09

_PHRASE_SPACE = re.compile(r"[ \u3000]+")
# Costs of a break, in ems of unbalance they are worth.
_AT_PHRASE, _AT_MARK, _AT_WORD, _IN_WORD, _IN_QUOTE = 0.0, 0.5, 1.2, 12.0, 4.0
# Two words that belong together, a verb and its object, a word that leads to the next.
_TIED, _OBJECT, _LEADING = 9.0, 4.5, 2.2
# How much longer each line of a shaped head is than the one before, as a share of their mean.
STEP = 0.3
# A head whose writer marked its phrases breaks elsewhere only at this cost more.
_BESIDE_PHRASES = 4.0


class Look(msgspec.Struct, frozen=True):
    """How a display line is set: role, size (pt), tracking (em a gap), 长/扁 ratio, ink."""

    role: str
    size: float
    tracking_em: float = 0.0
    width_ratio: float = 1.0
    ink: Ink = BLACK


# Display copy prepared, by faces: a head is checked, measured at every width, and drawn.
_KEPT: WeakKeyDictionary[FontSet, dict[tuple[str, str], Prepared]] = WeakKeyDictionary()


def prepared_line(
    text: str, role: str, fonts: FontSet, source: Mark | None = None, ink: Ink = BLACK
) -> Prepared:
    """Display copy prepared; UnsetCharacterError when no face has one of its characters."""
    piece = Piece(text, role, ink, source)
    found = _kept(piece, fonts)
    return found if found.sources == (piece,) else msgspec.structs.replace(found, sources=(piece,))


def _kept(piece: Piece, fonts: FontSet) -> Prepared:
    """A piece of display copy prepared, whatever ink and source it was first asked for with."""
    kept, key = _KEPT.setdefault(fonts, {}), (piece.text, piece.role)
    if key not in kept:
        kept[key] = prepare([piece], fonts, DISPLAY)
    return kept[key]


def display_line(text: str, look: Look, fonts: FontSet, source: Mark | None = None) -> TextLine:
    """One line of display type at x = 0, baseline 0; its width is its measure."""
    p = prepared_line(text, look.role, fonts, source, look.ink)
    gaps = [
        gap.natural + (look.tracking_em * 1000 if gap.stretch_step else 0) for gap in p.gaps[1:]
    ]
    spaced = look.tracking_em > WORD_GAP_EM
    setting = Setting(look.size, 0.0, 0.0, look.width_ratio, spaced)
    line = text_line(p, spread(p, 0, gaps), setting)
    return msgspec.structs.replace(line, measure=line.width)


def spaced_line(
    text: str, look: Look, width: float, fonts: FontSet, source: Mark | None = None
) -> TextLine:
    """Letters spaced evenly to a width, blanks counting as letters (pinyin under a nameplate)."""
    shaped = [fonts.unit(look.role, character) for character in text]
    natural = sum(unit.advance for unit in shaped) / 1000 * look.size
    gap = max(0.0, (width - natural) / max(1, len(text) - 1))
    pen, glyphs, xs = 0.0, [], []
    for unit in shaped:
        glyphs.append(unit.glyphs[0])
        xs.append(round(pen, 3))
        pen += unit.advance / 1000 * look.size + gap
    run = GlyphRun(
        face=shaped[0].face, size=look.size, glyphs=tuple(glyphs), xs=tuple(xs), text=text,
        clusters=tuple(range(len(text))), ink=look.ink, spaced=True, source=source,
    )  # fmt: skip
    end = round(pen - gap, 3)
    return TextLine(0.0, 0.0, end, end, 0.0, text, (run,))


def width_em(text: str, role: str, fonts: FontSet) -> tuple[float, int]:
    """A line's natural width in ems and the number of gaps tracking opens."""
    p = _kept(Piece(text, role), fonts)
    return (p.ends[-1] - p.starts[0]) / 1000, p.opens[-1]


# --- breaking by sense -----------------------------------------------------------------------


class Shape(Enum):
    """Of a head of several lines; growing and shrinking are deliberate (梯形, 倒梯形)."""

    EVEN = "even"
    GROWING = "growing"
    SHRINKING = "shrinking"


class Sense(msgspec.Struct, frozen=True):
    """What an editor asks of the lines: words never parted, and a shape."""

    lexicon: tuple[str, ...] = ()
    shape: Shape = Shape.EVEN


@cache
def broken(text: str, lines: int, sense: Sense = Sense()) -> tuple[str, ...] | None:  # noqa: B008
    """The text in so many lines, broken where sense allows, lines of similar length; or None."""
    if lines == 1:
        return (text,)
    places = _places(text, sense.lexicon)
    if len(places) < lines - 1:
        return None
    widths = _widths(text)
    best = min(
        combinations(sorted(places), lines - 1),
        key=lambda cuts: (_off_shape(widths, cuts, sense) + sum(places[c] for c in cuts), cuts),
    )
    return tuple(_PHRASE_SPACE.sub("　", part.strip(" 　")) for part in _parts(text, best))


def _parts(text: str, cuts: Sequence[int]) -> Iterator[str]:
    for start, end in zip((0, *cuts), (*cuts, len(text)), strict=True):
        yield text[start:end]


def _widths(text: str) -> list[float]:
    """Running width in ems before each offset, blanks counting nothing."""
    each = (0.0 if c in " \u3000" else 0.5 if ord(c) < 0x2E80 else 1.0 for c in text)
    return [0.0, *accumulate(each)]


def _off_shape(widths: Sequence[float], cuts: Sequence[int], sense: Sense) -> float:
    """How far, in ems, the lines are from the shape they should have."""
    edges = [0.0, *(widths[cut] for cut in cuts), widths[-1]]
    lengths = [b - a for a, b in pairwise(edges)]
    if sense.shape is Shape.EVEN:
        return max(lengths) - min(lengths)
    step = max(1.5, STEP * widths[-1] / len(lengths))
    step = step if sense.shape is Shape.GROWING else -step
    middle = (len(lengths) - 1) / 2
    wanted = (widths[-1] / len(lengths) + (k - middle) * step for k in range(len(lengths)))
    return sum(abs(a - b) for a, b in zip(lengths, wanted, strict=True))


@cache
def _places(text: str, lexicon: tuple[str, ...]) -> dict[int, float]:
    """Offsets where a line may begin, each with its cost in ems."""
    words, places, pairs = _word_edges(text, lexicon), {}, gap_table(DISPLAY).pairs
    phrased = any(mark in text.strip() for mark in " 　")
    depth, offset, before = 0, 0, None
    for space, unit, kind in units(text):
        start = offset + len(space)
        if before is not None and kind != Class.WIDE_SPACE:
            at_phrase = bool(space) or before == Class.WIDE_SPACE
            legal = pairs[Class.HAN if at_phrase else before][kind].breaks
            solid = before == kind == Class.LATIN and not space
            if legal and not solid:
                places[start] = _cost(at_phrase, before, words.get(start, _IN_WORD), depth)
                if phrased and not at_phrase and before != Class.DASH:
                    places[start] += _BESIDE_PHRASES
        depth += (kind == Class.OPEN) - (kind == Class.CLOSE)
        before, offset = kind, start + len(unit)
    outside = {place: cost for place, cost in places.items() if cost < _IN_WORD}
    return outside or places


def _cost(at_phrase: bool, before: Class, at_word: float, depth: int) -> float:
    if at_phrase:
        cost = _AT_PHRASE
    elif before in (Class.PAUSE, Class.STOP, Class.DASH):
        cost = _AT_MARK
    else:
        cost = at_word
    return cost + (_IN_QUOTE if depth > 0 else 0.0)


# Parts of speech as the segmenter tags them: what clings to the word before it (的了着过, 们),
# what clings to the one behind it (prepositions, conjunctions, attributes), persons, figures.
_CLINGS = frozenset({"uj", "ul", "uz", "ug", "ud", "uv", "k", "y", "f"})
_LEADS = frozenset({"p", "c", "d", "b", "r"})
_FIGURES = frozenset("〇零一二两三四五六七八九十百千万亿几数多余半")
_TITLES = (
    "总书记", "书记", "主席", "总理", "部长", "省长", "州长", "市长", "县长", "区长", "镇长",
    "乡长", "村长", "厅长", "局长", "处长", "科长", "主任", "院长", "校长", "所长", "站长",
    "社长", "会长", "秘书长", "董事长", "总经理", "经理", "总裁", "教授", "院士", "博士",
    "医生", "老师", "记者", "通讯员", "同志", "先生", "女士", "代表", "委员", "支书", "队长",
)  # fmt: skip


def _word_edges(text: str, lexicon: tuple[str, ...]) -> dict[int, float]:
    """Offsets of word edges, each with what a break there costs; the editor's words win."""
    edges: dict[int, float] = {}
    offset, before, kind_before = 0, "", ""
    for word, kind in tagged(text):
        edges[offset] = _AT_WORD + _tie((before, kind_before), (word, kind))
        offset, before, kind_before = offset + len(word), word, kind
    for word in lexicon:
        for match in re.finditer(re.escape(word), text):
            for inner in range(match.start() + 1, match.end()):
                edges.pop(inner, None)
            edges.setdefault(match.start(), _AT_WORD)
            edges.setdefault(match.end(), _AT_WORD)
    return edges


def _tie(before: tuple[str, str], after: tuple[str, str]) -> float:
    """What parting two words costs beyond any two: a name and its title, a figure and its unit."""
    (word, kind), (next_word, next_kind) = before, after
    person, next_person = kind.startswith("nr"), next_kind.startswith("nr")
    if (person and next_word.startswith(_TITLES)) or (next_person and word in _TITLES):
        return _TIED
    if kind == "m" and word[-1] not in _FIGURES and "\u4e00" <= word[-1] <= "\u9fff":
        return _LEADING  # its unit is in it (两家)
    if kind == "m" and (next_kind in ("m", "q", "n") or not next_word.isascii()):
        return _TIED
    if next_kind in _CLINGS:
        return _TIED
    if kind == "v" and (len(word) == 1 or next_kind[:1] in ("n", "m")):
        return _OBJECT
    if kind[:1] == "n" and (next_kind[:1] == "n" or next_kind == "vn"):
        return _LEADING
    return _LEADING if kind in _LEADS else 0.0


# --- fitting ---------------------------------------------------------------------------------


class Fitted(msgspec.Struct, frozen=True):
    """Lines of display type fitted to a measure: one look for all; `fill` of the longest line."""

    lines: tuple[str, ...]
    look: Look
    fill: float


def fit(
    lines: tuple[str, ...],
    look: Look,
    measure: float,
    sizes: tuple[float, float],
    fonts: FontSet,
) -> Fitted | None:
    """The largest size in the range (pt) at which all lines meet the measure; None if none does.

    Fitting order (composition rules 58): size down its range, then tracking to −3 %, then 长体 to
    88 %. A line short of its measure is tracked out by at most 8 %; when that and 扁体 to 108 %
    fill the measure, it is widened as well.
    """
    least, most = sizes
    widths = [width_em(line, look.role, fonts) for line in lines]
    longest, gaps = max(widths)
    size = min(most, _step_down(measure / longest))
    if size >= least:
        room = measure / size - longest
        tracking = min(TRACKING_MOST, room / gaps) if gaps else 0.0
        tracking = tracking if longest + tracking * gaps > 0.8 * measure / size else 0.0
        fill = (longest + tracking * gaps) * size / measure
        ratio = int(1000 / fill) / 1000 if 1 < 1 / fill <= RATIO_MOST and tracking > 0 else 1.0
        look = msgspec.structs.replace(
            look, size=size, tracking_em=round(tracking, 4), width_ratio=ratio
        )
        return Fitted(lines, look, fill * ratio)
    tight = longest + TRACKING_LEAST * gaps
    ratio = min(1.0, measure / (tight * least))
    if ratio < RATIO_LEAST:
        return None
    ratio = int(ratio * 1000) / 1000
    look = msgspec.structs.replace(look, size=least, tracking_em=TRACKING_LEAST, width_ratio=ratio)
    return Fitted(lines, look, tight * least * ratio / measure)


def _step_down(size: float) -> float:
    return int(size / SIZE_STEP) * SIZE_STEP
