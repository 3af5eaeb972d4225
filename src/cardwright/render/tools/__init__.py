"""Translates the syntax of other tools to Markdown, before either flavour renders it.

Blocks come first, because a formula contains none and the indented text of an admonition is not
code. After formulas have become marks, the syntax in running text follows.
"""

from __future__ import annotations

import re

from cardwright.render.collector import Collector
from cardwright.render.tools.block_scan import BlockScan
from cardwright.render.tools.blocks import replace_blocks
from cardwright.render.tools.directives import DIRECTIVE
from cardwright.render.tools.fill import fill_placeholders
from cardwright.render.tools.footnotes import define_footnotes
from cardwright.render.tools.inline import EMOJI_NAME, SPACED_TARGET, replace_inline
from cardwright.render.tools.logseq import HIDDEN, outdented, without_empty_blocks
from cardwright.render.tools.markdown_tags import without_markdown_tags
from cardwright.render.tools.tables import BARE_TABLE, set_tables_apart
from cardwright.render.tools.titled_code import TITLED_FENCE
from cardwright.wording.signs import PAGE_BREAK

__all__ = ["define_footnotes", "fill_placeholders", "translate_blocks", "translate_text"]

_BRACES = r"\{(?:[{%:.#]|/\*| *[.#]|\s*[\w-]{1,30}=)"
_BLOCK = re.compile(
    r"\n[ \t>*+\-\d.):~]*(?:\[\^[^\]\n]+\]:[ \t]*)?(?:"
    rf"!!!|\?\?\?|===|:::|///|%%|{_BRACES}|<[A-Z]|(?:;-*)?8<-|\[!|>=?\s*[~≈±+-]?[$€£¥]?\d|#\+|{HIDDEN}|{PAGE_BREAK}|{DIRECTIVE}|{TITLED_FENCE})"
    r"|\nimport\b[^\n]*[\"'{]|\nexport\b",
    re.MULTILINE,
)
"""Matches what may start a block, after a line end and the markers of its containers.

Python finds ``\\n`` much faster than the start of any line.
"""
_INLINE = re.compile(
    rf"\[\[|%%|{_BRACES}|</?[A-Z]|\^[\w-]|-8<-|\(\([0-9a-f]{{8}}-|{EMOJI_NAME}|{SPACED_TARGET}"
)


def translate_blocks(collector: Collector) -> None:
    """Replace the blocks of other tools in the text with placeholders, or remove them.

    If HTML is trusted, it stays, and so do the components of MDX. Lists of Logseq become lists of
    Markdown. Reports RN405 to RN407.
    """
    traced = collector.traced
    if not collector.is_trusted:
        traced = without_markdown_tags(traced)
    collector.traced = set_tables_apart(outdented(traced))
    text = collector.traced.passage.markdown
    has_block = _BLOCK.search(f"\n{text}")
    has_embed = collector.embeds.known and ("![[" in text or "{{embed" in text)
    if has_block or has_embed or ("|\n" in text and BARE_TABLE.search(text)):
        collector.traced = replace_blocks(BlockScan(collector))
    collector.traced = without_empty_blocks(collector.traced)


def translate_text(collector: Collector) -> None:
    """Translate the syntax in running text to Markdown. Formulas must already be marks.

    Reports RN401 and RN405 to RN407.
    """
    if _INLINE.search(collector.traced.passage.markdown):
        collector.traced = replace_inline(collector)
