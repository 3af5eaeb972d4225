"""Images made small for a phone: right side up, never larger, nothing of them wrong."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, ImageCms, ImageDraw, ImageFilter, features
from PIL import Image as Pixels

from cardwright.diagnostics import Code
from cardwright.media.cache import NO_CACHE, Cache
from cardwright.media.metadata import without_metadata
from cardwright.media.picture import Picture, PreparedFile, Refusal
from cardwright.media.pixels import shrink
from cardwright.media.prepare import prepare
from tests.pictures import chunk, png, saved

WIDTH = 1280


def photo(width: int = 600, height: int = 400) -> Pixels.Image:
    """Soft shapes and the noise of a camera."""
    seed = Random(1).randbytes((width // 16 + 1) * (height // 16 + 1) * 3)
    soft = Pixels.frombytes("RGB", (width // 16 + 1, height // 16 + 1), seed)
    soft = soft.filter(ImageFilter.GaussianBlur(2)).resize((width, height))
    noise = Pixels.frombytes("L", (width, height), Random(2).randbytes(width * height))
    return Pixels.blend(soft, noise.convert("RGB"), 0.08)


def plot(width: int = 600, height: int = 400) -> Pixels.Image:
    """Lines and areas of a few colours."""
    picture = Pixels.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    for n in range(20):
        pen.line((0, n * height // 20, width, height - n * 7), fill=(n * 12, 80, 200), width=2)
    pen.rectangle((width // 3, 3, width // 2, height // 2), fill="red")
    return picture


def shrunk(content: bytes, kind: str, max_width: int = WIDTH) -> Picture:
    picture = shrink(content, kind, max_width)
    assert isinstance(picture, Picture)
    assert len(picture.content) <= len(content)
    return picture


def opened(picture: Picture) -> Pixels.Image:
    image = Pixels.open(io.BytesIO(picture.content))
    image.load()
    return image


def test_a_photo_that_is_too_wide_is_scaled_down_and_becomes_webp() -> None:
    content = saved(photo(2000, 1500), "JPEG", {"quality": 90})

    picture = shrunk(content, "jpg", 1000)

    assert picture.extension == "webp"
    assert opened(picture).size == (1000, 750)
    assert len(picture.content) < len(content) / 4


@pytest.mark.parametrize(("width", "wanted"), [(1280, 1280), (1281, 1280), (300, 300)])
def test_only_what_is_too_wide_is_scaled(width: int, wanted: int) -> None:
    content = saved(photo(width, 200), "JPEG", {"quality": 92})

    assert opened(shrunk(content, "jpg")).width == wanted


def test_a_drawing_keeps_every_pixel() -> None:
    for source in (plot(), plot().quantize(16), plot().convert("L"), plot().convert("1")):
        content = saved(source, "PNG")

        picture = shrunk(content, "png")

        assert list(opened(picture).convert("RGB").tobytes()) == list(
            source.convert("RGB").tobytes()
        )


def test_a_photo_in_a_png_is_not_kept_lossless() -> None:
    content = saved(photo(), "PNG")

    picture = shrunk(content, "png")

    assert picture.extension == "webp"
    assert len(picture.content) < len(content) / 5


def test_what_is_small_already_stays_as_it_is() -> None:
    content = saved(photo(), "WEBP", {"quality": 30})

    assert shrunk(content, "webp").content == content
    content = saved(plot(16, 16).quantize(2), "WEBP", {"lossless": True})
    assert shrunk(content, "webp").content == content


def test_a_lossy_copy_that_gains_little_is_not_taken() -> None:
    content = saved(photo(), "JPEG", {"quality": 25})

    assert shrunk(content, "jpg").extension == "jpg"


@pytest.mark.parametrize("form", ["BMP", "GIF", "AVIF", "TIFF"])
def test_other_formats(form: str) -> None:
    if form == "AVIF" and not features.check("avif"):
        pytest.skip("this Pillow reads no AVIF")
    kind = form.lower()
    content = saved(plot(1600, 400), form)

    picture = shrunk(content, kind)

    assert kind != "bmp" or len(picture.content) < len(content) / 20
    if form == "TIFF":
        assert picture.content == content  # not one that is known here


def exif(orientation: int) -> bytes:
    tags = Pixels.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    tags[ExifTags.Base.Make] = "a camera of mine"
    tags.get_ifd(ExifTags.IFD.GPSInfo)[1] = "N"
    return tags.tobytes()


def quarters(width: int = 400, height: int = 200) -> Pixels.Image:
    """Red, green, blue and white, in reading order."""
    picture = Pixels.new("RGB", (2, 2))
    picture.putdata([(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)])
    return picture.resize((width, height), Pixels.Resampling.NEAREST)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(("form", "kind"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_rotated_photo_is_turned_upright_and_loses_its_location(
    orientation: int, form: str, kind: str
) -> None:
    turns = {
        2: Pixels.Transpose.FLIP_LEFT_RIGHT,
        3: Pixels.Transpose.ROTATE_180,
        4: Pixels.Transpose.FLIP_TOP_BOTTOM,
        5: Pixels.Transpose.TRANSPOSE,
        6: Pixels.Transpose.ROTATE_90,
        7: Pixels.Transpose.TRANSVERSE,
        8: Pixels.Transpose.ROTATE_270,
    }
    source = quarters()
    stored = source.transpose(turns[orientation]) if orientation in turns else source
    content = saved(stored, form, {"exif": exif(orientation), "quality": 95})

    for max_width in (WIDTH, 200):
        picture = shrink(content, kind, max_width)

        assert isinstance(picture, Picture)
        assert b"camera" not in picture.content
        seen = seen_upright(opened(picture))
        assert seen.size == (min(400, max_width), min(400, max_width) // 2)
        corners = [(9, 9), (seen.width - 9, 9), (9, seen.height - 9)]
        for corner, colour in zip(corners, [(255, 0, 0), (0, 255, 0), (0, 0, 255)], strict=True):
            found = seen.getpixel(corner)
            assert isinstance(found, tuple)
            assert max(abs(a - b) for a, b in zip(found, colour, strict=True)) < 40


def seen_upright(image: Pixels.Image) -> Pixels.Image:
    """The image as a browser shows it, by what is left of its EXIF."""
    turned = image.getexif().get(ExifTags.Base.Orientation, 1)
    ways = {3: Pixels.Transpose.ROTATE_180, 6: Pixels.Transpose.ROTATE_270,
            8: Pixels.Transpose.ROTATE_90, 2: Pixels.Transpose.FLIP_LEFT_RIGHT,
            4: Pixels.Transpose.FLIP_TOP_BOTTOM, 5: Pixels.Transpose.TRANSPOSE,
            7: Pixels.Transpose.TRANSVERSE}  # fmt: skip
    return (image.transpose(ways[turned]) if turned in ways else image).convert("RGB")


def test_a_jpeg_that_stays_keeps_its_direction_alone() -> None:
    content = saved(photo(), "JPEG", {"quality": 25, "exif": exif(6), "comment": b"at home"})

    picture = shrunk(content, "jpg")

    assert picture.extension == "jpg"
    tags = opened(picture).getexif()
    assert dict(tags) == {ExifTags.Base.Orientation: 6}
    assert b"at home" not in picture.content
    assert opened(picture).tobytes() == Pixels.open(io.BytesIO(content)).tobytes()


def test_data_after_a_jpeg_is_removed() -> None:
    content = saved(photo(), "JPEG", {"quality": 25, "progressive": True})

    assert shrunk(content + b"\0\0\0\x18ftypmp42" + b"film" * 1000, "jpg").content == content


def test_colours_of_another_profile_become_those_of_srgb() -> None:
    wide = ImageCms.ImageCmsProfile(io.BytesIO(swapped_profile()))
    content = saved(photo(), "JPEG", {"quality": 95, "icc_profile": wide.tobytes()})
    plain = saved(photo(), "JPEG", {"quality": 95})

    with_profile, without = opened(shrunk(content, "jpg")), opened(shrunk(plain, "jpg"))

    assert "icc_profile" not in with_profile.info
    assert with_profile.tobytes() != without.tobytes()


def swapped_profile() -> bytes:
    """sRGB with red and green exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1)
    return (
        swapped.replace(b"????", b"gXYZ", 1)
        .replace(b"s\0R\0G\0B", b"o\0d\0d\0s")
        .replace(b"sRGB", b"odds")
    )


