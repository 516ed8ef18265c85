"""Conforming files broken, one requirement each: a name, the requirement's number, how it is done.

`FAULTS` is by `standard-number-name`; `saved` writes the broken file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

from layout.press.standards import Standard

from . import test_faults as seeds

Fault = Callable[[pikepdf.Pdf], None]


def info(key: str, value: object) -> Fault:
    """An entry of Info changed, or taken out with None."""

    def seed(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del pdf.docinfo[key]
        else:
            pdf.docinfo[key] = value

    return seed


def packet(old: bytes, new: bytes) -> Fault:
    def seed(pdf: pikepdf.Pdf) -> None:
        data = pdf.Root.Metadata.read_bytes()
        assert old in data
        pdf.Root.Metadata = pdf.make_stream(
            data.replace(old, new), Type=Name.Metadata, Subtype=Name.XML
        )

    return seed


def intent(**changes: object) -> Fault:
    def seed(pdf: pikepdf.Pdf) -> None:
        held = pdf.Root.OutputIntents[0]
        for key, value in changes.items():
            if value is None:
                del held[f"/{key}"]
            else:
                held[f"/{key}"] = value

    return seed


def profile(at: int, data: bytes) -> Fault:
    """Bytes of the embedded profile's header changed."""

    def seed(pdf: pikepdf.Pdf) -> None:
        stream = pdf.Root.OutputIntents[0].DestOutputProfile
        made = bytearray(stream.read_bytes())
        made[at : at + len(data)] = data
        stream.write(bytes(made))

    return seed


def another_profile(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    pdf.Root.OutputIntents.append(
        Dictionary(S=Name("/GTS_Other"), DestOutputProfile=pdf.make_stream(data, N=4))
    )


def state(**entries: object) -> Fault:
    held = Dictionary({f"/{key}": value for key, value in entries.items()})
    return seeds.painted("/Seed gs 0 0 0 1 k 50 50 9 9 re f", ExtGState=Dictionary({"/Seed": held}))


def space(*parts: object, operands: str = "1") -> Fault:
    """A colour space painted in."""
    held = Dictionary({"/Seed": Array(parts)})
    return seeds.painted(f"/Seed cs {operands} scn 50 50 9 9 re f", ColorSpace=held)


def ink(*c1: float) -> Dictionary:
    """A tint transform to `len(c1)` components."""
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * len(c1), C1=list(c1), N=1)


def two_meanings(pdf: pikepdf.Pdf) -> None:
    spaces = [Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, ink(0, y, 1, 0)])
              for y in (0.2, 0.4)]  # fmt: skip
    seeds.painted(
        "/S1 cs 1 scn 50 50 9 9 re f /S2 cs 1 scn 60 60 9 9 re f",
        ColorSpace=Dictionary({"/S1": spaces[0], "/S2": spaces[1]}),
    )(pdf)


def described_otherwise(pdf: pikepdf.Pdf) -> None:
    """A Separation, and a DeviceN that describes its ink with other parts."""
    gold = Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, ink(0, 0.2, 1, 0)])
    other = Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, ink(0, 0.2, 0.9, 0)])
    joined = pdf.make_stream(
        b"{0 exch dup 0 exch 0}", FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1] * 4
    )
    names = Array([Name.Black, Name("/Gold")])
    described = Dictionary(Colorants=Dictionary({"/Gold": other}))
    mixed = Array([Name.DeviceN, names, Name.DeviceCMYK, joined, described])
    seeds.painted(
        "/S1 cs 1 scn 50 50 9 9 re f /S2 cs 1 1 scn 60 60 9 9 re f",
        ColorSpace=Dictionary({"/S1": gold, "/S2": mixed}),
    )(pdf)


def undescribed_ink(pdf: pikepdf.Pdf) -> None:
    joined = pdf.make_stream(
        b"{0 exch dup 0 exch 0}", FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1] * 4
    )
    names = Array([Name.Black, Name("/Gold")])
    space(Name.DeviceN, names, Name.DeviceCMYK, joined, operands="1 1")(pdf)


