"""What is left of a page for the automatic make-up once pins and ads have their cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from layout.makeup.dummy import Region


def overlaps(a: Region, b: Region) -> bool:
    """Whether two rectangles share a cell."""
    return (
        a.column < b.column + b.columns
        and b.column < a.column + a.columns
        and a.line < b.line + b.lines
        and b.line < a.line + a.lines
    )


def corners_taken(page: Region, taken: Sequence[Region]) -> tuple[Region, list[Region]] | None:
    """What is left when bands across the page are cut off, and what then stands in its lower
    corners, one at each side at most; None when anything stands elsewhere.
    """
    left = list(taken)
    while band := next((t for t in left if t.columns == page.columns and _at_edge(t, page)), None):
        left.remove(band)
        top = page.line + band.lines * (band.line == page.line)
        page = Region(page.column, top, page.columns, page.lines - band.lines)
    low = [t for t in left if t.line + t.lines == page.line + page.lines]
    sides = [(t.column == page.column, _right(t) == _right(page)) for t in low]
    cornered = all(any(side) for side in sides) and sum(a for a, _ in sides) < 2
    if len(low) < len(left) or not cornered or sum(b for _, b in sides) > 1:
        return None
    return page, low


def _at_edge(band: Region, page: Region) -> bool:
    return band.line == page.line or band.line + band.lines == page.line + page.lines


def _right(region: Region) -> int:
    return region.column + region.columns


def free_regions(page: Region, taken: Sequence[Region]) -> list[list[Region]]:
    """Ways to cut the free cells into rectangles: by full-width bands, by full-height strips."""
    if not taken:
        return [[page]]
    bands = _bands(page, taken)
    turned = _bands(_turned(page), [_turned(t) for t in taken])
    strips = [_turned(region) for region in turned]
    return [bands] if sorted(map(_key, bands)) == sorted(map(_key, strips)) else [bands, strips]


def _bands(page: Region, taken: Sequence[Region]) -> list[Region]:
    """Free rectangles, as tall as they stay equally wide, in reading order."""
    bottom = page.line + page.lines
    edges = {page.line, bottom}
    for t in taken:
        edges |= {min(max(edge, page.line), bottom) for edge in (t.line, t.line + t.lines)}
    done: list[Region] = []
    growing: list[Region] = []
    lines = sorted(edges)
    for top, end in pairwise(lines):
        band = Region(page.column, top, page.columns, end - top)
        kept = []
        for gap in _gaps(band, [t for t in taken if overlaps(t, band)]):
            above = next(
                (g for g in growing if (g.column, g.columns) == (gap.column, gap.columns)), None
            )
            if above:
                growing.remove(above)
                gap = Region(gap.column, above.line, gap.columns, above.lines + gap.lines)
            kept.append(gap)
        done += growing
        growing = kept
    return sorted(done + growing, key=_key)


def _gaps(band: Region, taken: Sequence[Region]) -> list[Region]:
    found, at = [], band.column
    for t in sorted(taken, key=lambda t: t.column):
        if t.column > at:
            found.append(Region(at, band.line, t.column - at, band.lines))
        at = max(at, t.column + t.columns)
    if at < band.column + band.columns:
        found.append(Region(at, band.line, band.column + band.columns - at, band.lines))
    return found


def _turned(r: Region) -> Region:
    return Region(r.line, r.column, r.lines, r.columns)


def _key(r: Region) -> tuple[int, int, int, int]:
    return (r.line, r.column, r.columns, r.lines)
