"""Splits HTML into tags, text and comments as browsers do, in linear time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum
from html import unescape
from typing import NamedTuple


class Kind(Enum):
    """The kind of a piece of HTML."""

    TEXT = "text"
    RAW = "raw"  # the text of a script or similar, never decoded
    START = "start"
    END = "end"
    COMMENT = "comment"


TEXT, RAW, START, END, COMMENT = Kind
"""Aliases for speed: in Python 3.11, ``Kind.TEXT`` takes five times as long."""


VOID = frozenset(
    {"br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
"""Elements without an end tag (HTML Living Standard, 13.1.2), but for ``area`` and ``base``."""


class Piece(NamedTuple):
    """A piece of HTML.

    A deck has half a million pieces, and a tuple takes half the time of a dataclass.
    """

    kind: Kind
    text: str  # its source
    name: str = ""  # that of a tag, in lower case
    attributes: tuple[tuple[str, str], ...] = ()  # names in lower case, decoded values

    def attribute(self, name: str) -> str:
        """Return the value of an attribute, ``""`` if there is none. The first one counts."""
        return next((value for key, value in self.attributes if key == name), "")

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(self.attribute("class").split())


RAW_ELEMENTS = frozenset(
    {"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"}
)

_NAMES = """
a abbr b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li mark ol p
pre s small span strong sub summary sup table tbody td th thead tr u ul
"""
_BARE_TAGS = {
    text: Piece(kind, text, name)
    for name in _NAMES.split()
    for kind, text in ((START, f"<{name}>"), (END, f"</{name}>"))
}
"""Nearly all tags are these, so each exists once."""

_LONGEST = 100  # the longest tag, in characters, that is looked up before it is parsed

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)")
_ATTRIBUTE = re.compile(r"[\s/]*+([^\s/>][^\s/>=]*+)\s*+(=\s*+)?")
_CLASS = re.compile(r' class="[^"]*')
_UNQUOTED = re.compile(r"[^\s>]*+")
_TAG_END = re.compile(r"[\s/]*+>")


def cut(html: str) -> list[Piece]:
    """Return the pieces of ``html`` in order. Joined, they are ``html`` again.

    Follows the tokenizer of the HTML standard (13.2.5). An unclosed tag or comment extends to the
    end, and is a comment here because no browser shows it. (Before Python 3.11.14, ``html.parser``
    retries such a tag at each ``<``, in quadratic time.)
    """
    pieces: list[Piece] = []
    seen: dict[str, Piece] = {}
    at = text_start = 0
    while (at := html.find("<", at)) >= 0:
        tag = html[at : html.find(">", at, at + _LONGEST) + 1]
        piece = _BARE_TAGS.get(tag) or seen.get(tag)
        if piece is None:
            piece = _markup(html, at)
            if piece is None:
                at += 1
                continue
            if piece.text == tag:  # equal characters are equal tags
                seen[tag] = piece
        if text_start < at:
            pieces.append(Piece(TEXT, html[text_start:at]))
        pieces.append(piece)
        at = text_start = at + len(piece.text)
        if piece.name in RAW_ELEMENTS and piece.kind is START:
            end = re.compile(rf"</{piece.name}(?=[\s/>])", re.IGNORECASE).search(html, at)
            at = end.start() if end else len(html)
            if text_start < at:
                pieces.append(Piece(RAW, html[text_start:at]))
            text_start = at
    if text_start < len(html):
        pieces.append(Piece(TEXT, html[text_start:]))
    return pieces


def _markup(html: str, at: int) -> Piece | None:
    """Return the tag or comment at ``at``, ``None`` if there is none."""
    tag = _TAG.match(html, at)
    if tag is not None:
        return _tag(html, tag)
    if html.startswith("<!--", at):
        end = html.find("-->", at + 4)
        return Piece(COMMENT, html[at : end + 3 if end >= 0 else len(html)])
    if html.startswith(("<!", "<?", "</"), at):
        end = html.find(">", at)
        return Piece(COMMENT, html[at : end + 1 if end >= 0 else len(html)])
    return None


def _tag(html: str, tag: re.Match[str]) -> Piece:
    start, at = tag.start(), tag.end()
    attributes: list[tuple[str, str]] = []
    while (end := _TAG_END.match(html, at)) is None:
        name = _ATTRIBUTE.match(html, at)
        if name is None:
            return Piece(COMMENT, html[start:])
        at, value = name.end(), ""
        if name[2] and html[at : at + 1] in ('"', "'"):
            close = html.find(html[at], at + 1)
            if close < 0:
                return Piece(COMMENT, html[start:])
            value, at = html[at + 1 : close], close + 1
        elif name[2]:
            unquoted = _UNQUOTED.match(html, at)
            value, at = (unquoted[0], unquoted.end()) if unquoted else ("", at)
        attributes.append((name[1].lower(), unescape(value)))
    kind = END if tag[1] else START
    return Piece(kind, html[start : end.end()], tag[2].lower(), tuple(attributes))


def element_ends(parts: Sequence[object]) -> dict[int, int]:
    """Return the index of the end tag of each element that has one, by the index of its start tag.

    Ignores parts that are not a ``Piece``.
    """
    ends: dict[int, int] = {}
    open_: list[tuple[str, int]] = []
    names: Counter[str] = Counter()
    for index, part in enumerate(parts):
        if not isinstance(part, Piece):
            continue
        if part.kind is START:
            open_.append((part.name, index))
            names[part.name] += 1
        elif part.kind is END and names[part.name]:
            # In well-formed HTML, only void elements were opened after the one that ends.
            while True:
                name, start = open_.pop()
                names[name] -= 1
                if name == part.name:
                    break
            ends[start] = index
    return ends


def typeset_tex(pieces: Sequence[Piece]) -> str:
    """Return the TeX of a formula that KaTeX typeset: its ``alttext``, or else its text."""
    tex = next((piece.attribute("alttext") for piece in pieces if piece.name == "math"), "")
    return tex or "".join(unescape(piece.text) for piece in pieces if piece.kind is TEXT)


def with_class(tag: str, name: str, attributes: str = "") -> str:
    """Return a start tag with one more class, and with ``attributes`` before the others."""
    if given := _CLASS.search(tag):
        tag = f"{tag[: given.end()]} {name}{tag[given.end() :]}"
    else:
        attributes += f' class="{name}"'
    return _TAG.sub(lambda start: start[0] + attributes, tag, count=1)
