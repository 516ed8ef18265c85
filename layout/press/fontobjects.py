"""Faces as composite fonts: Type0, CIDFont, widths, ToUnicode, embedded subset.

In: faces and, while the page is drawn, their glyphs with the text each stands for. Out: PDF
objects, one font a face. CID = glyph id of the whole face, coded Identity-H. Rules: ISO 32000-1
9.7 (composite fonts), 9.8 (descriptors), 9.10.3 (ToUnicode); pdfx.md 7.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from layout.fonts.subset import FontProgram, subset
from layout.press.numbers import number, snap
from layout.press.objects import Literal, Name, Object, Value, packed

DEFAULT_WIDTH = 1000  # nearly all glyphs of a Chinese page
LAST_CODE = 0xFFFF
_CMAP_BLOCK = 100  # entries a bfchar block may hold (Adobe Technical Note 5014)
_SERIF, _SYMBOLIC, _FIXED_PITCH, _ITALIC = 1 << 1, 1 << 2, 1 << 0, 1 << 6


class Face(Protocol):
    """What the press asks of a face; `layout.fonts` answers."""

    @property
    def key(self) -> str:
        """What glyph runs call the face."""

    @property
    def name(self) -> str:
        """PostScript name, without subset prefix."""

    @property
    def upem(self) -> int:
        """Font units an em."""

    @property
    def axes(self) -> Mapping[str, float]:
        """Axes of a variable font and the values they are pinned to."""

    @property
    def hb_face(self) -> Any:
        """The HarfBuzz face, all axes open."""

    def advance(self, glyph: int) -> int:
        """A glyph's default advance at these axes, in font units (hmtx, no kerning)."""

    def extents(self) -> tuple[int, int]:
        """Ascender and descender in font units."""


class _Widths(dict[int, float]):
    """Advances in 1/1000 em, as the W array has them; asking for one says that it is drawn."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._advance, self._upem = face.advance, face.upem

    def __missing__(self, glyph: int) -> float:
        width = self[glyph] = snap(self._advance(glyph) * 1000 / self._upem)
        return width


class PageFont:
    """One face on one page: what was drawn of it, and the name the content calls it by."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self.texts: dict[int, str] = {}
        self.widths = _Widths(face)
        self._aliases: dict[tuple[int, str], int] = {}
        self._blanks: dict[str, int | None] = {}
        self._program: FontProgram | None = None

    def says(self, glyph: int, text: str) -> bool:
        """True if ToUnicode gives this text for the glyph; the first text a glyph has stays."""
        return self.texts.setdefault(glyph, text) == text

    def says_all(self, glyphs: Sequence[int], text: str) -> bool:
        """`says` of glyphs that stand for a character each, all at once; no text is empty."""
        return "".join(map(self.texts.setdefault, glyphs, text)) == text

    def code(self, glyph: int, text: str) -> int | None:
        """A code that stands for the glyph and this text, if there is one."""
        return glyph if self.says(glyph, text) else self.alias(glyph, text)

    def blank(self, text: str) -> int | None:
        """The glyph of a blank; None when the face has none."""
        import uharfbuzz  # late, as in `layout.fonts`

        if text not in self._blanks:
            font = uharfbuzz.Font(self.face.hb_face)
            self._blanks[text] = font.get_nominal_glyph(ord(text))
        return self._blanks[text]

    def alias(self, glyph: int, text: str) -> int | None:
        """A second code for a glyph that stands for other texts too (a letter and its points).

        None for CFF outlines, whose codes are glyph numbers; TrueType's go through CIDToGIDMap.
        None too when all codes are taken.
        """
        if "CFF " in (tags := self.face.hb_face.table_tags) or "CFF2" in tags:
            return None
        self.widths[glyph]  # it is drawn
        following = self.face.hb_face.glyph_count + len(self._aliases)
        if following > LAST_CODE and (glyph, text) not in self._aliases:
            return None
        code = self._aliases.setdefault((glyph, text), following)
        self.texts[code] = text
        return code

    @property
    def glyphs(self) -> list[int]:
        """Glyphs drawn, in order of number."""
        return sorted(self.widths)

    @property
    def program(self) -> FontProgram:
        """The subset, cut when the page is drawn."""
        if self._program is None:
            self._program = subset(self.face.hb_face, self.face.axes, self.widths, self.texts)
        return self._program

    def type0(self) -> Object:
        """The font dictionary with all that hangs on it."""
        cff, name = self.program.cff, f"{self._prefix()}+{self.face.name}"
        cid_font: dict[str, Value] = {
            "Type": Name("Font"),
            "Subtype": Name("CIDFontType0" if cff else "CIDFontType2"),
            "BaseFont": Name(name),
            "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
            "FontDescriptor": Object(_descriptor(self.face, self.program, name)),
            "DW": DEFAULT_WIDTH,
            "W": Literal(_width_array(self._code_widths())),
        }
        if not cff:
            cid_font["CIDToGIDMap"] = self._code_map()
        return Object(
            {
                "Type": Name("Font"),
                "Subtype": Name("Type0"),
                "BaseFont": Name(f"{name}-Identity-H" if cff else name),
                "Encoding": Name("Identity-H"),
                "DescendantFonts": [Object(cid_font)],
                "ToUnicode": packed({}, _to_unicode(self.texts)),
            }
        )

    def _code_widths(self) -> dict[int, float]:
        aliases = {code: self.widths[glyph] for (glyph, _), code in self._aliases.items()}
        return self.widths | aliases

    def _code_map(self) -> Value:
        """From codes to glyphs of the program (ISO 32000-1 9.7.4.2), big-endian."""
        places = self.program.places
        codes = {glyph: places[glyph] for glyph in self.widths}
        codes |= {code: places[glyph] for (glyph, _), code in self._aliases.items()}
        table = bytearray(2 * (max(codes) + 1))
        for code, glyph in codes.items():
            struct.pack_into(">H", table, 2 * code, glyph)
        return packed({}, bytes(table))

    def _prefix(self) -> str:
        """Six letters that tell subsets of a face apart (ISO 32000-1 9.6.4), from the content."""
        digest = hashlib.sha256(self.program.program).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


