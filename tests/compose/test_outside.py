"""What starts and ends no line according to others: Unicode, CSS, GB/T 15834 (outside.yaml).

Copy is really composed, at measures where a line would be full just before or just behind the
character if it might stand there. A failure lists the characters that did.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.compose import Kinsoku, Paragraph, Piece, Settings, compose, prepare
from layout.fonts import FontSet, OwnFace
from layout.fonts.manifest import stock
from tests.testfont import build

TABLES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("outside.yaml").read_text("utf-8"))
LEVELS = ("basic", "gb", "strict")
MEASURES = (3.5, 4.0, 4.5)  # around four hanzi: a mark may take half an em or a whole one
ENDS_NONE = ("OP", "PR")
STARTS_NONE = tuple(kind for kind in TABLES["unicode"] if kind not in ENDS_NONE)


def characters(codes: str) -> list[str]:
    """The characters of a row; a lone code of four digits is a number to YAML."""
    return [chr(int(code, 16)) for code in str(codes).split()]


def tailored(level: str) -> set[str]:
    rows = (row for row in TABLES["tailored"] if level in row["levels"])
    return {character for row in rows for character in characters(row["characters"])}


def every_character() -> str:
    rows = [*TABLES["unicode"].values(), *(row["characters"] for row in TABLES["css"])]
    return "".join(dict.fromkeys(c for row in rows for c in characters(row)))


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> FontSet:
    marks = every_character() + "〕〖〗［］｛｝／"
    face = build(tmp_path_factory.mktemp("outside") / "Outside.ttf", also=marks)
    return FontSet({role: [OwnFace(str(face))] for role in stock().roles})


def lines(text: str, level: str, fonts: FontSet) -> list[list[str]]:
    """The text's lines at each measure."""
    prepared = prepare([Piece(text, "song")], fonts, Settings(kinsoku=Kinsoku[level.upper()]))
    paragraph = Paragraph(prepared, 1.0, 0.0)
    return [[set_.line.text for set_ in compose(paragraph, measure)] for measure in MEASURES]


def starts(mark: str, level: str, fonts: FontSet) -> bool:
    found = lines(f"天地玄黄{mark}宇宙洪荒日月盈", level, fonts)
    return any(line.startswith(mark) for setting in found for line in setting)


def ends(mark: str, level: str, fonts: FontSet) -> bool:
    found = lines(f"天地玄{mark}黄宇宙洪荒日月盈", level, fonts)
    return any(line.endswith(mark) for setting in found for line in setting)


def named(marks: list[str]) -> str:
    return " ".join(f"{mark} {ord(mark[0]):04X}" for mark in marks)


@pytest.mark.parametrize("kind", TABLES["unicode"])
def test_measures_force_the_break(kind: str, fonts: FontSet) -> None:
    """Without kinsoku every character does stand there, so that the tests below prove something."""
    stands = ends if kind in ENDS_NONE else starts
    marks = characters(TABLES["unicode"][kind])
    assert not named([mark for mark in marks if not stands(mark, "none", fonts)])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", STARTS_NONE)
def test_unicode_class_starts_no_line(kind: str, level: str, fonts: FontSet) -> None:
    own = tailored(level)
    marks = [mark for mark in characters(TABLES["unicode"][kind]) if mark not in own]
    assert not named([mark for mark in marks if starts(mark, level, fonts)])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", ENDS_NONE)
def test_unicode_class_ends_no_line(kind: str, level: str, fonts: FontSet) -> None:
    own = tailored(level)
    marks = [mark for mark in characters(TABLES["unicode"][kind]) if mark not in own]
    assert not named([mark for mark in marks if ends(mark, level, fonts)])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("row", TABLES["css"], ids=lambda row: row["group"])
def test_css_line_break(row: dict[str, Any], level: str, fonts: FontSet) -> None:
    if row["strict" if level == "strict" else "normal"]:
        return
    own = tailored(level)
    marks = [mark for mark in characters(row["characters"]) if mark not in own]
    assert not named([mark for mark in marks if starts(mark, level, fonts)])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("row", TABLES["gb"], ids=lambda row: row["clause"])
def test_gb(row: dict[str, Any], level: str, fonts: FontSet) -> None:
    if level in row["levels"]:
        assert not named([m for m in row.get("starts_none", ()) if starts(m, level, fonts)])
        assert not named([m for m in row.get("ends_none", ()) if ends(m, level, fonts)])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mark", TABLES["whole"])
def test_gb_keeps_whole(mark: str, level: str, fonts: FontSet) -> None:
    for before in ("天地玄", "天地玄黄", "天地玄黄宇"):
        for setting in lines(f"{before}{mark}洪荒日月盈昃辰", level, fonts):
            assert sum(mark in line for line in setting) == 1


@pytest.mark.parametrize("level", LEVELS)
def test_tailorings_are_needed(level: str, fonts: FontSet) -> None:
    loose = [m for m in tailored(level) if starts(m, level, fonts) or ends(m, level, fonts)]
    assert set(loose) == tailored(level)


@pytest.mark.parametrize("kind", TABLES["unicode"])
def test_recorded_classes_are_unicode_s(kind: str) -> None:
    data = pytest.importorskip("unicodedataplus", reason="the table is recorded; this checks it")
    found = {mark: data.line_break(mark) for mark in characters(TABLES["unicode"][kind])}
    assert set(found.values()) == {kind}
