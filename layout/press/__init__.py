"""Sheet → press PDF.

In: one page's display list and its faces. Out: a file of one page (`standards/`; PDF/X-4 when none
is named), written whole or not at all, and a report. Rules: ISO 32000-1 for the syntax,
`reference/pdfx.md` for what each standard asks. The press knows no story: all it says comes from
the sheet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path

from layout.press.artwork import place_artwork
from layout.press.boxes import PageBoxes, page_boxes
from layout.press.content import Placed, page_content
from layout.press.document import assemble
from layout.press.files import write_whole
from layout.press.fontobjects import Face, FontTable
from layout.press.ink import graphics_states, separation
from layout.press.inked import sheet_ink
from layout.press.intent import Wanted, read_condition
from layout.press.metadata import describe
from layout.press.parts import Bookmark, PageParts
from layout.press.pictures import Engraver, PlacedPicture
from layout.press.report import FontReport, PageInk, PictureReport, PressReport
from layout.press.standards import PDFX4, Standard
from layout.press.structure import Structure
from layout.press.threads import story_threads
from layout.sheet.items import Sheet, spots

__all__ = ["Engraver", "Face", "FontReport", "PictureReport", "PressReport", "Wanted", "write_pdf"]


def write_pdf(
    sheet: Sheet,
    faces: Mapping[str, Face],
    out: Path,
    profile: Path | Wanted | None = None,
    *,
    root: Path | None = None,
    standard: Standard = PDFX4,
    engraver: Engraver | None = None,
) -> PressReport:
    """Write one page.

    `profile` is a CMYK output profile, coldset newsprint (CGATS TR 002) when left out; `root` the
    folder in which the pictures' relative paths are looked up. An `engraver` may have begun on the
    pictures; it goes before `root`. Raises `InputError` for pictures and profiles that cannot be
    used; no file is written then.
    """
    wanted = profile if isinstance(profile, Wanted) else Wanted(profile)
    condition = read_condition(wanted, standard)
    boxes = page_boxes(sheet)
    bookmarks = tuple(_bookmarks(sheet, boxes))
    threads, beads = story_threads(sheet, boxes)
    fonts = FontTable(faces)
    with nullcontext(engraver) if engraver else Engraver(root or Path(), condition.profile) as room:
        pictures = room.pictures(sheet)
    names = {picture: placed.name for picture, placed in pictures.items()}
    inks = spots(sheet.groups)
    ordered = {ink.spot: ink for ink in sheet.spots} | inks
    artwork = place_artwork(sheet, root or Path(), condition.profile, standard, ordered)
    forms = {form.name: form.xobject for form in artwork.values()}
    left, bottom, *_ = boxes.trim
    structure = Structure(sheet.trim.height, (left, bottom))
    spaces = {name: f"S{k}" for k, name in enumerate(inks, 1)}
    content = page_content(sheet, boxes, fonts, Placed(names, artwork, spaces), structure)
    resources = sorted([*names.values(), *forms, *map(repr, ordered.values())])
    facts = (boxes, bookmarks, sorted(sheet.meta.items()), resources, structure.document)
    kind = f"{standard.name} {condition.identifier}"
    digest = _digest(content, fonts, condition.profile, kind + repr(facts))
    parts = PageParts(
        boxes=boxes,
        content=content,
        fonts={font.resource: font.type0() for font in fonts.used},
        pictures={placed.name: placed.xobject for placed in pictures.values()} | forms,
        states=graphics_states(),
        spaces={spaces[name]: separation(solid) for name, solid in inks.items()},
        bookmarks=bookmarks,
        output_intent=condition.output_intent(standard),
        metadata=describe(sheet, digest, standard),
        version=standard.version,
        structure=structure.tree(),
        threads=threads,
        beads=beads,
    )
    data = assemble(parts)
    if not standard.press:
        from layout.press.screen import for_screen  # imports pikepdf and Pillow

        data = for_screen(data)
    write_whole(out, data)
    ink = None
    if standard.press and not artwork:  # what others drew is measured in the finished file
        ink = sheet_ink(sheet, {picture: placed.square for picture, placed in pictures.items()})
    return _report(out, data, fonts, pictures.values(), ink)


def _bookmarks(sheet: Sheet, boxes: PageBoxes) -> Iterator[Bookmark]:
    """A story's headline leads to the top left of its box."""
    left, _, _, top = boxes.trim
    for group, x, y in sheet.walk():
        if group.kind == "story" and group.label:
            yield Bookmark(group.label, left + x, top - y)


def _digest(content: bytes, fonts: FontTable, profile: bytes, facts: str) -> bytes:
    """A hash of all that can differ between two pages; the file's identifiers are made of it."""
    digest = hashlib.sha256(content)
    for font in fonts.used:
        digest.update(font.face.name.encode() + font.program.program)
    digest.update(_hash(profile) + facts.encode())
    return digest.digest()


@lru_cache(maxsize=4)
def _hash(profile: bytes) -> bytes:
    """Of half a megabyte that all pages of an issue share."""
    return hashlib.sha256(profile).digest()


def _report(
    out: Path,
    data: bytes,
    fonts: FontTable,
    pictures: Iterable[PlacedPicture],
    ink: PageInk | None,
) -> PressReport:
    placed = tuple(pictures)
    return PressReport(
        file=str(out),
        bytes=len(data),
        fonts=tuple(
            FontReport(font.face.name, len(font.glyphs), len(font.program.program))
            for font in fonts.used
        ),
        pictures=tuple(picture.report for picture in placed),
        findings=tuple(finding for picture in placed for finding in picture.findings),
        ink=ink,
    )
