"""Finds embeds of other notes in Markdown, of Obsidian and Foam and of Logseq."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from cardwright.model import Embed

DEEPEST = 5
"""How many notes may be embedded in one another."""

_MEDIA = re.compile(
    r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|ico|tiff?"
    r"|mp3|wav|ogg|oga|opus|flac|m4a|3gp|mp4|m4v|mov|webm|ogv|mkv|avi"
    r"|excalidraw(?:\.md)?)\s*$",
    re.IGNORECASE,
)
"""Files that an embed shows or plays. Other embeds are of notes."""

_EMBED = re.compile(
    r"!\[\[(?P<wiki>[^\[\]\n]+)\]\]"
    r"|\{\{embed[ \t]+(?:\[\[(?P<page>[^\[\]\n]+)\]\]|(?P<block>\(\([\da-f-]{36}\)\)))[ \t]*\}\}"
)
_ALONE = re.compile(rf"(?:{_EMBED.pattern})(?:[ \t]+\^[\w-]+)?[ \t]*")
_PARTS = re.compile(r"\\?\|")


def target_at(text: str, start: int) -> str:
    """Return the target of the embed of a note at ``start``, or ``""``."""
    match = _EMBED.match(text, start)
    return _target(match) if match else ""


def target_alone(line: str) -> str:
    """Return the target of the embed that is all of a line, or ``""``."""
    match = _ALONE.fullmatch(line)
    return _target(match) if match else ""


def targets_in(text: str) -> tuple[str, ...]:
    """Return the target of each embed of a note in the text, also of those in code."""
    return tuple(target for _, _, target in embeds_in(text))


def embeds_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the target of each such embed."""
    if "![[" in text or "{{embed" in text:
        for match in _EMBED.finditer(text):
            if target := _target(match):
                yield match.start(), match.end(), target


def _target(match: re.Match[str]) -> str:
    target = (match["wiki"] or match["page"] or match["block"]).strip()
    target = _PARTS.split(target)[0].strip()
    return "" if match["wiki"] and is_media(target) else target


def is_media(target: str) -> bool:
    """Whether an embed is of an image, a sound or a film."""
    return _MEDIA.search(target.split("#")[0]) is not None


def reached(text: str, path: str, known: Mapping[tuple[str, str], Embed]) -> Iterator[Embed]:
    """Yield the embeds in a text of the file ``path``, and those in their own texts.

    ``known`` has the embeds by path and target.
    """
    waiting: list[tuple[str, Collection[str]]] = [(path, targets_in(text))] if known else []
    seen = set()
    while waiting:
        path, targets = waiting.pop(0)
        for key in dict.fromkeys((path, target) for target in targets):
            embed = known.get(key)
            if embed and key not in seen:
                seen.add(key)
                yield embed
                waiting.append((embed.text.path, embed.inner))
