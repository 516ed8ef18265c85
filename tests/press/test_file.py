"""The file as a whole: boxes, metadata, no RGB, the same bytes always, whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from layout.findings import InputError
from layout.geometry import Box
from layout.press import write_pdf
from layout.sheet.items import PAPER, Ink, Rule, Sheet, Tint

from .samples import COPY, META, hei, line, picture, press, run, sheet, song

RGB_OPERATORS = {"rg", "RG", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "BI"}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "photo.jpg"
    Image.linear_gradient("L").convert("RGB").save(file)
    return file


def full_page(photo: Path, **changes: object) -> Sheet:
    """A sheet with one of everything."""
    serif, sans = song(), hei()
    items = (
        Tint(Box(0, 0, 360, 40), Ink(1.0, 0.5, 0.0, 0.1)),
        line(5, 30, run(sans, "反白标题", 21.0, ratio=0.9, ink=PAPER)),
        line(5, 60, run(serif, COPY, 9.0)),
        Rule(0, 70, 360, 70, 0.5),
        picture(photo, Box(0, 80, 120, 120)),
    )
    return sheet(*items, label="“算力”作引擎 新城起新潮", **changes)  # type: ignore[arg-type]


@pytest.fixture
def pdf(photo: Path, tmp_path: Path) -> pikepdf.Pdf:
    page = full_page(photo, bleed=8.504)
    with pikepdf.open(press(page, tmp_path / "a.pdf", song(), hei())) as document:
        yield document


def test_syntax(pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []
    assert pdf.pdf_version == "1.6"
    assert len(pdf.pages) == 1


def test_cross_references_lead_to_their_objects(photo: Path, tmp_path: Path) -> None:
    data = press(full_page(photo), tmp_path / "a.pdf", song(), hei()).read_bytes()
    at = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    assert data[at:].startswith(b"xref\n0 ")
    entries = data[at:].split(b"trailer")[0].splitlines(True)[2:]
    assert {len(entry) for entry in entries} == {20}
    for number, entry in enumerate(entries[1:], 1):
        assert data[int(entry[:10]) :].startswith(b"%d 0 obj\n" % number)


def test_every_stream_ends_with_an_end_of_line(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.count(b"\nendstream") == data.count(b"endstream") > 5


def test_boxes(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    assert [float(v) for v in page.MediaBox] == [0, 0, 417.008, 317.008]
    assert page.BleedBox == page.MediaBox
    assert [float(v) for v in page.TrimBox] == [8.504, 8.504, 408.504, 308.504]
    for key in ("/CropBox", "/ArtBox", "/Rotate", "/Trans", "/Group", "/Annots"):
        assert key not in page


def test_only_cmyk_operators(pdf: pikepdf.Pdf) -> None:
    operators = {str(step.operator) for step in pikepdf.parse_content_stream(pdf.pages[0])}
    assert not operators & RGB_OPERATORS
    assert "/ColorSpace" not in pdf.pages[0].Resources


def test_no_rgb_in_any_object(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        entries = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
        assert b"RGB" not in entries.unparse()


def test_text_is_black_overprinting_and_white_knocks_out(pdf: pikepdf.Pdf) -> None:
    states, fill, state, seen = pdf.pages[0].Resources.ExtGState, None, None, []
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        match str(operator):
            case "k":
                fill = tuple(map(float, operands))
            case "gs":
                state = states[operands[0]]
            case "Tj" | "TJ":
                seen.append((fill, bool(state.OP), bool(state.op), int(state.get("/OPM", 0))))
    assert set(seen) == {
        ((0, 0, 0, 0), False, False, 0),
        ((0, 0, 0, 1), True, True, 1),
    }


def test_output_intent(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFX"
    assert str(intent.OutputConditionIdentifier) == "CGATS TR 002"
    assert str(intent.RegistryName) == "http://www.color.org"
    assert intent.DestOutputProfile.N == 4
    assert intent.DestOutputProfile.read_bytes()[12:20] == b"prtrCMYK"


def test_info_and_xmp_agree(pdf: pikepdf.Pdf) -> None:
    info, xmp = pdf.docinfo, pdf.open_metadata()
    assert str(info.Title) == META["title"] == xmp["dc:title"]
    assert str(info.CreationDate) == "D:20250225000000+08'00'" == str(info.ModDate)
    assert {xmp[f"xmp:{key}"] for key in ("CreateDate", "ModifyDate", "MetadataDate")} == {
        "2025-02-25T00:00:00+08:00"
    }
    assert info.Trapped == "/False"
    assert xmp["pdf:Trapped"] == "False"
    assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
    assert str(info.Producer) == xmp["pdf:Producer"]
    assert xmp["xmpMM:DocumentID"].startswith("uuid:")
    assert xmp["xmpMM:RenditionClass"] == "default"
    prism = "{http://prismstandard.org/namespaces/basic/2.0/}"
    assert [xmp[prism + key] for key in ("publicationName", "number", "startingPage")] == [
        "昌吉日报",
        "12199",
        "1",
    ]
    assert xmp[prism + "publicationDate"] == "2025-02-25"
    assert pdf.Root.Lang == "zh-CN"
    assert "/Filter" not in pdf.Root.Metadata


def test_story_is_a_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        (entry,) = outline.root
    assert entry.title == "“算力”作引擎 新城起新潮"
    page, kind, left, top, _ = entry.destination
    assert (page, kind) == (pdf.pages[0].obj, "/XYZ")
    assert (float(left), float(top)) == (28.504, 278.504)


def test_story_without_label_has_no_bookmark(tmp_path: Path) -> None:
    with pikepdf.open(press(sheet(), tmp_path / "a.pdf")) as document:
        assert "/Outlines" not in document.Root
        assert "/Font" not in document.pages[0].Resources or not document.pages[0].Resources.Font


def test_markup_in_titles(tmp_path: Path) -> None:
    meta = META | {"title": "<A & B>"}
    with pikepdf.open(press(sheet(meta=meta), tmp_path / "a.pdf")) as document:
        assert document.open_metadata()["dc:title"] == "<A & B>"


def test_source_date_epoch_goes_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1740441600")
    with pikepdf.open(press(sheet(), tmp_path / "a.pdf")) as document:
        assert str(document.docinfo.CreationDate) == "D:20250225080000+08'00'"


def test_sheet_without_metadata(tmp_path: Path) -> None:
    with pikepdf.open(press(sheet(meta={}), tmp_path / "a.pdf")) as document:
        assert str(document.docinfo.Title) == "第1版"
        assert str(document.docinfo.CreationDate) == "D:20000101000000+08'00'"


def test_report(photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    faces = {face.key: face for face in (song(), hei())}
    report = write_pdf(full_page(photo), faces, out)
    assert (report.file, report.bytes) == (str(out), out.stat().st_size)
    assert [(font.name, font.glyphs) for font in report.fonts] == [
        ("NotoSansSC-Black", 4),
        ("NotoSerifSC-Regular", 34),
    ]
    assert [use.colour for use in report.pictures] == ["CMYK"]


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from press.samples import hei, press, song
from press.test_file import full_page
press(full_page(Path(sys.argv[2])), Path(sys.argv[3]), song(), hei())
"""


