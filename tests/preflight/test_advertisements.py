"""`render check` preflights the advertisements an issue places."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from layout.examine import examine
from layout.findings import Severity
from tests.issue.folder import GOOD, write

PLACED = GOOD["issue.yaml"] + (
    "    ads:\n      - {file: ad.pdf, at: {columns: 1-3, lines: 100-120}}\n"
)


def advertisement(file: Path, operators: str) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 120))
    pdf.pages[0].Contents = pdf.make_stream(operators.encode("ascii"))
    pdf.save(file)


@pytest.mark.parametrize(
    ("standard", "expected"),
    [("pdfx4", []), ("pdfx1a", [("pdfx1a/24", "ad.pdf: transparency")]), ("screen", [])],
)
def test_check_asks_what_the_papers_standard_asks(
    standard: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    publication = GOOD["publication.yaml"] + f"standard: {standard}\n"
    issue = write(tmp_path, {"issue.yaml": PLACED, "publication.yaml": publication})
    advertisement(tmp_path / "ad.pdf", "/G gs 0 0 0 1 k 10 10 100 50 re f")
    with pikepdf.open(tmp_path / "ad.pdf", allow_overwriting_input=True) as pdf:
        half = pikepdf.Dictionary(G=pikepdf.Dictionary(ca=0.5))
        pdf.pages[0].Resources = pikepdf.Dictionary(ExtGState=half)
        pdf.save(tmp_path / "ad.pdf")
    found = [f for f in examine(issue) if f.check.startswith("pdfx")]
    assert [(finding.check, finding.message) for finding in found] == expected
    assert all(f.mark and f.mark.file.endswith("issue.yaml") and f.page == 1 for f in found)


@pytest.mark.parametrize(
    ("operators", "expected"),
    [
        ("0 0 0 1 k 10 10 100 50 re f", []),
        ("1 0.9 0.8 0.4 k 10 10 100 50 re f", ["ad.pdf: 310 % total ink"]),
        ("0 0 0 1 K 0.1 w 10 10 m 200 10 l S", ["ad.pdf: a rule of 0.10 pt"]),
    ],
)
def test_check_names_what_a_press_would_send_back(
    operators: str, expected: list[str], tmp_path: Path
) -> None:
    issue = write(tmp_path, {"issue.yaml": PLACED})
    advertisement(tmp_path / "ad.pdf", operators)
    checks = ("ink/total", "rules/thin")
    found = [f for f in examine(issue) if f.check in checks]
    assert [finding.message for finding in found] == expected
    for finding in found:
        assert finding.page == 1
        assert finding.mark and finding.mark.file.endswith("issue.yaml")
        assert finding.severity in (Severity.ERROR, Severity.WARNING)


BODY = "新的一天，城里的路修好了，老人和孩子都走得平稳，邻居们说这件事办得好。" * 40
LONGER = {
    "a.md": GOOD["a.md"].replace("正文第一段。", BODY),
    "b.md": GOOD["b.md"].replace("正文。", BODY),
}


def test_check_reads_the_finished_pages_and_blames_a_file(tmp_path: Path) -> None:
    publication = GOOD["publication.yaml"] + "accent: [90, 90, 90, 0]\n"
    issue = write(tmp_path, {"publication.yaml": publication} | LONGER)
    found = {finding.check: finding for finding in examine(issue) if "/" in finding.check}
    coarse = found["pictures/resolution"]
    assert coarse.severity is Severity.ERROR
    assert coarse.message.startswith("a grey picture at ")
    assert (coarse.story, str(coarse.mark)) == ("a", f"{tmp_path / 'a.md'}:4:5")
    assert "picture-resolution" not in found


@pytest.mark.parametrize("standard", ["pdfa2", "screen"])
def test_check_tells_of_pictures_where_no_press_asks(standard: str, tmp_path: Path) -> None:
    publication = GOOD["publication.yaml"] + f"standard: {standard}\n"
    found = examine(write(tmp_path, {"publication.yaml": publication} | LONGER))
    assert "picture-resolution" in {finding.check for finding in found}


def test_check_goes_on_behind_a_page_that_cannot_be_pressed(tmp_path: Path) -> None:
    issue = write(tmp_path, {"issue.yaml": (
        "publication: publication.yaml\ndate: 2025-02-25\nnumber: 1\npages:\n  - stories: [b.md]\n"
        "    ads:\n      - {file: ad.pdf, at: {columns: 1-3, lines: 100-120}}\n"
        "  - stories: [a.md]\n"
    )} | LONGER)  # fmt: skip
    advertisement(tmp_path / "ad.pdf", "1 0 0 rg 10 10 100 50 re f")
    found = [(f.check, f.page) for f in examine(issue) if f.severity is Severity.ERROR]
    assert ("colour/rgb", 1) in found  # of the advertisement, and not again of the page
    assert ("pictures/resolution", 2) in found
    assert "artwork" not in {check for check, _ in found}


OTHERWISE = "ad.pdf: spot colour PANTONE 186 C is not shown as the paper's is"
COLOURS = "colours: {party: {spot: PANTONE 186 C, cmyk: [0, 100, 80, 5]}}\n"


@pytest.mark.parametrize(
    ("colours", "parts", "expected"),
    [
        (COLOURS, [0, 1, 0.8, 0.05], []),
        ("", [0, 1, 0.8, 0.05], [("colour/spot", "ad.pdf: spot colour PANTONE 186 C")]),
        (COLOURS, [0, 1, 0.9, 0], [("colour/spot-parts", OTHERWISE)]),
    ],
    ids=["ordered", "not-ordered", "other-parts"],
)  # fmt: skip
def test_check_asks_for_the_papers_spots(
    colours: str, parts: list[float], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    publication = GOOD["publication.yaml"] + colours
    issue = write(tmp_path, {"issue.yaml": PLACED, "publication.yaml": publication})
    advertisement(tmp_path / "ad.pdf", "/C cs 1 scn 10 10 100 50 re f")
    share = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=parts, N=1)
    name = pikepdf.Name("/PANTONE 186 C")
    space = pikepdf.Array([pikepdf.Name.Separation, name, pikepdf.Name.DeviceCMYK, share])
    with pikepdf.open(tmp_path / "ad.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].Resources = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(C=space))
        pdf.save(tmp_path / "ad.pdf")
    found = [f for f in examine(issue) if f.check.startswith("colour/")]
    assert [(finding.check, finding.message) for finding in found] == expected
    assert all(f.mark and f.mark.file.endswith("issue.yaml") and f.page == 1 for f in found)
