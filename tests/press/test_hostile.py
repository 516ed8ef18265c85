"""Broken and hostile files: refused or printed, with little memory and nothing half written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from .hostile import CORPUS

AT = "issue.yaml:3:7"
SAID = {
    "profile-cut.jpg": "taken for sRGB",
    "profile-is-noise.png": "taken for sRGB",
    "profile-for-grey.png": "taken for sRGB",
    "cmyk-of-adobe.jpg": "printed with the inks it has",
    "cmyk-without-profile.tif": "printed with the inks it has",
    "webp-animated.webp": "the first of its 2 pictures is printed",
    "one-bit.tif": "800 are wanted",
    "png-30000-pixels.png": "30000 × 30000 pixels – scale it down",
    "rgb.pdf": "RGB",
    "font-missing.pdf": "Courier is not embedded",
    "stops-in-a-string.pdf": "breaks off",
    "xfa.pdf": "is an XFA form",
    "box-of-a-billion.pdf": "its page is 1e+09 × 1e+09 pt",
    "form-in-itself.pdf": "draws itself",
    "portfolio.pdf": "portfolio",
    "content-of-300-mb.pdf": "damaged, or more than 16 MB",
    "forms-40-deep.pdf": "nested deeper than 16",
    "forms-a-million-times.pdf": "draws forms more than 100,000 times",
    "laughs-unused.svg": "declares entities",
    "entity-of-a-file.svg": "declares entities",
    "use-of-itself.svg": "draws itself",
    "use-a-billion-times.svg": "more than 100000 shapes",
    "script.svg": "a script",
    "sizeless.svg": "neither a viewBox nor width and height",
    "nine-megabytes.svg": "larger than 8 MB",
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict]]:
    """What one process with a limit on its memory made of all of them."""
    folder = tmp_path_factory.mktemp("hostile")
    command = [sys.executable, "-m", "tests.press.hostile", str(folder)]
    child = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
    assert "Traceback" not in child.stderr and "Warning" not in child.stderr
    return folder, json.loads((folder / "results.json").read_text("utf-8"))


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 40


@pytest.mark.parametrize("name", CORPUS)
def test_refused_or_printed(name: str, results: tuple[Path, dict[str, dict]]) -> None:
    folder, outcomes = results
    outcome, said = outcomes[name]["outcome"], outcomes[name]["said"]
    assert outcome == CORPUS[name][0], said
    assert SAID.get(name, "") in " ".join(said)
    written = list(folder.glob(f"*{name}.page*"))
    if outcome == "refused":
        assert said and not written
        assert " – " in said[0]  # what would be right
        return
    (page,) = written
    with pikepdf.open(page) as pdf:
        assert pdf.check_pdf_syntax() == []
    with pypdfium2.PdfDocument(page) as shown:
        assert shown[0].render().to_pil().size[0] > 300
