"""Draws the sample issue's photograph: wind and solar power on the plain under a snow range.

No camera was there: a fractal terrain is seen in perspective, lit, hazed and grained like a news
picture; turbines, panels and a hall of servers stand on it. Seeded, so the same library versions
draw the same picture. Needs numpy beside Pillow.

    python tools/draw_landscape.py issues/changji-daily/2025-02-25/photos/green-power.jpg
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 2600, 1640
HORIZON = int(HEIGHT * 0.56)  # pixel row of eye level
FOCAL = 2500.0  # pixels
EYE = 26.0  # metres above the plain
STEPS = 2600  # depths looked at, from NEAR to FAR metres
NEAR, FAR = 45.0, 34_000.0
SUN = np.array((-0.62, 0.52, -0.46)) / np.linalg.norm((-0.62, 0.52, -0.46))
SKY_LOW = np.array((0.80, 0.87, 0.92), np.float32)
SKY_HIGH = np.array((0.30, 0.52, 0.78), np.float32)
# Turbines: metres right of the middle, metres away.
TURBINES = (
    (-2300, 5200), (-1480, 4700), (-760, 4300), (-90, 4900), (560, 4400), (1250, 4800),
    (2050, 5300), (-980, 2900), (240, 2600), (1330, 3000), (-330, 1750), (640, 1650),
    (-1650, 3300), (1750, 3600), (330, 900), (196, 520),
)  # fmt: skip
Array = np.ndarray
rng = np.random.default_rng(20250224)
LATTICE = rng.random((256, 256)).astype(np.float32)


def lattice(x: Array, y: Array) -> Array:
    """Smooth value noise at any coordinates, 0 to 1."""
    xi, yi = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    u, v = (x - xi).astype(np.float32), (y - yi).astype(np.float32)
    u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
    at = [[LATTICE[(yi + j) & 255, (xi + i) & 255] for i in (0, 1)] for j in (0, 1)]
    top = at[0][0] * (1 - u) + at[0][1] * u
    return top * (1 - v) + (at[1][0] * (1 - u) + at[1][1] * u) * v


def fractal(x: Array, y: Array, octaves: int, ridged: bool = False) -> Array:
    """Sum of octaves of noise, 0 to 1; ridged noise has crests like mountains."""
    total, weight, norm = 0.0, 1.0, 0.0
    for k in range(octaves):
        n = lattice(x * 2**k + 17.3 * k, y * 2**k + 5.7 * k)
        total = total + weight * ((1 - np.abs(2 * n - 1)) ** 2 if ridged else n)
        norm += weight
        weight *= 0.48
    return total / norm


def rise(z: float, start: float, end: float) -> float:
    """A smooth step from 0 to 1 between two distances."""
    t = min(1.0, max(0.0, (z - start) / (end - start)))
    return t * t * (3 - 2 * t)


def height(x: Array, z: float) -> Array:
    """Terrain: a plain, foothills from 6 km, a snow range from 12 km."""
    depth = np.full_like(x, z)
    ground = 1.6 * fractal(x / 60, depth / 60, 3)
    hills = 420 * fractal(x / 2600, depth / 2600, 6) ** 1.5 * rise(z, 6000, 14000)
    crest = fractal(x / 7600 + 3.1, depth / 7600 + 8.4, 6, ridged=True)
    return ground + hills + 3900 * crest**1.25 * rise(z, 11000, 24000)


def terrain() -> tuple[Array, Array, Array]:
    """Rows of the terrain's surface by depth and column, depths, heights."""
    depths = np.geomspace(NEAR, FAR, STEPS)
    columns = np.arange(WIDTH, dtype=np.float64) - WIDTH / 2
    heights = np.stack([height(columns / FOCAL * z, z) for z in depths]).astype(np.float32)
    rows = HORIZON - (heights - EYE) / depths[:, None].astype(np.float32) * FOCAL
    return rows, depths, heights