def too_many_inks(pdf: pikepdf.Pdf) -> None:
    names = [Name(f"/Ink{k}") for k in range(33)]
    spots = Dictionary({str(n): Array([Name.Separation, n, Name.DeviceCMYK, ink(0, 0, 0, 1)])
                        for n in names})  # fmt: skip
    joined = pdf.make_stream(
        b"{" + b"pop " * 33 + b"0 0 0 1}", FunctionType=4, Domain=[0, 1] * 33, Range=[0, 1] * 4
    )
    described = Dictionary(Colorants=spots)
    parts = (Name.DeviceN, Array(names), Name.DeviceCMYK, joined, described)
    space(*parts, operands=" ".join(["1"] * 33))(pdf)


def lab_ink(pdf: pikepdf.Pdf) -> None:
    lab = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])
    space(Name.Separation, Name("/Gold"), lab, ink(50, 0, 0))(pdf)


def own_profile_again(pdf: pikepdf.Pdf) -> None:
    held = pdf.Root.OutputIntents[0].DestOutputProfile
    space(Name.ICCBased, held, operands="0 0 0 1")(pdf)


def managed(pdf: pikepdf.Pdf) -> None:
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    space(Name.ICCBased, pdf.make_stream(data, N=3), operands="1 0 0")(pdf)


def form(pdf: pikepdf.Pdf, operators: bytes = b"0 0 0 1 k 0 0 9 9 re f", **entries: object) -> None:
    made = pdf.make_stream(operators, Type=Name.XObject, BBox=[0, 0, 9, 9])
    for key, value in ({"Subtype": Name.Form} | entries).items():
        made[f"/{key}"] = value
    seeds.painted("/Seed Do", XObject=Dictionary({"/Seed": made}))(pdf)


def group(family: str) -> Dictionary:
    return Dictionary(S=Name.Transparency, CS=Name(f"/{family}"))


def image(**entries: object) -> Fault:
    """A picture of CMYK samples with entries of its own."""

    def seed(pdf: pikepdf.Pdf) -> None:
        seeds.picture("DeviceCMYK", 300)(pdf)
        for key, value in entries.items():
            pdf.pages[0].Resources.XObject.Seed[f"/{key}"] = value

    return seed


def soft_masked(pdf: pikepdf.Pdf) -> None:
    mask = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
                           BitsPerComponent=8, ColorSpace=Name.DeviceGray)  # fmt: skip
    image(SMask=mask)(pdf)


def sixteen_bits(pdf: pikepdf.Pdf) -> None:
    seeds.picture("DeviceCMYK", 30, 16)(pdf)


def filtered(name: str) -> Fault:
    """A picture said to be in some compression; no one decodes it here."""

    def seed(pdf: pikepdf.Pdf) -> None:
        image()(pdf)
        held = pdf.pages[0].Resources.XObject.Seed
        held.write(held.read_bytes(), filter=Name(f"/{name}"))

    return seed


def external(pdf: pikepdf.Pdf) -> None:
    image(F=String("elsewhere.jpg"))(pdf)


def note(*rectangle: float, **entries: object) -> Fault:
    def seed(pdf: pikepdf.Pdf) -> None:
        made = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=list(rectangle))
        for key, value in entries.items():
            made[f"/{key}"] = value
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(made)])

    return seed


def bookmark_action(pdf: pikepdf.Pdf) -> None:
    entry = pdf.Root.Outlines.First
    del entry["/Dest"]
    entry.A = Dictionary(S=Name.URI, URI=String("https://example.org"))


def font(change: Callable[[pikepdf.Object, pikepdf.Object], None], which: int = 0) -> Fault:
    """A composite font of the page and its descendant, changed; 0 is CFF, 1 TrueType."""

    def seed(pdf: pikepdf.Pdf) -> None:
        held = pdf.pages[0].Resources.Font[f"/T{which + 1}"]
        change(held, held.DescendantFonts[0])

    return seed


