"""Tagged pages: the tree as pikepdf finds it, and as pdfium and poppler tell it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image
from pypdfium2 import raw

from layout.geometry import Box
from layout.sheet.items import BLACK, Group, Item, Outline, Rule, Sheet, Tag, TextLine, Tint

from .samples import line, picture, press, run, sheet, song
from .test_witnesses import told

FACE = song()
SQUARE = (("M", 0.0, 0.0), ("L", 9.0, 0.0), ("L", 9.0, 9.0), ("L", 0.0, 9.0), ("Z",))


def said(y: float, text: str, kind: str, opens: bool = True, **cell: int) -> TextLine:
    return replace(line(0.0, y, run(FACE, text, 9.0)), tag=Tag(kind, opens, **cell))


def group(kind: str, *items: Item, label: str = "") -> Group:
    return Group(kind, kind, Box(0.0, 0.0, 100.0, 100.0), items, label)


def page(photo: Path) -> Sheet:
    shown = replace(picture(photo, Box(100.0, 10.0, 50.0, 40.0)), alt="天山")
    story = group(
        "story",
        Tint(Box(0.0, 0.0, 90.0, 90.0), BLACK),
        group("head", said(10, "云腾", "kicker"), said(30, "天地", "headline"),
              said(40, "玄黄", "headline", opens=False), said(50, "致雨", "deck")),
        group("leg", said(60, "宇宙", "paragraph"), said(70, "洪荒", "paragraph", opens=False),
              Outline("dots", SQUARE, BLACK), said(80, "日月", "paragraph")),
        group("leg", said(60, "盈昃", "paragraph", opens=False), said(70, "辰宿", "subhead"),
              said(80, "列张", "paragraph")),
        group("photo", shown, said(90, "寒来", "caption"),
              said(95, "暑往", "caption", opens=False)),
        label="天地玄黄",
    )  # fmt: skip
    ad = group("ad", replace(picture(photo, Box(200.0, 10.0, 50.0, 40.0)), alt="茶.png"))
    return replace(
        sheet(bleed=8.5),
        groups=(
            group("masthead", replace(Outline("nameplate", SQUARE, BLACK), alt="昌吉日报"),
                  line(0.0, 20.0, run(FACE, "秋收", 9.0))),
            group("folio", line(0.0, 30.0, run(FACE, "冬藏", 9.0))),
            story, ad, group("separation", Rule(0.0, 0.0, 100.0, 0.0, 0.5)),
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tagged")
    Image.new("RGB", (300, 200), (90, 120, 150)).save(folder / "photo.jpg")
    return press(page(folder / "photo.jpg"), folder / "a.pdf", FACE)


def kinds(element: pikepdf.Object) -> object:
    """The tree's types: a leaf is a string, a node a list that begins with its own."""
    kids = [kid for kid in of(element) if isinstance(kid, pikepdf.Dictionary)]
    name = str(element.S).removeprefix("/")
    return [name, *map(kinds, kids)] if kids else name


def of(element: pikepdf.Object) -> Iterator[object]:
    found = element.get("/K", [])
    yield from found if isinstance(found, pikepdf.Array) else [found]


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    for kid in of(element):
        if isinstance(kid, pikepdf.Dictionary):
            yield from elements(kid)


