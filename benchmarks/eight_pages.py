"""Eight pages of text through this tool and through Typst, in turns, as whole processes.

Same copy, same faces, same sheet, six columns of 小五, justified. Prints medians of wall time, CPU
time and peak memory and our ratio to the peer's. What differs: we make pages up (headlines, legs,
rules) and write eight press files with an output profile; Typst flows the text through columns into
one file.

    make bench        or        python benchmarks/eight_pages.py [RUNS]
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from prose import headline, paragraphs

from layout.fonts.manifest import stock

STORIES = (1150, 1000, 900, 800, 700, 650, 600)
PAGES, RUNS = 8, 9
FACES = ("NotoSerifSC-Regular", "NotoSansSC-Variable")


# A page's picture, by its number: front matter of its first story, Typst's lines before its copy.
Pictured = Callable[[int], tuple[str, list[str]]]


def write_copy(folder: Path, pictured: Pictured = lambda page: ("", [])) -> tuple[Path, Path]:
    """The same stories as an issue folder and as a Typst document."""
    rng = random.Random(20250224)
    pages: list[str] = []
    flow = [
        "#set page(width: 390mm, height: 550mm, margin: (x: 20mm, y: 30mm), columns: 6)",
        "#set columns(gutter: 14.8pt)",
        '#set text(font: "Noto Serif SC", size: 9pt, lang: "zh", fill: cmyk(0%, 0%, 0%, 100%))',
        "#set par(justify: true, leading: 3pt, spacing: 3pt)",
        "#set par(first-line-indent: (amount: 2em, all: true))",
        '#show heading: set text(font: "Noto Sans SC", size: 20pt)',
    ]
    for page in range(1, PAGES + 1):
        entries = []
        front, lines = pictured(page)
        flow += lines
        for k, length in enumerate(STORIES):
            name, head, body = f"p{page}s{k}.md", headline(rng), paragraphs(rng, length)
            text = "\n\n".join(body)
            own = f"---\nheadline: {head}\n{front if k == 0 else ''}---\n{text}\n"
            (folder / name).write_text(own, "utf-8")
            entries.append(f"      - {name}")
            flow.append(f"= {head}\n\n{text}")
        pages.append("  - name: 要闻\n    stories:\n" + "\n".join(entries))
    (folder / "publication.yaml").write_text(
        "name: 长河日报\ncode: CHRB\nsheet: {columns: 6, measure: 17字, size: 小五, lines: 120}\n",
        "utf-8",
    )
    issue = folder / "issue.yaml"
    issue.write_text(
        "publication: publication.yaml\ndate: 2025-02-24\nnumber: 1\npages:\n" + "\n".join(pages),
        "utf-8",
    )
    typst = folder / "issue.typ"
    typst.write_text("\n\n".join(flow), "utf-8")
    return issue, typst


# As after an installation: a shell may forbid Python to keep what it has compiled, and would have
# all of this tool compiled anew for every run.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def run(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds, peak MiB of one whole process."""
    start = time.perf_counter()
    devnull = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, devnull, fd) for fd in (1, 2)]
    pid = os.posix_spawn(command[0], command, ENVIRONMENT, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    os.close(devnull)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {code}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def commands(folder: Path, issue: Path, typst: Path) -> dict[str, list[str]]:
    """Each peer's command line."""
    render = str(Path(sys.executable).with_name("render"))
    fonts = sorted({str(stock().faces[name].path) for name in FACES})
    kept = folder / "fonts"
    kept.mkdir()
    for font in fonts:
        (kept / Path(font).name).symlink_to(font)
    compile_ = (
        "import typst,sys; typst.compile(sys.argv[1], output=sys.argv[2], "
        "font_paths=[sys.argv[3]], ignore_system_fonts=True)"
    )
    return {
        "duikai": [render, str(issue), "-o", str(folder / "out")],
        "typst": [sys.executable, "-c", compile_, str(typst), str(folder / "t.pdf"), str(kept)],
    }


def main(runs: int) -> None:
    """Run both in turns and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers = commands(folder, *write_copy(folder))
        for command in peers.values():
            run(command)
        figures: dict[str, list[tuple[float, float, float]]] = {peer: [] for peer in peers}
        for _ in range(runs):
            for peer, command in peers.items():
                figures[peer].append(run(command))
        characters = sum(len(p.read_text("utf-8")) for p in folder.glob("*.md"))
    medians = {
        peer: [statistics.median(c) for c in zip(*f, strict=True)] for peer, f in figures.items()
    }
    print(f"{PAGES} pages, {characters} characters, medians of {runs} whole processes in turns")
    print(f"{'':8}{'wall ms':>10}{'CPU ms':>10}{'peak MiB':>10}")
    for peer, (wall, cpu, peak) in medians.items():
        print(f"{peer:8}{wall * 1000:10.0f}{cpu * 1000:10.0f}{peak:10.0f}")
    ratio = [
        ours / theirs for ours, theirs in zip(medians["duikai"], medians["typst"], strict=True)
    ]
    print(f"{'ratio':8}" + "".join(f"{value:10.2f}" for value in ratio))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
