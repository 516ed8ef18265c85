"""House style as tables: which face, what size, by rank of the story and part of the page.

Sizes are those of a broadsheet set in 小五 and grow or shrink with the sheet (`scale`). A rank's
sizes never reach above the rank before it, so that headlines fall in size down the page. Faces
alternate 宋 and 黑, so that neighbours differ in colour (practice B.4, craft: 碰题).
"""

from __future__ import annotations

from math import sqrt

import msgspec

from layout.compose import Dot
from layout.compose.headline import Shape
from layout.compose.inline import INK_FOOT_EM, INK_TOP_EM
from layout.issue.model import BlockKind, HeadShape, SpanStyle
from layout.sheet.items import BLACK, Grid, Ink

REFERENCE_WIDTH = 992.0  # pt: a type area of 350 mm


class HeadStyle(msgspec.Struct, frozen=True):
    """A rank's headline: role and size range (pt) of the main lines; roles of kicker and deck.

    `shape` and `ink` are the editor's, of its main lines.
    """

    role: str
    least: float
    most: float
    kicker_role: str = "hei-medium"
    deck_role: str = "kai-bold"
    shape: Shape = Shape.EVEN
    ink: Ink = BLACK


HEADS = (
    HeadStyle("song-black", 44, 62),
    HeadStyle("song-bold", 32, 42),
    HeadStyle("hei-bold", 28, 36),
    HeadStyle("song-bold", 25, 32),
    HeadStyle("hei-bold", 23, 28),
    HeadStyle("song-bold", 21, 25),
    HeadStyle("hei-medium", 19, 23, kicker_role="kai-bold"),
    HeadStyle("song-bold", 17, 21),
    HeadStyle("hei-medium", 15, 19, kicker_role="kai-bold"),
)
# Kicker and deck at least one grade, usually two, under the main head (practice B.4; rule 59).
KICKER_EM, KICKER_LIMITS = 0.46, (12.0, 26.0)
DECK_EM, DECK_LIMITS = 0.44, (11.5, 22.0)
# Air inside a head, in points at reference size: over it, between its parts, under it. Whatever is
# left up to a whole body line is shared out in the same proportion.
AIR_ABOVE, AIR_BETWEEN, AIR_BELOW = 13.0, 7.0, 11.0
LINE_GAP_EM = 0.22  # between two lines of one head

SMALLEST_COLOURED = 12.0  # pt, of type in more than one ink (craft, On the plate)

JUMP_ROLE = "kai"  # 下转

SPAN_ROLES = {
    SpanStyle.PLAIN: "song",
    SpanStyle.STRONG: "hei-medium",
    SpanStyle.EMPHASIS: "kai",
}
BLOCK_ROLES = {BlockKind.QUOTE: "kai", BlockKind.SUBHEAD: "hei-bold"}
DATELINE_ROLE, BYLINE_ROLE = "hei-bold", "kai-bold"
TABLE_HEAD_ROLE = "hei-medium"
CAPTION_ROLE, CREDIT_ROLE = "kai-bold", "kai-bold"
CAPTION_EM = 1.0

# Emphasis dots (着重号) are a fifth of an em on generous leading, as CLREQ's figures have them; on
# tighter leading half of the white between two lines of hanzi, a third of what is left above them
# and two thirds below, so that they belong to their own line and never touch the next.
DOT_EM, DOT_SHARE, DOT_ABOVE = 0.2, 0.5, 1 / 3
# In a table a rule may stand below them.
TABLE_DOT_SHARE, TABLE_DOT_ABOVE = 0.3, 0.14

HAIRLINE = 0.35  # pt; craft: no rule below 0.25
THIN, THICK = 0.5, 2.0
TABLE_RULES = (THIN, HAIRLINE)  # over the header and at the foot; under the header


def head_style(
    rank: int, grid: Grid, shape: HeadShape = HeadShape.EVEN, ink: Ink = BLACK
) -> HeadStyle:
    """Of a story by its rank from 1, scaled to the sheet."""
    style = HEADS[min(rank, len(HEADS)) - 1]
    by = scale(grid)
    return msgspec.structs.replace(
        style, least=style.least * by, most=style.most * by, shape=Shape(shape.value), ink=ink
    )


def emphasis_dot(grid: Grid, *, in_table: bool = False) -> Dot:
    """Diameter and place of the dots under body type on this leading."""
    white = max(0.0, grid.leading / grid.size - INK_FOOT_EM - INK_TOP_EM)
    diameter = min(DOT_EM, (TABLE_DOT_SHARE if in_table else DOT_SHARE) * white)
    above = TABLE_DOT_ABOVE if in_table else DOT_ABOVE
    drop = INK_FOOT_EM + (white - diameter) * above + diameter / 2
    return Dot(round(diameter, 4), round(drop, 4))


def scale(grid: Grid) -> float:
    """1 on a broadsheet; the root of the width's ratio, since small pages are read no closer."""
    return round(sqrt(grid.type_area.width / REFERENCE_WIDTH), 2)
