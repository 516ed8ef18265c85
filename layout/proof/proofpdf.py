"""The proof (校样): every page with layers to switch, numbered findings, lists of them; no plate.

Comes in: an issue file. Goes out: one PDF in screen colours, pages at size or on A3. Over the page
as it will be printed stand the layers 网格, 版块, 图片, 意见 as optional content, in the margin the
page's findings, at the end pages and findings in lists, linked both ways. All is drawn by the press
and put together by pikepdf.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layout.findings import Finding, Severity
from layout.fonts import FontSet
from layout.geometry import Box, Size
from layout.issue import Issue, load
from layout.makeup import Made
from layout.press import write_pdf
from layout.press.files import write_whole
from layout.press.standards import SCREEN
from layout.proof import overlay
from layout.proof.geta import MISSING, made_up
from layout.proof.lists import A3, ListSheet, list_sheets
from layout.proof.overlay import FLAG, Numbered
from layout.proof.sheets import LEFT, TOP, ProofPage, proof_page
from layout.render import SetIssue, open_fonts
from layout.sheet.items import Sheet

if TYPE_CHECKING:
    import pikepdf

# Name of a layer, whether it is seen when the proof is opened.
LAYERS = (("网格与基线 grid", False), ("版块 frames", True), ("图片 pictures", True),
          ("意见 findings", True))  # fmt: skip


def proof(issue_file: Path, out: Path, *, round_: int = 1, a3: bool = False) -> list[Finding]:
    """Write the proof of an issue; what is wrong with it. InputError when it cannot be made up."""
    issue = load(issue_file)
    fonts = open_fonts(issue.publication)
    issue, pages, missing = made_up(issue, fonts)
    return proof_of(SetIssue(issue, fonts, tuple(pages)), out, missing, round_=round_, a3=a3)


def proof_of(
    whole: SetIssue,
    out: Path,
    missing: Sequence[Finding] = (),
    *,
    round_: int = 1,
    a3: bool = False,
) -> list[Finding]:
    """Write the proof of pages as they are made up; `missing` are characters 〓 stands for."""
    issue, fonts, pages = whole.issue, whole.fonts, whole.pages
    slug = _slug(issue, round_)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pressed = [write_pdf(_bare(made.sheet), fonts.faces, folder / f"{k}.pdf", standard=SCREEN)
                   for k, made in enumerate(pages)]  # fmt: skip
        listed = _numbered(issue, pages, [p.findings for p in pressed], missing)
        listed = [_by_name(one, f"{Path(issue.file).parent}/") for one in listed]
        made_pages = [
            proof_page(made, [n for n in listed if n.page == made.sheet.page], slug, fonts)
            for made in pages
        ]
        lists = list(list_sheets(issue, made_pages, listed, slug, fonts))
        data = _assembled(made_pages, lists, folder, fonts, A3 if a3 else None)
    write_whole(out, data)
    return [n.finding for n in listed]


def _slug(issue: Issue, round_: int) -> str:
    made = ""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        made = f"　制样 {datetime.fromtimestamp(int(epoch), tz=UTC):%Y-%m-%d %H:%M} UTC"
    return f"{issue.publication.name.text}　{issue.date.isoformat()}　第{round_}校{made}"


def _by_name(one: Numbered, folder: str) -> Numbered:
    """The finding with files named from the issue's folder: a proof is read by people."""
    said = one.finding.message.replace(folder, "")
    return msgspec.structs.replace(one, finding=msgspec.structs.replace(one.finding, message=said))


def _bare(sheet: Sheet) -> Sheet:
    """The page without press marks and bleed: a proof has none."""
    groups = tuple(group for group in sheet.groups if group.kind != "marks")
    return msgspec.structs.replace(sheet, groups=groups, bleed=0.0, apron=0.0)


def _numbered(
    issue: Issue,
    pages: Sequence[Made],
    pressed: Sequence[Sequence[Finding]],
    missing: Sequence[Finding],
) -> list[Numbered]:
    """Findings of all pages in one row of numbers; notes are left out, a proof is for work."""
    found: list[Numbered] = []
    of_page = {story.copy.story.slug: made.sheet.page for made in pages for story in made.stories}
    loose = [*missing, *(f for f in issue.findings if f.severity is not Severity.NOTE)]
    for made, more in zip(pages, pressed, strict=True):
        page = made.sheet.page
        own = [f for f in loose if of_page.get(f.story or "", pages[0].sheet.page) == page]
        getas = {slug: overlay.where_geta(made.sheet, slug)
                 for slug in {f.story for f in own if f.check == MISSING}}  # fmt: skip
        for finding in (*own, *made.findings, *more):
            box = finding.box or _picture_box(made.sheet, finding)
            if finding.check == MISSING:
                box = next(getas[finding.story], box)
            if box is None and finding.story:
                box = _story_box(made, finding.story)
            found.append(Numbered(len(found) + 1, page, finding, box))
    return found


def _picture_box(sheet: Sheet, finding: Finding) -> Box | None:
    """Of the picture a finding of the press is about, by where it stands in the copy."""
    places = overlay.placed_pictures(sheet)
    return next((box for p, box in places if p.source and p.source == finding.mark), None)


def _story_box(made: Made, slug: str) -> Box | None:
    frames = (p.frame for p in made.stories if p.copy.story.slug == slug)
    return next((frame.group.box for frame in frames if frame), None)


# --- put together ----------------------------------------------------------------------------


