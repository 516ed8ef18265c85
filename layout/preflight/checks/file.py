"""Checks of the file: version, metadata, output intent, and what only moves on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from layout.preflight.checks.kinds import Check, Document, Fault
from layout.preflight.profile import Profile


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
    form: Any = doc.pdf.Root.get("/AcroForm", {})
    if "/XFA" in form:
        yield Fault("the file is an XFA form", "print it to a PDF from the program it was made in")
    elif len(form.get("/Fields", [])):
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


CHECKS = (
    Check("pages/none", "A plate needs a page.", "practice", _empty_file),
    Check("file/version", "Old RIPs stop at newer files.", "PDF/X-4 no. 16", _version),
    Check("metadata/standard", "The press must know what it may rely on.", "PDF/X-4 no. 17",
          _standard),
    Check("metadata/intent", "Colours mean a press condition.", "PDF/X-4 no. 2, 3", _intent),
    Check("metadata/title", "Plates are told apart by title.", "PDF/X-4 no. 5", _title),
    Check("metadata/trapped", "Who traps, and whether.", "PDF/X-4 no. 5", _trapped),
    Check("metadata/id", "Files are told apart by ID.", "PDF/X-4 no. 1", _identifier),
    Check("interactive/script", "A plate does nothing.", "PDF/X-4 no. 8", _scripts),
    Check("interactive/attachment", "Attached files are not printed.", "PDF/X-4 no. 8",
          _attachments),
    Check("interactive/form", "Fields print differently everywhere.", "PDF/X-4 no. 8", _forms),
    Check("interactive/annotation", "Comments may print.", "PDF/X-4 no. 9", _annotations),
    Check("layers/optional", "What is hidden may print.", "PDF/X-4 no. 21", _layers),
)  # fmt: skip
