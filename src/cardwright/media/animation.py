"""Scales the frames of animations and writes them as WebP if that is smaller."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageSequence

from cardwright.media.limits import LONGEST_WEBP, MOST_DECODED_PIXELS, MOST_FRAME_PIXELS
from cardwright.media.picture import Picture

_QUALITY = 75
_EFFORT = 3
_QUICK = 10
"""Milliseconds. Browsers show a frame of this duration or less for ``_SLOW`` milliseconds."""
_SLOW = 100


def animated(image: Image.Image, content: bytes, kind: str, max_width: int) -> Picture | None:
    """Return the animation as WebP, or ``None`` if that is not smaller or takes too much memory."""
    width, height = image.size
    size = fitted(image.size, max_width)
    count = getattr(image, "n_frames", 1)
    is_too_much = count * size[0] * size[1] > MOST_FRAME_PIXELS
    is_too_much |= count * width * height > MOST_DECODED_PIXELS
    is_as_good = kind == "webp" and size == image.size
    if is_too_much or is_as_good or max(size) > LONGEST_WEBP:
        return None
    loop = _plays(image, kind)
    frames, durations = zip(*_frames(image, size), strict=True)
    is_clear = any(frame.getchannel("A").getextrema()[0] < 255 for frame in frames)
    out = io.BytesIO()
    frames[0].save(
        out, "WEBP", save_all=True, append_images=frames[1:], duration=list(durations), loop=loop,
        quality=_QUALITY, method=_EFFORT, allow_mixed=True,
    )  # fmt: skip
    made = out.getvalue()
    return Picture(made, "webp", is_clear) if len(made) < len(content) else None


def fitted(size: tuple[int, int], max_width: int) -> tuple[int, int]:
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


def _plays(image: Image.Image, kind: str) -> int:
    """Return how often WebP should play it, 0 for endlessly. A GIF stores the repetitions."""
    loop = image.info.get("loop")
    if kind != "gif":
        return int(loop or 0)
    return 1 if loop is None else int(loop) + (loop != 0)
