"""Bare addresses as links (GFM 6.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_CJK_MARKS = r"\u3001\u3002\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
_EDGES = r"\u2e28\u2e29"  # the brackets of the words that stand for deletions
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9_/.])(?:https?://|www\.)(?=[\w-])[^\s<>\"`" + _CJK_MARKS + _EDGES + r"]+",
    re.IGNORECASE,
)


def bare_links(parser: MarkdownIt) -> None:
    """Link what begins with ``http://``, ``https://`` or ``www.`` in text outside of links."""
    parser.core.ruler.push("bare_links", _link_addresses)


def _link_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.children and ("://" in token.content or "www." in token.content.lower()):
            token.children = list(_linked(token.children, state.md))


def _linked(children: list[Token], parser: MarkdownIt) -> Iterator[Token]:
    depth = 0
    for child in children:
        if child.type in ("link_open", "link_close"):
            depth += child.nesting
        elif child.type == "html_inline":
            depth += _html_link(child.content)
        if child.type == "text" and depth <= 0:
            yield from _cut_text(child, parser)
        else:
            yield child


def _html_link(tag: str) -> int:
    if re.match(r"<a[\s>]", tag, re.IGNORECASE):
        return 1
    return -1 if re.match(r"</a\s*>", tag, re.IGNORECASE) else 0


def _cut_text(token: Token, parser: MarkdownIt) -> Iterator[Token]:
    text, at = token.content, 0
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match[0])
        target = address if "://" in address else f"http://{address}"
        href = parser.normalizeLink(target)
        if len(address) <= len("https://") or not parser.validateLink(href):
            continue
        yield Token("text", "", 0, content=text[at : match.start()], level=token.level)
        yield Token("link_open", "a", 1, attrs={"href": href}, level=token.level)
        yield Token("text", "", 0, content=address, level=token.level + 1)
        yield Token("link_close", "a", -1, level=token.level)
        at = match.start() + len(address)
    yield Token("text", "", 0, content=text[at:], level=token.level)


def _trimmed(address: str) -> str:
    """Without the punctuation behind it, and a ``)`` that is not opened in it."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        last = address[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last not in "?!.,:;*_~'":
            break
        end -= 1
    return address[:end]
