"""Pictures of other colour spaces and depths, made here, as they come out of the press."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms

from layout.press.intent import NEWSPRINT

from .samples import picture
from .test_pictures import (
    CMYKS,
    COLOURS,
    INCH,
    assert_close,
    middles,
    printed,
    quarters,
    saved,
    separated,
)

# Adobe RGB (1998) 4.2 and Display P3 as ICC's registry gives it, primaries adapted to D50; both
# with Adobe's gamma of 563/256.
ADOBE_RGB = (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)
DISPLAY_P3 = (0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)
GAMMA = b"curv\0\0\0\0" + struct.pack(">IH", 1, 563)
LOSSLESS = {"jpg": {"quality": 98, "subsampling": 0}, "webp": {"lossless": True}}


def xyz(values: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def rgb_profile(name: str, primaries: Sequence[Sequence[float]]) -> bytes:
    """An ICC version 2 screen profile: primaries and one tone curve (ICC.1:2001 6.3)."""
    said = name.encode() + b"\0"
    tags = {b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(said)) + said + bytes(79)}
    tags[b"wtpt"] = xyz((0.9642, 1.0, 0.8249))
    tags |= dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(xyz, primaries), strict=True))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), GAMMA)
    table, data, at = b"", b"", 132 + 12 * len(tags)
    for tag, body in tags.items():
        table += struct.pack(">4sII", tag, at + len(data), len(body))
        data += body + bytes(-len(body) % 4)
    head = struct.pack(
        ">I4xI4s4s4s12x4s", at + len(data), 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp"
    )
    head = head.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
@pytest.mark.parametrize(
    ("name", "primaries"), [("Adobe RGB (1998)", ADOBE_RGB), ("Display P3", DISPLAY_P3)]
)
def test_wide_rgb_prints_as_its_profile_says(
    name: str, primaries: Sequence[Sequence[float]], suffix: str, tmp_path: Path
) -> None:
    profile = rgb_profile(name, primaries)
    wide = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    # colours any space has, written in the numbers of the wider one
    seen = [(200, 60, 50), (60, 120, 60), (70, 90, 180), (210, 190, 120)]
    into = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), wide, "RGB", "RGB")
    image, options = ImageCms.applyTransform(quarters(colours=seen), into), LOSSLESS.get(suffix, {})
    file = saved(image, tmp_path / f"a.{suffix}", icc_profile=profile, **options)
    report, _, samples = printed(picture(file, INCH), tmp_path)
    assert_close(middles(samples), separated(seen), 6)
    assert report.pictures[0].profile == name
    assert report.pictures[0].intent == "relative colorimetric, black-point compensation"
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    report, _, dull = printed(picture(saved(bare, tmp_path / f"bare.{suffix}", **options), INCH),
                              tmp_path)  # fmt: skip
    assert report.pictures[0].profile == "sRGB (assumed)"
    pairs = zip(middles(dull), middles(samples), strict=True)
    assert max(abs(a - b) for pair in pairs for a, b in zip(*pair, strict=True)) > 15


def test_adobe_rgb_said_in_exif_alone_is_a_finding(tmp_path: Path) -> None:
    exif = Image.Exif()
    said = exif.get_ifd(ExifTags.IFD.Exif)
    said[ExifTags.Base.ColorSpace], said[ExifTags.IFD.Interop] = 0xFFFF, {1: "R03"}
    file = saved(quarters(), tmp_path / "a.jpg", quality=98, subsampling=0, exif=exif)
    report, _, samples = printed(picture(file, INCH), tmp_path)
    assert_close(middles(samples), separated(COLOURS))
    assert [finding.message.partition(": ")[2] for finding in report.findings] == [
        "its EXIF says Adobe RGB, but it has no profile; taken for sRGB"
    ]


def rows(order: str, colours: Sequence[Sequence[int]], side: int) -> list[bytes]:
    return [
        b"".join(struct.pack(f"{order}3H", *colours[2 * row + k]) * side for k in (0, 1))
        for row in (0, 1)
    ]


def deep_png(colours: Sequence[Sequence[int]], side: int = 120) -> bytes:
    """Quarters in 16 bits a channel, which Pillow does not write."""
    upper, lower = rows(">", colours, side)
    data = zlib.compress((b"\0" + upper) * side + (b"\0" + lower) * side)
    head = struct.pack(">2I5B", 2 * side, 2 * side, 16, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    )


def deep_tiff(colours: Sequence[Sequence[int]], side: int = 120) -> bytes:
    upper, lower = rows("<", colours, side)
    strip = upper * side + lower * side
    at = 8 + len(strip)
    tags = [
        (256, 4, 1, 2 * side), (257, 4, 1, 2 * side), (258, 3, 3, at), (259, 3, 1, 1),
        (262, 3, 1, 2), (273, 4, 1, 8), (277, 3, 1, 3), (278, 4, 1, 2 * side),
        (279, 4, 1, len(strip)),
    ]  # fmt: skip
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *t) for t in tags)
    bits = struct.pack("<3H", 16, 16, 16)
    return b"II*\0" + struct.pack("<I", at + len(bits)) + strip + bits + directory + bytes(4)


@pytest.mark.parametrize(("suffix", "made"), [("png", deep_png), ("tif", deep_tiff)])
def test_sixteen_bit_colour_is_printed_in_eight(
    suffix: str, made: Callable[[Sequence[Sequence[int]]], bytes], tmp_path: Path
) -> None:
    file = tmp_path / f"a.{suffix}"
    file.write_bytes(made([[value * 257 for value in colour] for colour in COLOURS]))
    _, entries, samples = printed(picture(file, INCH), tmp_path)
    assert entries["/BitsPerComponent"] == 8
    assert_close(middles(samples), separated(COLOURS))


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_cmyk_for_another_press_is_converted_once(suffix: str, tmp_path: Path) -> None:
    own = NEWSPRINT.read_bytes()
    other = own.replace(b"Newsprint coldset", b"Newsprint another")
    photo = [(180, 60, 200, 20), (40, 150, 160, 10), (150, 110, 30, 40), (90, 80, 80, 200)]
    options = {"quality": 98} if suffix == "jpg" else {}
    image = quarters("CMYK", colours=photo)
    file = saved(image, tmp_path / f"a.{suffix}", icc_profile=other, **options)
    source, target = (ImageCms.ImageCmsProfile(io.BytesIO(profile)) for profile in (other, own))
    transform = ImageCms.buildTransform(
        source, target, "CMYK", "CMYK", ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip
    wanted = middles(ImageCms.applyTransform(image, transform))
    assert wanted != photo
    report, _, samples = printed(picture(file, INCH), tmp_path)
    assert_close(middles(samples), wanted)
    assert "CMYK picture for Newsprint another, CGATS TR 002-2007, converted for this press" in [
        finding.message.partition(": ")[2] for finding in report.findings
    ]


def test_cmyk_with_a_broken_profile_keeps_its_inks(tmp_path: Path) -> None:
    file = saved(quarters("CMYK", colours=CMYKS), tmp_path / "a.tif", icc_profile=b"no profile")
    report, _, samples = printed(picture(file, INCH), tmp_path)
    assert_close(middles(samples), CMYKS)
    assert "its colour profile cannot be used; printed with the inks it has" in [
        finding.message.partition(": ")[2] for finding in report.findings
    ]
