"""Requirements on the file as a whole: identifier, version, intent, what it says of itself.

Numbers are pdfx.md's: 1, 2–4, 5, 14, 16–18, 21–23, 26. Each function is one requirement.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pikepdf

from layout.preflight.checks import Fault
from layout.preflight.standards.facts import Facts

_PDF_DATE = re.compile(
    r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:(Z)|([+-])(\d\d)'(\d\d)'?)?(?:00'00'?)?$"
)
_DEVICES = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}


def identifier(facts: Facts) -> Iterator[Fault]:
    """1: /ID of two byte strings; nothing encrypted."""
    found = facts.pdf.trailer.get("/ID")
    halves = list(found) if isinstance(found, pikepdf.Array) else []
    if len(halves) != 2 or not all(isinstance(h, pikepdf.String) and bytes(h) for h in halves):
        yield Fault("the trailer has no /ID of two strings", "write an identifier")
    if facts.pdf.is_encrypted:
        yield Fault("the file is encrypted", "export it without a password")


def one_intent(facts: Facts) -> Iterator[Fault]:
    """2: exactly one output intent of the standard's kind; all with the same profile."""
    kind = facts.standard.intent
    if len(facts.intents) != 1:
        yield Fault(f"{len(facts.intents)} output intents {kind}", "name one press condition")
    profiles = [i.DestOutputProfile for i in facts.all_intents if "/DestOutputProfile" in i]
    if len({profile.objgen for profile in profiles}) > 1:
        yield Fault("output intents with different profiles", "embed one profile")


def condition(facts: Facts) -> Iterator[Fault]:
    """3: the intent names its condition, and has a profile where the standard wants it."""
    for intent in facts.intents[:1]:
        if not str(intent.get("/OutputConditionIdentifier", "")).strip():
            yield Fault("the output intent names no condition", "write OutputConditionIdentifier")
        registered = intent.get("/RegistryName") == "http://www.color.org"
        if not registered and not str(intent.get("/Info", "")).strip():
            yield Fault("an unregistered condition is not described", "write Info into the intent")
        optional = registered and facts.standard.name in ("pdfx1a", "pdfx3")
        if not isinstance(intent.get("/DestOutputProfile"), pikepdf.Stream) and not optional:
            yield Fault("the output intent has no ICC profile", "embed the condition's profile")
        if "/DestOutputProfileRef" in intent:
            yield Fault("the profile is in another file", "embed it")


def profile(facts: Facts) -> Iterator[Fault]:
    """4: the profile is a printer's, of the channels it says, of a version the file may hold."""
    stream = facts.profile
    if stream is None:
        return
    data = stream.read_bytes()
    if len(data) < 128 or data[36:40] != b"acsp":
        yield Fault("the output profile is no ICC profile", "embed the condition's profile")
        return
    version, kind, space = struct.unpack_from(">8xB3x4s4s", data)
    device, cmyk_only = _DEVICES.get(space), facts.standard.name == "pdfx1a"
    if kind != b"prtr":
        yield Fault(f"the output profile is of class {_ascii(kind)}", "embed a printer profile")
    if device is None or (cmyk_only and space != b"CMYK"):
        yield Fault(f"the output profile is for {_ascii(space)}", "embed a CMYK profile")
    elif int(stream.get("/N", 0)) != device:
        yield Fault(f"the profile stream's N is not {device}", "write its number of channels")
    if version > facts.standard.icc_version:
        yield Fault(f"the output profile is version {version}",
                    f"embed version {facts.standard.icc_version} or older")  # fmt: skip


def _ascii(data: bytes) -> str:
    return data.decode("ascii", "replace").strip()


