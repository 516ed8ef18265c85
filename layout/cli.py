"""The command: arguments, progress, exit codes, printing of findings; no typography."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from layout import words
from layout.findings import Finding, InputError, Severity
from layout.proof.commands import diff_command, proof_command, snapshot_command
from layout.units import MM

CLEAN, FOUND = 0, 1
# New objects between two looks for cycles, of which a render makes few: Python's 700 costs 4 % of a
# placed issue and 6 % of make-up; this costs no more than 10 MB.
_MANY_OBJECTS = 100_000
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}

MANUAL = """Make up and typeset a newspaper issue: issue.yaml in, press pages out.

\b
  render ISSUE.yaml             write every page as PDF, and report.json
  render ISSUE.yaml --png       and a picture of every page
  render check ISSUE.yaml       say what is wrong; --fix mends the copy
  render proof ISSUE.yaml       a proof: layers, numbered findings, lists
  render freeze ISSUE.yaml      places into issue.yaml; --undo takes them out
  render why ISSUE.yaml STORY   why a story stands where it does
  render snapshot ISSUE.yaml    hold it against its accepted pages; --update
  render diff A B               what changed: issues, sheet texts or PDFs
  render fonts                  which faces are here; --fetch gets the rest
  render preflight FILE.pdf     what a press would send back; --standard
                                NAME holds it against a standard
  render plates FILE.pdf        what each plate prints, ink in percent
  render schema [KIND]          JSON Schema of publication, issue or story

\b
Files go to output/<date>/<code><yyyymmdd><page>.pdf (file_name in
publication.yaml says else), whole or not at all.

\b
Options of `render ISSUE.yaml`:
  -o, --output DIR   write to DIR/<date>/ instead of output/<date>/
  --page N           this page only (may be given again)
  --png, --dpi N     page pictures, N dots an inch (default 150)
  --paper            page pictures on the white of newsprint
  --marks            trim, fold and registration marks, colour bar and job
                     line; --no-marks, as publication.yaml else says
  --combined         and one PDF of all pages, <code><yyyymmdd>.pdf
  --standard NAME    pdfx4, pdfx1a, pdfx3, pdfa2 (archive) or screen
                     (RGB), as publication.yaml else says
  --proof            and a proof of it, proof.pdf
  --strict           warnings, too, end with exit code 1
  --json             print report.json on standard output
  -v, --verbose      say where files lie and how long each stage took

\b
Exit code 0: written and clean. 1: written, with errors (overset copy, a
story without a place) or, with --strict, warnings. 2: bad input, nothing
written; each mistake as file:line:column: what is wrong – what would be
right.
"""


class _Group(click.Group):
    """`render ISSUE.yaml` means `render issue ISSUE.yaml`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["issue", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0].startswith("-") and args[0] not in ("--help", "--version", "-h"):
            args = ["issue", *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(
            f"Usage: render ISSUE.yaml [OPTIONS]\n\n{MANUAL.replace(chr(8) + chr(10), '')}"
        )


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="duikai", prog_name="render")
def cli() -> None:
    """Make up and typeset a newspaper issue."""


cli.add_command(snapshot_command)
cli.add_command(diff_command)
cli.add_command(proof_command)

_ISSUE_FILE = click.argument("issue_file", type=click.Path(path_type=Path))


