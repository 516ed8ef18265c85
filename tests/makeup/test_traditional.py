"""A paper in traditional characters: the tool's own words, and the language of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from layout.fonts import FontSet
from layout.issue import load
from layout.makeup import Made, make_up
from layout.render import Options, render
from layout.sheet.items import TextLine
from tests.makeup.test_page import SIX, folder

LEAD = {"a": 3600}


def issue(tmp_path: Path) -> Path:
    found = folder(tmp_path, SIX | LEAD, front="jump: 2\n")
    found.write_text(
        found.read_text("utf-8").replace("date: 2025-02-25", "date: 2025-08-01")
        + "  - name: 乙\n    stories: []\n", "utf-8",
    )  # fmt: skip
    (tmp_path / "publication.yaml").write_text(
        "name: 天地日報\ncode: TD\nscript: traditional\nregistration: CN 65—0010\n"
        "postal_code: 57—103\n"
        "hotline: '2881100'\nemail: a@b.cn\nprice: 1元\n"
        "sheet: {columns: 6, measure: 17字, size: 小五, lines: 120}\n"
        "composition: {marks_stand: centred}\n", "utf-8",
    )  # fmt: skip
    return found


def said(pages: list[Made]) -> Iterator[str]:
    for page in pages:
        for group, _, _ in page.sheet.walk():
            yield from (item.text for item in group.items if isinstance(item, TextLine))


def test_the_tools_words_are_traditional(tmp_path: Path, test_fonts: FontSet) -> None:
    text = "\n".join(said(make_up(load(issue(tmp_path)), test_fonts)))
    for words in ("總第1期", "國內統一刊號", "郵發代號", "24小時新聞熱線", "零售價", "下轉第2版",
                  "上接第1版", "閏六月"):  # fmt: skip
        assert words in text, words
    for simplified in "总国号邮热线转价":
        assert simplified not in text


def test_the_file_says_its_language(tmp_path: Path) -> None:
    (page, *_) = render(issue(tmp_path), Options(output=tmp_path / "out", pages=(1,))).files
    with pikepdf.open(page) as pdf:
        assert pdf.Root.Lang == "zh-Hant"
