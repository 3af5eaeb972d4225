"""Converts inline Markdown to the plain text of a name."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from cardwright.model import Line, Title

LONGEST_NAME = 500
"""The characters of a heading that can name a section, a deck or a tag."""
_PLAIN = re.compile(r"(?:[^\s\0\\`*_\[\]<>&%]++(?: (?!$))?)++")
"""Words without Markdown, with single spaces between them."""
_COMMENT = re.compile(r"(?<![\w%])%%(?!%)[^%]*%%")  # a comment of Obsidian
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*[^\W\d_][^\[\]|]*)\]\](?!\()")
_MARKED = re.compile(r"[`*_$<~=\\]")  # a text without any of these has no formula, code or emphasis


def plain_text(markdown: str) -> str:
    """Return inline Markdown as plain text: no marks, images as their alt text, lines as spaces.

    A ``[[link]]`` is the text that it shows, and a ``%%comment%%`` is dropped. The result is meant
    for names. A text longer than ``LONGEST_NAME`` is cut there.
    """
    if len(markdown) < LONGEST_NAME and _PLAIN.fullmatch(markdown):
        return markdown
    shown = _WIKI_LINK.sub(r"\1", _COMMENT.sub("", markdown[:LONGEST_NAME]))
    inline = _inline_parser().parseInline(shown)
    parts: list[str] = []
    for token in inline[0].children or () if inline else ():
        if token.type in {"text", "code_inline", "image"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return " ".join("".join(parts).split())


def title_of(line: Line) -> Title:
    """Return the title in a line of Markdown. A title that is longer than a name is plain."""
    is_plain = _MARKED.search(line.text) is None or len(line.text) > LONGEST_NAME
    return Title(plain_text(line.text), None if is_plain else line)


@cache
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark")
