"""All pages in one file: as valid as each alone, with bookmarks by page."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from layout.press.combine import combine
from layout.sheet.items import Sheet
from tests.press.samples import line, press, run, sheet, song


@pytest.fixture(scope="module")
def combined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("combined")
    sheets, files = [], []
    for number in (1, 2, 3):
        text = f"天地玄黄{number}"
        drawn = line(0.0, 12.0, run(song(), text, 12.0))
        made = sheet(drawn, bleed=8.5, label=f"题{number}")
        made = replace(made, page=number, meta={**made.meta, "page": str(number)})
        files.append(press(made, folder / f"{number}.pdf", song()))
        sheets.append(made)
    return _combined(files, sheets, folder / "all.pdf")


def _combined(files: list[Path], sheets: list[Sheet], out: Path) -> Path:
    combine(files, sheets, out)
    combine(files, sheets, out.with_name("again.pdf"))
    return out


def test_pages_keep_their_boxes_and_text(combined: Path) -> None:
    with pikepdf.open(combined) as document:
        assert len(document.pages) == 3
        boxes = {str(list(page.TrimBox)) for page in document.pages}
    assert len(boxes) == 1
    import pypdfium2

    text = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(combined)]
    assert [t.strip() for t in text] == ["天地玄黄1", "天地玄黄2", "天地玄黄3"]


def test_bookmarks_lead_by_page_to_stories(combined: Path) -> None:
    with pikepdf.open(combined) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["第1版", "第2版", "第3版"]
        assert [child.title for item in outline.root for child in item.children] == [
            "题1", "题2", "题3",
        ]  # fmt: skip
        targets = [item.children[0].destination[0] for item in outline.root]
        assert [target.objgen for target in targets] == [page.objgen for page in document.pages]


def test_it_is_pdf_x4_with_metadata_of_the_issue(combined: Path) -> None:
    pdf_oxide = pytest.importorskip("pdf_oxide", reason="pdf_oxide is not installed")
    verdict = pdf_oxide.PdfDocument(str(combined)).validate_pdf_x("4")
    assert verdict["valid"], verdict
    with pikepdf.open(combined) as document:
        assert document.docinfo.Title == "昌吉日报 2025-02-25"
        assert len(document.Root.OutputIntents) == 1
        with document.open_metadata() as xmp:
            assert xmp["dc:title"] == "昌吉日报 2025-02-25"
            assert xmp["{http://prismstandard.org/namespaces/basic/2.0/}startingPage"] == "1-3"
            assert xmp["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"


def test_same_pages_same_bytes(combined: Path) -> None:
    assert combined.read_bytes() == combined.with_name("again.pdf").read_bytes()
