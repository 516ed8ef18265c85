"""One fault seeded into a clean page each: preflight names it, and nothing else."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from layout.findings import Severity
from layout.fonts import manifest
from layout.geometry import Box
from layout.plates import separate
from layout.preflight import ADVERTISEMENT, CHECKS, NEWSPRINT, preflight
from layout.preflight.ink import ink_of
from layout.render import Options, render
from layout.sheet.items import BLACK, Rule
from tests.press.hostile import DRAWINGS
from tests.press.samples import line, press, run, sheet, song

Fault = Callable[[pikepdf.Pdf], None]
SAMPLE = Path(__file__).parents[2] / "issues/changji-daily/2025-02-25/eight-pages.yaml"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    drawn = line(0.0, 12.0, run(song(), "天地玄黄2025", 9.0))
    rule = Rule(0.0, 30.0, 100.0, 30.0, 0.5, BLACK)
    made = sheet(drawn, rule, bleed=8.5, label="天地")
    return press(made, tmp_path_factory.mktemp("clean") / "clean.pdf", song())


def painted(operators: str, **resources: Dictionary) -> Fault:
    """Operators added behind the page's own, with what they name."""

    def seed(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        for kind, entries in resources.items():
            held = page.Resources.get(f"/{kind}", Dictionary())
            for name, value in entries.items():
                held[name] = value
            page.Resources[f"/{kind}"] = held
        page.contents_add(pdf.make_stream(f"q {operators} Q".encode("ascii")), prepend=False)

    return seed


def picture(space: str, size: int, bits: int = 8) -> Fault:
    """A square picture of 100 pt."""

    def seed(pdf: pikepdf.Pdf) -> None:
        parts = {"DeviceRGB": 3, "DeviceCMYK": 4, "DeviceGray": 1}[space]
        row = (size * parts * bits + 7) // 8
        image = pdf.make_stream(
            b"\x00" * (row * size), Type=Name.XObject, Subtype=Name.Image, Width=size,
            Height=size, BitsPerComponent=bits, ColorSpace=Name(f"/{space}"),
        )  # fmt: skip
        painted("100 0 0 100 50 50 cm /Seed Do", XObject=Dictionary({"/Seed": image}))(pdf)

    return seed


def page(**entries: object) -> Fault:
    def seed(pdf: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            pdf.pages[0].obj[f"/{name}"] = value

    return seed


def root(**entries: object) -> Fault:
    def seed(pdf: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            pdf.Root[f"/{name}"] = value

    return seed


def without(where: str, name: str) -> Fault:
    def seed(pdf: pikepdf.Pdf) -> None:
        holder = {"root": pdf.Root, "page": pdf.pages[0].obj}[where]
        del holder[f"/{name}"]

    return seed


def no_standard(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/GTS_PDFXVersion"]
    packet = pdf.Root.Metadata.read_bytes().replace(b"PDF/X-4", b"none")
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]
    packet = pdf.Root.Metadata.read_bytes().replace(b"dc:title", b"dc:other")
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def not_trapped(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Trapped"]
    packet = pdf.Root.Metadata.read_bytes().replace(b"pdf:Trapped>", b"pdf:Other>")
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def two_intents(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def rgb_intent(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 3


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"a"


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def form_field(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(Dictionary(T="a"))]))


def comment(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def layers(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary())


def unembedded(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    painted("BT /Seed 12 Tf 50 50 Td (a) Tj ET", Font=Dictionary({"/Seed": font}))(pdf)


def type3(pdf: pikepdf.Pdf) -> None:
    glyph = pdf.make_stream(b"0 0 500 500 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Differences=[97, Name.a]), FirstChar=97, LastChar=97, Widths=[500],
    )  # fmt: skip
    painted("BT /Seed 12 Tf 50 50 Td (a) Tj ET", Font=Dictionary({"/Seed": font}))(pdf)


def empty_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"")


def spot_space() -> Array:
    share = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1
    )  # fmt: skip
    return Array([Name.Separation, Name("/PANTONE 185 C"), Name.DeviceCMYK, share])


def spot(pdf: pikepdf.Pdf) -> None:
    painted("/Seed cs 1 scn 50 50 20 20 re f", ColorSpace=Dictionary({"/Seed": spot_space()}))(pdf)


def spot_picture(pdf: pikepdf.Pdf) -> None:
    picture("DeviceGray", 300)(pdf)
    pdf.pages[0].Resources.XObject.Seed.ColorSpace = spot_space()


def spot_shading(pdf: pikepdf.Pdf) -> None:
    axis = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[1], N=1)
    held = Dictionary(ShadingType=2, ColorSpace=spot_space(), Coords=[0, 0, 9, 0], Function=axis)
    painted("/Seed sh", Shading=Dictionary({"/Seed": held}))(pdf)


def heavy_spots(pdf: pikepdf.Pdf) -> None:
    """Three inks in one colour, 270 %, none of them a spot."""
    names = Array([Name.Black, Name.Cyan, Name.Magenta])
    joined = pdf.make_stream(
        b"{3 1 roll 0 4 1 roll}", FunctionType=4, Domain=[0, 1] * 3, Range=[0, 1] * 4
    )
    space = Array([Name.DeviceN, names, Name.DeviceCMYK, joined])
    painted("/Seed cs 0.9 0.9 0.9 scn 50 50 20 20 re f",
            ColorSpace=Dictionary({"/Seed": space}))(pdf)  # fmt: skip


def alternates(pdf: pikepdf.Pdf) -> None:
    picture("DeviceCMYK", 300)(pdf)
    pdf.pages[0].Resources.XObject.Seed.Alternates = Array()


def text(colour: str, size: float) -> Fault:
    return painted(f"/KO gs BT /T1 {size} Tf {colour} 50 50 Td <0001> Tj ET")


def form(operators: str, **resources: Dictionary) -> Fault:
    """Operators in a form of its own, 100 pt a side."""

    def seed(pdf: pikepdf.Pdf) -> None:
        held = pdf.make_stream(
            operators.encode("ascii"), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 100],
            Resources=Dictionary({f"/{kind}": entries for kind, entries in resources.items()}),
        )  # fmt: skip
        painted("1 0 0 1 50 50 cm /Seed Do", XObject=Dictionary({"/Seed": held}))(pdf)

    return seed


def tiling(operators: str, **resources: Dictionary) -> Fault:
    """The same as a pattern that fills a rectangle."""

    def seed(pdf: pikepdf.Pdf) -> None:
        held = pdf.make_stream(
            operators.encode("ascii"), Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
            BBox=[0, 0, 9, 9], XStep=9, YStep=9,
            Resources=Dictionary({f"/{kind}": entries for kind, entries in resources.items()}),
        )  # fmt: skip
        painted("/Pattern cs /Seed scn 50 50 90 90 re f", Pattern=Dictionary({"/Seed": held}))(pdf)

    return seed


HELVETICA = Dictionary(
    {"/H": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)}
)
OVERPRINT = Dictionary({"/Seed": Dictionary(OP=True, op=True, OPM=1)})


def xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(b"<xdp/>"), Fields=Array())


