"""layout.raster: the trimmed page as a PNG."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from layout.geometry import Box
from layout.press.intent import NEWSPRINT
from layout.raster import page_png
from layout.sheet.items import Ink, Tint

from .samples import picture, press, sheet

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
    with pytest.raises(pikepdf.PdfError):
        page_png(tmp_path / "a.pdf", tmp_path / "a.png", 72)
    assert not (tmp_path / "a.png").exists()


def colour(file: Path, at: tuple[int, int]) -> tuple[int, ...]:
    with Image.open(file) as opened:
        found = opened.convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return found


def through_profile(inks: tuple[int, int, int, int], intent: ImageCms.Intent) -> tuple[int, ...]:
    """What LittleCMS makes of the inks by itself."""
    flags = (
        ImageCms.Flags.BLACKPOINTCOMPENSATION
        if intent is ImageCms.Intent.RELATIVE_COLORIMETRIC
        else ImageCms.Flags.NONE
    )
    transform = ImageCms.buildTransform(
        str(NEWSPRINT), ImageCms.createProfile("sRGB"), "CMYK", "RGB", intent, flags
    )
    made = ImageCms.applyTransform(Image.new("CMYK", (1, 1), inks), transform)
    assert made
    return made.getpixel((0, 0))


RED, ORANGE = Ink(0.0, 1.0, 0.8, 0.0), (20, 120, 200, 10)


@pytest.fixture
def coloured(tmp_path: Path) -> Path:
    """A red tint, a CMYK picture, a grey one; paper at the right."""
    for name, mode, value in (("c.tif", "CMYK", ORANGE), ("g.png", "L", 100)):
        Image.new(mode, (300, 300), value).save(tmp_path / name)
    page = sheet(
        Tint(Box(0.0, 0.0, 50.0, 50.0), RED),
        picture(tmp_path / "c.tif", Box(60.0, 0.0, 50.0, 50.0)),
        picture(tmp_path / "g.png", Box(120.0, 0.0, 50.0, 50.0)),
    )
    return press(page, tmp_path / "a.pdf")


@pytest.mark.parametrize("paper", [False, True])
def test_colours_are_those_of_the_press_condition(coloured: Path, paper: bool) -> None:
    out = coloured.with_suffix(".png")
    page_png(coloured, out, 72, paper=paper)
    intent = (
        ImageCms.Intent.ABSOLUTE_COLORIMETRIC if paper else ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    wanted = {
        (45, 55): (0, 255, 204, 0),
        (105, 55): ORANGE,
        (165, 55): (0, 0, 0, 155),
        (300, 200): (0, 0, 0, 0),
    }
    for at, inks in wanted.items():
        assert colour(out, at) == pytest.approx(through_profile(inks, intent), abs=4)


def test_a_file_without_output_profile_keeps_its_colours(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(72, 72))
    pdf.pages[0].Contents = pdf.make_stream(b"1 0 0 rg 0 0 72 72 re f")
    pdf.save(tmp_path / "a.pdf")
    page_png(tmp_path / "a.pdf", tmp_path / "a.png", 72)
    assert colour(tmp_path / "a.png", (30, 30)) == (255, 0, 0)
