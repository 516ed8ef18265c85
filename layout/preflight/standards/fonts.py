"""Requirement 7: fonts that draw are in the file, whole, and as wide as they say.

Composite fonts are held against their program code by code; simple ones for being embedded alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from layout.preflight.checks import Fault
from layout.preflight.standards.facts import Facts
from layout.preflight.uses import FontUse

_TOLERANCE = 1.0  # of 1000: widths are rounded


def fonts(facts: Facts) -> Iterator[Fault]:
    """7: embedded, coded by an embedded or identity CMap, widths those of the program."""
    for use in facts.uses.fonts.values():
        if use.font.get("/Subtype") == "/Type3" or not use.codes:
            continue
        if not use.visible and facts.standard.name == "pdfx4":
            continue  # X-4 lets invisible text have any font
        name = str(use.font.get("/BaseFont", "a font"))[1:]
        composite = "/DescendantFonts" in use.font
        holder = use.font.DescendantFonts[0] if composite else use.font
        program = _program(holder.get("/FontDescriptor"))
        if program is None:
            yield Fault(f"font {name} is not embedded", "embed all fonts", use.page)
        elif composite:
            yield from _composite(use, holder, program, name)


def _program(descriptor: Any) -> Any:
    keys = ("/FontFile", "/FontFile2", "/FontFile3")
    return next((descriptor[key] for key in keys if descriptor and key in descriptor), None)


def _composite(use: FontUse, holder: Any, program: Any, name: str) -> Iterator[Fault]:
    encoding = use.font.get("/Encoding")
    if isinstance(encoding, pikepdf.Name) and encoding not in ("/Identity-H", "/Identity-V"):
        yield Fault(f"font {name}: CMap {encoding} is not embedded", "embed it", use.page)
        return
    if isinstance(encoding, pikepdf.Stream) and not _compatible(encoding, holder):
        yield Fault(f"font {name}: its CMap is for other characters", "export it again", use.page)
        return
    true_type = holder.get("/Subtype") == "/CIDFontType2"
    if true_type and "/CIDToGIDMap" not in holder:
        yield Fault(f"font {name} has no CIDToGIDMap", "export it again", use.page)
        return
    if not isinstance(encoding, pikepdf.Name):
        return  # codes of an embedded CMap are not decoded here
    stated, default = _stated_widths(holder), float(holder.get("/DW", 1000))
    drawn = _drawn_widths(holder, program, use.codes)
    for code, width in sorted(drawn.items()):
        if abs(stated.get(code, default) - width) > _TOLERANCE:
            said = f"font {name}: code {code} is {width:.0f} wide, the file says"
            yield Fault(f"{said} {stated.get(code, default):.0f}", "export it again", use.page)
            return


def _compatible(cmap: Any, holder: Any) -> bool:
    """Registry and ordering alike (ISO 32000-1 9.7.3)."""
    one, other = cmap.get("/CIDSystemInfo", {}), holder.get("/CIDSystemInfo", {})
    return all(one.get(key) == other.get(key) for key in ("/Registry", "/Ordering"))


def _stated_widths(holder: Any) -> dict[int, float]:
    """The W array: `first [w …]` or `first last w`."""
    widths: dict[int, float] = {}
    parts = list(holder.get("/W", []))
    at = 0
    while at < len(parts) - 1:
        first = int(parts[at])
        if isinstance(parts[at + 1], pikepdf.Array):
            widths |= {first + k: float(width) for k, width in enumerate(parts[at + 1])}
            at += 2
        else:
            widths |= dict.fromkeys(range(first, int(parts[at + 1]) + 1), float(parts[at + 2]))
            at += 3
    return widths


def _drawn_widths(holder: Any, program: Any, codes: set[int]) -> Mapping[int, float]:
    """Advances of the codes in the program, in thousandths; nothing for a program we do not read.

    Damaged programs raise what fontTools raises; the runner makes a finding of it.
    """
    data = bytes(program.read_bytes())
    if data[:4] in (b"\0\1\0\0", b"true"):
        return _true_type(data, holder.get("/CIDToGIDMap"), codes)
    if program.get("/Subtype") == "/CIDFontType0C":
        return _cff(data, codes)
    return {}


def _true_type(data: bytes, map_: Any, codes: set[int]) -> dict[int, float]:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), lazy=True)
    glyphs = {code: code for code in codes}
    if isinstance(map_, pikepdf.Stream):
        table = bytes(map_.read_bytes())
        glyphs = {code: int.from_bytes(table[2 * code : 2 * code + 2], "big") for code in codes}
    metrics, order, em = font["hmtx"], font.getGlyphOrder(), font["head"].unitsPerEm
    return {
        code: metrics[order[glyph]][0] * 1000 / em
        for code, glyph in glyphs.items() if glyph < len(order)
    }  # fmt: skip


def _cff(data: bytes, codes: set[int]) -> dict[int, float]:
    from fontTools.cffLib import CFFFontSet
    from fontTools.misc.psCharStrings import T2WidthExtractor

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    top = fonts[0]
    matrix = getattr(top, "FontMatrix", [0.001])
    found = {}
    for code in codes:
        name = f"cid{code:05}" if hasattr(top, "ROS") else _glyph(top, code)
        if name not in top.CharStrings:
            continue
        string = top.CharStrings[name]
        private = string.private
        reader = T2WidthExtractor(
            getattr(private, "Subrs", []), string.globalSubrs,
            private.nominalWidthX, private.defaultWidthX,
        )  # fmt: skip
        reader.execute(string)
        found[code] = reader.width * matrix[0] * 1000
    return found


def _glyph(top: Any, code: int) -> str:
    """A name-keyed CFF in a CIDFont: the code is the glyph's number (ISO 32000-1 9.7.4.2)."""
    return str(top.charset[code]) if code < len(top.charset) else ""
