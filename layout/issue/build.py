"""Validated sections → the frozen model, looking up files and filling defaults on the way."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from layout.findings import Mark
from layout.geometry import Size
from layout.issue.colours import named
from layout.issue.hints import did_you_mean
from layout.issue.model import (
    FILE_NAME,
    Ad,
    BorderStyle,
    BoxSpec,
    Cells,
    CompositionSpec,
    Copy,
    Design,
    Direction,
    FontSource,
    GridSpec,
    HeadForm,
    Headline,
    HeadShape,
    Jump,
    Margins,
    Masthead,
    Palette,
    Photo,
    Publication,
    SheetSpec,
    Side,
)
from layout.issue.normalise import Change, clean_line, log
from layout.issue.pictures import VECTOR, BadPicture, page_size, page_spots, pixels
from layout.issue.scalars import places
from layout.issue.validate import Section, Validator
from layout.units import MM, Unit

FONT_SUFFIXES = (".otf", ".ttf", ".ttc", ".otc", ".woff")
# Type areas of 350 × 490 and 235 × 350 mm (newspaper practice B.1).
FORMATS = {
    "broadsheet": (Size(390 * MM, 550 * MM), Margins(30 * MM, 20 * MM, 30 * MM, 20 * MM)),
    "tabloid": (Size(270 * MM, 390 * MM), Margins(20 * MM, 17.5 * MM, 20 * MM, 17.5 * MM)),
}
BLEED = 3 * MM
SIZES, LEAST_AREA = (5.0, 30.0), 150.0
# A photograph's focus without one: the upper middle, where faces are.
FOCUS = (0.5, 0.45)
# What a paper calls one face serves the roles of that design in all weights.
ROLE_GROUPS = {
    "song-heavy": ("song-bold", "song-black"),
    "hei-heavy": ("hei-bold", "hei-black"),
}


def beside(file: str, path: str) -> str:
    """A path relative to the file it stands in."""
    return os.path.normpath(Path(file).parent / path)


def existing(v: Validator, given: tuple[str, Mark] | None) -> str | None:
    """The file a path names, or a finding with the nearest name there is."""
    if given is None:
        return None
    path, mark = beside(v.file, given[0]), given[1]
    try:
        if Path(path).is_file():
            if os.access(path, os.R_OK):
                return path
            v.fault(mark, f"{given[0]} cannot be read", "let yourself read it (chmod +r)")
        elif Path(path).is_dir():
            v.fault(mark, f"{given[0]} is a folder", "name a file in it")
        else:
            v.fault(mark, f"{given[0]} does not exist", _nearest(Path(path)))
    except OSError as fault:  # a name too long, a folder that may not be entered
        said = f"{given[0][:40]} cannot be opened: {fault.strerror}"
        v.fault(mark, said, "paths are relative to the file they stand in")
    return None


def _nearest(path: Path) -> str:
    names = sorted(p.name for p in path.parent.iterdir()) if path.parent.is_dir() else []
    return did_you_mean(path.name, names, "paths are relative to the file they stand in")


def publication(v: Validator, s: Section, mark: Mark) -> Publication | None:
    """The model of publication.yaml; None when its findings leave no sense in it."""
    sheet = _sheet(v, s["sheet"] or {}, mark)
    masthead, known = s["masthead"] or {}, colours(v, s)
    ink = named(v, masthead.get("ink"), "ink", known)
    accent = named(v, s["accent"], "accent", known)
    plate = _nameplate(v, masthead.get("nameplate"))
    fonts = {
        role: sources
        for given, faces in (s["fonts"] or {}).items()
        for role in ROLE_GROUPS.get(given, (given,))
        if (sources := tuple(_font(v, face) for face in faces))
    }
    profile = existing(v, s["profile"])
    if v.findings or sheet is None:
        return None
    copy = {key: s[key] for key in (
        "name", "latin_name", "sponsor", "publisher", "registration", "postal_code", "website",
        "website_name", "email", "hotline", "client", "client_url", "price", "printer", "address",
        "postcode",
    )}  # fmt: skip
    return Publication(
        **copy,
        code=s["code"],
        file_name=s["file_name"] or FILE_NAME,
        sheet=sheet,
        fonts=fonts,
        masthead=Masthead(plate, masthead.get("lines"), ink, masthead.get("mark")),
        composition=CompositionSpec(
            **{key: value for key, value in (s["composition"] or {}).items() if key != "mark"}
        ),
        lexicon=s["lexicon"] or (),
        accent=accent,
        profile=profile,
        mark=mark,
        press_marks=s["press_marks"] == "on",
        traditional=s["script"] == "traditional",
        standard=s["standard"] or "pdfx4",
        condition=s["condition"],
        profile_mark=s["profile"][1] if s["profile"] else s["condition"] and s["condition"].mark,
        colours={name: ink for name, ink in (known or {}).items() if ink},
    )


def colours(v: Validator, s: Section) -> Palette | None:
    """The publication's named colours; None when they are given and cannot be read."""
    found: Palette | None = s["colours"]
    return {} if found is None and ("colours",) not in v.marks else found