def information(facts: Facts) -> Iterator[Fault]:
    """5: title, dates and producer in Info; Trapped is the name True or False."""
    info = facts.pdf.docinfo
    for key in ("Title", "CreationDate", "ModDate", "Producer"):
        if not str(info.get(f"/{key}", "")).strip():
            yield Fault(f"Info has no {key}", f"write {key}")
    for key in ("CreationDate", "ModDate"):
        if (said := str(info.get(f"/{key}", ""))) and _pdf_date(said) is None:
            yield Fault(f"{key} is no date: {said}", "write D:YYYYMMDDHHmmSS+HH'mm'")
    trapped = info.get("/Trapped")
    if not isinstance(trapped, pikepdf.Name) or trapped not in ("/True", "/False"):
        yield Fault("it is not said whether the file is trapped", "write /Trapped /False")


def _pdf_date(text: str) -> datetime | None:
    found = _PDF_DATE.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, _, sign, hours, minutes = found.groups()
    zone = f"{sign}{hours}:{minutes}" if sign else "+00:00"
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}")
    except ValueError:
        return None


def viewer(facts: Facts) -> Iterator[Fault]:
    """14: what a viewer shows and prints is the media or bleed box."""
    preferences: Any = facts.pdf.Root.get("/ViewerPreferences", {})
    for key in ("ViewArea", "ViewClip", "PrintArea", "PrintClip"):
        if preferences.get(f"/{key}", "/MediaBox") not in ("/MediaBox", "/BleedBox"):
            yield Fault(f"{key} is {preferences[f'/{key}']}", "leave it out")


def version(facts: Facts) -> Iterator[Fault]:
    """16: a version the standard knows, and a comment of bytes above 127 behind the header."""
    highest = "{}.{}".format(*facts.standard.version)
    if facts.pdf.pdf_version > highest:
        yield Fault(f"PDF {facts.pdf.pdf_version}", f"write PDF {highest} or lower")
    lines = re.split(rb"\r\n|\r|\n", facts.head)
    comment = lines[1] if len(lines) > 1 else b""
    if not comment.startswith(b"%") or sum(byte > 127 for byte in comment[1:5]) < 4:
        yield Fault("no binary comment after the header", "write four bytes above 127")


def identification(facts: Facts) -> Iterator[Fault]:
    """17: XMP says which standard this is."""
    if not isinstance(facts.pdf.Root.get("/Metadata"), pikepdf.Stream):
        yield Fault("the file has no XMP", f"export it as {facts.standard.title}")
        return
    for name, wanted in facts.standard.identification:
        if facts.said(name) != wanted:
            said = facts.said(name) or "missing"
            yield Fault(f"XMP's {name} is {said}", f"it should be {wanted}")


_SAME = {"dc:title": "Title", "pdf:Trapped": "Trapped", "pdf:Producer": "Producer",
         "xmp:CreatorTool": "Creator", "pdf:Keywords": "Keywords"}  # fmt: skip
_DATES = {"xmp:CreateDate": "CreationDate", "xmp:ModifyDate": "ModDate"}
_NEEDED = ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "dc:title", "pdf:Trapped",
           "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass")  # fmt: skip


def packet(facts: Facts) -> Iterator[Fault]:
    """18: XMP has dates, title, trapping and identifiers, and says what Info says."""
    if not facts.xmp:
        return  # 17 says so
    for name in _NEEDED:
        if not facts.said(name):
            yield Fault(f"XMP has no {name}", f"write {name}")
    yield from consistency(facts)


def consistency(facts: Facts) -> Iterator[Fault]:
    """Info and XMP agree wherever both speak; dates to the second."""
    info = facts.pdf.docinfo
    for name, key in _SAME.items():
        stated = str(info.get(f"/{key}", "")).lstrip("/")
        said = facts.said(name)
        if key == "Trapped" and stated not in ("True", "False"):
            continue  # 5 says so
        if said and stated and said != stated:
            yield Fault(f"{name} is {said}, Info's {key} {stated}", "write both alike")
    for name, key in _DATES.items():
        stated, said = str(info.get(f"/{key}", "")), facts.said(name)
        if said and _pdf_date(stated) and _xmp_date(said) != _pdf_date(stated):
            yield Fault(f"{name} is {said}, Info's {key} {stated}", "write both alike")


