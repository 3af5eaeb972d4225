"""Removes metadata such as author, place and device from JPEG, PNG and WebP. Pixels stay."""

from __future__ import annotations

import re

_PNG_START = 8
_PNG_DROPPED = frozenset({b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"})
_WEBP_DROPPED = frozenset({b"EXIF", b"XMP "})
_WEBP_METADATA = 0x08 | 0x04
"""The VP8X flags for EXIF and XMP (WebP container specification, "Extended File Format")."""
_JPEG_KEPT = frozenset({0xE0, 0xE2, 0xEE})
"""Application segments that change the picture: JFIF, ICC profile, Adobe's colour transform."""
_COMMENT = 0xFE
_START_OF_SCAN = 0xDA
_END = 0xD9
_UPRIGHT = 1


def without_metadata(content: bytes, kind: str, orientation: int = _UPRIGHT) -> bytes:
    """Remove EXIF, XMP, IPTC, comments and texts from a picture.

    ``kind`` is one of our extensions. Returns ``content`` unchanged unless it is ``jpg``, ``png``
    or ``webp`` with a valid structure. The EXIF ``orientation`` (1 to 8) of a JPEG is kept, because
    browsers rotate the picture by it.
    """
    cut = {"jpg": _jpeg, "png": _png, "webp": _webp}.get(kind)
    parts = cut(content) if cut else []
    if not parts:
        return content
    if kind == "jpg" and orientation != _UPRIGHT:
        parts.insert(1, _orientation_segment(orientation))
    body = b"".join(parts)
    if kind == "webp":
        return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body
    return body


def _jpeg(content: bytes) -> list[bytes]:
    """Return the parts to keep (ITU-T T.81, annex B), without a second picture after the end."""
    at = 2
    kept = [content[:at]]
    while (marker := content[at : at + 2])[:1] == b"\xff" and len(marker) == 2:
        if marker[1] == _END:
            return [*kept, marker]
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker[1] == _START_OF_SCAN:
            scan = _MARKER.search(content, end)
            end = scan.start() if scan else len(content)
        # APP2 is a profile, or an index of more pictures (CIPA DC-007).
        is_index = content[at + 4 : at + 8] == b"MPF\0"
        is_application = 0xE0 <= marker[1] <= 0xEF and (marker[1] not in _JPEG_KEPT or is_index)
        if not is_application and marker[1] != _COMMENT:
            kept.append(content[at:end])
        at = end
    return []


_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _orientation_segment(orientation: int) -> bytes:
    """Return an APP1 segment with one entry: tag 0x0112, type SHORT (EXIF 2.3, 4.6.2)."""
    entry = b"\x01\x12\0\x03\0\0\0\x01" + orientation.to_bytes(2) + b"\0\0"
    body = b"Exif\0\0MM\0*\0\0\0\x08" + b"\0\x01" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body


def _png(content: bytes) -> list[bytes]:
    """Return the chunks to keep, without data after the last chunk."""
    at = _PNG_START
    kept = [content[:at]]
    while at + 12 <= len(content):
        size, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if name not in _PNG_DROPPED:
            kept.append(content[at : at + 12 + size])
        if name == b"IEND":
            return kept
        at += 12 + size
    return []


def _webp(content: bytes) -> list[bytes]:
    """Return the chunks to keep, with the flags of the others cleared."""
    at = 12
    end = min(len(content), 8 + int.from_bytes(content[4:8], "little"))
    kept: list[bytes] = []
    while at + 8 <= end:
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        chunk = content[at : at + 8 + size + size % 2]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_METADATA]) + chunk[9:]
        if name not in _WEBP_DROPPED:
            kept.append(chunk)
        at += 8 + size + size % 2
    return kept if at == end else []
