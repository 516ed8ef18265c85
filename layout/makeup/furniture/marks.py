"""Marks outside the bleed: trim, fold and registration marks, colour bar, plate names, job line.

Comes in: a page's trim, bleed and spot inks. Goes out: one group whose origin is the trim's corner;
nothing in it touches the bleed. Registration colour prints on every plate, and only here (ISO
12647-3 practice; craft, On the plate). The colour bar stays within newsprint's total ink.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from layout.compose.headline import Look, display_line
from layout.fonts import FontSet
from layout.geometry import Box, Size
from layout.sheet.items import ALL, BLACK, Group, Ink, Item, Outline, Rule, Tint
from layout.units import MM

# What prints on every plate, those of spot inks too.
REGISTRATION = Ink(1.0, 1.0, 1.0, 1.0, ALL)
WEIGHT = 0.25
# Beyond the bleed: a gap, then the marks, then paper to the sheet's edge.
GAP, LENGTH, EDGE = 1 * MM, 5 * MM, 2 * MM
APRON = GAP + LENGTH + EDGE
RADIUS, CROSS = 1.6 * MM, 2.5 * MM
PATCH = 4 * MM
JOB_SIZE = 6.5
_ROLE = "hei"

_C, _M, _Y = Ink(1, 0, 0, 0), Ink(0, 1, 0, 0), Ink(0, 0, 1, 0)
# Solids, half tones, two-ink overprints and a grey of three inks (ISO 12647-3, control strip).
BAR = (
    _C, _M, _Y, BLACK, Ink(0.5, 0, 0, 0), Ink(0, 0.5, 0, 0), Ink(0, 0, 0.5, 0), Ink(0, 0, 0, 0.5),
    Ink(1, 1, 0, 0), Ink(1, 0, 1, 0), Ink(0, 1, 1, 0), Ink(0.4, 0.32, 0.3, 0),
)  # fmt: skip
PLATES = (("C", _C), ("M", _M), ("Y", _Y), ("K", BLACK))
# A quarter of a circle as a cubic of unit radius.
_KAPPA = 0.5523


def marks(trim: Size, bleed: float, job: str, fonts: FontSet, spots: Iterable[Ink] = ()) -> Group:
    """All marks of a page; `job` is what the job line says, `spots` the solids of its spot inks."""
    items = [
        *_trim_marks(trim, bleed), *_fold_marks(trim, bleed), *_targets(trim, bleed),
        *_bar(trim, bleed), *_spots(trim, bleed, spots, fonts),
        *_job_line(trim, bleed, job, fonts),
    ]  # fmt: skip
    return Group("marks", "marks", Box(0.0, 0.0, 0.0, 0.0), tuple(items))


def _rule(x1: float, y1: float, x2: float, y2: float, dash: tuple[float, ...] = ()) -> Rule:
    a, b, c, d = (round(value, 3) for value in (x1, y1, x2, y2))
    return Rule(a, b, c, d, WEIGHT, REGISTRATION, dash)


def _trim_marks(trim: Size, bleed: float) -> Iterator[Rule]:
    """Two at each corner, in line with the trim's edges."""
    near, far = bleed + GAP, bleed + GAP + LENGTH
    for x in (0.0, trim.width):
        yield _rule(x, -far, x, -near)
        yield _rule(x, trim.height + near, x, trim.height + far)
    for y in (0.0, trim.height):
        yield _rule(-far, y, -near, y)
        yield _rule(trim.width + near, y, trim.width + far, y)


def _fold_marks(trim: Size, bleed: float) -> Iterator[Rule]:
    """A broadsheet is folded once across its middle."""
    near, far, middle = bleed + GAP, bleed + GAP + LENGTH, trim.height / 2
    yield _rule(-far, middle, -near, middle, (2.0, 1.0))
    yield _rule(trim.width + near, middle, trim.width + far, middle, (2.0, 1.0))


