"""layout.raster: the trimmed page as a PNG."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from layout.geometry import Box
from layout.raster import page_png
from layout.sheet.items import Ink, Tint

from .samples import press, sheet

CYAN = Ink(1.0, 0.0, 0.0, 0.0)


def test_picture_is_cut_to_the_trim(tmp_path: Path) -> None:
    # A tint over the whole bleed, and a black corner at the trim's top left.
    page = sheet(
        Tint(Box(-40.0, -50.0, 440.0, 340.0), CYAN),
        Tint(Box(-20.0, -30.0, 10.0, 10.0), Ink()),
        bleed=10.0,
    )
    page_png(press(page, tmp_path / "a.pdf"), tmp_path / "a.png", 144)
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (800, 600)
        assert round(picture.info["dpi"][0]) == 144
        rgb = picture.convert("RGB")
        assert max(rgb.getpixel((1, 1))) < 60
        assert max(rgb.getpixel((18, 18))) < 60
        assert rgb.getpixel((22, 22)) == rgb.getpixel((799, 599))


def test_failure_leaves_no_picture(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    with pytest.raises(Exception, match="PDFium"):
        page_png(tmp_path / "a.pdf", tmp_path / "a.png", 72)
    assert not (tmp_path / "a.png").exists()
