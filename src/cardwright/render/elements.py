"""Tags that are no HTML: ``<T>``, ``<your-name>``, shown as the text that they are."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block

from cardwright.markup import Kind, Piece
from cardwright.render.collector import Collector

_NAMES = """
a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption
cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input
ins kbd label legend li link main map mark math menu meta meter nav noscript object ol optgroup
option output p picture pre progress q rp rt ruby s samp script search section select
selectedcontent slot small source span strong style sub summary sup svg table tbody td template
textarea tfoot th thead time title tr track u ul var video wbr
"""
_OBSOLETE = """
acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing
marquee menuitem multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike tt
xmp
"""
_MATHML = """
annotation annotation-xml maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover
mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd
mtext mtr munder munderover semantics
"""
ELEMENTS = frozenset((*_NAMES.split(), *_OBSOLETE.split(), *_MATHML.split()))
"""Of the HTML living standard, its obsolete ones (16.2), and what may stand in ``<math>``."""

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)")


def unknown_elements(parser: MarkdownIt) -> None:
    """A line that is such a tag begins a paragraph, not a block of HTML."""
    parser.block.ruler.at(
        "html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )


def is_unknown(piece: Piece, collector: Collector) -> bool:
    """Whether a piece is a tag to be shown as text; trusted HTML has none."""
    is_tag = piece.kind in (Kind.START, Kind.END)
    return is_tag and not collector.is_trusted and piece.name not in ELEMENTS


def _html_block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    tag = _TAG.match(state.src, state.bMarks[first] + state.tShift[first])
    collector = state.env.get("collector")
    is_trusted = isinstance(collector, Collector) and collector.is_trusted
    if tag is not None and not is_trusted and tag[1].lower() not in ELEMENTS:
        return False
    return html_block(state, first, end, silent)
