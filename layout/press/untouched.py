"""A CMYK JPEG that is right as it is → its own coded samples, without what is not for the press.

In: the file's bytes. Out: the same JPEG less its metadata (ITU-T T.81 B.1): profile, EXIF and
comments. Adobe's marker stays, since it says how the samples are coded.
"""

from __future__ import annotations

_START, _SCAN, _COMMENT, _ADOBE = 0xD8, 0xDA, 0xFE, 0xEE
_APPLICATIONS = range(0xE0, 0xF0)
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # C4, C8, CC are no frame headers
_PDF_FRAMES = {0xC0, 0xC1, 0xC2}  # Huffman-coded: what DCTDecode takes (ISO 32000-1 7.4.8)


def without_metadata(data: bytes) -> bytes | None:
    """The JPEG as it may stand in a PDF; None where its coding is not for PDF."""
    if data[:2] != bytes([0xFF, _START]):
        return None
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker in _FRAMES - _PDF_FRAMES:
            return None
        if marker == _SCAN:
            return b"".join([*kept, data[at:]])
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _ADOBE or marker not in {_COMMENT, *_APPLICATIONS}:
            kept.append(data[at:end])
        at = end
    return None
