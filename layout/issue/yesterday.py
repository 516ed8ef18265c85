"""`like`: report.json of an earlier issue → where its page's stories stood, by rank."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from layout.findings import Mark
from layout.issue.model import Quad
from layout.issue.validate import Validator


def yesterday(v: Validator, path: str | None, mark: Mark | None, number: int) -> tuple[Quad, ...]:
    """The quads of a page's stories in rank order; a finding when the report has no such page."""
    if path is None or mark is None:
        return ()
    import json  # late: few pages are made up like another

    try:
        pages: list[dict[str, Any]] = json.loads(Path(path).read_text("utf-8"))["pages"]
        page = next((page for page in pages if page["page"] == number), None)
        if page is None:
            v.fault(mark, f"the report has no page {number}", "name one that has, or take it out")
            return ()
        return tuple(_quad(story["box"], page["type_area"]) for story in _ranked(page))
    except (OSError, ValueError, KeyError, TypeError):
        v.fault(mark, "this is not a report.json", "name the report of an issue rendered before")
        return ()


def _ranked(page: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted((s for s in page["stories"] if s["box"]), key=lambda story: int(story["rank"]))


def _quad(box: list[float], area: list[float]) -> Quad:
    x, y, width, height = box
    left, top, wide, high = area
    return (
        (x - left) / wide,
        (y - top) / high,
        (x + width - left) / wide,
        (y + height - top) / high,
    )