def shading(*ends: tuple[float, float, float, float]) -> Fault:
    """A CMYK axis across a clipped square."""
    axis = Dictionary(FunctionType=2, Domain=[0, 1], C0=list(ends[0]), C1=list(ends[1]), N=1)
    held = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[50, 0, 90, 0], Function=axis
    )
    return painted("50 50 40 40 re W n /Seed sh", Shading=Dictionary({"/Seed": held}))


def inked(pixel: tuple[int, int, int, int], *, jpeg: bool = False) -> Fault:
    """A picture of one colour, C, M, Y, K of 255."""

    def seed(pdf: pikepdf.Pdf) -> None:
        entries = {
            "Type": Name.XObject, "Subtype": Name.Image, "Width": 300, "Height": 300,
            "BitsPerComponent": 8, "ColorSpace": Name.DeviceCMYK,
        }  # fmt: skip
        data, out = bytes(pixel) * 90000, io.BytesIO()
        if jpeg:
            Image.frombytes("CMYK", (300, 300), data).save(out, "JPEG", quality=95)
            entries |= {"Filter": Name.DCTDecode, "Decode": Array([1, 0] * 4)}
            data = out.getvalue()
        image = pdf.make_stream(data, Dictionary({f"/{k}": v for k, v in entries.items()}))
        painted("100 0 0 100 50 50 cm /Seed Do", XObject=Dictionary({"/Seed": image}))(pdf)

    return seed


