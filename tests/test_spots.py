"""A paper with a spot red, from its YAML to plates and proof."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms

from layout.fonts import manifest
from layout.plates import separate
from layout.proof.proofpdf import proof
from layout.render import Options, render
from tests.issue.folder import GOOD, write
from tests.press.test_raster import through_profile

pytestmark = pytest.mark.skipif(bool(manifest.missing()), reason="the npm faces are not here")

RED = "PANTONE 186 C"
PUBLICATION = (
    f"masthead: {{ink: party}}\naccent: party\npress_marks: 'on'\n"
    f"colours: {{party: {{spot: {RED}, cmyk: [0, 100, 80, 5]}}}}\n"
)
STORIES = (
    "    banner: 新春\n    stories:\n      - {file: a.md, headline: {ink: party}}\n"
    "      - {file: b.md, box: {border: none, tint: party 12%}}\n"
)


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spot")
    copy = "天地玄黄宇宙洪荒，日月盈昃辰宿列张。\n\n" * 150
    files = {
        "publication.yaml": GOOD["publication.yaml"] + PUBLICATION,
        "issue.yaml": GOOD["issue.yaml"].partition("    stories:")[0] + STORIES,
        "a.md": f"---\nkicker: 引题\nheadline: 第一条新闻\ndeck: 副题\n---\n{copy}",
        "b.md": f"---\nheadline: 第二条\n---\n{copy}",
    }
    return write(folder, files)


@pytest.fixture(scope="module")
def pdf(issue: Path) -> Path:
    made = render(issue, Options(output=issue.parent / "output"))
    return next(file for file in made.files if file.suffix == ".pdf")


@pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is not installed")
def test_nameplate_rules_headline_and_tint_are_on_the_spot_plate_alone(
    pdf: Path, tmp_path: Path
) -> None:
    (found,) = separate(pdf, tmp_path, 72)
    shares = {plate.ink: plate.coverage for plate in found.plates}
    assert list(shares) == ["Cyan", "Magenta", "Yellow", "Black", RED]
    assert [shares[ink] for ink in ("Cyan", "Magenta", "Yellow")] == [0, 0, 0]
    assert shares[RED] > 2
    with Image.open(tmp_path / f"{pdf.stem}-{RED}.png") as plate:
        assert plate.size == pytest.approx((1106, 1559), abs=1)
        head = plate.crop((280, 85, 830, 235))  # the middle of the masthead
        solid = head.histogram()[0] / (head.width * head.height)
        assert solid > 0.2, "the nameplate is solid"
        greys = {value for _, value in plate.getcolors() or () if value not in (0, 255)}
        assert any(abs(value - 255 * 0.88) <= 1 for value in greys), "the tint of 12 %"
    with Image.open(tmp_path / f"{pdf.stem}-Black.png") as black:
        assert black.crop((280, 85, 830, 225)).getextrema() == (255, 255), "no black under it"


def test_kicker_deck_and_copy_stay_black(pdf: Path) -> None:
    """Runs of type in the spot are the main headline and its plate's name in the marks."""
    with pikepdf.open(pdf) as document:
        inks, texts, ink = [], 0, ""
        for instruction in pikepdf.parse_content_stream(document.pages[0]):
            operator = str(instruction.operator)
            if operator in ("cs", "k"):
                ink = str(instruction.operands[0])
            if operator == "BT":
                texts += 1
            if operator in ("Tj", "TJ"):
                inks.append((texts, ink))
        names = {key: str(space[1]) for key, space in
                 document.pages[0].Resources.ColorSpace.items()}  # fmt: skip
    in_red = {text for text, ink in inks if names.get(ink) == f"/{RED}"}
    assert len(in_red) == 2
    assert len({text for text, _ in inks}) > 300


def test_the_proof_shows_it(issue: Path, tmp_path: Path) -> None:
    proof(issue, tmp_path / "proof.pdf")
    with pypdfium2.PdfDocument(tmp_path / "proof.pdf") as document:
        whole = document[0].render(scale=0.5).to_pil().convert("RGB")
    picture = whole.crop((0, 35, whole.width, whole.height - 35))  # without the proof's own red
    wanted = through_profile((0, 255, 204, 13), ImageCms.Intent.RELATIVE_COLORIMETRIC)
    near = sum(
        count for count, seen in picture.getcolors(1 << 24) or ()
        if max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) <= 2
    )  # fmt: skip
    assert near > 3000
