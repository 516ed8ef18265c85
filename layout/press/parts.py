"""One page, ready to be assembled: what the press hands to its PDF library.

In: what the other modules made. Out: nothing yet; `document` turns it into a file.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from layout.press.boxes import PageBoxes
from layout.press.metadata import Metadata
from layout.press.objects import Object, Value


class Bookmark(msgspec.Struct, frozen=True):
    """An outline entry: title and the point of the page it goes to, y up from the media box."""

    title: str
    left: float
    top: float


class PageParts(msgspec.Struct, frozen=True):
    """All that goes into the file."""

    boxes: PageBoxes
    contents: Object
    fonts: Mapping[str, Object]
    pictures: Mapping[str, Object]
    states: Mapping[str, Object]
    spaces: Mapping[str, Value]
    bookmarks: tuple[Bookmark, ...]
    output_intent: Object
    metadata: Metadata
    structure: Object
    threads: tuple[Object, ...]
    beads: tuple[Object, ...]
    version: tuple[int, int]