@cli.command("issue", hidden=True)
@_ISSUE_FILE
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--page", "pages", type=click.IntRange(1), multiple=True)
@click.option("--png", is_flag=True)
@click.option("--dpi", type=click.IntRange(20, 1200), default=150)
@click.option("--paper", is_flag=True)
@click.option("--marks/--no-marks", default=None)
@click.option("--combined", is_flag=True)
@click.option("--standard", type=click.Choice(["pdfx4", "pdfx1a", "pdfx3", "pdfa2", "screen"]))
@click.option("--proof", "proofed", is_flag=True)
@click.option("--strict", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.option("-v", "--verbose", is_flag=True)
def issue_command(
    issue_file: Path, proofed: bool, strict: bool, as_json: bool, verbose: bool, **wanted: Any
) -> None:
    """Render an issue."""
    words.begin()  # unless `start` has
    click.get_current_context().call_on_close(words.end)
    from layout.render import Options, render  # late: --help needs none of it

    progress = _Progress()
    rendered = render(issue_file, Options(**wanted), progress.show)
    progress.clear()
    if proofed:
        from layout.proof.proofpdf import proof_of

        proof_of(rendered.made_up, rendered.files[0].parent / "proof.pdf")
    _print_findings(f for f in rendered.findings if verbose or f.severity is not Severity.NOTE)
    if as_json:
        path = next(file for file in rendered.files if file.name == "report.json")
        click.echo(path.read_text("utf-8"), nl=False)
    elif verbose or sys.stdout.isatty():
        for file in rendered.files:
            click.echo(f"{file}  {file.stat().st_size / 1024:.0f} kB")
        stages = rendered.timings_ms.items()
        click.echo(" · ".join(f"{stage} {ms:.0f} ms" for stage, ms in stages))
    sys.exit(_exit_code(rendered.findings, strict))


@cli.command("check")
@_ISSUE_FILE
@click.option("--strict", is_flag=True)
@click.option("--fix", is_flag=True, help="write normalised copy back to the story files")
def check_command(issue_file: Path, strict: bool, fix: bool) -> None:
    """Say what is wrong with an issue, its finished pages and advertisements; keep no page."""
    from layout.examine import examine
    from layout.render import fix_copy

    left_alone: list[Finding] = []
    if fix:
        changed, left_alone = fix_copy(issue_file)
        for path in changed:
            click.echo(f"fixed {path}", err=True)
    findings = (*left_alone, *examine(issue_file))
    _print_findings(findings)
    sys.exit(_exit_code(findings, strict))


@cli.command("freeze")
@_ISSUE_FILE
@click.option("--page", "pages", type=click.IntRange(1), multiple=True)
@click.option("--undo", is_flag=True, help="take all places out again")
def freeze_command(issue_file: Path, pages: tuple[int, ...], undo: bool) -> None:
    """Write where make-up placed each story into issue.yaml, as `at`."""
    from layout.render import freeze

    _print_findings(freeze(issue_file, pages, undo=undo))


@cli.command("why")
@_ISSUE_FILE
@click.argument("story")
@click.option("--json", "as_json", is_flag=True)
def why_command(issue_file: Path, story: str, as_json: bool) -> None:
    """Why make-up placed a story where it stands: score terms, and what else it tried."""
    import msgspec

    from layout.render import explain

    found = explain(issue_file, story)
    if as_json:
        pages = [{"page": page, "why": why} for page, why in found]
        click.echo(msgspec.json.format(msgspec.json.encode(pages), indent=1))
        return
    for page, why in found:
        at = why.cells
        corner = f" without a corner of lines {at.without.first_line} on" if at.without else ""
        click.echo(
            f"{why.story} · page {page} · rank {why.rank} · columns {at.first_column}-"
            f"{at.last_column}, lines {at.first_line}-{at.last_line}{corner}"
        )
        own = sum(cost for _, cost in why.terms)
        click.echo(f"  its own cost {own:.1f} of the page's {why.page_cost:.1f} (less is better)")
        for name, cost in why.terms:
            click.echo(f"    {cost:7.2f}  {name}")
        click.echo("  the page")
        for name, cost in why.page_terms:
            click.echo(f"    {cost:7.2f}  {name}")
        click.echo("  instead")
        for other in why.alternatives:
            click.echo(f"    {_dearer(other.dearer, other.over):>24}  {other.what}")


def _dearer(dearer: float | None, over: int | None) -> str:
    if dearer is None:
        return "no page"
    if over:
        return f"{abs(over)} lines too {'many' if over > 0 else 'few'}"
    return f"page {dearer:+.1f}"


@cli.command("preflight")
@click.argument("pdfs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--profile", default="newsprint", type=click.Choice(["newsprint", "advertisement"]))
@click.option("--standard", type=click.Choice(["pdfx4", "pdfx1a", "pdfx3", "pdfa2"]))
@click.option("--spot", "spots", multiple=True, help="a spot ink that is ordered, by its name")
@click.option("--issue", is_flag=True, help="the PDFs are one issue: look for its legal items too")
@click.option("--strict", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def preflight_command(
    pdfs: tuple[Path, ...],
    profile: str,
    standard: str | None,
    spots: tuple[str, ...],
    issue: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """What a press would send back of a PDF, or which requirements of a standard it breaks."""
    import logging

    import msgspec

    from layout.preflight import PROFILES, preflight
    from layout.preflight.standards import conformance
    from layout.press.standards import STANDARDS

    for reader in ("fontTools", "pikepdf"):  # what they doubt, the checks say
        logging.getLogger(reader).setLevel(logging.CRITICAL)
    asked = msgspec.structs.replace(PROFILES[profile], spots=dict.fromkeys(spots))
    found = {
        str(pdf): conformance(pdf, STANDARDS[standard]) if standard else preflight(pdf, asked)
        for pdf in pdfs
    }
    readable = not any(
        f.check == "file/unreadable" for findings in found.values() for f in findings
    )
    if issue and readable:
        from layout.legal import legal, text_of

        found["issue"] = list(legal(text_of(pdfs)))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=1))
    for name, findings in found.items() if not as_json else ():
        for finding in findings:
            where = f" page {finding.page}" if finding.page else ""
            if finding.box:
                x, y = finding.box.x / MM, finding.box.y / MM
                where += f", {x:.0f} mm, {y:.0f} mm"
            colour = _COLOURS[finding.severity]
            severity = click.style(finding.severity.value, fg=colour)
            click.echo(f"{name}{where}: {severity}: {finding} [{finding.check}]")
    sys.exit(_exit_code((f for findings in found.values() for f in findings), strict))


@cli.command("plates")
@click.argument("pdfs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("output/plates"))
@click.option("--dpi", type=click.IntRange(20, 600), default=100)
@click.option("--json", "as_json", is_flag=True)
def plates_command(pdfs: tuple[Path, ...], output: Path, dpi: int, as_json: bool) -> None:
    """What each plate of press PDFs prints: a picture an ink, ink in percent."""
    import msgspec

    from layout.plates import separate

    found = {str(pdf): separate(pdf, output, dpi) for pdf in pdfs}
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=1))
        return
    for name, pages in found.items():
        for page in pages:
            inks = " · ".join(f"{plate.ink} {plate.coverage} %" for plate in page.plates)
            x, y = page.at_mm
            click.echo(f"{name} page {page.page}: {inks} · most {page.total_ink} % at {x}, {y} mm")


