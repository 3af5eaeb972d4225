"""Shows tags that are not HTML, such as ``<T>`` and ``<your-name>``, as text."""

from __future__ import annotations

import re

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
"""The elements of the HTML living standard, its obsolete ones (16.2), and those of ``<math>``."""

_LINE = re.compile(
    r"^(?:[ \t>]|(?:[-+*:]|\d{1,9}[.)])[ \t])*+(?=</?(?P<name>[A-Za-z][A-Za-z0-9-]*+)[\s/>])",
    re.MULTILINE,
)


def guard_unknown(text: str, word: str) -> str:
    """Insert ``word`` before each unknown tag that starts a line.

    The line then starts a paragraph instead of an HTML block.
    """
    return _LINE.sub(
        lambda match: match[0] + ("" if match["name"].lower() in ELEMENTS else word), text
    )


def is_unknown(piece: Piece, collector: Collector) -> bool:
    """Whether a piece is an unknown tag, to be shown as text. Always false if HTML is trusted."""
    is_tag = piece.kind in (Kind.START, Kind.END)
    return is_tag and not collector.is_trusted and piece.name not in ELEMENTS
