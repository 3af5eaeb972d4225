"""Block rules beyond CommonMark: formulas, HTML headings, ``#no-space`` ones."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from cardwright.blocks.fence_rules import fence_rule

MAX_FORMULA_LINES = 200
"""How far a ``$$`` on a line of its own is looked for its end."""

_INTERRUPTED = ["paragraph", "reference", "blockquote", "list", "footnote_def"]


def add_rules(parser: MarkdownIt, *, is_loose: bool) -> None:
    """Add the rules; with ``is_loose`` a heading needs no space behind its hashes."""
    ruler = parser.block.ruler
    ruler.before("fence", "formula", _formula, {"alt": _INTERRUPTED})
    ruler.at("fence", fence_rule, {"alt": _INTERRUPTED})
    ruler.before("html_block", "html_heading", _html_heading, {"alt": _INTERRUPTED})
    if is_loose:
        ruler.before("heading", "loose_heading", _loose_heading, {"alt": _INTERRUPTED})


def _formula(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A ``$$`` that opens on one line and closes on a later one, read before anything in it.

    A line of ``=`` in it would else make a heading of the lines above, a ``-`` a list.
    """
    if not _begins(state, first, "$$") or state.is_code_block(first):
        return False
    if "$$" in _line(state, first)[2:]:
        return False
    for line in range(first + 1, min(end, first + MAX_FORMULA_LINES)):
        text = _line(state, line)
        if state.sCount[line] < state.blkIndent and text:
            return False
        if re.match(r"#{1,6}\s|```|~~~|[-*] +#", text):
            return False
        if text.rstrip().endswith("$$"):
            if not silent:
                state.line = line + 1
                token = state.push("formula", "", 0)
                token.map = [first, state.line]
            return True
        if "$$" in text:
            return False
    return False


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _begins(state: StateBlock, line: int, mark: str) -> bool:
    """Whether the text of a line begins with ``mark``; rules see each line many times."""
    return state.src.startswith(mark, state.bMarks[line] + state.tShift[line])


_HTML_HEADING = re.compile(r"(?i)<h([1-6])\b([^<>]*)>(.*)</h\1\s*>\s*$")


def _html_heading(state: StateBlock, first: int, _end: int, silent: bool) -> bool:
    """``<h3>1. What is a token?</h3>`` alone on its line; aligned ones are a page's decoration."""
    if not _begins(state, first, "<") or state.is_code_block(first):
        return False
    match = _HTML_HEADING.match(_line(state, first))
    if match is None or "align" in match[2].lower() or not match[3].strip():
        return False
    return silent or _push_heading(state, first, int(match[1]), match[3].strip())


_LOOSE_HEADING = re.compile(r"(#{2,6})(?=[^\s#])(.*)$")


def _loose_heading(state: StateBlock, first: int, _end: int, silent: bool) -> bool:
    """``##1. What is a token?``, as older Markdown allowed."""
    if state.is_code_block(first):
        return False
    match = _LOOSE_HEADING.match(_line(state, first))
    if match is None:
        return False
    text = match[2].rstrip()
    bare = text.rstrip("#")
    is_closed = bare != text and bare[-1:].isspace()  # CommonMark section 4.2
    return silent or _push_heading(
        state, first, len(match[1]), bare.rstrip() if is_closed else text
    )


def is_loose_heading(line: str) -> bool:
    """Whether a line is a heading but for the space behind its two or more hashes."""
    return _LOOSE_HEADING.match(line) is not None


def _push_heading(state: StateBlock, line: int, level: int, text: str) -> bool:
    state.line = line + 1
    opening = state.push("heading_open", f"h{level}", 1)
    inline = state.push("inline", "", 0)
    closing = state.push("heading_close", f"h{level}", -1)
    opening.markup = closing.markup = "#" * level
    opening.map = inline.map = [line, line + 1]
    inline.content = text
    inline.children = []
    return True
