"""The whole journey on one screen: load → faces → make up → press → pictures → report.

Everything is built in a folder beside the target and moved there at the end, so that a render that
fails leaves what was there before.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from layout import words
from layout.findings import Finding, InputError, Mark, Severity, bad_input
from layout.fonts import FontSet, OwnFace
from layout.issue import fixed, load
from layout.issue.hints import did_you_mean
from layout.issue.model import Cells, Issue, Page, Publication
from layout.makeup import Explanation, Made, make_up, why
from layout.makeup.grid import solve
from layout.press import DrawnPage, Engraver, PressReport, Wanted, draw_page, write_page
from layout.press.files import make_folder, write_whole
from layout.press.ink import TOTAL_INK_LIMIT as LIMIT
from layout.press.intent import read_condition
from layout.press.standards import STANDARDS
from layout.report import page_report, report
from layout.sheet.items import FaceRecord, Sheet
from layout.sheet.text import sheet_text

Progress = Callable[[str], None]


class Options(msgspec.Struct, frozen=True):
    """What to write besides the PDFs, and where."""

    output: Path = Path("output")
    pages: tuple[int, ...] = ()
    png: bool = False
    dpi: int = 150
    paper: bool = False  # page pictures on the press's paper
    marks: bool | None = None  # None: as the publication says
    combined: bool = False
    standard: str | None = None  # None: as the publication says


class Rendered(msgspec.Struct, frozen=True):
    """Files written, what is to be said of them, how long each stage took, all pages made up."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    timings_ms: dict[str, float]
    made_up: SetIssue


class Clock:
    """Times stages by name, announcing each."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.timings_ms: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        self.progress(name)
        start = time.perf_counter()
        yield
        spent = (time.perf_counter() - start) * 1000
        self.timings_ms[name] = self.timings_ms.get(name, 0.0) + spent


def render(issue_file: Path, options: Options, progress: Progress = lambda stage: None) -> Rendered:
    """Render an issue; InputError when its input is bad, and then nothing is written."""
    clock = Clock(progress)
    with Engraver(Path()) as engraver:
        with clock.stage("load"):
            issue = _as_wanted(load(issue_file, _expecting(engraver, options.pages)), options)
            engraver.profile = _profile(issue)
        with clock.stage("fonts"):
            fonts = open_fonts(issue.publication)
        with clock.stage("make_up"):
            whole = make_up(issue, fonts, done=_beginning(engraver, options.pages))
            pages = _chosen(whole, options.pages, issue)
        words.end()  # nothing more is broken, and its process has time to go
        target = make_folder(options.output / issue.date.isoformat())
        with tempfile.TemporaryDirectory(dir=target, prefix=".unfinished-") as name:
            folder = Path(name)
            with clock.stage("press"):
                told, findings = [], [*issue.findings, *fonts.findings]
                for made, press in _pressed(issue, pages, fonts, folder, engraver):
                    told.append(page_report(made, press))  # while other pages' pictures are made
                    findings += (*made.findings, *press.findings)
            _extras(issue, [made.sheet for made in pages], options, clock, folder)
            used = sorted({key for made in pages for key in made.sheet.faces})
            _write_report(issue, told, used, fonts, clock, folder)
            files = tuple(_deliver(folder, target))
    return Rendered(files, tuple(findings), clock.timings_ms, SetIssue(issue, fonts, tuple(whole)))


def _expecting(engraver: Engraver, wanted: tuple[int, ...]) -> Callable[[Publication, Page], None]:
    """Photographs whose width the copy gives are decoded as soon as their page is read."""

    def expect(paper: Publication, page: Page) -> None:
        photos = [photo for story in page.stories for photo in story.photos if photo.columns]
        if not photos or (wanted and page.number not in wanted):
            return
        with suppress(InputError):  # make-up says what is wrong with the grid
            span = solve(paper.sheet).span
            engraver.expect((p.file, p.pixels, span(p.columns or 1)) for p in photos)

    return expect


def _beginning(engraver: Engraver, wanted: tuple[int, ...]) -> Callable[[Made], None]:
    """Pictures are begun as soon as their page is made up, while the next one is."""

    def begin(made: Made) -> None:
        if not wanted or {*wanted} & {*made.sheet.numbers}:
            engraver.begin(made.sheet)

    return begin


def _extras(
    issue: Issue, sheets: Sequence[Sheet], options: Options, clock: Clock, folder: Path
) -> None:
    """Page pictures and the PDF of all pages, where they are wanted."""
    if options.png:
        with clock.stage("png"):
            _pictures(folder, options)
    if options.combined:
        with clock.stage("combine"):
            _combine(issue, sheets, folder)


def _as_wanted(issue: Issue, options: Options) -> Issue:
    """The issue with the options' marks and standard in place of its publication's."""
    wanted = {"press_marks": options.marks, "standard": options.standard}
    changes = {key: value for key, value in wanted.items() if value is not None}
    replace = msgspec.structs.replace
    return replace(issue, publication=replace(issue.publication, **changes)) if changes else issue


class SetIssue(msgspec.Struct, frozen=True):
    """An issue made up, to be proofed: its faces and its pages."""

    issue: Issue
    fonts: FontSet
    pages: tuple[Made, ...]

    def text(self, made: Made, files: Mapping[str, str] | None = None) -> str:
        """A page as text; `files`, name → hash of its pictures, is what a snapshot adds."""
        return sheet_text(made.sheet, _faces(made.sheet.faces, self.fonts), files)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every page as text."""
        return tuple(self.text(made) for made in self.pages)

    def press(self, made: Made, folder: Path) -> PressReport:
        """A page as it goes to the press, written into a folder."""
        drawn = _drawn(self.issue, made, self.fonts)
        with Engraver(Path(), _profile(self.issue)) as engraver:
            pictures = engraver.pictures(made.sheet)
        return write_page(drawn, pictures, _file(self.issue, made, folder))


