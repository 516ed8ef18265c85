"""What an advertisement's objects may not be: features no press standard has, and one's own.

In: one object reachable from the advertisement, and a standard. Out: what is wrong with it in a
few words, or nothing. Numbers are the requirements of pdfx.md; RGB and fonts are artwork.py's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layout.press.standards import Standard

_MANAGED = ("/ICCBased", "/Lab", "/CalGray", "/CalRGB")


def unfit(thing: Any, standard: Standard) -> str | None:
    """What the standard does not take of a dictionary, stream or array."""
    import pikepdf

    if isinstance(thing, pikepdf.Array):
        managed = len(thing) > 1 and isinstance(thing[0], pikepdf.Name) and thing[0] in _MANAGED
        return _said("managed colour", standard) if managed else None
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return None
    for feature, has in _ALWAYS.items():
        if has(thing):
            return f"has {feature}"
    for feature, has in _BY_STANDARD.items():
        if feature in standard.refuses and has(thing):
            return _said(feature, standard)
    return None


def _said(feature: str, standard: Standard) -> str | None:
    if feature not in standard.refuses:
        return None
    return f"has {_WORDS.get(feature, feature)}, which {standard.title} does not take"


def filters(thing: Any) -> list[str]:
    """A stream's filters, in order."""
    import pikepdf

    found = thing.get("/Filter") if isinstance(thing, pikepdf.Stream) else None
    if found is None:
        return []
    return [str(found)] if isinstance(found, pikepdf.Name) else [str(name) for name in found]


def is_transparent(thing: Any) -> bool:
    """A graphics state or picture that lets something through (pdfx.md 24)."""
    import pikepdf

    mask, blend = thing.get("/SMask"), thing.get("/BM")
    if isinstance(mask, pikepdf.Dictionary | pikepdf.Stream) or int(thing.get("/SMaskInData", 0)):
        return True
    if any(key in thing and float(thing[key]) != 1 for key in ("/CA", "/ca")):
        return True
    modes = list(blend) if isinstance(blend, pikepdf.Array) else [blend]
    return blend is not None and str(modes[0]) not in ("/Normal", "/Compatible")


def _stands_for_another(thing: Any) -> bool:
    return any(key in thing for key in ("/OPI", "/Alternates")) or (
        thing.get("/Subtype") == "/Form" and "/Ref" in thing
    )


def _is_external(thing: Any) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Stream) and "/F" in thing


def _transfers(thing: Any) -> bool:
    return any(key in thing for key in ("/TR", "/HTP")) or thing.get("/TR2", "/Default") not in (
        "/Default",
    )


_ALWAYS: dict[str, Callable[[Any], bool]] = {
    "PostScript in it": lambda t: t.get("/Subtype") == "/PS" or "/PS" in t,  # 10
    "a picture that stands for another (OPI)": _stands_for_another,  # 10, 12
    "parts in other files": _is_external,  # 22
    "transfer curves": _transfers,  # 11
    "LZW compression": lambda t: "/LZWDecode" in filters(t),  # 12
}
_BY_STANDARD: dict[str, Callable[[Any], bool]] = {
    "transparency": is_transparent,
    "layers": lambda t: t.get("/Type") in ("/OCG", "/OCMD"),
    "JPEG 2000": lambda t: "/JPXDecode" in filters(t),
    "JBIG2": lambda t: "/JBIG2Decode" in filters(t),
    "16 bits": lambda t: t.get("/BitsPerComponent", 8) == 16,
    "OpenType": lambda t: t.get("/Subtype") == "/OpenType",
}
_WORDS = {
    "managed colour": "colours with ICC profiles", "16 bits": "a picture of 16 bits",
    "OpenType": "an OpenType font program",
}  # fmt: skip
