"""Two issues, sheet texts or PDFs compared: changes, a review page, JSON, a marked PDF."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec

from layout.findings import InputError, Mark, bad_input
from layout.proof.pages import DPI, Page, of_folder, of_issue, of_text
from layout.proof.pdfdiff import diff_pdfs
from layout.proof.pdfpage import PdfPage, pdf_pages
from layout.proof.review import ReviewPage, review
from layout.sheet.diff import Change, diff


class Compared(msgspec.Struct, frozen=True):
    """What changed from one to the other, and their pages."""

    changes: tuple[Change, ...]
    before: tuple[Page | PdfPage, ...]
    after: tuple[Page | PdfPage, ...]

    def review(self, title: str) -> str:
        """The review page of all pages that changed."""
        old, new = ({page.name: page for page in side} for side in (self.before, self.after))
        shown = []
        for name in dict.fromkeys(change.page for change in self.changes):
            own = tuple(change for change in self.changes if change.page == name)
            shown.append(ReviewPage(name, own, _picture(old.get(name)), _picture(new.get(name))))
        return review(title, shown)

    def marked(self, title: str, file: Path) -> bytes:
        """The later pages marked; `file` is what was named, an issue or a PDF."""
        from layout.proof.marked import Sheet, marked  # late: reportlab

        sheets = []
        for k, page in enumerate(self.after):
            own = tuple(change for change in self.changes if change.page == page.name)
            if isinstance(page, PdfPage):
                sheets.append(Sheet(f"{file.name} {page.name}", file.read_bytes(), k, own))
            elif page.pdf is None:
                hint = "compare with an issue.yaml or with PDFs"
                said = "a sheet text has no page to mark"
                raise InputError([bad_input("diff", said, hint, Mark(str(file)))])
            else:
                with tempfile.TemporaryDirectory(prefix="duikai-") as name:
                    pdf = page.pdf(Path(name))
                    sheets.append(Sheet(pdf.stem, pdf.read_bytes(), 0, own))
        return marked(title, sheets)


def _picture(page: Page | PdfPage | None) -> bytes | None:
    if page is None:
        return None
    return page.png if isinstance(page, PdfPage) else page.picture()


def compare(before: Path, after: Path) -> Compared:
    """Both of one kind: PDFs, or issues and sheet texts; InputError when they are not."""
    for path in (before, after):
        if not path.exists():
            hint = "name an issue.yaml, a sheet text, a folder of snapshots or a PDF"
            raise InputError([bad_input("diff", "no such file", hint, Mark(str(path)))])
    kinds = [path.suffix.lower() == ".pdf" for path in (before, after)]
    if all(kinds):
        old, new = (tuple(pdf_pages(path, DPI)) for path in (before, after))
        return Compared(tuple(diff_pdfs(old, new)), old, new)
    if any(kinds):
        hint = "render the issue and compare its PDF"
        said = f"a PDF is compared with a PDF, not with {(before, after)[kinds[0]].name}"
        raise InputError([bad_input("diff", said, hint, Mark(str((before, after)[kinds[1]])))])
    one, other = (tuple(_pages(path)) for path in (before, after))
    found = diff([page.record for page in one], [page.record for page in other])
    return Compared(tuple(found), one, other)


def _pages(path: Path) -> list[Page]:
    if path.is_dir():
        found = of_folder(path)
        if not found:
            hint = "name the folder of one issue, snapshots/<issue>"
            raise InputError([bad_input("diff", "no *.sheet.txt here", hint, Mark(str(path)))])
        return found
    return of_issue(path) if path.suffix in (".yaml", ".yml") else [of_text(path)]


def as_data(compared: Compared) -> list[dict[str, Any]]:
    """The changes for machines; boxes are points from the trim's top left."""
    return [
        {
            "kind": change.kind.value,
            "page": change.page,
            "story": change.story,
            "part": change.part,
            "line": change.line,
            "said": change.said,
            "before": change.before,
            "after": change.after,
            "box_before": change.box_before and change.box_before.listed(2),
            "box_after": change.box_after and change.box_after.listed(2),
        }
        for change in compared.changes
    ]
