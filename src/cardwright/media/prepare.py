"""Processes a media file for the package, and names it after its source and recipe."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from cardwright.media.cache import Cache
from cardwright.media.kinds import extension_of, kind_of, sound_extension_of
from cardwright.media.picture import Drawings, Picture, PreparedFile, Refusal
from cardwright.model import Media

_PIXELS, _DRAWING, _SOUND = 1, 1, 1
"""Versions of the recipes. Raise one when its output changes, so that files get a new name."""
_FORMATS = "save it as PNG, JPEG, WebP, AVIF, GIF or SVG"


Stamp = tuple[str, int, int, int, int]
ImageMemo = dict[Stamp, PreparedFile]
"""Prepared images, kept between builds in one process. ``Drawings`` keeps the SVG files."""


def stamp_of(path: Path, max_width: int) -> Stamp | None:
    """Return what changes when the file's content changes, or ``None`` if there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, max_width


def prepare(content: bytes, max_width: int, cache: Cache) -> PreparedFile | Refusal:
    """Process ``content``, or use the cached result. The kind depends on the bytes alone.

    The name is a hash of the source and the recipe, not of an encoder's output. Only the extension
    depends on the output.
    """
    if not content:
        return Refusal("is an empty file")
    kind, sound = extension_of(content), sound_extension_of(content)
    if not kind and not sound:
        other = kind_of(content)
        hint = "run 'git lfs pull'" if "Git LFS" in other else _FORMATS
        return Refusal(f"is {other}, not an image that Anki shows", hint)
    source = sha256(content).hexdigest()
    picture: Picture | Refusal
    if kind == "svg":
        recipe, picture = f"drawing {_DRAWING}", _drawn(content, source, cache.drawings)
    elif kind:
        recipe = f"pixels {_PIXELS} {max_width}"
        picture = _shrunk(content, kind, max_width, cache, f"{source}\n{recipe}")
    else:
        recipe, picture = f"sound {_SOUND}", Picture(content, sound)
    if isinstance(picture, Refusal):
        return picture
    stem = sha256(f"{source} {recipe}".encode()).hexdigest()[:20]
    name = f"cw-{stem}.{picture.extension}"
    media = Media(name, picture.content, source, is_sound=not kind, is_clear=picture.is_clear)
    return PreparedFile(media, len(content), picture.lost)


def _drawn(content: bytes, source: str, drawings: Drawings) -> Picture | Refusal:
    picture: Picture | Refusal | None = drawings.used.get(source) or drawings.known.get(source)
    if picture is None:
        from cardwright.media.svg import clean_svg  # most decks do not need expat

        picture = clean_svg(content)
    if isinstance(picture, Picture):
        drawings.used[source] = picture
    return picture


def _shrunk(
    content: bytes, kind: str, max_width: int, cache: Cache, made_from: str
) -> Picture | Refusal:
    """Shrink an image or use the cache. ``made_from`` is the source and the recipe for the key."""
    from cardwright.media.pixels import ENCODERS, shrink  # Pillow is slow to load

    key = sha256(f"{made_from}\n{ENCODERS}".encode()).hexdigest()
    picture: Picture | Refusal | None = cache.picture(key)
    if not isinstance(picture, Picture) or not _is_of_pixels(picture):
        picture = shrink(content, kind, max_width)
        if isinstance(picture, Picture):
            cache.store_picture(key, picture)
    return picture


def _is_of_pixels(picture: Picture) -> bool:
    """Whether a picture has the kind that it claims. A foreign cache may contain anything."""
    is_named = extension_of(picture.content) == picture.extension
    return is_named and picture.extension != "svg" and not picture.lost
