"""Draws the advertisements of the eight-page sample: public notices as vectors, by our own press.

python tools/draw_ads.py issues/changji-daily/2025-02-25/ads
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from layout.compose.headline import Look, display_line
from layout.fonts import FontSet
from layout.geometry import Box, Point, Size
from layout.press import write_pdf
from layout.sheet.items import Grid, Group, Ink, Item, Outline, Sheet, TextLine, Tint

MEASURE, GUTTER, LEADING = 153.0, 14.825197, 11.574803  # the sample's grid
SKY, DEEP, LEAF, SUN = (
    Ink(0.35, 0.05, 0, 0),
    Ink(0.8, 0.35, 0, 0.1),
    Ink(0.6, 0.1, 0.9, 0),
    Ink(0, 0.25, 0.9, 0),
)
SOIL, RED, SNOW, WHITE = (
    Ink(0.2, 0.5, 0.8, 0.2),
    Ink(0, 0.95, 0.9, 0),
    Ink(0.12, 0.03, 0, 0),
    Ink(0, 0, 0, 0),
)
Path_ = tuple[tuple[str | float, ...], ...]


class Poster:
    """An advertisement in columns × lines of the grid, a little less than its space."""

    def __init__(self, columns: int, lines: int, fonts: FontSet) -> None:
        self.fonts = fonts
        self.width = columns * MEASURE + (columns - 1) * GUTTER
        self.height = (lines - 0.5) * LEADING
        self.items: list[Item] = []

    def ground(self, ink: Ink) -> None:
        """All of it in one ink."""
        self.items.append(Tint(Box(0, 0, self.width, self.height).rounded(), ink))

    def band(self, top: float, foot: float, ink: Ink) -> None:
        """A band across, in parts of the height."""
        high = self.height
        self.items.append(Tint(Box(0, top * high, self.width, (foot - top) * high).rounded(), ink))

    def say(self, text: str, role: str, size: float, at: tuple[float, float], ink: Ink,
            tracking: float = 0.0) -> None:  # fmt: skip
        """A line centred on a point, in parts of width and height."""
        line = display_line(text, Look(role, size, tracking), self.fonts)
        runs = tuple(_inked(line, ink))
        x = at[0] * self.width - line.width / 2
        self.items.append(TextLine(round(x, 3), round(at[1] * self.height, 3), line.width,
                                   line.measure, line.ratio, line.text, runs))  # fmt: skip

    def hills(self, foot: float, high: float, waves: int, shift: float, ink: Ink) -> None:
        """A rolling line down to the foot."""
        points = []
        for k in range(121):
            x = k / 120
            y = foot - high * (0.5 + 0.5 * math.sin(waves * x * math.tau + shift)) * (
                0.7 + 0.3 * math.sin(3.1 * x + shift)
            )
            points.append((x * self.width, y * self.height))
        points += [(self.width, self.height), (0.0, self.height)]
        self.outline(points, ink)

    def shape(self, points: Sequence[tuple[float, float]], ink: Ink) -> None:
        """A polygon in parts of width and height."""
        self.outline([(x * self.width, y * self.height) for x, y in points], ink)

    def disc(self, at: tuple[float, float], radius: float, ink: Ink) -> None:
        """A circle; the radius in points."""
        x, y, r, k = at[0] * self.width, at[1] * self.height, radius, radius * 0.5523
        self.items.append(Outline("disc", (
            ("M", x + r, y), ("C", x + r, y + k, x + k, y + r, x, y + r),
            ("C", x - k, y + r, x - r, y + k, x - r, y),
            ("C", x - r, y - k, x - k, y - r, x, y - r),
            ("C", x + k, y - r, x + r, y - k, x + r, y), ("Z",),
        ), ink))  # fmt: skip

    def drop(self, at: tuple[float, float], size: float, ink: Ink) -> None:
        """A drop of water; the size in points."""
        x, y, s = at[0] * self.width, at[1] * self.height, size
        self.items.append(Outline("drop", (
            ("M", x, y - 1.5 * s),
            ("C", x + 0.25 * s, y - 0.9 * s, x + s, y - 0.3 * s, x + s, y + 0.35 * s),
            ("C", x + s, y + 0.95 * s, x + 0.55 * s, y + 1.3 * s, x, y + 1.3 * s),
            ("C", x - 0.55 * s, y + 1.3 * s, x - s, y + 0.95 * s, x - s, y + 0.35 * s),
            ("C", x - s, y - 0.3 * s, x - 0.25 * s, y - 0.9 * s, x, y - 1.5 * s), ("Z",),
        ), ink))  # fmt: skip

    def outline(self, points: list[tuple[float, float]], ink: Ink) -> None:
        """A polygon in points."""
        rounded = [(round(x, 3), round(y, 3)) for x, y in points]
        path: Path_ = (("M", *rounded[0]), *(("L", *p) for p in rounded[1:]), ("Z",))
        self.items.append(Outline("shape", path, ink))

    def write(self, out: Path) -> None:
        """As PDF of one page of its size."""
        size = Size(round(self.width, 3), round(self.height, 3))
        box = Box(0, 0, size.width, size.height)
        grid = Grid(1, size.width, 0.0, LEADING, 1, 9.0, Point(0, 0))
        group = Group("poster", "ad", box, tuple(self.items))
        sheet = Sheet(
            page=1, trim=size, bleed=0.0, grid=grid, groups=(group,), meta={"title": out.stem}
        )
        write_pdf(sheet, self.fonts.faces, out)


def _inked(line: TextLine, ink: Ink) -> Iterator:  # type: ignore[type-arg]
    import msgspec

    for run in line.runs:
        yield msgspec.structs.replace(run, ink=ink)


def water(fonts: FontSet) -> Poster:
    """Saving water: six columns, a quarter page."""
    p = Poster(6, 29, fonts)
    p.ground(SNOW)
    p.hills(0.86, 0.16, 2, 0.4, Ink(0.45, 0.1, 0.02, 0))
    p.hills(0.94, 0.12, 3, 2.0, Ink(0.65, 0.2, 0.02, 0))
    p.drop((0.14, 0.44), 74, DEEP)
    p.drop((0.125, 0.52), 22, SNOW)
    p.say("节水优先", "song-black", 66, (0.57, 0.36), DEEP, 0.25)
    p.say("让每一滴水都浇在根上", "hei-bold", 30, (0.57, 0.56), DEEP, 0.12)
    p.say(
        "滴灌一亩　省水三成　　管网少漏一滴　绿洲多绿一分", "hei", 15, (0.57, 0.71), Ink(0, 0, 0, 1)
    )
    p.say("公 益 广 告", "hei-bold", 11, (0.93, 0.95), WHITE)
    return p


def bloom(fonts: FontSet) -> Poster:
    """Spring travel: six columns, a foot strip."""
    p = Poster(6, 26, fonts)
    p.ground(Ink(0.25, 0.02, 0.0, 0))
    p.disc((0.86, 0.30), 46, SUN)
    tops = ((0, 0.62), (0.05, 0.5), (0.12, 0.3), (0.2, 0.52), (0.3, 0.24), (0.4, 0.5), (0.5, 0.34),
            (0.6, 0.55), (0.72, 0.28), (0.84, 0.5), (0.93, 0.4), (1, 0.6))  # fmt: skip
    p.shape([(0, 1), *tops, (1, 1)], Ink(0.45, 0.25, 0.05, 0))
    for x, y in ((0.12, 0.3), (0.3, 0.24), (0.72, 0.28)):
        cap = ((-0.034, 0.10), (0, 0), (0.036, 0.10), (0.018, 0.075), (0.004, 0.11), (-0.014, 0.08))
        p.shape([(x + dx, y + dy) for dx, dy in cap], WHITE)
    p.hills(0.80, 0.14, 2, 1.0, Ink(0.4, 0.0, 0.75, 0))
    p.hills(0.92, 0.12, 3, 2.6, LEAF)
    for k in range(46):
        x, y = (k * 0.379) % 1, 0.86 + 0.11 * ((k * 0.618) % 1)
        p.disc((x, y), 3.2 + k % 3, (Ink(0, 0.6, 0.15, 0), SUN, WHITE)[k % 3])
    p.say("天山北麓　花开有约", "song-black", 52, (0.46, 0.24), Ink(0.9, 0.5, 0, 0.2), 0.12)
    p.say(
        "三月杏花　四月桃花　五月郁金香　六月薰衣草", "hei-bold", 19, (0.46, 0.44), Ink(0, 0, 0, 1)
    )
    return p


def reading(fonts: FontSet) -> Poster:
    """A library's reading week: three columns in a lower corner."""
    p = Poster(3, 52, fonts)
    p.ground(Ink(0.02, 0.04, 0.14, 0))
    p.band(0.0, 0.16, RED)
    p.say("全民阅读周", "song-black", 44, (0.5, 0.115), WHITE, 0.12)
    p.say("3月1日—7日", "hei-bold", 26, (0.5, 0.25), RED)
    for k, ink in enumerate((DEEP, LEAF, SUN, RED, Ink(0.5, 0.6, 0, 0), SOIL)):
        high = (0.19, 0.23, 0.17, 0.25, 0.2, 0.22)[k] * p.height
        left = (0.2 + 0.1 * k) * p.width
        p.items.append(Tint(Box(left, 0.6 * p.height - high, 0.085 * p.width, high).rounded(), ink))
        p.items.append(
            Tint(Box(left, 0.6 * p.height - high * 0.8, 0.085 * p.width, 5).rounded(), WHITE)
        )
    p.band(0.6, 0.612, SOIL)
    for k, text in enumerate(
        (
            "名家讲座　　每晚七时",
            "旧书换新　　一本换一本",
            "亲子共读　　周六上午十时",
            "书香夜市　　图书馆广场",
        )
    ):
        p.say(text, "hei", 16, (0.5, 0.69 + 0.06 * k), Ink(0, 0, 0, 1))
    p.say("各县市图书馆同步举行　全部免费", "kai", 15, (0.5, 0.955), RED)
    return p


