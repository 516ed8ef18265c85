"""Newspaper pages to measure make-up on: 5–12 stories, 0–3 photographs, 0–2 advertisements.

Copy is shared out so that a page is 94 to 103 % full by an editor's rule of thumb (characters over
characters a line, five lines of head a column and a half) – the planner has no say in it.
"""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image
from prose import headline, paragraphs

SEED, A_FOLDER = 20250225, 8
COLUMNS, CHARACTERS, LINES, FRONT, INNER = 6, 17, 120, 16, 3
FULL = (0.94, 1.03)
LINE_FILL = 0.90  # of a line's characters, paragraphs' last lines counted in
SHAPES = ((1800, 1200), (1600, 1200), (1200, 1600), (2000, 1125))
# 1-based columns and lines; a page takes none, one or two that stand side by side
ADS = (((1, 6, 97, 120),), ((4, 6, 91, 120),), ((1, 3, 91, 120),), ((5, 6, 76, 120),),
       ((1, 3, 97, 120), (4, 6, 97, 120)), ((1, 2, 101, 120), (5, 6, 101, 120)))  # fmt: skip


def write_folder(folder: Path, number: int, pages: int) -> Path:
    """An issue of so many pages; the same for the same number."""
    rng = random.Random(SEED + number)
    for k, size in enumerate(SHAPES):
        Image.new("RGB", size, (90, 120, 150)).save(folder / f"photo{k}.png")
    (folder / "publication.yaml").write_text(
        "name: 长河日报\ncode: CHRB\nsheet: {columns: 6, measure: 17字, size: 小五, lines: 120}\n",
        "utf-8",
    )
    text = "".join(_page(folder, page, rng) for page in range(pages))
    issue = folder / "issue.yaml"
    issue.write_text(
        f"publication: publication.yaml\ndate: 2025-02-25\nnumber: 1\npages:\n{text}", "utf-8"
    )
    return issue


def _page(folder: Path, page: int, rng: random.Random) -> str:
    count = rng.randint(5, 12)
    photos = rng.randint(0, 3)
    ads = rng.choice(((), ADS[rng.randrange(4)], rng.choice(ADS[4:])))
    cells = COLUMNS * (LINES - (FRONT if page == 0 else INNER))
    cells -= sum((c2 - c1 + 1) * (l2 - l1 + 1) for c1, c2, l1, l2 in ads)
    heads, pictures = 9 * count + 10, photos * 2 * 21
    room = (cells * rng.uniform(*FULL) - heads - pictures) * CHARACTERS * LINE_FILL
    shares = sorted((rng.lognormvariate(0, 0.45) for _ in range(count)), reverse=True)
    if rng.random() < 0.4:  # rank is not always length
        k = rng.randrange(count - 1)
        shares[k], shares[k + 1] = shares[k + 1], shares[k]
    with_photo = rng.sample(range(min(count, 5)), photos)
    listed = []
    for k, share in enumerate(shares):
        name, shape = f"p{page}s{k}.md", rng.randrange(len(SHAPES))
        body = "\n\n".join(paragraphs(rng, max(120, round(room * share / sum(shares)) - 40)))
        photo = f"photos: [{{file: photo{shape}.png, caption: 项目现场}}]\n"
        front = f"headline: {headline(rng)}\n" + (photo if k in with_photo else "")
        (folder / name).write_text(f"---\n{front}---\n{body}\n", "utf-8")
        listed.append(f"      - {name}\n")
    shown = "".join(_ad(folder, page, k, at) for k, at in enumerate(ads))
    return (
        "  - name: 要闻\n" + ("    ads:\n" + shown if shown else "")
        + "    stories:\n" + "".join(listed)
    )  # fmt: skip


def _ad(folder: Path, page: int, k: int, at: tuple[int, int, int, int]) -> str:
    first, last, top, foot = at
    name = f"ad{page}-{k}.png"
    size = (round(168 * (last - first + 1)), round(11.6 * (foot - top + 1)))
    Image.new("L", size, 90).save(folder / name)
    return f"      - {{file: {name}, at: {{columns: {first}-{last}, lines: {top}-{foot}}}}}\n"
