"""Tiny named issues in YAML → pages in the test font; how to write one is in README.md here.

A document is a case: `publication`, `page` or `pages` and `stories` over the defaults below. Over
it stands `# name · what it shows`, in it what should be found: `# error: makeup/overset`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml
from PIL import Image, ImageDraw

from layout.findings import InputError, Severity
from layout.fonts import FontSet
from layout.issue import load
from layout.makeup import make_up
from layout.render import open_fonts
from layout.sheet.items import FaceRecord
from layout.sheet.text import sheet_text

FOLDER = Path(__file__).parent
TEXT = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
SHEET = {
    "trim": ["190mm", "140mm"],
    "margins": "12mm",
    "columns": 4,
    "size": "小五",
    "measure": "11字",
}
PUBLICATION = {"name": "天地日报", "code": "TD", "sheet": SHEET}
PARAGRAPH = 61  # no two begin alike
_NAME = re.compile(r"^# (?P<name>[a-z0-9-]+) · (?P<shows>.+)$", re.MULTILINE)
_FOUND = re.compile(r"# (?P<severity>error|warning): (?P<check>\S+)")


class Case(NamedTuple):
    """A named issue, and the checks that should speak."""

    area: str
    name: str
    shows: str
    given: Mapping[str, Any]
    found: tuple[tuple[str, str], ...]

    @property
    def reference(self) -> Path:
        """Its accepted sheet text."""
        return FOLDER / self.area / f"{self.name}.txt"


class Result(NamedTuple):
    """What came of a case."""

    text: str
    found: tuple[tuple[str, str], ...]


def cases() -> list[Case]:
    """All cases of all areas; ValueError when a name stands twice."""
    found = [case for file in sorted(FOLDER.glob("*.yaml")) for case in _cases(file)]
    names = [case.name for case in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"named twice: {', '.join(sorted(twice))}")
    return found


def _cases(file: Path) -> Iterator[Case]:
    for part in file.read_text("utf-8").split("\n---\n"):
        named = _NAME.search(part)
        if named is None:
            raise ValueError(f"{file.name}: a case without a name: {part[:60]!r}")
        said = tuple(sorted((m["severity"], m["check"]) for m in _FOUND.finditer(part)))
        yield Case(file.stem, named["name"], named["shows"], yaml.safe_load(part) or {}, said)


def made(case: Case, folder: Path, fonts: FontSet) -> Result:
    """The case as a folder, loaded and made up in the test font."""
    issue_file = written(case, folder)
    try:
        issue = load(issue_file)
        if issue.publication.fonts:
            fonts = open_fonts(issue.publication)
        pages = make_up(issue, fonts)
    except InputError as fault:
        text = "".join(f"{finding}\n" for finding in fault.findings)
        found = tuple(sorted(("error", f.check) for f in fault.findings))
        return Result(text.replace(f"{folder}/", ""), found)
    texts = [sheet_text(page.sheet, _faces(page.sheet.faces, fonts)) for page in pages]
    said = [f for page in pages for f in page.findings] + list(issue.findings)
    found = tuple(
        sorted((f.severity.value, f.check) for f in said if f.severity is not Severity.NOTE)
    )
    return Result("".join(texts).replace(f"{folder}/", ""), found)


def _faces(keys: tuple[str, ...], fonts: FontSet) -> Iterator[FaceRecord]:
    for key in keys:
        face = fonts.faces[key]
        yield FaceRecord(key, "any", face.name, Path(face.file).name, face.sha256)


def written(case: Case, folder: Path) -> Path:
    """The case's files; the path of its issue.yaml."""
    given = case.given
    _pictures(folder)
    publication = {**PUBLICATION, **given.get("publication", {})}
    publication["sheet"] = {**SHEET, **given.get("publication", {}).get("sheet", {})}
    if "format" in publication["sheet"]:
        publication["sheet"] = given["publication"]["sheet"]
    _dump(folder / "publication.yaml", publication)
    pages = given.get("pages") or [{**given.get("page", {}), "stories": given.get("stories", [])}]
    listed = []
    for k, page in enumerate(pages):
        stories = [_story(folder, f"{'abcdefgh'[n]}{k or ''}", story)
                   for n, story in enumerate(page.get("stories", []))]  # fmt: skip
        first = {"number": 2} if "pages" not in given else {}
        listed.append({"name": "甲", **first, **page, "stories": stories})
    issue = {"publication": "publication.yaml", "date": "2025-02-25", "number": 12199,
             "page_count": 8, "pages": listed, **given.get("issue", {})}  # fmt: skip
    _dump(folder / "issue.yaml", issue)
    return folder / "issue.yaml"


def _story(folder: Path, slug: str, story: dict[str, Any]) -> dict[str, Any]:
    """A story's file; its entry in issue.yaml."""
    front = {"headline": "天地玄黄宇宙洪荒", **story.get("front", {})}
    body = story.get("body", 200)
    text = body if isinstance(body, str) else prose(body)
    said = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)
    (folder / f"{slug}.md").write_text(f"---\n{said}---\n{text}\n", "utf-8")
    return {"file": f"{slug}.md", **story.get("entry", {})}


def prose(characters: int) -> str:
    """So many characters in paragraphs."""
    whole = TEXT * (characters // len(TEXT) + 1)
    starts = range(0, characters, PARAGRAPH)
    return "\n\n".join(f"{whole[k : min(k + PARAGRAPH, characters) - 1]}。" for k in starts)


def _dump(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def _pictures(folder: Path) -> None:
    for name, size in (("wide", (1500, 1000)), ("tall", (900, 1300)), ("small", (300, 200))):
        picture = Image.new("L", size, 150)
        ImageDraw.Draw(picture).ellipse((10, 10, size[0] // 2, size[1] // 2), fill=60)
        picture.save(folder / f"{name}.png")
    Image.new("L", (990, 330), 200).save(folder / "ad.png")


def digest(result: Result) -> bytes:
    """For telling two results apart."""
    return msgspec.json.encode(result.found) + result.text.encode()