def pages_of_two_sizes(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].obj.TrimBox = [8.5, 8.5, 300, 300]


FAULTS: dict[str, tuple[str, Fault]] = {
    "no-standard": ("metadata/standard", no_standard),
    "no-intent": ("metadata/intent", without("root", "OutputIntents")),
    "two-intents": ("metadata/intent", two_intents),
    "rgb-intent": ("metadata/intent", rgb_intent),
    "no-title": ("metadata/title", no_title),
    "not-trapped": ("metadata/trapped", not_trapped),
    "script": ("interactive/script", script),
    "attachment": ("interactive/attachment", attached),
    "form": ("interactive/form", form_field),
    "comment": ("interactive/annotation", comment),
    "layers": ("layers/optional", layers),
    "no-trim": ("boxes/trim", without("page", "TrimBox")),
    "trim-outside": ("boxes/nesting", page(BleedBox=[50, 50, 300, 200])),
    "rotated": ("boxes/rotated", page(Rotate=90)),
    "scaled": ("boxes/rotated", page(UserUnit=2)),
    "empty": ("pages/empty", empty_page),
    "font-not-embedded": ("fonts/embedded", unembedded),
    "type-3": ("fonts/type3", type3),
    "rgb-fill": ("colour/rgb", painted("1 0 0 rg 50 50 20 20 re f")),
    "rgb-stroke": ("colour/rgb", painted("0 0 1 RG 2 w 50 50 m 90 90 l S")),
    "rgb-picture": ("colour/rgb", picture("DeviceRGB", 300)),
    "rgb-in-a-space": ("colour/rgb", painted("/DeviceRGB cs 1 0 0 sc 50 50 20 20 re f")),
    "rgb-blend": ("colour/blend-space", page(
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    "spot": ("colour/spot", spot),
    "spot-picture": ("colour/spot", spot_picture),
    "spot-shading": ("colour/spot", spot_shading),
    "heavy-inks-of-one-colour": ("ink/total", heavy_spots),
    "registration": ("colour/registration", painted("1 1 1 1 k 50 50 20 20 re f")),
    "heavy-ink": ("ink/total", painted("0.9 0.8 0.7 0.6 k 50 50 20 20 re f")),
    "white-overprint": ("ink/white-overprint", painted(
        "/Seed gs 0 0 0 0 k 50 50 20 20 re f",
        ExtGState=Dictionary({"/Seed": Dictionary(OP=True, op=True, OPM=1)}))),
    "coloured-type": ("type/coloured", text("0.6 0.5 0 0.3 k", 9)),
    "reversed-type": ("type/reversed", text("0 0 0 0 k", 5)),
    "thin-rule": ("rules/thin", painted("0.1 w 50 50 m 90 50 l S")),
    "scaled-thin-rule": ("rules/thin", painted("0.1 0 0 0.1 0 0 cm 1 w 500 500 m 900 500 l S")),
    "thin-reversed-rule": ("rules/thin", painted("/KO gs 0 0 0 0 K 0.3 w 50 50 m 90 50 l S")),
    "coarse-picture": ("pictures/resolution", picture("DeviceCMYK", 120)),
    "coarse-line-art": ("pictures/resolution", picture("DeviceGray", 300, 1)),
    "coarse-grey-picture": ("pictures/resolution", picture("DeviceGray", 140)),
    "picture-not-as-fine-as-wanted": ("pictures/coarse", picture("DeviceCMYK", 240)),
    "line-art-not-as-fine-as-wanted": ("pictures/coarse", picture("DeviceGray", 1000, 1)),
    "alternates": ("pictures/foreign", alternates),
    "xfa-form": ("interactive/form", xfa),
    "pages-of-two-sizes": ("boxes/size", pages_of_two_sizes),
    "rich-black-type": ("type/rich-black", text("0.5 0.4 0.4 1 k", 24)),
    "heavy-picture": ("ink/total", inked((255, 204, 204, 51))),
    "heavy-jpeg": ("ink/total", inked((255, 204, 204, 51), jpeg=True)),
    "black-picture": ("ink/black-in-pictures", inked((40, 30, 30, 250))),
    "heavy-shading": ("ink/total", shading((0, 0, 0, 0), (1, 0.8, 0.8, 0.2))),
    "heavy-fill-in-a-pattern": ("ink/total", tiling("0.9 0.8 0.7 0.3 k 0 0 9 9 re f")),
    "black-over-a-heavy-tint": ("ink/total", painted(
        "0.8 0.5 0.4 0 k 50 50 90 90 re f /Seed gs 0 0 0 1 k 60 60 40 40 re f",
        ExtGState=OVERPRINT)),
    "font-not-embedded-in-a-form": ("fonts/embedded", form(
        "BT /H 12 Tf 9 9 Td (a) Tj ET", Font=HELVETICA)),
    "font-not-embedded-in-a-pattern": ("fonts/embedded", tiling(
        "BT /H 9 Tf 1 1 Td (a) Tj ET", Font=HELVETICA)),
    "rgb-in-a-pattern": ("colour/rgb", tiling("1 0 0 rg 0 0 9 9 re f")),
}  # fmt: skip


def seeded(clean: Path, folder: Path, fault: Fault) -> Path:
    out = folder / "seeded.pdf"
    with pikepdf.open(clean) as pdf:
        fault(pdf)
        pdf.save(out)
    return out


def test_a_clean_page_raises_nothing(clean: Path) -> None:
    assert preflight(clean) == []


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_and_nothing_else(name: str, clean: Path, tmp_path: Path) -> None:
    check, fault = FAULTS[name]
    found = preflight(seeded(clean, tmp_path, fault))
    assert {finding.check for finding in found} == {check}, [str(f) for f in found]
    severity = NEWSPRINT.severities.get(check)
    assert severity is None or found[0].severity is severity


@pytest.mark.parametrize(
    ("operators", "total"),
    [
        # black knocks out what is beneath it, or lies on it
        ("/KO gs 0.8 0.5 0.4 0 k 50 50 90 90 re f 0 0 0 1 k 60 60 40 40 re f", 170.0),
        ("0.8 0.5 0.4 0 k 50 50 90 90 re f /Seed gs 0 0 0 1 k 60 60 40 40 re f", 270.0),
        # a rule of half a millimetre covers half of a square
        ("1 1 0 0 K 1.41732 w 50 50 m 90 50 l S", 100.0),
        # what a clip leaves nothing of is not printed
        ("300 100 9 9 re W n 1 1 1 0 k 50 50 40 40 re f", 38.1),
    ],
)
def test_ink_is_what_lies_together(
    operators: str, total: float, clean: Path, tmp_path: Path
) -> None:
    file = seeded(clean, tmp_path, painted(operators, ExtGState=OVERPRINT))
    (ink,) = ink_of(file)
    assert ink.total == pytest.approx(total, abs=0.2)


def test_the_heaviest_square_of_a_picture_is_found(clean: Path, tmp_path: Path) -> None:
    def spotted(pdf: pikepdf.Pdf) -> None:
        inked((20, 20, 20, 20))(pdf)
        made = Image.new("CMYK", (300, 300), (20, 20, 20, 20))
        made.paste((200, 100, 0, 250), (180, 60, 210, 90))
        pdf.pages[0].Resources.XObject.Seed.write(made.tobytes())

    (ink,) = ink_of(seeded(clean, tmp_path, spotted))
    assert ink.total == pytest.approx(550 / 2.55, abs=0.1)
    assert ink.black_in_pictures == pytest.approx(250 / 2.55, abs=0.1)
    # the picture is 100 pt wide, its upper left corner at (50, 150) of a page 300 pt high
    assert ink.box is not None
    assert 50 + 60 <= ink.box.x <= 50 + 70
    assert 150 + 20 <= ink.box.y <= 150 + 30


def test_pages_side_by_side_are_one_size(clean: Path, tmp_path: Path) -> None:
    def spread(pdf: pikepdf.Pdf) -> None:
        pdf.pages.append(pdf.pages[0])
        first, second = (page.obj for page in pdf.pages)
        first.TrimBox, first.MediaBox = [0, 0, 200, 300], [0, 0, 200, 300]
        first.BleedBox = [0, 0, 200, 300]
        second.TrimBox, second.BleedBox = [0, 0, 400, 300], [0, 0, 400, 300]

    assert "boxes/size" not in {f.check for f in preflight(seeded(clean, tmp_path, spread))}


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
@pytest.mark.skipif(bool(manifest.missing()), reason="the npm faces are not here")
def test_the_sample_is_clean_and_as_heavy_as_its_plates(tmp_path: Path) -> None:
    """Ours beside Ghostscript's plates, which draw thin rules as whole pixels."""
    rendered = render(SAMPLE, Options(output=tmp_path))
    pages = [file for file in rendered.files if file.suffix == ".pdf"]
    inks = [page["ink"] for page in json.loads(rendered.files[-1].read_text("utf-8"))["pages"]]
    assert len(pages) == len(inks) == 7
    for file, said in zip(pages, inks, strict=True):
        assert preflight(file) == []
        (ink,) = ink_of(file)
        # what the press says of its own pages is what their files say
        assert said["total"] == pytest.approx(ink.total, abs=1.5)
        assert said["black_in_pictures"] == pytest.approx(ink.black_in_pictures, rel=0.1)
        # squares of a JPEG that is decoded small do not begin where the press's begin
        x, y, _, _ = said["box"]
        assert (ink.box.x, ink.box.y) == pytest.approx((x, y), abs=30)
        (plates,) = separate(file, tmp_path / "plates")
        assert 0.8 * plates.total_ink <= ink.total <= plates.total_ink + 4


def test_every_check_but_the_impossible_is_seeded() -> None:
    seeded_checks = {check for check, _ in FAULTS.values()}
    others = {"pages/none", "file/version", "metadata/id", "boxes/bleed", "colour/spot-parts"}
    assert {check.id for check in CHECKS} == seeded_checks | others


def test_an_ordered_spot_is_no_fault_if_it_is_shown_as_ordered(clean: Path, tmp_path: Path) -> None:
    file = seeded(clean, tmp_path, spot)
    name = "PANTONE 185 C"
    ordered = msgspec.structs.replace(NEWSPRINT, spots={name: (0.0, 1.0, 1.0, 0.0)})
    assert preflight(file, ordered) == []
    assert preflight(file, msgspec.structs.replace(NEWSPRINT, spots={name: None})) == []
    other = msgspec.structs.replace(NEWSPRINT, spots={name: (0.0, 1.0, 0.8, 0.05)})
    (finding,) = preflight(file, other)
    assert (finding.check, finding.severity) == ("colour/spot-parts", Severity.WARNING)
    assert finding.message == "spot colour PANTONE 185 C is not shown as the paper's is"
    assert finding.hint == (
        "the page shows it as [0 100 80 5] % of C, M, Y, K; the plate is the same"
    )


def test_small_type_in_one_spot_is_one_ink(clean: Path, tmp_path: Path) -> None:
    def small(pdf: pikepdf.Pdf) -> None:
        spaces = Dictionary({"/Seed": spot_space()})
        painted("BT /T1 9 Tf /Seed cs 1 scn 50 50 Td <0001> Tj ET", ColorSpace=spaces)(pdf)

    ordered = msgspec.structs.replace(NEWSPRINT, spots={"PANTONE 185 C": None})
    assert preflight(seeded(clean, tmp_path, small), ordered) == []


def test_the_command_takes_ordered_spots(clean: Path, tmp_path: Path) -> None:
    command = [Path(sys.executable).with_name("render"), "preflight",
               seeded(clean, tmp_path, spot)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "spot colour PANTONE 185 C – convert to CMYK, or order the ink" in done.stdout
    done = subprocess.run([*command, "--spot", "PANTONE 185 C"], check=False)
    assert done.returncode == 0


def test_version_and_bleed(clean: Path, tmp_path: Path) -> None:
    with pikepdf.open(clean) as pdf:
        pdf.save(tmp_path / "new.pdf", min_version="1.7")
    assert [finding.check for finding in preflight(tmp_path / "new.pdf")] == ["file/version"]
    wide = msgspec.structs.replace(NEWSPRINT, bleed=14.0, trim=(400.0, 300.0))
    assert [finding.check for finding in preflight(clean, wide)] == ["boxes/bleed"]
    other = msgspec.structs.replace(NEWSPRINT, trim=(410.0, 300.0))
    assert [finding.check for finding in preflight(clean, other)] == ["boxes/trim"]


def test_faults_inside_a_form_are_placed_on_the_page(clean: Path, tmp_path: Path) -> None:
    def inside(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(
            b"1 0 0 rg 0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form,
            BBox=[0, 0, 10, 10], Matrix=[2, 0, 0, 2, 0, 0],
        )  # fmt: skip
        painted("1 0 0 1 100 150 cm /Seed Do", XObject=Dictionary({"/Seed": form}))(pdf)

    (finding,) = preflight(seeded(clean, tmp_path, inside))
    assert finding.check == "colour/rgb"
    assert finding.box == Box(100.0, 130.0, 20.0, 20.0)


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.4\n1 0 obj\n<<"])
def test_what_is_no_pdf_is_one_finding(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    (finding,) = preflight(tmp_path / "a.pdf")
    assert finding.check == "file/unreadable"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("content-of-300-mb.pdf", "errors while decoding"),
        ("forms-a-million-times.pdf", "forms are drawn more than 20,000 times"),
    ],
)
def test_what_would_eat_memory_is_one_finding(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(DRAWINGS[name][1])
    command = (
        "import resource,sys; resource.setrlimit(resource.RLIMIT_AS, (1500000000,) * 2);"
        "from pathlib import Path; from layout.preflight import preflight;"
        f"print(*preflight(Path({str(tmp_path / name)!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True, timeout=120
    )
    assert said in done.stdout
    assert done.stdout.count("cannot be read") == 1


def test_an_encrypted_file_is_one_finding(clean: Path, tmp_path: Path) -> None:
    with pikepdf.open(clean) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    (finding,) = preflight(tmp_path / "a.pdf")
    assert finding.check == "file/unreadable"
    assert "encrypted" in finding.message


def test_an_advertisement_needs_no_output_intent(clean: Path, tmp_path: Path) -> None:
    file = seeded(clean, tmp_path, without("root", "OutputIntents"))
    assert preflight(file, ADVERTISEMENT) == []


def test_the_command_prints_and_ends_with_1(clean: Path, tmp_path: Path) -> None:
    file = seeded(clean, tmp_path, FAULTS["rgb-fill"][1])
    command = [Path(sys.executable).with_name("render"), "preflight", file]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "page 1" in done.stdout
    assert "fill in DeviceRGB – convert to CMYK [colour/rgb]" in done.stdout
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)[str(file)][0]["check"] == "colour/rgb"


def test_the_docs_list_every_check_with_its_severity() -> None:
    docs = (Path(__file__).parents[2] / "docs/preflight.md").read_text("utf-8")
    for check in CHECKS:
        severity = NEWSPRINT.severities.get(check.id, Severity.ERROR).value
        row = f"| {check.id} | {severity} | {check.rationale} | {check.source or '–'} |"
        assert row in docs
