"""Photographs in frames: crop by focus, effective resolution, caption and credit.

A crop keeps the subject (`focus`) as near to where it was as the frame allows. The caption is as
wide as its picture; the credit stands last, right, in one piece (craft, pictures and captions).
"""

from __future__ import annotations

import msgspec

from layout.compose import Align, Paragraph, SetLine, compose, fits
from layout.geometry import Box
from layout.makeup.copy import CaptionCopy
from layout.sheet.items import Tag, TextLine


def crop(pixels: tuple[int, int], focus: tuple[float, float], width: float, height: float) -> Box:
    """The part of a picture shown in a frame, in fractions of its width and height."""
    frame, source = width / height, pixels[0] / pixels[1]
    if source > frame:
        share = frame / source
        return Box(_slide(focus[0], share), 0.0, share, 1.0)
    share = source / frame
    return Box(0.0, _slide(focus[1], share), 1.0, share)


def _slide(focus: float, share: float) -> float:
    """Where a window of this share begins so that the focus keeps its place in it."""
    return max(0.0, min(1 - share, focus - share * focus))


def effective_ppi(pixels: tuple[int, int], shown: Box, width: float) -> float:
    """Pixels an inch in the frame (pt)."""
    return pixels[0] * shown.width / (width / 72)


class CaptionSetter:
    """Sets captions; a caption's line count is asked often, so settings are kept."""

    def __init__(self) -> None:
        self._set: dict[tuple[int, float], tuple[TextLine, ...]] = {}

    def lines(self, caption: CaptionCopy, width: float) -> int:
        """Lines a caption takes under a picture of this width."""
        return len(self.set(caption, width))

    def set(self, caption: CaptionCopy, width: float) -> tuple[TextLine, ...]:
        """Caption and credit, each line's y the number of lines above it."""
        key = (id(caption), width)
        if key not in self._set:
            self._set[key] = set_caption(caption, width)
        return self._set[key]


def set_caption(caption: CaptionCopy, width: float) -> tuple[TextLine, ...]:
    """Caption and credit at a width (pt), each line's y the number of lines above it."""
    rows: list[list[SetLine]] = []
    if caption.text:
        text = Paragraph(caption.text, caption.size, 0.0)
        rows = [[line] for line in compose(text, width)]
    if caption.credit:
        credit = Paragraph(caption.credit, caption.size, 0.0, Align.RIGHT)
        tail = compose(credit, width)
        last = rows[-1][0].width if rows else 0.0
        if rows and len(tail) == 1 and fits(last + caption.size + tail[0].width, width):
            rows[-1] += tail
        else:
            rows += [[line] for line in tail]
    return tuple(
        msgspec.structs.replace(line.line, y=float(k), tag=Tag("caption", k + n == 0))
        for k, row in enumerate(rows)
        for n, line in enumerate(row)
    )
