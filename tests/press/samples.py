"""Small sheets by hand: faces from the font packages, lines of glyphs, one-story pages."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import uharfbuzz as hb

from layout.geometry import Box, Point, Size
from layout.press import write_pdf
from layout.sheet.items import (
    BLACK,
    GlyphRun,
    Grid,
    Group,
    Ink,
    Item,
    Picture,
    Sheet,
    TextLine,
)

META = {
    "title": "昌吉日报 2025年2月25日 第1版",
    "publication": "昌吉日报",
    "date": "2025-02-25",
    "number": "12199",
    "page": "1",
    "code": "CJRB",
    "language": "zh-CN",
}
TRIM = Size(400.0, 300.0)
WHOLE = Box(0.0, 0.0, 1.0, 1.0)
COPY = "“算力”作引擎——新城起新潮，总第12199期（2025年）AVATo office 10.5%"


class Face:
    """The least a face must answer."""

    def __init__(self, name: str, blob: hb.Blob, axes: dict[str, float] | None = None) -> None:
        self.key = self.name = name
        self.axes = axes or {}
        self.hb_face = hb.Face(blob)
        self.upem = self.hb_face.upem
        self.font = hb.Font(self.hb_face)
        if axes:
            self.font.set_variations(axes)

    def advance(self, glyph: int) -> int:
        return self.font.get_glyph_h_advance(glyph)

    def extents(self) -> tuple[int, int]:
        extents = self.font.get_font_extents("ltr")
        return extents.ascender, extents.descender

    def glyph(self, character: str) -> int:
        return self.font.get_nominal_glyph(ord(character))


def font_file(package: str, path: str) -> Path:
    spec = find_spec(package)
    assert spec and spec.submodule_search_locations, f"pip install {package}"
    return Path(spec.submodule_search_locations[0]) / path


SONG_FILE = font_file("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
HEI_FILE = font_file("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf")


def song() -> Face:
    return Face("NotoSerifSC-Regular", hb.Blob.from_file_path(str(SONG_FILE)))


def hei() -> Face:
    return Face("NotoSansSC-Black", hb.Blob.from_file_path(str(HEI_FILE)), {"wght": 900})


def run(
    face: Face, text: str, size: float, x: float = 0.0, ratio: float = 1.0, ink: Ink = BLACK
) -> GlyphRun:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Hani", "zh-Hans"
    hb.shape(face.font, buffer)
    em, xs = size * ratio / face.upem, []
    for position in buffer.glyph_positions:
        xs.append(round(x + position.x_offset * em, 3))
        x += position.x_advance * em
    infos = buffer.glyph_infos
    return GlyphRun(
        face=face.key,
        size=size,
        glyphs=tuple(info.codepoint for info in infos),
        xs=tuple(xs),
        text=text,
        clusters=tuple(info.cluster for info in infos),
        ink=ink,
        width_ratio=ratio,
    )


def line(x: float, y: float, *runs: GlyphRun) -> TextLine:
    return TextLine(x, y, 300.0, 300.0, 0.0, "".join(run.text for run in runs), runs)


def sheet(*items: Item, bleed: float = 0.0, label: str = "", meta: dict[str, str] = META) -> Sheet:
    """One story whose box stands at (20, 30)."""
    story = Group("promotion", "story", Box(20.0, 30.0, 360.0, 250.0), items, label)
    grid = Grid(1, 360.0, 0.0, 12.0, 20, 9.0, Point(20.0, 30.0))
    return Sheet(page=1, trim=TRIM, bleed=bleed, grid=grid, groups=(story,), meta=meta)


def picture(file: Path, box: Box, crop: Box = WHOLE) -> Picture:
    return Picture(file=str(file), box=box, crop=crop, ppi=0.0, alt="")


def press(page: Sheet, out: Path, *faces: Face) -> Path:
    write_pdf(page, {face.key: face for face in faces}, out)
    return out
