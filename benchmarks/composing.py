"""Composing 48,000 characters at 13 字: prepare, break and justify, draw – and Typst's layout.

Same copy, same face and size, in one process, in turns. Ours is timed from text to broken and
justified lines, once with a fresh font set (every character shaped for the first time) and then
with units kept, as in a make-up that tries many measures; drawing, the glyph runs of lines that
have found their place, is printed beside it. Typst is timed by `query`, which lays out and writes
no file, less the time of an empty document. Prints medians in milliseconds and our ratios to it.

    make bench        or        python benchmarks/composing.py [RUNS]
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import typst
from prose import paragraphs

from layout.compose import Paragraph, Piece, compose_all, prepare
from layout.fonts import FontSet
from layout.fonts.manifest import stock

CHARACTERS, MEASURE, SIZE, RUNS = 48_000, 13, 9.0, 9
FACE = "NotoSerifSC-Regular"


def news(seed: int) -> list[str]:
    """So many characters of paragraphs; other ones each time: Typst keeps what it laid out."""
    rng = random.Random(seed)
    found: list[str] = []
    while sum(map(len, found)) < CHARACTERS:
        found += paragraphs(rng, 800)
    return found


def ours(copy: list[str], fonts: FontSet) -> tuple[float, float, float, int]:
    """Milliseconds of preparing, of setting, of drawing, and lines set."""
    start = time.perf_counter()
    prepared = [Paragraph(prepare([Piece(text, "song")], fonts), SIZE) for text in copy]
    middle = time.perf_counter()
    lines = compose_all(prepared, MEASURE * SIZE).lines
    end = time.perf_counter()
    drawn = [line.line for line in lines]
    done = time.perf_counter()
    times = (middle - start, end - middle, done - end)
    return *(seconds * 1000 for seconds in times), len(drawn)


def peer(folder: Path) -> Callable[[list[str]], float]:
    """A function that has Typst lay copy out, in milliseconds; the column has no end."""
    head = (
        f"#set page(width: {MEASURE * SIZE}pt, height: auto, margin: 0pt)\n"
        f'#set text(font: "Noto Serif SC", size: {SIZE}pt, lang: "zh", region: "cn")\n'
        "#set par(justify: true, leading: 3pt, spacing: 3pt)\n"
        "#set par(first-line-indent: (amount: 2em, all: true))\n"
    )
    document = folder / "copy.typ"
    font = stock().faces[FACE].path
    assert font, f"{FACE} is not installed"

    def run(copy: list[str]) -> float:
        took = []
        for body in ("一", "\n\n".join(copy)):
            document.write_text(f"{head}{body}\n#metadata(1) <end>\n", "utf-8")
            compiler = typst.Compiler(
                str(document), font_paths=[str(font.parent)], ignore_system_fonts=True
            )
            start = time.perf_counter()
            compiler.query("<end>")
            took.append((time.perf_counter() - start) * 1000)
        return took[1] - took[0]

    return run


def main(runs: int) -> None:
    """Run both in turns and print the table."""
    fonts = FontSet()
    first = ours(news(0), fonts)
    mine, theirs = [], []
    with tempfile.TemporaryDirectory() as name:
        lay_out = peer(Path(name))
        for seed in range(1, runs + 1):
            copy = news(seed)
            mine.append(ours(copy, fonts))
            theirs.append(lay_out(copy))
    medians = [statistics.median(run[k] for run in mine) for k in range(3)]
    typst_ms = statistics.median(theirs)
    print(f"{CHARACTERS} characters at {MEASURE} 字: {first[3]} lines; medians of {runs}, ms")
    print(f"{'':20}{'prepare':>9}{'set':>9}{'composed':>10}{'draw':>9}")
    for who, (ready, set_, drawn) in (("duikai, first time", first[:3]), ("duikai", medians)):
        print(f"{who:20}{ready:9.0f}{set_:9.0f}{ready + set_:10.0f}{drawn:9.0f}")
    print(f"{'typst, layout':20}{'':18}{typst_ms:10.0f}")
    composed = sum(medians[:2]) / typst_ms
    print(f"{'ratio':20}{'':18}{composed:10.2f}   with drawing {sum(medians) / typst_ms:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