def _no_program(_: pikepdf.Object, inner: pikepdf.Object) -> None:
    del inner.FontDescriptor["/FontFile3"]


def _wider(_: pikepdf.Object, inner: pikepdf.Object) -> None:
    inner.DW, inner.W = 700, Array()


def _far_cmap(outer: pikepdf.Object, _: pikepdf.Object) -> None:
    outer.Encoding = Name("/GBK-EUC-H")


def other_characters(pdf: pikepdf.Pdf) -> None:
    """An embedded CMap for characters the font does not have."""
    system = Dictionary(Registry=String("Adobe"), Ordering=String("GB1"), Supplement=5)
    pdf.pages[0].Resources.Font.T1.Encoding = pdf.make_stream(
        b"", Type=Name.CMap, CMapName=Name.Other, CIDSystemInfo=system
    )


def _no_map(_: pikepdf.Object, inner: pikepdf.Object) -> None:
    del inner["/CIDToGIDMap"]


def open_type(pdf: pikepdf.Pdf) -> None:
    inner = pdf.pages[0].Resources.Font.T1.DescendantFonts[0]
    inner.FontDescriptor.FontFile3.Subtype = Name.OpenType


def layers(*, name: str | None = "all", by_itself: bool = False) -> Fault:
    def seed(pdf: pikepdf.Pdf) -> None:
        configuration = Dictionary(Name=String(name)) if name else Dictionary()
        if by_itself:
            configuration.AS = Array()
        pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=configuration)

    return seed


