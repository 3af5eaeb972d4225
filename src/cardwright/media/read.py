"""Reads local files and ``data:`` URIs."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from urllib.parse import unquote_to_bytes

from cardwright.diagnostics import shorten
from cardwright.media.limits import LARGEST_EMBEDDED, LARGEST_FILE
from cardwright.media.picture import Refusal


def read_file(path: Path) -> bytes | Refusal:
    """Read a file, or refuse it if it is not a regular file or is too large for AnkiWeb."""
    try:
        if not path.is_file():  # a folder, or a pipe that would block
            return Refusal("is not a file")
        if path.stat().st_size > LARGEST_FILE:
            hint = "AnkiWeb takes no larger file; make it smaller"
            return Refusal(f"is larger than {LARGEST_FILE // 1_000_000} MB", hint)
        return path.read_bytes()
    except OSError as error:
        return Refusal(f"cannot be read: {(error.strerror or type(error).__name__).lower()}")


def read_embedded(target: str) -> bytes | Refusal:
    """Decode a ``data:`` URI (RFC 2397). White space in base64 is ignored."""
    header, _, body = target.partition(",")
    kind, *parameters = header[len("data:") :].lower().split(";")
    if not kind.strip().startswith("image/"):
        return Refusal(f"is embedded as '{shorten(kind)}', not as an image")
    too_large = Refusal(f"is larger than {LARGEST_EMBEDDED // 1_000_000} MB", "save it as a file")
    if len(body) > 3 * LARGEST_EMBEDDED:
        return too_large
    content = unquote_to_bytes(body.encode("utf-8", "replace"))
    if "base64" in (parameter.strip() for parameter in parameters):
        content = b"".join(content.split())
        try:
            content = base64.b64decode(content + b"=" * (-len(content) % 4), validate=True)
        except binascii.Error:
            return Refusal("is not base64")
    return too_large if len(content) > LARGEST_EMBEDDED else content
