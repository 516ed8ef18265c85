"""Photographs and picture advertisements as image objects (ISO 32000-1 8.9.5).

In: the sheet's pictures and the printing condition. Out: for each one the XObject, what was done
to it, and what is to be said about it. Pixels are made in `pixels`, which is imported only when a
page has pictures: Pillow costs 14 ms.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from layout.findings import Finding, InputError, Severity
from layout.geometry import Box, Size
from layout.press.ink import BLACK_IN_PICTURES_LIMIT, TOTAL_INK_LIMIT
from layout.press.laid import Square
from layout.press.objects import Literal, Name, Object, Value, packed
from layout.press.report import PictureReport
from layout.sheet.items import Group, Item, Picture, Sheet

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from PIL import Image

    from layout.press.pixels import Pixels

# Least effective resolution in print: twice the screen ruling of newsprint (100 lpi); pictures
# without grey levels show their steps sooner (pdfx.md, newspaper profile beyond ISO).
LEAST_PPI = {"CMYK": 200, "gray": 200, "bitonal": 800}

# Two fill two cores, since Pillow lets go of the interpreter while it decodes, scales and converts;
# each costs 60 MB (performance.md 6).
WORKERS = 2

# Pixels decoded while no page is made up yet, 4 bytes each: what two cores have time for by then.
AHEAD = 32_000_000

# Seconds until a busy interpreter lets a thread go on; Python's 5 ms would cost a picture 50 ms.
SWITCH = 0.0005

INTENT_NAME = "relative colorimetric, black-point compensation"  # pixels.py says why

# What no profile has touched.
_AS_IT_IS = {
    "CMYK": "CMYK picture, printed with the inks it has",
    "gray": "grey picture, printed with black alone",
}

_ENCODING: dict[str, dict[str, Value]] = {
    # Pillow, like Adobe, writes CMYK JPEGs inverted; PDF readers go by Decode alone.
    "CMYK": {
        "ColorSpace": Name("DeviceCMYK"),
        "BitsPerComponent": 8,
        "Filter": Name("DCTDecode"),
        "Decode": Literal("[1 0 1 0 1 0 1 0]"),
    },
    "gray": {
        "ColorSpace": Name("DeviceGray"),
        "BitsPerComponent": 8,
        "Filter": Name("DCTDecode"),
    },
    "bitonal": {"ColorSpace": Name("DeviceGray"), "BitsPerComponent": 1},
}


class PlacedPicture(msgspec.Struct, frozen=True):
    """A picture ready for the page: a hash of its samples, XObject, report, findings."""

    digest: str
    xobject: Object
    report: PictureReport
    square: Square
    findings: tuple[Finding, ...]


class _Use(msgspec.Struct, frozen=True):
    """A picture where it stands: page, box from the trim's top left, the story it belongs to."""

    picture: Picture
    page: int
    box: Box
    story: str | None

    def finding(self, check: str, severity: Severity, message: str, hint: str | None) -> Finding:
        return Finding(
            check=check,
            severity=severity,
            message=f"{self.picture.file}: {message}",
            hint=hint,
            mark=self.picture.source,
            story=self.story,
            page=self.page,
            box=self.box,
        )


class Engraver:
    """Pictures made ready on two threads: begun with a page as soon as it is made up.

    `root` is where relative paths begin, `profile` the printing condition, which may be given when
    pictures have been expected. Use it in a `with`: what nobody waits for any more is dropped at
    its end.
    """

    def __init__(self, root: Path, profile: bytes = b"") -> None:
        self._root, self.profile = root, profile
        self._pool: ThreadPoolExecutor | None = None
        self._begun: dict[Picture, Future[PlacedPicture | Finding]] = {}
        self._ahead: dict[str, Future[Image.Image | None]] = {}
        self._room = AHEAD
        self._interval = sys.getswitchinterval()

    def __enter__(self) -> Engraver:
        sys.setswitchinterval(SWITCH)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setswitchinterval(self._interval)
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        for ahead in self._ahead.values():  # of photographs that found no place, whatever they are
            if not ahead.cancelled() and not ahead.exception() and (image := ahead.result()):
                image.close()

    def expect(self, photos: Iterable[tuple[str, tuple[int, int], float]]) -> None:
        """Decode the first photographs – file, width and height in pixels, points across in print –
        before their pages are made up: those that want all their pixels, as most do. Others are
        decoded at a half, quarter or eighth when it is known how they are cut.
        """
        from layout.press.pixels import MOST_PPI, decoded  # late, for issues without pictures

        for file, (width, height), points in photos:
            whole = width < 2 * points / 72 * MOST_PPI
            if whole and file not in self._ahead and width * height <= self._room:
                self._room -= width * height
                self._ahead[file] = self._threads().submit(decoded, self._root / file)

    def begin(self, sheet: Sheet) -> None:
        """Start on a page's pictures."""
        for use in _uses(sheet.groups, sheet.page):
            self._start(use)

    def ready(self, sheet: Sheet) -> bool:
        """Whether nobody would have to wait for a page's pictures."""
        return all(self._start(use).done() for use in _uses(sheet.groups, sheet.page))

    def pictures(self, sheet: Sheet) -> dict[Picture, PlacedPicture]:
        """All of a page; those that cannot be printed are named in one `InputError`."""
        uses = list({use.picture: use for use in _uses(sheet.groups, sheet.page)}.values())
        begun = [self._start(use) for use in uses]
        made = [one.result() for one in begun]
        for use in uses:
            del self._begun[use.picture]
        if faults := [outcome for outcome in made if isinstance(outcome, Finding)]:
            raise InputError(faults)
        return {
            use.picture: placed
            for use, placed in zip(uses, made, strict=True)
            if not isinstance(placed, Finding)
        }

    def _start(self, use: _Use) -> Future[PlacedPicture | Finding]:
        if use.picture not in self._begun:
            ahead = self._ahead.pop(use.picture.file, None)
            self._begun[use.picture] = self._threads().submit(
                _engraved, use, self._root, self.profile, ahead
            )
        return self._begun[use.picture]

    def _threads(self) -> ThreadPoolExecutor:
        """Made late, for pages without pictures; imports are here, since threads import nothing."""
        from concurrent.futures import ThreadPoolExecutor

        import layout.press.pixels  # noqa: F401

        self._pool = self._pool or ThreadPoolExecutor(WORKERS)
        return self._pool


