"""Shrinks raster images and animations: upright, in sRGB, no wider than needed, in few bytes."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from functools import cache
from threading import Lock

from PIL import (
    ExifTags,
    Image,
    ImageChops,
    ImageCms,
    ImageSequence,
    UnidentifiedImageError,
    features,
)

from cardwright.diagnostics import Code
from cardwright.media.kinds import extension_of
from cardwright.media.limits import (
    LONGEST_SIDE,
    LONGEST_WEBP,
    MOST_DECODED_PIXELS,
    MOST_FRAME_PIXELS,
    MOST_PIXELS,
)
from cardwright.media.metadata import without_metadata
from cardwright.media.picture import Picture, Refusal

_CHOICE = 2  # raise it when a picture may get another format, and so another name
ENCODERS = f"{_CHOICE} " + " ".join(
    f"{name} {features.version(name)}"
    for name in ("pil", "webp", "zlib", "jpg", "avif", "littlecms2")
)
"""The libraries that decode and encode, with versions. Other versions may give other bytes."""

_FORMATS = {
    "png": "PNG", "jpg": "JPEG", "gif": "GIF", "webp": "WEBP", "bmp": "BMP", "avif": "AVIF",
    "ico": "ICO",
}  # fmt: skip
_OVER = 1.25
_QUALITY, _FRAME_QUALITY = 80, 75
_EFFORT, _FRAME_EFFORT = 4, 3  # of 6. Higher values save few bytes and take three times as long
_WORTH = 0.9  # the largest share of the bytes that a lossy copy may have to be worth the loss
_FLAT = 0.5
"""The share of pixels equal to their left neighbour from which a picture counts as drawn."""

_QUICK = 10
"""Milliseconds. Browsers show a frame of this duration or less for ``_SLOW`` milliseconds."""
_SLOW = 100
_LARGE = 25_000_000
"""Pixels. Larger images are processed one at a time, because each may take a gigabyte."""
_ONE_AT_A_TIME = Lock()

_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError,
    MemoryError, RuntimeError, struct.error, zlib.error, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # fmt: skip
"""What Pillow's decoders raise for invalid files."""


def shrink(content: bytes, kind: str, max_width: int) -> Picture | Refusal:
    """Shrink a picture for a card. The result is never larger, unless the picture must be rotated.

    ``kind`` is ``kinds.extension_of(content)``. Scales the picture down to ``max_width``, and
    writes it as WebP if that is smaller, without loss if it is drawn. Otherwise returns the bytes
    without metadata. Deterministic for the same ``ENCODERS``.
    """
    if kind not in _FORMATS or (kind == "avif" and not features.check("avif")):
        return Picture(content, kind, is_clear=True)
    try:
        with _opened(content, kind) as image:
            width, height = image.size
            if width * height > MOST_PIXELS or max(image.size) > LONGEST_SIDE:
                return _oversized(f"{width:,} × {height:,} pixels")
            is_large = width * height > _LARGE
            with _ONE_AT_A_TIME if is_large else nullcontext():
                return _made(image, content, kind, max_width)
    except Image.DecompressionBombError:
        return _oversized(f"more than {2 * MOST_PIXELS // 1_000_000} million pixels")
    except _BROKEN as error:
        return Refusal(
            f"is damaged: {_reason(error)}", "save it again as PNG or JPEG", Code.IMAGE_DAMAGED
        )


def pixels_of(content: bytes) -> int:
    """Return the number of pixels that a picture claims, or 0 if it cannot be opened."""
    kind = extension_of(content)
    if kind not in _FORMATS:
        return 0
    try:
        with _opened(content, kind) as image:
            return image.width * image.height
    except Image.DecompressionBombError:
        return 2 * MOST_PIXELS
    except _BROKEN:
        return 0


def _opened(content: bytes, kind: str) -> Image.Image:
    _set_limits()
    return Image.open(io.BytesIO(content), formats=[_FORMATS[kind]])


