"""Tiny sheets as readable PDF: boxes, resources and operators as text an eye can follow.

Font programs, profile, XMP and structure tree are other tests' matter. To accept a change:
`DUIKAI_ACCEPT=name python -m pytest tests/press/test_readable.py`, never in CI.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image

from layout.geometry import Box
from layout.press import write_pdf
from layout.sheet.items import ALL, PAPER, Ink, Item, Outline, Picture, Rule, Tint
from tests.press.samples import WHOLE, line, run, sheet, song

READABLE = Path(__file__).with_name("readable")


def text_lines() -> list[Item]:
    face = song()
    return [
        line(0.0, 20.0, run(face, "天地玄黄，2025", 12.0)),
        line(0.0, 40.0, run(face, "AVATo", 10.0, ratio=0.9)),
    ]


def inks() -> list[Item]:
    face = song()
    red = Ink(0.0, 1.0, 0.95, 0.0)
    return [
        Tint(Box(0.0, 0.0, 120.0, 30.0), Ink(0.0, 0.0, 0.0, 0.2)),
        line(0.0, 20.0, run(face, "黑", 12.0)),
        Tint(Box(0.0, 40.0, 120.0, 30.0), red),
        line(0.0, 60.0, run(face, "白", 12.0, ink=PAPER)),
        Rule(0.0, 80.0, 120.0, 80.0, 0.35),
        Rule(0.0, 90.0, 120.0, 90.0, 2.0, red, (4.0, 2.0)),
    ]


def spot_inks() -> list[Item]:
    face = song()
    red = Ink(0.0, 1.0, 0.8, 0.05, "PANTONE 186 C")
    return [
        Tint(Box(0.0, 0.0, 120.0, 30.0), replace(red, tint=0.2)),
        line(0.0, 20.0, run(face, "黑", 12.0)),
        line(0.0, 60.0, run(face, "红", 12.0, ink=red)),
        Rule(0.0, 80.0, 120.0, 80.0, 2.0, red),
        Rule(-30.0, -28.0, -30.0, -20.0, 0.25, Ink(1.0, 1.0, 1.0, 1.0, ALL)),
    ]


def contour() -> list[Item]:
    path = (("M", 0.0, 0.0), ("L", 20.0, 0.0), ("C", 20.0, 10.0, 10.0, 20.0, 0.0, 20.0), ("Z",))
    return [Outline("shape", path, Ink(1.0, 0.3, 0.0, 0.0))]


def picture() -> list[Item]:
    return [Picture("p.png", Box(10.0, 10.0, 72.0, 48.0), WHOLE, 300.0, "天地玄黄")]


CASES = {"press-text": text_lines, "press-inks": inks, "press-spots": spot_inks,
         "press-contour": contour,
         "press-picture": picture}  # fmt: skip


def readable(file: Path) -> str:
    """A one-page PDF as text."""
    with pikepdf.open(file) as pdf:
        page = pdf.pages[0]
        lines = [f"version {pdf.pdf_version}"]
        for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
            lines.append(f"{key[1:]} {' '.join(f'{float(v):g}' for v in page.obj[key])}")
        lines += sorted(_resources(page.obj.Resources))
        lines += [f"intent {pdf.Root.OutputIntents[0].OutputConditionIdentifier}"]
        lines += ["content", *page.Contents.read_bytes().decode("latin-1").split("\n")]
    return "\n".join(lines).rstrip() + "\n"


def _resources(resources: Any) -> Iterator[str]:
    for name, font in resources.get("/Font", {}).items():
        yield f"font {name} {font.Subtype} {str(font.BaseFont).partition('+')[2]}"
    for name, state in resources.get("/ExtGState", {}).items():
        said = " ".join(f"{key} {value}" for key, value in sorted(state.items()))
        yield f"state {name} {said}"
    for name, space in resources.get("/ColorSpace", {}).items():
        kind, ink, alternate, share = space
        parts = " ".join(f"{float(value):g}" for value in share.C1)
        yield f"space {name} {kind} {ink} {alternate} {parts}"
    for name, form in resources.get("/XObject", {}).items():
        yield (f"object {name} {form.Subtype} {form.get('/Width', '')}×{form.get('/Height', '')} "
               f"{form.get('/ColorSpace', '')} {form.get('/Filter', '')}")  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_readable(name: str, tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), (90, 120, 150)).save(tmp_path / "p.png")
    face = song()
    page = sheet(*CASES[name](), bleed=8.504)
    write_pdf(page, {face.key: face}, tmp_path / "page.pdf", root=tmp_path)
    text, reference = readable(tmp_path / "page.pdf"), READABLE / f"{name}.txt"
    if name in os.environ.get("DUIKAI_ACCEPT", "").split() and not os.environ.get("CI"):
        READABLE.mkdir(exist_ok=True)
        reference.write_text(text, "utf-8")
        pytest.fail(f"{name} is accepted: look at the diff, and run again")
    assert text == reference.read_text("utf-8")


def test_every_reference_is_used() -> None:
    assert {file.stem for file in READABLE.glob("*.txt")} == set(CASES)