def _engraved(
    use: _Use, root: Path, profile: bytes, ahead: Future[Image.Image | None] | None
) -> PlacedPicture | Finding:
    """The picture as it is placed, or what is wrong with it."""
    from layout.press.pixels import UnusablePictureError, render

    picture = use.picture
    printed = Size(picture.box.width, picture.box.height)
    image = ahead.result() if ahead else None  # begun before this, so one never waits for ever
    try:
        return _placed(use, render(root / picture.file, picture.crop, printed, profile, image))
    except UnusablePictureError as fault:
        return use.finding("picture", Severity.ERROR, str(fault), fault.hint)


def _uses(
    items: Iterable[Item], page: int, dx: float = 0.0, dy: float = 0.0, story: str | None = None
) -> Iterator[_Use]:
    """Every picture in drawing order; (dx, dy) is where the items' group stands."""
    for item in items:
        if isinstance(item, Group):
            inside = item.name if item.kind == "story" else story
            yield from _uses(item.items, page, dx + item.box.x, dy + item.box.y, inside)
        elif isinstance(item, Picture):
            yield _Use(item, page, item.box.moved(dx, dy), story)


def picture_names(sheet: Sheet) -> dict[Picture, str]:
    """What a page calls its pictures, in drawing order."""
    pictures = dict.fromkeys(use.picture for use in _uses(sheet.groups, sheet.page))
    return {picture: f"P{k}" for k, picture in enumerate(pictures, 1)}


def _placed(use: _Use, pixels: Pixels) -> PlacedPicture:
    width, height = pixels.size
    entries: dict[str, Value] = {
        "Type": Name("XObject"),
        "Subtype": Name("Image"),
        "Width": width,
        "Height": height,
        **_ENCODING[pixels.colour],
    }
    box, square = use.picture.box, pixels.square
    report = PictureReport(
        file=use.picture.file,
        source=pixels.source,
        colour=pixels.colour,
        pixels=pixels.size,
        ppi_in=_ppi(pixels.cut, box),
        ppi_out=_ppi(pixels.size, box),
        total_ink=round(square.total),
        black_ink=round(square.total if square.black is None else square.black),
        profile=pixels.profile,
        intent=INTENT_NAME if pixels.profile else None,
        bytes=len(pixels.data),
    )
    digest = hashlib.sha256(pixels.data).hexdigest()
    stream = Object if "Filter" in entries else packed
    xobject = stream(entries, pixels.data)
    return PlacedPicture(
        digest, xobject, report, pixels.square, tuple(_findings(use, report, pixels))
    )


def _ppi(pixels: tuple[int, int], box: Box) -> float:
    """Effective resolution, of the worse direction."""
    return round(min(pixels[0] / box.width, pixels[1] / box.height) * 72, 1)


def _treatment(report: PictureReport) -> str | None:
    """What a picture that came without RGB was printed as."""
    if report.source == "CMYK" and report.profile:
        return f"CMYK picture for {report.profile}, converted for this press"
    return _AS_IT_IS.get("gray" if report.colour == "gray" else report.source)


def _findings(use: _Use, report: PictureReport, pixels: Pixels) -> Iterator[Finding]:
    least = LEAST_PPI[report.colour]
    if report.ppi_in < least:
        said = f"{report.ppi_in:.0f} ppi in print, {least} are wanted"
        hint = "use a larger picture or a smaller frame"
        yield use.finding("picture-resolution", Severity.WARNING, said, hint)
    if treatment := _treatment(report):
        yield use.finding("picture-colour", Severity.NOTE, treatment, None)
    if pixels.note:
        yield use.finding(
            "picture-colour", Severity.WARNING, pixels.note, "save it with its profile"
        )
    if pixels.frames > 1:
        said = f"the first of its {pixels.frames} pictures is printed"
        yield use.finding("picture-frames", Severity.WARNING, said, "save the one to be printed")
    if report.total_ink > TOTAL_INK_LIMIT:
        said = f"{report.total_ink} % total ink, newsprint takes {TOTAL_INK_LIMIT} %"
        hint = "separate it for newsprint, or give it as RGB"
        yield use.finding("picture-ink", Severity.WARNING, said, hint)
    # grey pictures have no other ink for their shadows
    if report.colour == "CMYK" and report.black_ink > BLACK_IN_PICTURES_LIMIT:
        said = f"{report.black_ink} % black, in pictures {BLACK_IN_PICTURES_LIMIT} % at most"
        hint = "separate it for newsprint, or give it as RGB"
        yield use.finding("picture-black", Severity.WARNING, said, hint)
