"""What other tools add to Markdown, put into Markdown before either flavour reads it.

Blocks first, for in a formula none is looked for and the text of an admonition is no code; then,
once the formulas are marks, what stands in running text.
"""

from __future__ import annotations

import re

from cardwright.math.traced import Traced
from cardwright.render.tools.blocks import read_blocks
from cardwright.render.tools.fill import fill_words
from cardwright.render.tools.inline import read_inline
from cardwright.render.tools.reading import Reading
from cardwright.render.tools.reports import Reports
from cardwright.render.words import Words

__all__ = ["Reports", "Words", "fill_words", "translate_blocks", "translate_text"]

_BRACES = r"\{(?:[{%:.#]|/\*| *[.#]|\s*[\w-]{1,30}=)"
_BLOCK = re.compile(
    r"^[ \t>*+\-\d.):~]*(?:\[\^[^\]\n]+\]:[ \t]*)?(?:"
    rf"!!!|\?\?\?|===|:::|%%|{_BRACES}|<[A-Z]|;?-*8<-|\[!|>=?\s*[~≈±+-]?[$€£¥]?\d)"
    r"|^import\b[^\n]*[\"'{]|^export\b",
    re.MULTILINE,
)
"""What may begin a block, at the start of a line and behind the marks of what holds it."""
_BLOCK_SIGN = re.compile(
    rf"!!!|\?\?\?|===|:::|%%|{_BRACES}|<[A-Z]|8<-|\[!|>=?\s*[~≈±+-]?[$€£¥]?\d|import\b|export\b"
)
"""What each of these has, anywhere in a line: Python looks for it in a fraction of the time."""
_INLINE = re.compile(rf"\[\[|%%|{_BRACES}|</?[A-Z]|\^[\w-]|-8<-|\(\([0-9a-f]{{8}}-")


def translate_blocks(
    traced: Traced, words: Words, reports: Reports, *, has_html: bool = False
) -> Traced:
    """The passage with the blocks of other tools as words of ``words``, or gone.

    ``has_html``: HTML stays as it is, and so do the components of MDX. RN405 to RN407.
    """
    text = traced.passage.markdown
    if not _BLOCK_SIGN.search(text) or not _BLOCK.search(text):
        return traced
    return read_blocks(Reading(traced, words, reports, has_html=has_html))


def translate_text(traced: Traced, words: Words, reports: Reports, *, has_html: bool) -> Traced:
    """The passage, its formulas marks, with what stands in running text put into Markdown.

    RN401 and RN405 to RN407.
    """
    if not _INLINE.search(traced.passage.markdown):
        return traced
    return read_inline(traced, words, reports, has_html=has_html)
