"""Font programs read back by fontTools: a glyph stands under the number the page calls it by."""

from __future__ import annotations

import io

import pytest
import uharfbuzz as hb
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from layout.fonts.charset import with_cids
from layout.fonts.manifest import stock
from layout.fonts.subset import subset

SONG = stock().faces["NotoSerifSC-Regular"].path
SAMPLE = "一国昌吉，。“"


@pytest.fixture(scope="module")
def source() -> TTFont:
    assert SONG
    return TTFont(SONG)


@pytest.fixture(scope="module")
def glyphs(source: TTFont) -> list[int]:
    names = source.getBestCmap()
    return sorted(source.getGlyphID(names[ord(character)]) for character in SAMPLE)


@pytest.fixture(scope="module")
def program(glyphs: list[int]) -> bytes:
    return subset(hb.Face(hb.Blob.from_file_path(SONG)), {}, reversed(glyphs)).program


def read(program: bytes) -> CFFFontSet:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    return fonts


def drawn(glyph: object) -> list:
    pen = RecordingPen()
    glyph.draw(pen)  # type: ignore[attr-defined]
    return pen.value


def test_a_cid_is_the_faces_own_glyph_number(program: bytes, glyphs: list[int]) -> None:
    assert read(program)[0].charset == [".notdef", *(f"cid{glyph:05d}" for glyph in glyphs)]


def test_outlines_are_those_of_the_face(program: bytes, glyphs: list[int], source: TTFont) -> None:
    cut, whole = read(program)[0].CharStrings, source.getGlyphSet()
    for glyph in glyphs:
        name = source.getGlyphName(glyph)
        assert drawn(cut[f"cid{glyph:05d}"]) == drawn(whole[name])


def test_what_is_not_used_takes_no_room(program: bytes) -> None:
    assert len(program) < 1000 * len(SAMPLE)


def test_another_charset_leaves_the_outlines(program: bytes, glyphs: list[int]) -> None:
    numbers = range(7, 7 + len(glyphs))
    renamed = with_cids(program, [0, *numbers])
    assert renamed
    before, after = read(program)[0].CharStrings, read(renamed)[0].CharStrings
    for glyph, number in zip(glyphs, numbers, strict=True):
        assert drawn(after[f"cid{number:05d}"]) == drawn(before[f"cid{glyph:05d}"])


def test_asking_by_character_gives_the_same_bytes(glyphs: list[int], source: TTFont) -> None:
    texts = {source.getGlyphID(source.getBestCmap()[ord(c)]): c for c in SAMPLE}
    face = hb.Face(hb.Blob.from_file_path(SONG))
    plain = subset(face, {}, glyphs)
    assert subset(face, {}, glyphs, texts) == plain
    assert subset(face, {}, glyphs, texts | {glyphs[0]: "国"}) == plain  # says another's character
    assert subset(face, {}, glyphs, dict.fromkeys(glyphs, "")) == plain