def _targets(trim: Size, bleed: float) -> Iterator[Item]:
    """A registration cross in the middle of head and foot, and off the fold at both sides."""
    out = bleed + GAP + LENGTH / 2
    aside = trim.height / 4
    places = (
        (trim.width / 2, -out), (trim.width / 2, trim.height + out),
        (-out, aside), (trim.width + out, aside),
    )  # fmt: skip
    for x, y in places:
        yield _rule(x - CROSS, y, x + CROSS, y)
        yield _rule(x, y - CROSS, x, y + CROSS)
        yield Outline("registration", tuple(_ring(x, y)), REGISTRATION)


def _ring(x: float, y: float) -> Iterator[tuple[str | float, ...]]:
    """Two circles, the inner one turned the other way, so that it is a hole."""
    for r, turn in ((RADIUS + WEIGHT / 2, 1.0), (RADIUS - WEIGHT / 2, -1.0)):
        k = r * _KAPPA
        quarters = (
            (x + r, y + k * turn, x + k, y + r * turn, x, y + r * turn),
            (x - k, y + r * turn, x - r, y + k * turn, x - r, y),
            (x - r, y - k * turn, x - k, y - r * turn, x, y - r * turn),
            (x + k, y - r * turn, x + r, y - k * turn, x + r, y),
        )
        yield ("M", round(x + r, 3), round(y, 3))
        for quarter in quarters:
            yield ("C", *[round(value, 3) for value in quarter])
        yield ("Z",)


def _bar(trim: Size, bleed: float) -> Iterator[Tint]:
    """The colour bar, at the foot's left, clear of trim mark and target."""
    y = trim.height + bleed + GAP
    left = LENGTH
    for k, ink in enumerate(BAR):
        yield Tint(Box(left + k * PATCH, y, PATCH, PATCH).rounded(), ink)


def _spots(trim: Size, bleed: float, spots: Iterable[Ink], fonts: FontSet) -> Iterator[Item]:
    """Each spot's solid, half tone and plate name: behind the bar, then at the head.

    A strip ends before the target in the middle, or the trim mark at the right; the last takes what
    finds no room.
    """
    out, middle = bleed + GAP, trim.width / 2
    ends = (middle - 2 * CROSS, middle - 2 * CROSS, trim.width - LENGTH)
    tops = (trim.height + out, -out - PATCH, -out - PATCH)
    pens = [LENGTH + (len(BAR) + 1) * PATCH, LENGTH, middle + 2 * CROSS]
    for spot in spots:
        name = display_line(spot.spot, Look(_ROLE, JOB_SIZE, ink=spot), fonts)
        wide = 2 * PATCH + name.width + 2 * JOB_SIZE
        strip = next((k for k in range(3) if pens[k] + wide <= ends[k]), 2)
        x, y = pens[strip], tops[strip]
        yield Tint(Box(x, y, PATCH, PATCH).rounded(), spot)
        yield Tint(Box(x + PATCH, y, PATCH, PATCH).rounded(), replace(spot, tint=0.5))
        yield name.at(x + 2 * PATCH + JOB_SIZE / 2, y + PATCH / 2 + JOB_SIZE * 0.35)
        pens[strip] += wide


def _job_line(trim: Size, bleed: float, job: str, fonts: FontSet) -> Iterator[Item]:
    """The job, then each plate's name in its own ink, at the foot's right."""
    y = trim.height + bleed + GAP + PATCH / 2 + JOB_SIZE * 0.35
    pen = trim.width / 2 + 3 * CROSS
    line = display_line(job, Look(_ROLE, JOB_SIZE, ink=REGISTRATION), fonts)
    yield line.at(pen, y)
    pen += line.width + 2 * JOB_SIZE
    for name, ink in PLATES:
        plate = display_line(name, Look(_ROLE, JOB_SIZE, ink=ink), fonts)
        yield plate.at(pen, y)
        pen += plate.width + JOB_SIZE
