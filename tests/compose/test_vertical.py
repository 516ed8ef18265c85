from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given

from layout.compose.headline import Look
from layout.compose.vertical import QUOTES, Cell, cells, fit_vertical, length_em, vertical_line
from layout.fonts import FontSet, OwnFace
from layout.fonts.manifest import stock
from tests.compose.test_properties import COPY, QUICK
from tests.testfont import build


class Case(NamedTuple):
    name: str
    text: str
    cells: str
    ems: list[float]


def read(path: Path) -> list[Case]:
    parts = re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [_case(part) for part in parts]


def _case(part: str) -> Case:
    fences = dict(re.findall(r"^```(\w+)\n(.*?)^```", part, flags=re.MULTILINE | re.DOTALL))
    ems = [float(number) for number in fences.get("ems", "").split()]
    return Case(part.splitlines()[0], fences["input"].strip("\n"), fences["cells"].strip(), ems)


def shown(cell: Cell) -> str:
    lies = cell.drawn is not None and cell.drawn.turned
    return ("↷" if lies else "") + QUOTES.get(cell.text, cell.text)


def edges(line: tuple[Cell, ...]) -> list[float]:
    """Where each cell begins and the last one ends, in ems."""
    ends = [length_em(line[:k])[0] for k in range(1, len(line) + 1)]
    return [*(end - cell.advance / 1000 for end, cell in zip(ends, line, strict=True)), ends[-1]]


CASES = read(Path(__file__).with_name("vertical.md"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.split(" – ")[0])
def test_case(case: Case, test_fonts: FontSet) -> None:
    line = cells(case.text, "song", test_fonts)
    assert f"‖{'|'.join(map(shown, line))}‖" == case.cells
    assert "".join(cell.text for cell in line) == case.text, "the writer's characters are kept"
    if case.ems:
        assert edges(line) == pytest.approx(case.ems, abs=0.0011)


def ink(text: str, fonts: FontSet) -> tuple[int, int, int, int]:
    (cell,) = cells(text, "song", fonts)
    assert cell.drawn
    return cell.drawn.ink


@pytest.fixture(scope="module")
def plain_fonts(tmp_path_factory: pytest.TempPathFactory) -> FontSet:
    """Every role in a face that knows nothing of vertical lines."""
    face = build(tmp_path_factory.mktemp("plain") / "Plain.ttf", vertical=False)
    return FontSet({role: [OwnFace(str(face))] for role in stock().roles})


@pytest.mark.parametrize("vertical", [True, False])
def test_marks_stand_where_they_belong(
    test_fonts: FontSet, plain_fonts: FontSet, vertical: bool
) -> None:
    """With the face's vertical forms and without: left, top, right, bottom in 1/1000 em."""
    fonts = test_fonts if vertical else plain_fonts
    left, top, right, bottom = ink("，", fonts)
    assert left > 0 and right <= 500 and top >= 0 and bottom <= 500, "upper right"
    for mark in "“《（":
        assert ink(mark, fonts)[1] >= 0 and ink(mark, fonts)[3] <= 500, "trimmed to its lower half"
    for mark in "”》）":
        assert ink(mark, fonts)[1] >= 0 and ink(mark, fonts)[3] <= 500
    left, top, right, bottom = ink("——", fonts)
    assert bottom - top > 1900 and right - left < 600 and left + right == 0, "down the axis"
    left, top, right, bottom = ink("·", fonts)
    assert (left + right, top + bottom) == (0, 500)


def test_a_face_without_vertical_forms_turns_dashes(plain_fonts: FontSet) -> None:
    drawn = [cell.drawn for cell in cells("天——地～", "song", plain_fonts)]
    assert [d.turned for d in drawn if d] == [False, True, False, True]


def test_hanzi_stand_in_their_cells_without_vertical_metrics(plain_fonts: FontSet) -> None:
    (line,) = (vertical_line("天地", Look("song", 10.0), plain_fonts),)
    assert (line.runs[0].xs, line.runs[0].ys) == ((-5.0, -5.0), (8.8, 18.8))


def test_three_figures_are_condensed_to_the_em(test_fonts: FontSet) -> None:
    one, two, three = (
        vertical_line(text, Look("song", 10.0), test_fonts).runs[0] for text in ("1", "12", "123")
    )
    assert (one.width_ratio, two.width_ratio, three.width_ratio) == (1.0, 1.0, 0.666)
    assert one.xs == (-2.5,) and two.xs == (-5.0, 0.0)
    assert three.xs == pytest.approx((-5.0, -1.67, 1.67), abs=0.02)
    assert set(three.ys) == {8.8}


def test_positions_are_rounded_once(test_fonts: FontSet) -> None:
    line = vertical_line("“智”引未来，12Word", Look("song", 21.37, 0.0333), test_fonts)
    numbers = [n for run in line.runs for n in (*run.xs, *run.ys)] + [line.height]
    assert all(number == round(number, 3) for number in numbers)


def test_a_line_is_fitted_by_size_then_tracking(test_fonts: FontSet) -> None:
    def fitted(length: float) -> tuple[float, float] | None:
        found = fit_vertical(("智引未来",), Look("song", 0), length, (20.0, 30.0), test_fonts)
        return (found.look.size, found.look.tracking_em) if found else None

    assert fitted(200.0) == (30.0, 0.08), "never larger, never looser than the limits"
    assert fitted(121.5) == (30.0, 0.0167)
    assert fitted(100.0) == (25.0, 0.0)
    assert fitted(78.5) == (20.0, -0.03)
    assert fitted(70.0) is None


@QUICK
@given(COPY)
def test_any_copy(test_fonts: FontSet, text: str) -> None:
    """Nothing is lost, and cells follow each other down the line."""
    line = vertical_line(text, Look("song", 1.0), test_fonts)
    assert line.text.replace(" ", "") == text.replace(" ", "")
    assert "".join(run.text for run in line.runs) == line.text.replace(" ", "")
    assert vertical_line(text, Look("song", 1.0), test_fonts) == line
    for run in line.runs:
        assert len(run.glyphs) == len(run.xs) == len(run.ys) == len(run.clusters)
        assert run.turned or all(b - a >= -0.5 for a, b in pairwise(run.ys))
