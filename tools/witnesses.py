"""The same paragraphs set by Duikai, Typst and Chromium, each as a PDF with one paragraph a page.

In: paragraphs of copy and a measure. Out: a PDF and the setter's name and version. All three get
the same font file, size, line pitch, indent and page; each peer its best settings for Chinese.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from layout.compose import Paragraph, Piece, compose, prepare
from layout.fonts import FontSet
from layout.fonts.manifest import stock
from layout.geometry import Box, Point, Size
from layout.press import write_pdf
from layout.sheet.items import Grid, Group, Sheet

SIZE, PITCH, INDENT = 9.0, 13.5, 2.0  # a pitch of whole CSS pixels: Chromium rounds others
MARGIN, LINES = 18.0, 24  # of a page: room for a paragraph and for what sticks out
FIRST_BASELINE = MARGIN + 0.88 * SIZE
FONT = stock().faces["NotoSerifSC-Regular"].path
ADDRESS = re.compile(r"https?://[!-~]+")


class Setting(NamedTuple):
    """What one witness made: its name with version, and its PDF."""

    name: str
    pdf: Path


class AbsentError(Exception):
    """A witness is not on this machine; the message says how to get it."""


def page_size(measure: float) -> Size:
    """The page of one paragraph, in points."""
    return Size(measure + 2 * MARGIN, LINES * PITCH + 2 * MARGIN)


def duikai(copy: Sequence[str], measure: float, folder: Path) -> Setting:
    """Our composer and our press; the one-page files are bound together by pdfium."""
    fonts, pages = FontSet(), []
    for text in copy:
        paragraph = Paragraph(prepare([Piece(text, "song")], fonts), SIZE, INDENT)
        lines = compose(paragraph, measure)
        items = tuple(
            set_.line.at(set_.line.x, FIRST_BASELINE - MARGIN + k * PITCH)
            for k, set_ in enumerate(lines)
        )
        pages.append(folder / f"duikai-{len(pages):02}.pdf")
        write_pdf(_sheet(items, measure), fonts.faces, pages[-1])
    whole = folder / "duikai.pdf"
    with pypdfium2.PdfDocument.new() as bound:
        for page in pages:
            bound.import_pages(pypdfium2.PdfDocument(page))
        bound.save(whole)
    return Setting(f"Duikai {version('duikai')}", whole)


def _sheet(items: tuple, measure: float) -> Sheet:
    trim = page_size(measure)
    box = Box(MARGIN, MARGIN, measure, LINES * PITCH)
    return Sheet(
        page=1,
        trim=trim,
        bleed=0.0,
        grid=Grid(1, measure, 0.0, PITCH, LINES, SIZE, Point(MARGIN, MARGIN)),
        groups=(Group("copy", "story", box, items),),
        meta={"title": "", "publication": "", "date": "2025-02-24", "number": "1", "page": "1",
              "code": "CHRB", "language": "zh-CN"},
    )  # fmt: skip


def typst(copy: Sequence[str], measure: float, folder: Path) -> Setting:
    """Typst with optimised breaks; addresses are links: it breaks those behind their signs."""
    try:
        import typst as peer
    except ImportError as absent:
        raise AbsentError("Typst is missing: pip install -c constraints.txt typst") from absent
    page = page_size(measure)
    head = (
        f"#set page(width: {page.width}pt, height: {page.height}pt, margin: {MARGIN}pt)\n"
        f'#set text(font: "Noto Serif SC", size: {SIZE}pt, lang: "zh", region: "cn",\n'
        "  top-edge: 0.88em, bottom-edge: -0.12em, cjk-latin-spacing: auto, overhang: false)\n"
        f'#set par(justify: true, leading: {PITCH - SIZE}pt, linebreaks: "optimized",\n'
        f"  first-line-indent: (amount: {INDENT}em, all: true))\n"
    )
    source = folder / "typst.typ"
    source.write_text(head + "\n#pagebreak()\n".join(map(_typst_text, copy)), "utf-8")
    fonts = folder / "fonts"
    fonts.mkdir(exist_ok=True)
    shutil.copy(FONT, fonts)
    out = folder / "typst.pdf"
    peer.compile(source, output=out, font_paths=[fonts], ignore_system_fonts=True)
    return Setting(f"Typst {version('typst')}", out)


def _typst_text(text: str) -> str:
    """The copy as string literals, so that no sign in it is markup."""
    parts, at = [], 0
    for match in ADDRESS.finditer(text):
        parts += [f'#"{text[at : match.start()]}"', f'#link("{match[0]}")']
        at = match.end()
    return "".join([*parts, f'#"{text[at:]}"'])


STYLE = """
@font-face { font-family: Song; src: url("%(font)s"); ascent-override: 88%%;
    descent-override: 12%%; line-gap-override: 0%%; }
@page { size: %(width)spt %(height)spt; margin: %(top)spt %(margin)spt; }
body { margin: 0; font: 9pt/%(pitch)spt Song; width: %(measure)spt; }
p { margin: 0; break-after: page; text-indent: %(indent)sem; text-align: justify;
    line-break: strict; word-break: normal; overflow-wrap: break-word; hyphens: none;
    text-spacing-trim: trim-start; text-autospace: normal; hanging-punctuation: none;
    text-wrap: pretty; font-kerning: normal; }
"""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--allow-file-access-from-files",
    "--font-render-hinting=none",
    "--no-pdf-header-footer",
)


def chromium(copy: Sequence[str], measure: float, folder: Path) -> Setting:
    """Chromium's print; `text-wrap: pretty` is its nearest to breaking over a whole paragraph."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise AbsentError("Chromium is missing: apt-get install chromium")
    page, out, source = page_size(measure), folder / "chromium.pdf", folder / "chromium.html"
    style = STYLE % {
        "font": Path(FONT).as_uri(), "width": page.width, "height": page.height,
        "margin": MARGIN, "top": MARGIN - (PITCH - SIZE) / 2, "measure": measure,
        "pitch": PITCH, "indent": INDENT,
    }  # fmt: skip
    body = "\n".join(f"<p>{html.escape(text)}</p>" for text in copy)
    source.write_text(
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{style}</style>{body}',
        "utf-8",
    )
    with tempfile.TemporaryDirectory() as profile:
        command = [program, *FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={out}"]
        subprocess.run([*command, source.as_uri()], check=True, capture_output=True, timeout=120)
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    number = re.search(r"\d+\.\d+", said.stdout)
    return Setting(f"Chromium {number[0] if number else ''}", out)


WITNESSES: tuple[Callable[[Sequence[str], float, Path], Setting], ...] = (duikai, typst, chromium)