def test_cmyk_and_sixteen_bits_are_seen_as_they_are() -> None:
    cmyk = saved(quarters().convert("CMYK"), "JPEG", {"quality": 95})
    grey = Pixels.new("I;16", (64, 64), 32_768)

    red = opened(shrunk(cmyk, "jpg")).convert("RGB").getpixel((9, 9))
    half = opened(shrunk(saved(grey, "PNG"), "png")).convert("L").getpixel((9, 9))

    assert isinstance(red, tuple)
    assert red[0] > 200 > 60 > red[1]
    assert isinstance(half, int | float)
    assert half in (127, 128) or half == 32_768


@pytest.mark.parametrize(("alpha", "is_clear"), [(255, False), (254, True), (0, True)])
def test_transparency_is_recognised(alpha: int, is_clear: bool) -> None:
    picture = plot().convert("RGBA")
    picture.putpixel((1, 1), (0, 0, 0, alpha))

    for form, kind in (("PNG", "png"), ("WEBP", "webp")):
        assert shrunk(saved(picture, form, {"lossless": True}), kind).is_clear == is_clear


def test_a_transparent_colour_of_a_palette_is_clear() -> None:
    content = saved(plot().quantize(8), "PNG", {"transparency": 0})

    picture = shrunk(content, "png")

    assert picture.is_clear
    assert opened(picture).convert("RGBA").getchannel("A").getextrema() == (0, 255)


