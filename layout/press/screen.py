"""A press page → the page a reader opens: sRGB through the press profile, trimmed, light.

In: a page PDF with its output intent. Out: the same page in screen colours (`managed.py`),
pictures as JPEG, content deflated by our own library, without the press condition it came from.
"""

from __future__ import annotations

import io

import pikepdf

from layout.press.managed import manage
from layout.press.objects import compressed

JPEG_QUALITY = 85  # of 200-ppi pictures seen at 100 to 150 ppi


def for_screen(data: bytes) -> bytes:
    """The file in sRGB, with the trim as what is seen."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        identifier = pdf.trailer.ID
        manage(pdf, jpeg=JPEG_QUALITY)
        del pdf.Root.OutputIntents
        for page in pdf.pages:
            page.cropbox = page.trimbox
        for thing in pdf.objects:
            bare = isinstance(thing, pikepdf.Stream) and "/Filter" not in thing
            if bare and thing.get("/Type") != "/Metadata":
                thing.write(compressed(thing.read_bytes()), filter=pikepdf.Name.FlateDecode)
        pdf.trailer.ID = identifier
        out = io.BytesIO()
        pdf.save(
            out, static_id=False, deterministic_id=True, compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
        return out.getvalue()
