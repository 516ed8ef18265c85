"""What a paper must print of itself in every issue: items of record, looked for over all its pages.

Comes in: the pages' text. Goes out: an item each that is not found. Source: 《报纸出版管理规定》
(2005), items of record (版本记录); publications it does not bind pass over the warnings. What is
printed at the foot of the last page is asked for when all pages that 今日N版 promises are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from layout.findings import Finding, Severity

_PAGES = re.compile(r"(?:今日|本期|共)(\d+)版")


class Item(msgspec.Struct, frozen=True):
    """An item, how it is printed, the key of publication.yaml or issue.yaml that brings it."""

    check: str
    name: str
    printed: str
    key: str
    at_the_foot: bool = False


ITEMS = (
    Item("legal/registration", "国内统一刊号", r"CN\d{2}[—–-]{1,2}\d{4}", "registration"),
    Item("legal/number", "总期号", r"第\d+期", "number in issue.yaml"),
    Item("legal/date", "出版日期", r"\d{4}年\d{1,2}月", "date in issue.yaml"),
    Item("legal/pages", "版数", _PAGES.pattern, "page_count in issue.yaml"),
    Item("legal/sponsor", "主管主办单位", "主管|主[办辦]", "sponsor"),
    Item("legal/publisher", "出版单位", "出版", "publisher"),
    Item("legal/telephone", "电话", "(?:电话|電話|热线|熱線)[^。]{0,4}[0-9（(]", "hotline", True),
    Item("legal/address", "地址", "(?:地址|社址)[：:]?", "address", True),
    Item(
        "legal/postcode",
        "邮政编码",
        "(?:邮政编码|郵政編碼|邮编|郵編)[：:]?[0-9]{6}",
        "postcode",
        True,
    ),
    Item("legal/price", "定价", r"(?:零售[价價]?|定[价價]|每份)[^。]{0,6}\d", "price", True),
    Item("legal/printer", "印刷单位", "印刷[：:]|承印|印刷[单單]位|印刷[厂廠]", "printer", True),
)


def legal(pages: Sequence[str]) -> Iterator[Finding]:
    """What is missing in the text of an issue's pages."""
    text = "".join("".join(page.split()) for page in pages)
    promised = _PAGES.search(text)
    count = int(promised[1]) if promised else len(pages)
    if len(pages) > count:
        yield _said("legal/pages", f"{len(pages)} pages where {count} are promised (今日{count}版)",
                    "set page_count, or leave it out", Severity.ERROR)  # fmt: skip
    for item in ITEMS:
        asked = len(pages) >= count or not item.at_the_foot
        if asked and not re.search(item.printed, text):
            yield _said(item.check, f"{item.name} is not printed on any page", f"give {item.key}")


def text_of(files: Sequence[Path]) -> list[str]:
    """The text of every page of PDFs, as pdfium reads it."""
    import pypdfium2  # late: only whole issues are read

    pages = []
    for file in files:
        with pypdfium2.PdfDocument(file) as pdf:
            pages += [page.get_textpage().get_text_range() for page in pdf]
    return pages


def _said(check: str, message: str, hint: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(check=check, severity=severity, message=message, hint=hint)
