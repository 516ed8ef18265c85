"""What a piece of copy may bring besides its glyphs: emphasis dots, and pictures in the line.

Plain data for `Piece`; `extras.py` draws it. Lengths are in ems of the line unless they say points.
"""

from __future__ import annotations

import msgspec

# A picture in the line is one em high and at most this wide: a character drawn by the paper (造字),
# a sign, a small QR code; what is wider gets lower.
WIDEST_EM = 3.0
# The em box of a hanzi, from the baseline (practice of CJK faces: 0.88 above, 0.12 below).
ASCENT_EM = 0.88
# Ink of hanzi under the baseline and over it, at its most (larger than the face of CLREQ).
INK_FOOT_EM, INK_TOP_EM = 0.10, 0.86


class Dot(msgspec.Struct, frozen=True):
    """An emphasis dot (着重号): its diameter, and its centre's distance below the baseline."""

    diameter_em: float
    drop_em: float


class Sort(msgspec.Struct, frozen=True):
    """A picture that stands in a line like a hanzi, U+FFFC in its text."""

    file: str
    pixels: tuple[int, int]
    alt: str

    @property
    def width(self) -> int:
        """Advance in 1/1000 em."""
        return max(1, round(min(WIDEST_EM, self.pixels[0] / self.pixels[1]) * 1000))

    @property
    def height_em(self) -> float:
        """One em, less when it is wider than three."""
        return min(1.0, WIDEST_EM * self.pixels[1] / self.pixels[0])
