"""Named colours where an ink may stand; what is refused stands in broken.yaml."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from layout.issue import load
from layout.issue.model import InkSpec, Issue
from tests.issue.folder import GOOD, write

COLOURS = (
    "colours:\n"
    "  sky: [60, 10, 0, 0]\n"
    "  party: {spot: PANTONE 186 C, cmyk: [0, 100, 80, 5]}\n"
    "  中国红: {cmyk: [0, 100, 80, 5], spot: PANTONE 186 C}\n"
)
USED = "accent: party 40%\nmasthead: {ink: 中国红}\n"
PARTY = InkSpec(0.0, 1.0, 0.8, 0.05, "PANTONE 186 C")
STORY = "    stories:\n      - {{file: a.md, headline: {{ink: {ink}}}, box: {{tint: {tint}}}}}\n"


def issue_with(folder: Path, publication: str, ink: str = "red", tint: str = "10%") -> Issue:
    head = GOOD["issue.yaml"].partition("    stories:")[0]
    files = {
        "publication.yaml": "name: 测试日报\ncode: TEST\n" + publication,
        "issue.yaml": head + STORY.format(ink=ink, tint=tint),
    }
    return load(write(folder, files))


@pytest.mark.parametrize("publication", [COLOURS + USED, USED + COLOURS], ids=["before", "after"])
def test_names_are_known_before_and_behind_their_colours(publication: str, tmp_path: Path) -> None:
    p = issue_with(tmp_path, publication).publication
    assert p.masthead.ink == PARTY
    assert p.accent == InkSpec(0.0, 1.0, 0.8, 0.05, "PANTONE 186 C", 0.4)
    assert p.colours == {"sky": InkSpec(0.6, 0.1, 0.0, 0.0), "party": PARTY, "中国红": PARTY}
    assert p.spots == {"PANTONE 186 C": (0.0, 1.0, 0.8, 0.05)}


@pytest.mark.parametrize(
    ("written", "ink"),
    [
        ("black", InkSpec(0, 0, 0, 1)), ("red", InkSpec(0, 1, 0.9, 0)),
        ("red 50%", InkSpec(0, 0.5, 0.45, 0)), ("sky", InkSpec(0.6, 0.1, 0, 0)),
        ("sky 40%", InkSpec(0.24, 0.04, 0, 0)), ("sky  12.5 %", InkSpec(0.075, 0.0125, 0, 0)),
        ("party", PARTY), ("[0, 20, 0, 5]", InkSpec(0, 0.2, 0, 0.05)),
    ],
)  # fmt: skip
def test_a_headline_in_any_ink(written: str, ink: InkSpec, tmp_path: Path) -> None:
    (story,) = issue_with(tmp_path, COLOURS, ink=written).stories
    assert story.design.ink == ink


@pytest.mark.parametrize(
    ("written", "ink"),
    [
        ("10%", InkSpec(0, 0, 0, 0.1)), ("0%", InkSpec(0, 0, 0, 0)),
        ("black 10%", InkSpec(0, 0, 0, 0.1)), ("sky 20%", InkSpec(0.12, 0.02, 0, 0)),
        ("中国红 8%", InkSpec(0, 1, 0.8, 0.05, "PANTONE 186 C", 0.08)),
    ],
)  # fmt: skip
def test_a_tint_of_black_or_of_a_colour(written: str, ink: InkSpec, tmp_path: Path) -> None:
    (story,) = issue_with(tmp_path, COLOURS, tint=written).stories
    assert story.design.box
    assert story.design.box.tint == ink


def test_an_advertisement_is_asked_for_spots_of_a_paper_that_orders_any(tmp_path: Path) -> None:
    share = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[0, 1, 1, 0], N=1)
    gold = Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, share])
    pair = Array([Name.DeviceN, Array([Name.Black, Name("/Silver")]), Name.DeviceCMYK, share])
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 120))
        form = pdf.make_stream(b"", Resources=Dictionary(ColorSpace=Dictionary(A=gold, B=pair)))
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(F=form))
        pdf.save(tmp_path / "ad.pdf")
    placed = GOOD["issue.yaml"] + "    ads: [{file: ad.pdf, at: {columns: 1-3, lines: 100-120}}]\n"
    for colours, spots in ((COLOURS, ("Gold", "Silver")), ("", ())):
        publication = GOOD["publication.yaml"] + colours
        issue = load(write(tmp_path, {"issue.yaml": placed, "publication.yaml": publication}))
        assert issue.pages[0].ads[0].spots == spots