def jobs(fonts: FontSet) -> Poster:
    """A spring job fair: four columns in a lower corner."""
    p = Poster(4, 46, fonts)
    p.ground(Ink(0.08, 0.0, 0.02, 0))
    p.band(0, 0.28, DEEP)
    p.say("春风送岗　就在家门口", "song-black", 42, (0.5, 0.18), WHITE, 0.1)
    rows = (
        ("2月26日", "昌吉市", "装备制造　纺织服装　480个岗位"),
        ("2月28日", "阜康市", "化工新材料　物流　310个岗位"),
        ("3月2日", "奇台县", "农产品加工　文旅　260个岗位"),
        ("3月5日", "准东开发区", "煤电煤化工　数据中心　620个岗位"),
    )
    for k, row in enumerate(rows):
        top = 0.36 + 0.115 * k
        if k % 2 == 0:
            p.band(top - 0.055, top + 0.045, Ink(0.18, 0.03, 0.02, 0))
        for text, x, role in zip(
            row, (0.14, 0.34, 0.70), ("hei-bold", "hei-bold", "hei"), strict=True
        ):
            p.say(text, role, 14, (x, top + 0.015), Ink(0, 0, 0, 1))
    p.say("免费入场　现场面试　当天签约", "song-bold", 24, (0.5, 0.86), RED, 0.1)
    p.say("凭身份证入场，用工单位均经核验", "kai", 14, (0.5, 0.945), Ink(0, 0, 0, 1))
    return p


