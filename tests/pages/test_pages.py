"""Every case of tests/pages: its sheet as accepted, its findings as written beside it.

A missing reference fails, and so does one no case uses. To accept: `make accept T=name`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.fonts import FontSet
from tests.pages.case import FOLDER, Case, cases, made

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.area}-{case.name}")
def test_page(case: Case, tmp_path: Path, test_fonts: FontSet) -> None:
    result = made(case, tmp_path, test_fonts)
    assert result.found == case.found
    assert case.reference.exists(), f"no reference: make accept T={case.name}"
    assert result.text == case.reference.read_text("utf-8")


def test_every_reference_is_used() -> None:
    used = {case.reference for case in CASES}
    assert {file for file in FOLDER.glob("*/*.txt") if file not in used} == set()


def test_there_are_forty_pages() -> None:
    assert len(CASES) >= 40
