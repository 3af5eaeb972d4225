"""Makes the Markdown of a front readable in messages: images become their names."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from cardwright.markup import cut

_IMAGE = re.compile(
    r"(?P<code>`[^`\n]*+`)"
    r"|!\[\[(?P<embedded>[^\[\]|]++)(?:\|[^\[\]]*+)?\]\]"
    r'|!\[(?P<alt>[^\[\]]*+)\](?:\((?P<source><[^<>\n]*+>|[^()\s]*+)(?:[^()"]|"[^"\n]*+")*+\)'
    r"|\[[^\[\]]*+\])"
    r'|(?P<tag><(?i:img)(?=[\s/>])(?:[^<>"]|"[^"]*+")*+>)'
)


def front_text(markdown: str) -> str:
    """Replace each image by ``[image …]``, with its alternative text or else its file name."""
    return _IMAGE.sub(_words, markdown)


def front_texts(old: str, new: str) -> tuple[str, str]:
    """Return both fronts as texts, or unchanged if only the Markdown of an image differs."""
    texts = front_text(old), front_text(new)
    return texts if texts[0] != texts[1] else (old, new)


def _words(match: re.Match[str]) -> str:
    if match["code"]:
        return match[0]
    alt, source = match["alt"] or "", match["source"] or match["embedded"] or ""
    if match["tag"]:
        tag = cut(match["tag"])[0]
        alt, source = tag.attribute("alt"), tag.attribute("src")
    return f"[image {alt.strip() or _file_name(source)}".rstrip() + "]"


def _file_name(source: str) -> str:
    """Return the file name in a path or an address, or ``""`` for a ``data:`` URI."""
    if source.lower().startswith("data:"):
        return ""
    return PurePosixPath(re.split(r"[?#]", source.strip("<>"))[0].replace("\\", "/")).name
