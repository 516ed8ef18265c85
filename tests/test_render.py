"""The whole journey on the sample issue, read back by other people's tools."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from layout.fonts import manifest
from layout.issue import load

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "issues/changji-daily/2025-02-25/issue.yaml"
NAME = "CJRB2025022501"
# What stands on the reference page besides the stories.
FURNITURE = (
    "CHANGJI RIBAO",
    "中共昌吉回族自治州委员会主管主办",
    "昌吉州融媒体中心出版",
    "丝路昌吉",
    "客户端",
    "2025年2月",
    "25",
    "星期二",
    "乙巳年正月廿八",
    "总第12199期",
    "今日8版",
    "国内统一刊号",
    "CN 65—0010",
    "邮发代号",
    "57—103",
    "中国昌吉网",
    "http://www.cjxw.cn",
    "昌吉日报邮箱",
    "cjrb@sina.com",
    "24小时新闻热线",
    "2881100",
    "新春新气象好开局",
)


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a pipe."""
    return subprocess.run(
        [Path(sys.executable).with_name("render"), *map(str, arguments)],
        capture_output=True, text=True, check=False, env=os.environ | environment,
    )  # fmt: skip


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    ran = run(SAMPLE, "-o", folder, "--png", "--dpi", 40)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == ""
    return folder / "2025-02-25"


@pytest.fixture(scope="module")
def report(output: Path) -> dict:
    return json.loads((output / "report.json").read_text("utf-8"))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def expected_story_texts() -> list[tuple[list[str], str]]:
    """Display lines and body of each story, without white space."""
    found = []
    for story in load(SAMPLE).pages[0].stories:
        head = story.headline
        display = [c.text for c in (head.kicker, *head.lines, head.deck) if c]
        found.append((display, squeezed("".join(block.text for block in story.blocks))))
    return found


def test_files(output: Path) -> None:
    names = sorted(file.name for file in output.iterdir())
    assert names == [f"{NAME}.pdf", f"{NAME}.png", "report.json"]


def test_boxes_fonts_and_colours(output: Path) -> None:
    with pikepdf.open(output / f"{NAME}.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []
        page = pdf.pages[0]
        assert [round(float(v), 1) for v in page.trimbox] == [8.5, 8.5, 1114.0, 1567.6]
        assert list(page.bleedbox) == list(page.mediabox)
        for font in page.resources.Font.values():
            assert font.Subtype == "/Type0"
            assert font.Encoding == "/Identity-H"
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))
        operators = [(str(op), operands) for operands, op in pikepdf.parse_content_stream(page)]
        assert not {"rg", "RG", "sc", "scn", "cs", "g"} & {op for op, _ in operators}
        fill: list[float] = []
        shown = 0
        for op, operands in operators:
            if op == "k":
                fill = [float(v) for v in operands]
            elif op in ("Tj", "TJ"):
                assert fill == [0, 0, 0, 1], "type is 100 % K"
                shown += 1
        assert shown > 300
        for obj in pdf.objects:
            if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image":
                assert obj.ColorSpace == "/DeviceCMYK"
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert [squeezed(t) for t in titles] == [
        squeezed("".join(line.text for line in story.headline.lines))
        for story in load(SAMPLE).pages[0].stories
    ]


def test_pdfium_reads_furniture_headlines_and_stories_in_order(output: Path) -> None:
    with pypdfium2.PdfDocument(output / f"{NAME}.pdf") as pdf:
        text = pdf[0].get_textpage().get_text_range()
    for words in FURNITURE:
        assert squeezed(words) in squeezed(text), words
    at = 0
    for display, body in expected_story_texts():
        for line in display:
            at = squeezed(text).index(squeezed(line), at)
        at = squeezed(text).index(body, at)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_poppler_reads_furniture_and_stories(output: Path) -> None:
    pdf = output / f"{NAME}.pdf"
    plain = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    for words in FURNITURE:
        assert squeezed(words) in squeezed(plain.stdout), words
    for words in ("总第12199期", "乙巳年正月廿八", "CHANGJI RIBAO", "新春新气象好开局"):
        assert words in plain.stdout
    raw = subprocess.run(
        ["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True
    )
    at = 0
    for display, body in expected_story_texts():
        for line in display:
            at = squeezed(raw.stdout).index(squeezed(line), at)
        at = squeezed(raw.stdout).index(body, at)
    fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True)
    for row in fonts.stdout.splitlines()[2:]:
        assert re.search(r"CID (TrueType|Type 0C)\s+Identity-H\s+yes yes yes", row), row


@pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is not installed")
def test_ghostscript_finds_type_on_the_black_plate_only(output: Path, tmp_path: Path) -> None:
    subprocess.run(
        ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72", "-dUseTrimBox",
         f"-sOutputFile={tmp_path}/p%d.tif", output / f"{NAME}.pdf"],
        check=True, capture_output=True,
    )  # fmt: skip
    report = json.loads((output / "report.json").read_text("utf-8"))
    plates = {
        plate: Image.open(next(tmp_path.glob(f"*({plate}).tif"))).convert("L")
        for plate in ("Cyan", "Magenta", "Yellow", "Black")
    }
    legs = [leg["box"] for story in report["pages"][0]["stories"] for leg in story["legs"]]
    assert len(legs) > 10
    for x, y, width, height in legs:
        area = (int(x) + 1, int(y) + 1, int(x + width) - 1, int(y + height) - 1)
        assert plates["Black"].crop(area).getextrema()[0] < 100
        for plate in ("Cyan", "Magenta", "Yellow"):
            assert plates[plate].crop(area).getextrema() == (255, 255)


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_nothing(output: Path) -> None:
    ran = subprocess.run(
        ["qpdf", "--check", output / f"{NAME}.pdf"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


def test_the_qr_code_can_be_read_off_the_page(output: Path) -> None:
    with pypdfium2.PdfDocument(output / f"{NAME}.pdf") as pdf:
        page = pdf[0].render(scale=150 / 72).to_pil().convert("L")
    head = page.crop((0, 0, page.width, page.height // 6))
    assert [code.text for code in zxingcpp.read_barcodes(head)] == ["http://www.cjxw.cn"]


def lowest(boxes: list[list[float]], leg: dict) -> list[float]:
    """Of a story's boxes the lowest that a leg stands in: an L has two."""
    x = leg["box"][0]
    return max((b for b in boxes if b[0] - 0.01 <= x < b[0] + b[2]), key=lambda b: b[1])


def test_report_lines_are_flush_and_complete(report: dict) -> None:
    (page,) = report["pages"]
    assert page["findings"] == []
    for story, (_, body) in zip(page["stories"], expected_story_texts(), strict=True):
        assert story["overset"] == story["leftover_lines"] == 0
        lines = [line for leg in story["legs"] for line in leg["lines"]]
        assert squeezed("".join(line["text"] for line in lines)).endswith(body)
        for part in story["boxes"]:
            legs = [leg["box"] for leg in story["legs"] if lowest(story["boxes"], leg) == part]
            feet = [y + height for _, y, _, height in legs]
            assert not feet or max(feet) - min(feet) <= page["grid"]["leading"] + 0.01
        for line in lines:
            assert line["width"] <= line["measure"] + 0.01


def test_report_positions_are_where_pdfium_finds_the_type(output: Path, report: dict) -> None:
    (page,) = report["pages"]
    bleed = 8.504
    with pypdfium2.PdfDocument(output / f"{NAME}.pdf") as pdf:
        text = pdf[0].get_textpage()
        high = pdf[0].get_height()
        for story in page["stories"]:
            line = story["legs"][0]["lines"][2]
            search, places = text.search(line["text"][:5]), []
            while found := search.get_next():
                left, bottom, _, _ = text.get_charbox(found[0])
                places.append((left - bleed - line["x"], high - bottom - bleed - line["y"]))
            assert any(-5 < dx < 5 and -1 < dy < 2 for dx, dy in places), (line, places)


def test_same_input_same_bytes_whatever_the_hash_seed(output: Path, tmp_path: Path) -> None:
    ran = run(SAMPLE, "-o", tmp_path, PYTHONHASHSEED="4711", TZ="America/Lima", LC_ALL="C")
    assert ran.returncode == 0
    again = (tmp_path / "2025-02-25" / f"{NAME}.pdf").read_bytes()
    assert again == (output / f"{NAME}.pdf").read_bytes()


def test_bad_input_leaves_what_was_there(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE.parents[1], tmp_path / "paper")
    issue = tmp_path / "paper/2025-02-25/issue.yaml"
    out = tmp_path / "out/2025-02-25"
    out.mkdir(parents=True)
    (out / f"{NAME}.pdf").write_text("yesterday's")
    issue.write_text(issue.read_text("utf-8").replace("number:", "nummer:"), "utf-8")
    ran = run(issue, "-o", tmp_path / "out")
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert ran.stderr.splitlines()[1].endswith(
        "issue.yaml:3:1: unknown key 'nummer' – did you mean 'number'?"
    )
    assert (out / f"{NAME}.pdf").read_text() == "yesterday's"
    assert [file.name for file in out.iterdir()] == [f"{NAME}.pdf"]


def test_a_picture_that_breaks_off_writes_nothing(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE.parents[1], tmp_path / "paper")
    photo = tmp_path / "paper/2025-02-25/photos/green-power.jpg"
    photo.write_bytes(photo.read_bytes()[:40_000])
    ran = run(tmp_path / "paper/2025-02-25/issue.yaml", "-o", tmp_path / "out")
    assert ran.returncode == 2
    assert "green-power.jpg" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list((tmp_path / "out").rglob("*.*"))


def test_a_machine_without_the_npm_client_prints_a_full_page(tmp_path: Path) -> None:
    ran = run(SAMPLE, "-o", tmp_path, DUIKAI_FONT_CACHE=str(tmp_path / "empty"))
    assert ran.returncode == 0
    assert "face NotoSerifSC-Black for role song-black is not on this machine" in ran.stderr
    strict = run("check", SAMPLE, "--strict", DUIKAI_FONT_CACHE=str(tmp_path / "empty"))
    assert strict.returncode == 1
    report = json.loads((tmp_path / "2025-02-25/report.json").read_text("utf-8"))
    assert {font["face"] for font in report["fonts"]} >= {"NotoSansSC-900", "NotoSerifSC-Regular"}
    (page,) = report["pages"]
    assert [story["overset"] for story in page["stories"]] == [0] * 7


def test_help_is_one_screen_and_loads_nothing_heavy() -> None:
    ran = run("--help")
    assert ran.returncode == 0
    assert len(ran.stdout.splitlines()) <= 40
    probe = (
        "import sys; sys.argv=['render','--help']\n"
        "from layout.cli import cli\n"
        "try: cli()\nexcept SystemExit: pass\n"
        "print([m for m in ('yaml','uharfbuzz','reportlab','PIL','pypdfium2') if m in sys.modules])"
    )
    heavy = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert heavy.stdout.splitlines()[-1] == "[]"


def test_rendering_the_sample_imports_nothing_it_has_no_use_for(tmp_path: Path) -> None:
    probe = (
        "import sys\nfrom pathlib import Path\nfrom layout.render import Options, render\n"
        f"render(Path({str(SAMPLE)!r}), Options(output=Path({str(tmp_path)!r})))\n"
        "heavy = 'fontTools.ttLib', 'numpy', 'reportlab', 'pikepdf', 'markdown_it', 'tarfile'\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    ran = run(SAMPLE, "-o", tmp_path, "--page", 3)
    assert ran.returncode == 2
    assert ran.stderr == "the issue has no page 3 – it lists pages 1\n"


def test_json_goes_to_standard_output(tmp_path: Path) -> None:
    ran = run(SAMPLE, "-o", tmp_path, "--json")
    assert json.loads(ran.stdout)["number"] == 12199


@pytest.mark.skipif(bool(manifest.missing()), reason="the npm faces are not here")
def test_sheet_text_is_the_accepted_one() -> None:
    """The snapshot. To accept a change: python tools/accept_sheet.py, then read the diff."""
    from layout.render import set_issue

    (text,) = set_issue(SAMPLE).texts
    accepted = (ROOT / "tests/issues/front-page.txt").read_text("utf-8")
    assert text == accepted


def test_check_fix_mends_the_stories_and_nothing_else(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE.parents[1], tmp_path / "paper")
    issue = tmp_path / "paper/2025-02-25/issue.yaml"
    story = issue.parent / "stories/07-spring-supplies.md"
    clean = story.read_text("utf-8")
    story.write_text(clean.replace("忙碌起来，46家", "忙碌起来,46家"), "utf-8")
    said = run("check", issue)
    assert said.returncode == 0
    assert said.stderr.startswith(f"note: {story}:6:")
    assert "“,” set as “，”" in said.stderr
    fixed = run("check", issue, "--fix")
    assert fixed.stderr == f"fixed {story}\n"
    assert story.read_text("utf-8") == clean


def test_check_fix_says_what_it_left_alone(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE.parents[1], tmp_path / "paper")
    issue = tmp_path / "paper/2025-02-25/issue.yaml"
    story = issue.parent / "stories/07-spring-supplies.md"
    clean = story.read_text("utf-8")
    story.write_text(
        clean.replace("headline: 农资", "kicker: &k 春耕,春灌\nheadline: 农资"), "utf-8"
    )
    story.write_text(story.read_text("utf-8").replace("dateline:", "deck: *k\ndateline:"), "utf-8")
    ran = run("check", issue, "--fix")
    assert ran.returncode == 0
    assert f"warning: {story}:2:9: not written back" in ran.stderr
    assert "fixed" not in ran.stderr.replace("not-fixed", "")


def test_why_says_what_else_there_was() -> None:
    ran = run("why", SAMPLE, "04-job-fair")
    assert ran.returncode == 0
    assert ran.stdout.startswith("stories/04-job-fair.md · page 1 · rank 4 · columns ")
    assert "  instead\n" in ran.stdout
    told = json.loads(run("why", SAMPLE, "stories/04-job-fair.md", "--json").stdout)
    assert told[0]["page"] == 1
    assert len(told[0]["why"]["alternatives"]) >= 5


def test_why_of_no_story() -> None:
    ran = run("why", SAMPLE, "04-jobfair")
    assert ran.returncode == 2
    assert ran.stderr.endswith("04-jobfair is no story here – did you mean 04-job-fair?\n")
