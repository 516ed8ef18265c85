"""Eight press-ready pages with eight photographs: this tool beside Typst and Ghostscript.

Same copy, same faces, same eight RGB photographs of 2400 × 1600 pixels. Ours is one command from
issue.yaml to eight PDF/X-4 files, all colours in newsprint's inks; once with make-up finding the
places and once with places written down, as Typst's document has them. The peer is Typst, then
Ghostscript to one CMYK PDF/X-3 with the same profile, intent and resolution. Every run starts cold,
without a cache, and writes where nothing stands yet. CPU and memory count the segmenter's process
with ours.

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

import eight_pages
from eight_pages import PAGES, run, write_copy
from PIL import Image

from layout.press.intent import NEWSPRINT
from layout.press.pixels import MOST_PPI

RUNS = 5
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


def write_pages(folder: Path) -> tuple[Path, Path]:
    """Pages of copy with a photograph each, as an issue folder and as a Typst document."""
    rng = random.Random(20250225)

    def pictured(page: int) -> tuple[str, list[str]]:
        photograph(rng, folder / f"p{page}.jpg")
        front = f"photos:\n  - {{file: p{page}.jpg, caption: 现场, columns: 3}}\n"
        image = f'image("p{page}.jpg", width: 50%)'
        placed = f'#place(top + left, float: true, scope: "parent", {image})'
        return front, ["#pagebreak(weak: true)", placed]

    return write_copy(folder, pictured)


NEW = "new-in-every-run"  # in names of files that a run writes


def commands(folder: Path, issue: Path, typst: Path) -> dict[str, list[str]]:
    """Each command line, run one after the other."""
    ours = eight_pages.commands(folder, issue, typst)
    render, placed = ours["duikai"][0], folder / "placed.yaml"
    placed.write_bytes(issue.read_bytes())
    run([render, "freeze", str(placed)])
    intent = folder / "intent.ps"
    intent.write_text(INTENT.format(profile=NEWSPRINT), "ascii")
    ghostscript = [
        str(shutil.which("gs")), "-q", "-dSAFER", f"--permit-file-read={NEWSPRINT}", "-dBATCH",
        "-dNOPAUSE", "-sDEVICE=pdfwrite", "-dPDFX", "-sColorConversionStrategy=CMYK",
        "-sProcessColorModel=DeviceCMYK", f"-sOutputICCProfile={NEWSPRINT}", "-dRenderIntent=1",
        "-dBlackPtComp=1", "-dDownsampleColorImages=true", f"-dColorImageResolution={MOST_PPI}",
        "-dColorImageDownsampleType=/Bicubic", "-dColorImageDownsampleThreshold=1.0",
        "-o", str(folder / f"{NEW}-x.pdf"), str(intent), str(folder / f"{NEW}-t.pdf"),
    ]  # fmt: skip
    compiled = [word.replace("t.pdf", f"{NEW}-t.pdf") for word in ours["typst"]]
    return {
        "duikai": [render, str(issue), "-o", str(folder / f"{NEW}-searched")],
        "placed": [render, str(placed), "-o", str(folder / f"{NEW}-placed")],
        "typst": compiled,
        "gs": ghostscript,
    }


def main(runs: int) -> None:
    """Run all in turns and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers = commands(folder, *write_pages(folder))
        figures: dict[str, list[tuple[float, float, float]]] = {peer: [] for peer in peers}
        for number in range(runs + 1):  # the first is to warm up
            for peer, command in peers.items():
                figures[peer].append(run([word.replace(NEW, str(number)) for word in command]))
        figures = {peer: rows[1:] for peer, rows in figures.items()}
        sizes = [sum(f.stat().st_size for f in (folder / "0-placed").rglob("*.pdf")),
                 (folder / "0-x.pdf").stat().st_size]  # fmt: skip
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
