"""Pictures as they stand in the file: samples decoded by PDF's rules, compared with LittleCMS."""

from __future__ import annotations

import gc
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageCms

from layout.findings import Finding, InputError, Mark, Severity
from layout.geometry import Box
from layout.press import Engraver, PressReport, draw_page, pictures, pixels, write_page, write_pdf
from layout.press.intent import NEWSPRINT
from layout.sheet.items import Picture, Sheet

from .samples import picture, sheet

INCH = Box(0.0, 0.0, 72.0, 72.0)  # 200 × 200 pixels at most
COLOURS = [(200, 30, 40), (20, 120, 60), (240, 200, 20), (90, 90, 90)]


def quarters(mode: str = "RGB", size: int = 200, colours: list | None = None) -> Image.Image:
    """Four flat colours: top left, top right, bottom left, bottom right."""
    image = Image.new(mode, (size, size))
    half = size // 2
    for n, colour in enumerate(colours or COLOURS):
        left, top = half * (n % 2), half * (n // 2)
        image.paste(colour, (left, top, left + half, top + half))
    return image


def middles(image: Image.Image) -> list:
    """The colour in the middle of each quarter."""
    width, height = image.size
    return [
        image.getpixel((x, y))
        for y in (height // 4, height * 3 // 4)
        for x in (width // 4, width * 3 // 4)
    ]


def saved(image: Image.Image, file: Path, **options: object) -> Path:
    image.save(file, **options)
    return file


def printed(item: Picture, out: Path) -> tuple[PressReport, pikepdf.Dictionary, Image.Image]:
    """The report, the XObject's dictionary, and its samples: 255 is full ink, or white for gray."""
    report = write_pdf(sheet(item), {}, out / "page.pdf")
    with pikepdf.open(report.file) as document:
        (xobject,) = document.pages[0].Resources.XObject.values()
        entries = dict(xobject.stream_dict.items())
        if xobject.BitsPerComponent == 1:
            size = (int(xobject.Width), int(xobject.Height))
            return report, entries, Image.frombytes("1", size, xobject.read_bytes())
        data = xobject.read_raw_bytes()
        samples = Image.open(io.BytesIO(data))
        samples.load()
        if samples.mode == "CMYK":  # Pillow has undone Adobe's inversion; so does Decode
            assert [int(v) for v in entries["/Decode"]] == [1, 0] * 4
            assert b"Adobe" in data
        else:
            assert "/Decode" not in entries
        return report, entries, samples


def separated(colours: list[tuple[int, ...]], profile: object = None) -> list[tuple[int, ...]]:
    source = profile or ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(
        source,
        ImageCms.getOpenProfile(str(NEWSPRINT)),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    image = Image.new("RGB", (len(colours), 1))
    image.putdata(colours)
    converted = ImageCms.applyTransform(image, transform)
    return [converted.getpixel((x, 0)) for x in range(len(colours))]


def assert_close(got: list, wanted: list, tolerance: int = 4) -> None:
    for one, other in zip(got, wanted, strict=True):
        pairs = zip(one, other, strict=True) if isinstance(one, tuple) else ((one, other),)
        assert all(abs(a - b) <= tolerance for a, b in pairs), (got, wanted)


def checks(report: PressReport) -> list[tuple[str, Severity]]:
    return [(finding.check, finding.severity) for finding in report.findings]


def test_rgb_jpeg_is_separated_for_newsprint(tmp_path: Path) -> None:
    file = saved(quarters(), tmp_path / "a.jpg", quality=98, subsampling=0)
    report, entries, samples = printed(picture(file, INCH), tmp_path)
    assert (entries["/ColorSpace"], entries["/Filter"]) == ("/DeviceCMYK", "/DCTDecode")
    assert_close(middles(samples), separated(COLOURS))
    (use,) = report.pictures
    assert (use.source, use.colour, use.pixels) == ("RGB", "CMYK", (200, 200))
    assert (use.ppi_in, use.ppi_out) == (200.0, 200.0)
    assert report.findings == ()


def test_embedded_profile_is_the_source(tmp_path: Path) -> None:
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    swapped = swap_primaries(wide.tobytes())
    file = saved(quarters(), tmp_path / "a.png", icc_profile=swapped)
    _, _, samples = printed(picture(file, INCH), tmp_path)
    wanted = separated(COLOURS, ImageCms.ImageCmsProfile(io.BytesIO(swapped)))
    assert_close(middles(samples), wanted)
    assert wanted != separated(COLOURS)


def swap_primaries(profile: bytes) -> bytes:
    """A profile whose red and blue have changed places: no mistake goes unseen."""
    at_red, at_blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    edited = bytearray(profile)
    edited[at_red : at_red + 4], edited[at_blue : at_blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(edited)


def test_broken_profile_is_said(tmp_path: Path) -> None:
    file = saved(quarters(), tmp_path / "a.png", icc_profile=b"no profile at all")
    report, _, samples = printed(picture(file, INCH), tmp_path)
    assert_close(middles(samples), separated(COLOURS))
    assert checks(report) == [("picture-colour", Severity.WARNING)]


@pytest.mark.parametrize("mode", ["L", "LA", "1"])
def test_grey_stays_one_channel(mode: str, tmp_path: Path) -> None:
    greys = [0, 255, 255, 0] if mode == "1" else [0, 80, 160, 255]
    file = saved(quarters("L", colours=greys).convert(mode), tmp_path / "a.png")
    report, entries, samples = printed(picture(file, INCH), tmp_path)
    assert entries["/ColorSpace"] == "/DeviceGray"
    assert_close(middles(samples), greys, 1)
    assert report.pictures[0].colour == ("bitonal" if mode == "1" else "gray")
    assert ("picture-colour", Severity.NOTE) in checks(report) or mode == "1"
    assert report.pictures[0].total_ink == 100


def test_sixteen_bit_grey_is_scaled_not_cut(tmp_path: Path) -> None:
    greys = [0, 80, 160, 255]
    image = quarters("I", colours=[grey * 257 for grey in greys]).convert("I;16")
    _, entries, samples = printed(picture(saved(image, tmp_path / "a.png"), INCH), tmp_path)
    assert entries["/BitsPerComponent"] == 8
    assert_close(middles(samples), greys, 1)


CMYKS = [(255, 0, 0, 0), (0, 200, 30, 0), (0, 0, 180, 60), (0, 0, 0, 255)]


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_cmyk_keeps_its_inks(name: str, tmp_path: Path) -> None:
    file = saved(quarters("CMYK", colours=CMYKS), tmp_path / name, quality=98)
    report, _, samples = printed(picture(file, INCH), tmp_path)
    assert_close(middles(samples), CMYKS)
    assert checks(report) == [
        ("picture-colour", Severity.NOTE),
        ("picture-black", Severity.WARNING),
    ]


@pytest.mark.parametrize(("black", "said"), [(242, False), (245, True)])
def test_too_much_black_is_said(black: int, said: bool, tmp_path: Path) -> None:
    flat = quarters("CMYK", colours=[(0, 0, 0, black)] * 4)
    report, _, _ = printed(picture(saved(flat, tmp_path / "a.tif"), INCH), tmp_path)
    assert report.pictures[0].black_ink == round(black / 2.55)
    assert (("picture-black", Severity.WARNING) in checks(report)) is said


def scans(jpeg: bytes) -> bytes:
    """From the tables of the quantisation on, which make-up has no business with."""
    return jpeg[jpeg.index(b"\xff\xdb\0C\0") :]


@pytest.mark.parametrize("progressive", [False, True])
def test_a_cmyk_jpeg_for_this_press_is_not_coded_again(progressive: bool, tmp_path: Path) -> None:
    options = {"quality": 71, "icc_profile": NEWSPRINT.read_bytes(), "comment": b"a comment"}
    file = tmp_path / "a.jpg"
    saved(quarters("CMYK", colours=CMYKS), file, progressive=progressive, **options)
    report = write_pdf(sheet(picture(file, INCH)), {}, tmp_path / "page.pdf")
    with pikepdf.open(report.file) as document:
        (xobject,) = document.pages[0].Resources.XObject.values()
        data = xobject.read_raw_bytes()
    assert scans(data) == scans(file.read_bytes().replace(b"\xff\xfe\0\x0ba comment", b""))
    assert b"ICC_PROFILE" not in data and b"a comment" not in data
    _, _, samples = printed(picture(file, INCH), tmp_path)
    assert_close(middles(samples), CMYKS)


def test_a_cmyk_jpeg_turned_or_cropped_is_coded_again(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    file = saved(quarters("CMYK", colours=CMYKS), tmp_path / "a.jpg", exif=exif, quality=98)
    _, _, samples = printed(picture(file, INCH), tmp_path)
    assert_close(middles(samples), CMYKS[::-1])
    plain = saved(quarters("CMYK", colours=CMYKS), tmp_path / "b.jpg", quality=98)
    _, entries, samples = printed(picture(plain, INCH, Box(0.5, 0.0, 0.5, 1.0)), tmp_path)
    assert int(entries["/Width"]) == 100
    assert_close(middles(samples), [CMYKS[1], CMYKS[1], CMYKS[3], CMYKS[3]])


@pytest.mark.parametrize(("pixels", "printed_as"), [(300, 300), (1200, 300)])
def test_a_cmyk_jpeg_keeps_300_ppi_and_says_its_size(
    pixels: int, printed_as: int, tmp_path: Path
) -> None:
    file = saved(quarters("CMYK", size=pixels, colours=CMYKS), tmp_path / "a.jpg", quality=98)
    _, entries, samples = printed(picture(file, INCH), tmp_path)
    assert (int(entries["/Width"]), samples.size) == (printed_as, (printed_as, printed_as))
    assert_close(middles(samples), CMYKS)


def test_too_much_ink_is_said(tmp_path: Path) -> None:
    file = saved(quarters("CMYK", colours=[(255, 204, 204, 102)] * 4), tmp_path / "a.tif")
    report, _, _ = printed(picture(file, INCH), tmp_path)
    assert report.pictures[0].total_ink == 300
    assert ("picture-ink", Severity.WARNING) in checks(report)


def test_separated_photographs_keep_to_newsprint(tmp_path: Path) -> None:
    black = saved(Image.new("RGB", (200, 200)), tmp_path / "a.png")
    report, _, _ = printed(picture(black, INCH), tmp_path)
    assert 100 < report.pictures[0].total_ink <= 240
    assert report.findings == ()


def test_transparency_lies_on_paper(tmp_path: Path) -> None:
    image = quarters(
        "RGBA", colours=[(200, 30, 40, 255), (200, 30, 40, 0), (0, 0, 0, 128), (0,) * 4]
    )
    _, entries, samples = printed(picture(saved(image, tmp_path / "a.png"), INCH), tmp_path)
    assert "/SMask" not in entries
    wanted = separated([(200, 30, 40), (255, 255, 255), (127, 127, 127), (255, 255, 255)])
    assert wanted[1] == (0, 0, 0, 0)
    assert_close(middles(samples), wanted)


def test_palette_with_a_clear_colour(tmp_path: Path) -> None:
    image = quarters().quantize(4)
    clear = image.getpixel((50, 50))
    file = saved(image, tmp_path / "a.png", transparency=clear)
    _, _, samples = printed(picture(file, INCH), tmp_path)
    wanted = separated([(255, 255, 255), *COLOURS[1:]])
    assert_close(middles(samples), wanted, 6)


def test_exif_rotation_is_applied_before_the_crop(tmp_path: Path) -> None:
    # Orientation 6: the camera stood on its side; top left is the stored bottom left.
    exif = Image.Exif()
    exif[0x0112] = 6
    wide = quarters().resize((200, 100), Image.Resampling.NEAREST)
    file = saved(wide, tmp_path / "a.jpg", exif=exif, quality=98, subsampling=0)
    upright = Box(0.0, 0.0, 36.0, 72.0)
    _, entries, samples = printed(picture(file, upright), tmp_path)
    assert (entries["/Width"], entries["/Height"]) == (100, 200)
    turned = [COLOURS[2], COLOURS[0], COLOURS[3], COLOURS[1]]
    assert_close(middles(samples), separated(turned))
    top = picture(file, Box(0, 0, 36, 36), Box(0.0, 0.0, 1.0, 0.5))
    _, _, samples = printed(top, tmp_path)
    assert samples.size == (100, 100)
    assert_close([samples.getpixel((25, 50))], separated([COLOURS[2]]))


def test_crop_is_the_part_shown(tmp_path: Path) -> None:
    file = saved(quarters(size=400), tmp_path / "a.png")
    item = picture(file, INCH, Box(0.5, 0.0, 0.5, 0.5))
    report, _, samples = printed(item, tmp_path)
    assert report.pictures[0].ppi_in == 200.0
    assert samples.size == (200, 200)
    assert_close(middles(samples), separated([COLOURS[1]] * 4))


def test_fine_pictures_are_scaled_down(tmp_path: Path) -> None:
    file = saved(quarters(size=1500), tmp_path / "a.jpg", quality=98, subsampling=0)
    report, _, samples = printed(picture(file, INCH), tmp_path)
    assert (report.pictures[0].ppi_in, report.pictures[0].ppi_out) == (1500.0, 200.0)
    assert samples.size == (200, 200)
    assert_close(middles(samples), separated(COLOURS))


def test_coarse_pictures_are_not_blown_up(tmp_path: Path) -> None:
    file = saved(quarters(size=100), tmp_path / "a.png")
    report, _, samples = printed(picture(file, INCH), tmp_path)
    assert samples.size == (100, 100)
    assert checks(report) == [("picture-resolution", Severity.WARNING)]
    assert "100 ppi in print, 200 are wanted" in report.findings[0].message


def test_finding_names_page_story_box_and_mark(tmp_path: Path) -> None:
    file = saved(quarters(size=100), tmp_path / "a.png")
    mark = Mark("issue.yaml", 12, 5)
    box = Box(10.0, 20.0, 72.0, 72.0)
    item = Picture(str(file), box, Box(0, 0, 1, 1), 100.0, "", mark)
    report = write_pdf(sheet(item), {}, tmp_path / "page.pdf")
    (finding,) = report.findings
    assert (finding.mark, finding.story, finding.page) == (mark, "promotion", 1)
    assert finding.box == box.moved(20.0, 30.0)


def test_line_art_keeps_its_edges(tmp_path: Path) -> None:
    art = ImageChops.invert(Image.linear_gradient("L").resize((1000, 1000))).convert("1")
    report, entries, samples = printed(picture(saved(art, tmp_path / "a.png"), INCH), tmp_path)
    assert (entries["/Filter"], entries["/BitsPerComponent"]) == ("/FlateDecode", 1)
    assert samples.tobytes() == art.tobytes()
    assert report.pictures[0].ppi_out == 1000.0


def test_the_same_picture_twice_is_stored_once(tmp_path: Path) -> None:
    file = saved(quarters(), tmp_path / "a.png")
    page = sheet(picture(file, INCH), picture(file, INCH.moved(100.0, 0.0)))
    write_pdf(page, {}, tmp_path / "page.pdf")
    with pikepdf.open(tmp_path / "page.pdf") as document:
        shown = document.pages[0].Resources.XObject
        assert shown.P1.objgen == shown.P2.objgen
        assert document.pages[0].Contents.read_bytes().count(b" Do ") == 2


def test_relative_paths_are_looked_up_in_the_root(tmp_path: Path) -> None:
    saved(quarters(), tmp_path / "a.png")
    item = picture(Path("a.png"), INCH)
    report = write_pdf(sheet(item), {}, tmp_path / "page.pdf", root=tmp_path)
    assert report.pictures[0].file == "a.png"


def test_nothing_of_the_source_file_leaks(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "a photographer's name"
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": exif, "comment": b"a comment", "icc_profile": srgb}
    file = saved(quarters(), tmp_path / "a.jpg", **options)
    printed(picture(file, INCH), tmp_path)
    data = (tmp_path / "page.pdf").read_bytes()
    assert b"photographer" not in data
    assert b"a comment" not in data
    assert b"ICC_PROFILE" not in data


def engraved(page: Sheet, expected: list[tuple[str, tuple[int, int], float]], out: Path) -> bytes:
    with Engraver(Path(), NEWSPRINT.read_bytes()) as engraver:
        engraver.expect(expected)
        engraver.begin(page)
        write_page(draw_page(page, {}), engraver.pictures(page), out)
    return out.read_bytes()


def test_decoding_ahead_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file = saved(quarters(size=380), tmp_path / "a.jpg", exif=exif)
    fine = saved(quarters(size=900), tmp_path / "b.jpg")
    items = [picture(file, INCH), picture(fine, INCH.moved(90.0, 0.0))]
    decoded: list[str] = []

    def watched(path: Path) -> Image.Image | None:
        decoded.append(path.name)
        return plain(path)

    plain = pixels.decoded
    monkeypatch.setattr(pixels, "decoded", watched)
    page = sheet(*items)
    before = engraved(page, [], tmp_path / "1.pdf")
    expected = [
        (str(file), (380, 380), 72.0),
        (str(fine), (900, 900), 72.0),
        (str(file), (380, 380), 72.0),
    ]
    assert engraved(page, expected, tmp_path / "2.pdf") == before
    assert decoded == ["a.jpg"]  # the other is decoded at a quarter, when its size is known


def test_decoding_ahead_keeps_to_its_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [str(saved(quarters(size=300), tmp_path / f"{k}.jpg")) for k in range(3)]
    monkeypatch.setattr(pictures, "AHEAD", 2 * 300 * 300)
    with Engraver(Path()) as engraver:
        engraver.expect([(name, (300, 300), 72.0) for name in names])
        assert list(engraver._ahead) == names[:2]


def test_a_picture_decoded_ahead_and_not_placed_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "a.tif"  # stays open for its second picture
    quarters().save(file, save_all=True, append_images=[quarters()])
    engraved(sheet(), [(str(file), (200, 200), 72.0)], tmp_path / "page.pdf")
    gc.collect()  # an open file would warn, and warnings are errors


def test_what_nobody_foresaw_in_a_picture_not_placed_stops_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def strange(path: Path) -> Image.Image:
        raise RecursionError(path)

    monkeypatch.setattr(pixels, "decoded", strange)
    assert engraved(sheet(), [("a.jpg", (200, 200), 72.0)], tmp_path / "page.pdf")


def test_a_broken_picture_decoded_ahead_is_named_as_ever(tmp_path: Path) -> None:
    whole = saved(quarters(), tmp_path / "whole.jpg").read_bytes()
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="cannot be read"):
        engraved(sheet(picture(cut, INCH)), [(str(cut), (200, 200), 72.0)], tmp_path / "page.pdf")
    assert not (tmp_path / "page.pdf").exists()


def test_all_bad_pictures_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 and then nothing")
    (tmp_path / "text.png").write_text("no picture")
    whole = saved(quarters(size=900), tmp_path / "whole.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    saved(Image.new("F", (9, 9)), tmp_path / "float.tif")
    names = ["missing.jpg", "broken.jpg", "text.png", "cut.jpg", "float.tif"]
    items = [picture(tmp_path / name, INCH.moved(n, 0.0)) for n, name in enumerate(names)]
    with pytest.raises(InputError) as raised:
        write_pdf(sheet(*items), {}, tmp_path / "page.pdf")
    findings: tuple[Finding, ...] = raised.value.findings
    assert [finding.message.split(":")[0] for finding in findings] == [
        str(tmp_path / name) for name in names
    ]
    assert all(finding.hint for finding in findings)
    assert not (tmp_path / "page.pdf").exists()


def test_profile_must_be_for_printing_in_cmyk(tmp_path: Path) -> None:
    screen = tmp_path / "screen.icc"
    screen.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for path in (screen, tmp_path / "missing.icc"):
        with pytest.raises(InputError, match="printing profile"):
            write_pdf(sheet(), {}, tmp_path / "page.pdf", path)


def test_another_profile_names_itself(tmp_path: Path) -> None:
    own = tmp_path / "own.icc"
    own.write_bytes(NEWSPRINT.read_bytes())
    write_pdf(sheet(), {}, tmp_path / "page.pdf", own)
    with pikepdf.open(tmp_path / "page.pdf") as document:
        (intent,) = document.Root.OutputIntents
        assert str(intent.Info) == "Newsprint coldset, CGATS TR 002-2007"
        assert "/RegistryName" not in intent