def shade(depths: Array, heights: Array) -> Array:
    """Colour of the terrain at every depth and column, haze included."""
    z = depths[:, None].astype(np.float32)
    dx = np.gradient(heights, axis=1) / (z / FOCAL)
    dz = np.gradient(heights, axis=0) / np.gradient(depths)[:, None].astype(np.float32)
    norm = np.sqrt(dx**2 + dz**2 + 1)
    light = np.clip((-dx * SUN[0] + SUN[1] - dz * SUN[2]) / norm, 0, 1)
    x = (np.arange(WIDTH, dtype=np.float32) - WIDTH / 2) / FOCAL * z
    depth = np.broadcast_to(z, x.shape)
    patch = fractal(x / 90, depth / 40, 5)
    fine = fractal(x / 2.5, depth / 2.5, 3)
    steppe = np.array((0.66, 0.56, 0.40)) * (0.62 + 0.55 * fine)[..., None]
    frost = np.array((0.90, 0.92, 0.95)) * (0.86 + 0.16 * fine)[..., None]
    thin = np.clip((patch - 0.53) * 9, 0, 1)[..., None] * 0.9
    ground = steppe * (1 - thin) + frost * thin
    rough = fractal(x / 900, depth / 900, 6)
    rock = np.array((0.40, 0.38, 0.37)) * (0.65 + 0.7 * rough)[..., None]
    cover = np.clip((heights - 420 - 900 * rough) / 260, 0, 1) * np.clip(
        (norm**-1 - 0.50) * 5, 0, 1
    )
    mountain = rock * (1 - cover[..., None]) + np.array((0.97, 0.98, 1.0)) * cover[..., None]
    far = np.clip((z - 6500) / 3000, 0, 1)[..., None]
    colour = (ground * (1 - far) + mountain * far).astype(np.float32)
    ambient = np.array((0.40, 0.46, 0.56), np.float32)
    lit = ambient + light[..., None] * np.array((0.92, 0.84, 0.72), np.float32)
    return haze(colour * lit, z[..., None])


def haze(colour: Array, z: Array | float) -> Array:
    """Air between the eye and a thing so many metres away."""
    air = 1 - np.exp(-np.asarray(z, np.float32) / 30_000)
    return (colour * (1 - air) + SKY_LOW * air).astype(np.float32)


def sky() -> Array:
    """Blue overhead, pale at the horizon, streaks of cloud."""
    y = np.linspace(0, 1, HEIGHT, dtype=np.float32)
    t = np.clip(y / (HORIZON / HEIGHT), 0, 1)[:, None, None] ** 1.3
    scene = np.broadcast_to(SKY_HIGH * (1 - t) + SKY_LOW * t, (HEIGHT, WIDTH, 3)).astype(np.float32)
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    lift = (HORIZON + 260 - rows) / 420
    cloud = fractal(columns / 620 / np.clip(lift, 0.5, 3) + 4, lift * 5.2, 7)
    cover = np.clip((cloud - 0.50) * 4.2, 0, 1)[..., None] * 0.85
    lightness = (0.93 + 0.12 * fractal(columns / 160, rows / 60, 4))[..., None]
    return scene * (1 - cover) + np.array((0.99, 0.98, 0.97), np.float32) * lightness * cover


def landscape() -> Array:
    """The terrain before the sky: at every pixel the nearest surface that reaches its row."""
    rows, depths, heights = terrain()
    colours, scene = shade(depths, heights), sky()
    tops = np.minimum.accumulate(rows, axis=0)  # the highest row reached so far
    wanted = np.arange(HEIGHT, dtype=np.float32)
    for column in range(WIDTH):
        reached = np.searchsorted(-tops[:, column], -wanted, side="left")
        ground = reached < STEPS
        scene[ground, column] = colours[reached[ground], column]
    return scene


# --- what people built -----------------------------------------------------------------------


