"""One requirement broken in a conforming file each: its number is found, and no other."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, String
from PIL import Image

from layout.geometry import Box
from layout.preflight.standards import CHECKED, conformance
from layout.press import write_pdf
from layout.press.combine import combine
from layout.press.standards import PDFA2, PDFX1A, PDFX3, PDFX4, STANDARDS
from layout.sheet.items import BLACK, Rule, Sheet
from tests.press.samples import COPY, hei, line, picture, run, sheet, song

from . import test_faults as seeds
from .broken import FAULTS, group, layers, managed, note, saved, sixteen_bits, state


def page_of(folder: Path) -> Sheet:
    photo = folder / "photo.png"
    Image.new("RGB", (420, 420), (200, 40, 30)).save(photo)
    return sheet(
        line(0.0, 12.0, run(song(), COPY, 9.0)), line(0.0, 24.0, run(hei(), COPY, 9.0)),
        Rule(0.0, 30.0, 100.0, 30.0, 0.5, BLACK), picture(photo, Box(0, 40, 100, 100)),
        bleed=8.5, label="天地",
    )  # fmt: skip


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("clean")
    faces = {face.key: face for face in (song(), hei())}
    files = {}
    for name in CHECKED:
        files[name] = folder / f"{name}.pdf"
        write_pdf(page_of(folder), faces, files[name], standard=STANDARDS[name])
    return files


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_found(name: str, clean: dict[str, Path], tmp_path: Path) -> None:
    standard, number, seed = FAULTS[name]
    out = tmp_path / "seeded.pdf"
    saved(name, clean[standard], out, STANDARDS[standard], seed)
    found = conformance(out, STANDARDS[standard])
    wanted = {f"{standard}/{number}"}
    if name.endswith("ink-shown-in-lab"):
        wanted.add(f"{standard}/25")  # Lab stands behind the ink, too
    assert {finding.check for finding in found} == wanted
    assert all(finding.message and finding.hint for finding in found)


def test_every_requirement_has_a_seed() -> None:
    seeded = {(standard, number) for standard, number, _ in FAULTS.values()}
    for name in ("pdfx4", "pdfx1a"):
        assert {n for s, n in seeded if s == name} == set(CHECKED[name])


@pytest.mark.parametrize("name", CHECKED)
def test_clean_pages_raise_nothing(name: str, clean: dict[str, Path], tmp_path: Path) -> None:
    standard = STANDARDS[name]
    assert conformance(clean[name], standard) == []
    whole, page = tmp_path / "whole.pdf", page_of(tmp_path)
    combine([clean[name]] * 2, [page] * 2, whole, standard)
    assert conformance(whole, standard) == []


def test_what_each_standard_allows_is_no_fault(clean: dict[str, Path], tmp_path: Path) -> None:
    """Transparency, managed colour and inks in X-4; managed colour in X-3."""
    allowed = {
        "transparent": (PDFX4, state(ca=0.5)), "managed": (PDFX4, managed),
        "blending": (PDFX4, seeds.page(Group=group("DeviceCMYK"))),
        "spot": (PDFX4, seeds.spot), "spot-x1a": (PDFX1A, seeds.spot),
        "layers": (PDFX4, layers()), "sixteen": (PDFX4, sixteen_bits),
        "ignored": (PDFX4, seeds.painted("BX 1 2 zz EX")), "managed-x3": (PDFX3, managed),
        "note-outside": (PDFX4, note(-99, -99, -90, -90)), "archived": (PDFA2, state(ca=0.5)),
    }  # fmt: skip
    for name, (standard, seed) in allowed.items():
        out = tmp_path / f"{name}.pdf"
        saved(name, clean[standard.name], out, standard, seed)
        assert conformance(out, standard) == [], name


def test_one_standard_is_not_another(clean: dict[str, Path]) -> None:
    crossed = {
        (name, other): sorted({f.check for f in conformance(clean[name], STANDARDS[other])})
        for name, other in (("pdfx4", "pdfx1a"), ("pdfx1a", "pdfx4"), ("pdfx4", "pdfa2"))
    }
    assert crossed == {
        ("pdfx4", "pdfx1a"): ["pdfx1a/23"],
        ("pdfx1a", "pdfx4"): ["pdfx4/17"],
        ("pdfx4", "pdfa2"): ["pdfa2/17", "pdfa2/2"],
    }


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.6\n1 0 obj\n<<"])
def test_what_cannot_be_read_is_a_finding(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(data)
    (finding,) = conformance(file, PDFX4)
    assert finding.check == "file/unreadable"


def test_a_file_under_a_password_breaks_requirement_1(
    clean: dict[str, Path], tmp_path: Path
) -> None:
    with pikepdf.open(clean["pdfx4"]) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    (finding,) = conformance(tmp_path / "a.pdf", PDFX4)
    assert finding.check == "pdfx4/1"


def damaged_program(pdf: pikepdf.Pdf) -> None:
    inner = pdf.pages[0].Resources.Font.T1.DescendantFonts[0]
    held = inner.FontDescriptor.FontFile3
    held.write(held.read_bytes()[:200])


@pytest.mark.parametrize(
    ("seed", "check"),
    [
        (seeds.root(Names=String("no dictionary")), "pdfx4/8"),
        (seeds.page(TrimBox=String("no box")), "pdfx4/6"),
        (seeds.root(OutputIntents=Dictionary()), "pdfx4/2"),
        (damaged_program, "pdfx4/7"),
    ],
)
def test_parts_of_the_wrong_kind_break_their_requirement(
    seed: Callable[[pikepdf.Pdf], None], check: str, clean: dict[str, Path], tmp_path: Path
) -> None:
    saved("", clean["pdfx4"], tmp_path / "a.pdf", PDFX4, seed)
    assert check in [finding.check for finding in conformance(tmp_path / "a.pdf", PDFX4)]


@pytest.mark.parametrize("seed", range(30))
def test_damaged_bytes_make_findings_not_crashes(
    seed: int, clean: dict[str, Path], tmp_path: Path
) -> None:
    """Bytes changed, a stretch lost, the end lost; some damage is nowhere a reader looks."""
    chance, data = random.Random(seed), bytearray(clean["pdfx4"].read_bytes())
    at = chance.randrange(len(data))
    if seed % 3 == 0:
        for _ in range(40):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif seed % 3 == 1:
        del data[at : at + chance.randrange(500)]
    else:
        del data[at:]
    (tmp_path / "a.pdf").write_bytes(data)
    found = conformance(tmp_path / "a.pdf", PDFX4)
    assert found or seed % 3 == 0
    assert all(finding.hint for finding in found)


def test_the_command_reports_numbers(clean: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "seeded.pdf"
    saved("", clean["pdfx4"], out, PDFX4, seeds.page(ArtBox=[10, 10, 20, 20]))
    command = [sys.executable, "-c", "from layout.cli import main; main()", "preflight", "--json"]
    done = subprocess.run(
        [*command, "--standard", "pdfx4", str(out), str(clean["pdfx4"])],
        capture_output=True, text=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert [(f["check"], f["page"]) for f in said[str(out)]] == [("pdfx4/6", 1)]
    assert said[str(clean["pdfx4"])] == []
    assert done.returncode == 1
