"""The file format: issue.yaml, publication.yaml and stories → a frozen `Issue`.

Comes in: the path of an issue file. Goes out: typed data whose every value keeps its mark, or one
`InputError` with all mistakes of the run. This room knows no point on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import msgspec

from layout.findings import Finding, InputError, Mark, bad_input
from layout.issue import build
from layout.issue.almanac import lunar, weekday
from layout.issue.desk import doubts, run_on
from layout.issue.hints import did_you_mean
from layout.issue.jumps import resolved
from layout.issue.leadins import lead_ins
from layout.issue.marks import YamlFault, compose, read_text
from layout.issue.mend import FRONT_LINE, Fixed, fixed, parted, story_text
from layout.issue.model import Ad, Design, Issue, Page, Palette, Publication, Story
from layout.issue.normalise import Places, log, normalise, placed
from layout.issue.story import Found, blocks
from layout.issue.validate import Section, Validator
from layout.issue.yesterday import yesterday

__all__ = ["Fixed", "Issue", "fixed", "load"]

Told: TypeAlias = Callable[[Publication, Page], None]


def load(path: str | Path, told: Told = lambda paper, page: None) -> Issue:
    """Read an issue and all it names; InputError with every mistake found.

    `told` hears of each page as soon as it is read, whether or not the next ones can be.
    """
    loader = _Loader(str(path), told)
    issue = loader.issue()
    if loader.findings or issue is None:
        raise InputError(sorted(loader.findings, key=lambda f: (f.mark or Mark(""), f.message)))
    return issue


class _Loader:
    """Reads files one by one, gathering findings."""

    def __init__(self, file: str, told: Told) -> None:
        self.file, self.told = file, told
        self.findings: list[Finding] = []
        self.warnings: list[Finding] = []
        self.publication: Publication | None = None  # once it has been read
        self.colours: Palette | None = None  # the publication's

    def issue(self) -> Issue | None:
        opened = self._yaml(self.file, "issue")
        if opened is None:
            return None
        v, s = opened
        publication = self.publication = self._publication(build.existing(v, s["publication"]))
        pages = s["pages"] or []
        if s["pages"] is not None and not pages and not v.findings:
            v.fault(v.marks["pages",], "the issue lists no page", "list page 1 at least")
        count = s["page_count"]
        stand = sum(map(build.width, pages))
        if count and count < stand:
            v.fault(v.marks["page_count",], f"page_count is {count}, but {stand} pages stand",
                    "give the number of pages the issue has")  # fmt: skip
        numbers = build.page_numbers(v, pages, count)
        made, faults = resolved(
            [self._page(v, page, number) for page, number in zip(pages, numbers, strict=True)]
        )
        self.findings += faults
        entries = s["stories"] or ()
        unplaced = [self._unplaced(v, entry, k + 1) for k, entry in enumerate(entries)]
        self._known(v, made, [story for story in unplaced if story])
        self._once(v, [*(entry for page in pages for entry in page["stories"] or ()), *entries])
        self.findings += v.findings
        if self.findings or publication is None:
            return None
        day = s["date"]
        issue = Issue(
            file=self.file,
            publication=publication,
            date=day,
            number=s["number"],
            page_count=count or stand,
            weekday=weekday(day),
            lunar=lunar(day),
            pages=made,
            marks=v.marks,
            unplaced=tuple(story for story in unplaced if story),
        )
        findings = (*v.warnings, *self.warnings, *lead_ins(issue.stories))
        return msgspec.structs.replace(issue, findings=findings)

    def _publication(self, path: str | None) -> Publication | None:
        if path is None or (opened := self._yaml(path, "publication")) is None:
            return None
        v, s = opened
        self.colours = build.colours(v, s)
        made = build.publication(v, s, Mark(path))
        self.findings += v.findings
        return made

    def _page(self, v: Validator, s: Section, number: int) -> Page:
        stories = [self._story(v, entry, k + 1) for k, entry in enumerate(s["stories"] or ())]
        like = s["like"]
        ads: tuple[Ad, ...] = build.each(s["ads"], lambda ad: build.ad(v, ad, self.colours))
        page = Page(
            number=number,
            name=s["name"],
            banner=s["banner"],
            editors=s["editors"] or (),
            stories=tuple(story for story in stories if story),
            ads=ads,
            mark=s["mark"],
            spread=s["spread"] == "on",
            sections=tuple(copy.text for copy in s["sections"] or (s["name"],) if copy),
            yesterday=yesterday(v, build.existing(v, s["like"]), like and like[1], number),
        )
        if self.publication:
            self.told(self.publication, page)
        return page

    def _known(self, v: Validator, pages: Iterable[Page], unplaced: Iterable[Story]) -> None:
        """A wish names a story or an advertisement of the issue."""
        stories = [*(story for page in pages for story in page.stories), *unplaced]
        known = {name for story in stories for name in story.names}
        known |= {ad.name for page in pages for ad in page.ads}
        for story in stories:
            for name in (*story.design.beside, *story.design.avoid):
                if name.text not in known:
                    hint = did_you_mean(name.text, sorted(known), "name a story of this issue")
                    v.fault(name.mark, f"{name.text} is no story or advertisement here", hint)

    def _once(self, v: Validator, entries: Iterable[Section]) -> None:
        """A story stands in the issue once."""
        seen: set[str] = set()
        for entry in entries:
            if entry["file"] is None:
                continue
            name, mark = entry["file"]
            path = build.beside(v.file, name)
            if path in seen:
                v.fault(mark, f"{name} is listed twice", "list a story once in the issue")
            seen.add(path)

    def _unplaced(self, v: Validator, entry: Section, rank: int) -> Story | None:
        """A story that make-up gives a page; where it stands must be known for it to jump."""
        story = self._story(v, entry, rank)
        if story and story.jump:
            said = "a story that make-up gives a page cannot jump"
            hint = "list it under a page, or take jump out"
            self.findings.append(bad_input("input/jump", said, hint, story.jump.mark))
        return story

    def _story(self, v: Validator, entry: Section, rank: int) -> Story | None:
        design = build.design(v, entry, self.colours)
        path = build.existing(v, entry["file"])
        if path is None:
            return None
        try:
            return self._read_story(path, entry["file"][0], rank, design)
        except YamlFault as fault:
            self.findings.append(fault.finding)
            return None

    def _read_story(self, path: str, name: str, rank: int, design: Design) -> Story | None:
        front, body, body_line = parted(story_text(path), path)
        v = Validator(path)
        # as written first: a cleaned <!-- remark --> is no longer one, and would be printed
        paragraphs, v.findings = blocks(body, path, body_line, _look)
        body, changes = normalise(body, path, body_line)
        if changes and not v.findings:
            paragraphs, v.findings = blocks(body, path, body_line, _look)
        v.warnings += [log(change) for change in changes]
        v.warnings += run_on(body, path, body_line)
        if not paragraphs and not v.findings:
            v.fault(Mark(path, body_line), "the story has no text", "write it below the second ---")
        s = self._front(v, front)
        self.findings += v.findings
        self.warnings += v.warnings
        if v.findings or s is None:
            return None
        places = Places(changes)
        story = Story(
            slug=Path(name).stem, file=name, rank=rank, headline=s["headline"],
            dateline=s["dateline"], byline=s["byline"], blocks=tuple(paragraphs),
            photos=s["photos"], jump=s["jump"], design=design, mark=Mark(path),
            section=s["section"],
        )  # fmt: skip
        self.warnings += doubts(story, places)
        return placed(story, places)

    def _front(self, v: Validator, front: str) -> Section | None:
        """A story's front matter, its photographs looked at, its headline clean."""
        try:
            v.text, v.first_line = front, FRONT_LINE
            s = v.section(compose(front, v.file, FRONT_LINE), "story")
        except YamlFault as fault:
            v.findings.append(fault.finding)
            return None
        if s is None:
            return None
        photos = build.each(s["photos"], lambda photo: build.photo(v, photo))
        lead_in = {key: build.clean(v, s[key]) for key in ("dateline", "byline")}
        head, jump = build.headline(v, s), build.jump(v, s)
        return {**s, "photos": photos, "headline": head, "jump": jump, **lead_in}

    def _yaml(self, path: str, kind: str) -> tuple[Validator, Section] | None:
        """A YAML file's validator and top section; findings and None when it cannot be read."""
        v = Validator(path)
        try:
            section = v.section(compose(read_text(path), path), kind)
        except YamlFault as fault:
            self.findings.append(fault.finding)
            return None
        except IsADirectoryError:
            self._unopened(f"{path} is a folder", f"name the {kind} file in it")
            return None
        except (OSError, ValueError) as fault:
            missing = isinstance(fault, FileNotFoundError)
            said = "does not exist" if missing else f"cannot be opened: {_reason(fault)}"
            self._unopened(f"{path[:200]} {said}", f"give the path of an {kind} file")
            return None
        if section is None:
            self.findings += v.findings
            return None
        return v, section

    def _unopened(self, message: str, hint: str) -> None:
        self.findings.append(bad_input("input/file", message, hint, None))


def _look(name: str, mark: Mark) -> tuple[Found | None, list[Finding]]:
    """A picture named in a story's body, and what is wrong with its file."""
    v = Validator(mark.file)
    return build.picture(v, (name, mark)), v.findings


def _reason(fault: OSError | ValueError) -> str:
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
