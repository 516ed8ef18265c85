"""What each glyph says by itself, through ToUnicode alone: every variant says the copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from layout.compose import Paragraph, Piece, compose, prepare
from layout.compose.headline import Look, display_line
from layout.compose.spacing import MAINLAND
from layout.compose.vertical import vertical_line
from layout.fonts import FontSet
from layout.press import write_pdf
from layout.sheet.items import Group, Item, Sheet, TextLine, VerticalLine

from .samples import sheet

COPY = (
    "“‘半’角（标）点，”——全角……《书·名》：长破折号——连接号－～、－；五，一。"
    "今年10.5%的office affairs（internationalization）方面；"
)
HEAD = ("“满格”春耕：", "46——家Word", "《货》足，（价）稳……")
ROLES = ("song", "hei-bold", "kai-bold", "song-black")


def said(file: Path) -> Iterator[str]:
    """The text of each text object, code by code from the fonts' ToUnicode; ∎ where it has none."""
    with pikepdf.open(file) as document:
        page = document.pages[0]
        maps = {name: dict(_entries(font.ToUnicode.read_bytes().decode()))
                for name, font in page.resources.Font.items() if "/ToUnicode" in font}  # fmt: skip
        told, here = "", {}
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BT":
                    told = ""
                case "Tf":
                    here = maps[str(operands[0])]
                case "Tj" | "TJ":
                    parts = operands[0] if str(operator) == "TJ" else operands
                    for codes in (bytes(p) for p in parts if isinstance(p, pikepdf.String)):
                        for k in range(0, len(codes), 2):
                            told += here.get(int.from_bytes(codes[k : k + 2], "big"), "∎")
                case "ET":
                    yield told


def _entries(cmap: str) -> Iterator[tuple[int, str]]:
    for block in re.findall(r"beginbfchar\n(.*?)\nendbfchar", cmap, re.S):
        for code, text in re.findall(r"<(\w+)> <(\w+)>", block):
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be")


def lines(page: Sheet) -> Iterator[str]:
    for group, _, _ in page.walk():
        for item in group.items:
            if isinstance(item, (TextLine, VerticalLine)):
                yield "".join(run.text for run in item.runs)


def pressed(items: list[Item], fonts: FontSet, out: Path) -> Sheet:
    page = sheet(*items)
    write_pdf(page, fonts.faces, out)
    return page


def squeezed(texts: Iterator[str]) -> list[str]:
    return ["".join(text.split()) for text in texts]


@pytest.mark.parametrize("role", ROLES)
def test_horizontal_glyphs_say_the_copy(role: str, tmp_path: Path) -> None:
    fonts = FontSet()
    prepared = prepare([Piece(COPY, role)], fonts, MAINLAND)
    items: list[Item] = [line.line for line in compose(Paragraph(prepared, 9.0, 2.0), 9.0 * 12)]
    items.append(display_line(COPY[:12], Look(role, 20.0, 0.1, 0.9), fonts))
    page = pressed(items, fonts, tmp_path / "a.pdf")
    assert squeezed(said(tmp_path / "a.pdf")) == squeezed(lines(page))


@pytest.mark.parametrize("role", ROLES)
def test_vertical_glyphs_say_the_writers_marks(role: str, tmp_path: Path) -> None:
    fonts = FontSet()
    drawn = [vertical_line(text, Look(role, 20.0), fonts).at(100.0, 0.0) for text in HEAD]
    page = pressed([Group("head", "head", sheet().groups[0].box, tuple(drawn))], fonts,
                   tmp_path / "a.pdf")  # fmt: skip
    assert squeezed(said(tmp_path / "a.pdf")) == squeezed(lines(page)) == list(HEAD)
