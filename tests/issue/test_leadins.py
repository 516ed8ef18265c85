"""One paper, one form: lead-ins beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.issue import load
from tests.issue.folder import write

USUAL = "dateline: 本报讯\nbyline: 记者甲乙报道\n"
WIRE = "write agency, place, date and 电: 新华社北京2月24日电"


def said(tmp_path: Path, *stories: tuple[str, str]) -> list[str]:
    listed = "".join(f"      - {k}.md\n" for k in range(len(stories)))
    files = {
        f"{k}.md": f"---\nheadline: 题{k}\n{front}---\n{body}\n"
        for k, (front, body) in enumerate(stories)
    }
    issue = "publication: publication.yaml\ndate: 2025-02-25\nnumber: 1\npages:\n  - stories:\n"
    path = write(tmp_path, {**files, "issue.yaml": issue + listed})
    return [str(f).removeprefix(f"{tmp_path}/") for f in load(path).findings]


def test_one_form_is_right(tmp_path: Path) -> None:
    correspondent = "dateline: 本报讯\nbyline: 记者丙丁、通讯员戊己摄影报道\n"
    assert said(tmp_path, (USUAL, "甲。"), (correspondent, "乙。"), ("", "丙。")) == []


def test_another_word_for_own_copy(tmp_path: Path) -> None:
    other = USUAL.replace("本报讯", "本报消息")
    assert said(tmp_path, (USUAL, "甲。"), (other, "乙。"), (USUAL, "丙。")) == [
        "1.md:3:11: lead-in “本报消息”: 本报消息, others of the issue: 本报讯 – one paper, one form"
    ]


@pytest.mark.parametrize(
    ("byline", "form"),
    [
        ("本报记者甲乙报道", "本报记者, others of the issue: 记者"),
        ("记者甲乙", "without 报道, others of the issue: with 报道"),
        ("（记者甲乙报道）", "in brackets, others of the issue: without brackets"),
        ("记者 甲乙报道", "a blank behind the role, others of the issue: no blank behind the role"),
    ],
)
def test_another_form_of_byline(tmp_path: Path, byline: str, form: str) -> None:
    other = f"dateline: 本报讯\nbyline: {byline}\n"
    assert said(tmp_path, (USUAL, "甲。"), (other, "乙。"), (USUAL, "丙。")) == [
        f"1.md:4:9: byline “{byline}”: {form} – one paper, one form"
    ]


def test_typed_where_the_front_matter_has_it(tmp_path: Path) -> None:
    found = said(tmp_path, (USUAL, "本报讯（记者甲乙报道）春耕开始。"))
    assert [line.partition(" – ")[0] for line in found] == [
        "0.md:6:1: the body begins with “本报讯”, and the front matter has a dateline",
        "0.md:6:4: the body begins with “（记者甲乙报道）”, and the front matter has a byline",
    ]


def test_typed_forms_are_compared_too(tmp_path: Path) -> None:
    typed = ("", "本报消息（记者甲乙）春耕开始。")
    assert [line.split(" – ")[0] for line in said(tmp_path, (USUAL, "甲。"), typed)] == [
        "1.md:4:1: lead-in “本报消息”: 本报消息, others of the issue: 本报讯",
        "1.md:4:5: byline “（记者甲乙）”: without 报道, others of the issue: with 报道",
        "1.md:4:5: byline “（记者甲乙）”: in brackets, others of the issue: without brackets",
    ]


@pytest.mark.parametrize(
    ("dateline", "wrong"),
    [
        ("新华社北京2月24日电", None),
        ("据新华社北京2月24日综合电", None),
        ("中新社乌鲁木齐2月24日电", None),
        ("本报北京2月24日电", None),
        ("新华社北京24日电", None),
        ("新华社2月24日电", " has no place"),
        ("新华社北京电", " has no date"),
        ("新华社电", " has no place and no date"),
        ("新华社北京2月24日", " has no 电"),
        ("新华社2月24日北京电", ": the place stands behind the date"),
    ],
)
def test_agency_lines(tmp_path: Path, dateline: str, wrong: str | None) -> None:
    wanted = [f"0.md:3:11: “{dateline}”{wrong} – {WIRE}"] if wrong else []
    assert said(tmp_path, (f"dateline: {dateline}\n", "甲。")) == wanted


def test_agency_lines_in_the_body(tmp_path: Path) -> None:
    assert said(tmp_path, ("", "新华社2月24日电（记者甲乙）春耕。")) == [
        f"0.md:4:1: “新华社2月24日电” has no place – {WIRE}"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "本报电话已经更换。",
        "来电显示号码。",
        "新疆日报社区来电不断。",
        "通电仪式举行。",
        "本报记者走基层。",
        "记者近日跟踪报道，得知农资充足。",
    ],
)
def test_bodies_that_only_look_so(tmp_path: Path, body: str) -> None:
    assert said(tmp_path, (USUAL, body)) == []
