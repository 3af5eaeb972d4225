"""Provides KaTeX's stylesheet and fonts for packages with formulas."""

from __future__ import annotations

import json
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from cardwright.model import Media

_FOLDER = Path(__file__).parents[1] / "katex"


@cache
def katex_version() -> str:
    """Return the version of KaTeX that is part of Cardwright."""
    manifest: dict[str, str] = json.loads((_FOLDER / "manifest.json").read_text("utf-8"))
    return manifest["version"]


@cache
def katex_style() -> str:
    """Return KaTeX's stylesheet with our font names, and only woff2, which every Anki supports."""
    text = (_FOLDER / "katex.min.css").read_text("utf-8")
    return _SOURCES.sub(lambda match: f'src:url("{_font_name(match[1])}") format("woff2")', text)


_SOURCES = re.compile(r"src:url\(fonts/(KaTeX_[A-Za-z0-9]+-[A-Za-z]+)\.woff2\)[^}]*")


@cache
def katex_media() -> tuple[Media, ...]:
    """Return every font of the stylesheet, whether the formulas use it or not.

    The names start with ``_``: Anki imports no other file that no field mentions. They have the
    version because an import never replaces a file of the same name.
    """
    text = (_FOLDER / "katex.min.css").read_text("utf-8")
    names = dict.fromkeys(_SOURCES.findall(text))
    fonts = [(name, (_FOLDER / "fonts" / f"{name}.woff2").read_bytes()) for name in names]
    return tuple(Media(_font_name(name), font, sha256(font).hexdigest()) for name, font in fonts)


def _font_name(font: str) -> str:
    return f"_cw-katex-{katex_version()}-{font}.woff2"