_X4 = [
    (1, "no-id", None), (1, "id-of-one", None), (1, "encrypted", None),
    (2, "no-intent", seeds.without("root", "OutputIntents")),
    (2, "two-intents", seeds.two_intents), (2, "two-profiles", another_profile),
    (3, "no-condition", intent(OutputConditionIdentifier=None)),
    (3, "undescribed-condition", intent(Info=None, RegistryName=None)),
    (4, "profile-no-icc", profile(36, b"nope")), (4, "profile-of-a-screen", profile(12, b"mntr")),
    (4, "profile-lab", profile(16, b"Lab ")), (4, "profile-wrong-n", seeds.rgb_intent),
    (4, "profile-version-5", profile(8, b"\x05")),
    (5, "no-title", info("/Title", None)), (5, "no-creation-date", info("/CreationDate", None)),
    (5, "no-modification-date", info("/ModDate", None)),
    (5, "no-producer", info("/Producer", None)),
    (5, "date-in-words", info("/ModDate", "yesterday")),
    (5, "trapped-unknown", info("/Trapped", Name("/Unknown"))),
    (5, "trapped-string", info("/Trapped", "False")), (5, "no-trapped", info("/Trapped", None)),
    (6, "no-trim", seeds.without("page", "TrimBox")),
    (6, "trim-and-art", seeds.page(ArtBox=[10, 10, 20, 20])),
    (6, "trim-outside-bleed", seeds.page(BleedBox=[50, 50, 300, 200])),
    (6, "bleed-outside-media", seeds.page(BleedBox=[-9, 0, 417, 317])),
    (6, "crop-outside-media", seeds.page(CropBox=[0, 0, 999, 317])),
    (7, "font-not-embedded", seeds.unembedded), (7, "program-lost", font(_no_program)),
    (7, "widths-lie-cff", font(_wider)), (7, "widths-lie-truetype", font(_wider, 1)),
    (7, "foreign-cmap", font(_far_cmap)),
    (7, "other-characters", other_characters), (7, "no-cid-map", font(_no_map, 1)),
    (8, "script", seeds.script), (8, "attachment", seeds.attached),
    (8, "by-itself", seeds.page(AA=Dictionary())), (8, "bookmark-action", bookmark_action),
    (8, "form-of-the-reader", seeds.root(AcroForm=Dictionary(NeedAppearances=True))),
    (8, "names-script", seeds.root(Names=Dictionary(JavaScript=Dictionary()))),
    (8, "film", note(-99, -99, -90, -90, Subtype=Name.Movie)),
    (9, "note-on-the-page", note(50, 50, 60, 60)), (9, "link-in-the-bleed", note(-5, -5, 3, 3)),
    (10, "postscript", lambda pdf: form(pdf, Subtype=Name.PS)),
    (10, "postscript-inside", lambda pdf: form(pdf, Subtype2=Name.PS)),
    (10, "postscript-operator", seeds.painted("PS")),
    (10, "reference", lambda pdf: form(pdf, Ref=Dictionary())),
    (10, "opi", image(OPI=Dictionary())),
    (11, "transfer-curve", state(TR=Name.Identity)),
    (11, "transfer-curve-2", state(TR2=Name.Identity)),
    (11, "halftone-phase", state(HTP=Array([0, 0]))),
    (11, "halftone", state(HT=Dictionary(HalftoneType=6))),
    (12, "lzw", filtered("LZWDecode")),
    (12, "alternate", image(Alternates=Array([Dictionary(DefaultForPrinting=True)]))),
    (13, "unknown-operator", seeds.painted("1 2 zz")),
    (14, "print-area", seeds.root(ViewerPreferences=Dictionary(PrintArea=Name.TrimBox))),
    (15, "ink-of-two-meanings", two_meanings), (15, "ink-undescribed", undescribed_ink),
    (15, "too-many-inks", too_many_inks), (15, "ink-described-otherwise", described_otherwise),
    (16, "too-new", None), (16, "no-binary-comment", None),
    (17, "no-xmp", seeds.without("root", "Metadata")),
    (17, "other-standard", packet(b"X-4", b"X-5")),
    (18, "no-document-id", packet(b"xmpMM:DocumentID", b"xmpMM:OtherID")),
    (18, "no-version-id", packet(b"xmpMM:VersionID", b"xmpMM:Other")),
    (18, "no-rendition", packet(b"xmpMM:RenditionClass", b"xmpMM:Other")),
    (18, "no-metadata-date", packet(b"xmp:MetadataDate", b"xmp:Other")),
    (18, "other-title", info("/Title", "another")),
    (18, "other-date", info("/ModDate", "D:20250226000000+08'00'")),
    (18, "other-zone", info("/ModDate", "D:20250225000000+07'00'")),
    (18, "other-trapping", info("/Trapped", Name("/True"))),
    (19, "rgb-fill", seeds.painted("1 0 0 rg 50 50 9 9 re f")),
    (19, "rgb-stroke", seeds.painted("1 0 0 RG 50 50 m 60 60 l S")),
    (19, "rgb-picture", seeds.picture("DeviceRGB", 300)),
    (19, "rgb-inside-a-form", lambda pdf: form(pdf, b"1 0 0 rg 0 0 9 9 re f")),
    (19, "rgb-inline", seeds.painted("BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc\nEI")),
    (19, "own-profile-again", own_profile_again),
    (20, "rgb-blending", seeds.page(Group=group("DeviceRGB"))),
    (20, "rgb-blending-in-a-form", lambda pdf: form(pdf, Group=group("DeviceRGB"))),
    (20, "unknown-blend-mode", state(BM=Name("/Burnish"))),
    (21, "layers-unnamed", layers(name=None)), (21, "layers-switching", layers(by_itself=True)),
    (22, "stream-elsewhere", external),
    (3, "no-profile", intent(DestOutputProfile=None)),
    (3, "profile-elsewhere", intent(DestOutputProfileRef=Dictionary())),
]  # fmt: skip
_X1A = [
    (4, "profile-rgb", profile(16, b"RGB ")), (4, "profile-version-4", profile(8, b"\x04")),
    (12, "jpeg-2000", filtered("JPXDecode")), (12, "jbig2", filtered("JBIG2Decode")),
    (15, "ink-shown-in-lab", None),
    (23, "too-new", None), (23, "object-streams", None),
    (23, "other-version", info("/GTS_PDFXVersion", "PDF/X-1:2001")),
    (23, "no-version", info("/GTS_PDFXVersion", None)),
    (23, "other-title", info("/Title", "another")),
    (23, "xmp-says-other", packet(b"X-1a:2003", b"X-3:2003")),
    (24, "page-group", seeds.page(Group=group("DeviceCMYK"))),
    (24, "half-ink", state(ca=0.5)), (24, "half-stroke", state(CA=0.5)),
    (24, "multiply", state(BM=Name.Multiply)),
    (24, "soft-mask", state(SMask=Dictionary(S=Name.Alpha))),
    (24, "masked-picture", soft_masked),
    (25, "rgb-fill", seeds.painted("1 0 0 rg 50 50 9 9 re f")), (25, "managed", managed),
    (25, "lab", space(Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82]), operands="50 0 0")),
    (25, "rgb-picture", seeds.picture("DeviceRGB", 300)),
    (25, "calibrated", space(Name.CalGray, Dictionary(WhitePoint=[0.96, 1, 0.82]))),
    (26, "one-plate", seeds.page(SeparationInfo=Dictionary())),
    (27, "layers", layers()), (27, "sixteen-bits", sixteen_bits), (27, "open-type", open_type),
]  # fmt: skip
# What both standards ask, and X-4 alone or X-1a otherwise: a registered condition without profile.
_X4_ALONE = (
    "no-profile",
    "profile-elsewhere",
    "ink-undescribed",
    "too-many-inks",
    "profile-version-5",
)
_SHARED = [row for row in _X4 if (row[0] <= 15 or row[0] == 22) and row[1] not in _X4_ALONE]
FAULTS = {
    f"{standard}-{number}-{name}": (standard, number, seed)
    for standard, rows in (("pdfx4", _X4), ("pdfx1a", [*_SHARED, *_X1A]))
    for number, name, seed in rows
}