def set_issue(issue_file: Path, pages: tuple[int, ...] = ()) -> SetIssue:
    """Load and make up an issue, all of it or some pages; InputError when its input is bad."""
    issue = load(issue_file)
    fonts = open_fonts(issue.publication)
    return SetIssue(issue, fonts, tuple(_chosen(make_up(issue, fonts), pages, issue)))


def fix_copy(issue_file: Path) -> tuple[list[Path], list[Finding]]:
    """Write normalised copy back to the issue's stories: files that changed, and what did not."""
    changed: list[Path] = []
    findings: list[Finding] = []
    for story in load(issue_file).stories:
        path = Path(story.mark.file)
        made = fixed(str(path))
        findings += made.findings
        if made.data is not None:
            write_whole(path, made.data)
            changed.append(path)
    return changed, findings


def freeze(issue_file: Path, pages: Sequence[int] = (), *, undo: bool = False) -> list[Finding]:
    """Write each story's place into issue.yaml, or take all places out; what was not frozen.

    InputError when a page has errors: what is wrong is not kept.
    """
    from layout.issue.freeze import frozen, thawed  # late: only this command edits YAML

    issue = load(issue_file)
    with issue_file.open(encoding="utf-8", newline="") as file:
        text = file.read()
    try:
        if undo:
            write_whole(issue_file, thawed(text).encode("utf-8"))
            return []
        made = _chosen(make_up(issue, open_fonts(issue.publication)), tuple(pages), issue)
        if faults := [f for page in made for f in page.findings if f.severity is Severity.ERROR]:
            raise InputError(faults)
        places, left = _places(issue, made)
        write_whole(issue_file, frozen(text, places).encode("utf-8"))
    except ValueError as fault:
        hint = "write `at` into it by hand"
        raise InputError([bad_input("freeze", str(fault), hint, Mark(str(issue_file)))]) from fault
    return left


def explain(issue_file: Path, name: str) -> list[tuple[int, Explanation]]:
    """Why a story stands where it does, by page; InputError for one make-up did not place."""
    issue = load(issue_file)
    story = next((s for s in issue.stories if name in s.names), None)
    if story is None:
        slugs = [s.slug for s in issue.stories]
        hint = did_you_mean(name, slugs, "name a story of the issue by file or slug")
        raise InputError(
            [bad_input("why", f"{name} is no story here", hint, Mark(str(issue_file)))]
        )
    if story.design.at:
        hint = "take `at` out to see what make-up would do"
        said = f"{story.file} stands where `at` says"
        raise InputError([bad_input("why", said, hint, story.design.mark)])
    found = why(issue, open_fonts(issue.publication), name)
    if not found:
        hint = "render the issue: its findings say what would make the page fit"
        raise InputError([bad_input("why", f"{story.file} found no place", hint, story.mark)])
    return found


def _places(
    issue: Issue, made: Sequence[Made]
) -> tuple[dict[tuple[int, str], Cells], list[Finding]]:
    """Where stories stand, by page from 0 and file; a note on those issue.yaml lists elsewhere."""
    listed = {page.number: k for k, page in enumerate(issue.pages)}
    places, left = {}, []
    for page in made:
        own = {story.file for story in issue.pages[listed[page.sheet.page]].stories}
        for placed in page.stories:
            story = placed.copy.story
            if story.file in own and story.origin is None and placed.frame:
                places[listed[page.sheet.page], story.file] = placed.frame.cells
            else:
                said = f"{story.file} has no entry on page {page.sheet.page}: it is not frozen"
                left.append(
                    Finding(check="freeze", severity=Severity.NOTE, message=said, mark=story.mark)
                )
    return places, left


def open_fonts(publication: Publication) -> FontSet:
    """The publication's faces and the stock's."""
    own = {
        role: [OwnFace(face.file, face.index, face.axes, face.mark) for face in faces]
        for role, faces in publication.fonts.items()
    }
    return FontSet(own)


