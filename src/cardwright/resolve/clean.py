"""Sanitizes HTML: keeps what may be on a card and removes everything else."""

from __future__ import annotations

import re
from collections.abc import Sequence

import nh3

from cardwright.markup import END, RAW, START, TEXT, Piece, cut
from cardwright.resolve.colours import with_readable_colours
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
    """Sanitize ``html`` with nh3 and return its pieces, which are well-formed.

    Removes scripts, event handlers, frames, forms and addresses of files. Keeps ``data-<key>``,
    which no text can contain. Keeps links that a browser or a mail program opens, and style
    properties without addresses. Removes ``class`` and ``id``, which only this program may set.
    """
    pieces: Sequence[Piece] = cut(html)
    if html.count("<") > MAX_FORMATTING:  # with fewer tags, nothing is nested deeply
        kept = shallow(pieces, key)
        html = html if kept is pieces else "".join(piece.text for piece in kept)
        pieces = kept
    has_many = html.count("&") > _MOST_SIGNS
    divided = "".join(_divided(piece, key) for piece in pieces) if has_many else html
    cleaned = _cleaner_for(html, f"data-{key}").clean(divided)
    if has_many:
        cleaned = cleaned.replace(f"{key}{_AND}", "&amp;").replace(f"{key}{_QUOTE}", "&quot;")
    return pieces if cleaned == html else cut(cleaned)


_MOST_SIGNS = 500  # the number of `&` from which a text is split up for nh3

_AND, _QUOTE = "\ue000", "\ue001"
"""After the key, these replace ``&`` and ``"`` in a tag. No text can contain the key."""

_NAME = re.compile(r"[a-z][a-z0-9-]*+")  # the names of attributes that may stay


def _divided(piece: Piece, key: str) -> str:
    """Return the HTML of a piece so that nh3 is fast. For each ``&``, nh3 searches to the end.

    In text, comments that nh3 removes end the search. In tags, placeholders replace the ``&``.
    """
    if piece.text.count("&") <= _MOST_SIGNS:
        return piece.text
    if piece.kind is TEXT:
        parts = piece.text.split("&")
        groups = (parts[first : first + _MOST_SIGNS] for first in range(0, len(parts), _MOST_SIGNS))
        return "<!---->&".join(map("&".join, groups))
    if piece.kind is RAW:
        return piece.text.replace("&", "")  # elements with raw text are removed anyway
    if piece.kind is not START:
        return f"</{piece.name}>" if piece.kind is END else ""
    values = " ".join(
        f'{name}="{value.replace("&", key + _AND).replace(chr(34), key + _QUOTE)}"'
        for name, value in piece.attributes
        if _NAME.fullmatch(name)
    )
    return f"<{piece.name} {values}>"


def _cleaner_for(html: str, attribute: str) -> nh3.Cleaner:
    """Return a cleaner that keeps ``attribute`` and no other attribute with our prefix.

    It takes longer to create a cleaner than to clean a note. So all notes share one, which keeps
    every attribute with our prefix. It is safe if each occurrence of the prefix in ``html`` is in
    ``attribute``. A parser decodes nothing in the name of an attribute and only lowers its case.
    Otherwise, a cleaner for this ``html`` alone removes all others.
    """
    is_ours_alone = html.lower().count(_PREFIX) == html.count(f'{attribute}="')
    return _COMMON_CLEANER if is_ours_alone else _cleaner({attribute}, set())


_PREFIX = "data-cw"  # the start of the attribute `data-<key>`, for any key


def _cleaner(attributes: set[str], prefixes: set[str]) -> nh3.Cleaner:
    """Create a cleaner that keeps these attributes, or these prefixes, on any element."""
    return nh3.Cleaner(
        tags=set(_TAGS.split()),
        clean_content_tags=set(_DROPPED_WITH_TEXT.split()),
        attributes=_ATTRIBUTES | {"*": _EVERYWHERE | attributes},
        generic_attribute_prefixes=prefixes,
        attribute_filter=lambda _, name, value: _style(value) if name == "style" else value,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _style(value: str) -> str | None:
    """Return the allowed declarations of a style, made readable, or ``None`` if none is left."""
    kept = {}
    for declaration in value[:2000].split(";"):
        given, _, text = (part.strip() for part in declaration.partition(":"))
        name = "background-color" if given.lower() == "background" else given.lower()
        if name in _PROPERTIES and text and _VALUE.fullmatch(text) and "url" not in text.lower():
            kept[name] = text
    declarations = (f"{name}:{text}" for name, text in kept.items())
    return ";".join((*declarations, *with_readable_colours(kept))) or None


_COMMON_CLEANER = _cleaner(set(), {_PREFIX})
