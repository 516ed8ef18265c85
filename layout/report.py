"""report.json: what CI and other tools read of a render (contract in docs/report.md).

Points, origin top left of the trim, y down; a line's y is its baseline. Keys may be added, never
renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from layout.findings import Finding
from layout.geometry import Box
from layout.issue.model import Ad, Issue
from layout.makeup import Made, Placed
from layout.makeup.dummy import region_of
from layout.press.report import PressReport
from layout.sheet.items import FaceRecord, Grid, Group, Picture, Sheet, TextLine, VerticalLine


def report(
    issue: Issue,
    pages: Sequence[dict[str, Any]],
    fonts: Iterable[FaceRecord],
    findings: Sequence[Finding],
    timings_ms: Mapping[str, float],
) -> dict[str, Any]:
    """The report as plain data; `pages` are those of `page_report`."""
    return {
        "issue": issue.file.rpartition("/")[2],
        "number": issue.number,
        "date": issue.date.isoformat(),
        "pages": pages,
        "findings": [_finding(f) for f in findings if f.page is None],
        "fonts": [
            {"role": f.role, "face": f.name, "file": f.file, "sha256": f.sha256} for f in fonts
        ],
        "timings_ms": {stage: round(value, 1) for stage, value in timings_ms.items()},
    }


def page_report(made: Made, press: PressReport) -> dict[str, Any]:
    """What a page came to be."""
    sheet, grid = made.sheet, made.sheet.grid
    return {
        "page": sheet.page,
        "pages": list(sheet.numbers),
        "file": Path(press.file).name,
        "trim": [round(sheet.trim.width, 3), round(sheet.trim.height, 3)],
        "type_area": grid.type_area.listed(),
        "grid": {
            "columns": grid.columns,
            "measure": round(grid.measure, 3),
            "gutter": round(grid.gutter, 3),
            "leading": round(grid.leading, 4),
            "lines": grid.lines,
            "size": grid.size,
        },
        "frames": [
            {"name": g.name, "kind": g.kind, "box": g.box.listed()}
            for g in sheet.groups
            if g.box.width
        ],
        "stories": [_story(placed, grid) for placed in made.stories],
        "ads": [_ad(ad, sheet) for ad in made.page.ads],
        "pictures": [
            {"file": p.file.rpartition("/")[2], "colour": p.colour, "ppi": round(p.ppi_out, 1),
             "total_ink": p.total_ink, "black_ink": p.black_ink, "profile": p.profile,
             "intent": p.intent}
            for p in press.pictures
        ],
        "ink": press.ink and {
            "total": press.ink.total,
            "box": press.ink.box and press.ink.box.listed(),
            "black_in_pictures": press.ink.black_in_pictures,
        },
        "remedies": [
            {"story": r.story, "action": r.action, "cost": round(r.cost, 1)} for r in made.remedies
        ],
        "findings": [_finding(f) for f in (*made.findings, *press.findings)],
    }  # fmt: skip


def _story(placed: Placed, grid: Grid) -> dict[str, Any]:
    story, frame = placed.copy.story, placed.frame
    about: dict[str, Any] = {"file": story.file, "slug": story.slug, "rank": story.rank}
    if placed.copy.rest and story.jump:
        about["jump"] = {"to": story.jump.page}
    elif story.origin:
        about["jump"] = {"from": story.origin}
    if frame is None:
        return about | {"box": None, "boxes": [], "overset": story.characters, "leftover_lines": 0,
                        "headline": None, "legs": [], "photos": []}  # fmt: skip
    box = frame.group.box
    parts = [item for item in frame.group.items if isinstance(item, Group)]
    head = next(part for part in parts if part.kind == "head")
    return about | {
        "box": box.listed(),
        "boxes": [region_of(part).box(grid).listed() for part in frame.cells.parts],
        "overset": frame.overset,
        "leftover_lines": frame.leftover_lines,
        "headline": {
            "lines": [
                line.text for line in head.items if isinstance(line, (TextLine, VerticalLine))
            ],
            "size": frame.head_size,
            "box": head.box.moved(box.x, box.y).listed(),
        },
        "legs": [_leg(part, box) for part in parts if part.kind == "leg"],
        "photos": [
            {"file": item.file.rpartition("/")[2], "ppi": item.ppi,
             "box": item.box.moved(box.x + part.box.x, box.y + part.box.y).listed()}
            for part in parts if part.kind in ("photo", "leg")
            for item in part.items if isinstance(item, Picture)
        ],
    }  # fmt: skip


def _leg(leg: Group, frame: Box) -> dict[str, Any]:
    x, y = frame.x + leg.box.x, frame.y + leg.box.y
    return {
        "box": leg.box.moved(frame.x, frame.y).listed(),
        "lines": [
            {
                "text": line.text,
                "x": round(x + line.x, 3),
                "y": round(y + line.y, 3),
                "width": line.width,
                "measure": line.measure,
            }
            for line in leg.items
            if isinstance(line, TextLine)
        ],
    }


def _ad(ad: Ad, sheet: Sheet) -> dict[str, Any]:
    group = next(g for g in sheet.groups if g.kind == "ad" and g.name == ad.name)
    return {"file": ad.name, "box": group.box.listed()}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "story": finding.story,
        "mark": str(finding.mark) if finding.mark else None,
        "box": finding.box.listed() if finding.box else None,
    }
