"""WOFF: a font file as the web sends it, and as it is used here."""

from __future__ import annotations

import io


def decode_woff(data: bytes) -> bytes:
    """A WOFF file as the TrueType or OpenType file in it, tables untouched."""
    from fontTools.ttLib import TTFont  # late: few faces come as WOFF

    font = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False, lazy=True)
    font.flavor = None
    plain = io.BytesIO()
    font.save(plain, reorderTables=None)
    return plain.getvalue()
