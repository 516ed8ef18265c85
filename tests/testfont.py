"""The test font: every expected position is arithmetic.

Hanzi exactly 1 em, Latin ½ em, space ¼; each mark on 1 em with its ink in the half CLREQ says (，。
left, “（ right; in vertical forms upper right and lower). Built in memory with fixed dates: nothing
is downloaded for composition tests.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

UPEM = 1000
LEFT_INK = "，。、；：！？”’）》〉」』】〕"
RIGHT_INK = "“‘（《〈「『【〔"
WHOLE_INK = "—…～／□％￥々"
# Marks with a form half an em wide for Latin text (feature pwid).
PROPORTIONAL = "“”‘’—…·"
LATIN = "".join(map(chr, range(0x21, 0x7F))) + "–éü℃"
HANZI = range(0x4E00, 0x9FA6)
VERTICAL = {"left": "upper", "right": "lower", "whole": "tall"}
FIXED_DATE = 3_800_000_000  # seconds since 1904, any constant


def _box(left: int, right: int, top: int = 880, foot: int = -120) -> Glyph:
    pen = TTGlyphPen(None)
    pen.moveTo((left, foot))
    pen.lineTo((left, top))
    pen.lineTo((right, top))
    pen.lineTo((right, foot))
    pen.closePath()
    return pen.glyph()


def build(path: Path, *, without: str = "", also: str = "", vertical: bool = True) -> Path:
    """Write the font; `without` leaves characters out, `also` adds some, drawn on a whole em.

    One that is not `vertical` has neither vertical forms nor vertical metrics.
    """
    glyphs = {
        ".notdef": (1000, _box(0, 1000)),
        "space": (250, TTGlyphPen(None).glyph()),
        "han": (1000, _box(40, 960)),
        "left": (1000, _box(60, 440, 300)),
        "right": (1000, _box(560, 940)),
        "whole": (1000, _box(0, 1000, 400)),
        "latin": (500, _box(30, 470, 700)),
        "dot": (330, _box(100, 230, 400)),
        "upper": (1000, _box(560, 940, 820, 440)),
        "lower": (1000, _box(60, 440, 320, -60)),
        "tall": (1000, _box(480, 520)),
    }
    cmap = dict.fromkeys(map(ord, also), "whole")
    cmap |= dict.fromkeys(HANZI, "han") | {0x20: "space", 0x3000: "space", ord("·"): "dot"}
    for marks, name in ((LEFT_INK, "left"), (RIGHT_INK, "right"), (WHOLE_INK, "whole")):
        cmap |= dict.fromkeys(map(ord, marks), name)
    cmap |= dict.fromkeys(map(ord, LATIN), "latin")
    turned = dict(VERTICAL)
    for k, mark in enumerate(PROPORTIONAL):
        name, plain = f"mark{k}", cmap[ord(mark)]
        glyphs[name], cmap[ord(mark)] = glyphs[plain], name
        if plain in VERTICAL:
            turned[name] = VERTICAL[plain]
    for character in without:
        cmap.pop(ord(character), None)
    builder = FontBuilder(UPEM, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(cmap)
    builder.setupGlyf({name: glyph for name, (_, glyph) in glyphs.items()})
    drawn = builder.font["glyf"]
    metrics = {n: (width, getattr(drawn[n], "xMin", 0)) for n, (width, _) in glyphs.items()}
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    marks = " ".join(f"mark{k}" for k in range(len(PROPORTIONAL)))
    features = f"feature pwid {{ sub [{marks}] by latin; }} pwid;"
    if vertical:
        _add_vertical_metrics(builder)
        rules = "".join(f"sub {a} by {b};" for a, b in turned.items())
        features += f"feature vert {{ {rules} }} vert;"
    builder.addOpenTypeFeatures(features)
    builder.setupNameTable({"familyName": "Duikai Test", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    head = builder.font["head"]
    head.created = head.modified = FIXED_DATE
    builder.font.recalcTimestamp = False
    builder.save(path)
    return path


def _add_vertical_metrics(builder: FontBuilder) -> None:
    """Every cell from 0.88 em above the baseline."""
    drawn = builder.font["glyf"]
    tops = {name: 880 - getattr(drawn[name], "yMax", 880) for name in builder.font.getGlyphOrder()}
    builder.setupVerticalMetrics({name: (1000, top) for name, top in tops.items()})
    builder.setupVerticalHeader(ascent=500, descent=-500)