def _nameplate(v: Validator, given: tuple[str, Mark] | None) -> str | None:
    """A picture or PDF looked at here; an SVG is read whole when it is drawn."""
    if given and Path(given[0]).suffix.lower() != ".svg":
        found = picture(v, given, page_size if _is_vector(given[0]) else pixels)
        return found[0] if found else None
    return existing(v, given)


def _is_vector(name: str) -> bool:
    return Path(name).suffix.lower() in VECTOR


def _sheet(v: Validator, s: Section, mark: Mark) -> SheetSpec | None:
    mark = s.get("mark", mark)
    trim, margins = FORMATS[s.get("format") or "broadsheet"]
    given = s.get("trim")
    if isinstance(given, str):
        trim, margins = FORMATS[given]
    elif given and None not in given:
        trim = Size(*given)
    sides = s.get("margins")
    if sides and None not in [sides.get(k) for k in ("top", "right", "bottom", "left")]:
        margins = Margins(sides["top"], sides["right"], sides["bottom"], sides["left"])
    gutter = s.get("gutter") or (None, None)
    grid = GridSpec(
        size=s.get("size"),
        columns=s.get("columns"),
        measure_em=s.get("measure"),
        gutter=gutter[0] if gutter[1] is Unit.POINT else None,
        gutter_em=gutter[0] if gutter[1] is Unit.BODY_EM else None,
        leading=s.get("leading"),
        lines=s.get("lines"),
    )
    width = trim.width - margins.left - margins.right
    height = trim.height - margins.top - margins.bottom
    if min(width, height) < LEAST_AREA:
        v.fault(mark, f"margins leave a type area of {width / MM:.0f} × {height / MM:.0f} mm",
                "make the trim larger or the margins smaller")  # fmt: skip
        return None
    if grid.size and not SIZES[0] <= grid.size <= SIZES[1]:
        v.fault(v.marks["sheet", "size"], f"'size' is {grid.size:g} pt",
                f"write a size from {SIZES[0]:g} to {SIZES[1]:g} pt")  # fmt: skip
    bleed = s.get("bleed")
    return SheetSpec(trim, BLEED if bleed is None else bleed, margins, grid, mark)


def _font(v: Validator, face: tuple[str, Mark, int, dict[str, float]]) -> FontSource:
    given, mark, index, axes = face
    path = existing(v, (given, mark)) or ""
    if path and Path(path).suffix.lower() not in FONT_SUFFIXES:
        v.fault(mark, f"{given} is no font file by its name", "give OTF, TTF, TTC or WOFF")
    return FontSource(path, index, axes, mark)


def headline(v: Validator, s: Section) -> Headline:
    """引题, 主题, 副题, their marks in Chinese form."""
    lines = tuple(line for copy in s["headline"] or () if (line := clean(v, copy)))
    return Headline(clean(v, s["kicker"]), lines, clean(v, s["deck"]))


def jump(v: Validator, s: Section) -> Jump | None:
    """下转; a headline for a rest that goes nowhere is a finding."""
    if s["jump"]:
        page, mark = s["jump"]
        return Jump(page, clean(v, s["jump_headline"]), mark)
    if s["jump_headline"] and ("jump",) not in v.marks:
        v.fault(s["jump_headline"].mark, "'jump_headline' stands without 'jump'",
                "give the page the rest goes to, or auto")  # fmt: skip
    return None


def clean(v: Validator, copy: Copy | None) -> Copy | None:
    """Display copy with its marks normalised, logged; blanks stay, they mark phrases."""
    if copy is None:
        return None
    text, changes = clean_line(copy.text)
    if not changes:
        return copy
    marks = places(v.text, v.first_line, copy.text, copy.mark)
    for at, before, after in changes:
        mark = marks[at] if marks else copy.mark
        v.warnings.append(log(Change(mark, before, after)))
    return Copy(text, copy.mark)


def photo(v: Validator, s: Section) -> Photo | None:
    """A photograph, its file looked at."""
    found = picture(v, s["file"])
    if found is None:
        return None
    return Photo(
        *found,
        clean(v, s["caption"]),
        clean(v, s["credit"]),
        s["columns"],
        s["focus"] or FOCUS,
        s["mark"],
    )


