"""Eight press-ready pages with eight photographs: this tool beside Typst and Ghostscript.

Same copy, same faces, same eight RGB photographs of 2400 × 1600 pixels. Ours is one process from
issue.yaml to eight PDF/X-4 files, all colours in newsprint's inks; once with make-up finding the
places and once with places written down, as Typst's document has them. The peer is Typst, then
Ghostscript to one CMYK PDF/X-3 with the same profile, intent and resolution. Every run starts cold:
no cache is kept.

    make bench        or        python benchmarks/press_ready.py [RUNS]
"""

from __future__ import annotations

import io
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from eight_pages import FACES, run
from PIL import Image
from prose import headline, paragraphs

from layout.fonts.manifest import stock
from layout.press.intent import NEWSPRINT
from layout.press.pixels import MOST_PPI

PAGES, RUNS = 8, 5
STORIES = (1150, 1000, 900, 800, 700, 650, 600)
PIXELS = (2400, 1600)
# Ghostscript's own words for a PDF/X-3 with an output intent (its PDFX_def.ps, less comments).
INTENT = """%!
[/_objdef {{icc}} /type /stream /OBJ pdfmark
[{{icc}} << /N 4 >> /PUT pdfmark
[{{icc}} ({profile}) (r) file /PUT pdfmark
[/_objdef {{intent}} /type /dict /OBJ pdfmark
[{{intent}} << /Type /OutputIntent /S /GTS_PDFX /OutputCondition (newsprint)
  /Info (newsprint) /OutputConditionIdentifier (CGATS TR 002)
  /RegistryName (http://www.color.org) /DestOutputProfile {{icc}} >> /PUT pdfmark
[{{Catalog}} << /OutputIntents [ {{intent}} ] >> /PUT pdfmark
[/Title (pages) /Trapped /False /DOCINFO pdfmark
"""


def photograph(rng: random.Random, file: Path) -> None:
    """Clouds of many sizes and a little grain: about as hard to code as a real one."""
    picture = None
    for side in (6, 24, 96, 384, 1200):
        size = (side, side * 2 // 3)
        layer = Image.frombytes("RGB", size, rng.randbytes(size[0] * size[1] * 3))
        layer = layer.resize(PIXELS, Image.Resampling.BICUBIC)
        picture = layer if picture is None else Image.blend(picture, layer, 0.18)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    file.write_bytes(out.getvalue())


def write_copy(folder: Path) -> tuple[Path, Path]:
    """The same pages as an issue folder and as a Typst document."""
    rng = random.Random(20250225)
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
        photograph(rng, folder / f"p{page}.jpg")
        front = f"photos:\n  - {{file: p{page}.jpg, caption: 现场, columns: 3}}\n"
        picture = (
            f'#place(top + left, float: true, scope: "parent", image("p{page}.jpg", width: 50%))'
        )
        flow += ["#pagebreak(weak: true)", picture]
        entries = []
        for k, length in enumerate(STORIES):
            name, head, body = f"p{page}s{k}.md", headline(rng), paragraphs(rng, length)
            text = "\n\n".join(body)
            own = front if k == 0 else ""
            (folder / name).write_text(f"---\nheadline: {head}\n{own}---\n{text}\n", "utf-8")
            entries.append(f"      - {name}")
            flow.append(f"= {head}\n\n{text}")
        pages.append("  - name: 要闻\n    stories:\n" + "\n".join(entries))
    (folder / "publication.yaml").write_text(
        "name: 长河日报\ncode: CHRB\nsheet: {columns: 6, measure: 17字, size: 小五, lines: 120}\n",
        "utf-8",
    )
    head = "publication: publication.yaml\ndate: 2025-02-25\nnumber: 1\npages:\n"
    issue, typst = folder / "issue.yaml", folder / "issue.typ"
    issue.write_text(head + "\n".join(pages), "utf-8")
    typst.write_text("\n\n".join(flow), "utf-8")
    return issue, typst


def commands(folder: Path, issue: Path, typst: Path) -> dict[str, list[list[str]]]:
    """Each peer's command lines, run one after the other."""
    render = str(Path(sys.executable).with_name("render"))
    kept = folder / "fonts"
    kept.mkdir()
    for font in sorted({str(stock().faces[name].path) for name in FACES}):
        (kept / Path(font).name).symlink_to(font)
    placed = folder / "placed.yaml"
    placed.write_bytes(issue.read_bytes())
    run([render, "freeze", str(placed)])
    compile_ = (
        "import typst,sys; typst.compile(sys.argv[1], output=sys.argv[2], "
        "font_paths=[sys.argv[3]], ignore_system_fonts=True)"
    )
    intent = folder / "intent.ps"
    intent.write_text(INTENT.format(profile=NEWSPRINT), "ascii")
    ghostscript = [
        str(shutil.which("gs")), "-q", "-dSAFER", f"--permit-file-read={NEWSPRINT}", "-dBATCH",
        "-dNOPAUSE", "-sDEVICE=pdfwrite", "-dPDFX", "-sColorConversionStrategy=CMYK",
        "-sProcessColorModel=DeviceCMYK", f"-sOutputICCProfile={NEWSPRINT}", "-dRenderIntent=1",
        "-dBlackPtComp=1", "-dDownsampleColorImages=true", f"-dColorImageResolution={MOST_PPI}",
        "-dColorImageDownsampleType=/Bicubic", "-dColorImageDownsampleThreshold=1.0",
        "-o", str(folder / "x.pdf"), str(intent), str(folder / "t.pdf"),
    ]  # fmt: skip
    return {
        "duikai": [[render, str(issue), "-o", str(folder / "out")]],
        "placed": [[render, str(placed), "-o", str(folder / "out")]],
        "typst": [[sys.executable, "-c", compile_, str(typst), str(folder / "t.pdf"), str(kept)]],
        "gs": [ghostscript],
    }


def main(runs: int) -> None:
    """Run all in turns and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers = commands(folder, *write_copy(folder))
        figures: dict[str, list[tuple[float, float, float]]] = {peer: [] for peer in peers}
        for _ in range(runs):
            for peer, steps in peers.items():
                figures[peer] += [run(step) for step in steps]
        sizes = [sum(f.stat().st_size for f in (folder / "out").rglob("*.pdf")),
                 (folder / "x.pdf").stat().st_size]  # fmt: skip
    medians = {
        peer: [statistics.median(column) for column in zip(*rows, strict=True)]
        for peer, rows in figures.items()
    }
    print(
        f"{PAGES} pages, {PAGES} photographs of {PIXELS[0]} × {PIXELS[1]}; medians of {runs} runs"
    )
    print(f"{'':8}{'wall ms':>10}{'CPU ms':>10}{'peak MiB':>10}")
    for peer, (wall, cpu, peak) in medians.items():
        print(f"{peer:8}{wall * 1000:10.0f}{cpu * 1000:10.0f}{peak:10.0f}")
    theirs = [a + b for a, b in zip(medians["typst"][:2], medians["gs"][:2], strict=True)]
    for peer in ("duikai", "placed"):
        shares = "".join(
            f"{ours / t:10.3f}" for ours, t in zip(medians[peer], theirs, strict=False)
        )
        print(f"{peer} / (typst + gs){shares}")
    print(f"bytes: ours {sizes[0]:,}, Ghostscript's {sizes[1]:,}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
