"""render diff: issues, sheet texts and PDFs of other programs, by story, line and character."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from layout.cli import cli
from layout.findings import InputError
from layout.proof.compare import compare
from layout.proof.marked import APRON
from layout.render import Options, render
from layout.sheet.diff import Change, Kind

SAMPLE = Path(__file__).parents[1] / "issues/changji-daily"
COPY = ("A line of copy set here", "and then a second line", "then a third one of it", "The end.")


def run(before: Path, after: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["diff", str(before), str(after), *options])


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An issue in two rounds: a word of one story, the photo of another."""
    folder = tmp_path_factory.mktemp("rounds")
    issues = []
    for name in ("first", "second"):
        shutil.copytree(SAMPLE, folder / name)
        issues.append(folder / name / "2025-02-25/issue.yaml")
    story = issues[1].parent / "stories/02-agreements.md"
    story.write_text(story.read_text("utf-8").replace("同一个方向", "同一个目标"), "utf-8")
    photo = issues[1].parent / "photos/green-power.jpg"
    with Image.open(photo) as picture:
        picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(photo, quality=90)
    return issues[0], issues[1]


def pdf(path: Path, *, rows: tuple[str, ...] = COPY, x: float = 60, picture: str = "red",
        box: bool = False, head: str = "A headline") -> Path:  # fmt: skip
    canvas = Canvas(str(path), pagesize=(400, 400))
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(x, 340, head)
    canvas.setFont("Helvetica", 10)
    for k, row in enumerate(rows):
        canvas.drawString(x, 310 - 12 * k, row)
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), picture)), 250, 100, 90, 90)
    if box:
        canvas.rect(60, 60, 80, 20)
    canvas.save()
    return path


def changes(tmp_path: Path, **other: Any) -> list[Change]:
    before, after = pdf(tmp_path / "a.pdf"), pdf(tmp_path / "b.pdf", **other)
    return list(compare(before, after).changes)


def test_two_rounds_of_an_issue(rounds: tuple[Path, Path]) -> None:
    said = run(*rounds)
    assert said.exit_code == 1
    photo = "photo: green-power.jpg is another file of that name"
    assert said.output.splitlines() == [
        f"page 1 · 01-promotion: picture changed: {photo}",
        "page 1 · 02-agreements: text changed: leg 1 line 2: “方向” → “目标”",
    ]
    assert run(rounds[0], rounds[0]).exit_code == 0
    first, second = json.loads(run(*rounds, "--json").output)
    assert (first["kind"], first["story"]) == ("picture changed", "01-promotion")
    assert (second["before"], second["after"]) == ("方向", "目标")
    assert second["box_after"][2:] == pytest.approx([153.0, 9.0], abs=3)


def test_press_pages_of_two_rounds(rounds: tuple[Path, Path], tmp_path: Path) -> None:
    pages = []
    for issue in rounds:
        made = render(issue, Options(output=tmp_path / issue.parents[1].name))
        pages.append(next(file for file in made.files if file.suffix == ".pdf"))
    review = tmp_path / "review.html"
    said = run(*pages, "--html", str(review))
    assert said.exit_code == 1
    text, picture = sorted(said.output.splitlines(), key=lambda row: "picture" in row)
    assert text.endswith("再添生力军: text changed: line 2: “方向” → “目标”")
    assert "“算力”作引擎" in picture
    assert picture.endswith("picture changed: another picture")
    assert review.read_text("utf-8").count("data:image/png") == 2


def test_the_same_pdf_has_no_changes(tmp_path: Path) -> None:
    assert changes(tmp_path) == []


def test_characters_of_another_programs_pdf(tmp_path: Path) -> None:
    (change,) = changes(tmp_path, rows=(COPY[0], "and then a sacond line", *COPY[2:]))
    assert str(change) == "A headline: text changed: line 2: “e” → “a”"
    assert change.spot
    assert change.box_after
    assert change.box_after.x < change.spot.x < change.box_after.right


def test_copy_broken_elsewhere_is_rewrapped(tmp_path: Path) -> None:
    rows = ("A line of copy set here and", "then a second line", *COPY[2:])
    (change,) = changes(tmp_path, rows=rows)
    assert change.kind is Kind.REWRAPPED


def test_a_block_that_moved_is_moved_in_millimetres(tmp_path: Path) -> None:
    (change,) = changes(tmp_path, x=88.346)
    assert change.kind is Kind.MOVED
    assert change.said == "5 lines with “A headline” (+10.0 mm, +0.0 mm)"


