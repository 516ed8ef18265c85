"""normalise.md's cases, and what holds of any copy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layout.findings import InputError, Mark
from layout.issue import load
from layout.issue.normalise import Change, Places, clean_line, log, normalise
from layout.issue.rules import suspect
from tests.issue.folder import GOOD, write


def spelt(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})|\\\\", lambda m: chr(int(m[1], 16)) if m[1] else "\\", text)


CASES = [
    [spelt(part) for part in line.removeprefix("- ").split(" → ")]
    for line in Path(__file__).with_name("normalise.md").read_text("utf-8").splitlines()
    if line.startswith("- ")
]
_DIRT = st.text(
    "昌吉州买提一，。、；：！？“”‘’（）《》,.:;!?()\"'-—－─…·・•~～AIf5301０：．％"
    " \u3000\u00a0\u200b\t*#>\\\n",
    max_size=60,
)


def test_there_are_many() -> None:
    assert len(CASES) >= 160
    assert len({case[0] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case[0]))
def test_case(case: list[str]) -> None:
    typed, wanted = case[0], case[-1]
    clean, changes = normalise(typed, "a.md", 1)
    assert clean == wanted
    assert bool(changes) == (typed != wanted)
    assert normalise(clean, "a.md", 1) == (clean, []), "clean copy stays as it is"


@settings(max_examples=400, deadline=None)
@given(_DIRT)
@example("。\n\u200b\n“\n\n“")
@example('"昌"\n\u3000\n"')
def test_twice_is_once(text: str) -> None:
    clean, changes = normalise(text, "a.md", 1)
    assert clean.count("\n") == text.count("\n"), "lines stay lines"
    assert normalise(clean, "a.md", 1) == (clean, [])
    assert _redone(text, changes) == clean, "the log is the difference"


@settings(max_examples=200, deadline=None)
@given(_DIRT.map(lambda text: text.replace("\n", "").replace("\t", "").strip()))
def test_display_lines_twice_is_once(text: str) -> None:
    clean, _ = clean_line(text)
    assert clean_line(clean) == (clean, [])
    assert suspect(text) or clean == text


def _redone(text: str, changes: list[Change]) -> str:
    lines = text.split("\n")
    for change in reversed(changes):
        line, at = change.mark.line - 1, change.mark.column - 1
        assert lines[line].startswith(change.before, at)
        lines[line] = lines[line][:at] + change.after + lines[line][at + len(change.before) :]
    return "\n".join(lines)


_PROTECTED = (
    "https://www.cjxw.cn/a,b;c?d=e:f", "www.cjxw.cn/x", "cjrb@sina.com", "10:30", "3:2", "10.5",
    "1,250", "1,250,000.5", "2025/2/24", "2025-02-24", "0994-2345678", "400-123-4567", "V2.0.1",
    "`a,b`", "#昌吉:好#", "报名表(2025).docx", "65—0010", "978-7-5000-0000-1", "f(x)", "5G-A",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("昌吉州，。,:;!?“”…", min_size=1), st.sampled_from(_PROTECTED)),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_what_is_protected_stays(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"昌{before}吉，{kept}，吉" for before, kept in parts)
    clean, _ = normalise(text, "a.md", 1)
    for kept in {kept for _, kept in parts}:
        assert clean.count(kept) == text.count(kept)


def test_the_log_says_where() -> None:
    _, changes = normalise("第一行。\n第二行,好\n\n　　又说...好 ,", "a.md", 7)
    assert [(str(c.mark), c.before, c.after) for c in changes] == [
        ("a.md:8:4", ",", "，"),
        ("a.md:10:1", "　　", ""),
        ("a.md:10:5", "...", "……"),
        ("a.md:10:9", " ,", "，"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (",", "，", "“,” set as “，”"),
        ("\u3000\u3000", "", "a full-width blank removed"),
        ("\u00a0", " ", "a no-break blank set as “ ”"),
        ("\u200b", "", "U+200B removed"),
        ("''", "“", "“''” set as ““”"),
    ],
)
def test_the_log_names_what_no_eye_sees(before: str, after: str, said: str) -> None:
    assert log(Change(Mark("a.md"), before, after)).message == said


def test_places_behind_a_change_are_those_of_the_file() -> None:
    text = "说...好,“没完"
    clean, changes = normalise(text, "a.md", 1)
    places = Places(changes)
    for sign in "说好“没完":
        there = places.source(Mark("a.md", 1, clean.index(sign) + 1))
        assert there == Mark("a.md", 1, text.index(sign) + 1)
    assert places.source(Mark("a.md", 2, 5)) == Mark("a.md", 2, 5)


def test_an_issue_says_what_it_mended_and_what_it_doubts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = "---\nheadline: '第一条,新''闻'\n---\n　　正文...第一段,“没完。\n"
    write(tmp_path, {"a.md": story})
    monkeypatch.chdir(tmp_path)
    issue = load("issue.yaml")
    assert issue.pages[0].stories[0].headline.text == "第一条，新'闻"
    block = issue.pages[0].stories[0].blocks[0]
    assert block.text == "正文……第一段，“没完。"
    assert str(block.mark) == "a.md:4:3"
    fix = "`render check --fix` writes it back"
    assert [str(f) for f in issue.findings] == [
        f"a.md:4:1: a full-width blank removed – {fix}",
        f"a.md:4:5: “...” set as “……” – {fix}",
        f"a.md:4:11: “,” set as “，” – {fix}",
        f"a.md:2:15: “,” set as “，” – {fix}",
        "a.md:4:12: “ is not closed – give it its partner",
    ]


def test_a_byte_order_mark_between_files_put_together(tmp_path: Path) -> None:
    path = write(tmp_path, {"a.md": GOOD["a.md"].replace("正文", "正\ufeff文")})
    assert load(path).pages[0].stories[0].blocks[0].text == "正文第一段。"
    path = write(tmp_path, {"a.md": GOOD["a.md"].replace("第一条", "第\ufeff一条")})
    with pytest.raises(InputError, match=r"a\.md:2:12: control character U\+FEFF – delete it"):
        load(path)
