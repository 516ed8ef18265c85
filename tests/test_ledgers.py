"""The ledgers under docs/standards: a row for every requirement, a test for every claim."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from layout.preflight.standards import CHECKED
from tests.preflight.broken import FAULTS

ROOT = Path(__file__).parents[1]
LEDGERS = {"pdfx4": "PDF_X4.md", "pdfx1a": "PDF_X1A.md"}
STATUSES = {"enforced", "met because unsupported", "not enforceable"}


def rows(standard: str) -> list[list[str]]:
    text = (ROOT / "docs/standards" / LEDGERS[standard]).read_text("utf-8")
    lines = [line for line in text.splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.fixture(scope="module")
def collected() -> set[str]:
    """Every test of the files the ledgers name, as pytest calls it."""
    files = {
        name.split("::")[0] for standard in LEDGERS for row in rows(standard)
        for name in names(row[4])
    }  # fmt: skip
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-o", "addopts="]
    done = subprocess.run(
        [*command, *(f"tests/{file}" for file in sorted(files))],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    full = {line.removeprefix("tests/") for line in done.stdout.splitlines() if "::" in line}
    return full | {name.split("[")[0] for name in full}


@pytest.mark.parametrize("standard", LEDGERS)
def test_every_row_names_tests_that_exist(standard: str, collected: set[str]) -> None:
    for number, asked, status, seeds, tests in rows(standard):
        assert status in STATUSES, asked
        assert names(tests) or status == "not enforceable", asked
        assert [name for name in names(tests) if name not in collected] == [], asked
        for seed in names(seeds):
            found = [f for f in (f"{standard}-{number}-{seed}",) if f in FAULTS]
            assert found, f"{asked}: {seed}"


@pytest.mark.parametrize("standard", LEDGERS)
def test_every_requirement_has_a_row_and_every_seed_stands_in_one(standard: str) -> None:
    ledger = rows(standard)
    assert {int(row[0]) for row in ledger} == set(CHECKED[standard])
    told = {f"{standard}-{row[0]}-{seed}" for row in ledger for seed in names(row[3])}
    assert told == {name for name in FAULTS if name.startswith(f"{standard}-")}