class FontTable(dict[str, PageFont]):
    """The fonts of a page, numbered in order of first use."""

    def __init__(self, faces: Mapping[str, Face]) -> None:
        super().__init__()
        self._faces = faces

    def __missing__(self, key: str) -> PageFont:
        font = self[key] = PageFont(self._faces[key], f"T{len(self) + 1}")
        return font

    @property
    def used(self) -> list[PageFont]:
        """Fonts that draw something."""
        return [font for font in self.values() if font.glyphs]


def _width_array(widths: Mapping[int, float]) -> str:
    """`first [w w w] first [w]`: widths other than the default, consecutive glyphs together."""
    runs: list[tuple[int, list[str]]] = []
    for glyph in sorted(widths):
        if widths[glyph] == DEFAULT_WIDTH:
            continue
        if not runs or runs[-1][0] + len(runs[-1][1]) != glyph:
            runs.append((glyph, []))
        runs[-1][1].append(number(widths[glyph]))
    return "[" + " ".join(f"{first} [{' '.join(run)}]" for first, run in runs) + "]"


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """The CMap from codes to characters; one glyph may stand for several (——, ffi)."""
    lines = [f"<{code:04X}> <{_utf16(text)}>" for code, text in sorted(texts.items())]
    blocks = (lines[at : at + _CMAP_BLOCK] for at in range(0, len(lines), _CMAP_BLOCK))
    body = "".join(
        "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar\n")) for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _utf16(text: str) -> str:
    """In hexadecimal digits; nearly always it is a hanzi, whose number they are."""
    if len(text) == 1 and text < "\ud800":
        return f"{ord(text):04X}"
    return text.encode("utf-16-be").hex().upper()


def _descriptor(face: Face, program: FontProgram, name: str) -> dict[str, Value]:
    """Font descriptor (ISO 32000-1 table 122), lengths in 1/1000 em."""
    per_mille = 1000 / face.upem
    ascent, descent = face.extents()
    style = _Style(face)
    embedded: dict[str, Value] = (
        {"Subtype": Name("CIDFontType0C")} if program.cff else {"Length1": len(program.program)}
    )
    return {
        "Type": Name("FontDescriptor"),
        "FontName": Name(name),
        "Flags": style.flags,
        "FontBBox": [round(edge * per_mille) for edge in program.box],
        "ItalicAngle": style.italic_angle,
        "Ascent": round(ascent * per_mille),
        "Descent": round(descent * per_mille),
        "CapHeight": round((style.cap_height or ascent) * per_mille),
        "StemV": style.stem,
        "FontFile3" if program.cff else "FontFile2": packed(embedded, program.program),
    }


class _Style:
    """What the face's OS/2 and post tables say of its look (OpenType 1.9)."""

    def __init__(self, face: Face) -> None:
        os2 = _table(face, "OS/2", 96)
        post = _table(face, "post", 16)
        (weight,) = struct.unpack_from(">H", os2, 4)
        family, serif_style = os2[32], os2[33]
        (selection,) = struct.unpack_from(">H", os2, 62)
        (self.cap_height,) = struct.unpack_from(">h", os2, 88)
        self.italic_angle: float = struct.unpack_from(">i", post, 4)[0] / 65536
        self.flags = (
            _SYMBOLIC
            | (_SERIF if family == 2 and 2 <= serif_style <= 10 else 0)  # PANOSE, Latin text
            | (_ITALIC if selection & 1 or self.italic_angle else 0)
            | (_FIXED_PITCH if any(post[12:16]) else 0)
        )
        # Vertical stem from the weight class: 400 gives 88, 900 gives 242, as Adobe's own
        # descriptors have it. Used only by programs that substitute fonts, and ours are embedded.
        self.stem = round(50 + (face.axes.get("wght", weight or 400) / 65) ** 2)


def _table(face: Face, tag: str, length: int) -> bytes:
    """A font table, padded with zeros to the length its newest version has."""
    data = face.hb_face.reference_table(tag).data or b""
    return bytes(data).ljust(length, b"\0")
