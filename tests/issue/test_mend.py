"""`--fix`: only the changed characters of a story file differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.issue.marks import Value, YamlFault, compose
from layout.issue.mend import fixed
from layout.issue.normalise import clean_line

FRONT = """---
# a remark, with "quotes", stays...
kicker: 全州,招商   # 引题, of course
headline:
  - '甲,乙''丙'
  - "丁:\\u6c5f\\"戊\\""
deck: 47家企业,提供岗位
  1250个,人气旺
dateline: 本报讯
byline: 记者买买提•艾力报道
photos:
  - {file: a,b.png, caption: "图为...现场", credit: □本报记者　甲•乙摄}
  - file: c.png
    caption: >-
      工人们,正在
      施工(二期)
---
"""
BODY = "　　正文,第一段...\n\n**第二段**,完. \n"
CLEAN_FRONT = (
    FRONT.replace("全州,招", "全州，招").replace("甲,乙", "甲，乙").replace("丁:", "丁：")
    .replace('\\"戊\\"', "“戊”").replace("企业,提", "企业，提").replace("1250个,", "1250个，")
    .replace("提•艾", "提·艾").replace("图为...", "图为……").replace("甲•乙", "甲·乙")
    .replace("工人们,", "工人们，").replace("(二期)", "（二期）")
)  # fmt: skip
CLEAN_BODY = "正文，第一段……\n\n**第二段**，完。\n"


def mended(path: Path, text: str, newline: str = "\n") -> str | None:
    path.write_bytes(text.replace("\n", newline).encode("utf-8"))
    data = fixed(str(path)).data
    return None if data is None else data.decode("utf-8")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_only_what_changed(tmp_path: Path, newline: str) -> None:
    made = mended(tmp_path / "a.md", FRONT + BODY, newline)
    assert made == (CLEAN_FRONT + CLEAN_BODY).replace("\n", newline)
    assert mended(tmp_path / "a.md", made) is None, "clean now"


def test_front_matter_alone_body_alone(tmp_path: Path) -> None:
    assert mended(tmp_path / "a.md", FRONT + "正文。\n") == CLEAN_FRONT + "正文。\n"
    assert mended(tmp_path / "a.md", "---\nheadline: 题\n---\n正,文") == (
        "---\nheadline: 题\n---\n正，文"
    )


def test_line_ends_may_differ_and_a_byte_order_mark_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeff---\r\nheadline: 题,目\n---\r\n甲,乙\r\n丙".encode())
    assert fixed(str(path)).data == "---\r\nheadline: 题，目\n---\r\n甲，乙\r\n丙".encode()


@pytest.mark.parametrize(
    ("front", "mark"),
    [
        ("headline: 题\nphotos: [{file: p.png, caption: 共1，250，000元}]", "3:33"),
        ('headline: "题＂目"', "2:11"),
        ("headline: &a 题,目\ndeck: *a", "3:7"),
    ],
)
def test_what_yaml_would_misread_is_left_alone(tmp_path: Path, front: str, mark: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\n{front}\n---\n正文,好。\n", "utf-8")
    made = fixed(str(path))
    assert made.data is not None
    assert "正文，好。" in made.data.decode()
    assert [(f.check, str(f.mark)) for f in made.findings if str(f.mark).endswith(mark)] == [
        ("copy/not-fixed", f"{path}:{mark}")
    ]
    compose(made.data.decode().split("---\n")[1], "a.md")


_VALUE = st.text("昌吉州,.:;()…・•'\"#-&*[]{}|>%@! \\１：．，AI50", min_size=1, max_size=24)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(_VALUE, st.sampled_from(["'", '"', "", ">-\n  ", "|-\n  "]), st.sampled_from(["\n", "\r\n"]))
def test_any_value_reads_the_same_but_for_its_marks(
    tmp_path_factory: pytest.TempPathFactory, value: str, quote: str, newline: str
) -> None:
    """Whatever the quoting: the rest stays, and the value is the clean one or the old one."""
    written = {
        "'": "'" + value.replace("'", "''") + "'",
        '"': '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"',
    }.get(quote, quote + value)
    front = f"kicker: 甲 # 乙,丙\nheadline: {written}\nbyline: 记者甲\n"
    path = tmp_path_factory.mktemp("mend") / "a.md"
    try:
        old = compose(front, "a.md")
        made = mended(path, f"---\n{front}---\n正文。\n", newline)
    except YamlFault:
        return
    if made is None:
        return
    new = compose(made.replace(newline, "\n").split("---\n", 1)[1].rsplit("---\n", 1)[0], "a.md")
    before, after = texts(old), texts(new)
    assert [key for key in after if after[key] != before[key]] in ([], ["headline"])
    assert after["headline"] in (before["headline"], clean_line(before["headline"])[0])
    assert made.count(newline) == front.count("\n") + 3


def texts(value: Value) -> dict[str, str]:
    return {key.text or "": (held.text or "").strip() for key, held in value.entries or ()}