def soil(fonts: FontSet) -> Poster:
    """Protecting farmland: half a page."""
    p = Poster(6, 52, fonts)
    p.ground(Ink(0.06, 0.02, 0.18, 0))
    p.disc((0.5, 0.50), 120, Ink(0, 0.18, 0.7, 0))
    p.hills(0.66, 0.10, 2, 0.2, Ink(0.35, 0.0, 0.7, 0))
    p.hills(0.78, 0.10, 2, 1.9, LEAF)
    p.hills(0.92, 0.10, 3, 0.8, Ink(0.2, 0.45, 0.85, 0.1))
    for k in range(40):
        x, foot = 0.02 + k / 41, 0.90 + 0.02 * math.sin(k)
        stalk = [(x * p.width, foot * p.height), (x * p.width + 3, foot * p.height),
                 ((x + 0.004) * p.width, (foot - 0.11) * p.height)]  # fmt: skip
        p.outline(stalk, Ink(0.8, 0.3, 1, 0.1))
        for n in range(5):
            p.disc((x + 0.004, foot - 0.11 - 0.016 * n), 5 - n * 0.6, SUN)
    p.say("保护耕地", "song-black", 96, (0.5, 0.24), Ink(0.3, 0.7, 0.95, 0.2), 0.3)
    p.say("但存方寸地　留与子孙耕", "kai", 40, (0.5, 0.37), Ink(0, 0, 0, 1), 0.12)
    p.say("公 益 广 告", "hei-bold", 12, (0.93, 0.975), WHITE)
    return p


POSTERS = (water, bloom, reading, jobs, soil)


def main(folder: str) -> None:
    """Write every poster."""
    fonts = FontSet({})
    for poster in POSTERS:
        poster(fonts).write(Path(folder) / f"{poster.__name__}.pdf")


if __name__ == "__main__":
    main(*sys.argv[1:])
