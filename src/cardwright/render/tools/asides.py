"""Removes lines that readers should not see: comments, modules and includes."""

from __future__ import annotations

import re
from bisect import bisect_left

from cardwright.diagnostics import Code, shorten
from cardwright.model import Place
from cardwright.render.collector import Collector
from cardwright.render.tools.block_scan import Block, BlockStart, is_mdx
from cardwright.wording.signs import PAGE_BREAK

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


def read_comment(start: BlockStart) -> Block | None:
    """Remove the lines of a comment that starts a line and ends a line."""
    scan, state = start.scan, start.state
    stop = state.eMarks[start.end - 1]
    if scan.raw.hold(start.offset):
        return None
    for opening, plain, closing in _COMMENTS:
        match = opening.match(state.src, start.offset, stop)
        near = scan.find(plain, match.end()) if match else -1
        if match is None or near < 0:
            continue
        begin = max(match.end(), near - _NEAR)
        found = closing.search(state.src, begin, min(stop, near + _NEAR))
        if found is not None:
            last = bisect_left(scan.starts, found.end()) - 1
            is_last = not state.src[found.end() : state.eMarks[last]].strip()
            return start.dropped(last + 1) if is_last else None
    return None


_PAGE_BREAK = re.compile(PAGE_BREAK)


def read_page_break(start: BlockStart) -> Block | None:
    """Remove a page break of LaTeX. A card has no pages."""
    return start.dropped(start.first + 1) if _PAGE_BREAK.fullmatch(start.text) else None


_SNIPPET = re.compile(r"-+8<-+\s+(?:\"([^\"]*)\"|'([^']*)')")
_SNIPPETS = re.compile(r"-+8<-+")
_MOST_SNIPPETS = 50


def read_snippet(start: BlockStart) -> Block | None:
    """Remove and report files that MkDocs (pymdownx.snippets) would include.

    It is one file, or several between two such lines.
    """
    first, one = start.first, _SNIPPET.fullmatch(start.text)
    names, last = [one[1] or one[2]] if one else [], first
    if _SNIPPETS.fullmatch(start.text):
        below = range(first + 1, min(start.end, first + _MOST_SNIPPETS))
        last = next((line for line in below if _SNIPPETS.fullmatch(start.line(line))), first)
        names = [start.line(line) for line in range(first + 1, last)]
    if one is None and last == first:
        return None

    def write() -> None:
        for name in filter(None, names):
            place = start.scan.place(start.spot)
            report_snippet(start.scan.collector, name, place, "it is left out of the card")
        start.drop(first, last + 1)

    return Block(last + 1, write)


def report_snippet(collector: Collector, name: str, place: Place, outcome: str) -> None:
    message = f"snippet '{shorten(name)}' is not included; {outcome}"
    collector.report(place, Code.NOT_EMBEDDED, message, "copy its text into the answer")


_MODULE = re.compile(
    r"import\s+(?:[\w*{$][^;\"']*\sfrom\s+)?[\"'][^\"']+[\"']\s*;?"
    r"|import\s+\{[\w\s,$]*|export\s+(?:const|let|var)\s+[\w${\[][^=]*=.*"
)
_PROGRAM = re.compile(
    r"export\s+(?:(?:async\s+)?function\s+\w.*|class\s+\w.*|\{.*|\*\s+from\s.*"
    r"|default\s+(?:(?:async\s+)?function\b|class\b|[({]).*|default\s+[\w$.]+\s*;?)"
)
_MAX_MODULE_LINES = 200


def read_module(start: BlockStart) -> Block | None:
    """Remove ``import`` and ``export`` of MDX. They start a paragraph and are not indented.

    They end when all brackets are closed. A function or a class could be code without a fence. So
    it only counts in an MDX file or after an ``import``.
    """
    scan, state, text = start.scan, start.state, start.text
    if start.is_silent or state.level or state.sCount[start.first]:
        return None
    may_be_program = "import" in scan.collector.reported or is_mdx(scan.traced.passage.path)
    if not _MODULE.fullmatch(text) and not (may_be_program and _PROGRAM.fullmatch(text)):
        return None
    behind = _behind_statement(start)
    if behind is None:
        return None

    def write() -> None:
        keyword, hint = text[:6], "put code into a fence"
        message = f"'{keyword}' of MDX is left out of the card"
        place = scan.place(start.spot)
        scan.collector.report(place, Code.MDX_COMPONENT, message, hint, once=keyword)
        start.drop(start.first, behind)

    return Block(behind, write)


def _behind_statement(start: BlockStart) -> int | None:
    """Return the line after the one that closes the last open bracket, if there is one."""
    depth = 0
    for line in range(start.first, min(start.end, start.first + _MAX_MODULE_LINES)):
        code = start.line(line)
        depth += sum(code.count(sign) for sign in "{([") - sum(code.count(sign) for sign in "})]")
        if depth <= 0:
            return line + 1
    return None
