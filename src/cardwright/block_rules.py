"""Block rules beyond CommonMark: formulas, HTML headings, ``#no-space`` ones, fences left open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, fence

from cardwright.wording import Wording, asks, read_wording

MAX_FORMULA_LINES = 200
"""How far a ``$$`` on a line of its own is looked for its end."""

CUT_FENCES = "cut_fences"
"""The key of ``env`` under which the lines (from 0) of fences left open are listed."""

_INTERRUPTED = ["paragraph", "reference", "blockquote", "list", "footnote_def"]


def add_rules(parser: MarkdownIt, *, is_loose: bool) -> None:
    """Add the rules; with ``is_loose`` a heading needs no space behind its hashes."""
    ruler = parser.block.ruler
    ruler.before("fence", "formula", _formula, {"alt": _INTERRUPTED})
    ruler.at("fence", _fence, {"alt": _INTERRUPTED})
    ruler.before("html_block", "html_heading", _html_heading, {"alt": _INTERRUPTED})
    if is_loose:
        ruler.before("heading", "loose_heading", _loose_heading, {"alt": _INTERRUPTED})


def _formula(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A ``$$`` that opens on one line and closes on a later one, read before anything in it.

    A line of ``=`` in it would else make a heading of the lines above, a ``-`` a list.
    """
    if state.is_code_block(first):
        return False
    opening = _line(state, first)
    if not opening.startswith("$$") or "$$" in opening[2:]:
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


_HTML_HEADING = re.compile(r"(?i)<h([1-6])\b([^<>]*)>(.*)</h\1\s*>\s*$")


def _html_heading(state: StateBlock, first: int, _end: int, silent: bool) -> bool:
    """``<h3>1. What is a token?</h3>`` alone on its line; aligned ones are a page's decoration."""
    if state.is_code_block(first):
        return False
    match = _HTML_HEADING.match(_line(state, first))
    if match is None or "align" in match[2].lower() or not match[3].strip():
        return False
    return silent or _push_heading(state, first, int(match[1]), match[3].strip())


_LOOSE_HEADING = re.compile(r"(#{2,6})(?=[^\s#])(.*?)(?:\s+#+)?\s*$")


def _loose_heading(state: StateBlock, first: int, _end: int, silent: bool) -> bool:
    """``##1. What is a token?``, as older Markdown allowed."""
    if state.is_code_block(first):
        return False
    match = _LOOSE_HEADING.match(_line(state, first))
    if match is None:
        return False
    return silent or _push_heading(state, first, len(match[1]), match[2])


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


def _fence(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A fence of CommonMark, but one left open ends where the next question begins."""
    if silent or state.blkIndent or state.is_code_block(first):
        return fence(state, first, end, silent)
    opening = re.match(r"(`{3,}|~{3,})\s*(\S*)", _line(state, first))
    if opening is None or re.match(r"(?i)(?:markdown|md|mdx)\b", opening[2]):
        return fence(state, first, end, silent)
    next_question = _question_in_fence(state, first, end, opening[1])
    if next_question is None:
        return fence(state, first, end, silent)
    state.env.setdefault(CUT_FENCES, []).append(first)
    state.line = next_question
    token = state.push("fence", "code", 0)
    token.info = opening[2]
    token.markup = opening[1]
    token.map = [first, next_question]
    return True


def _question_in_fence(state: StateBlock, first: int, end: int, marker: str) -> int | None:
    """The line of a question's heading that the fence has swallowed, ``None`` when there is none.

    That is a heading of the level of an earlier one and with the next number; or, when both ask,
    one that another fence begins behind, or that no line closes the fence behind.
    """
    earlier = _last_headings(state)
    candidate: int | None = None
    for line in range(first + 1, end):
        text = _line(state, line)
        if text.startswith(marker) and not text.strip(marker[0]).strip():
            return None
        if candidate is not None and re.match(r"(?:```|~~~)\s*\w", text):
            return candidate
        heading = re.match(r"(#{1,6})\s+(.*\S)", text[:1000])
        if heading is None or state.tShift[line] or _line(state, line - 1).strip():
            continue
        above = earlier.get(len(heading[1]))
        here = read_wording(heading[2])
        if above is None or not asks(here.text):
            continue
        if above.ordinal is not None and here.ordinal == above.ordinal + 1:
            return line
        if candidate is None and here.ordinal is None and asks(above.text):
            candidate = line
    return candidate


def _last_headings(state: StateBlock) -> dict[int, Wording]:
    """The last heading of each level so far; every token is looked at once a document."""
    found: dict[int, Wording] = state.env.setdefault("last_headings", {})
    start: int = state.env.get("tokens_seen", 0)
    for level, text in _headings_from(state, start):
        found[level] = read_wording(text)
    state.env["tokens_seen"] = len(state.tokens)
    return found


def _headings_from(state: StateBlock, start: int) -> Iterator[tuple[int, str]]:
    for index in range(start, len(state.tokens) - 1):
        if state.tokens[index].type == "heading_open":
            yield int(state.tokens[index].tag[1]), state.tokens[index + 1].content[:1000]