def stencil(draw: Callable[[ImageDraw.ImageDraw], None], soft: float) -> Array:
    """A smooth mask of what is drawn in pixels."""
    image = Image.new("L", (WIDTH * 2, HEIGHT * 2), 0)
    draw(ImageDraw.Draw(image))
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.BOX).filter(
        ImageFilter.GaussianBlur(soft)
    )
    return np.asarray(image, np.float32)[..., None] / 255


def paint(scene: Array, colour: Array, alpha: Array) -> None:
    """Lay a colour over the scene."""
    scene *= 1 - alpha
    scene += colour * alpha


def at(x: float, up: float, z: float) -> tuple[float, float]:
    """Where a point of the plain is drawn, in stencil pixels."""
    return 2 * (WIDTH / 2 + x / z * FOCAL), 2 * (HORIZON - (up - EYE) / z * FOCAL)


def turbine(scene: Array, x: float, z: float, turn: float) -> None:
    """A wind turbine: tower 95 m, blades 58 m."""

    def tower(d: ImageDraw.ImageDraw) -> None:
        d.polygon([at(x - 2.3, 0, z), at(x + 2.3, 0, z), at(x + 1.2, 95, z), at(x - 1.2, 95, z)],
                  fill=255)  # fmt: skip
        hub = ((-2.6, 94), (2.6, 94), (2.6, 98.5), (-2.6, 98.5))
        d.polygon([at(x + side, up, z) for side, up in hub],
                  fill=255)  # fmt: skip

    def blades(d: ImageDraw.ImageDraw) -> None:
        for k in range(3):
            a = turn + k * 2 * np.pi / 3
            along, across = np.array((np.cos(a), np.sin(a))), np.array((-np.sin(a), np.cos(a)))
            outline = (
                (3, 1.1),
                (12, 2.3),
                (30, 1.5),
                (58, 0.25),
                (58, -0.1),
                (12, -0.9),
                (3, -1.1),
            )
            points = [np.array((x, 97.0)) + along * r + across * w for r, w in outline]
            d.polygon([at(px, py, z) for px, py in points], fill=255)
        d.ellipse((*at(x - 2.4, 99.4, z), *at(x + 2.4, 94.6, z)), fill=255)

    soft = 0.5 if z > 700 else 0.9
    paint(scene, haze(np.array((0.80, 0.82, 0.85)), z), stencil(tower, soft))
    side = stencil(
        lambda d: d.polygon(
            [at(x + 0.5, 0, z), at(x + 2.3, 0, z), at(x + 1.2, 94, z), at(x + 0.3, 94, z)], fill=255
        ),
        soft,
    )
    paint(scene, haze(np.array((0.55, 0.59, 0.65)), z), 0.8 * side)
    paint(scene, haze(np.array((0.95, 0.95, 0.96)), z), stencil(blades, soft))


def panels(scene: Array) -> None:
    """Rows of solar panels from far to near, tilted to the sun, seams between modules."""
    texture = fractal(*(a.astype(np.float32) / 130 for a in np.mgrid[0:WIDTH, 0:HEIGHT]), 4).T
    for z in np.arange(640, 74, -17.0):
        left, right = -30 - z * 0.10 + rng.normal(0, 1.5), z * 0.62 + 40
        low = [at(left, 0.7, z), at(right, 0.7, z)]
        high = [at(right, 3.4, z + 2.6), at(left, 3.4, z + 2.6)]
        shadow = [
            at(left, 0, z + 3.2),
            at(right, 0, z + 3.2),
            at(right, 0, z - 0.6),
            at(left, 0, z - 0.6),
        ]
        soft = 0.7 if z > 110 else 1.6
        paint(scene, scene * 0.42, 0.85 * stencil(lambda d, s=shadow: d.polygon(s, fill=255), soft))
        glass = stencil(lambda d, p=low + high: d.polygon(p, fill=255), soft)
        sheen = 0.80 + 0.4 * texture[..., None]
        sky_in_it = np.array((0.17, 0.24, 0.36)) + np.array((0.10, 0.12, 0.14)) * rng.random()
        paint(scene, haze(sky_in_it * sheen, z), glass)
        paint(scene, haze(np.array((0.58, 0.63, 0.70)), z), 0.75 * stencil(
            lambda d, z=z, le=left, ri=right: seams(d, z, le, ri), 0.5))  # fmt: skip


