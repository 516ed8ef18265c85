"""Makes the README's picture of a page: a small copy of a rendered PNG on a grey ground.

python tools/page_picture.py output/2025-02-25/CJRB2025022501.png docs/front-page.png
"""

from __future__ import annotations

import sys

from PIL import Image, ImageOps

WIDTH, EDGE = 1000, 12


def main(source: str, target: str) -> None:
    """Scale the page down and frame it."""
    with Image.open(source) as page:
        height = round(page.height * WIDTH / page.width)
        small = page.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    framed = ImageOps.expand(small, EDGE, (186, 186, 182))
    framed.quantize(160, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
