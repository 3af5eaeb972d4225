"""Removes tags that say that they hold Markdown, as in kramdown and in Python-Markdown."""

from __future__ import annotations

import re

from cardwright.blocks.fences import lines_of_code
from cardwright.formulas.traced import Replacement, Spot, Traced, replace

_TAG = re.compile(
    r"[ ]{0,3}(?:>[ ]{0,3})*+<(?P<end>/)?(?P<name>div|section|article|p)\b"
    r"(?P<is_markdown>(?=[^<>]*\smarkdown[\s=>]))?[^<>]*>\s*"
)


def without_markdown_tags(traced: Traced) -> Traced:
    """Empty each line with only ``<div markdown="1">`` or its end. What is inside is Markdown."""
    if " markdown" not in traced.passage.markdown:
        return traced
    texts = [line.text for line in traced.passage.lines]
    is_code = lines_of_code(texts)
    found: list[int] = []
    waiting: dict[str, list[bool]] = {}
    for number, text in enumerate(texts):
        tag = None if is_code[number] or "<" not in text else _TAG.fullmatch(text)
        if tag is None:
            continue
        opened = waiting.setdefault(tag["name"], [])
        is_markdown = tag["is_markdown"] is not None
        if not tag["end"]:
            opened.append(is_markdown)
        elif opened:
            is_markdown = opened.pop()
        if is_markdown:
            found.append(number)
    ends = ((Spot(at, texts[at].index("<")), Spot(at, len(texts[at]))) for at in found)
    return replace(traced, [Replacement(start, end, "") for start, end in ends])
