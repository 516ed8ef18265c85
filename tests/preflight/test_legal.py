"""Items of record: printed at the foot of the last page, missed where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from layout.cli import cli
from layout.examine import examine
from layout.findings import InputError
from layout.fonts import FontSet
from layout.issue import load
from layout.legal import ITEMS, legal
from layout.makeup import Made, make_up
from layout.sheet.items import TextLine
from tests.makeup.test_jump import issue

RECORD = """sponsor: 天地市委主管主办
publisher: 天地日报社出版
registration: CN 00—0000
hotline: 1234567
price: 每份1.00元
printer: 天地印务公司
address: 天地市玄黄路1号
postcode: "000001"
"""


def folder(tmp_path: Path, record: str = RECORD, sheet: str = "") -> Path:
    """Three pages of a paper that gives these items."""
    file = issue(tmp_path, "2")
    publication = tmp_path / "publication.yaml"
    text = publication.read_text("utf-8").replace("lines: 120}", f"lines: 120{sheet}}}")
    publication.write_text(text + record, "utf-8")
    return file


def feet(made: list[Made]) -> list[list[str]]:
    return [
        [item.text for g in page.sheet.groups if g.kind == "colophon"
         for item in g.items if isinstance(item, TextLine)]
        for page in made
    ]  # fmt: skip


def test_the_colophon_stands_at_the_foot_of_the_last_page(
    tmp_path: Path, test_fonts: FontSet
) -> None:
    made = make_up(load(folder(tmp_path)), test_fonts)
    assert feet(made) == [[], [], [
        "本报地址：天地市玄黄路1号", "邮政编码：000001", "印刷：天地印务公司", "零售价：每份1.00元",
    ]]  # fmt: skip
    sheet = made[2].sheet
    (group,) = (g for g in sheet.groups if g.kind == "colophon")
    assert group.box.y >= sheet.grid.type_area.bottom
    lines = [item for item in group.items if isinstance(item, TextLine)]
    assert lines[0].x == 0.0
    assert lines[-1].x + lines[-1].width == pytest.approx(group.box.width, abs=0.01)
    assert max(line.y for line in lines) < group.box.height


def test_a_paper_that_gives_nothing_has_none(tmp_path: Path, test_fonts: FontSet) -> None:
    assert feet(make_up(load(folder(tmp_path, "")), test_fonts)) == [[], [], []]


def test_a_foot_margin_too_small_is_refused(tmp_path: Path, test_fonts: FontSet) -> None:
    margins = ", margins: {top: 52mm, right: 20mm, bottom: 5mm, left: 20mm}, leading: 11.6pt"
    with pytest.raises(InputError, match="the colophon needs") as refused:
        make_up(load(folder(tmp_path, sheet=margins)), test_fonts)
    assert "publication.yaml:10:" in str(refused.value)


def test_a_whole_issue_is_clean(tmp_path: Path) -> None:
    assert [f for f in examine(folder(tmp_path)) if f.check.startswith("legal/")] == []


@pytest.mark.parametrize("left_out", ["nothing", "registration"])
def test_a_traditional_paper_is_clean(left_out: str, tmp_path: Path) -> None:
    """Its words are found too; without a 刊号 it is not asked for the rest."""
    lines = [line for line in RECORD.splitlines() if not line.startswith(left_out)]
    if left_out != "nothing":
        lines = [line for line in lines if not line.startswith("address")]
    record = "\n".join(["script: traditional", *lines, ""]).replace("主办", "主辦")
    assert [f for f in examine(folder(tmp_path, record)) if "legal/" in f.check] == []


@pytest.mark.parametrize("key", [i.key for i in ITEMS if "issue.yaml" not in i.key])
def test_check_names_the_item_that_is_missing(key: str, tmp_path: Path) -> None:
    record = "".join(line for line in RECORD.splitlines(True) if not line.startswith(key))
    (found,) = (f for f in examine(folder(tmp_path, record)) if "legal/" in f.check)
    assert found.check == next(item.check for item in ITEMS if item.key == key)
    assert key in (found.hint or "")
    assert str(found.mark).startswith(str(tmp_path / "publication.yaml"))


def test_papers_that_say_nothing_of_it_are_left_alone(tmp_path: Path) -> None:
    assert not [f for f in examine(folder(tmp_path, "")) if "legal/" in f.check]


def test_foot_items_wait_for_the_last_page() -> None:
    front = "国内统一刊号 CN 00—0000 总第1期 2025年2月 今日8版 天地市委主管主办 天地日报社出版"
    assert list(legal([front])) == []
    assert {f.check for f in legal([front, *[""] * 7])} == {
        "legal/telephone", "legal/address", "legal/postcode", "legal/price", "legal/printer",
    }  # fmt: skip


def test_more_pages_than_promised_are_an_error() -> None:
    found = next(iter(legal(["今日1版", ""])))
    assert (found.check, found.severity.value) == ("legal/pages", "error")
    assert "2 pages where 1" in found.message


def test_preflight_looks_at_the_finished_pages(tmp_path: Path) -> None:
    record = RECORD.replace("printer", "#printer")
    file = folder(tmp_path, record)
    run = CliRunner()
    assert run.invoke(cli, [str(file), "-o", str(tmp_path / "out")]).exit_code in (0, 1)
    pages = sorted(map(str, (tmp_path / "out/2025-02-25").glob("*.pdf")))
    assert len(pages) == 3
    told = run.invoke(cli, ["preflight", "--issue", *pages]).output
    assert "[legal/printer]" in told
    assert told.count("[legal/") == 1
    assert "legal/" not in run.invoke(cli, ["preflight", *pages]).output
