from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.issue import fixed, load
from layout.issue.normalise import normalise, repeated, unbalanced
from tests.issue.folder import GOOD, write

CASES = [
    line.removeprefix("- ").split(" → ")
    for line in Path(__file__).with_name("normalise.md").read_text("utf-8").splitlines()
    if line.startswith("- ")
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_case(case: list[str]) -> None:
    typed, wanted = case[0], case[-1]
    clean, changes = normalise(typed, "a.md", 1)
    assert clean == wanted
    assert bool(changes) == (typed != wanted)
    assert normalise(clean, "a.md", 1) == (clean, []), "clean copy stays as it is"


@given(st.text("昌吉，。,.:!?()“”\"'-—…AI5 10%\n*", max_size=60))
def test_twice_is_once(text: str) -> None:
    clean, _ = normalise(text, "a.md", 1)
    assert clean.count("\n") == text.count("\n")


def test_the_log_says_where() -> None:
    _, changes = normalise("第一行。\n第二行,好", "a.md", 7)
    assert [(str(c.mark), c.before, c.after) for c in changes] == [("a.md:8:4", ",", "，")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("他说“好。", [(2, "“ is not closed")]),
        ("他说好”。", [(3, "” closes nothing")]),
        ("“甲‘乙’丙”，it’s", []),
        ("“甲“乙”丙”", [(2, "“ inside “ – inner quotes are ‘’")]),
        (
            "《甲（乙》",
            [(4, "》 closes nothing"), (0, "《 is not closed"), (2, "（ is not closed")],
        ),
    ],
)
def test_quotes_and_brackets(text: str, said: list[tuple[int, str]]) -> None:
    assert list(unbalanced(text)) == said


def test_words_written_twice() -> None:
    assert list(repeated("好的的，，")) == [(1, "“的的” stands twice"), (3, "“，，” stands twice")]


def test_an_issue_says_what_it_mended_and_what_it_doubts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = "---\nheadline: 第一条,新闻\n---\n　　正文,第一段“没完。\n"
    write(tmp_path, {"a.md": story})
    monkeypatch.chdir(tmp_path)
    issue = load("issue.yaml")
    assert issue.pages[0].stories[0].headline.text == "第一条，新闻"
    assert issue.pages[0].stories[0].blocks[0].text == "正文，第一段“没完。"
    assert [str(f) for f in issue.findings] == [
        "a.md:4:5: “,” set as “，” – `render check --fix` writes it back",
        "a.md:4:9: “ is not closed – look at the paragraph",
        "a.md:2:11: “第一条,新闻” set as “第一条，新闻” – `render check --fix` writes it back",
    ]


def test_fixed_copy_is_written_back_and_then_clean(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": GOOD["a.md"].replace("正文第一段。", "正文,第一段...")})
    text = fixed(str(tmp_path / "a.md"))
    assert text
    assert text.endswith("---\n正文，第一段……\n")
    assert text.startswith("---\nheadline: 第一条新闻\n")
    (tmp_path / "a.md").write_text(text, "utf-8")
    assert fixed(str(tmp_path / "a.md")) is None
