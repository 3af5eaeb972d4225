"""Detects the kind of an image or a sound from its bytes, not from its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Formats that desktop Anki, AnkiDroid and AnkiMobile all show in an <img>.
_SHOWN = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\0\0\1\0", "ico"),
)
_NOT_SHOWN = (
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\xff\x0a", "a JPEG XL image"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL image"),
    (b"8BPS", "a Photoshop image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\3\4", "a ZIP archive"),
    (b"version https://git-lfs", "a pointer of Git LFS"),
)
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
# Sizes of the second header of a bitmap, one for each version of the format.
_BITMAP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_PROLOGUE = 65_536
_SVG = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[.*?\]\s*+)?>)*+<(?:[\w.-]+:)?svg[\s>/]",
    re.DOTALL,
)
_MARKUP = re.compile(r"\s*+<(?:!DOCTYPE html|html|head|body)\b", re.IGNORECASE)


def extension_of(content: bytes) -> str:
    """Return the extension of an image that Anki shows, without a dot, or ``""`` if none."""
    if found := _by_start(content, _SHOWN):
        return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if _AVIF_BRANDS & _brands(content):
        return "avif"
    if content[:2] == b"BM" and int.from_bytes(content[14:18], "little") in _BITMAP_HEADERS:
        return "bmp"
    text = _text(content[:_PROLOGUE])
    # Without the namespace, browsers show nothing in an <img>.
    return "svg" if _SVG.match(text) and _SVG_NAMESPACE in _text(content) else ""


_SOUNDS = (
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
    (b"\xff\xfa", "mp3"),
    (b"fLaC", "flac"),
)
_MPEG_4_BRANDS = {b"M4A ": "m4a", b"M4B ": "m4a", b"qt  ": "mov", b"3gp": "3gp"}


def sound_extension_of(content: bytes) -> str:
    """Return the extension of a sound or film that Anki plays, without a dot, or ``""``."""
    if found := _by_start(content, _SOUNDS):
        return found
    if content[:4] == b"OggS":
        start = content[:512]
        return "opus" if b"OpusHead" in start else "ogv" if b"theora" in start else "ogg"
    if content[:4] == b"RIFF" and content[8:12] in (b"WAVE", b"AVI "):
        return "wav" if content[8:12] == b"WAVE" else "avi"
    if content[:4] == b"\x1aE\xdf\xa3":
        return "webm" if b"webm" in content[:64] else "mkv"
    if content[4:8] == b"ftyp" and not (_HEIF_BRANDS | _AVIF_BRANDS) & _brands(content):
        brand = content[8:12]
        return _MPEG_4_BRANDS.get(brand) or _MPEG_4_BRANDS.get(brand[:3], "mp4")
    return ""


def kind_of(content: bytes) -> str:
    """Describe bytes that Anki cannot show as an image, for a message: ``a PDF document``."""
    if found := _by_start(content, _NOT_SHOWN):
        return found
    if _HEIF_BRANDS & _brands(content):
        return "a HEIF image"
    if sound_extension_of(content):
        return "a sound or a film"
    text = _text(content[:_PROLOGUE])
    if _SVG.match(text):
        return "an SVG image without its xmlns"
    if _MARKUP.match(text):
        return "an HTML page"
    return "a file of another kind" if "\0" in text or "\ufffd" in text else "a text file"


def _by_start(content: bytes, kinds: Iterable[tuple[bytes, str]]) -> str:
    return next((kind for start, kind in kinds if content.startswith(start)), "")


def _brands(content: bytes) -> frozenset[bytes]:
    """Return the major and compatible brands of an ISO media file (ISO/IEC 14496-12, 4.3)."""
    if content[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(content[:4], "big"), 256)
    return frozenset({content[8:12], *(content[at : at + 4] for at in range(16, end, 4))})


def _text(content: bytes) -> str:
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if is_utf16 else "utf-8-sig", "replace")
