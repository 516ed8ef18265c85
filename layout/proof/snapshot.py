"""An issue against its accepted pages: sheet text decides, pictures are for the reviewer.

References lie in `snapshots/<issue>/` beside the issue file, a text and a picture a page. What
differs waits there as `*.new` beside a review page, until somebody looks and accepts by page.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from layout.findings import InputError, bad_input
from layout.press.files import make_folder, write_whole
from layout.proof.pages import PICTURE, TEXT, Page, of_folder, of_issue
from layout.proof.review import ReviewPage, review
from layout.sheet.diff import Change, Kind, diff

NEW = ".new"
REVIEW = "review.html"


class Checked(msgspec.Struct, frozen=True):
    """What a check found: changes, pages without reference, references without page; what to do."""

    changes: tuple[Change, ...]
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    folder: Path
    accept: str
    review: Path | None = None
    updated: tuple[Path, ...] = ()

    @property
    def clean(self) -> bool:
        """True when every page is as accepted; a run that accepts is not."""
        return not (self.changes or self.missing or self.unused or self.updated)

    def summary(self) -> list[str]:
        """A line for each story that changed, each page without reference and what to do."""
        lines = summary(self.changes)
        lines += [f"page {name}: no reference" for name in self.missing]
        lines += [f"page {name}: reference of no page of the issue" for name in self.unused]
        if self.updated:
            return [*lines, *(f"accepted {file}" for file in self.updated)]
        if self.review:
            lines.append(f"look at {self.review}")
        return [*lines, f"accept with: {self.accept}"] if lines else []


def summary(changes: Iterable[Change]) -> list[str]:
    """One line a story: its first change of every kind, and how many there are."""
    stories: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        stories.setdefault((change.page, change.story), []).append(change)
    lines = []
    for (page, story), found in stories.items():
        kinds: dict[str, list[Change]] = {}
        for change in found:
            kinds.setdefault(change.kind.value, []).append(change)
        said = []
        for kind, same in kinds.items():
            place = f" {same[0].where}:" if same[0].where else ""
            more = f" (and {len(same) - 1} more)" if len(same) > 1 else ""
            said.append(f"{kind}:{place} {_short(same[0].said)}{more}")
        lines.append(f"page {page}{' · ' + story if story else ''}: {' · '.join(said)}")
    return lines


def _short(said: str) -> str:
    return said if len(said) <= 120 else said[:119] + "…"


def folder_of(issue_file: Path) -> Path:
    """Where an issue's references lie."""
    return issue_file.parent / "snapshots" / issue_file.stem


class _Sides(msgspec.Struct, frozen=True):
    """The issue's pages, and the references by page."""

    pages: tuple[Page, ...]
    kept: dict[str, Page]
    folder: Path

    @property
    def missing(self) -> tuple[str, ...]:
        """Pages without a whole reference."""
        return tuple(
            page.name
            for page in self.pages
            if page.name not in self.kept or not _file(self.folder, page.name, PICTURE).is_file()
        )

    @property
    def differing(self) -> list[Page]:
        """Pages whose text is not the accepted one."""
        return [
            page
            for page in self.pages
            if page.name in self.missing or self.kept[page.name].text != page.text
        ]

    @property
    def changes(self) -> list[Change]:
        """What differs; a page whose text does is never without a change."""
        known = [page for page in self.pages if page.name in self.kept]
        found = diff([self.kept[page.name].record for page in known], [p.record for p in known])
        told = {change.page for change in found}
        for page in known:
            before = self.kept[page.name].text
            if before != page.text and page.name not in told:
                rows = zip(before.splitlines(), page.text.splitlines(), strict=False)
                said = next((f"{a.strip()} → {b.strip()}" for a, b in rows if a != b), "")
                found.append(Change(kind=Kind.INK, page=page.name, story="", said=said))
        return found


def check(
    issue_file: Path,
    numbers: tuple[int, ...] = (),
    *,
    update: bool = False,
    report: Path | None = None,
) -> Checked:
    """Compare with the references, or accept the pages as they are; `report` is written anyway."""
    if update and os.environ.get("CI"):
        raise InputError([
            bad_input("snapshot", "CI never writes references",
                      "run it with --update where you can look at the pages", None)
        ])  # fmt: skip
    folder = folder_of(issue_file)
    pages = tuple(of_issue(issue_file, numbers))
    sides = _Sides(pages, {page.name: page for page in of_folder(folder)}, folder)
    unused = () if numbers else tuple(n for n in sides.kept if n not in {p.name for p in pages})
    pick = "".join(f" --page {number}" for number in numbers)
    accept = f"render snapshot {issue_file}{pick} --update"
    found = Checked(tuple(sides.changes), sides.missing, unused, folder, accept)
    if update:
        updated = tuple(_accept(sides, unused))
        return msgspec.structs.replace(found, updated=updated)
    return _laid_out(found, sides, issue_file, report)


def _file(folder: Path, page: str, suffix: str) -> Path:
    return folder / f"page-{page}{suffix}"


def _clear(folder: Path) -> None:
    for file in (*folder.glob(f"*{NEW}"), folder / REVIEW):
        file.unlink(missing_ok=True)


def _accept(sides: _Sides, unused: Iterable[str]) -> Iterator[Path]:
    """References written of pages that differ, those of no page removed."""
    drawn = [(page, page.picture() or b"") for page in sides.differing]
    make_folder(sides.folder)
    for page, picture in drawn:
        write_whole(_file(sides.folder, page.name, PICTURE), picture)
        write_whole(_file(sides.folder, page.name, TEXT), page.text.encode("utf-8"))
        yield _file(sides.folder, page.name, TEXT)
    for name in unused:
        for suffix in (TEXT, PICTURE):
            _file(sides.folder, name, suffix).unlink(missing_ok=True)
        yield _file(sides.folder, name, TEXT)
    _clear(sides.folder)


def _laid_out(found: Checked, sides: _Sides, issue_file: Path, report: Path | None) -> Checked:
    """What differs as `*.new` with a review page; both of an earlier run are taken away."""
    shown = []
    drawn = [(page, page.picture() or b"") for page in sides.differing]
    for page, picture in drawn:
        own = tuple(change for change in found.changes if change.page == page.name)
        before = sides.kept[page.name].picture() if page.name in sides.kept else None
        shown.append(ReviewPage(page.name, own, before, picture))
    _clear(sides.folder)
    if not shown and report is None:
        return found
    where = report or sides.folder / REVIEW
    make_folder(where.parent)
    if shown:
        make_folder(sides.folder)
    for page, picture in drawn:
        write_whole(_file(sides.folder, page.name, TEXT + NEW), page.text.encode("utf-8"))
        write_whole(_file(sides.folder, page.name, PICTURE + NEW), picture)
    title = f"{issue_file.resolve().parent.name}/{issue_file.name}"
    write_whole(where, review(title, shown, accept=found.accept).encode("utf-8"))
    return msgspec.structs.replace(found, review=where)