def ad(v: Validator, s: Section, known: Palette | None) -> Ad | None:
    """An advertisement, its file looked at; for its spot inks if the publication orders any."""
    vector = bool(s["file"]) and _is_vector(s["file"][0])
    found, at = picture(v, s["file"], page_size if vector else pixels), cells(s["at"])
    if not found or not at:
        return None
    ordered = any(ink and ink.spot for ink in (known or {}).values())
    spots = page_spots(found[0]) if vector and ordered else ()
    return Ad(*found, at, vector, s["mark"], s["alt"].text if s["alt"] else found[1], spots)


def picture(
    v: Validator,
    given: tuple[str, Mark] | None,
    size: Callable[[str], tuple[int, int]] = pixels,
) -> tuple[str, str, tuple[int, int]] | None:
    """Path, name as given, size in pixels or by another measure."""
    path = existing(v, given)
    if path is None or given is None:
        return None
    try:
        return path, given[0], size(path)
    except BadPicture as bad:
        v.fault(given[1], bad.message, bad.hint)
        return None


def cells(s: Section | None) -> Cells | None:
    """A place on the grid."""
    if not s or s["columns"] is None or s["lines"] is None:
        return None
    return Cells(*s["columns"], *s["lines"])


def story_cells(v: Validator, s: Section | None) -> Cells | None:
    """A story's place: a rectangle, or one without a lower corner."""
    whole = cells(s)
    corner = cells(s["without"]) if s and whole else None
    if whole is None or corner is None or s is None:
        return whole
    inside = whole.first_column <= corner.first_column <= corner.last_column <= whole.last_column
    sides = (corner.first_column == whole.first_column, corner.last_column == whole.last_column)
    low = whole.first_line < corner.first_line and corner.last_line == whole.last_line
    if not inside or sum(sides) != 1 or not low:
        v.fault(s["without"]["mark"], "this is not a lower corner of the story's cells",
                f"its last line is {whole.last_line}, its first column {whole.first_column} or its "
                f"last column {whole.last_column}, and it leaves a column beside it")  # fmt: skip
        return whole
    return msgspec.structs.replace(whole, without=corner)


def design(v: Validator, s: Section, known: Palette | None) -> Design:
    """A story's design choices in issue.yaml, their inks looked up in the publication's colours."""
    box, head = s["box"], s["headline"] or {}
    direction, side = head.get("direction"), head.get("side")
    tint = named(v, box["tint"], "tint", known) if box else None
    return Design(
        at=story_cells(v, s["at"]),
        columns=s["columns"],
        direction=Direction(direction) if direction else None,
        side=Side(side) if side else None,
        shape=HeadShape(head.get("shape") or "even"),
        beside=s["beside"] or (),
        avoid=s["avoid"] or (),
        form=HeadForm(head["form"]) if head.get("form") else None,
        box=BoxSpec(BorderStyle(box["border"] or "single"), tint) if box else None,
        ink=named(v, head.get("ink"), "ink", known),
        mark=s["mark"],
    )


def width(page: Section) -> int:
    """Pages a page entry stands for: a spread is two."""
    return 2 if page["spread"] == "on" else 1


def page_numbers(v: Validator, pages: list[Section], count: int | None) -> list[int]:
    """Of the pages in order; one given twice, or above the issue's page count, is a finding, and a
    spread that begins on an odd page, whose halves would be printed on two sides of the paper.
    """
    numbers: list[int] = []
    taken: set[int] = set()
    stand, last = sum(map(width, pages)), 0
    for page in pages:
        number = page["number"] or last + 1
        own = range(number, number + width(page))
        if twice := taken & set(own):
            v.fault(page["mark"], f"page {min(twice)} stands twice", "number each page once")
        if count and own[-1] > count >= stand:
            v.fault(page["mark"], f"page {own[-1]} stands in an issue of {count} pages",
                    "raise page_count, or number the page within it")  # fmt: skip
        if len(own) > 1 and number % 2:
            v.fault(page["mark"], f"the spread begins on page {number}",
                    f"begin it on an even page: {number - 1} or {number + 1}")  # fmt: skip
        last = own[-1]
        taken |= set(own)
        numbers.append(number)
    return numbers


def each(items: list[Section] | None, make: Callable[[Section], Any]) -> tuple[Any, ...]:
    """What could be made of a list's entries."""
    return tuple(made for item in items or () if (made := make(item)) is not None)
