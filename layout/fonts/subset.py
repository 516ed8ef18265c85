"""Glyphs of a face → the font program a PDF embeds.

In: a HarfBuzz face, the values its axes are pinned to, glyph ids. Out: a bare `CFF ` table whose
glyphs are called by their numbers in the face, or a TrueType file and where each glyph stands in
it. Rules: ISO 32000-1 9.7.4.2 (CID → glyph) and 9.9 (embedding); figures for the flags are in
reference/fonts.md 2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import uharfbuzz as hb

from layout.fonts.charset import with_cids

# Layout is done and characters are in ToUnicode: a CID font needs outlines and widths only.
DROPPED = tuple(int.from_bytes(name, "big") for name in (
    b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"STAT", b"VORG", b"VVAR", b"avar",
    b"cmap", b"gasp", b"meta", b"name", b"post", b"vhea", b"vmtx",
))  # fmt: skip

# CFF_IDENTITY_CHARSET: without it PDF readers look the codes up in the old charset and draw wrong
# characters, though text extraction is right. DESUBROUTINIZE: smaller once deflated, and faster.
# Hints: plates have 1,270 dpi and more.
FLAGS = (
    hb.SubsetFlags.CFF_IDENTITY_CHARSET
    | hb.SubsetFlags.DESUBROUTINIZE
    | hb.SubsetFlags.DOWNGRADE_CFF2
    | hb.SubsetFlags.NO_HINTING
    | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    | hb.SubsetFlags.NOTDEF_OUTLINE
)
# A CFF that knows its glyphs by name is asked for them by number: each has to keep its own.
NUMBERED = FLAGS | hb.SubsetFlags.RETAIN_GIDS


class FontProgram(msgspec.Struct, frozen=True):
    """A subset as it is embedded; `cff` says which kind.

    `box` is left, bottom, right, top of the ink, in font units, as the program's `head` has it.
    `places` is where glyphs of the face stand in a TrueType program.
    """

    program: bytes
    cff: bool
    box: tuple[int, int, int, int]
    places: Mapping[int, int]


def subset(
    hb_face: hb.Face,
    axes: Mapping[str, float],
    glyphs: Iterable[int],
    texts: Mapping[int, str] | None = None,
) -> FontProgram:
    """These glyphs (and .notdef), the axes pinned in the same step.

    Codes are the face's glyph numbers in every subset, so text can be written before one is cut.
    Only name-keyed CFF has empty glyphs for that. `texts` is what glyphs stand for, as far as it is
    known: it saves time and changes nothing.
    """
    wanted = _input(hb_face, axes, [0, *sorted(glyph for glyph in glyphs if glyph)], texts or {})
    compact = _cut(hb_face, wanted, FLAGS)
    if not compact.cff:
        return compact
    if (named := with_cids(compact.program, list(compact.places))) is not None:
        return msgspec.structs.replace(compact, program=named)
    return _cut(hb_face, wanted, NUMBERED)


def _input(
    hb_face: hb.Face, axes: Mapping[str, float], glyphs: Sequence[int], texts: Mapping[int, str]
) -> hb.SubsetInput:
    wanted = hb.SubsetInput()
    if characters := _characters(hb_face, glyphs, texts):
        wanted.unicode_set.update(characters)
    else:
        wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(DROPPED)
    for axis, value in sorted(axes.items()):
        wanted.pin_axis_location(hb_face, axis, value)
    return wanted


def _characters(
    hb_face: hb.Face, glyphs: Sequence[int], texts: Mapping[int, str]
) -> list[int] | None:
    """The characters these glyphs belong to, if each belongs to one.

    Asked for characters alone HarfBuzz looks up theirs; asked for one glyph it turns round the
    whole character map first, 1.5 ms for the 30,000 of a Chinese face.
    """
    wanted = glyphs[1:]  # .notdef is kept whatever is asked for
    said = [texts.get(glyph, "") for glyph in wanted]
    if any(len(text) != 1 for text in said):
        return None
    characters = list(map(ord, said))
    found = list(map(hb.Font(hb_face).get_nominal_glyph, characters))
    return characters if found == list(wanted) else None


def _cut(hb_face: hb.Face, wanted: hb.SubsetInput, flags: hb.SubsetFlags) -> FontProgram:
    wanted.flags = flags
    plan = hb.SubsetPlan(hb_face, wanted)
    cut = plan.execute()
    cff = "CFF " in cut.table_tags
    program = cut.reference_table("CFF ") if cff else cut.blob
    head = bytes(cut.reference_table("head").data)
    places = {old: new for new, old in sorted(plan.new_to_old_glyph_mapping.items())}
    return FontProgram(bytes(program.data), cff, struct.unpack(">4h", head[36:44]), places)
