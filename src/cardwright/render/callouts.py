"""Callouts: a quote that begins with ``[!note] Title``, as on GitHub and in Obsidian."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_OPENING = re.compile(r"\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][+-]?(?:[ \t]+([^\n]*))?(?:\n|$)")


def callouts(parser: MarkdownIt) -> None:
    """Any kind is taken; the mark that folds it (``-``, ``+``) too, and not folded."""
    parser.core.ruler.before("inline", "callouts", _turn_quotes)
    parser.add_render_rule("callout_open", _open)
    parser.add_render_rule("callout_close", _close)


def _turn_quotes(state: StateCore) -> None:
    tokens = state.tokens
    open_quotes: list[Token | None] = []
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            is_callout = _turn(token, tokens[index + 1 : index + 4], state)
            open_quotes.append(token if is_callout else None)
        elif token.type == "blockquote_close" and open_quotes.pop() is not None:
            token.type = "callout_close"
    state.tokens = [token for token in tokens if token.type != "gone"]


def _turn(quote: Token, inside: list[Token], state: StateCore) -> bool:
    if [token.type for token in inside[:2]] != ["paragraph_open", "inline"]:
        return False
    paragraph, inline, closing = inside
    opening = _OPENING.match(inline.content)
    if opening is None:
        return False
    quote.type = "callout_open"
    quote.meta = {"kind": opening[1], "title": _plain(opening[2] or "", state)}
    inline.content = inline.content[opening.end() :]
    if inline.map:
        inline.map = [inline.map[0] + 1, inline.map[1]]
    if not inline.content.strip():
        for token in (paragraph, inline, closing):
            token.type = "gone"
    return True


def _plain(title: str, state: StateCore) -> str:
    """The text of a title that is written in Markdown."""
    children = state.md.parseInline(title, {})[0].children or []
    return "".join(child.content for child in children if child.type in ("text", "code_inline"))


def _open(
    _: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType
) -> str:
    meta = tokens[index].meta
    return f"{env['collector'].open_callout(meta['kind'], meta['title'])}\n"


def _close(
    _: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: EnvType
) -> str:
    return "</div>\n"