@cache
def _set_limits() -> None:
    """Raise Pillow's limit to ours, and silence its warnings of what this program reports."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.filterwarnings("ignore", module=r"PIL\.")


def _made(image: Image.Image, content: bytes, kind: str, max_width: int) -> Picture:
    if kind == "ico":
        image.load()
        return Picture(content, kind, is_clear=True)
    if kind in ("gif", "png", "webp") and getattr(image, "n_frames", 1) > 1:
        animated = _animated(image, content, kind, max_width)
        bare = without_metadata(content, kind)
        return animated or Picture(bare, kind, image.has_transparency_data)
    return _still(image, content, kind, max_width)


def _oversized(words: str) -> Refusal:
    hint = f"scale it down to at most {MOST_PIXELS // 1_000_000} million pixels"
    return Refusal(f"is too large to be opened: {words}", hint, Code.IMAGE_OVERSIZED)


def _reason(error: Exception) -> str:
    if isinstance(error, UnidentifiedImageError):  # its message has a memory address
        return "its first bytes do not fit its format"
    words = " ".join(str(error).split())
    return words[:1].lower() + words[1:100] or type(error).__name__


def _still(image: Image.Image, content: bytes, kind: str, max_width: int) -> Picture:
    orientation = _orientation(image)
    size = image.size[::-1] if orientation in _ON_THE_SIDE else image.size
    target = _fitted(size, max_width)
    is_scaled = target != size
    if kind == "jpg" and is_scaled:
        # Decode it at a half, a quarter or an eighth, still larger than the target.
        goal = target[::-1] if orientation in _ON_THE_SIDE else target
        image.draft(None, (round(goal[0] * _OVER), round(goal[1] * _OVER)))
    image.load()
    plain = _in_srgb(_eight_bits(image), image.info.get("icc_profile"))
    plain = plain.transpose(_TURNS[orientation]) if orientation != 1 else plain
    is_exact = kind in ("png", "gif", "bmp") or (kind == "webp" and content[12:16] == b"VP8L")
    is_drawn = is_exact and _is_drawn(plain)
    if is_scaled:
        plain = plain.resize(target, Image.Resampling.LANCZOS, reducing_gap=3.0)
    stripped = without_metadata(content, kind, orientation)
    is_clear = plain.mode == "RGBA"
    must_turn = orientation != 1 and kind != "jpg"  # browsers ignore it in other kinds
    is_better = is_drawn or is_scaled or must_turn
    if not is_better and kind in ("webp", "avif"):
        return Picture(stripped, kind, is_clear)
    made = _encoded(plain, is_drawn=is_drawn)
    limit = len(stripped) * (1 if is_better else _WORTH)
    if made is None or (len(made[0]) >= limit and not must_turn):
        return Picture(stripped, kind, is_clear)
    return Picture(*made, is_clear)


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation (1 to 8), or 1 if there is none that can be read."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    except _BROKEN:
        return 1
    return orientation if orientation in _TURNS else 1


_ON_THE_SIDE = (5, 6, 7, 8)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _eight_bits(image: Image.Image) -> Image.Image:
    """Convert to mode L, RGB, RGBA or CMYK. The mode is RGBA only if a pixel is transparent."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        clear = image if image.mode == "RGBA" else image.convert("RGBA")
        return clear if clear.getchannel("A").getextrema() != (255, 255) else clear.convert("RGB")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Convert to sRGB, which screens assume, from another profile that fits the mode."""
    converted = None
    if isinstance(profile, bytes) and profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            name = ImageCms.getProfileDescription(own)
            space = own.profile.xcolor_space.strip()
            if "sRGB" not in name and space == {"RGBA": "RGB"}.get(image.mode, image.mode):
                colours = image.convert("RGB") if image.mode == "RGBA" else image
                srgb = ImageCms.createProfile("sRGB")
                converted = ImageCms.profileToProfile(colours, own, srgb, outputMode="RGB")
    if converted is None:
        return image.convert("RGB") if image.mode == "CMYK" else image
    if image.mode == "RGBA":
        converted.putalpha(image.getchannel("A"))
    return converted


def _is_drawn(image: Image.Image) -> bool:
    """Whether a picture has flat areas, as drawings do. Lossy compression would blur its edges."""
    grey = image.convert("L")
    width, height = grey.size
    if width < 2:
        return True
    left, right = grey.crop((0, 0, width - 1, height)), grey.crop((1, 0, width, height))
    same = ImageChops.difference(left, right).histogram()[0]
    return same / ((width - 1) * height) >= _FLAT


def _encoded(image: Image.Image, *, is_drawn: bool) -> tuple[bytes, str] | None:
    """Return a WebP, without loss if it is drawn. Of 248 drawings, one was smaller as PNG.

    If it is too long for WebP, a drawing becomes a PNG, and others give ``None``.
    """
    if max(image.size) > LONGEST_WEBP:
        return (_saved(image, "PNG", optimize=True), "png") if is_drawn else None
    options = {"lossless": True} if is_drawn else {}
    return _saved(image, "WEBP", **options, quality=_QUALITY, method=_EFFORT), "webp"


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    bare = image.copy() if image.info else image
    bare.info.clear()
    bare.save(out, form, **options)
    return out.getvalue()


def _animated(image: Image.Image, content: bytes, kind: str, max_width: int) -> Picture | None:
    """Return the animation as WebP, or ``None`` if that is not smaller or takes too much memory."""
    width, height = image.size
    size = _fitted(image.size, max_width)
    count = getattr(image, "n_frames", 1)
    is_too_much = count * size[0] * size[1] > MOST_FRAME_PIXELS
    is_too_much |= count * width * height > MOST_DECODED_PIXELS
    is_as_good = kind == "webp" and size == image.size
    if is_too_much or is_as_good or max(size) > LONGEST_WEBP:
        return None
    loop = image.info.get("loop")
    if kind == "gif":  # it stores the repetitions, and WebP how often it plays, 0 for endlessly
        loop = 1 if loop is None else int(loop) + (loop != 0)
    frames, durations = zip(*_frames(image, size), strict=True)
    is_clear = any(frame.getchannel("A").getextrema()[0] < 255 for frame in frames)
    out = io.BytesIO()
    frames[0].save(
        out, "WEBP", save_all=True, append_images=frames[1:], duration=list(durations),
        loop=int(loop or 0), quality=_FRAME_QUALITY, method=_FRAME_EFFORT, allow_mixed=True,
    )  # fmt: skip
    made = out.getvalue()
    return Picture(made, "webp", is_clear) if len(made) < len(content) else None


def _fitted(size: tuple[int, int], max_width: int) -> tuple[int, int]:
    """Return the size of a picture that is not wider than ``max_width``."""
    width, height = size
    scale = min(1.0, max_width / width)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _frames(image: Image.Image, size: tuple[int, int]) -> Iterator[tuple[Image.Image, int]]:
    """Yield each frame as it is shown, with its duration in milliseconds."""
    for frame in ImageSequence.Iterator(image):
        seen = frame.convert("RGBA")
        seen.info.clear()
        duration = round(frame.info.get("duration", _SLOW))
        if seen.size != size:
            seen = seen.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)
        yield seen, duration if duration > _QUICK else _SLOW
