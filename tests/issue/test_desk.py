"""What the copy desk doubts, and the clean copy it keeps quiet about."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from layout.findings import Mark, Severity
from layout.issue.desk import doubts, run_on
from layout.issue.model import Block, BlockKind, Copy, Design, Headline, Span, SpanStyle, Story
from layout.issue.normalise import Places, normalise
from layout.issue.words import may_repeat, repeated

CLEAN = [
    line.removeprefix("- ")
    for line in Path(__file__).with_name("clean.md").read_text("utf-8").splitlines()
    if line.startswith("- ")
]


def story(*paragraphs: str, byline: str = "记者何江报道") -> Story:
    blocks = tuple(
        Block(BlockKind.BODY, (Span(text, SpanStyle.PLAIN, Mark("a.md", k)),), Mark("a.md", k))
        for k, text in enumerate(paragraphs, 1)
    )
    return Story(
        slug="a", file="a.md", rank=1, headline=Headline(None, (), None), dateline=None,
        byline=Copy(byline, Mark("a.md", 99)), blocks=blocks, photos=(), jump=None,
        design=Design(), mark=Mark("a.md"),
    )  # fmt: skip


def said(*paragraphs: str, byline: str = "记者何江报道") -> list[str]:
    made = story(*paragraphs, byline=byline)
    return [
        f"{f.mark.line}:{f.mark.column} {f.check.removeprefix('copy/')}: {f.message}"
        for f in doubts(made, Places([]))
        if f.mark
    ]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_copy(text: str) -> None:
    assert normalise(text, "a.md", 1) == (text, [])
    assert said(text) == []


def test_enough_clean_copy() -> None:
    assert len(CLEAN) >= 100


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("他说“好。", ["1:3 quotes: “ is not closed"]),
        ("他说好”。", ["1:4 quotes: ” closes nothing"]),
        ("“甲‘乙’丙”，it’s", []),
        ("“甲“乙”丙”", ["1:3 quotes: “ inside “"]),
        ("《甲（乙》", ["1:3 quotes: （ is not closed before 》"]),
        ("他说\"好就走", ["1:3 quotes: straight quote without a sure partner"]),
        ("严查假货(包括三无产品", ["1:5 quotes: ( is not closed"]),
        ("三无产品)和高价", ["1:5 quotes: ) closes nothing"]),
        ("一)备种，二)备肥", []),
        ("工作的的意义", ["1:3 repeated: “的的” stands twice"]),
        ("项目正在进行进行验收", ["1:5 repeated: “进行进行” stands twice"]),
        ("乌鲁木齐乌鲁木齐两地", ["1:1 repeated: “乌鲁木齐乌鲁木齐” stands twice"]),
        ("记者获悉，记者获悉，春耕开始", []),
        ("记者日前获悉，记者日前获悉，春耕开始", ["1:1 repeated: “记者日前获悉，” stands twice"]),
        ("他来了，。又走了", ["1:4 marks: ，。 stand together"]),
        ("好的。。再看", ["1:3 marks: 。。 stand together"]),
        ("太好了！！！！", ["1:4 marks: ！！！！: more than three"]),
        ("“甲”、“乙”", ["1:4 marks: 、 between quotes or titles"]),
        ("《甲》、《乙》", ["1:4 marks: 、 between quotes or titles"]),
        ("读<论语>有感", ["1:2 marks: half-width < > about Chinese words"]),
        ("玛丽.居里", ["1:3 marks: . between hanzi"]),
        ("有张明 李华 王芳，会开了", ["1:4 blanks: blanks between words"]),
        ("机器轰鸣。（记者 丁明 摄）", []),
        ("记者张弛张弛报道", ["1:5 name: “张弛” is named twice in a sentence"]),
        ("州长李明、李明指出", ["1:6 name: “李明” is named twice in a sentence"]),
        ("州委书记李明、州长李明出席", ["1:10 name: “李明” is named twice in a sentence"]),
        ("州长李明主持，李明指出", ["1:8 name: “李明” is named twice in a sentence"]),
        ("何江走了一天，何江没歇脚", ["1:8 name: “何江” is named twice in a sentence"]),
        ("何江走了一天。何江没歇脚", []),
        ("何江说：“我叫何江。”", []),
    ],
)  # fmt: skip
def test_doubts(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


def test_a_note_is_no_warning() -> None:
    found = list(doubts(story("“甲”、“乙”，好。。"), Places([])))
    assert {f.message[0]: f.severity for f in found} == {
        "、": Severity.NOTE, "。": Severity.WARNING,
    }  # fmt: skip


def test_speech_over_paragraphs() -> None:
    """GB/T 15834 4.8.3.5: each paragraph begins with “, the last is closed."""
    assert said("他说：“第一，要早。", "“第二，要快。", "“第三，要实。”") == []
    assert said("他说：“第一，要早。", "第二，要快。") == ["1:4 quotes: “ is not closed"]


def test_a_paragraph_pasted_twice() -> None:
    long = "春耕备耕工作正在全州各地有序推进，农资储备充足。"
    assert said(long, "另一段。", long) == ["3:1 repeated: the paragraph stands twice"]
    assert said("短句。", "短句。") == []


def test_a_byline_that_names_twice() -> None:
    assert said("正文。", byline="记者王宁、通讯员王宁报道") == [
        "99:1 name: “王宁” is named twice in a sentence"
    ]


def test_paragraphs_that_run_on() -> None:
    """Pasted with one line end between paragraphs: Markdown would join them without a word."""
    body = "甲。\n　　乙。\n　　丙。\n\n　　丁\n戊。\n## 题\n　　己。\n- 庚\n　　辛。\n"
    clean, _ = normalise(body, "a.md", 5)
    assert clean == body.replace("\n\n　　", "\n\n")
    assert [str(f) for f in run_on(clean, "a.md", 5)] == [
        f"a.md:{line}:1: an indented line runs on from the one above – put an empty line between"
        for line in (6, 7)
    ]


def test_display_lines() -> None:
    made = story("正文。")
    head = Headline(
        Copy("携手“共赢 向新 而行", Mark("a.md", 2)),
        (Copy("“两手抓 齐发力", Mark("a.md", 3)), Copy("见成效”，开新局", Mark("a.md", 4))),
        Copy("好。。 快走 看看 再说，", Mark("a.md", 5)),
    )
    found = doubts(replace(made, headline=head), Places([]))
    assert [f"{f.mark} {f.message}" for f in found] == [
        "a.md:2:1 “ is not closed",
        "a.md:5:1 。。 stand together",
    ]


def test_the_quick_look_misses_nothing() -> None:
    for text in ("进行进行", "的的", "乌鲁木齐乌鲁木齐", "a" * 30 + "昌吉州昌吉州"):
        assert may_repeat(f"甲乙丙丁{text}戊己庚辛")
    assert not may_repeat("甲乙丙丁戊己庚辛")
    assert not may_repeat("")
    assert list(repeated("项目项目")) == [(0, "项目项目")]
