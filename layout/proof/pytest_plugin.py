"""The fixture `page_snapshot`: an issue against its accepted pages, in a paper's own tests.

    def test_front_page(page_snapshot):
        page_snapshot("2025-02-25/issue.yaml")

Paths are relative to the test's file. `--page-update` accepts, but not where CI is set.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

PageSnapshot = Callable[..., None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the fixture."""
    group = parser.getgroup("duikai", "newspaper pages")
    group.addoption("--page-update", action="store_true", help="accept pages as they are now")
    said = "write a review page of every issue into DIR, also when all is well"
    group.addoption("--page-review", type=Path, metavar="DIR", help=said)


@pytest.fixture
def page_snapshot(request: pytest.FixtureRequest) -> PageSnapshot:
    """Call it with an issue file and, if not all of it, the numbers of pages."""

    def check(issue: str | Path, *pages: int) -> None:
        from layout.findings import InputError  # late: pytest starts without them
        from layout.proof import snapshot

        file = request.path.parent / issue
        folder: Path | None = request.config.getoption("--page-review")
        report = folder / f"{file.parent.name}-{file.stem}.html" if folder else None
        update: bool = request.config.getoption("--page-update")
        try:
            found = snapshot.check(file, pages, update=update, report=report)
        except InputError as fault:
            pytest.fail(str(fault), pytrace=False)
        if not found.clean:
            pytest.fail("\n".join(found.summary()), pytrace=False)

    return check