def animation(form: str, **options: object) -> bytes:
    frames = [plot(400, 300).rotate(angle) for angle in range(0, 360, 30)]
    more = {"save_all": True, "append_images": frames[1:], "duration": 80, "loop": 0, **options}
    return saved(frames[0], form, more)


@pytest.mark.parametrize(("form", "kind"), [("GIF", "gif"), ("PNG", "png"), ("WEBP", "webp")])
@pytest.mark.parametrize("max_width", [WIDTH, 200])
def test_an_animation_stays_one(form: str, kind: str, max_width: int) -> None:
    content = animation(form, lossless=True) if form == "WEBP" else animation(form)

    picture = shrunk(content, kind, max_width)

    image = opened(picture)
    assert getattr(image, "n_frames", 1) == 12
    assert image.width == min(400, max_width)
    image.seek(5)
    image.load()
    assert image.info["duration"] == 80
    assert image.info["loop"] == 0


@pytest.mark.parametrize(("loop", "plays"), [({}, 1), ({"loop": 0}, 0), ({"loop": 2}, 3)])
def test_a_gif_plays_as_often_as_it_did(loop: dict[str, int], plays: int) -> None:
    frames = [photo(200, 100), photo(200, 100).rotate(180)]
    content = saved(
        frames[0], "GIF", {"save_all": True, "append_images": frames[1:], "duration": 90, **loop}
    )

    picture = shrunk(content, "gif", 100)

    assert (picture.extension, opened(picture).info["loop"]) == ("webp", plays)


def test_an_animation_that_is_too_much_stays_as_it_is() -> None:
    still = saved(Pixels.new("L", (2_000, 2_000)), "GIF")
    frame = still[still.index(b",\0\0\0\0") : -1]
    content = still[:-1] + frame * 109 + b";"

    assert shrunk(content, "gif").content == content


