"""Pictures made for tests, and notes that name them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping

from PIL import Image as Pixels

from cardwright.model import Fragment, Image, NoteSource, Passage, Place, RenderedNote


def png(text: str = "", width: int = 1, height: int = 1) -> bytes:
    """A black PNG whose bytes hold a text, by which it differs from others."""
    rows = (b"\0" * (1 + (width + 7) // 8)) * height
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"tEXt", b"Comment\0" + text.encode("latin-1", "replace")),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG with its checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def saved(picture: Pixels.Image, form: str, options: Mapping[str, object] | None = None) -> bytes:
    """A picture in one of Pillow's formats."""
    out = io.BytesIO()
    picture.save(out, form, **(options or {}))
    return out.getvalue()


def image(target: str, path: str = "ml/bias.md", line: int = 12) -> Image:
    """A reference without alternative text."""
    return Image(target, "", "", "", "", Place(path, line, 5))


def note(*back: Image, front: tuple[Image, ...] = ()) -> RenderedNote:
    """A note that shows images."""
    nothing = Passage("ml/bias.md")
    source = NoteSource(Place("ml/bias.md", 1), nothing, nothing, nothing, nothing, nothing)
    return RenderedNote(source, Fragment(marks=front), Fragment(marks=back), Fragment(), Fragment())
