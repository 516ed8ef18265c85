"""Plates of our own page, separated by Ghostscript."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from layout.geometry import Box
from layout.plates import separate
from layout.sheet.items import BLACK, Ink, Rule, Tint
from tests.press.samples import press, sheet

pytestmark = pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is not installed")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Text in black, a red square of two inks, a heavy one of 230 %."""
    out = tmp_path_factory.mktemp("plates") / "page.pdf"
    return press(
        sheet(
            Tint(Box(10.0, 10.0, 50.0, 50.0), Ink(0.0, 1.0, 1.0, 0.0)),
            Tint(Box(180.0, 70.0, 40.0, 40.0), Ink(0.8, 0.7, 0.6, 0.2)),
            Rule(0.0, 170.0, 360.0, 170.0, 20.0, BLACK),
        ),
        out,
    )


def test_each_plate_prints_its_ink(pdf: Path, tmp_path: Path) -> None:
    (found,) = separate(pdf, tmp_path)
    assert [plate.ink for plate in found.plates] == ["Cyan", "Magenta", "Yellow", "Black"]
    cyan, magenta, yellow, black = (plate.coverage for plate in found.plates)
    whole = 400 * 300
    assert magenta == pytest.approx((2500 + 0.7 * 1600) / whole * 100, abs=0.3)
    assert yellow == pytest.approx((2500 + 0.6 * 1600) / whole * 100, abs=0.3)
    assert cyan == pytest.approx(0.8 * 1600 / whole * 100, abs=0.3)
    assert black == pytest.approx((0.2 * 1600 + 20 * 360) / whole * 100, abs=0.3)
    with Image.open(tmp_path / "page-Black.png") as plate:
        scale = plate.width / 400
        assert plate.getpixel((round(200 * scale), round(200 * scale))) < 20
        assert plate.getpixel((round(40 * scale), round(50 * scale))) == 255


def test_the_heaviest_place_is_named(pdf: Path, tmp_path: Path) -> None:
    (found,) = separate(pdf, tmp_path)
    assert found.total_ink == pytest.approx(230, abs=3)
    x, y = (value * 72 / 25.4 for value in found.at_mm)
    assert 198 < x < 242
    assert 98 < y < 142


def test_a_spot_ink_is_a_plate_with_its_share(tmp_path: Path) -> None:
    red = Ink(0.0, 1.0, 0.8, 0.05, "PANTONE 186 C")
    gold = Ink(0.2, 0.25, 0.6, 0.25, "金/Gold 871", 0.5)
    page = sheet(
        Tint(Box(10.0, 10.0, 50.0, 50.0), red), Tint(Box(100.0, 10.0, 50.0, 50.0), gold),
        Tint(Box(200.0, 70.0, 40.0, 40.0), Ink(0.8, 0.7, 0.6, 0.0)),
    )  # fmt: skip
    (found,) = separate(press(page, tmp_path / "page.pdf"), tmp_path / "plates")
    shares = {plate.ink: plate.coverage for plate in found.plates}
    assert list(shares) == ["Cyan", "Magenta", "Yellow", "Black", "PANTONE 186 C", "金/Gold 871"]
    whole = 400 * 300
    assert shares["PANTONE 186 C"] == pytest.approx(2500 / whole * 100, abs=0.2)
    assert shares["金/Gold 871"] == pytest.approx(1250 / whole * 100, abs=0.2)
    assert shares["Magenta"] == pytest.approx(0.7 * 1600 / whole * 100, abs=0.1)
    assert shares["Black"] == 0
    assert [plate.picture for plate in found.plates][4:] == [
        "page-PANTONE 186 C.png", "page-金_Gold 871.png",
    ]  # fmt: skip
    with Image.open(tmp_path / "plates/page-PANTONE 186 C.png") as plate:
        scale = plate.width / 400
        assert plate.getpixel((round(50 * scale), round(60 * scale))) == 0
        assert plate.getpixel((round(145 * scale), round(60 * scale))) == 255


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("render"), "plates", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_prints_json(pdf: Path, tmp_path: Path) -> None:
    done = run(str(pdf), "-o", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    (pages,) = json.loads(done.stdout).values()
    assert pages[0]["plates"][3]["picture"] == "page-Black.png"
    assert (tmp_path / "page-Black.png").exists()


def test_what_is_no_pdf_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("no PDF", "utf-8")
    done = run(str(tmp_path / "a.pdf"), "-o", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "Ghostscript cannot read" in done.stderr
    assert not (tmp_path / "out").exists()
