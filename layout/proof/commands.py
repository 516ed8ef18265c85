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


@click.command("diff")
@click.argument("before", type=_PATH)
@click.argument("after", type=_PATH)
@click.option("--json", "as_json", is_flag=True)
@click.option("--html", type=_PATH, help="write a review page")
@click.option("--marked", type=_PATH, help="write the later pages as PDF, changes marked (核红)")
def diff_command(
    before: Path, after: Path, as_json: bool, html: Path | None, marked: Path | None
) -> None:
    """What changed between two issues, sheet texts, folders of snapshots or PDFs."""
    import msgspec

    from layout.press.files import make_folder, write_whole
    from layout.proof.compare import as_data, compare
    from layout.proof.snapshot import summary

    found = compare(before, after)
    title = f"{before} → {after}"
    pdf = found.marked(title, after) if marked else b""
    for file, data in ((marked, pdf), (html, found.review(title).encode() if html else b"")):
        if file:
            make_folder(file.parent)
            write_whole(file, data)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(as_data(found)), indent=1))
    else:
        for line in summary(found.changes):
            click.echo(line)
    sys.exit(1 if found.changes else 0)


@click.command("proof")
@click.argument("issue_file", type=_PATH)
@click.option("-o", "--output", type=_PATH, default=Path("output/proof.pdf"))
@click.option("--round", "round_", type=click.IntRange(1, 99), default=1, help="which proof (校次)")
@click.option("--a3", is_flag=True, help="fitted to A3")
def proof_command(issue_file: Path, output: Path, round_: int, a3: bool) -> None:
    """A proof of an issue: layers, numbered findings, a list of them; plainly no plate."""
    from layout.findings import Severity
    from layout.press.files import make_folder
    from layout.proof.proofpdf import proof

    make_folder(output.parent)
    found = proof(issue_file, output, round_=round_, a3=a3)
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    click.echo(f"{output}  {len(found)} findings, {errors} errors")
    sys.exit(1 if errors else 0)
