"""Translates the syntax of other tools to Markdown, before either flavour renders it.

Blocks come first, because a formula contains none and the indented text of an admonition is not
code. After formulas have become marks, the syntax in running text follows.
"""

from __future__ import annotations

import re

from cardwright.math.traced import Traced
from cardwright.render.placeholders import Placeholders
from cardwright.render.tools.bare_tables import BARE_TABLE
from cardwright.render.tools.block_scan import BlockScan
from cardwright.render.tools.blocks import replace_blocks
from cardwright.render.tools.fill import fill_placeholders
from cardwright.render.tools.inline import EMOJI_NAME, replace_inline
from cardwright.render.tools.logseq import HIDDEN, outdented, without_empty_blocks
from cardwright.render.tools.reports import Reports
from cardwright.render.tools.spaced_targets import SPACED_TARGET
from cardwright.render.tools.tight_tables import set_tables_apart

__all__ = ["Placeholders", "Reports", "fill_placeholders", "translate_blocks", "translate_text"]

_BRACES = r"\{(?:[{%:.#]|/\*| *[.#]|\s*[\w-]{1,30}=)"
_BLOCK = re.compile(
    r"^[ \t>*+\-\d.):~]*(?:\[\^[^\]\n]+\]:[ \t]*)?(?:"
    rf"!!!|\?\?\?|===|:::|///|%%|{_BRACES}|<[A-Z]|;?-*8<-|\[!|>=?\s*[~≈±+-]?[$€£¥]?\d|{HIDDEN})"
    r"|^import\b[^\n]*[\"'{]|^export\b",
    re.MULTILINE,
)
"""Matches what may start a block, after the markers of its containers at the start of a line."""
_BLOCK_SIGN = re.compile(
    rf"!!!|\?\?\?|===|:::|///|%%|{_BRACES}|<[A-Z]|8<-|\[!|>=?\s*[~≈±+-]?[$€£¥]?\d|mport\b|xport\b"
    r"|:: |:LOGBOOK:"
)
"""Matches a part of each of these anywhere in a line.

Each alternative starts with a fixed and rare character, so Python finds it much faster.
"""
_INLINE = re.compile(
    rf"\[\[|%%|{_BRACES}|</?[A-Z]|\^[\w-]|-8<-|\(\([0-9a-f]{{8}}-|{EMOJI_NAME}|{SPACED_TARGET}"
)


def translate_blocks(
    traced: Traced, placeholders: Placeholders, reports: Reports, *, has_html: bool = False
) -> Traced:
    """Replace the blocks of other tools with ``placeholders``, or remove them.

    With ``has_html``, HTML and the components of MDX stay as they are. Lists of Logseq become lists
    of Markdown. Reports RN405 to RN407.
    """
    traced = set_tables_apart(outdented(traced))
    text = traced.passage.markdown
    has_block = _BLOCK_SIGN.search(text) and _BLOCK.search(text)
    has_embed = placeholders.embeds.known and ("![[" in text or "{{embed" in text)
    if has_block or has_embed or ("|\n" in text and BARE_TABLE.search(text)):
        traced = replace_blocks(BlockScan(traced, placeholders, reports, has_html=has_html))
    return without_empty_blocks(traced)


def translate_text(
    traced: Traced, placeholders: Placeholders, reports: Reports, *, has_html: bool
) -> Traced:
    """Translate the syntax in running text to Markdown. Formulas must already be marks.

    Reports RN401 and RN405 to RN407.
    """
    if not _INLINE.search(traced.passage.markdown):
        return traced
    return replace_inline(traced, placeholders, reports, has_html=has_html)
