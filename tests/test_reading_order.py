"""The sample page as readers get it: each story whole, one after the other, the lead first."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from layout.fonts import FontSet
from layout.issue import load
from layout.issue.model import BlockKind, Story
from layout.makeup import make_up
from layout.press import write_pdf
from layout.render import Options, render
from tests.makeup.test_page import SIX, body, folder
from tests.press.test_structure import artifacts_of, elements, of
from tests.press.test_witnesses import told

SAMPLE = Path(__file__).parents[1] / "issues/changji-daily/2025-02-25/issue.yaml"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rendered = render(SAMPLE, Options(output=tmp_path_factory.mktemp("reading")))
    return next(Path(file) for file in rendered.files if str(file).endswith(".pdf"))


@pytest.fixture(scope="module")
def stories() -> tuple[Story, ...]:
    return load(SAMPLE).pages[0].stories


def parts(story: Story) -> list[str]:
    """What a story prints, element by element: head, paragraphs, captions with their credits."""
    head = story.headline
    lead_in = [c.text for c in (story.dateline, story.byline) if c]
    if story.byline and story.byline.text.endswith("报道"):
        lead_in.append("：")
    paragraphs = [
        "".join([*(lead_in if k == 0 else []), block.text]) for k, block in enumerate(story.blocks)
    ]
    captions = ["".join(c.text for c in (p.caption, p.credit) if c) for p in story.photos]
    return [
        squeezed(text)
        for text in (
            head.kicker.text if head.kicker else "",
            "".join(line.text for line in head.lines),
            head.deck.text if head.deck else "",
            *paragraphs,
            *captions,
        )
        if text
    ]


def test_content_stream_has_each_story_in_one_piece(pdf: Path, stories: tuple[Story, ...]) -> None:
    raw = squeezed(told("pdftotext", "-enc", "UTF-8", "-raw", pdf, "-"))
    assert all(block.kind is BlockKind.BODY for story in stories for block in story.blocks)
    assert squeezed("".join(part for story in stories for part in parts(story))) in raw


def test_structure_has_each_paragraph_whole(pdf: Path, stories: tuple[Story, ...]) -> None:
    tree = told("pdfinfo", "-enc", "UTF-8", "-struct-text", pdf)
    articles = tree.split("  Art ")[1:]
    assert len(articles) == len(stories)
    for article, story in zip(articles, stories, strict=True):
        assert list(map(squeezed, re.findall(r'^ {6,8}"(.+)"$', article, re.M))) == parts(story)


WORDS = "artificial intelligence and infrastructure for telecommunication"


def test_words_keep_their_blanks_over_line_breaks(tmp_path: Path) -> None:
    issue_file = folder(tmp_path, {"a": 1100})
    copy = f"今年{WORDS}项目，{WORDS}再启动。"
    front = "---\nheadline: World News of Artificial Intelligence\nkicker: 甲乙　丙丁\n---\n"
    (tmp_path / "a.md").write_text(front + copy, "utf-8")
    fonts = FontSet()
    (made,) = make_up(load(issue_file), fonts)
    write_pdf(made.sheet, fonts.faces, tmp_path / "a.pdf")
    tree = told("pdfinfo", "-enc", "UTF-8", "-struct-text", tmp_path / "a.pdf")
    kicker, headline, paragraph = re.findall(r'^ {6}"(.+)"$', tree.split("  Art ")[1], re.M)
    assert (kicker, paragraph) == ("甲乙　丙丁", copy)
    assert re.sub(r"\s", " ", headline) == "World News of Artificial Intelligence"
    raw = told("pdftotext", "-enc", "UTF-8", "-raw", tmp_path / "a.pdf", "-")
    joined = re.sub("\u00ad\\s", "", raw).replace("\n", " ")
    assert WORDS in joined, "no blank is told twice"


COPY = f"""---
headline: 天地玄黄宇宙洪荒日月
kicker: 盈昃辰宿
deck: 列张寒来暑往
photos: [{{file: p.png, caption: 秋收冬藏, credit: □记者摄}}]
---
{body(300)}

## 闰余成岁

{body(200)}

![律吕调阳](q.jpg)

{body(500)}

| 园区 | 机架 |
|---|---|
| 昌吉 | 3200 |
| | 92% |
"""


@pytest.mark.parametrize("how", ["horizontal", "vertical"])
def test_a_page_of_everything(how: str, tmp_path: Path, test_fonts: FontSet) -> None:
    ads = "    ads:\n      - {file: ad.png, at: {columns: 4-6, lines: 101-120}, alt: 春茶上市}\n"
    entries = f"      - {{file: a.md, headline: {{direction: {how}}}}}\n" + "".join(
        f"      - {slug}.md\n" for slug in "bcd"
    )
    issue_file = folder(tmp_path, SIX, entries, page=ads)
    Image.new("RGB", (900, 600), (90, 120, 150)).save(tmp_path / "q.jpg")
    (tmp_path / "a.md").write_text(COPY, "utf-8")
    with (tmp_path / "publication.yaml").open("a", encoding="utf-8") as publication:
        publication.write("press_marks: on\n")
    (made,) = make_up(load(issue_file), test_fonts)
    write_pdf(made.sheet, test_fonts.faces, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert artifacts_of(pdf) == {("/Layout", "None"), ("/Page", "None")}
        (whole,) = pdf.Root.StructTreeRoot.K
        lead = next(kid for kid in whole.K if kid.S == "/Art")
        kinds = [str(kid.S) for kid in lead.K]
        assert kinds[:3] == ["/Kicker", "/H1", "/Deck"]
        assert [k for k in kinds if k != "/P"][3:] == ["/H2", "/Figure", "/Table", "/Figure"]
        figures = [e for e in elements(whole) if e.S == "/Figure"]
        alts = [str(figure.get("/Alt", "")) for figure in figures]
        assert alts == ["天地日报", "律吕调阳", "秋收冬藏", "春茶上市"]
        captions = [[str(kid.S) for kid in of(f) if isinstance(kid, pikepdf.Dictionary)]
                    for f in figures[1:3]]  # fmt: skip
        assert captions == [["/Caption"], ["/Caption"]]
        (table,) = (e for e in elements(whole) if e.S == "/Table")
        assert [[str(cell.S) for cell in row.K] for row in table.K] == [
            ["/TH", "/TH"], ["/TD", "/TD"], ["/TD", "/TD"],
        ]  # fmt: skip
    article = told("pdfinfo", "-enc", "UTF-8", "-struct-text", tmp_path / "a.pdf").split("  Art ")[
        1
    ]
    texts = re.findall(r'^ {6,}"(.+)"$', article, re.M)
    assert texts[:3] == ["盈昃辰宿", "天地玄黄宇宙洪荒日月", "列张寒来暑往"]
    assert texts[-6:] == ["园区", "机架", "昌吉", "3200", "92%", "秋收冬藏□记者摄"]
    copy = [*body(300).split("\n\n"), "闰余成岁", *body(200).split("\n\n")]
    assert texts[3 : 3 + len(copy) - 1] == copy[:-1]
    raw = squeezed(told("pdftotext", "-enc", "UTF-8", "-raw", tmp_path / "a.pdf", "-"))
    assert "天地玄黄宇宙洪荒日月" in raw
    assert "园区机架昌吉320092%秋收冬藏□记者摄" in raw
