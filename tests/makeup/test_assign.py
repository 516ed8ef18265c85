"""Stories without a page find one by section and rank."""

from __future__ import annotations

from pathlib import Path

from layout.fonts import FontSet
from layout.issue import load
from layout.makeup import make_up

TEXT = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳。"


def issue(folder: Path, stories: list[tuple[str, int]], pages: str) -> Path:
    """An issue whose stories, (section, sentences) each, name no page."""
    (folder / "p.yaml").write_text("name: 长河日报\ncode: CHRB\n", "utf-8")
    listed = []
    for k, (section, sentences) in enumerate(stories, 1):
        name, head = f"s{k}.md", "".join(chr(0x4E00 + 97 * k + n) for n in range(9))
        front = f"headline: {head}\n" + (f"section: {section}\n" if section else "")
        body = "\n\n".join([f"{head}{TEXT}" * 3] * sentences)
        (folder / name).write_text(f"---\n{front}---\n{body}\n", "utf-8")
        listed.append(f"  - {name}\n")
    text = f"publication: p.yaml\ndate: 2025-02-25\nnumber: 1\npages:\n{pages}stories:\n" + "".join(
        listed
    )
    (folder / "issue.yaml").write_text(text, "utf-8")
    return folder / "issue.yaml"


PAGES = "  - {name: 要闻}\n  - {name: 综合, sections: [综合, 民生]}\n  - {name: 农业}\n"


def slugs(file: Path, fonts: FontSet) -> list[list[str]]:
    return [
        [placed.copy.story.slug for placed in made.stories] for made in make_up(load(file), fonts)
    ]


def test_stories_go_to_the_page_of_their_section(tmp_path: Path, test_fonts: FontSet) -> None:
    file = issue(tmp_path, [("农业", 4), ("要闻", 5), ("民生", 3), ("综合", 3), ("农业", 2)], PAGES)
    assert slugs(file, test_fonts) == [["s2"], ["s3", "s4"], ["s1", "s5"]]


def test_a_story_of_no_section_fills_the_emptiest_inner_page(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    file = issue(tmp_path, [("农业", 8), ("", 3), ("", 3)], PAGES)
    assert slugs(file, test_fonts) == [[], ["s2", "s3"], ["s1"]]


def test_a_section_without_a_page_is_said(tmp_path: Path, test_fonts: FontSet) -> None:
    file = issue(tmp_path, [("体育", 3)], PAGES)
    (finding,) = (f for made in make_up(load(file), test_fonts) for f in made.findings
                  if f.check == "makeup/section")  # fmt: skip
    assert str(finding).startswith(f"{tmp_path}/s1.md:3:10: no page takes the section “体育”")


def test_two_pages_of_a_section_share_its_stories(tmp_path: Path, test_fonts: FontSet) -> None:
    pages = "  - {name: 综合}\n  - {name: 综合}\n"
    file = issue(tmp_path, [("综合", 9), ("综合", 8), ("综合", 7), ("综合", 6)], pages)
    front, inner = slugs(file, test_fonts)
    assert front == ["s2", "s4"]  # under the masthead, so the fuller one from the start
    assert inner == ["s1", "s3"]