def seams(d: ImageDraw.ImageDraw, z: float, left: float, right: float) -> None:
    """Frames of the modules of one row."""
    for x in np.arange(left, right, 2.3 if z < 240 else 6.9):
        d.line((*at(x, 0.7, z), *at(x, 3.4, z + 2.6)), fill=150, width=2)
    for up, back in ((0.7, 0.0), (2.05, 1.3), (3.4, 2.6)):
        d.line((*at(left, up, z + back), *at(right, up, z + back)), fill=210 if up != 2.05 else 120,
               width=3 if z < 200 else 2)  # fmt: skip


def server_hall(scene: Array) -> None:
    """A data centre of white halls with cooling units on the roofs, in the middle distance."""
    z = 1150.0
    for x0, x1, tall, tone in (
        (-395, -250, 25, 0.86),
        (-242, -120, 21, 0.80),
        (-112, -60, 15, 0.74),
    ):
        face = [at(x0, 0, z), at(x1, 0, z), at(x1, tall, z), at(x0, tall, z)]
        paint(scene, haze(np.array((tone, tone, tone * 1.02)), z),
              stencil(lambda d, f=face: d.polygon(f, fill=255), 0.7))  # fmt: skip
        band = [
            at(x0, tall * 0.72, z),
            at(x1, tall * 0.72, z),
            at(x1, tall * 0.84, z),
            at(x0, tall * 0.84, z),
        ]
        paint(scene, haze(np.array((0.16, 0.36, 0.62)), z),
              stencil(lambda d, b=band: d.polygon(b, fill=255), 0.6))  # fmt: skip

        def fittings(d: ImageDraw.ImageDraw, a: float = x0, b: float = x1, t: float = tall) -> None:
            for x in np.arange(a + 5, b - 5, 9.5):
                d.rectangle((*at(x, t * 0.58, z), *at(x + 4.4, t * 0.18, z)), fill=235)
                d.rectangle((*at(x, t + 2.6, z), *at(x + 5.2, t, z)), fill=200)

        paint(scene, haze(np.array((0.30, 0.33, 0.37)), z), 0.8 * stencil(fittings, 0.6))
    foot = [at(-402, 0.3, z), at(-52, 0.3, z), at(-52, -2.2, z), at(-402, -2.2, z)]
    paint(scene, scene * 0.6, 0.8 * stencil(lambda d: d.polygon(foot, fill=255), 1.2))


def lens(scene: Array) -> Array:
    """Tone curve, vignette, grain."""
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j].astype(np.float32)
    scene = scene * (1.05 - 0.16 * (x**2 + 0.7 * y**2))[..., None]
    toned = np.clip(scene * 1.12 / (1 + 0.16 * scene), 0, 1) ** 0.92
    grain = rng.normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32)
    soft = Image.fromarray(((np.clip(grain * 0.16, -0.5, 0.5) + 0.5) * 255).astype(np.uint8))
    soft = soft.filter(ImageFilter.GaussianBlur(0.8))
    return np.clip(toned + 0.14 * (np.asarray(soft, np.float32)[..., None] / 255 - 0.5), 0, 1)


def main(out: str) -> None:
    """Draw the picture and save it."""
    scene = landscape()
    places = sorted(TURBINES, key=lambda place: -place[1])
    for k, (x, z) in enumerate(places):
        if z < 1150 <= places[k - 1][1]:
            server_hall(scene)
        turbine(scene, x, z, rng.uniform(0, 2.1))
    panels(scene)
    picture = Image.fromarray((lens(scene) * 255 + 0.5).astype(np.uint8))
    picture.save(out, quality=85, subsampling=0)


if __name__ == "__main__":
    main(sys.argv[1])
