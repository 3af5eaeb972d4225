"""HTML of a text made harmless: what may stand on a card, and nothing else."""

from __future__ import annotations

import re
from functools import cache

import nh3

from cardwright.resolve.depth import shallow

_TAGS = """
a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl
dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby
s samp section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u
ul var
"""
_DROPPED_WITH_TEXT = """
script style iframe object noembed noframes noscript template svg textarea title xmp
"""
_EVERYWHERE = frozenset({"style", "title", "lang", "dir"})
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


def clean(html: str, key: str) -> str:
    """``html`` as nh3 leaves it: well-formed, no script, handler, frame, form or address of a file.

    ``data-<key>`` stays, for no text can hold it. Of links, only those that a browser or a
    mail program opens; a ``style`` only with properties that carry no address; no ``class`` and
    no ``id``, for they are ours to give.
    """
    attribute = f"data-{key}"
    # A cleaner takes as long to make as a short text to clean.
    cleaner = _cleaner(attribute) if attribute in html else _plain_cleaner()
    return cleaner.clean(shallow(html, key))


@cache
def _plain_cleaner() -> nh3.Cleaner:
    return _cleaner()


def _cleaner(*more: str) -> nh3.Cleaner:
    """A cleaner that leaves the attributes ``more`` on any element."""
    return nh3.Cleaner(
        tags=set(_TAGS.split()),
        clean_content_tags=set(_DROPPED_WITH_TEXT.split()),
        attributes=_ATTRIBUTES | {"*": {*_EVERYWHERE, *more}},
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
