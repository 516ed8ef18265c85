"""The commands that compare pages: their arguments and what they print."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_PATH = click.Path(path_type=Path)


@click.command("snapshot")
@click.argument("issue_file", type=_PATH)
@click.option("--update", is_flag=True, help="accept the pages as they are now")
@click.option("--page", "pages", type=click.IntRange(1), multiple=True, help="this page only")
@click.option("--review", type=_PATH, help="write the review page here, also when all is well")
def snapshot_command(
    issue_file: Path, update: bool, pages: tuple[int, ...], review: Path | None
) -> None:
    """Compare an issue with its accepted pages in snapshots/ beside it."""
    from layout.proof.snapshot import check  # late: --help needs none of it

    found = check(issue_file, pages, update=update, report=review)
    for line in found.summary():
        click.echo(line)
    sys.exit(0 if found.clean else 1)