def _faces(keys: Iterable[str], fonts: FontSet) -> list[FaceRecord]:
    """What snapshot and report say of faces."""
    return [
        FaceRecord(key, fonts.role_of(key), face.name, Path(face.file).name, face.sha256)
        for key in keys
        for face in [fonts.faces[key]]
    ]


def _chosen(pages: list[Made], wanted: tuple[int, ...], issue: Issue) -> list[Made]:
    numbers = {number for made in pages for number in made.sheet.numbers}
    if lacking := set(wanted) - numbers:
        raise InputError([
            bad_input("render/page", f"the issue has no page {min(lacking)}",
                      f"it lists pages {', '.join(map(str, sorted(numbers)))}", None)
        ])  # fmt: skip
    return [made for made in pages if not wanted or {*wanted} & {*made.sheet.numbers}]


def _wanted(publication: Publication) -> Wanted:
    """The press condition the publication names."""
    profile = Path(publication.profile) if publication.profile else None
    condition = publication.condition.text if publication.condition else None
    return Wanted(profile, condition, publication.profile_mark)


def _profile(issue: Issue) -> bytes:
    paper = issue.publication
    return read_condition(_wanted(paper), STANDARDS[paper.standard]).profile


def _pressed(
    issue: Issue, pages: Sequence[Made], fonts: FontSet, folder: Path, engraver: Engraver
) -> Iterator[tuple[Made, PressReport]]:
    """Pages drawn one after the other; each is written when its pictures are ready."""
    waiting = deque[tuple[Made, DrawnPage]]()

    def write() -> tuple[Made, PressReport]:
        made, drawn = waiting.popleft()
        pictures = engraver.pictures(made.sheet)
        pressed = write_page(drawn, pictures, _file(issue, made, folder))
        return made, _inked(issue, made, pressed)

    for made in pages:
        waiting.append((made, _drawn(issue, made, fonts)))
        while waiting and engraver.ready(waiting[0][0].sheet):
            yield write()
    while waiting:
        yield write()


def _drawn(issue: Issue, made: Made, fonts: FontSet) -> DrawnPage:
    paper = issue.publication
    standard = STANDARDS[paper.standard]
    return draw_page(made.sheet, fonts.faces, _wanted(paper), standard=standard)


def _file(issue: Issue, made: Made, folder: Path) -> Path:
    return folder / f"{issue.file_name(*made.sheet.numbers)}.pdf"


def _inked(issue: Issue, made: Made, press: PressReport) -> PressReport:
    """The page's report with the most ink of it, and what that means; with what others drew on it
    the finished file is measured.
    """
    if not STANDARDS[issue.publication.standard].press:
        return press
    ink = press.ink
    if ink is None:
        from layout.preflight.ink import ink_of  # late: imports pikepdf

        (ink,) = ink_of(Path(press.file))
    found = press.findings
    if ink.total > LIMIT and ink.box and not any(f.check == "picture-ink" for f in found):
        at = ink.box
        within = (group for group in made.sheet.groups if group.box.holds(at.x, at.y))
        frame = next((group for group in within if group.kind in ("story", "ad")), None)
        said = f"{ink.total:.0f} % total ink on page {made.sheet.page}, newsprint takes {LIMIT} %"
        found = (*found, Finding(
            check="ink/total", severity=Severity.WARNING, message=said, page=made.sheet.page,
            hint="lighten it, or separate it for newsprint", box=at,
            story=frame.name if frame else None,
        ))  # fmt: skip
    return msgspec.structs.replace(press, ink=ink, findings=found)


def _combine(issue: Issue, sheets: Sequence[Sheet], folder: Path) -> None:
    from layout.press.combine import combine  # late: imports pikepdf

    code, day = issue.publication.code, issue.date
    files = [folder / f"{issue.file_name(*sheet.numbers)}.pdf" for sheet in sheets]
    standard = STANDARDS[issue.publication.standard]
    combine(files, sheets, folder / f"{code}{day:%Y%m%d}.pdf", standard)


def _pictures(folder: Path, options: Options) -> None:
    from layout.raster import page_png  # late: pdfium is wanted only for pictures

    for pdf in sorted(folder.glob("*.pdf")):
        page_png(pdf, pdf.with_suffix(".png"), options.dpi, paper=options.paper)


def _write_report(
    issue: Issue,
    pages: Sequence[dict[str, Any]],
    faces: Sequence[str],
    fonts: FontSet,
    clock: Clock,
    folder: Path,
) -> None:
    findings = (*issue.findings, *fonts.findings)
    data = report(issue, pages, _faces(faces, fonts), findings, clock.timings_ms)
    text = msgspec.json.format(msgspec.json.encode(data), indent=1)
    (folder / "report.json").write_bytes(text + b"\n")


def _deliver(folder: Path, target: Path) -> Iterator[Path]:
    for file in sorted(folder.iterdir(), key=lambda f: (f.suffix != ".pdf", f.name)):
        shutil.move(file, target / file.name)
        yield target / file.name
