"""Removes lines that readers should not see: comments, attributes, modules and includes."""

from __future__ import annotations

import re
from bisect import bisect_left

from markdown_it.rules_block import StateBlock

from cardwright.render.tools.block_scan import MAX_LINE, BlockScan, line_text

_COMMENTS = (
    (re.compile(r"%%(?!%)"), "%%", re.compile(r"%%")),
    (re.compile(r"\{/\*"), "*/}", re.compile(r"\*/\}")),
    (
        re.compile(r"\{%-?\s*+comment\b[^%\n]*+%\}"),
        "endcomment",
        re.compile(r"\{%-?\s*+endcomment\s*+-?%\}"),
    ),
    (
        re.compile(r"\{\{[<%]\s*+comment\s*+[>%]\}\}"),
        "/comment",
        re.compile(r"\{\{[<%]\s*+/comment\s*+[>%]\}\}"),
    ),
    (re.compile(r"\{::comment\}"), "{:/", re.compile(r"\{:/(?:comment)?\}")),
)
"""The start of a comment, a fixed part of its end, and its end.

These are for Obsidian, MDX, Liquid, Hugo and kramdown.
"""

_NEAR = 40


def read_comment(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Remove the lines of a comment that starts a line and ends a line."""
    start, stop = state.bMarks[first] + state.tShift[first], state.eMarks[end - 1]
    if scan.is_raw(start):
        return False
    for opening, plain, closing in _COMMENTS:
        match = opening.match(state.src, start, stop)
        near = scan.find(plain, match.end()) if match else -1
        if match is None or near < 0:
            continue
        begin = max(match.end(), near - _NEAR)
        found = closing.search(state.src, begin, min(stop, near + _NEAR))
        if found is not None:
            return _drop_comment(scan, state, first, found.end(), silent)
    return False


def _drop_comment(
    scan: BlockScan, state: StateBlock, first: int, behind: int, silent: bool
) -> bool:
    last = bisect_left(scan.starts, behind) - 1
    if state.src[behind : state.eMarks[last]].strip():
        return False
    if not silent:
        scan.drop(state, first, last + 1)
        state.line = last + 1
    return True


_VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'{}=]+)"
ATTRIBUTES = re.compile(
    r"\{(?::[^{}\n]*|\s*+(?:[.#][\w:-]+|[\w:-]+=" + _VALUE + r")"
    r"(?:\s++(?:[.#][\w:-]+|[\w:-]+=" + _VALUE + r"))*+\s*+)\}"
)
"""A list of attributes in the syntax of kramdown (with a colon), Pandoc or MkDocs."""


def read_attributes(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Remove a line that has only attributes for the block next to it."""
    del end
    text = line_text(state, first)
    if len(text) > MAX_LINE or not ATTRIBUTES.fullmatch(text):
        return False
    if not silent:
        scan.drop(state, first, first + 1)
        state.line = first + 1
    return True


_SNIPPET = re.compile(r"-+8<-+\s+(?:\"([^\"]*)\"|'([^']*)')")
_SNIPPETS = re.compile(r"-+8<-+")


def read_snippet(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Remove and report files that MkDocs (pymdownx.snippets) would include.

    It is one file, or several between two such lines.
    """
    text = line_text(state, first)
    one, several = _SNIPPET.fullmatch(text), _SNIPPETS.fullmatch(text)
    last = first
    if one is None and several is not None:
        last = _snippets_end(state, first, end)
    if one is None and last == first:
        return False
    if silent:
        return True
    names = [one[1] or one[2]] if one else [line_text(state, i) for i in range(first + 1, last)]
    for name in names:
        if name:
            scan.reports.snippet(name, scan.place(scan.spot(state, first)), is_code=False)
    scan.drop(state, first, last + 1)
    state.line = last + 1
    return True


def _snippets_end(state: StateBlock, first: int, end: int) -> int:
    for line in range(first + 1, min(end, first + 50)):
        if _SNIPPETS.fullmatch(line_text(state, line)):
            return line
    return first


_MODULE = re.compile(
    r"import\s+(?:[\w*{$][^;\"']*\sfrom\s+)?[\"'][^\"']+[\"']\s*;?"
    r"|import\s+\{[\w\s,$]*|export\s+(?:const|let|var)\s+[\w${\[][^=]*=.*"
)
_PROGRAM = re.compile(
    r"export\s+(?:(?:async\s+)?function\s+\w.*|class\s+\w.*|\{.*|\*\s+from\s.*"
    r"|default\s+(?:(?:async\s+)?function\b|class\b|[({]).*|default\s+[\w$.]+\s*;?)"
)
_MAX_MODULE_LINES = 200


def read_module(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Remove ``import`` and ``export`` of MDX. They start a paragraph and are not indented.

    They end when all brackets are closed. A function or a class could be code without a fence. So
    it only counts in an MDX file or after an ``import``.
    """
    text = line_text(state, first)
    if silent or state.level or state.sCount[first] or not text.startswith(("import", "export")):
        return False
    is_mdx = "import" in scan.reports.components or scan.is_mdx
    is_module = _MODULE.fullmatch(text) or (is_mdx and _PROGRAM.fullmatch(text))
    if len(text) > MAX_LINE or not is_module:
        return False
    last = _statement_end(state, first, end)
    if last < first:
        return False
    scan.reports.module(text[:6], scan.place(scan.spot(state, first)))
    scan.drop(state, first, last + 1)
    state.line = last + 1
    return True


def _statement_end(state: StateBlock, first: int, end: int) -> int:
    """Return the line that closes the last open bracket, or ``first - 1`` if there is none."""
    depth = 0
    for line in range(first, min(end, first + _MAX_MODULE_LINES)):
        code = line_text(state, line)
        depth += sum(code.count(sign) for sign in "{([") - sum(code.count(sign) for sign in "})]")
        if depth <= 0:
            return line
    return first - 1
