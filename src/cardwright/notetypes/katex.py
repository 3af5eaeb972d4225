"""KaTeX's stylesheet and fonts as a package carries them, once a formula needed them."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from importlib.resources import files

from cardwright.model import Media

_FOLDER = files("cardwright") / "katex"


@cache
def katex_version() -> str:
    """The version that was installed with Cardwright."""
    manifest: dict[str, str] = json.loads((_FOLDER / "manifest.json").read_text("utf-8"))
    return manifest["version"]


@cache
def katex_style() -> str:
    """What the style of a note type begins with: an ``@import`` counts nowhere else."""
    return f'@import url("{_stylesheet_name()}");\n\n'


@cache
def katex_media() -> tuple[Media, ...]:
    """The stylesheet and every font that it names, whole, whatever the formulas use.

    The names begin with ``_``, or Anki would import none of what no field mentions; they hold
    the version, for a file of such a name is never replaced by another.
    """
    style = _stylesheet()
    fonts = dict.fromkeys(re.findall(r"KaTeX_[A-Za-z0-9]+-[A-Za-z]+(?=\.woff2)", style))
    media = [_media(_stylesheet_name(), style.encode())]
    for font in fonts:
        content = (_FOLDER / "fonts" / f"{font}.woff2").read_bytes()
        media.append(_media(_font_name(font), content))
    return tuple(media)


def _media(name: str, content: bytes) -> Media:
    return Media(name, content, hashlib.sha256(content).hexdigest())


def _stylesheet_name() -> str:
    return f"_cw-katex-{katex_version()}.css"


def _font_name(font: str) -> str:
    return f"_cw-katex-{katex_version()}-{font}.woff2"


_SOURCES = re.compile(r"src:url\(fonts/(KaTeX_[A-Za-z0-9]+-[A-Za-z]+)\.woff2\)[^}]*")


def _stylesheet() -> str:
    """KaTeX's own, its fonts under our names and as woff2 alone, which every Anki can read."""
    text = (_FOLDER / "katex.min.css").read_text("utf-8")
    return _SOURCES.sub(lambda match: f'src:url("{_font_name(match[1])}") format("woff2")', text)
