"""Press marks: outside the bleed, on every plate, named job."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from layout.fonts import FontSet
from layout.geometry import Size
from layout.makeup.furniture.marks import APRON, BAR, REGISTRATION, marks
from layout.press.ink import TOTAL_INK_LIMIT
from layout.render import Options, render
from layout.sheet.items import Group, Ink, Outline, Rule, TextLine, Tint

ISSUE = Path(__file__).parents[2] / "issues/changji-daily/2025-02-25/issue.yaml"
TRIM, BLEED = Size(400.0, 600.0), 8.5


@pytest.fixture(scope="module")
def group(test_fonts: FontSet) -> Group:
    return marks(TRIM, BLEED, "昌吉日报　第1版", test_fonts)


def edges(group: Group) -> list[tuple[float, float, float, float]]:
    found = []
    for item in group.items:
        match item:
            case Rule():
                found.append((item.x1, item.y1, item.x2, item.y2))
            case Tint():
                found.append((item.box.x, item.box.y, item.box.right, item.box.bottom))
            case TextLine():
                found.append((item.x, item.y - 7, item.x + item.width, item.y + 2))
            case Outline():
                xs = [float(v) for step in item.path for v in step[1::2]]
                ys = [float(v) for step in item.path for v in step[2::2]]
                found.append((min(xs), min(ys), max(xs), max(ys)))
    return found


def test_all_marks_lie_between_bleed_and_paper_edge(group: Group) -> None:
    for left, top, right, bottom in edges(group):
        outside = right < -BLEED or left > TRIM.width + BLEED
        outside = outside or bottom < -BLEED or top > TRIM.height + BLEED
        assert outside
        assert min(left, top) > -BLEED - APRON
        assert right < TRIM.width + BLEED + APRON
        assert bottom < TRIM.height + BLEED + APRON


def test_rules_print_on_every_plate_and_the_bar_within_total_ink(group: Group) -> None:
    assert {item.ink for item in group.items if isinstance(item, Rule)} == {REGISTRATION}
    for ink in BAR:
        assert (ink.cyan + ink.magenta + ink.yellow + ink.black) * 100 <= TOTAL_INK_LIMIT


def test_each_plate_is_named_in_its_own_ink(group: Group) -> None:
    lines = {line.text: line.runs[0].ink for line in group.items if isinstance(line, TextLine)}
    assert lines.pop("昌吉日报　第1版") == REGISTRATION
    assert {name: ink.black for name, ink in lines.items()} == {"C": 0, "M": 0, "Y": 0, "K": 1}


def test_each_spot_plate_is_shown_and_named_beside_the_bar(test_fonts: FontSet) -> None:
    inks = [Ink(0.0, 1.0, 0.8, 0.05, name) for name in ("A1", "天地玄黄宇宙洪荒", "B", "C2")]
    spotted = marks(TRIM, BLEED, "昌吉日报", test_fonts, inks)
    test_all_marks_lie_between_bleed_and_paper_edge(spotted)
    tints = [item for item in spotted.items if isinstance(item, Tint) and item.ink.spot]
    shown = [(tint.ink.spot, tint.ink.tint) for tint in tints]
    assert shown == [(ink.spot, share) for ink in inks for share in (1.0, 0.5)]
    lines = {line.text: line for line in spotted.items if isinstance(line, TextLine)}
    for ink, solid in zip(inks, tints[::2], strict=True):
        name = lines[ink.spot]
        assert {run.ink for run in name.runs} == {ink}
        assert solid.box.y < name.y < solid.box.bottom
        assert solid.box.right + solid.box.width < name.x
    boxes = sorted((t.box.y, t.box.x) for t in spotted.items if isinstance(t, Tint))
    for (y, x), (below, right) in pairwise(boxes):
        assert below > y or right >= x + tints[0].box.width - 0.01


def test_the_file_has_nested_boxes_and_a_job_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1740441600")
    made = render(ISSUE, Options(output=tmp_path, marks=True))
    pdf = next(file for file in made.files if file.suffix == ".pdf")
    with pikepdf.open(pdf) as document:
        page = document.pages[0]
        media, bleed, trim = (
            [float(v) for v in page[box]] for box in ("/MediaBox", "/BleedBox", "/TrimBox")
        )
    assert media[0] < bleed[0] < trim[0] < trim[2] < bleed[2] < media[2]
    assert media[1] < bleed[1] < trim[1] < trim[3] < bleed[3] < media[3]
    assert trim[2] - trim[0] == pytest.approx(390 / 25.4 * 72, abs=0.01)
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    job = ("总第12199期", "2025-02-25", "第1版", "CJRB2025022501.pdf", "2025-02-25 00:00 UTC")
    assert all(part in text for part in job)
