"""The checks: each an id that never changes, why it is asked, where that comes from, what finds it.

A check yields `Fault`s – message, hint, page, place – and knows neither severities nor how they are
shown; the runner does. Sources: ISO 15930-7 (X-4), ISO 32000-1, ISO 12647-3 practice, GWG.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pikepdf

from layout.geometry import Box
from layout.preflight.profile import Profile
from layout.preflight.spots import shown_otherwise, spots
from layout.preflight.walk import Painted, space_family

TOLERANCE = 0.5  # pt, of boxes: a third of a hair


class PageFacts(msgspec.Struct, frozen=True):
    """A page, its number from 1, and all that is painted on it."""

    number: int
    page: pikepdf.Page
    painted: tuple[Painted, ...]


class Document(msgspec.Struct, frozen=True):
    """An opened file; `spaces` are the colour spaces its pages use, with the page of first use."""

    pdf: pikepdf.Pdf
    pages: tuple[PageFacts, ...]
    spaces: tuple[tuple[int, Any], ...]


class Fault(msgspec.Struct, frozen=True):
    """What a check found."""

    message: str
    hint: str
    page: int | None = None
    box: Box | None = None


Find = Callable[[Document, Profile], Iterator[Fault]]


class Check(msgspec.Struct, frozen=True):
    """`rationale` is for people, `source` the clause or practice behind it."""

    id: str
    rationale: str
    source: str
    find: Find


# --- file and metadata ------------------------------------------------------------------------


def _version(doc: Document, profile: Profile) -> Iterator[Fault]:
    version = doc.pdf.pdf_version
    if version not in profile.versions:
        yield Fault(f"PDF {version}", f"write PDF {profile.versions[-1]} or lower")


def _empty_file(doc: Document, _: Profile) -> Iterator[Fault]:
    if not doc.pages:
        yield Fault("the file has no page", "write it again")


def _xmp(doc: Document) -> str:
    stream = doc.pdf.Root.get("/Metadata")
    return bytes(stream.read_bytes()).decode("utf-8", "replace") if stream is not None else ""


def _standard(doc: Document, _: Profile) -> Iterator[Fault]:
    said = str(doc.pdf.docinfo.get("/GTS_PDFXVersion", "")) + _xmp(doc)
    if "PDF/X-" not in said:
        yield Fault("the file does not say which PDF/X it is", "export as PDF/X-4 or X-1a")


def _intent(doc: Document, _: Profile) -> Iterator[Fault]:
    intents = [i for i in doc.pdf.Root.get("/OutputIntents", []) if i.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield Fault(f"{len(intents)} PDF/X output intents", "name one press condition")
        return
    profile = intents[0].get("/DestOutputProfile")
    if profile is None and not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield Fault("the output intent names no condition", "embed its ICC profile")
    elif profile is not None and int(profile.get("/N", 0)) != 4:
        yield Fault("the output intent is no CMYK condition", "take the press's CMYK profile")


def _title(doc: Document, _: Profile) -> Iterator[Fault]:
    if not str(doc.pdf.docinfo.get("/Title", "")).strip() and "dc:title" not in _xmp(doc):
        yield Fault("the file has no title", "name publication, date and page")


def _trapped(doc: Document, _: Profile) -> Iterator[Fault]:
    if doc.pdf.docinfo.get("/Trapped") not in ("/True", "/False") and "Trapped>" not in _xmp(doc):
        yield Fault("it is not said whether the file is trapped", "write /Trapped /False")


def _identifier(doc: Document, _: Profile) -> Iterator[Fault]:
    if "/ID" not in doc.pdf.trailer:
        yield Fault("the file has no identifier", "write /ID into the trailer")


def _scripts(doc: Document, _: Profile) -> Iterator[Fault]:
    root = doc.pdf.Root
    if "/JavaScript" in root.get("/Names", {}) or "/AA" in root or _is_action(root):
        yield Fault("the file runs a script or action", "export without JavaScript and actions")


def _is_action(root: Any) -> bool:
    action = root.get("/OpenAction")
    return isinstance(action, pikepdf.Dictionary) and "/S" in action and action.S != "/GoTo"


def _attachments(doc: Document, _: Profile) -> Iterator[Fault]:
    if "/EmbeddedFiles" in doc.pdf.Root.get("/Names", {}):
        yield Fault("files are attached", "remove attachments")


def _forms(doc: Document, _: Profile) -> Iterator[Fault]:
    if "/AcroForm" in doc.pdf.Root and len(doc.pdf.Root.AcroForm.get("/Fields", [])):
        yield Fault("the file has form fields", "flatten the form")


def _annotations(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for note in facts.page.obj.get("/Annots", []):
            kind = str(note.get("/Subtype", ""))[1:]
            if kind not in ("TrapNet", "PrinterMark"):
                yield Fault(f"a {kind} annotation", "remove comments and links", facts.number)


def _layers(doc: Document, _: Profile) -> Iterator[Fault]:
    if "/OCProperties" in doc.pdf.Root:
        yield Fault("the file has layers", "flatten them: a press prints what is switched on")


# --- pages and boxes --------------------------------------------------------------------------


def _trim(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        if "/TrimBox" not in facts.page.obj and "/ArtBox" not in facts.page.obj:
            yield Fault("the page has no trim box", "export with a trim box", facts.number)
        elif profile.trim:
            box = [float(v) for v in facts.page.trimbox]
            size = box[2] - box[0], box[3] - box[1]
            if any(abs(a - b) > TOLERANCE for a, b in zip(size, profile.trim, strict=True)):
                mm = [round(v * 25.4 / 72, 1) for v in (*size, *profile.trim)]
                yield Fault(
                    f"the page is {mm[0]} × {mm[1]} mm", f"it should be {mm[2]} × {mm[3]} mm",
                    facts.number,
                )  # fmt: skip


def _nesting(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        media, trim = ([float(v) for v in b] for b in (facts.page.mediabox, facts.page.trimbox))
        bleed = [float(v) for v in facts.page.obj.get("/BleedBox", facts.page.mediabox)]
        if not (_within(trim, bleed) and _within(bleed, media)):
            yield Fault(
                "the boxes do not nest", "media ⊇ bleed ⊇ trim (ISO 15930-7 6.16)", facts.number
            )


def _within(inner: list[float], outer: list[float]) -> bool:
    low = all(a >= b - TOLERANCE for a, b in zip(inner[:2], outer[:2], strict=True))
    return low and all(a <= b + TOLERANCE for a, b in zip(inner[2:], outer[2:], strict=True))


def _bleed(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        trim = [float(v) for v in facts.page.trimbox]
        bleed = [float(v) for v in facts.page.obj.get("/BleedBox", facts.page.mediabox)]
        least = min(abs(a - b) for a, b in zip(trim, bleed, strict=True))
        if least < profile.bleed - TOLERANCE:
            yield Fault(
                f"{least * 25.4 / 72:.1f} mm bleed", f"give {profile.bleed * 25.4 / 72:.1f} mm",
                facts.number,
            )  # fmt: skip


def _rotated(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        if int(facts.page.obj.get("/Rotate", 0)) % 360 or "/UserUnit" in facts.page.obj:
            yield Fault("the page is rotated or scaled", "export it upright at 1:1", facts.number)


def _empty(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        if not facts.painted:
            yield Fault("nothing is painted on the page", "is it the right page?", facts.number)


# --- fonts ------------------------------------------------------------------------------------


def _fonts(page: pikepdf.Page) -> Iterator[tuple[str, Any]]:
    resources: Any = page.obj.get("/Resources", {})
    for name, font in resources.get("/Font", {}).items():
        yield str(name), font


def _embedded(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        drawn = {item.what for item in facts.painted if item.kind == "text"}
        for name, font in _fonts(facts.page):
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = inner.get("/FontDescriptor", {})
            files = ("/FontFile", "/FontFile2", "/FontFile3")
            if font.get("/Subtype") != "/Type3" and not any(f in descriptor for f in files):
                said = str(font.get("/BaseFont", name))[1:]
                if name in drawn:
                    yield Fault(f"font {said} is not embedded", "embed all fonts", facts.number)


def _type3(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for name, font in _fonts(facts.page):
            if font.get("/Subtype") == "/Type3":
                yield Fault(f"Type 3 font {name[1:]}", "use outline fonts", facts.number)


# --- colour and ink ---------------------------------------------------------------------------

_RGB = frozenset({"DeviceRGB", "CalRGB", "ICC RGB", "Lab"})


def _rgb(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            family = item.colour.family
            if item.kind == "image":
                family, _parts, _name = space_family(item.image.get("/ColorSpace"))
            if family in _RGB:
                what = "a picture" if item.kind == "image" else item.kind
                yield Fault(f"{what} in {family}", "convert to CMYK", facts.number, item.box)
                break


def _blend_space(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        group: Any = facts.page.obj.get("/Group", {})
        if group and space_family(group.get("/CS"))[0] in _RGB:
            yield Fault("the page blends in RGB", "take a CMYK blend space", facts.number)


def _spots(doc: Document, profile: Profile) -> Iterator[Fault]:
    for number, name in spots(doc.spaces):
        if name not in profile.spots:
            yield Fault(f"spot colour {name}", "convert to CMYK, or order the ink", number)


def _spot_parts(doc: Document, profile: Profile) -> Iterator[Fault]:
    for number, name in shown_otherwise(doc.spaces, profile.spots):
        parts = " ".join(f"{part * 100:g}" for part in profile.spots[name] or ())
        yield Fault(
            f"spot colour {name} is not shown as the paper's is",
            f"the page shows it as [{parts}] % of C, M, Y, K; the plate is the same", number,
        )  # fmt: skip


def _registration(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        trim = [float(v) for v in facts.page.trimbox]
        width, height = trim[2] - trim[0], trim[3] - trim[1]
        for item in facts.painted:
            inside = 0 <= item.box.x < width and 0 <= item.box.y < height
            full = item.colour.name == "All" or item.colour.cmyk == (1.0, 1.0, 1.0, 1.0)
            if inside and full:
                yield Fault(
                    "registration colour inside the trim", "it belongs to marks only",
                    facts.number, item.box,
                )  # fmt: skip
                break


def _total_ink(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        heavy = [
            (sum(item.colour.amounts) * 100, item) for item in facts.painted
            if item.kind in ("fill", "text", "stroke") and item.colour.amounts
        ]  # fmt: skip
        if heavy and (worst := max(heavy, key=lambda pair: pair[0]))[0] > profile.total_ink:
            yield Fault(
                f"{worst[0]:.0f} % total ink", f"newsprint takes {profile.total_ink} %",
                facts.number, worst[1].box,
            )  # fmt: skip


def _white_overprint(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            if item.overprint and item.colour.is_white and item.kind != "image":
                yield Fault(
                    f"white {item.kind} overprints and will vanish", "let it knock out",
                    facts.number, item.box,
                )  # fmt: skip
                break


# --- type, rules, pictures --------------------------------------------------------------------


def _coloured_type(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            small = item.kind == "text" and item.size < profile.smallest_coloured_type
            if small and item.colour.inks > 1:
                yield Fault(
                    f"{item.size:.1f} pt type in {item.colour.inks} inks",
                    f"below {profile.smallest_coloured_type:g} pt set it in one ink",
                    facts.number, item.box,
                )  # fmt: skip
                break


def _reversed_type(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            if (
                item.kind == "text"
                and item.colour.is_white
                and (item.size < profile.smallest_reversed_type)
            ):
                yield Fault(
                    f"{item.size:.1f} pt reversed type",
                    f"take {profile.smallest_reversed_type:g} pt at least",
                    facts.number, item.box,
                )  # fmt: skip
                break


def _thin_rules(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            least = (
                profile.thinnest_reversed_rule if item.colour.is_white else profile.thinnest_rule
            )
            if item.kind == "stroke" and item.size < least - 0.001:
                yield Fault(
                    f"a rule of {item.size:.2f} pt", f"draw it {least:g} pt at least",
                    facts.number, item.box,
                )  # fmt: skip
                break


def _resolution(doc: Document, profile: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            if item.kind != "image":
                continue
            bitmap = bool(item.image.get("/ImageMask", False)) or (
                int(item.image.get("/BitsPerComponent", 8)) == 1
            )
            least = (profile.bitmap_ppi if bitmap else profile.colour_ppi)[1]
            if item.size < least:
                kind = "line art" if bitmap else "a picture"
                yield Fault(
                    f"{kind} at {item.size:.0f} ppi", f"newsprint wants {least:.0f}",
                    facts.number, item.box,
                )  # fmt: skip


def _foreign_pictures(doc: Document, _: Profile) -> Iterator[Fault]:
    for facts in doc.pages:
        for item in facts.painted:
            if item.kind == "image" and ("/Alternates" in item.image or "/OPI" in item.image):
                yield Fault(
                    "a picture that stands for another (OPI, alternates)",
                    "place the picture itself", facts.number, item.box,
                )  # fmt: skip


CHECKS = tuple(
    Check(*row)
    for row in (
        ("pages/none", "A plate needs a page.", "", _empty_file),
        ("file/version", "Old RIPs stop at newer files.", "ISO 15930-7 6.1", _version),
        ("metadata/standard", "The press must know what it may rely on.",
         "ISO 15930-7 6.3", _standard),
        ("metadata/intent", "Colours mean a press condition.", "ISO 15930-7 6.2.2", _intent),
        ("metadata/title", "Plates are told apart by title.", "ISO 15930-7 6.10", _title),
        ("metadata/trapped", "Who traps, and whether.", "ISO 15930-7 6.10", _trapped),
        ("metadata/id", "Files are told apart by ID.", "ISO 15930-7 6.1", _identifier),
        ("interactive/script", "A plate does nothing.", "ISO 15930-7 6.18", _scripts),
        ("interactive/attachment", "Attached files are not printed.",
         "ISO 15930-7 6.1", _attachments),
        ("interactive/form", "Fields print differently everywhere.", "ISO 15930-7 6.18", _forms),
        ("interactive/annotation", "Comments may print.", "ISO 15930-7 6.17", _annotations),
        ("layers/optional", "What is hidden may print.", "ISO 15930-7 6.22", _layers),
        ("boxes/trim", "Imposition places the trim.", "ISO 15930-7 6.16", _trim),
        ("boxes/nesting", "Boxes outside one another mislead it.", "ISO 15930-7 6.16", _nesting),
        ("boxes/bleed", "Cutting is never exact.", "practice", _bleed),
        ("boxes/rotated", "Imposition turns pages itself.", "practice", _rotated),
        ("pages/empty", "An empty plate is a mistake.", "practice", _empty),
        ("fonts/embedded", "A RIP that lacks a font sets another.", "ISO 15930-7 6.5", _embedded),
        ("fonts/type3", "Type 3 is drawn without hints and care.", "practice", _type3),
        ("colour/rgb", "A press has no RGB ink.", "ISO 15930-7 6.2", _rgb),
        ("colour/blend-space", "Blending in RGB turns black into four inks.",
         "ISO 15930-7 6.2", _blend_space),
        ("colour/spot", "Every spot ink is a plate.", "GWG newspaper", _spots),
        ("colour/spot-parts", "One ink is one colour wherever it is shown.",
         "PDF/X, our number 15", _spot_parts),
        ("colour/registration", "Four solid inks smear newsprint.", "practice", _registration),
        ("ink/total", "Newsprint takes so much ink.", "ISO 12647-3 practice", _total_ink),
        ("ink/white-overprint", "White that overprints is not there.", "GWG", _white_overprint),
        ("type/coloured", "Small type of several inks never registers.", "craft", _coloured_type),
        ("type/reversed", "Small reversed type fills in.", "craft", _reversed_type),
        ("rules/thin", "Thin rules break.", "craft", _thin_rules),
        ("pictures/resolution", "Coarse pictures show pixels.",
         "ISO 12647-3 practice", _resolution),
        ("pictures/foreign", "The RIP has no other file.", "ISO 15930-7 6.4", _foreign_pictures),
    )
)  # fmt: skip
