"""The five calls of `layout/__init__.py`, as a program of somebody else would make them."""

from __future__ import annotations

from pathlib import Path

import pytest

import layout

SAMPLE = Path(__file__).parents[1] / "issues/changji-daily/2025-02-25/issue.yaml"


def test_every_name_is_there() -> None:
    for name in layout.__all__:
        assert getattr(layout, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = layout.nothing


def test_the_journey(tmp_path: Path) -> None:
    issue = layout.load(SAMPLE)
    fonts = layout.open_fonts(issue.publication)
    (made,) = layout.make_up(issue, fonts)
    layout.write_pdf(made.sheet, fonts.faces, tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-1.6")
    assert "frame 01-promotion story" in layout.sheet_text(made.sheet, ())
