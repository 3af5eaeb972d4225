"""KaTeX's stylesheet and fonts as a package carries them, once a formula needed them."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from cardwright.model import Media

_FOLDER = Path(__file__).parents[1] / "katex"


@cache
def katex_version() -> str:
    """The version that was installed with Cardwright."""
    manifest: dict[str, str] = json.loads((_FOLDER / "manifest.json").read_text("utf-8"))
    return manifest["version"]


@cache
def katex_style() -> str:
    """KaTeX's stylesheet, its fonts under our names and as woff2 alone, which every Anki reads.

    It stands in the style of the note type itself: the page has it with the card, where an
    ``@import`` is waited for at every side.
    """
    text = (_FOLDER / "katex.min.css").read_text("utf-8")
    return _SOURCES.sub(lambda match: f'src:url("{_font_name(match[1])}") format("woff2")', text)


_SOURCES = re.compile(r"src:url\(fonts/(KaTeX_[A-Za-z0-9]+-[A-Za-z]+)\.woff2\)[^}]*")


@cache
def katex_media() -> tuple[Media, ...]:
    """Every font that the stylesheet names, whole, whatever the formulas use.

    The names begin with ``_``, or Anki would import none of what no field mentions; they hold
    the version, for a file of such a name is never replaced by another.
    """
    text = (_FOLDER / "katex.min.css").read_text("utf-8")
    return tuple(map(_font, dict.fromkeys(_SOURCES.findall(text))))


def _font(name: str) -> Media:
    content = (_FOLDER / "fonts" / f"{name}.woff2").read_bytes()
    return Media(_font_name(name), content, hashlib.sha256(content).hexdigest())


def _font_name(font: str) -> str:
    return f"_cw-katex-{katex_version()}-{font}.woff2"
