"""Advertisements delivered as PDF or SVG → form XObjects: vectors stay vectors, type stays type.

In: the sheet's artwork. Out: for each file a form (ISO 32000-1 8.10) – a PDF's objects copied as
they are, but for spot inks of the paper's, which are shown as the paper shows them (pdfx.md 15), a
drawing in the press's inks (`drawing.py`) – or, in one `InputError`, what would spoil the plate:
RGB, fonts not embedded, encryption, forms that draw themselves. pikepdf reads the file; it is
imported only when a page has artwork.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from layout.findings import InputError, bad_input
from layout.geometry import Box
from layout.press.delivered import Unfit, first_page, is_content, operators, reachable
from layout.press.fitness import unfit
from layout.press.ink import separation
from layout.press.objects import Literal, Name, Object, Value
from layout.press.standards import PDFX4, Standard
from layout.sheet.items import Artwork, Group, Ink, Item, Sheet

if TYPE_CHECKING:
    import pikepdf

_RGB_SPACES = ("/DeviceRGB", "/CalRGB")
_RGB_INLINE = ("/RGB", "/DeviceRGB")
_RGB_OPERATORS = ("rg", "RG")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
DEEPEST = 60
# Forms within forms; beyond, readers of our own page would stop looking, too.
DEEPEST_FORMS = 16
MOST_DRAWN = 100_000
_DROPPED = ("/Length", "/Parent", "/StructParent", "/StructParents", "/Metadata", "/OC")


class PlacedArtwork(msgspec.Struct, frozen=True):
    """A form ready for the page: resource name, XObject, and its extent in its own space."""

    name: str
    xobject: Object
    extent: Box


def place_artwork(
    sheet: Sheet,
    root: Path,
    profile: bytes,
    standard: Standard = PDFX4,
    inks: Mapping[str, Ink] = MappingProxyType({}),
) -> dict[Artwork, PlacedArtwork]:
    """Forms of all artwork of the sheet; InputError names every file unfit for a plate.

    `inks` are the paper's spots by name, as solids.
    """
    placed, faults = {}, []
    for artwork in dict.fromkeys(_artwork(sheet.groups)):
        try:
            placed[artwork] = _form(root / artwork.file, profile, standard, inks)
        except Unfit as unfit:
            said = f"{artwork.file}: {unfit.message}"
            faults.append(bad_input("artwork", said, unfit.hint, artwork.source))
    if faults:
        raise InputError(faults)
    return placed


def _artwork(items: Iterable[Item]) -> Iterator[Artwork]:
    for item in items:
        if isinstance(item, Group):
            yield from _artwork(item.items)
        elif isinstance(item, Artwork):
            yield item


def _form(path: Path, profile: bytes, standard: Standard, inks: Mapping[str, Ink]) -> PlacedArtwork:
    if path.suffix.lower() == ".svg":
        from layout.press.drawing import drawing_form  # late: lxml, fontTools, Pillow

        return PlacedArtwork(_name(path), *drawing_form(path, profile))
    with first_page(path) as page:
        form = page.as_form_xobject()
        _check(form, standard)
        # Nothing transparent is left where a standard refuses it: groups say nothing then.
        opaque = "transparency" in standard.refuses
        xobject = _Copier(inks, ("/Group",) if opaque else ()).object(form)
        return PlacedArtwork(_name(path), xobject, _extent(form))


def _name(path: Path) -> str:
    return f"A{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"


def _extent(form: pikepdf.Object) -> Box:
    """The form's BBox as its Matrix shows it (rotated pages)."""
    x1, y1, x2, y2 = _numbers(form.get("/BBox"))
    a, b, c, d, e, f = _numbers(form.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x1, x2) for y in (y1, y2)]
    left, low = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - low
    if width <= 0 or height <= 0:
        raise Unfit("has an empty page", "export it again")
    return Box(left, low, width, height)


def _numbers(array: Any) -> list[float]:
    return [float(value) for value in array]


# --- what must not reach the plate ------------------------------------------------------------


def _check(form: pikepdf.Object, standard: Standard) -> None:
    """RGB, fonts without program and what a standard refuses, wherever it hides (pdfx.md 7, 19)."""
    import pikepdf

    contents = _Contents()
    for thing in reachable(form):
        if said := unfit(thing, standard):
            raise Unfit(
                said, f"export it as {standard.title}" if standard.press else "export it again"
            )
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            if _is_rgb(thing.get("/ColorSpace")) or _is_rgb(thing.get("/CS")):
                raise Unfit("has RGB in it", "export it as CMYK (PDF/X-1a or X-4)")
            if thing.get("/Type") == "/Font" and not _embedded(thing):
                name = str(thing.get("/BaseFont", "a font")).lstrip("/")
                raise Unfit(f"{name} is not embedded", "export it with all fonts embedded")
        if is_content(thing):
            contents.check(thing)