def header(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says how large it is."""
    size = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + body + chunk(b"IEND", b"")


def bombs() -> Iterator[tuple[str, bytes]]:
    yield "png", header(40_000, 40_000)
    yield "png", header(2_000_000_000, 2)
    yield "png", header(1, 70_000)
    icon = header(40_000, 40_000)
    yield "ico", b"\0\0\1\0\1\0" + struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(icon), 22) + icon
    yield "gif", b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0)
    jpeg = bytearray(saved(Pixels.new("L", (8, 8)), "JPEG"))
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", 60_000, 60_000)
    yield "jpg", bytes(jpeg)
    bitmap = bytearray(saved(Pixels.new("L", (8, 8)), "BMP"))
    bitmap[18:26] = struct.pack("<ii", 50_000, 50_000)
    yield "bmp", bytes(bitmap)


@pytest.mark.parametrize(("kind", "content"), tuple(bombs()), ids=lambda value: str(value)[:5])
def test_what_would_take_all_memory_is_refused(kind: str, content: bytes) -> None:
    refusal = shrink(content, kind, WIDTH)

    assert isinstance(refusal, Refusal)
    assert refusal.code in (Code.IMAGE_OVERSIZED, Code.IMAGE_DAMAGED)


def test_a_huge_picture_is_refused_for_its_size() -> None:
    content = bytearray(saved(Pixels.new("L", (8, 8)), "PNG"))
    content[16:24] = struct.pack(">II", 20_000, 12_000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))

    refusal = shrink(bytes(content), "png", WIDTH)

    assert isinstance(refusal, Refusal)
    assert refusal.words == "is too large to be opened: more than 200 million pixels"


def test_a_text_that_unpacks_to_much_is_not_unpacked() -> None:
    bomb = b"Comment\0\0" + zlib.compress(b"\0" * 10_000_000)
    content = png("leaf")[:33] + chunk(b"zTXt", bomb) + png("leaf")[33:]

    outcome = shrink(content, "png", WIDTH)

    assert isinstance(outcome, Refusal)
    assert outcome.code is Code.IMAGE_DAMAGED


@pytest.mark.parametrize(
    ("form", "kind"),
    [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif"), ("WEBP", "webp"), ("BMP", "bmp")],
)
def test_what_is_cut_off_is_damaged(form: str, kind: str) -> None:
    content = saved(photo(120, 80), form)

    for share in (0.1, 0.5, 0.9):
        refusal = shrink(content[: int(len(content) * share)], kind, WIDTH)

        assert isinstance(refusal, Refusal)
        assert refusal.code is Code.IMAGE_DAMAGED
        assert "0x" not in refusal.words


SOURCES = [
    ("png", saved(plot(60, 40), "PNG", {"exif": exif(6)})),
    ("jpg", saved(photo(60, 40), "JPEG", {"exif": exif(6)})),
    ("gif", saved(plot(60, 40), "GIF", {"save_all": True, "append_images": [photo(60, 40)]})),
    ("webp", saved(photo(60, 40), "WEBP", {"exif": exif(6)})),
    ("bmp", saved(plot(60, 40), "BMP")),
    ("avif", saved(photo(60, 40), "AVIF") if features.check("avif") else b""),
    ("ico", saved(plot(32, 32), "ICO")),
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SOURCES), st.data())
def test_no_bytes_break_it(source: tuple[str, bytes], data: st.DataObject) -> None:
    kind, content = source
    broken = bytearray(content)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(broken) - 1, 0)))
        broken[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))

    assert isinstance(shrink(bytes(broken), kind, 50), Picture | Refusal)
    without_metadata(bytes(broken), kind)


def test_the_same_image_is_made_the_same_twice() -> None:
    content = saved(photo(1500, 900), "JPEG")

    assert shrunk(content, "jpg") == shrunk(content, "jpg")


def test_names_are_of_source_and_recipe(tmp_path: Path) -> None:
    cache = Cache(tmp_path, is_writable=True)
    content = saved(photo(1500, 900), "JPEG")

    first, wide, again = (prepare(content, width, cache) for width in (800, 900, 800))
    bare = prepare(content, 800, NO_CACHE)

    assert isinstance(first, PreparedFile)
    assert isinstance(wide, PreparedFile)
    assert first == again == bare
    assert first.media.name != wide.media.name
    assert first.media.source_hash == wide.media.source_hash
    assert first.source_bytes == len(content) > len(first.media.content)


def test_a_cache_that_is_only_read_stays_empty(tmp_path: Path) -> None:
    prepare(saved(photo(), "JPEG"), 100, Cache(tmp_path))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "foreign",
    [
        Picture(b"<script>alert(1)</script>", "html"),
        Picture(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "svg"),
        Picture(b"\x89PNG\r\n\x1a\nx", '"><script>'),
        Picture(b"\x89PNG\r\n\x1a\nx", "../../x.png"),
        Picture(b"\x89PNG\r\n\x1a\nx", "png", lost=("anything",)),
    ],
    ids=lambda picture: picture.extension,
)
def test_a_foreign_picture_in_the_cache_is_an_image_or_is_made_again(
    tmp_path: Path, foreign: Picture
) -> None:
    cache = Cache(tmp_path, is_writable=True)
    content = saved(photo(1500, 900), "JPEG")
    made = prepare(content, 800, cache)
    (path,) = (path for path in tmp_path.rglob("*") if len(path.name) == 64)
    cache.store_picture(path.name, foreign)

    assert prepare(content, 800, cache) == made


def test_a_sound_is_packed_as_it_is() -> None:
    content = b"ID3" + b"\0" * 50

    made = prepare(content, WIDTH, NO_CACHE)

    assert isinstance(made, PreparedFile)
    assert made.media.is_sound
    assert made.media.name.endswith(".mp3")
    assert made.media.content == content