def test_the_tree_is_articles_in_reading_order(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        root = document.Root.StructTreeRoot
        (whole,) = root.K
        assert kinds(whole) == [
            "Document",
            ["Masthead", "Figure", "P"],
            ["Art", "Kicker", "H1", "Deck", "P", "P", "H2", "P", ["Figure", "Caption"]],
            ["Advertisement", "Figure"],
        ]
        assert {str(k): str(v) for k, v in root.RoleMap.items()} == {
            "/Kicker": "/P", "/Deck": "/P",
            "/Masthead": "/Sect", "/Banner": "/Sect", "/Advertisement": "/Sect",
        }  # fmt: skip
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "zh-CN"
        titles = [str(e.T) for e in elements(whole) if "/T" in e]
        assert titles == ["天地玄黄"]


def test_figures_say_what_is_seen_and_where(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        (whole,) = document.Root.StructTreeRoot.K
        figures = [e for e in elements(whole) if e.S == "/Figure"]
    assert [str(f.Alt) for f in figures] == ["昌吉日报", "天山", "茶.png"]
    corners = [float(v) for v in figures[1].A.BBox]
    # trim 300 high, bleed 8.5: from 10 to 50 below the trim's head
    assert corners == [108.5, 258.5, 158.5, 298.5]


def artifacts_of(document: pikepdf.Pdf) -> set[tuple[str, str]]:
    """Kinds of artifacts of a page on which all that is drawn is marked and marks have owners."""
    (sheet_page,) = document.pages
    root = document.Root.StructTreeRoot
    key, owners = root.ParentTree.Nums
    assert key == sheet_page.StructParents < root.ParentTreeNextKey
    marked, depth, artifacts = [], [], set()
    for operands, operator in pikepdf.parse_content_stream(sheet_page):
        match str(operator):
            case "BDC":
                tag, properties = operands
                depth.append(str(tag))
                if "/MCID" in properties:
                    assert len(depth) == 1, "no marked content of the tree inside other"
                    marked.append((str(tag), int(properties.MCID)))
                if tag == "/Artifact":
                    artifacts.add((str(properties.Type), str(properties.get("/Subtype"))))
            case "EMC":
                depth.pop()
            case "Tj" | "TJ" | "f" | "S" | "Do":
                assert depth, "drawn without a mark"
    assert depth == []
    assert [number for _, number in marked] == list(range(len(owners)))
    for tag, number in marked:
        assert tag in (owners[number].S, "/Span")
        assert number in list(of(owners[number]))
        assert owners[number].Pg == sheet_page.obj
    return artifacts


def test_marks_and_tree_agree(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        assert artifacts_of(document) == {("/Layout", "None"), ("/Pagination", "/Header")}


def test_a_paragraph_is_one_over_legs_and_dots(pdf: Path) -> None:
    told_ = told("pdfinfo", "-struct-text", pdf)
    copy = re.findall(r'^ {6,}"(.+)"$', told_.split("  Art ")[1], re.M)
    assert copy == ["云腾", "天地玄黄", "致雨", "宇宙洪荒", "日月盈昃", "辰宿", "列张", "寒来暑往"]
    assert "冬藏" not in told_, "the folio is an artifact"


def test_pdfium_finds_the_tree(pdf: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    tree = raw.FPDF_StructTree_GetForPage(document[0])

    def string(function: object, element: object) -> str:
        size = function(element, None, 0)  # type: ignore[operator]
        buffer = ctypes.create_string_buffer(size)
        function(element, buffer, size)  # type: ignore[operator]
        return buffer.raw.decode("utf-16-le").rstrip("\0")

    def walk(element: object) -> Iterator[tuple[str, str]]:
        yield (string(raw.FPDF_StructElement_GetType, element),
               string(raw.FPDF_StructElement_GetAltText, element))  # fmt: skip
        for k in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, k):
                yield from walk(child)

    found = list(walk(raw.FPDF_StructTree_GetChildAtIndex(tree, 0)))
    raw.FPDF_StructTree_Close(tree)
    assert ("Figure", "天山") in found
    assert [kind for kind, _ in found].count("P") == 6, "kicker and deck are paragraphs to it"


def test_tables_have_rows_and_headers(tmp_path: Path) -> None:
    rows = [("园区", "机架"), ("", "三千"), ("准东", "")]
    cells = [
        said(20.0 * r, text, "cell" if r else "header", row=r, column=c)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    ]
    broken = said(50.0, "六百", "cell", opens=False, row=1, column=1)
    story = group("story", *cells[:3], broken, *cells[3:], *cells[:2])
    out = press(replace(sheet(), groups=(story,)), tmp_path / "a.pdf", FACE)
    with pikepdf.open(out) as document:
        (whole,) = document.Root.StructTreeRoot.K
        assert kinds(whole.K) == [
            "Art",
            ["Table", ["TR", "TH", "TH"], ["TR", "TD", "TD"], ["TR", "TD", "TD"]],
            ["Table", ["TR", "TH", "TH"]],
        ]
        heads = [e for e in elements(whole) if e.S == "/TH"]
        assert {str(head.A.Scope) for head in heads} == {"/Column"}
    assert "三千六百" in told("pdfinfo", "-struct-text", out)