def test_a_swapped_picture_and_a_new_rule(tmp_path: Path) -> None:
    (change,) = changes(tmp_path, picture="blue")
    assert change.kind is Kind.PICTURE
    assert change.box_after
    assert (change.box_after.x, change.box_after.y) == (250.0, 210.0)
    (change,) = changes(tmp_path, box=True)
    assert change.kind is Kind.INK
    assert change.box_after
    assert (change.box_after.x, change.box_after.y) == pytest.approx((60, 320), abs=10)


def test_a_line_that_went_elsewhere_is_moved_not_edited(tmp_path: Path) -> None:
    rows = (COPY[1], COPY[2], COPY[0], COPY[3])
    assert {c.kind for c in changes(tmp_path, rows=rows)} == {Kind.MOVED}


def test_sheet_texts_and_folders(
    rounds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    CliRunner().invoke(cli, ["snapshot", str(rounds[0]), "--update"])
    folder = rounds[0].parent / "snapshots/issue"
    assert run(folder, folder).exit_code == 0
    assert len(run(folder, rounds[1]).output.splitlines()) == 2
    assert run(folder / "page-1.sheet.txt", folder / "page-1.sheet.txt").output == ""


def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    page = pdf(tmp_path / "a.pdf")
    (tmp_path / "b.pdf").write_bytes(b"no PDF")
    issue = SAMPLE / "2025-02-25/issue.yaml"
    for before, after, said in (
        (page, tmp_path / "none.pdf", r"none\.pdf.*no such file"),
        (page, tmp_path / "b.pdf", r"b\.pdf.*cannot be read as PDF"),
        (page, issue, "a PDF is compared with a PDF, not with issue.yaml"),
        (tmp_path, tmp_path, r"no \*\.sheet\.txt here"),
    ):
        with pytest.raises(InputError, match=said):
            compare(before, after)


def reds(picture: Image.Image) -> int:
    """Pixels of the marks' red ground."""
    pixels = picture.convert("RGB").tobytes()
    triples = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    return sum(r > 180 and r - g > 30 and abs(g - b) < 30 for r, g, b in triples)


def test_a_marked_pdf_shows_every_change(tmp_path: Path) -> None:
    rows = (COPY[0], "and then one sacond line", *COPY[2:])
    before, after = pdf(tmp_path / "a.pdf"), pdf(tmp_path / "b.pdf", rows=rows, picture="blue")
    out = tmp_path / "out/marked.pdf"
    assert run(before, after, "--marked", str(out)).exit_code == 1
    first = out.read_bytes()
    with pypdfium2.PdfDocument(first) as read:
        assert len(read) == 2
        assert read[0].get_size() == (400 + 2 * APRON, 400)
        text = "".join(read[0].get_textpage().get_text_range().split())
        assert "and then one sacond line" in read[0].get_textpage().get_text_range()
        assert "改" in text
        assert "换图" in text
        listed = read[1].get_textpage().get_text_range()
        assert "text changed: “e” → “a”" in listed
        assert "picture changed: another picture" in listed
        drawn = read[0].render(scale=2).to_pil()
        line = drawn.crop((int(2 * (APRON + 58)), 2 * 76 + 12, int(2 * (APRON + 170)), 2 * 76 + 48))
        assert reds(line) > 40
        other = drawn.crop((int(2 * (APRON + 60)), 2 * 40, int(2 * (APRON + 240)), 2 * 76))
        assert reds(other) == 0
    run(before, after, "--marked", str(out))
    assert out.read_bytes() == first, "the same bytes for the same pages"


def test_a_marked_pdf_of_an_issue(rounds: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "marked.pdf"
    assert run(*rounds, "--marked", str(out)).exit_code == 1
    with pypdfium2.PdfDocument(out) as read:
        text = "".join(read[0].get_textpage().get_text_range().split())
        assert "“方向”→“目标”（02-agreements）" in text
        assert "同一个目标" in text
    if shutil.which("qpdf"):
        subprocess.run(["qpdf", "--check", out], capture_output=True, check=True)
    folder = tmp_path / "kept"
    folder.mkdir()
    page = "sheet 1 · trim 9.00×9.00 · grid 1×9.00+1.00 · leading 9.000 · 1 lines\n"
    (folder / "page-1.sheet.txt").write_text(page, "utf-8")
    with pytest.raises(InputError, match="a sheet text has no page to mark"):
        compare(folder, folder).marked("t", folder)
