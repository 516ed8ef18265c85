"""版心: the publication's sheet → the grid its pages stand on.

Any consistent subset of columns, measure (字), gutter, type size, leading and lines may be given;
the rest is solved from the type area. Arithmetic of the trade: W = columns · measure +
(columns − 1) · gutter (栏宽, 栏距), H = lines · leading, leading 1¼–1⅓ of the body (newspaper
practice B.1).
"""

from __future__ import annotations

import msgspec

from layout.findings import Finding, InputError, bad_input
from layout.geometry import Point, Size
from layout.issue.model import GridSpec, SheetSpec
from layout.sheet.items import Grid

BODY_SIZE = 9.0  # 小五
MEASURE_EM = 17.0  # of a six-column broadsheet
LEADING_EM = 9 / 7  # 小五 on 11.57 pt
GUTTER_EM = 1.5
# The textbook's own figures disagree (111 × 9 pt on 350 mm is 0.7 % over, 71 × 9 pt on 235 mm 4 %
# under): within this much the grid wins and the margins give way.
TOO_MUCH, TOO_LITTLE = 0.02, 0.10
GUTTER_EM_LIMITS = (0.5, 4.0)
LEADING_EM_LIMITS = (1.05, 2.5)
MEASURE_EM_LIMITS = (6.0, 60.0)


def solve(sheet: SheetSpec) -> Grid:
    """The grid of a page, centred in its type area; InputError when the figures contradict."""
    area = type_area(sheet)
    try:
        size, columns, measure, gutter = _across(sheet.grid, area.width)
        leading, lines = _down(sheet.grid, area.height, size)
        _sane(size, measure, gutter if columns > 1 else size, leading)
    except _ConflictError as conflict:
        raise InputError([conflict.finding(sheet)]) from conflict
    width = columns * measure + (columns - 1) * gutter
    origin = Point(
        sheet.margins.left + (area.width - width) / 2,
        sheet.margins.top + max(0.0, area.height - lines * leading) / 2,
    )
    return Grid(columns, measure, gutter, leading, lines, size, origin)


def double(sheet: SheetSpec, grid: Grid) -> SheetSpec:
    """The sheet of a spread (通版): two trims side by side as one, columns over both type areas and
    the inner margins. They keep their measure; what is left over widens the gutters, and with an
    even number of columns the fold runs down a gutter.
    """
    trim = Size(sheet.trim.width * 2, sheet.trim.height)
    spec = msgspec.structs.replace(
        sheet.grid, columns=2 * grid.columns, measure_em=grid.measure / grid.size, size=grid.size,
        gutter=None, gutter_em=None,
    )  # fmt: skip
    return msgspec.structs.replace(sheet, trim=trim, grid=spec)


def type_area(sheet: SheetSpec) -> Size:
    """The page less its margins, in points."""
    return Size(
        sheet.trim.width - sheet.margins.left - sheet.margins.right,
        sheet.trim.height - sheet.margins.top - sheet.margins.bottom,
    )


class _ConflictError(Exception):
    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)

    def finding(self, sheet: SheetSpec) -> Finding:
        return bad_input("grid/conflict", self.message, self.hint, sheet.mark)


def _across(spec: GridSpec, width: float) -> tuple[float, int, float, float]:
    size = spec.size or _size_from(spec, width) or BODY_SIZE
    gutter = spec.gutter if spec.gutter is not None else _times(spec.gutter_em, size)
    columns = spec.columns or _columns(width, (spec.measure_em or MEASURE_EM) * size, gutter, size)
    measure = _times(spec.measure_em, size)
    if measure is None:
        least = GUTTER_EM * size if gutter is None else gutter
        # whole characters; what is left over widens the gutters (破栏 arithmetic, B.2)
        measure = int((width - (columns - 1) * least) / columns / size + 1e-6) * size
        gutter = None if columns > 1 else gutter
    if columns == 1:
        return size, 1, measure, gutter or 0.0
    if gutter is None:
        gutter = (width - columns * measure) / (columns - 1)
    _agree(columns * measure + (columns - 1) * gutter, width, "columns, measure and gutter", "wide")
    return size, columns, measure, gutter


def _times(ems: float | None, size: float) -> float | None:
    return None if ems is None else ems * size


def _size_from(spec: GridSpec, width: float) -> float | None:
    """The body size, when columns, measure and gutter are all given."""
    if spec.columns is None or spec.measure_em is None:
        return None
    gutters = spec.columns - 1
    if spec.gutter is not None:
        return (width - gutters * spec.gutter) / (spec.columns * spec.measure_em)
    if spec.gutter_em is not None:
        return width / (spec.columns * spec.measure_em + gutters * spec.gutter_em)
    return None


def _columns(width: float, measure: float, gutter: float | None, size: float) -> int:
    gap = GUTTER_EM * size if gutter is None else gutter
    return max(1, round((width + gap) / (measure + gap)))


def _down(spec: GridSpec, height: float, size: float) -> tuple[float, int]:
    if spec.leading and spec.lines:
        _agree(spec.leading * spec.lines, height, "leading and lines", "high")
        return spec.leading, spec.lines
    if spec.lines:
        return height / spec.lines, spec.lines
    leading = spec.leading or size * LEADING_EM
    lines = max(1, int(height / leading + 1e-6))
    return (leading if spec.leading else height / lines), lines


def _agree(got: float, wanted: float, what: str, how: str) -> None:
    if not -TOO_LITTLE <= got / wanted - 1 <= TOO_MUCH:
        raise _ConflictError(
            f"{what} make {got:.1f} pt, the type area is {wanted:.1f} pt {how}",
            "leave one of them out, and it is solved, or change the margins",
        )


def _sane(size: float, measure: float, gutter: float, leading: float) -> None:
    checks = (
        ("measure", measure / size, MEASURE_EM_LIMITS, "字"),
        ("gutter", gutter / size, GUTTER_EM_LIMITS, "字"),
        ("leading", leading / size, LEADING_EM_LIMITS, "× the type size"),
    )
    for name, value, (least, most), unit in checks:
        if not least <= value <= most:
            raise _ConflictError(
                f"the {name} comes out at {value:.2f} {unit}",
                f"choose columns, measure, gutter and leading so that it is {least:g} to {most:g}",
            )


class Metrics(msgspec.Struct, frozen=True):
    """Where type stands in its cell: hanzi centred between baselines, face 0.88 above, 0.12 below.

    `face_top` and `face_bottom` bound the ink of hanzi (CLREQ, character face), the lines to which
    pictures are aligned.
    """

    size: float
    leading: float

    @property
    def baseline(self) -> float:
        """From a cell's top to its baseline."""
        return (self.leading - self.size) / 2 + 0.88 * self.size

    @property
    def face_top(self) -> float:
        """From a cell's top to the top of its hanzi."""
        return self.baseline - 0.84 * self.size

    @property
    def face_bottom(self) -> float:
        """From a cell's top to the foot of its hanzi."""
        return self.baseline + 0.08 * self.size


def metrics(grid: Grid) -> Metrics:
    """Of body type on this grid."""
    return Metrics(grid.size, grid.leading)