@cli.command("fonts")
@click.option("--fetch", is_flag=True, help="fetch what is missing (needs npm)")
@click.option("--if-possible", is_flag=True, help="with --fetch: a failure is only a warning")
def fonts_command(fetch: bool, if_possible: bool) -> None:
    """List the faces by role; fetch missing ones."""
    from layout.fonts import manifest

    if fetch:
        from layout.fonts import fetch as npm

        try:
            for path in npm.fetch(manifest.missing()):
                click.echo(f"fetched {path.name}", err=True)
        except npm.FetchError as fault:
            click.echo(f"fonts: {fault}; substitutes stand in", err=True)
            sys.exit(CLEAN if if_possible else FOUND)
    if not fetch or sys.stdout.isatty():
        for role, faces in manifest.stock().roles.items():
            for face in faces:
                state = "here" if face.source.path else "missing"
                axes = " ".join(f"{axis}={value:g}" for axis, value in face.axes.items())
                click.echo(f"{role:11} {state:8} {face.source.name} {axes}".rstrip())


@cli.command("schema")
@click.argument("kind", default="issue", type=click.Choice(["publication", "issue", "story"]))
def schema_command(kind: str) -> None:
    """Print the JSON Schema of a file, for editors that complete and check YAML."""
    import json

    from layout.issue.fields import schema

    click.echo(json.dumps(schema(kind), ensure_ascii=False, indent=2))


class _Progress:
    """One line on a terminal, nothing in a pipe."""

    def __init__(self) -> None:
        self.on = sys.stderr.isatty()

    def show(self, stage: str) -> None:
        if self.on:
            click.echo(f"\r\x1b[K{stage} …", nl=False, err=True)

    def clear(self) -> None:
        if self.on:
            click.echo("\r\x1b[K", nl=False, err=True)


def _print_findings(findings: Iterable[Finding]) -> None:
    for finding in findings:
        label = click.style(finding.severity.value, fg=_COLOURS[finding.severity])
        click.echo(f"{label}: {finding}", err=True)


def _exit_code(findings: Iterable[Finding], strict: bool) -> int:
    forbidden = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return FOUND if any(f.severity in forbidden for f in findings) else CLEAN


def main() -> None:
    """Entry point: bad input is printed, a mistake a line, and ends with exit code 2."""
    gc.set_threshold(_MANY_OBJECTS)
    try:
        cli(prog_name="render")
    except InputError as fault:
        if sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)
        for finding in fault.findings:
            click.echo(str(finding), err=True)
        _leave(fault.exit_code)
    except SystemExit as done:
        _leave(int(done.code or CLEAN))


def _leave(code: int) -> None:
    """End at once. All files are closed by now: to take apart the interpreter and 100 MB of faces,
    words and pages costs 60 ms.
    """
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:  # a pipe closed early: Python has words for it
        sys.exit(code)
    os._exit(code)