class _Contents:
    """Forms and patterns by what they draw: none itself, nor more than a RIP can (8.10.1)."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[int, int]] = {}

    def check(self, content: Any, above: tuple[tuple[int, int], ...] = ()) -> tuple[int, int]:
        """Levels below a form, and how often anything is drawn when it is."""
        key = content.objgen
        if key in above:
            raise Unfit("has a form that draws itself", "export it again")
        if key in self._known:
            return self._known[key]
        found = operators(content)
        _check_operators(found)
        levels, drawn = 0, 1
        for name, inner in _drawn_by(content):
            below, often = self.check(inner, (*above, key))
            levels = max(levels, below + 1)
            drawn += often * max(1, found["Do", name])
        if levels > DEEPEST_FORMS or drawn > MOST_DRAWN:
            said = f"has forms nested deeper than {DEEPEST_FORMS}"
            said = said if levels > DEEPEST_FORMS else f"draws forms more than {MOST_DRAWN:,} times"
            raise Unfit(said, "flatten it, or export it again")
        self._known[key] = levels, drawn
        return levels, drawn


def _drawn_by(content: Any) -> Iterator[tuple[str, Any]]:
    resources = content.get("/Resources", {})
    for kind in ("/XObject", "/Pattern"):
        for name, inner in resources.get(kind, {}).items():
            if is_content(inner):
                yield str(name), inner


def _check_operators(found: Iterable[tuple[str, str]]) -> None:
    for operator, operand in found:
        if operator in ("cs", "CS") and not operand:
            raise Unfit(f"has {operator} without a colour space", "export it again")
        named = operator in ("cs", "CS") and operand in _RGB_SPACES
        inline = operator == "BI" and operand in _RGB_INLINE
        if named or inline or operator in _RGB_OPERATORS:
            raise Unfit("has RGB in it", "export it as CMYK (PDF/X-1a or X-4)")


def _is_rgb(space: Any) -> bool:
    """A colour space of three components, or one built on it; also a dictionary of spaces."""
    import pikepdf

    if isinstance(space, pikepdf.Name):
        return str(space) in _RGB_SPACES
    if isinstance(space, pikepdf.Dictionary):
        return any(_is_rgb(value) for value in space.values())
    if not isinstance(space, pikepdf.Array) or not len(space):
        return False
    family = str(space[0])
    if family == "/ICCBased":
        return int(space[1].get("/N", 0)) == 3
    return family in _RGB_SPACES or (
        family in ("/Indexed", "/Pattern", "/Separation", "/DeviceN")
        and any(_is_rgb(part) for part in list(space)[1:3])
    )


def _embedded(font: pikepdf.Object) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    descendants = font.get("/DescendantFonts")
    holder = descendants[0] if descendants is not None else font
    descriptor = holder.get("/FontDescriptor")
    return descriptor is not None and any(key in descriptor for key in _FONT_FILES)


# --- copying ----------------------------------------------------------------------------------


class _Copier:
    """pikepdf's objects as ours, streams with the bytes they have."""

    def __init__(self, inks: Mapping[str, Ink], dropped: tuple[str, ...] = ()) -> None:
        self._inks = inks
        self._dropped = (*_DROPPED, *dropped)
        self._known: dict[tuple[int, int], Object] = {}

    def object(self, thing: pikepdf.Object, depth: int = 0) -> Object:
        """A stream or dictionary that stands on its own."""
        key = thing.objgen
        if key != (0, 0) and key in self._known:
            return self._known[key]
        made = Object({})
        self._known[key] = made
        import pikepdf

        if isinstance(thing, pikepdf.Stream):
            made.data = bytes(thing.read_raw_bytes())
        made.entries.update(self._entries(thing, depth + 1))
        return made

    def _entries(self, thing: pikepdf.Object, depth: int) -> dict[str, Value]:
        return {
            str(key)[1:]: self._value(value, depth)
            for key, value in sorted(thing.items())
            if key not in self._dropped
        }

    def _value(self, value: Any, depth: int) -> Value:
        import pikepdf

        if depth > DEEPEST:
            raise RecursionError
        if isinstance(value, pikepdf.Stream):
            return self.object(value, depth)
        if isinstance(value, pikepdf.Dictionary):
            indirect = value.is_indirect
            return self.object(value, depth) if indirect else self._entries(value, depth + 1)
        if isinstance(value, pikepdf.Array):
            if len(value) == 4 and value[0] == pikepdf.Name.Separation:
                ink = self._inks.get(str(value[1])[1:])
                if ink:
                    return separation(ink)
            return [self._value(item, depth + 1) for item in value]
        if isinstance(value, pikepdf.Name):
            return Name(str(value)[1:])
        if isinstance(value, pikepdf.String):
            return Literal(f"<{bytes(value).hex()}>")
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float | Decimal):
            return Literal(f"{value:f}" if isinstance(value, Decimal) else str(value))
        return Literal("null")
