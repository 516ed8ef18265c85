"""Bad input that only shows after loading: faces, nameplates, grids, profiles, folders."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from layout.findings import InputError
from layout.fonts.manifest import stock
from layout.preflight import preflight
from layout.render import Options, render, set_issue
from layout.sheet.items import Artwork, Outline

RENDER = Path(sys.executable).with_name("render")
SAMPLE = Path(__file__).parents[1] / "issues/changji-daily"
PLAIN_TTF = stock().faces["NotoSansSC-Variable"].path

CASES = {
    "face-is-no-font": (
        "accent: red", "fonts: {song: x.ttf}",
        "publication.yaml:24:15: {}/x.ttf is no font – give an OTF, TTF, TTC or WOFF file",
    ),
    "face-woff-is-broken": (
        "accent: red", "fonts: {song: x.woff}",
        "publication.yaml:24:15: {}/x.woff is no font – give an OTF, TTF, TTC or WOFF file",
    ),
    "face-index-in-a-plain-font": (
        "accent: red", f"fonts: {{song: {{file: '{PLAIN_TTF}', index: 7}}}}",
        f"publication.yaml:24:22: {PLAIN_TTF} has no face 7 – give an OTF, TTF, TTC or WOFF",
    ),
    "nameplate-svg-is-broken": (
        "masthead: {ink: red}", "masthead: {nameplate: x.svg}",
        "publication.yaml:23:11: {}/x.svg is no SVG drawing",
    ),
    "nameplate-svg-is-empty": (
        "masthead: {ink: red}", "masthead: {nameplate: empty.svg}",
        "publication.yaml:23:11: {}/empty.svg holds no paths – turn text and strokes into",
    ),
    "nameplate-svg-has-type": (
        "masthead: {ink: red}", "masthead: {nameplate: text.svg}",
        "publication.yaml:23:11: {}/text.svg: line 1: text in it – turn it into outlines (paths)",
    ),
    "nameplate-picture-is-broken": (
        "masthead: {ink: red}", "masthead: {nameplate: x.png}",
        "publication.yaml:23:23: {}/x.png cannot be read as a picture – export it again",
    ),
    "masthead-eats-the-page": (
        "masthead: {ink: red}", "masthead: {lines: 200}",
        "publication.yaml:23:11: a masthead of 200 lines – choose 9 to 48 of the page's 120 lines",
    ),
    "profile-is-no-icc": (
        "accent: red", "profile: x.icc",
        "publication.yaml:24:10: the printing profile x.icc is no ICC profile – give a CMYK output",
    ),
    "condition-without-profile": (
        "accent: red", "condition: FOGRA42",
        "publication.yaml:24:12: the condition FOGRA42 has no profile – name the condition's ICC",
    ),
    "plate-name-in-no-face": (
        "accent: red", "press_marks: 'on'\ncolours: {a: {spot: ก, cmyk: [0, 0, 0, 9]}}",
        "publication.yaml:1:1: no face",
    ),
    "standard-unknown": (
        "accent: red", "standard: pdfx5",
        "publication.yaml:24:11: ",
    ),
    "grid-contradicts-itself": (
        "columns: 6", "columns: 9", "publication.yaml:16:3: the gutter comes out at",
    ),
    "character-no-face-has": (
        "昌吉州融媒体中心出版", "昌吉\U0010fffd出版",
        "publication.yaml:6:14: no face has the character “\U0010fffd” (U+10FFFD); tried",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_refused(name: str, tmp_path: Path) -> None:
    old, new, message = CASES[name]
    paper = tmp_path / "paper"
    shutil.copytree(SAMPLE, paper)
    for file in ("x.ttf", "x.svg", "x.png", "x.icc"):
        (paper / file).write_text("<svg", "utf-8")
    (paper / "x.woff").write_bytes(b"wOFF and no more")
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    (paper / "empty.svg").write_text(f"{head}</svg>")
    (paper / "text.svg").write_text(f"{head}<text>a</text></svg>")
    publication = paper / "publication.yaml"
    text = publication.read_text("utf-8")
    assert old in text
    publication.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as caught:
        render(paper / "2025-02-25/issue.yaml", Options(output=tmp_path / "out"))
    expected = message.format(paper)
    if expected.startswith("publication"):
        expected = f"{paper}/{expected}"
    assert str(caught.value.findings[0]).startswith(expected)
    assert not [f for f in (tmp_path / "out").rglob("*") if f.is_file()]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file in the way")
    with pytest.raises(InputError, match=r"cannot write to .*name a place you may write to"):
        render(SAMPLE / "2025-02-25/issue.yaml", Options(output=tmp_path / "out"))


@pytest.mark.parametrize("command", ["issue", "proof"])
@pytest.mark.parametrize("where", ["out/in/the/way.pdf", "out"])
def test_a_place_that_cannot_be_written_to(tmp_path: Path, command: str, where: str) -> None:
    out = tmp_path / "out"
    if where == "out" and command == "proof":
        out.mkdir()  # a folder where the file should be
    else:
        out.write_text("a file in the way")
    ran = subprocess.run(
        [RENDER, command, SAMPLE / "2025-02-25/issue.yaml", "-o", tmp_path / where],
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"cannot write to {out}")
    assert ran.stderr.rstrip().endswith("– name a place you may write to")
    assert "Traceback" not in ran.stderr


def test_a_nameplate_drawn_as_svg_is_placed_as_outlines(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    shutil.copytree(SAMPLE, paper)
    (paper / "plate.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">'
        '<path d="M0 0H90V100H0Z"/><circle cx="200" cy="50" r="40"/>'
        '<path d="M300 100Q350 -60 400 100Z"/></svg>'
    )
    publication = paper / "publication.yaml"
    text = publication.read_text("utf-8").replace("{ink: red}", "{nameplate: plate.svg}")
    publication.write_text(text, "utf-8")
    rendered = render(paper / "2025-02-25/issue.yaml", Options(output=tmp_path / "out"))
    assert not rendered.findings


COLOURED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">'
    '<path fill="#c8102e" d="M0 0H90V100H0Z"/><circle fill="#0a5" cx="200" cy="50" r="40"/></svg>'
)


@pytest.mark.parametrize(
    ("masthead", "kind"),
    [
        ("{nameplate: plate.svg}", Artwork),  # its own colours
        ("{nameplate: plate.svg, ink: red}", Outline),  # the one it is given
        ("{nameplate: plate.pdf}", Artwork),
        ("{nameplate: plate.pdf, ink: red}", Artwork),
    ],
)
def test_a_nameplate_keeps_its_colours(masthead: str, kind: type, tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    shutil.copytree(SAMPLE, paper)
    (paper / "plate.svg").write_text(COLOURED, "utf-8")
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(400, 100))
        pdf.pages[0].Contents = pdf.make_stream(b"0 1 0.9 0 k 0 0 400 100 re f")
        pdf.save(paper / "plate.pdf")
    publication = paper / "publication.yaml"
    text = publication.read_text("utf-8").replace("{ink: red}", masthead)
    publication.write_text(text, "utf-8")
    (page,) = set_issue(paper / "2025-02-25/issue.yaml").pages
    head = next(group for group in page.sheet.groups if group.kind == "masthead")
    (plate,) = (item for item in head.items if getattr(item, "alt", "") == "昌吉日报")
    assert type(plate) is kind
    box = plate.box if isinstance(plate, Artwork) else plate.extent
    assert box.width / box.height == pytest.approx(4.0 if kind is Artwork else 2.4, rel=0.01)
    rendered = render(paper / "2025-02-25/issue.yaml", Options(output=tmp_path / "out"))
    assert not rendered.findings
    assert preflight(rendered.files[0]) == []


PATH = '<path d="M0 0H90V100H0Z"/>'


@pytest.mark.parametrize(
    ("body", "masthead", "kind"),
    [
        # letters moved by their group stand where they are drawn
        (f'{PATH}<g transform="translate(100)">{PATH}</g>', "{nameplate: plate.svg}", Outline),
        (f'{PATH}<g transform="translate(100)">{PATH}</g>', "{nameplate: plate.svg, ink: red}",
         Outline),
        ('<path fill="none" stroke="#000" d="M9 9H190"/>', "{nameplate: plate.svg}", Artwork),
        ('<path fill-rule="evenodd" d="M0 0H90V90H0ZM9 9H50V50H9Z"/>',
         "{nameplate: plate.svg, ink: red}", Outline),
        ('<path fill="#c8102e" d="M0 0H90V100H0Z"/>', "{nameplate: plate.svg}", Artwork),
        # one turned the other way would cut a hole into what it meets
        (f'{PATH}<path d="M50 0V100H150V0Z"/>', "{nameplate: plate.svg}", Artwork),
        (f'{PATH}<path d="M50 0H150V100H50Z"/>', "{nameplate: plate.svg, ink: red}", Outline),
    ],
)  # fmt: skip
def test_a_nameplate_looks_as_it_was_drawn(
    body: str, masthead: str, kind: type, tmp_path: Path
) -> None:
    plate = plate_of(tmp_path, body, masthead)
    assert type(plate) is kind
    if "translate" in body:
        assert plate.extent.width / plate.extent.height == pytest.approx(1.9, rel=0.01)
    if "evenodd" in body:
        assert plate.even_odd


@pytest.mark.parametrize(
    "body",
    [
        '<path fill="none" stroke="#000" d="M9 9H190"/>',
        f'{PATH}<path fill="#fff" d="M9 9H50V50H9Z"/>',
        f'{PATH}<path d="M50 0V100H150V0Z"/>',
    ],
)
def test_a_nameplate_one_ink_cannot_draw_is_refused(body: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"plate.svg has lines, clips, .*or take `ink` out"):
        plate_of(tmp_path, body, "{nameplate: plate.svg, ink: red}")


def plate_of(folder: Path, body: str, masthead: str) -> Artwork | Outline:
    paper = folder / "paper"
    shutil.copytree(SAMPLE, paper)
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
    (paper / "plate.svg").write_text(f"{head}{body}</svg>", "utf-8")
    publication = paper / "publication.yaml"
    text = publication.read_text("utf-8").replace("{ink: red}", masthead)
    publication.write_text(text, "utf-8")
    (page,) = set_issue(paper / "2025-02-25/issue.yaml").pages
    group = next(group for group in page.sheet.groups if group.kind == "masthead")
    (plate,) = (item for item in group.items if getattr(item, "alt", "") == "昌吉日报")
    return plate


def test_a_nameplate_in_rgb_is_refused_where_it_is_named(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    shutil.copytree(SAMPLE, paper)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(400, 100))
        pdf.pages[0].Contents = pdf.make_stream(b"1 0 0 rg 0 0 400 100 re f")
        pdf.save(paper / "plate.pdf")
    publication = paper / "publication.yaml"
    text = publication.read_text("utf-8").replace("{ink: red}", "{nameplate: plate.pdf}")
    publication.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"publication.yaml:23:\d+: .*plate.pdf: has RGB in it"):
        render(paper / "2025-02-25/issue.yaml", Options(output=tmp_path / "out"))
