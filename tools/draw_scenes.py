"""Draws the photographs of the eight-page sample's inner pages: fields, a road, ruins, snow.

No camera was there. A scene is a sky, a snow range and a plain seen in perspective; what grows or
stands on the plain is computed in metres. Seeded: the same library versions draw the same pictures.
Needs numpy beside Pillow.

    python tools/draw_scenes.py issues/changji-daily/2025-02-25/photos [NAME …]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
from draw_landscape import fractal
from PIL import Image, ImageDraw, ImageFilter

Array = np.ndarray
WIDTH, HEIGHT, WIDE = 1950, 1280, (3300, 1500)
EYE, FOCAL = 5.0, 1.15  # metres; of the picture's width
DAY = ((0.30, 0.52, 0.80), (0.80, 0.88, 0.93))  # overhead, horizon
DAWN = ((0.42, 0.52, 0.72), (0.96, 0.80, 0.62))
DUSK = ((0.18, 0.22, 0.42), (0.93, 0.58, 0.38))
NIGHT = ((0.03, 0.05, 0.12), (0.16, 0.17, 0.30))
OVERCAST = ((0.62, 0.68, 0.75), (0.86, 0.88, 0.90))


class Scene:
    """A canvas with a horizon; floats from 0 to 1, rows × columns × RGB."""

    def __init__(
        self,
        light: tuple[tuple[float, ...], tuple[float, ...]],
        horizon: float = 0.42,
        size: tuple[int, int] = (WIDTH, HEIGHT),
        seed: float = 0.0,
    ) -> None:
        self.width, self.height = size
        self.row, self.seed = int(self.height * horizon), seed
        self.high, self.low = (np.array(colour, np.float32) for colour in light)
        rows, columns = np.mgrid[0 : self.height, 0 : self.width].astype(np.float32)
        self.rows, self.columns = rows, columns
        up = np.clip(rows / self.row, 0, 1)[..., None] ** 1.4
        self.image = self.high * (1 - up) + self.low * up
        lift = np.clip((self.row + 200 - rows) / 400, 0.45, 4)
        cloud = fractal(columns / 560 / lift + seed, lift * 4.4 + seed, 7)
        cover = np.clip((cloud - 0.5) * 3.6, 0, 1)[..., None] * 0.75
        self.image = self.image * (1 - cover) + (self.low * 0.35 + 0.65) * cover * up.clip(0.6)
        below = np.maximum(rows - self.row, 0.5)
        self.far = EYE * FOCAL * self.width / below  # metres away
        self.side = (columns - self.width / 2) / (FOCAL * self.width) * self.far
        self.sun = float(self.low.mean()) * 0.6 + 0.42

    def range(self, peak: float = 0.2, snow: float = 0.45) -> None:
        """A snow range on the horizon, in front of it a lower blue ridge."""
        x = np.arange(self.width, dtype=np.float32)
        zero = np.zeros_like(x)
        for share, tone, white in (
            (peak, (0.46, 0.50, 0.58), snow),
            (peak * 0.4, (0.40, 0.47, 0.50), -1.0),
        ):
            crest = fractal(x / 430 + self.seed * 3 + share * 50, zero + 2.7, 7, ridged=True)
            top = self.row - self.height * share * (0.35 + 0.95 * crest)
            inside = (self.rows >= top) & (self.rows <= self.row)
            depth = (self.rows - top) / (self.row - top + 1)
            rough = fractal(self.columns / 60, self.rows / 34 + self.seed, 6)
            capped = np.clip((white * 1.5 - depth - 0.5 * rough) * 5, 0, 1)[..., None]
            lit = (0.72 + 0.5 * fractal(self.columns / 45, self.rows / 90, 5))[..., None]
            colour = (
                np.array(tone, np.float32) * lit * (1 - capped) + 0.97 * lit.clip(0, 1) * capped
            )
            colour = colour * self.sun * 0.72 + self.low * 0.30
            self.image = np.where(inside[..., None], colour, self.image)

    def plain(self, colour: Array) -> None:
        """The ground, with haze towards the horizon."""
        air = (1 - np.exp(-self.far / 900))[..., None]
        ground = colour * self.sun * (1 - air) + self.low * air * 0.92
        self.image = np.where((self.rows > self.row)[..., None], ground, self.image)

    def grain(self, scale: float, octaves: int = 4) -> Array:
        """Texture of the plain at so many metres, 0 to 1."""
        return fractal(self.side / scale + 90 + self.seed, self.far / scale / 2.2, octaves)[
            ..., None
        ]

    def draw(self, shape: Callable[[ImageDraw.ImageDraw], None], colour: tuple[float, ...],
             soft: float = 0.8) -> None:  # fmt: skip
        """A shape in pixels, in one colour."""
        mask = Image.new("L", (self.width, self.height), 0)
        shape(ImageDraw.Draw(mask))
        alpha = np.asarray(mask.filter(ImageFilter.GaussianBlur(soft)), np.float32)[..., None] / 255
        self.image = self.image * (1 - alpha) + np.array(colour, np.float32) * alpha

    def at(self, x: float, up: float, z: float) -> tuple[float, float]:
        """Where a point in metres is drawn."""
        scale = FOCAL * self.width / z
        return self.width / 2 + x * scale, self.row + (EYE - up) * scale

    def poplars(
        self, side: float, first: float, last: float, step: float, leaf: tuple[float, ...]
    ) -> None:
        """A row of trees along the view."""
        rng = np.random.default_rng(int(abs(side) * 10 + first))
        for z in np.arange(last, first, -step):
            high, wide = rng.uniform(9, 12), rng.uniform(1.0, 1.5)
            haze = 1 - np.exp(-z / 500)
            tone = tuple(
                np.array(leaf) * rng.uniform(0.8, 1.15) * self.sun * (1 - haze) + self.low * haze
            )
            x = side + rng.uniform(-0.4, 0.4)

            def tree(d: ImageDraw.ImageDraw, x: float = x, z: float = z, high: float = high,
                     wide: float = wide) -> None:  # fmt: skip
                d.polygon(
                    [self.at(x - 0.18, 0, z), self.at(x + 0.18, 0, z), self.at(x, 4, z)], fill=255
                )
                for up in np.linspace(1.8, high, 9):
                    half = wide * np.sin(np.pi * (0.12 + 0.8 * up / high)) ** 0.8
                    (a, b), (c, e) = self.at(x - half, up + 0.9, z), self.at(x + half, up - 0.9, z)
                    d.ellipse((a, b, c, e), fill=255)

            self.draw(tree, tone, 0.6 if z > 60 else 1.2)

    def save(self, path: Path) -> None:
        """As JPEG, with the grain of a camera."""
        noise = np.random.default_rng(7).normal(0, 0.012, self.image.shape[:2])[..., None]
        done = np.clip(self.image + noise, 0, 1) ** 0.95 * 255
        Image.fromarray(done.astype(np.uint8)).filter(ImageFilter.UnsharpMask(1.4, 60, 2)).save(
            path, quality=80, subsampling=1, optimize=True
        )


def rows_of(scene: Scene, spacing: float, turn: float = 0.0) -> Array:
    """1 on a row of the plain, 0 between, fading into the distance."""
    wave = 0.5 + 0.5 * np.cos(2 * np.pi * (scene.side + turn * scene.far) / spacing)
    fade = np.clip(spacing * FOCAL * scene.width / scene.far / 6, 0, 1)
    return ((wave - 0.5) * fade + 0.5)[..., None]


def tone(*rgb: float) -> Array:
    """A colour."""
    return np.array(rgb, np.float32)


def road() -> Scene:
    """A country road between green fields and poplars."""
    s = Scene(DAY, 0.44, seed=1.3)
    s.range(0.22)
    field = tone(0.30, 0.44, 0.16) * (0.7 + 0.6 * s.grain(3)) * (0.82 + 0.3 * rows_of(s, 1.8))
    bend = s.side - 0.00002 * s.far**2
    verge = tone(0.56, 0.50, 0.38) * (0.75 + 0.5 * s.grain(0.6))
    tar = tone(0.34, 0.35, 0.37) * (0.85 + 0.3 * s.grain(0.25))
    line = (np.abs(bend) < 0.1) & ((s.far % 12) < 6)
    edge = np.abs(np.abs(bend) - 3.2) < 0.08
    ground = np.where((np.abs(bend) < 5.2)[..., None], verge, field)
    ground = np.where((np.abs(bend) < 3.7)[..., None], tar, ground)
    s.plain(np.where((line | edge)[..., None], tone(0.93, 0.92, 0.88), ground))
    for side in (-7.5, 7.5):
        s.poplars(side, 15, 260, 8, (0.22, 0.34, 0.14))
    return s


def furrows() -> Scene:
    """Ploughed land to the horizon, a tractor on it."""
    s = Scene(DAY, 0.40, WIDE, seed=4.1)
    s.range(0.20)
    soil = (
        tone(0.42, 0.31, 0.22) * (0.62 + 0.7 * s.grain(1.4)) * (0.72 + 0.5 * rows_of(s, 1.1, 0.05))
    )
    green = tone(0.34, 0.46, 0.20) * (0.7 + 0.5 * s.grain(4))
    s.plain(np.where((s.far > 130)[..., None], green, soil))
    x, z = 9.0, 58.0

    def box(
        left: float, foot: float, right: float, top: float
    ) -> Callable[[ImageDraw.ImageDraw], None]:
        return lambda d: d.rectangle((*s.at(x + left, top, z), *s.at(x + right, foot, z)), fill=255)

    def wheels(d: ImageDraw.ImageDraw) -> None:
        for at, r in ((-1.7, 1.0), (1.7, 0.65)):
            d.ellipse((*s.at(x + at - r, 2 * r, z), *s.at(x + at + r, 0, z)), fill=255)

    s.draw(box(-6.5, 0.3, -3.0, 1.1), (0.45, 0.16, 0.12))
    s.draw(box(-0.4, 0.9, 2.8, 2.1), (0.75, 0.16, 0.12))
    s.draw(box(-2.4, 1.2, -0.3, 3.4), (0.80, 0.20, 0.15))
    s.draw(box(-2.1, 2.1, -0.6, 3.1), (0.55, 0.68, 0.76))
    s.draw(wheels, (0.10, 0.10, 0.11))
    return s


def wheat() -> Scene:
    """Young wheat in rows."""
    s = Scene(DAY, 0.34, seed=7.7)
    s.range(0.16)
    blade = tone(0.27, 0.47, 0.15) * (0.55 + 0.8 * s.grain(0.35, 5))
    soil = tone(0.42, 0.34, 0.25) * (0.7 + 0.5 * s.grain(0.5))
    on = np.clip((rows_of(s, 0.42, 0.12) - 0.32) * 4, 0, 1)
    s.plain(blade * on + soil * (1 - on))
    s.poplars(-60, 90, 240, 9, (0.25, 0.33, 0.17))
    return s


def greenhouse() -> Scene:
    """Long plastic houses side by side."""
    s = Scene(OVERCAST, 0.38, seed=2.2)
    s.range(0.16, 0.5)
    s.plain(tone(0.52, 0.47, 0.38) * (0.7 + 0.5 * s.grain(0.9)))
    for k in (-3, 3, -2, 2, -1, 1):
        x, high, half = 10.5 * k + 5.2 * np.sign(-k), 3.1, 4.2
        near, far = 14.0, 190.0
        for z0, z1 in zip(
            np.geomspace(far, near, 26)[:-1], np.geomspace(far, near, 26)[1:], strict=True
        ):
            arch = [(x + half * np.cos(a), high * np.sin(a)) for a in np.linspace(0, np.pi, 13)]
            for (xa, ua), (xb, ub) in pairwise(arch):
                haze = 1 - np.exp(-z1 / 420)
                light = (
                    0.62 + 0.36 * np.clip((ua + ub) / (2 * high), 0, 1) - 0.10 * (xa * x > x * x)
                )
                colour = tuple(np.array((0.93, 0.96, 0.97)) * light * (1 - haze) + s.low * haze)
                quad = [s.at(xa, ua, z0), s.at(xb, ub, z0), s.at(xb, ub, z1), s.at(xa, ua, z1)]
                s.draw(lambda d, quad=quad: d.polygon(quad, fill=255), colour, 0.3)
    return s


def snow() -> Scene:
    """A ski slope in the morning, firs at its sides."""
    s = Scene(DAWN, 0.34, seed=5.4)
    s.range(0.24, 0.9)
    s.plain(
        tone(0.94, 0.96, 1.0) * (0.80 + 0.26 * s.grain(2.4)) * (0.93 + 0.12 * rows_of(s, 0.8, 0.3))
    )
    rng = np.random.default_rng(11)
    for z in np.sort(rng.uniform(24, 200, 80))[::-1]:
        x = rng.choice((-1, 1)) * rng.uniform(0.16 * z + 6, 0.5 * z + 6)
        high = rng.uniform(5, 10)
        haze = 1 - np.exp(-z / 320)
        colour = tuple(np.array((0.10, 0.20, 0.17)) * (1 - haze) + s.low * haze)
        for lift in (0.0, 0.28, 0.56):
            foot, half = high * lift, high * 0.24 * (1 - lift)
            cone = [
                s.at(x - half, foot, z),
                s.at(x + half, foot, z),
                s.at(x, foot + high * 0.46, z),
            ]
            s.draw(lambda d, cone=cone: d.polygon(cone, fill=255), colour, 0.6)
    return s


def lake() -> Scene:
    """Still water under the range, reeds at the edge."""
    s = Scene(DAWN, 0.46, seed=9.2)
    s.range(0.26, 0.6)
    mirror = s.image[: s.row][::-1]
    high = s.height - s.row
    source = np.clip((np.arange(high) * 0.92).astype(int), 0, len(mirror) - 1)
    ripple = (fractal(s.columns[s.row :] / 240, s.rows[s.row :] / 5, 4) - 0.5) * 22
    columns = np.clip(s.columns[s.row :] + ripple, 0, s.width - 1).astype(int)
    s.image[s.row :] = mirror[source[:, None], columns] * tone(0.78, 0.84, 0.88) + 0.02
    rng = np.random.default_rng(3)
    image = Image.fromarray((np.clip(s.image, 0, 1) * 255).astype(np.uint8))
    for _ in range(900):
        x = (
            rng.uniform(-0.05, 0.38) * s.width
            if rng.random() < 0.6
            else rng.uniform(0.7, 1.05) * s.width
        )
        foot = s.height + rng.uniform(-20, 40)
        top = foot - rng.uniform(90, 330) * (1 - 0.5 * abs(x / s.width - 0.1))
        lean = rng.uniform(-30, 30)
        colour = tuple(np.array((0.52, 0.42, 0.22)) * rng.uniform(0.5, 1.1))
        stroke = [(x, foot), (x + lean * 0.4, (foot + top) / 2), (x + lean, top)]
        width = int(rng.integers(2, 5))
        ImageDraw.Draw(image).line(stroke, tuple(int(c * 255) for c in colour), width)
    s.image = np.asarray(image, np.float32) / 255
    return s


def ruins() -> Scene:
    """Rammed-earth walls at sundown."""
    s = Scene(DUSK, 0.50, seed=6.6)
    s.range(0.12, 0.3)
    s.plain(tone(0.74, 0.54, 0.34) * (0.6 + 0.7 * s.grain(1.6)))
    rng = np.random.default_rng(21)
    for x, z, wide, high in (
        (-34, 90, 26, 12),
        (14, 70, 24, 9),
        (-12, 48, 9, 6),
        (22, 40, 12, 5),
        (-26, 34, 10, 4.2),
    ):
        steps = np.linspace(-wide / 2, wide / 2, 60)
        worn = (
            high
            * (0.72 + 0.4 * fractal(steps / 2.2 + z, np.zeros_like(steps), 6))
            * (1 - 0.35 * (np.abs(steps) / (wide / 2)) ** 24)
        )
        top = [s.at(x + a, float(b), z) for a, b in zip(steps, worn, strict=True)]
        body = [*top, s.at(x + wide / 2, -0.3, z), s.at(x - wide / 2, -0.3, z)]
        s.draw(lambda d, body=body: d.polygon(body, fill=255), (0.62, 0.42, 0.26), 0.7)
        lit = [(px + 3, py + 5) for px, py in top[: len(top) // 2]]
        shade = [*lit, s.at(x, -0.3, z), s.at(x - wide / 2, -0.3, z)]
        s.draw(lambda d, shade=shade: d.polygon(shade, fill=90), (0.95, 0.66, 0.40), 6)
        for up in np.arange(0.6, high, 0.55):
            a, b = s.at(x - wide / 2, up + rng.uniform(-0.05, 0.05), z), s.at(x + wide / 2, up, z)
            under = lambda d, a=a, b=b: d.line((a, b), fill=46, width=1)  # noqa: E731
            s.draw(under, (0.30, 0.18, 0.12), 0.8)
    return s


def plant() -> Scene:
    """An industrial park at night, its lights on wet ground."""
    s = Scene(NIGHT, 0.62, seed=8.8)
    rng = np.random.default_rng(5)
    blocks = [(x, rng.uniform(60, 150), rng.uniform(14, 60)) for x in np.linspace(-85, 85, 26)]
    for x, wide, high in blocks:
        z, x, wide, high = 420.0, x * 2.4, wide / 9, high * 0.8
        corner = (*s.at(x - wide, high, z), *s.at(x + wide, 0, z))
        s.draw(lambda d, corner=corner: d.rectangle(corner, fill=255), (0.10, 0.12, 0.18), 0.6)
        for up in np.arange(2, high - 1, 3.2):
            for along in np.arange(-wide + 1, wide - 0.5, 2.0):
                if rng.random() < 0.42:
                    a, b = s.at(x + along, up + 1.2, z)
                    glow = (1.0, 0.86, 0.55) if rng.random() < 0.8 else (0.75, 0.88, 1.0)
                    px = 4
                    y0, x0 = int(b), int(a)
                    if 0 <= x0 < s.width - px and 0 <= y0 < s.height - px:
                        s.image[y0 : y0 + px, x0 : x0 + px] = glow
    for x in (-62, -20, 38, 70):
        stack = [s.at(2 * x + dx, up, 400) for dx, up in ((-3, 0), (3, 0), (1.8, 96), (-1.8, 96))]
        s.draw(lambda d, stack=stack: d.polygon(stack, fill=255), (0.22, 0.22, 0.28), 0.6)
        a, b = s.at(2 * x, 97, 400)
        s.draw(
            lambda d, a=a, b=b: d.ellipse((a - 4, b - 4, a + 4, b + 4), fill=255),
            (1, 0.25, 0.2),
            1.5,
        )
    lights = Image.fromarray((np.clip(s.image, 0, 1) * 255).astype(np.uint8))
    glow = np.asarray(lights.filter(ImageFilter.GaussianBlur(16)), np.float32) / 255
    s.image = np.clip(s.image + glow * 0.7, 0, 1)
    below = s.image[: s.row][::-1][: s.height - s.row]
    wave = (fractal(s.columns[s.row :] / 90, s.rows[s.row :] / 3, 4) - 0.5) * 30
    columns = np.clip(s.columns[s.row :] + wave, 0, s.width - 1).astype(int)
    line = np.clip(np.arange(s.height - s.row), 0, len(below) - 1)
    s.image[s.row :] = below[line[:, None], columns] * 0.55 + tone(0.01, 0.015, 0.03)
    return s


def campus() -> Scene:
    """A school's front in the morning, flag and lawn before it."""
    s = Scene(DAY, 0.60, seed=3.3)
    s.range(0.20)
    lawn = tone(0.34, 0.45, 0.20) * (0.7 + 0.5 * s.grain(1.2))
    paving = tone(0.66, 0.62, 0.57) * (0.85 + 0.25 * s.grain(0.5)) * (0.94 + 0.1 * rows_of(s, 1.2))
    s.plain(np.where((np.abs(s.side) < 7)[..., None], paving, lawn))
    z = 62.0

    def block(x: float, wide: float, high: float, wall: tuple[float, ...]) -> None:
        corner = (*s.at(x - wide, high, z), *s.at(x + wide, 0, z))
        s.draw(lambda d: d.rectangle(corner, fill=255), wall, 0.5)
        for up in np.arange(1.2, high - 1.4, 3.6):
            for along in np.arange(-wide + 1.2, wide - 1.8, 3.1):
                a = (*s.at(x + along, up + 2.1, z), *s.at(x + along + 1.9, up, z))
                s.draw(lambda d, a=a: d.rectangle(a, fill=255), (0.42, 0.56, 0.66), 0.5)
        roof = (*s.at(x - wide - 0.6, high + 0.9, z), *s.at(x + wide + 0.6, high, z))
        s.draw(lambda d: d.rectangle(roof, fill=255), (0.66, 0.34, 0.26), 0.5)

    block(-20, 12, 15, (0.90, 0.84, 0.72))
    block(20, 12, 15, (0.90, 0.84, 0.72))
    block(0, 9, 20, (0.95, 0.91, 0.82))
    pole = (*s.at(-0.12, 17, 44), *s.at(0.12, 0, 44))
    s.draw(lambda d: d.rectangle(pole, fill=255), (0.85, 0.85, 0.86), 0.5)
    flag = [s.at(0.1, 16.8, 44), s.at(3.9, 16.5, 44), s.at(3.8, 14.0, 44), s.at(0.1, 14.3, 44)]
    s.draw(lambda d: d.polygon(flag, fill=255), (0.82, 0.10, 0.10), 0.6)
    for side in (-9.5, 9.5):
        s.poplars(side, 24, 58, 6, (0.24, 0.37, 0.17))
    return s


SCENES = {
    scene.__name__: scene
    for scene in (road, furrows, wheat, greenhouse, snow, lake, ruins, plant, campus)
}


def main(folder: str, *names: str) -> None:
    """Draw the scenes named, or all."""
    for name in names or SCENES:
        SCENES[name]().save(Path(folder) / f"{name}.jpg")


if __name__ == "__main__":
    main(*sys.argv[1:])
