"""通版: two pages as one sheet, from issue.yaml to the plate."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from layout.findings import InputError
from layout.fonts import FontSet
from layout.issue import load
from layout.makeup import make_up
from layout.render import Options, render
from layout.sheet.items import TextLine
from tests.makeup.test_page import SIX, folder


def spread(tmp_path: Path, before: int = 1, extra: str = "") -> Path:
    """The six stories on a spread behind so many pages of one story each."""
    issue = folder(tmp_path, SIX | {f"x{k}": 300 for k in range(before)})
    pages = "".join(f"  - name: 前\n    stories: [x{k}.md]\n" for k in range(before))
    listed = "".join(f"      - {slug}.md\n" for slug in SIX)
    head = issue.read_text("utf-8").partition("pages:\n")[0]
    issue.write_text(
        f"{head}{extra}pages:\n{pages}  - name: 甲\n    spread: on\n    stories:\n{listed}", "utf-8"
    )
    return issue


def test_columns_keep_their_measure_and_the_fold_runs_down_a_gutter(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    first, wide = make_up(load(spread(tmp_path)), test_fonts)
    one, two = first.sheet.grid, wide.sheet.grid
    assert (two.columns, two.measure, two.lines) == (12, pytest.approx(one.measure), one.lines)
    assert wide.sheet.trim.width == 2 * first.sheet.trim.width
    fold = wide.sheet.trim.width / 2
    assert two.left(5) + two.measure + two.gutter / 2 == pytest.approx(fold, abs=0.01)
    for group, x, _ in wide.sheet.walk():
        if group.kind == "leg":
            assert x + group.box.width < fold or x > fold


def test_each_half_has_its_number_outside(tmp_path: Path, test_fonts: FontSet) -> None:
    _, wide = make_up(load(spread(tmp_path)), test_fonts)
    folio = next(group for group in wide.sheet.groups if group.kind == "folio")
    at = {line.text: line for line in folio.items if isinstance(line, TextLine)}
    assert at["02"].x == 0
    assert at["03"].x + at["03"].width == pytest.approx(folio.box.width, abs=0.01)
    fold = folio.box.width / 2
    assert not [line for line in at.values() if line.x < fold < line.x + line.width]


def test_it_is_one_file_of_double_trim_named_by_both_pages(tmp_path: Path) -> None:
    rendered = render(spread(tmp_path), Options(output=tmp_path / "out", pages=(3,), combined=True))
    folder = tmp_path / "out/2025-02-25"
    assert [f.name for f in rendered.files if f.suffix == ".pdf"] == [
        "TD20250225.pdf", "TD202502250203.pdf",
    ]  # fmt: skip
    with pikepdf.open(folder / "TD202502250203.pdf") as pdf:
        left, bottom, right, top = map(float, pdf.pages[0].trimbox)
        assert (right - left) / (top - bottom) == pytest.approx(780 / 550, abs=1e-3)
        assert "第2—3版" in str(pdf.docinfo.Title)
    with pikepdf.open(folder / "TD20250225.pdf") as pdf, pdf.open_outline() as outline:
        assert outline.root[0].title == "第2—3版　甲"
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert report["pages"][0]["pages"] == [2, 3]


def test_the_issue_has_as_many_pages_as_are_printed(tmp_path: Path) -> None:
    assert load(spread(tmp_path)).page_count == 3


@pytest.mark.parametrize(
    ("before", "extra", "message"),
    [
        (0, "", "the spread begins on page 1 – begin it on an even page"),
        (2, "", "the spread begins on page 3 – begin it on an even page: 2 or 4"),
        (1, "page_count: 2\n", "page_count is 2, but 3 pages stand"),
    ],
)
def test_a_spread_that_cannot_be(tmp_path: Path, before: int, extra: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load(spread(tmp_path, before, extra))
