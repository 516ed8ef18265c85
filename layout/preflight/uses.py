"""What a file's pages use: colour spaces, graphics states, fonts with codes, pictures, operators.

In: an opened PDF. Out: `Uses`, each entry with the page it is first used on. What lies unused in
resources does not print and is not asked about; forms, patterns, soft masks and Type 3 glyphs are
entered as deep as they go (ISO 32000-1 7.8, 8.7, 8.10, 11.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pikepdf

from layout.press.delivered import instructions, reachable

_DEVICE = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_INLINE = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed"}
_SHOW = frozenset({"Tj", "TJ", "'", '"'})
# ISO 32000-1 annex A, and pikepdf's word for BI … ID … EI.
OPERATORS = frozenset({
    "b", "B", "b*", "B*", "BDC", "BI", "BMC", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1",
    "Do", "DP", "EI", "EMC", "ET", "EX", "f", "F", "f*", "G", "g", "gs", "h", "i", "ID", "j", "J",
    "K", "k", "l", "m", "M", "MP", "n", "q", "Q", "re", "RG", "rg", "ri", "s", "S", "SC", "sc",
    "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw",
    "Tz", "v", "w", "W", "W*", "y", "'", '"', "INLINE IMAGE",
})  # fmt: skip


class FontUse(msgspec.Struct):
    """A font that is shown from: where first, its codes, and whether any of it can be seen."""

    font: Any
    page: int
    codes: set[int] = msgspec.field(default_factory=set)
    visible: bool = False


class Uses(msgspec.Struct):
    """All that pages use; objects once, with the page that uses them first."""

    spaces: list[tuple[int, Any]] = msgspec.field(default_factory=list)
    states: list[tuple[int, Any]] = msgspec.field(default_factory=list)
    images: list[tuple[int, Any]] = msgspec.field(default_factory=list)
    forms: list[tuple[int, Any]] = msgspec.field(default_factory=list)
    fonts: dict[object, FontUse] = msgspec.field(default_factory=dict)
    unknown: dict[str, int] = msgspec.field(default_factory=dict)


def uses(pdf: pikepdf.Pdf) -> Uses:
    """What all pages of a file use."""
    found = Uses()
    seen: set[object] = set()
    for number, page in enumerate(pdf.pages, 1):
        reader = _Reader(found, seen, number)
        if "/Contents" in page.obj:
            reader.content(page, _inherited(page.obj, "/Resources"))
    return found


def _inherited(page: Any, key: str) -> Any:
    """A page attribute, from the page tree where the page has none."""
    while page is not None:
        if key in page:
            return page[key]
        page = page.get("/Parent")
    return pikepdf.Dictionary()


class _Text(msgspec.Struct, frozen=True):
    """The part of the graphics state that text needs."""

    font: FontUse | None = None
    mode: int = 0


class _Reader:
    """Reads content streams of one page; `seen` keeps what was read already."""

    def __init__(self, found: Uses, seen: set[object], page: int) -> None:
        self.found, self.seen, self.page = found, seen, page

    def content(self, holder: Any, resources: Any) -> None:
        """One stream: what it uses by itself, and the streams it calls."""
        text, stack, ignoring = _Text(), [], 0
        for instruction in instructions(holder):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "q":
                stack.append(text)
            elif operator == "Q":
                text = stack.pop() if stack else text
            elif operator in ("BX", "EX"):
                ignoring += 1 if operator == "BX" else -1
            elif operator == "Tf":
                text = _Text(self._font(str(operands[0]), resources), text.mode)
            elif operator == "Tr":
                text = _Text(text.font, int(operands[0]))
            elif operator in _SHOW:
                _shown(text, operands)
            elif operator not in OPERATORS:
                if not ignoring:
                    self.found.unknown.setdefault(operator, self.page)
            else:
                self._painted(operator, operands, resources)

    def _painted(self, operator: str, operands: Any, resources: Any) -> None:
        if operator.lower() in _DEVICE:
            self._space(pikepdf.Name("/" + _DEVICE[operator.lower()]))
        elif operator in ("cs", "CS"):
            self._space(_named(resources, "/ColorSpace", operands[0]))
        elif operator in ("scn", "SCN") and operands and isinstance(operands[-1], pikepdf.Name):
            self._pattern(_resource(resources, "/Pattern", operands[-1]), resources)
        elif operator == "sh":
            shading = _resource(resources, "/Shading", operands[0])
            self._space(shading.get("/ColorSpace") if shading is not None else None)
        elif operator == "gs":
            self._state(_resource(resources, "/ExtGState", operands[0]), resources)
        elif operator == "Do":
            self._object(_resource(resources, "/XObject", operands[0]), resources)
        elif operator == "INLINE IMAGE":
            space = operands[0].obj.get("/ColorSpace", operands[0].obj.get("/CS"))
            self._space(_inline(space, resources))
            self.found.images.append((self.page, operands[0].obj))

    def _first(self, thing: Any) -> bool:
        """True for an object not met before; direct ones are always new."""
        if not thing.is_indirect:
            return True
        new = thing.objgen not in self.seen
        self.seen.add(thing.objgen)
        return new

    def _space(self, space: Any) -> None:
        if space is None:
            return
        if isinstance(space, pikepdf.Name):
            key = str(space)
            if key in self.seen:
                return
            self.seen.add(key)
        elif not self._first(space):
            return
        self.found.spaces.append((self.page, space))

    def _pattern(self, pattern: Any, resources: Any) -> None:
        if pattern is None or not self._first(pattern):
            return
        if isinstance(pattern, pikepdf.Stream):
            self.content(pattern, pattern.get("/Resources", resources))
        elif "/Shading" in pattern:
            self._space(pattern.Shading.get("/ColorSpace"))
            self._state(pattern.get("/ExtGState"), resources)

    def _state(self, state: Any, resources: Any) -> None:
        if state is None or not self._first(state):
            return
        self.found.states.append((self.page, state))
        mask = state.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary) and "/G" in mask:
            self._object(mask.G, resources)

    def _object(self, thing: Any, resources: Any) -> None:
        if thing is None or not self._first(thing):
            return
        if thing.get("/Subtype") == "/Image":
            self.found.images.append((self.page, thing))
            if not thing.get("/ImageMask", False):
                self._space(thing.get("/ColorSpace"))
            if isinstance(thing.get("/SMask"), pikepdf.Stream):
                self._object(thing.SMask, resources)
        else:
            self.found.forms.append((self.page, thing))
            if thing.get("/Subtype") == "/Form":
                self.content(thing, thing.get("/Resources", resources))

    def _font(self, name: str, resources: Any) -> FontUse | None:
        font = _resource(resources, "/Font", name)
        if font is None:
            return None
        key = font.objgen if font.is_indirect else (self.page, name)
        use = self.found.fonts.get(key)
        if use is None:
            use = self.found.fonts[key] = FontUse(font, self.page)
            if font.get("/Subtype") == "/Type3":
                for glyph in font.get("/CharProcs", {}).values():
                    self.content(glyph, font.get("/Resources", resources))
        return use


def _shown(text: _Text, operands: Any) -> None:
    if text.font is None:
        return
    text.font.visible |= text.mode not in (3, 7)
    wide = text.font.font.get("/Subtype") == "/Type0"
    for string in _strings(operands):
        data = bytes(string)
        codes = zip(data[::2], data[1::2], strict=False) if wide else ((0, byte) for byte in data)
        text.font.codes.update(high << 8 | low for high, low in codes)


def _strings(operands: Any) -> Iterator[Any]:
    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from _strings(operand)
        elif isinstance(operand, pikepdf.String):
            yield operand


def _resource(resources: Any, kind: str, name: Any) -> Any:
    return resources.get(kind, pikepdf.Dictionary()).get(str(name))


def _named(resources: Any, kind: str, name: Any) -> Any:
    found = _resource(resources, kind, name)
    return name if found is None else found


def _inline(space: Any, resources: Any) -> Any:
    """An inline image's colour space, abbreviations spelled out (ISO 32000-1 table 93)."""
    if not isinstance(space, pikepdf.Name):
        return space
    return (
        pikepdf.Name(_INLINE[str(space)])
        if space in _INLINE
        else _named(resources, "/ColorSpace", space)
    )


def atoms(space: Any) -> Iterator[Any]:
    """The spaces a colour space is made of: itself, and what Indexed, Pattern or inks stand on."""
    yield space
    if isinstance(space, pikepdf.Array) and len(space) > 1:
        family = str(space[0])
        if family in ("/Indexed", "/I", "/Pattern"):
            yield from atoms(space[1])
        elif family in ("/Separation", "/DeviceN") and len(space) > 2:
            yield from atoms(space[2])


def family(space: Any) -> str:
    """DeviceCMYK, ICCBased, Separation …"""
    if isinstance(space, pikepdf.Name):
        return _INLINE.get(str(space), str(space))[1:]
    if isinstance(space, pikepdf.Array) and len(space):
        return _INLINE.get(str(space[0]), str(space[0]))[1:]
    return ""


def objects(root: Any) -> Iterator[Any]:
    """Every dictionary and stream below one, each indirect object once."""
    for thing in reachable(root, ()):
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing
