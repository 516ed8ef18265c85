"""The same news paragraphs by Duikai, Typst and Chromium, side by side, with measured figures.

Writes one picture a measure into docs/composition/ and the table of figures into
docs/composition.md; prints, for whoever works on the composer, every place that was counted. A
witness that is not on the machine is named and left out.

    make compare        or        python tools/compare_composition.py
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from line_figures import Figures, Gauge, Line, read_lines
from PIL import Image, ImageDraw, ImageFont, ImageOps
from witnesses import FONT, MARGIN, PITCH, SIZE, WITNESSES, AbsentError, Setting

from layout.fonts import FontSet

ROOT = Path(__file__).parent.parent
COPY = Path(__file__).with_name("composition_copy.txt")
PICTURES, PAGE = ROOT / "docs" / "composition", ROOT / "docs" / "composition.md"
MEASURES = (8, 13, 17, 26)
DPI, GREYS = 144, 8
EDGE, STRIP, GAP = 9.0, 18.0, 7.0  # white beside a column, caption strip, between paragraphs (pt)
HAIRLINE = 208


class Column(NamedTuple):
    """One witness at one measure: who, its pages, their lines."""

    setting: Setting
    pages: list[Image.Image]
    lines: list[list[Line]]


def px(points: float) -> int:
    """Points in the picture's pixels."""
    return round(points * DPI / 72)


def column(setting: Setting) -> Column:
    """Read a witness's PDF back, as pictures and as lines.

    On a screen 100 % K is dark grey and RGB black is black: all are drawn equally dark.
    """
    with pypdfium2.PdfDocument(setting.pdf) as document:
        pages = [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    return Column(setting, list(map(ImageOps.autocontrast, pages)), read_lines(setting.pdf, MARGIN))


def picture(columns: Sequence[Column], measure: float) -> Image.Image:
    """The columns side by side, each paragraph beginning at the same height in all."""
    wide = measure + 2 * EDGE
    counts = [max(map(len, lines)) for lines in zip(*(c.lines for c in columns), strict=True)]
    height = STRIP + sum(n * PITCH + GAP for n in counts)
    sheet = Image.new("L", (px(wide) * len(columns), px(height)), 255)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(FONT), px(7.5))
    for k, each in enumerate(columns):
        left = px(wide) * k
        draw.text((left + px(EDGE), px(4)), each.setting.name, 0, font)
        y = STRIP
        for page, lines in zip(each.pages, counts, strict=True):
            x, top, foot = px(MARGIN - EDGE), px(MARGIN - 2), px(MARGIN + lines * PITCH + 2)
            part = page.crop((x, top, x + px(wide), foot))
            sheet.paste(part, (left, px(y)))
            y += lines * PITCH + GAP
        for x in (EDGE, EDGE + measure):
            draw.line((left + px(x), px(STRIP), left + px(x), px(height)), HAIRLINE)
    step = 255 / (GREYS - 1)
    return sheet.point([round(round(v / step) * step) for v in range(256)])


ROWS = (
    ("lines", lambda f: str(f.lines)),
    ("forbidden line starts", lambda f: str(len(f.bad_starts))),
    ("forbidden line ends", lambda f: str(len(f.bad_ends))),
    ("words, numbers, dashes broken", lambda f: str(len(f.split))),
    ("figures parted from their units", lambda f: str(len(f.from_unit))),
    ("marks at line ends left whole", lambda f: str(len(f.untrimmed_ends))),
    ("marks side by side left whole", lambda f: str(len(f.untrimmed_pairs))),
    ("marks standing off from their word", lambda f: str(len(f.stood_off))),
    ("Han–Latin gaps missing", lambda f: str(len(f.no_latin_gap))),
    ("Han–Latin gap, least to most, em", lambda f: "{:.2f}–{:.2f}".format(*f.latin_gap)),
    ("white between hanzi, standard deviation, em", lambda f: f"{f.deviation:.3f}"),
    ("lines opened by more than 0.1 em", lambda f: str(len(f.loose))),
    ("loosest line, em", lambda f: f"{f.loosest:.3f}"),
    ("last lines of one character", lambda f: str(len(f.orphans))),
    ("lines that stick out", lambda f: str(len(f.outside))),
)


def table(measure: int, found: dict[str, Figures]) -> str:
    """The figures of one measure as a Markdown table."""
    rows = [f"| {measure} 字 | " + " | ".join(found) + " |", "| --- |" + " ---: |" * len(found)]
    rows += [f"| {name} | " + " | ".join(map(say, found.values())) + " |" for name, say in ROWS]
    return "\n".join(rows)


def places(name: str, figures: Figures) -> str:
    """What was counted, place by place."""
    listed = [
        f"  {field}: {' ‖ '.join(map(str, value))}"
        for field, value in figures._asdict().items()
        if isinstance(value, list) and value
    ]
    return "\n".join([name, *listed, f"  loosest: {figures.loosest_line}"])


def write_tables(tables: Sequence[str]) -> None:
    """Put the figures between their marks in the page."""
    page = PAGE.read_text("utf-8")
    block = "<!-- figures -->\n\n" + "\n\n".join(tables) + "\n\n<!-- end of figures -->"
    found = re.compile(r"<!-- figures -->.*<!-- end of figures -->", re.DOTALL)
    PAGE.write_text(found.sub(lambda _: block, page), "utf-8")


def compare(copy: Sequence[str], characters: int, folder: Path) -> str:
    """One measure: set, read back, draw, count. Returns its table."""
    measure, columns, found = characters * SIZE, [], {}
    gauge = Gauge(FontSet(), SIZE, measure)
    for witness in WITNESSES:
        try:
            each = column(witness(copy, measure, folder))
        except AbsentError as absent:
            print(absent, file=sys.stderr)
            continue
        columns.append(each)
        found[each.setting.name] = gauge.figures(copy, each.lines)
    drawn = picture(columns, measure)
    drawn.quantize(GREYS).save(PICTURES / f"{characters:02}.png", optimize=True, dpi=(DPI, DPI))
    print(f"\n{characters} 字")
    print("\n".join(places(name, figures) for name, figures in found.items()))
    return table(characters, found)


def main() -> None:
    """All measures."""
    PICTURES.mkdir(exist_ok=True)
    copy = COPY.read_text("utf-8").splitlines()
    tables = []
    for characters in MEASURES:
        with tempfile.TemporaryDirectory() as name:
            tables.append(compare(copy, characters, Path(name)))
    write_tables(tables)
    print("", *tables, sep="\n\n")


if __name__ == "__main__":
    main()
