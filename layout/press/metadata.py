"""What the file says of itself: document information and XMP, which must agree (pdfx.md 5, 17–18).

In: a sheet's `meta`, its page number and a digest of the page. Out: the Info dictionary, the XMP
packet, the trailer's ID. There is no clock in it: dates are the issue's, or SOURCE_DATE_EPOCH's
(reproducible-builds.org), identifiers come from the content.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

import msgspec

from layout.press.objects import Literal, Name, Object, Value
from layout.press.standards import Standard
from layout.sheet.items import Sheet

CREATOR = PRODUCER = "Duikai"
BEIJING = timezone(timedelta(hours=8))
UNDATED = datetime(2000, 1, 1, tzinfo=BEIJING)  # a sheet without a date; X-4 demands one

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
_PRISM = {"prism": "http://prismstandard.org/namespaces/basic/2.0/"}


class Metadata(msgspec.Struct, frozen=True):
    """A page's metadata, once, for Info and XMP alike."""

    title: str
    publication: str
    number: str
    date: str
    page: str
    code: str
    language: str
    stamp: datetime
    identifier: uuid.UUID
    standard: Standard

    @property
    def subject(self) -> str:
        """Issue and page in one line, as a plate is talked about."""
        number = f"第{self.number}期" if self.number else ""
        return " ".join(part for part in (self.date, number, f"第{self.page}版") if part)

    @property
    def keywords(self) -> str:
        """What a picture desk searches for."""
        return ", ".join(part for part in (self.publication, self.code, self.number) if part)

    def info(self) -> Object:
        """The Info dictionary; Trapped is a name, never a boolean (ISO 32000-1 14.3.3)."""
        date = Literal(f"(D:{self.stamp:%Y%m%d%H%M%S}+08'00')")
        entries: dict[str, Value] = {
            "Title": self.title,
            "Author": self.publication,
            "Subject": self.subject,
            "Keywords": self.keywords,
            "Creator": CREATOR,
            "Producer": PRODUCER,
            "CreationDate": date,
            "ModDate": date,
            "Trapped": Name("False"),
            **self.standard.info,
        }
        return Object(entries)

    def trailer_id(self) -> str:
        """Both halves alike: the file has never been changed (ISO 32000-1 14.4)."""
        return f"[<{self.identifier.hex}> <{self.identifier.hex}>]"

    def xmp(self) -> Object:
        """The XMP packet, in the clear."""
        body = "\n".join(
            f"   <{name}>{_property(name, value, self.language)}</{name}>"
            for name, value in self._properties()
        )
        spaces = "".join(
            f'\n    xmlns:{prefix}="{uri}"' for prefix, uri in self._namespaces().items()
        )
        packet = (
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
            f'<x:xmpmeta xmlns:x="adobe:ns:meta/">\n <rdf:RDF{spaces}>\n'
            f'  <rdf:Description rdf:about="">\n{body}\n  </rdf:Description>\n'
            ' </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
        )
        entries: dict[str, Value] = {"Type": Name("Metadata"), "Subtype": Name("XML")}
        return Object(entries, packet.encode("utf-8"))

    def _namespaces(self) -> dict[str, str]:
        own = _PRISM if self.standard.free_xmp else {}
        return dict(sorted((_NAMESPACES | own | dict(self.standard.namespaces)).items()))

    def _properties(self) -> list[tuple[str, str]]:
        stamp = self.stamp.isoformat(timespec="seconds")
        named = [
            ("dc:format", "application/pdf"),
            ("dc:title", self.title),
            ("dc:creator", self.publication),
            ("dc:description", self.subject),
            ("dc:language", self.language),
            ("pdf:Keywords", self.keywords),
            ("pdf:Producer", PRODUCER),
            ("pdf:Trapped", "False"),
            *self.standard.identification,
            *(self._prism() if self.standard.free_xmp else ()),
            ("xmp:CreateDate", stamp),
            ("xmp:ModifyDate", stamp),
            ("xmp:MetadataDate", stamp),
            ("xmp:CreatorTool", CREATOR),
            ("xmpMM:DocumentID", f"uuid:{self.identifier}"),
            ("xmpMM:InstanceID", f"uuid:{self.identifier}"),
            ("xmpMM:VersionID", "1"),
            ("xmpMM:RenditionClass", "default"),
        ]
        return [(name, value) for name, value in named if value]

    def _prism(self) -> list[tuple[str, str]]:
        """What archives of periodicals look for."""
        return [
            ("prism:publicationName", self.publication),
            ("prism:number", self.number),
            ("prism:publicationDate", self.date),
            ("prism:startingPage", self.page),
        ]


def describe(sheet: Sheet, digest: bytes, standard: Standard) -> Metadata:
    """A sheet's metadata; the first 16 bytes of the digest become its identifier."""
    meta = sheet.meta
    return Metadata(
        title=meta.get("title") or sheet.name,
        publication=meta.get("publication", ""),
        number=meta.get("number", ""),
        date=meta.get("date", ""),
        page=meta.get("page") or str(sheet.page),
        code=meta.get("code", ""),
        language=meta.get("language") or "zh-CN",
        stamp=_stamp(meta),
        identifier=uuid.UUID(bytes=digest[:16], version=5),
        standard=standard,
    )


def _stamp(meta: Mapping[str, str]) -> datetime:
    """Midnight of the issue in Beijing; SOURCE_DATE_EPOCH goes before."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH", "").strip():
        return datetime.fromtimestamp(int(epoch), UTC).astimezone(BEIJING)
    if date := meta.get("date"):
        return datetime.fromisoformat(date).replace(tzinfo=BEIJING)
    return UNDATED


def _property(name: str, value: str, language: str) -> str:
    """An XMP value in the container its schema asks for (XMP part 1, Dublin Core)."""
    text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    match name:
        case "dc:title" | "dc:description":
            languages = ("x-default", language)
            items = "".join(f'<rdf:li xml:lang="{tag}">{text}</rdf:li>' for tag in languages)
            return f"<rdf:Alt>{items}</rdf:Alt>"
        case "dc:creator":
            return f"<rdf:Seq><rdf:li>{text}</rdf:li></rdf:Seq>"
        case "dc:language":
            return f"<rdf:Bag><rdf:li>{text}</rdf:li></rdf:Bag>"
        case _:
            return text
