"""SVG drawings as forms in press inks: exact operators, what each plate gets, what is refused."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from layout.findings import InputError, Mark
from layout.geometry import Box
from layout.preflight.standards import conformance
from layout.press import write_pdf
from layout.press.managed import managed
from layout.press.standards import STANDARDS
from layout.sheet.items import Artwork

from .samples import sheet

PLACE = Box(50.0, 100.0, 200.0, 100.0)
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'


def printed(body: str, folder: Path, head: str = HEAD, standard: str = "pdfx4") -> Path:
    """A page with the drawing in PLACE, a unit a point."""
    (folder / "a.svg").write_text(f"{head}{body}</svg>", "utf-8")
    item = Artwork("a.svg", PLACE, "a drawing", Mark("issue.yaml", 9, 7))
    out = folder / "page.pdf"
    write_pdf(sheet(item), {}, out, root=folder, standard=STANDARDS[standard])
    return out


def operators(file: Path) -> list[str]:
    with pikepdf.open(file) as pdf:
        (form,) = pdf.pages[0].Resources.XObject.values()
        return form.read_bytes().decode("ascii").splitlines()


def test_paths_colours_and_lines(tmp_path: Path) -> None:
    """The form is 1000 units wide and y runs up: a unit of the drawing is five."""
    file = printed(
        '<rect x="20" y="10" width="40" height="30"/>'
        '<path d="M100 10h20v20z" fill="#808080" fill-rule="evenodd"/>'
        '<line x1="0" y1="50" x2="200" y2="50" stroke="#fff" stroke-width=".4"'
        ' stroke-dasharray="2 1"/>', tmp_path,
    )  # fmt: skip
    assert operators(file) == [
        "/OP gs",
        "0 0 0 1 k",
        "100 450 m 300 450 l 300 300 l 100 300 l 100 450 l h f",
        "/KO gs",
        "0 0 0 0.498 k",
        "500 450 m 600 450 l 600 350 l 500 450 l h f*",
        "0 0 0 0 K",
        "2 w",
        "[10 5] 0 d",
        "4 M",
        "0 250 m 1000 250 l S",
    ]


@pytest.mark.parametrize("d", ["M9 9L90 90", "M9 9h50h20", "M9 9L50 50 9 9z", "M5 5C6 6 7 7 9 9"])
def test_what_has_no_inside_is_not_filled(d: str, tmp_path: Path) -> None:
    said = operators(printed(f'<path d="{d}"/><rect width="9" height="9"/>', tmp_path))
    assert sum(line.endswith(" f") for line in said) == 1


def test_a_line_behind_a_clip_ends_as_it_is_drawn(tmp_path: Path) -> None:
    """What was set before a clip holds behind it: joins, caps and dashes are set back."""
    file = printed(
        '<defs><clipPath id="c"><rect width="50" height="50"/></clipPath></defs>'
        '<path d="M9 9h9v9" fill="none" stroke="#000" stroke-linejoin="round"'
        ' stroke-dasharray="3"/><rect width="90" height="90" clip-path="url(#c)"/>'
        '<path d="M9 29h9v9" fill="none" stroke="#000"/>', tmp_path,
    )  # fmt: skip
    said = operators(file)
    behind = said[said.index("Q") + 1 :]
    assert "0 j" in behind and "[] 0 d" in behind


def pixel(file: Path, x: float, y: float) -> tuple[int, int, int]:
    """The page's colour on screen at a point of the drawing, whose story stands at (20, 30)."""
    with pypdfium2.PdfDocument(managed(file.read_bytes())) as pdf:
        page = pdf[0]
        left, _, _, top = page.get_trimbox()
        shown = page.render(scale=2).to_pil().convert("RGB")
        down = page.get_height() - top
        at = round(2 * (left + 20 + PLACE.x + x)), round(2 * (down + 30 + PLACE.y + y))
        return shown.getpixel(at)  # type: ignore[return-value]


def near(one: tuple[int, int, int], other: tuple[int, int, int], most: int = 30) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


GRADIENTS = (
    '<defs><linearGradient id="a"><stop offset="0" stop-color="#d22"/><stop offset="1"'
    ' stop-color="#ee3"/></linearGradient><radialGradient id="b"><stop offset="0"'
    ' stop-color="#fff"/><stop offset="1" stop-color="#000"/></radialGradient></defs>'
    '<rect width="100" height="100" fill="url(#a)"/>'
    '<circle cx="150" cy="50" r="40" fill="url(#b)"/>'
)


def test_gradients_are_shadings_seen_as_they_were_drawn(tmp_path: Path) -> None:
    file = printed(GRADIENTS, tmp_path)
    with pikepdf.open(file) as pdf:
        (form,) = pdf.pages[0].Resources.XObject.values()
        kinds = [(int(s.ShadingType), str(s.ColorSpace)) for s in form.Resources.Shading.values()]
        grey = form.Resources.Shading.S1.Function
        assert sorted(kinds) == [(2, "/DeviceCMYK"), (3, "/DeviceCMYK")]
        # greys alone are a blend of black alone
        assert [float(v) for v in (*grey.C0, *grey.C1)] == [0, 0, 0, 0, 0, 0, 0, 1]
    assert near(pixel(file, 2, 50), (0xC8, 0x40, 0x40), 45)
    assert near(pixel(file, 97, 50), (0xF0, 0xE6, 0x5A), 45)
    assert pixel(file, 50, 50)[1] in range(pixel(file, 2, 50)[1], pixel(file, 97, 50)[1])
    assert near(pixel(file, 150, 50), (255, 255, 255), 12)
    assert max(pixel(file, 188, 50)) < 140
    assert near(pixel(file, 199, 2), (255, 255, 255), 2)