def _assembled(
    pages: Sequence[ProofPage],
    lists: Sequence[ListSheet],
    folder: Path,
    fonts: FontSet,
    paper: Size | None,
) -> bytes:
    import pikepdf  # late: 60 ms
    from pikepdf import Array, Dictionary, Name, String

    whole = pikepdf.new()
    groups = [
        whole.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name, _ in LAYERS
    ]
    scales = []
    for k, page in enumerate(pages):
        size, scale = _fit(page.size, paper)
        scales.append(scale)
        foot = page.size.height - TOP - page.made.sheet.trim.height
        stamps = [_Stamp(folder / f"{k}.pdf", scale, LEFT * scale, foot * scale, None)]
        for n, sheet in enumerate(page.sheets):
            file = folder / f"{k}-{n}.pdf"
            write_pdf(sheet, fonts.faces, file, standard=SCREEN)
            stamps.append(_Stamp(file, scale, 0.0, 0.0, groups[n - 1] if n else None))
        _stamp(whole, size, stamps)
    for k, made in enumerate(lists):
        file = folder / f"list-{k}.pdf"
        write_pdf(made.sheet, fonts.faces, file, standard=SCREEN)
        _stamp(whole, A3, [_Stamp(file, 1.0, 0.0, 0.0, None)])
    whole.Root.OCProperties = Dictionary(
        OCGs=Array(groups),
        D=Dictionary(
            Name=String("校样"), Order=Array(groups), ListMode=Name.AllPages,
            ON=Array([g for g, (_, on) in zip(groups, LAYERS, strict=True) if on]),
            OFF=Array([g for g, (_, on) in zip(groups, LAYERS, strict=True) if not on]),
        ),
    )  # fmt: skip
    whole.Root.PageMode = Name.UseOC
    _link(whole, pages, lists, scales)
    _outline(whole, pages)
    whole.docinfo["/Title"] = "校样 PROOF – 不可制版 NOT FOR PLATE"
    data = io.BytesIO()
    whole.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return data.getvalue()


class _Stamp(NamedTuple):
    """A file whose page is put on a page: its scale and lower left corner, its layer."""

    file: Path
    scale: float
    x: float
    y: float
    layer: pikepdf.Object | None


def _stamp(whole: pikepdf.Pdf, size: Size, stamps: Sequence[_Stamp]) -> None:
    """A new page of pages; pikepdf's own overlays have names by chance."""
    import pikepdf
    from pikepdf import Dictionary

    page = whole.add_blank_page(page_size=(size.width, size.height))
    forms, content = Dictionary(), []
    for n, stamp in enumerate(stamps):
        with pikepdf.open(stamp.file) as file:
            form = whole.copy_foreign(file.pages[0].as_form_xobject())
        if stamp.layer is not None:
            form.OC = stamp.layer
        forms[f"/P{n}"] = form
        at = f"{stamp.scale:.6f} 0 0 {stamp.scale:.6f} {stamp.x:.3f} {stamp.y:.3f}"
        content.append(f"q {at} cm /P{n} Do Q")
    page.obj.Resources = Dictionary(XObject=forms)
    page.obj.Contents = whole.make_stream("\n".join(content).encode("ascii"))


def _fit(size: Size, paper: Size | None) -> tuple[Size, float]:
    """The sheet of paper a page comes on and its scale; a spread lies on its side."""
    if paper is None:
        return size, 1.0
    if size.width > size.height:
        paper = Size(paper.height, paper.width)
    return paper, min(paper.width / size.width, paper.height / size.height)


def _link(
    whole: pikepdf.Pdf,
    pages: Sequence[ProofPage],
    lists: Sequence[ListSheet],
    scales: Sequence[float],
) -> None:
    """From each flag to its line in the list, from the list to the flag or page."""
    at = {page.made.sheet.page: k for k, page in enumerate(pages)}
    rows = {row.number: (len(pages) + k, row.y) for k, made in enumerate(lists)
            for row in made.rows if row.number}  # fmt: skip
    flags: dict[int, tuple[int, float, float]] = {}
    for k, page in enumerate(pages):
        high, scale = page.size.height, scales[k]
        for number, (x, y) in page.flags.items():
            left, top = (LEFT + x) * scale, (high - TOP - y) * scale
            flags[number] = (k, left, top)
            where, down = rows[number]
            reach = (FLAG + 2) * scale
            box = (left - reach, top - reach, left + reach, top + reach)
            _annotate(whole, k, box, where, 0.0, A3.height - down + 30)
    for k, made in enumerate(lists):
        for row in made.rows:
            y = A3.height - row.y
            box = (LEFT, y - 6, A3.width - LEFT, y + 12)
            page_at = at[row.page]
            target = flags.get(row.number or 0, (page_at, 0.0, pages[page_at].size.height))
            _annotate(whole, len(pages) + k, box, target[0], max(0.0, target[1] - 200),
                      target[2] + 120)  # fmt: skip


def _annotate(
    whole: pikepdf.Pdf, page: int, box: tuple[float, ...], to: int, left: float, top: float
) -> None:
    from pikepdf import Array, Dictionary, Name

    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Border=Array([0, 0, 0]),
        Rect=Array([round(value, 2) for value in box]),
        Dest=Array([whole.pages[to].obj, Name.XYZ, round(left, 2), round(top, 2), 0]),
    )  # fmt: skip
    target = whole.pages[page].obj
    if Name.Annots not in target:
        target.Annots = Array()
    target.Annots.append(whole.make_indirect(link))


def _outline(whole: pikepdf.Pdf, pages: Sequence[ProofPage]) -> None:
    import pikepdf

    with whole.open_outline() as outline:
        for k, page in enumerate(pages):
            item = pikepdf.OutlineItem(page.made.sheet.name, k)
            for one in page.found:
                item.children.append(pikepdf.OutlineItem(f"{one.number} {one.finding.message}", k))
            outline.root.append(item)
        outline.root.append(pikepdf.OutlineItem("清单 lists", len(pages)))
