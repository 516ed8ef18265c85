"""Picture files looked at before anything is made up: there, readable, how many pixels."""

from __future__ import annotations

from pathlib import Path

# 30,000 × 20,000 px; a page at 300 ppi has 30 million.
MOST_PIXELS = 600_000_000
SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
_VECTOR = (".pdf", ".svg", ".eps", ".ai")
_TURNED = (5, 6, 7, 8)  # EXIF orientations that swap width and height
_ORIENTATION = 0x0112


class BadPicture(Exception):  # noqa: N818 – a file, not an error of ours
    """What is wrong with a picture file, and what would be right."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def pixels(path: str) -> tuple[int, int]:
    """Width and height after EXIF rotation, from the file's head alone."""
    suffix = Path(path).suffix.lower()
    if suffix in _VECTOR:
        raise BadPicture(
            f"{path} is {suffix[1:].upper()}, which cannot be placed yet",
            "give TIFF, PNG or JPEG",
        )
    if suffix not in SUFFIXES:
        raise BadPicture(f"{path} is no picture file by its name", "give TIFF, PNG or JPEG")
    from PIL import Image, UnidentifiedImageError  # late: 16 ms

    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with Image.open(path) as image:
            width, height = image.size
            turned = image.getexif().get(_ORIENTATION, 1) in _TURNED
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise BadPicture(f"{path} cannot be read as a picture", "export it again") from fault
    finally:
        Image.MAX_IMAGE_PIXELS = limit
    if not 0 < width * height <= MOST_PIXELS:
        raise BadPicture(f"{path} has {width} × {height} pixels", "scale it down first")
    return (height, width) if turned else (width, height)
