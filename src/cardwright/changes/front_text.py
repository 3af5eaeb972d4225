"""A front as the lock keeps it, in Markdown, made a text to read: its images by name."""

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
    """The front with ``[image …]`` for each image: its alternative text, else its file's name."""
    return _IMAGE.sub(_words, markdown)


def front_texts(old: str, new: str) -> tuple[str, str]:
    """Both fronts as texts; as they are where only the way differs in which an image is shown."""
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
    """The last part of a path or an address, ``""`` of an image that is in the text itself."""
    if source.lower().startswith("data:"):
        return ""
    return PurePosixPath(re.split(r"[?#]", source.strip("<>"))[0].replace("\\", "/")).name
