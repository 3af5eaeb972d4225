"""HTML of a text made harmless: what may stand on a card, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import nh3

from cardwright.markup import END, RAW, START, TEXT, Piece, cut
from cardwright.resolve.depth import MAX_FORMATTING, shallow

_TAGS = """
a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl
dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby
s samp section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u
ul var
"""
_DROPPED_WITH_TEXT = """
script style iframe object noembed noframes noscript template svg textarea title xmp
"""
_EVERYWHERE = {"style", "title", "lang", "dir"}
_ATTRIBUTES = {
    "a": {"href"},
    "bdo": {"dir"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "input": {"type", "checked"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
_NAMES = """
color background-color text-align text-decoration vertical-align white-space width max-width
font-style font-weight font-variant font-size
"""
_PROPERTIES = frozenset(_NAMES.split())
_VALUE = re.compile(r"[\w#%.,()\s+-]*", re.ASCII)


def clean(html: str, key: str) -> Sequence[Piece]:
    """The pieces of ``html`` as nh3 leaves it: well-formed, no script, handler, frame, form or
    address of a file.

    ``data-<key>`` stays, for no text can hold it. Of links, only those that a browser or a
    mail program opens; a ``style`` only with properties that carry no address; no ``class`` and
    no ``id``, for they are ours to give.
    """
    pieces: Sequence[Piece] = cut(html)
    if html.count("<") > MAX_FORMATTING:  # with fewer tags nothing is deep
        kept = shallow(pieces, key)
        html = html if kept is pieces else "".join(piece.text for piece in kept)
        pieces = kept
    has_many = html.count("&") > _MOST_SIGNS
    divided = "".join(_divided(piece, key) for piece in pieces) if has_many else html
    cleaned = _cleaner_for(html, f"data-{key}").clean(divided)
    if has_many:
        cleaned = cleaned.replace(f"{key}{_AND}", "&amp;").replace(f"{key}{_QUOTE}", "&quot;")
    return pieces if cleaned == html else cut(cleaned)


_MOST_SIGNS = 500
"""So many ``&`` a text has before it is divided."""

_AND, _QUOTE = "\ue000", "\ue001"
"""Behind the key, which no text can hold: what takes the place of ``&`` and ``"`` in a tag."""

_NAME = re.compile(r"[a-z][a-z0-9-]*+")
"""An attribute that can stay."""


def _divided(piece: Piece, key: str) -> str:
    """The HTML of a piece as nh3 reads it fast: it searches all that follows for each ``&``.

    In a text, a comment before every 500th ``&`` ends the search, and nh3 removes the comment. In
    a tag with many, other signs take their place until it is clean.
    """
    if piece.text.count("&") <= _MOST_SIGNS:
        return piece.text
    if piece.kind is TEXT:
        parts = piece.text.split("&")
        groups = (parts[first : first + _MOST_SIGNS] for first in range(0, len(parts), _MOST_SIGNS))
        return "<!---->&".join(map("&".join, groups))
    if piece.kind is RAW:
        return piece.text.replace("&", "")  # no element with raw text stays
    if piece.kind is not START:
        return f"</{piece.name}>" if piece.kind is END else ""
    values = " ".join(
        f'{name}="{value.replace("&", key + _AND).replace(chr(34), key + _QUOTE)}"'
        for name, value in piece.attributes
        if _NAME.fullmatch(name)
    )
    return f"<{piece.name} {values}>"


def _cleaner_for(html: str, attribute: str) -> nh3.Cleaner:
    """A cleaner that leaves ``attribute``, and no other that begins as one of ours.

    Making one takes longer than cleaning a note. So there is one for all notes, which leaves
    every attribute with our prefix. An attribute has the prefix only where the letters stand in
    ``html``: a parser decodes nothing in a name, it only makes it lower case. Where they stand
    anywhere but in ``attribute``, a cleaner of its own drops all others.
    """
    is_ours_alone = html.lower().count(_PREFIX) == html.count(f'{attribute}="')
    return _common_cleaner() if is_ours_alone else _cleaner({attribute}, set())


_PREFIX = "data-cw"
"""What the attribute ``data-<key>`` begins with, whatever the key."""


@cache
def _common_cleaner() -> nh3.Cleaner:
    return _cleaner(set(), {_PREFIX})


def _cleaner(attributes: set[str], prefixes: set[str]) -> nh3.Cleaner:
    """A cleaner that leaves these attributes, or all with such a prefix, on any element."""
    return nh3.Cleaner(
        tags=set(_TAGS.split()),
        clean_content_tags=set(_DROPPED_WITH_TEXT.split()),
        attributes=_ATTRIBUTES | {"*": _EVERYWHERE | attributes},
        generic_attribute_prefixes=prefixes,
        attribute_filter=_filtered,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _filtered(_: str, name: str, value: str) -> str | None:
    return _style(value) if name == "style" else value


def _style(value: str) -> str | None:
    """The declarations of a style that are known; ``None`` when none is left."""
    kept = []
    for declaration in value[:2000].split(";"):
        name, _, text = (part.strip() for part in declaration.partition(":"))
        is_plain = _VALUE.fullmatch(text) is not None and "url" not in text.lower()
        if name.lower() in _PROPERTIES and text and is_plain:
            kept.append(f"{name.lower()}:{text}")
    return ";".join(kept) or None
