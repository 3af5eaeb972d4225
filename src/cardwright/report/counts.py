"""Counts what one note has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardwright.model import ResolvedNote

_KATEX = '<span class="katex"'
_MATHJAX = ("\\(", "\\[")
"""Start of a formula. An author's text never has these unescaped."""
_IMAGE = "<img"
_NO_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a note has."""

    words: int  # of its answer
    formulas: int
    images: int
    size: int  # bytes of its fields


def counts_of(note: ResolvedNote) -> Counts:
    fields = (note.front, note.back, note.hint, note.extra)
    answer = note.source.back.lines or note.source.front.lines
    return Counts(
        sum(_words(line.text) for line in answer),
        sum(map(_formulas, fields)),
        sum(field.count(_IMAGE) for field in fields),
        sum(len(field.encode()) for field in fields),
    )


def _formulas(html: str) -> int:
    """Count the formulas of KaTeX, or those for MathJax if there are none.

    Adding both would be wrong: the TeX inside a KaTeX formula may look like one for MathJax.
    """
    return html.count(_KATEX) or sum(map(html.count, _MATHJAX))


def _words(text: str) -> int:
    """Count words. Chinese and Japanese have no spaces: two characters are about a word."""
    if text.isascii():
        return len(text.split())
    characters = len(_NO_BLANKS.findall(text))
    return len(_NO_BLANKS.sub(" ", text).split()) + (characters + 1) // 2
