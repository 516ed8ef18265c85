"""Glyphs of a face → the font program a PDF embeds.

In: a HarfBuzz face, the values its axes are pinned to, glyph ids. Out: a bare `CFF ` table or a
TrueType file in which every glyph keeps its number. Rules: ISO 32000-1 9.7.4.2 (CID → glyph) and
9.9 (embedding); figures for the flags are in reference/fonts.md 2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping

import msgspec
import uharfbuzz as hb

from layout.fonts.charset import with_cids

# Layout is done and characters are in ToUnicode: a CID font needs outlines and widths only.
DROPPED = (
    "BASE", "DSIG", "GDEF", "GPOS", "GSUB", "OS/2", "STAT", "VORG", "VVAR", "avar", "cmap", "gasp",
    "meta", "name", "post", "vhea", "vmtx",
)  # fmt: skip

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
# Codes are the same in every subset, and text can be written before the subset is known. CID-keyed
# CFF says so in its charset instead: thirty thousand empty glyphs cost 80 KB and 4 ms a page.
NUMBERED = FLAGS | hb.SubsetFlags.RETAIN_GIDS


class FontProgram(msgspec.Struct, frozen=True):
    """A subset as it is embedded; `cff` says which kind.

    `box` is left, bottom, right, top of the ink, in font units, as the program's `head` has it.
    """

    program: bytes
    cff: bool
    box: tuple[int, int, int, int]


def subset(hb_face: hb.Face, axes: Mapping[str, float], glyphs: Iterable[int]) -> FontProgram:
    """These glyphs (and .notdef) under their own numbers, the axes pinned in the same step."""
    kept = [0, *sorted(glyph for glyph in glyphs if glyph)]
    if not {"CFF ", "CFF2"} & {*hb_face.table_tags}:
        return _program(_cut(hb_face, axes, kept, NUMBERED))
    compact = _program(_cut(hb_face, axes, kept, FLAGS))
    if (named := with_cids(compact.program, kept)) is not None:
        return msgspec.structs.replace(compact, program=named)
    return _program(_cut(hb_face, axes, kept, NUMBERED))


def _cut(
    hb_face: hb.Face, axes: Mapping[str, float], glyphs: Iterable[int], flags: hb.SubsetFlags
) -> hb.Face:
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(map(_tag, DROPPED))
    wanted.flags = flags
    for axis, value in sorted(axes.items()):
        wanted.pin_axis_location(hb_face, axis, value)
    return hb.subset(hb_face, wanted)


def _program(cut: hb.Face) -> FontProgram:
    cff = "CFF " in cut.table_tags
    program = cut.reference_table("CFF ") if cff else cut.blob
    head = bytes(cut.reference_table("head").data)
    return FontProgram(bytes(program.data), cff, struct.unpack(">4h", head[36:44]))


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")
