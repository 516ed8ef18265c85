"""Sheet → press PDF.

In: one page's display list and its faces. Out: a file of one page (`standards/`; PDF/X-4 when none
is named), written whole or not at all, and a report. Rules: ISO 32000-1 for the syntax,
`reference/pdfx.md` for what each standard asks. The press knows no story: all it says comes from
the sheet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from layout.press.artwork import PlacedArtwork, place_artwork
from layout.press.boxes import PageBoxes, page_boxes
from layout.press.content import Placed, page_content
from layout.press.document import assemble
from layout.press.files import write_whole
from layout.press.fontobjects import Face, FontTable
from layout.press.ink import graphics_states, separation
from layout.press.inked import sheet_ink
from layout.press.intent import Condition, Wanted, read_condition
from layout.press.metadata import describe
from layout.press.objects import Object, packed
from layout.press.parts import Bookmark, PageParts
from layout.press.pictures import Engraver, PlacedPicture, picture_names
from layout.press.report import FontReport, PageInk, PictureReport, PressReport
from layout.press.standards import PDFX4, Standard
from layout.press.structure import Structure
from layout.press.threads import story_threads
from layout.sheet.items import Artwork, Ink, Picture, Sheet, spots

__all__ = [
    "DrawnPage", "Engraver", "Face", "FontReport", "PictureReport", "PressReport", "Wanted",
    "draw_page", "write_page", "write_pdf",
]  # fmt: skip


class DrawnPage(msgspec.Struct, frozen=True):
    """A page drawn, but for its pictures, which may still be in the making: its content, also as a
    stream. `names` is what it calls them, `spaces` what it calls spots' colour spaces; `ordered`
    are their solids.
    """

    sheet: Sheet
    boxes: PageBoxes
    content: bytes
    contents: Object
    fonts: FontTable
    font_objects: Mapping[str, Object]
    names: Mapping[Picture, str]
    artwork: Mapping[Artwork, PlacedArtwork]
    ordered: Mapping[str, Ink]
    spaces: Mapping[str, str]
    structure: Structure
    condition: Condition
    standard: Standard


def write_pdf(
    sheet: Sheet,
    faces: Mapping[str, Face],
    out: Path,
    profile: Path | Wanted | None = None,
    *,
    root: Path | None = None,
    standard: Standard = PDFX4,
) -> PressReport:
    """Write one page.

    `profile` is a CMYK output profile, coldset newsprint (CGATS TR 002) when left out; `root` the
    folder in which the pictures' relative paths are looked up. Raises `InputError` for pictures and
    profiles that cannot be used; no file is written then.
    """
    drawn = draw_page(sheet, faces, profile, root=root, standard=standard)
    with Engraver(root or Path(), drawn.condition.profile) as engraver:
        return write_page(drawn, engraver.pictures(sheet), out)


def draw_page(
    sheet: Sheet,
    faces: Mapping[str, Face],
    profile: Path | Wanted | None = None,
    *,
    root: Path | None = None,
    standard: Standard = PDFX4,
) -> DrawnPage:
    """All of a page but its pictures; raises `InputError` as `write_pdf` does."""
    wanted = profile if isinstance(profile, Wanted) else Wanted(profile)
    condition = read_condition(wanted, standard)
    boxes, fonts, names = page_boxes(sheet), FontTable(faces), picture_names(sheet)
    inks = spots(sheet.groups)
    ordered = {ink.spot: ink for ink in sheet.spots} | inks
    artwork = place_artwork(sheet, root or Path(), condition.profile, standard, ordered)
    left, bottom, *_ = boxes.trim
    structure = Structure(sheet.trim.height, (left, bottom))
    spaces = {name: f"S{k}" for k, name in enumerate(inks, 1)}
    content = page_content(sheet, boxes, fonts, Placed(names, artwork, spaces), structure)
    font_objects = {font.resource: font.type0() for font in fonts.used}
    return DrawnPage(
        sheet, boxes, content, packed({}, content), fonts, font_objects, names, artwork, ordered,
        spaces, structure, condition, standard,
    )  # fmt: skip


def write_page(
    drawn: DrawnPage, pictures: Mapping[Picture, PlacedPicture], out: Path
) -> PressReport:
    """A drawn page with its pictures as a file, written whole or not at all."""
    sheet, standard = drawn.sheet, drawn.standard
    written = assemble(_parts(drawn, pictures))
    if not standard.press:
        from layout.press.screen import for_screen  # imports pikepdf and Pillow

        written = [for_screen(b"".join(written))]
    write_whole(out, *written)
    ink = None
    if standard.press and not drawn.artwork:  # what others drew is measured in the finished file
        ink = sheet_ink(sheet, {picture: placed.square for picture, placed in pictures.items()})
    return _report(out, sum(map(len, written)), drawn.fonts, pictures.values(), ink)


def _parts(drawn: DrawnPage, pictures: Mapping[Picture, PlacedPicture]) -> PageParts:
    sheet, boxes, standard = drawn.sheet, drawn.boxes, drawn.standard
    bookmarks = tuple(_bookmarks(sheet, boxes))
    threads, beads = story_threads(sheet, boxes)
    forms = {form.name: form.xobject for form in drawn.artwork.values()}
    placed = {drawn.names[picture]: made for picture, made in pictures.items()}
    shown = sorted((name, made.digest) for name, made in placed.items())
    stored = {made.digest: made.xobject for made in placed.values()}  # once, however often shown
    resources = (shown, sorted(forms), sorted(map(repr, drawn.ordered.values())))
    facts = (boxes, bookmarks, sorted(sheet.meta.items()), resources, drawn.structure.document)
    kind = f"{standard.name} {drawn.condition.identifier}"
    digest = _digest(drawn.content, drawn.fonts, drawn.condition.profile, kind + repr(facts))
    return PageParts(
        boxes=boxes,
        contents=drawn.contents,
        fonts=drawn.font_objects,
        pictures={name: stored[made.digest] for name, made in placed.items()} | forms,
        states=graphics_states(),
        spaces={space: separation(drawn.ordered[name]) for name, space in drawn.spaces.items()},
        bookmarks=bookmarks,
        output_intent=drawn.condition.output_intent(standard),
        metadata=describe(sheet, digest, standard),
        version=standard.version,
        structure=drawn.structure.tree(),
        threads=threads,
        beads=beads,
    )


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
    size: int,
    fonts: FontTable,
    pictures: Iterable[PlacedPicture],
    ink: PageInk | None,
) -> PressReport:
    placed = tuple(pictures)
    return PressReport(
        file=str(out),
        bytes=size,
        fonts=tuple(
            FontReport(font.face.name, len(font.glyphs), len(font.program.program))
            for font in fonts.used
        ),
        pictures=tuple(picture.report for picture in placed),
        findings=tuple(finding for picture in placed for finding in picture.findings),
        ink=ink,
    )
