from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from layout.fonts import FontSet, MissingCharacterError, OwnFace
from layout.fonts.manifest import stock
from tests.testfont import build


def test_manifest_names_licence_and_hash_of_every_face() -> None:
    for face in stock().faces.values():
        assert face.licence == "OFL-1.1"
        assert len(face.sha256) == 64
    for chain in stock().roles.values():
        assert chain


def test_pip_faces_are_the_pinned_ones() -> None:
    for face in stock().faces.values():
        if face.registry == "pip":
            assert face.path
            assert hashlib.sha256(face.path.read_bytes()).hexdigest() == face.sha256


def test_without_npm_faces_a_page_is_set_and_the_substitutes_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUIKAI_FONT_CACHE", str(tmp_path))
    fonts = FontSet()
    said = [str(f) for f in fonts.findings]
    assert any("NotoSerifSC-Black for role song-black" in s and "NotoSansSC-900" in s for s in said)
    assert fonts.unit("song-black", "昌").face == "NotoSansSC-900"
    assert fonts.unit("kai", "昌").face == "NotoSerifSC-Regular"
    assert fonts.unit("brush", "昌").face == "NotoSansSC-900"


def test_dash_and_ellipsis_are_two_ems() -> None:
    fonts = FontSet()
    for role in stock().roles:
        for pair in ("——", "……"):
            assert fonts.unit(role, pair).advance == 2000


def test_quotes_are_a_whole_em_whatever_the_face() -> None:
    fonts = FontSet()
    for role in stock().roles:
        assert fonts.unit(role, "“").advance == 1000


def test_a_face_of_the_papers_own_comes_first(tmp_path: Path) -> None:
    own = build(tmp_path / "Paper Song.ttf")
    fonts = FontSet({"song": [OwnFace(str(own))]})
    assert fonts.unit("song", "天").face == "PaperSong"
    assert fonts.unit("song", "〆").face == "NotoSerifSC-Regular"
    assert fonts.role_of("PaperSong") == "song"
    assert fonts.faces["PaperSong"].sha256 == hashlib.sha256(own.read_bytes()).hexdigest()


def test_a_latin_face_sets_words_and_figures_of_the_body(tmp_path: Path) -> None:
    fonts = FontSet({"latin": [OwnFace(str(build(tmp_path / "Latin.ttf")))]})
    assert fonts.latin_units("song")["2025"].face == "Latin"
    assert fonts.latin_units("song")["5G-A"].face == "Latin"
    assert fonts.unit("song", "天").face == fonts.unit("song", "，").face == "NotoSerifSC-Regular"
    assert fonts.unit("hei-bold", "2025").face == "NotoSansSC-700"


def test_a_collection_opens_by_index(tmp_path: Path) -> None:
    first, second = build(tmp_path / "a.ttf", without="天"), build(tmp_path / "b.ttf")
    collection = TTCollection()
    collection.fonts = [TTFont(first), TTFont(second)]
    collection.save(tmp_path / "both.ttc")
    fonts = FontSet({"song": [OwnFace(str(tmp_path / "both.ttc"), 1)]})
    assert fonts.unit("song", "天").face == "both-1"


def test_woff_opens(tmp_path: Path) -> None:
    font = TTFont(build(tmp_path / "a.ttf"))
    font.flavor = "woff"
    font.save(tmp_path / "a.woff")
    fonts = FontSet({"song": [OwnFace(str(tmp_path / "a.woff"))]})
    assert fonts.unit("song", "天").face == "a"


def test_missing_character_names_the_faces_tried() -> None:
    with pytest.raises(MissingCharacterError) as caught:
        FontSet().unit("song", "\U0010fffd")
    assert "NotoSerifSC-Regular" in str(caught.value)
    assert "U+10FFFD" in str(caught.value)


def test_the_test_font_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    one, other = build(tmp_path / "1.ttf").read_bytes(), build(tmp_path / "2.ttf").read_bytes()
    assert one == other
    assert TTFont(io.BytesIO(one))["head"].unitsPerEm == 1000
