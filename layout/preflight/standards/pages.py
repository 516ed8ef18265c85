"""Requirements on pages, fonts, colour and pictures: pdfx.md 6, 7, 9–13, 15, 19, 20, 24, 25, 27."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from layout.preflight.checks import Fault
from layout.preflight.checks.kinds import corners, within
from layout.preflight.standards.facts import Facts
from layout.preflight.uses import atoms, family
from layout.press.fitness import filters, is_transparent
from layout.press.tints import meaning

_HAIR = 0.01  # pt: what rounding may do to a box
_BLENDS = frozenset({
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten",
    "/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue",
    "/Saturation", "/Color", "/Luminosity",
})  # fmt: skip
_PROCESS = frozenset({"/Cyan", "/Magenta", "/Yellow", "/Black", "/None"})


def boxes(facts: Facts) -> Iterator[Fault]:
    """6: a trim or art box, one of them, on every page; media ⊇ crop, media ⊇ bleed ⊇ trim."""
    for number, page in facts.pages:
        named = [key for key in ("/TrimBox", "/ArtBox") if key in page]
        if len(named) != 1:
            said = "trim box and art box" if named else "no trim box"
            yield Fault(f"the page has {said}", "export with a trim box alone", number)
        chain = [("/BleedBox", page.get("/BleedBox")), *((k, page[k]) for k in named[:1])]
        outer, name = corners(facts.pdf.pages[number - 1].mediabox), "MediaBox"
        for key, found in [("/CropBox", page.get("/CropBox")), *chain]:
            if found is None:
                continue
            box = corners(found)
            if not within(box, outer, _HAIR):
                yield Fault(f"the {key[1:]} sticks out of the {name}", "nest the boxes", number)
            if key == "/BleedBox":
                outer, name = box, "BleedBox"


def notes(facts: Facts) -> Iterator[Fault]:
    """9: notes, links and fields lie wholly outside what is printed."""
    for number, page in facts.pages:
        printed = corners(next(
            (page[key] for key in ("/BleedBox", "/TrimBox", "/ArtBox") if key in page),
            facts.pdf.pages[number - 1].mediabox,
        ))  # fmt: skip
        for note in page.get("/Annots", []):
            kind = str(note.get("/Subtype", ""))[1:]
            if kind in ("TrapNet", "PrinterMark"):
                continue
            x1, y1, x2, y2 = corners(note.get("/Rect", [0, 0, 0, 0]))
            left, low, right, top = printed
            if x1 < right and x2 > left and y1 < top and y2 > low:
                yield Fault(f"a {kind} annotation on the page", "remove links and notes", number)


def foreign(facts: Facts) -> Iterator[Fault]:
    """10: no PostScript, no reference to other files, no OPI."""
    for number, form in facts.uses.forms:
        if form.get("/Subtype") == "/PS" or form.get("/Subtype2") == "/PS" or "/PS" in form:
            yield Fault("PostScript in the page", "export it as PDF", number)
        if "/Ref" in form:
            yield Fault("a form that stands for another file", "embed the file", number)
    if "PS" in facts.uses.unknown:
        yield Fault("PostScript in the page", "export it as PDF", facts.uses.unknown["PS"])
    for number, thing in (*facts.uses.forms, *facts.uses.images):
        if "/OPI" in thing:
            yield Fault("a picture that stands for another (OPI)", "embed the picture", number)


def output_control(facts: Facts) -> Iterator[Fault]:
    """11: no transfer curves, no halftones of the file's own beyond types 1 and 5."""
    for number, state in facts.uses.states:
        if "/TR" in state or state.get("/TR2", "/Default") != "/Default":
            yield Fault("a transfer curve", "apply it to the picture", number)
        if "/HTP" in state:
            yield Fault("a halftone phase", "leave screens to the press", number)
        halftone = state.get("/HT")
        own = isinstance(halftone, pikepdf.Dictionary | pikepdf.Stream)
        kind = int(halftone.get("/HalftoneType", 0)) if own else 1
        if kind not in (1, 5) or (own and "/HalftoneName" in halftone):
            yield Fault("a screen of the file's own", "leave screens to the press", number)


def pictures(facts: Facts) -> Iterator[Fault]:
    """12: no stand-ins for printing, no LZW; nothing newer than the edition knows."""
    if any("/LZWDecode" in filters(thing) for thing in facts.objects):
        yield Fault("LZW compression", "save it with Flate")
    early = facts.standard.version <= (1, 4)
    for number, image in facts.uses.images:
        alternates = image.get("/Alternates", [])
        if any(bool(other.get("/DefaultForPrinting", False)) for other in alternates):
            yield Fault("another picture would be printed", "place that picture", number)
        used = {"/JPXDecode": "JPEG 2000", "/JBIG2Decode": "JBIG2"}
        for name in set(filters(image)) & set(used) if early else ():
            yield Fault(f"a picture in {used[name]}", "save it as JPEG or Flate", number)


def operators(facts: Facts) -> Iterator[Fault]:
    """13: every operator is one PDF has, but between BX and EX."""
    for name, page in sorted(facts.uses.unknown.items()):
        if name != "PS":
            yield Fault(f"an unknown operator: {name}", "export it again", page)


