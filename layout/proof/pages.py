"""Pages to be compared: an issue made up, or a folder of snapshots, each page as a record.

A page picture is drawn only when somebody asks for it: comparing needs the text alone.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from layout.findings import InputError, Mark, bad_input
from layout.render import SetIssue, set_issue
from layout.sheet.items import Artwork, Picture, Sheet
from layout.sheet.record import Record, boxed, read

TEXT, PICTURE = ".sheet.txt", ".png"
DPI = 96
_DIGEST = 8


class Page(msgspec.Struct, frozen=True):
    """A page, how to draw its picture (PNG) and, of an issue, how to write its PDF."""

    name: str
    record: Record
    text: str
    picture: Callable[[], bytes | None]
    pdf: Callable[[Path], Path] | None = None


def of_issue(issue_file: Path, numbers: tuple[int, ...] = ()) -> list[Page]:
    """Every page of an issue as it is made up now."""
    made_up = set_issue(issue_file, numbers)
    return list(_made(made_up))


def _made(made_up: SetIssue) -> Iterator[Page]:
    for made in made_up.pages:
        text = made_up.text(made, _files(made.sheet))
        record = boxed(read(text), made.sheet)

        def pdf(folder: Path, made=made) -> Path:  # type: ignore[no-untyped-def]
            return Path(made_up.press(made, folder).file)

        def drawn(pdf: Callable[[Path], Path] = pdf) -> bytes:
            return _drawn(pdf)

        yield Page(record.page, record, text, drawn, pdf)


def _drawn(pdf: Callable[[Path], Path]) -> bytes:
    """The page's picture in sixteen steps a colour: less than half the bytes to be kept."""
    from PIL import Image  # late, as pdfium: wanted only for pictures

    from layout.raster import page_png

    with tempfile.TemporaryDirectory(prefix="duikai-") as name:
        out, data = Path(name) / "page.png", io.BytesIO()
        page_png(pdf(Path(name)), out, DPI)
        with Image.open(out) as drawn:
            steps = drawn.convert("RGB").point([round(v / 17) * 17 for v in range(256)] * 3)
        steps.save(data, "PNG", dpi=(DPI, DPI))
    return data.getvalue()


def _files(sheet: Sheet) -> dict[str, str]:
    """Name → hash of the pictures on a page; of one name in two folders, both."""
    placed = {
        item.file
        for group, _, _ in sheet.walk()
        for item in group.items
        if isinstance(item, (Picture, Artwork))
    }
    found: dict[str, str] = {}
    for file in sorted(placed):
        digest = sha256(Path(file).read_bytes()).hexdigest()[:_DIGEST]
        name = Path(file).name
        found[name] = f"{found[name]}+{digest}" if name in found else digest
    return found


def of_folder(folder: Path) -> list[Page]:
    """Every page of a folder of snapshots."""
    return [of_text(file) for file in sorted(folder.glob(f"*{TEXT}"))]


def of_text(file: Path) -> Page:
    """A page from its sheet text, its picture beside it; InputError when it is none."""
    try:
        text = file.read_text("utf-8")
        record = read(text)
    except (OSError, ValueError) as fault:
        hint = "name a file that `render snapshot` wrote"
        raise InputError(
            [bad_input("diff", f"no sheet text: {fault}", hint, Mark(str(file)))]
        ) from fault
    beside = file.with_name(file.name.removesuffix(TEXT) + PICTURE)
    return Page(
        record.page, record, text, lambda: beside.read_bytes() if beside.is_file() else None
    )
