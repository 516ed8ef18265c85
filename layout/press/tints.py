"""Spot inks read back from a file: what a tint of one stands for.

In: a Separation space as pikepdf reads it. Out: C, M, Y, K (0 to 1) of tints, by the tint
transforms that layout programs write for one ink: exponential, stitched, sampled (ISO 32000-1 7.10,
8.6.6.4). What cannot be told – PostScript calculations, other alternates, damage – is None.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf

CMYK = tuple[float, float, float, float]
_PLAIN = ("/DeviceCMYK", "/DeviceGray")
# Where two transforms are compared: ends, and enough between to tell a curve from a line.
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
RAMP = tuple(step / 16 for step in range(17))
# What says how a stream is written, not what is in it.
_CODING = ("/Length", "/Filter", "/DecodeParms")
# What a function whose entries are not what they should be makes its readers raise.
_DAMAGED = (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


def shown(space: Any, tints: Iterable[float] = STEPS) -> list[CMYK] | None:
    """What stands for these tints of a Separation; None where that cannot be told."""
    try:
        alternate, transform = str(space[2]), space[3]
        found = [_value(transform, tint) for tint in tints] if alternate in _PLAIN else [None]
    except _DAMAGED:
        return None
    grey = alternate == "/DeviceGray"
    inks = [_inks(parts, grey=grey) for parts in found if parts is not None]
    told = [ink for ink in inks if ink is not None]
    return told if len(told) == len(found) else None


def ramp(shading: Any, steps: Iterable[float] = RAMP) -> list[tuple[float, ...]] | None:
    """Colours an axial or radial shading runs through; None where that cannot be told."""
    try:
        functions = shading.Function
        held = list(functions) if isinstance(functions, pikepdf.Array) else [functions]
        low, high = (float(v) for v in shading.get("/Domain", [0, 1]))
        rows = []
        for step in steps:
            parts = [_value(function, low + step * (high - low)) for function in held]
            if any(part is None for part in parts):
                return None
            rows.append(tuple(value for part in parts for value in part or ()))
    except _DAMAGED:
        return None
    return rows


def _inks(parts: list[float], *, grey: bool) -> CMYK | None:
    if len(parts) != (1 if grey else 4):
        return None
    cyan, magenta, yellow, black = (0.0, 0.0, 0.0, 1 - parts[0]) if grey else parts
    return cyan, magenta, yellow, black


def _value(function: Any, x: float) -> list[float] | None:
    """A function of one input; None for a kind that is not told here."""
    below, above = (float(v) for v in list(function.get("/Domain", [0, 1]))[:2])
    x = min(max(x, below), above)
    found = _KINDS.get(int(function.get("/FunctionType", -1)), _untold)(function, x)
    limits = [float(v) for v in function.get("/Range", [])]
    if found is None or not limits:
        return found
    return [min(max(v, limits[2 * k]), limits[2 * k + 1]) for k, v in enumerate(found)]


def _untold(_function: Any, _x: float) -> None:
    return None


def _exponential(function: Any, x: float) -> list[float]:
    """Type 2 (7.10.3)."""
    start = [float(v) for v in function.get("/C0", [0])]
    end = [float(v) for v in function.get("/C1", [1])]
    share = x ** float(function.N)
    return [a + share * (b - a) for a, b in zip(start, end, strict=True)]


def _stitched(function: Any, x: float) -> list[float] | None:
    """Type 3 (7.10.4): the part of the domain that x lies in has a function of its own."""
    parts = list(function.Functions)
    domain = [float(v) for v in function.Domain]
    edges = [domain[0], *(float(v) for v in function.Bounds), domain[1]]
    k = next((k for k in range(len(parts)) if x < edges[k + 1]), len(parts) - 1)
    code = [float(v) for v in function.Encode][2 * k : 2 * k + 2]
    return _value(parts[k], _between(x, (edges[k], edges[k + 1]), (code[0], code[1])))


def _sampled(function: Any, x: float) -> list[float] | None:
    """Type 0 (7.10.2) of one input and 8 bits a sample, between two samples in a straight line."""
    size = [int(v) for v in function.Size]
    limits = [float(v) for v in function.Range]
    count = len(limits) // 2
    if len(size) != 1 or int(function.BitsPerSample) != 8:
        return None
    code = [float(v) for v in function.get("/Encode", [0, size[0] - 1])]
    decode = [float(v) for v in function.get("/Decode", limits)]
    domain = [float(v) for v in function.Domain]
    at = min(max(_between(x, (domain[0], domain[1]), (code[0], code[1])), 0), size[0] - 1)
    low = min(int(at), max(0, size[0] - 2))
    data = function.read_bytes()
    ends = data[low * count : (low + 1) * count], data[(low + 1) * count : (low + 2) * count]
    steps = [a + (at - low) * (b - a) for a, b in zip(ends[0], ends[1] or ends[0], strict=True)]
    return [
        _between(step, (0.0, 255.0), (decode[2 * k], decode[2 * k + 1]))
        for k, step in enumerate(steps)
    ]


def _between(x: float, given: tuple[float, float], wanted: tuple[float, float]) -> float:
    width = given[1] - given[0]
    return wanted[0] + (x - given[0]) * (wanted[1] - wanted[0]) / width if width else wanted[0]


_KINDS = {0: _sampled, 2: _exponential, 3: _stitched}


def meaning(space: Any) -> object:
    """What a Separation's name means: alike for two that show every tint alike (pdfx.md 15)."""
    told = shown(space)
    if told is not None:
        return tuple(tuple(round(part, 3) for part in inks) for inks in told)
    function, alternate = space[3], bytes(space[2].unparse(resolved=True))
    if not isinstance(function, pikepdf.Stream):
        return alternate, bytes(function.unparse(resolved=True))
    entries = {key: repr(value) for key, value in function.items() if key not in _CODING}
    return alternate, entries, bytes(function.read_bytes())