def test_same_bytes_in_any_process(photo: Path, tmp_path: Path) -> None:
    first = press(full_page(photo), tmp_path / "1.pdf", song(), hei()).read_bytes()
    assert press(full_page(photo), tmp_path / "2.pdf", song(), hei()).read_bytes() == first
    for seed in ("1", "2"):
        out = tmp_path / f"seed{seed}.pdf"
        tests = Path(__file__).parents[1]
        command = [sys.executable, "-c", WRITER, str(tests), str(photo), str(out)]
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        subprocess.run(command, check=True, env=environment)
        assert out.read_bytes() == first


def test_other_content_has_other_identifiers(photo: Path, tmp_path: Path) -> None:
    identifiers = set()
    for meta in (META, META | {"number": "12200"}):
        out = press(full_page(photo, meta=meta), tmp_path / "a.pdf", song(), hei())
        with pikepdf.open(out) as document:
            first, second = (bytes(half) for half in document.trailer.ID)
            assert first == second
            identifiers.add(first)
    assert len(identifiers) == 2


def test_other_bookmark_has_another_identifier(tmp_path: Path) -> None:
    identifiers = set()
    for label in ("甲", "乙"):
        with pikepdf.open(press(sheet(label=label), tmp_path / "a.pdf")) as document:
            identifiers.add(bytes(document.trailer.ID[0]))
    assert len(identifiers) == 2


def test_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    out.write_bytes(b"yesterday's")
    with pytest.raises(InputError):
        press(sheet(picture(tmp_path / "missing.jpg", Box(0, 0, 9, 9))), out)
    assert out.read_bytes() == b"yesterday's"
    assert list(tmp_path.iterdir()) == [out]


def test_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(InputError, match=r"cannot write to .*: No space left on device"):
        press(sheet(), tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_light_import() -> None:
    heavy = "{'reportlab', 'PIL', 'pikepdf', 'fontTools', 'numpy'}"
    code = f"import sys, layout.press; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