def test_a_blend_of_black_is_neutral_for_readers(tmp_path: Path) -> None:
    file = printed(GRADIENTS, tmp_path, standard="screen")
    with pikepdf.open(file) as pdf:
        (form,) = pdf.pages[0].Resources.XObject.values()
        ramp = form.Resources.Shading.S1.Function.read_bytes()
    assert all(ramp[k] == ramp[k + 1] == ramp[k + 2] for k in range(0, len(ramp), 3))
    assert (ramp[0], ramp[-1]) == (255, 0)


STYLES = (
    "<style>.a{fill:#c03030}.a.b,#x{fill:rgb(20%,40%,80%)}</style>"
    '<defs><symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10"/></symbol></defs>'
    '<rect class="a" width="20" height="20"/><rect class="a b" x="30" width="20" height="20"/>'
    '<g style="fill:#30a050" transform="translate(60) scale(2,1)"><rect width="10" height="20"/>'
    '</g><use href="#s" x="90" width="20" height="20" fill="#c03030"/>'
    '<rect id="x" x="120" width="20" height="20" transform="rotate(90 130 10)"/>'
    '<rect x="150" width="20" height="20" fill="#c03030" opacity=".5"/>'
)


def test_styles_uses_and_transforms_are_followed(tmp_path: Path) -> None:
    file = printed(STYLES, tmp_path)
    red, blue, green = pixel(file, 10, 10), pixel(file, 40, 10), pixel(file, 70, 10)
    assert red[0] > 150 > max(red[1:])
    assert blue[2] > 130 > blue[0]
    assert green[1] > max(green[0], green[2]) + 30
    assert pixel(file, 100, 10) == red
    assert pixel(file, 130, 10) == blue
    # over nothing but paper, what is seen through is paper
    assert all(a < b <= 255 for a, b in zip(red, pixel(file, 160, 10), strict=True))


@pytest.mark.parametrize("standard", ["pdfx4", "pdfx1a", "pdfx3", "pdfa2"])
def test_every_standard_takes_it(standard: str, tmp_path: Path) -> None:
    file = printed(GRADIENTS, tmp_path, standard=standard)
    assert conformance(file, STANDARDS[standard]) == []
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
def test_black_is_on_the_black_plate_alone(tmp_path: Path) -> None:
    file = printed('<rect width="90" height="90"/><path d="M100 0h9v9" stroke="#333"/>', tmp_path)
    subprocess.run(
        ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72",
         "-o", tmp_path / "p%d.tif", file],
        check=True, capture_output=True,
    )  # fmt: skip
    for ink in ("Cyan", "Magenta", "Yellow", "Black"):
        with Image.open(tmp_path / f"p1({ink}).tif") as plate:
            assert plate.getextrema() == ((0, 255) if ink == "Black" else (255, 255))


OVER = (
    '<rect width="90" height="90" fill="#c03030"/>'
    '<rect width="50" height="50" fill="#30a050" opacity=".5"/>'
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<text>报</text>", "line 1: text in it – turn it into outlines (paths)"),
        ('<image href="a.png"/>', "line 1: a picture in it – draw it with paths"),
        ('<rect width="9" height="9" filter="url(#f)"/>', "filter"),
        ('<rect width="9" height="9" style="mask:url(#m)"/>', "mask"),
        ('<rect width="9" height="9" style="mix-blend-mode:multiply"/>', "mix-blend-mode"),
        ('<rect width="9" height="9" fill="url(#none)"/>', "#none"),
        ('<rect width="9" height="9" fill="reddish"/>', "reddish"),
        ("<style>@media print{rect{fill:red}}</style><rect/>", "@media"),
        ("<blink/>", "the element blink is not understood"),
        (OVER, "line 1: a see-through shape over others – give it the colour that is seen"),
    ],
)  # fmt: skip
def test_what_would_look_otherwise_is_refused(body: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        printed(body, tmp_path)
    assert str(refused.value).startswith("issue.yaml:9:7: a.svg: ")
    assert said in str(refused.value)
    assert " – " in str(refused.value)
    assert not (tmp_path / "page.pdf").exists()


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ('width="200" height="100"', (1000.0, 500.0)),
        ('width="20mm" height="80mm"', (250.0, 1000.0)),
        ('viewBox="0 0 30 60"', (500.0, 1000.0)),
    ],
)
def test_the_size_is_the_drawings_own(
    size: str, shown: tuple[float, float], tmp_path: Path
) -> None:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    with pikepdf.open(printed('<rect width="9" height="9"/>', tmp_path, head)) as pdf:
        (form,) = pdf.pages[0].Resources.XObject.values()
        assert [float(v) for v in form.BBox] == pytest.approx([0, 0, *shown])
