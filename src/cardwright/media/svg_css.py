"""CSS of a drawing without what would load something."""

from __future__ import annotations

import re

from cardwright.media.limits import MOST_PIXELS
from cardwright.media.picture import Refusal
from cardwright.media.pixels import pixels_of
from cardwright.media.read import read_embedded

_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\r\f]?|(.))", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_URL = re.compile(r"""url\(\s*+("[^"]*+"?|'[^']*+'?|[^)]*+)\s*+\)?""", re.IGNORECASE)
_RULE = re.compile(r"@(import|namespace|charset)\b[^;{}]*+;?", re.IGNORECASE)
_LOADING = re.compile(
    r"(?:image-set|cross-fade|image|src|element|expression)\s*\([^()]*+\)?|behavior\s*:|-moz-binding",
    re.IGNORECASE,
)
_OWN_PART = re.compile(r"#[^\s\"'()]*+")
"""No quote is in it: where a string begins behind ``url(``, what follows is no address."""

_EMBEDDED = re.compile(
    r"data:(?:image/(?:png|jpe?g|gif|webp|avif)|(?:application|font)/[\w.+-]*(?:font|woff2?|ttf|otf)"
    r"[\w.+-]*)\s*(?:;\s*charset=[\w-]+\s*)?;\s*base64\s*,[\w+/=\s%]*+",
    re.IGNORECASE,
)
"""Images and fonts that are in the drawing itself; no drawing in a drawing, it could go on."""


def clean_css(css: str) -> tuple[str, bool]:
    """The CSS, and whether something that it would have loaded is gone.

    An escape is replaced by its character before anything is looked for, so that none hides a
    name; in the result there is none.
    """
    plain = _COMMENT.sub(" ", _ESCAPE.sub(_unescaped, css).replace("\\", ""))
    lost: list[str] = []

    def address(match: re.Match[str]) -> str:
        target = match[1].strip("\"' \t\r\n\f")
        if _OWN_PART.fullmatch(target):
            return f"url({target})"
        if is_embedded(target):
            return f'url("{target}")'
        lost.append(target)
        return "none"

    def function(match: re.Match[str]) -> str:
        lost.append(match[0])
        return "none"

    def rule(match: re.Match[str]) -> str:
        if match[1].lower() == "import":
            lost.append(match[0])
        return " "  # not nothing: what is left on both sides must not join

    without = _LOADING.sub(function, _RULE.sub(rule, _URL.sub(address, plain)))
    return without, bool(lost)


def is_embedded(target: str) -> bool:
    """Whether an address is an image or a font in the drawing itself, small enough to be opened."""
    if _EMBEDDED.fullmatch(target) is None:
        return False
    content = read_embedded(target)
    return isinstance(content, Refusal) or pixels_of(content) <= MOST_PIXELS


def pixels_in(text: str) -> int:
    """How many pixels the images in an attribute or in cleaned CSS have together."""
    if "data:" not in text:
        return 0
    found = (read_embedded(match[0]) for match in _EMBEDDED.finditer(text))
    return sum(pixels_of(content) for content in found if not isinstance(content, Refusal))


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[2]
    number = int(match[1], 16)
    is_character = 0x20 <= number < 0xD800 or 0xDFFF < number < 0xFFFE or 0xFFFF < number < 0x110000
    return chr(number) if is_character else "\ufffd"
