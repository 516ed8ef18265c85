"""A small issue folder that is right in every way, and ways to spoil it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from layout.findings import Finding, Mark

GOOD = {
    "publication.yaml": (
        "name: 测试日报\ncode: TEST\nsponsor: 测试市委主管主办\n"
        "sheet:\n  columns: 6\n  measure: 17字\n"
    ),
    "issue.yaml": (
        "publication: publication.yaml\ndate: 2025-02-25\nnumber: 12199\npages:\n"
        "  - name: 要闻\n    stories:\n      - a.md\n      - file: b.md\n        columns: 2\n"
    ),
    "a.md": (
        "---\nheadline: 第一条新闻\nphotos:\n  - file: p.png\n    caption: 图\n---\n正文第一段。\n"
    ),
    "b.md": "---\nheadline:\n  - 第二条\n  - 两行题\n---\n正文。\n",
}


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    """The good folder with some files replaced; its issue file."""
    for name, text in (GOOD | (files or {})).items():
        (folder / name).write_text(text, "utf-8")
    Image.new("L", (60, 40), 128).save(folder / "p.png")
    return folder / "issue.yaml"


def look(path: str, mark: Mark) -> tuple[tuple[str, str, tuple[int, int]] | None, list[Finding]]:
    """Every picture named in a body is there."""
    return (path, path, (300, 200)), []
