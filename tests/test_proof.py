"""The proof read back: what it shows, what it leads to, and that no press takes it for a plate."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from layout.findings import InputError
from layout.fonts import manifest
from layout.proof.proofpdf import LAYERS, proof

SAMPLE = Path(__file__).parents[1] / "issues/changji-daily"
RENDER = Path(sys.executable).with_name("render")
pytestmark = pytest.mark.skipif(bool(manifest.missing()), reason="the npm faces are not here")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The front page with a pinned story that is overset, a picture too small, a missing glyph."""
    folder = tmp_path_factory.mktemp("faulty")
    shutil.copytree(SAMPLE, folder / "paper")
    here = folder / "paper/2025-02-25"
    with Image.open(here / "photos/green-power.jpg") as picture:
        picture.resize((820, 517)).save(here / "photos/green-power.jpg")
    story = here / "stories/05-agri-zone.md"
    story.write_text(story.read_text("utf-8").replace("一批", "一批ก", 1), "utf-8")
    issue = here / "issue.yaml"
    pin = "- {file: stories/07-spring-supplies.md, at: {columns: 5-6, lines: 108-120}}"
    issue.write_text(issue.read_text("utf-8").replace("- stories/07-spring-supplies.md", pin))
    return issue


@pytest.fixture(scope="module")
def written(faulty: Path) -> Path:
    out = faulty.parent / "proof.pdf"
    proof(faulty, out, round_=2)
    return out


def text_of(file: Path, page: int) -> str:
    with pypdfium2.PdfDocument(file) as pdf:
        return "".join(pdf[page].get_textpage().get_text_range().split())


def test_three_faults_are_numbered_on_the_page_and_in_the_list(written: Path) -> None:
    for page in (0, 1):
        said = text_of(written, page)
        for fault in ("(U+0E01)", "isoversetby", "121ppiinprint"):
            assert fault in said, (page, fault)
    assert "意见3条，其中错误2条" in text_of(written, 0)
    with pypdfium2.PdfDocument(written) as pdf:
        found = pdf[0].get_textpage().search("一批〓")
        assert found.get_next()


def test_it_says_it_is_no_plate(written: Path) -> None:
    for page in (0, 1):
        assert "不可制版NOTFORPLATE" in text_of(written, page)
        assert "第2校" in text_of(written, page)
    with pikepdf.open(written) as pdf:
        assert "/OutputIntents" not in pdf.Root
        assert "/GTS_PDFXVersion" not in pdf.docinfo
        assert "/TrimBox" not in pdf.pages[0].obj
    ran = subprocess.run([RENDER, "preflight", written], capture_output=True, text=True)
    assert ran.returncode == 1


def test_layers_can_be_switched(written: Path) -> None:
    with pikepdf.open(written) as pdf:
        layers = pdf.Root.OCProperties
        assert [str(group.Name) for group in layers.OCGs] == [name for name, _ in LAYERS]
        assert [str(group.Name) for group in layers.D.OFF] == ["网格与基线 grid"]
        forms = pdf.pages[0].resources.XObject.values()
        assert {str(form.OC.Name) for form in forms if "/OC" in form} == {n for n, _ in LAYERS}


def test_flags_and_lists_lead_to_each_other(written: Path) -> None:
    with pikepdf.open(written) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        front = [(a.Rect, a.Dest) for a in pdf.pages[0].Annots]
        listed = [(a.Rect, a.Dest) for a in pdf.pages[1].Annots]
        assert len(front) == 3
        assert len(listed) == 4  # the page and its three findings
        assert all(dest[0].objgen == pages[1] for _, dest in front)
        assert all(dest[0].objgen == pages[0] for _, dest in listed)
        high = float(pdf.pages[0].mediabox[3])
        for rect, _ in front:
            left, bottom, right, top = map(float, rect)
            assert 0 < left < right < float(pdf.pages[0].mediabox[2])
            assert 0 < bottom < top < high
        with pdf.open_outline() as outline:
            assert [len(item.children) for item in outline.root] == [3, 0]


def test_a_clean_issue_has_no_finding_and_fits_a3(tmp_path: Path) -> None:
    out = tmp_path / "p.pdf"
    assert proof(SAMPLE / "2025-02-25/issue.yaml", out, a3=True) == []
    with pikepdf.open(out) as pdf:
        assert [round(float(v)) for v in pdf.pages[0].mediabox] == [0, 0, 842, 1191]
    assert "没有意见" in text_of(out, 0)


def test_the_same_proof_twice(faulty: Path, written: Path, tmp_path: Path) -> None:
    proof(faulty, tmp_path / "p.pdf", round_=2)
    assert (tmp_path / "p.pdf").read_bytes() == written.read_bytes()


def test_other_mistakes_are_still_refused(faulty: Path, tmp_path: Path) -> None:
    shutil.copytree(faulty.parents[1], tmp_path / "paper")
    issue = tmp_path / "paper/2025-02-25/issue.yaml"
    issue.write_text(issue.read_text("utf-8").replace("108-120", "108-130"), "utf-8")
    with pytest.raises(InputError, match="off the page"):
        proof(issue, tmp_path / "p.pdf")
    assert not (tmp_path / "p.pdf").exists()


def test_qpdf_finds_nothing(written: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not here")
    ran = subprocess.run(["qpdf", "--check", written], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([RENDER, *map(str, arguments)], capture_output=True, text=True)


def test_the_command(faulty: Path, tmp_path: Path) -> None:
    # no plate with a missing character; the proof alone shows it
    assert run(faulty, "-o", tmp_path, "--proof").returncode == 2
    ran = run("proof", faulty, "-o", tmp_path / "p.pdf")
    assert ran.returncode == 1
    assert ran.stdout.endswith("3 findings, 2 errors\n")
    assert run(SAMPLE / "2025-02-25/issue.yaml", "-o", tmp_path, "--proof").returncode == 0
    assert (tmp_path / "2025-02-25/proof.pdf").exists()