def inks(facts: Facts) -> Iterator[Fault]:
    """15: an ink means one thing; All is for marks; alternates and numbers within bounds."""
    meant: dict[str, object] = {}
    told: set[str] = set()
    for number, space in _spaces(facts):
        kind = family(space)
        for spot in _separations(space, kind):
            name, said = str(spot[1]), meaning(spot)
            if meant.setdefault(name, said) != said and name not in told:
                told.add(name)
                yield Fault(f"ink {name[1:]} means two colours", "define it once", number)
        if kind not in ("Separation", "DeviceN"):
            continue
        plain = family(space[2]) in ("DeviceCMYK", "DeviceGray")
        if facts.standard.name == "pdfx1a" and not plain:
            yield Fault(f"an ink shown in {family(space[2])}", "give it in CMYK", number)
        if kind == "DeviceN":
            yield from _many_inks(facts, space, number)


def _many_inks(facts: Facts, space: Any, number: int) -> Iterator[Fault]:
    names = [str(name) for name in space[1]]
    if len(names) > 32:
        yield Fault(f"{len(names)} inks in one colour", "32 are the most", number)
    described: Any = space[4].get("/Colorants", {}) if len(space) > 4 else {}
    spots = [n for n in names if n not in _PROCESS and n not in described]
    if spots and facts.standard.name == "pdfx4":
        yield Fault(f"ink {spots[0][1:]} is not described", "list it in Colorants", number)


def _separations(space: Any, kind: str) -> list[Any]:
    """The space itself if it is a Separation; those a DeviceN describes its inks by."""
    if kind == "DeviceN" and len(space) > 4:
        return [spot for _, spot in space[4].get("/Colorants", {}).items()]
    return [space] if kind == "Separation" else []


def _spaces(facts: Facts) -> Iterator[tuple[int, Any]]:
    for number, space in facts.uses.spaces:
        for atom in atoms(space):
            yield number, atom


def colours(facts: Facts) -> Iterator[Fault]:
    """19: device colours are the intent's; managed CMYK is not the intent's profile again."""
    taken = {facts.device, "DeviceGray"} if facts.device == "DeviceCMYK" else {facts.device}
    told = set()
    for number, space in _spaces(facts):
        kind = family(space)
        if kind.startswith("Device") and kind not in (taken | {"DeviceN"}) and kind not in told:
            told.add(kind)
            yield Fault(f"colours in {kind}", f"the press condition is {facts.device}", number)
        again = kind == "ICCBased" and facts.profile is not None and "again" not in told
        if again and int(space[1].get("/N", 0)) == 4 and _same(space[1], facts.profile):
            told.add("again")
            yield Fault("colours with the press's own profile", "write them as DeviceCMYK", number)


def _same(one: Any, other: Any) -> bool:
    return one.objgen == other.objgen or bytes(one.read_bytes()) == bytes(other.read_bytes())


def blending(facts: Facts) -> Iterator[Fault]:
    """20: groups blend in the intent's family; only blend modes that PDF 1.6 has."""
    holders = [*((n, page) for n, page in facts.pages), *facts.uses.forms]
    for number, holder in holders:
        group: Any = holder.get("/Group")
        space = family(group.get("/CS")) if group is not None and "/CS" in group else facts.device
        if space.startswith("Device") and space != facts.device:
            yield Fault(f"blending in {space}", f"blend in {facts.device}", number)
    for number, state in facts.uses.states:
        modes = state.get("/BM", "/Normal")
        listed = list(modes) if isinstance(modes, pikepdf.Array) else [modes]
        for mode in {str(mode) for mode in listed} - _BLENDS:
            yield Fault(f"blend mode {mode[1:]}", "take one of PDF 1.6", number)


def opaque(facts: Facts) -> Iterator[Fault]:
    """24: nothing transparent: no groups, no soft masks, no constant alpha, no blend mode."""
    told = set()
    for number, holder in (*facts.pages, *facts.uses.forms):
        if holder.get("/Group", {}).get("/S") == "/Transparency" and number not in told:
            told.add(number)
            yield Fault("a transparency group", "flatten transparency", number)
    for number, thing in (*facts.uses.states, *facts.uses.images):
        if is_transparent(thing):
            yield Fault("transparency", "flatten it", number)


def plain_colours(facts: Facts) -> Iterator[Fault]:
    """25: CMYK, grey and spot inks alone."""
    allowed = {"DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "Indexed", "Pattern"}
    told = set()
    for number, space in _spaces(facts):
        kind = family(space)
        if kind not in allowed and kind not in told:
            told.add(kind)
            yield Fault(f"colours in {kind}", "convert them to CMYK", number)


def nothing_newer(facts: Facts) -> Iterator[Fault]:
    """27: no layers, no 16-bit pictures, no OpenType programs."""
    if "/OCProperties" in facts.pdf.Root:
        yield Fault("the file has layers", "flatten them")
    for number, image in facts.uses.images:
        if int(image.get("/BitsPerComponent", 8)) == 16:
            yield Fault("a picture of 16 bits", "save it with 8", number)
    if any(thing.get("/Subtype") == "/OpenType" for thing in facts.objects):
        yield Fault("an OpenType font program", "embed it as CFF or TrueType")
