"""Changed pages → one HTML file to look at: before, after, blink and overlay, no network.

The page is `review.html` beside this module; this fills in the pictures and the list.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from importlib.resources import files

import msgspec

from layout.sheet.diff import Change

_PLACE = "/*DATA*/null"


class ReviewPage(msgspec.Struct, frozen=True):
    """A page's changes and its pictures (PNG), None where there is none."""

    name: str
    changes: tuple[Change, ...]
    before: bytes | None
    after: bytes | None


def review(title: str, pages: Sequence[ReviewPage], *, accept: str = "") -> str:
    """The review page; `accept` is the command that makes what is shown the reference."""
    data = {"title": title, "accept": accept, "pages": [_page(page) for page in pages]}
    text = msgspec.json.encode(data).decode("utf-8").replace("</", "<\\/")
    template = files("layout.proof").joinpath("review.html").read_text("utf-8")
    return template.replace(_PLACE, text)


def _page(page: ReviewPage) -> dict[str, object]:
    return {
        "name": page.name,
        "before": _picture(page.before),
        "after": _picture(page.after),
        "changes": [
            {
                "kind": change.kind.value,
                "story": change.story,
                "where": change.where,
                "said": change.said,
                "before": change.box_before and change.box_before.listed(),
                "after": change.box_after and change.box_after.listed(),
            }
            for change in page.changes
        ],
    }


def _picture(png: bytes | None) -> dict[str, object] | None:
    """As a data URI, with its size and its pixels a point."""
    if not png:
        return None
    from PIL import Image  # late: heavy

    with Image.open(io.BytesIO(png)) as image:
        width, height = image.size
        dpi = float(image.info.get("dpi", (72.0, 72.0))[0])
    uri = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    return {"uri": uri, "width": width, "height": height, "scale": round(dpi, 1) / 72}
