"""``==text==`` as marked text."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter


def highlights(parser: MarkdownIt) -> None:
    """Two equals signs around text, with its own Markdown in it, make ``<mark>``."""
    parser.inline.ruler.before("emphasis", "highlight", _delimiter)
    parser.inline.ruler2.before("emphasis", "highlight", _pairs)


def _delimiter(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if silent or state.src[start] != "=":
        return False
    scanned = state.scanDelims(start, True)
    token = state.push("text", "", 0)
    token.content = "=" * scanned.length
    if scanned.length == 2:
        # `x==y and z==w` compares; only a letter of ASCII is a sign of that.
        opens = scanned.can_open and not _is_ascii_word(state.src[start - 1 : start])
        closes = scanned.can_close and not _is_ascii_word(state.src[start + 2 : start + 3])
        at = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord("="), 0, at, -1, opens, closes))
    state.pos += scanned.length
    return True


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _pairs(state: StateInline) -> None:
    nested = (meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)
    for delimiters in (state.delimiters, *nested):
        for opening in delimiters:
            if opening.marker != ord("=") or opening.end == -1:
                continue
            pair = (opening.token, 1), (delimiters[opening.end].token, -1)
            for at, nesting in pair:
                token = state.tokens[at]
                token.type = "mark_open" if nesting == 1 else "mark_close"
                token.tag, token.nesting, token.markup, token.content = "mark", nesting, "==", ""