def saved(name: str, file: Path, out: Path, standard: Standard, seed: Fault | None) -> None:
    """The seeded file; some faults lie in how it is saved, or in its bytes."""
    version = "{}.{}".format(*standard.version)
    options: dict[str, object] = {"force_version": version, "static_id": True}
    if name.endswith("too-new"):
        options["force_version"] = f"{version[:2]}{standard.version[1] + 1}"
    if name.endswith("object-streams"):
        options["object_stream_mode"] = pikepdf.ObjectStreamMode.generate
        options["force_version"] = "1.5"  # qpdf writes no such streams into an older file
    if name.endswith("encrypted"):
        options["encryption"] = pikepdf.Encryption(
            owner="a", user="", aes=False, metadata=False, R=3
        )
        del options["static_id"]
    with pikepdf.open(file) as pdf:
        if name.endswith("ink-shown-in-lab"):
            options["force_version"] = version
            lab_ink(pdf)
        elif seed:
            seed(pdf)
        pdf.save(out, **options)
    data = out.read_bytes()
    if name.endswith("object-streams"):
        out.write_bytes(data.replace(b"%PDF-1.5", b"%PDF-1.4", 1))
    if name.endswith("no-id"):
        out.write_bytes(data.replace(b"/ID ", b"/Id "))
    if name.endswith("id-of-one"):
        at = data.index(b"/ID [") + 5
        end = data.index(b"]", at)
        half = data[at : (at + end) // 2 + (end - at) % 2]
        out.write_bytes(data[:at] + half.ljust(end - at) + data[end:])
    if name.endswith("no-binary-comment"):
        first, second, rest = data.split(b"\n", 2)
        out.write_bytes(b"\n".join((first, b"%" + b"-" * (len(second) - 1), rest)))