def _xmp_date(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def layers(facts: Facts) -> Iterator[Fault]:
    """21: configurations of optional content have names and switch nothing by themselves."""
    properties: Any = facts.pdf.Root.get("/OCProperties")
    if properties is None:
        return
    for configuration in [properties.get("/D", {}), *properties.get("/Configs", [])]:
        if not str(configuration.get("/Name", "")):
            yield Fault("a layer configuration has no name", "name it, or flatten the layers")
        if "/AS" in configuration:
            yield Fault("layers switch by themselves (AS)", "flatten them")


def whole(facts: Facts) -> Iterator[Fault]:
    """22: no stream lies in another file."""
    for thing in facts.objects:
        if isinstance(thing, pikepdf.Stream) and "/F" in thing:
            yield Fault("a stream lies in another file", "embed it")
            return


def first_editions(facts: Facts) -> Iterator[Fault]:
    """23: at most PDF 1.4 without its successors' streams; Info says the version; XMP agrees."""
    if facts.pdf.pdf_version > "1.4":
        yield Fault(f"PDF {facts.pdf.pdf_version}", "write PDF 1.4 or lower")
    wanted = facts.standard.info["GTS_PDFXVersion"]
    said = str(facts.pdf.docinfo.get("/GTS_PDFXVersion", "missing"))
    if said != wanted:
        yield Fault(f"Info's GTS_PDFXVersion is {said}", f"it should be {wanted}")
    in_xmp = facts.said("pdfx:GTS_PDFXVersion")
    if in_xmp and in_xmp != wanted:
        yield Fault(f"XMP's GTS_PDFXVersion is {in_xmp}", f"it should be {wanted}")
    yield from consistency(facts)
    if facts.pdf.trailer.get("/Type") == "/XRef":
        yield Fault("cross-references or objects lie in streams (PDF 1.5)", "save it as PDF 1.4")


def not_separated(facts: Facts) -> Iterator[Fault]:
    """26: a page is a page, not one plate of it."""
    for number, page in facts.pages:
        if "/SeparationInfo" in page:
            yield Fault("the page is one plate of a page", "export composite pages", number)


def actions(facts: Facts) -> Iterator[Fault]:
    """8: nothing runs, plays, opens, is attached or filled in."""
    root = facts.pdf.Root
    names: Any = root.get("/Names", {})
    if "/JavaScript" in names:
        yield Fault("the file has JavaScript", "export it without")
    if "/EmbeddedFiles" in names:
        yield Fault("files are attached", "remove attachments")
    form: Any = root.get("/AcroForm", {})
    if "/XFA" in form or bool(form.get("/NeedAppearances", False)):
        yield Fault("the file has a form to be drawn by the reader", "flatten the form")
    if any("/AA" in thing for thing in facts.objects):
        yield Fault("something happens by itself (AA)", "export without actions")
    if kinds := sorted({kind for thing in facts.objects if (kind := _action(thing))}):
        yield Fault(f"actions: {', '.join(kinds)}", "export without actions")


_ACTIONS = frozenset({
    "GoTo", "GoToR", "GoToE", "Launch", "Thread", "URI", "Sound", "Movie", "Hide", "Named",
    "SubmitForm", "ResetForm", "ImportData", "JavaScript", "SetOCGState", "Rendition", "Trans",
    "GoTo3DView", "RichMediaExecute",
})  # fmt: skip
_PLAYED = frozenset({"/Sound", "/Movie", "/Screen", "/3D", "/RichMedia"})


def _action(thing: Any) -> str | None:
    """The action a dictionary leads to, or what it plays."""
    for key in ("/A", "/OpenAction"):
        held = thing.get(key)
        kind = str(held.get("/S", ""))[1:] if isinstance(held, pikepdf.Dictionary) else ""
        if kind in _ACTIONS:
            return kind
    played = str(thing.get("/Subtype", ""))
    is_note = thing.get("/Type") == "/Annot" or "/Rect" in thing
    return played[1:] if is_note and played in _PLAYED else None
