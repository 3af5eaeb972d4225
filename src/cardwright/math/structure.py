"""Where formulas may stand in a passage: its blocks, display formulas read before all else."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from cardwright.commonmark import block_parser
from cardwright.commonmark.sure import read_sure_blocks
from cardwright.math.inline import Unclosed, find_formulas
from cardwright.math.signs import signs_of
from cardwright.math.tex import has_tex_sign, is_prose

MAX_LINES = 300
"""How far the end of a display formula is looked for."""


@dataclass(frozen=True, slots=True)
class DisplayLines:
    """A formula over several lines: places are (line, offset) from 0, ``end`` behind its closer.

    ``body`` is what stands between the delimiters, the marks of lists and quotes cut off; of an
    environment it is all, ``\\begin`` and ``\\end`` included.
    """

    first: int
    start: int
    last: int
    end: int
    opener: str
    body: str
    is_display: bool = True


@dataclass(slots=True)
class _Search:
    """What the rules below share while one text is parsed."""

    line_starts: list[int]
    closing_lines: dict[str, list[int]]
    closing_ends: dict[str, list[int]]
    environment_ends: dict[int, int]
    found: dict[int, DisplayLines] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    known: dict[tuple[int, int, int], DisplayLines | None] = field(default_factory=dict)


def first_reading(lines: tuple[str, ...]) -> tuple[list[DisplayLines], list[int]]:
    """The display formulas over several lines, and the lines that may be rows of a table.

    Both have to be taken out before a parser decides about blocks: a ``===`` in a formula makes
    no heading, a ``|`` no column. Fences and indented code are blocks before them.
    """
    text = "\n".join(lines)
    if not _may_hold_any(text):
        return [], []
    search = _search(text, lines)
    _parser().parse(text, {"search": search})
    return list(search.found.values()), search.rows


def _may_hold_any(text: str) -> bool:
    """Whether one of the rules below may find something, told without a parser."""
    if any(sign in text for sign in ("$$", "\\[", "\\begin")) or ("|" in text and "-" in text):
        return True
    return "$" in text and _ANY_MARK.search(text) is not None


def blocks(lines: tuple[str, ...]) -> list[Token]:
    """The tokens of markdown-it for ``lines``, their inline text not yet read."""
    text = "\n".join(lines)
    return _parser().parse(text, {"search": None})


def _search(text: str, lines: tuple[str, ...]) -> _Search:
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    closing_lines: dict[str, list[int]] = {kind: [] for kind in ("$$", "\\]", "\\\\]")}
    closing_ends: dict[str, list[int]] = {kind: [] for kind in closing_lines}
    signs = signs_of(text)
    for sign in signs.all:
        if sign.kind in closing_lines:
            number = bisect_right(starts, sign.start) - 1
            if closing_lines[sign.kind][-1:] != [number]:
                closing_lines[sign.kind].append(number)
                closing_ends[sign.kind].append(sign.end)
    ends = {signs.all[begin].start: signs.all[end].end for begin, end in signs.ends.items()}
    return _Search(starts, closing_lines, closing_ends, ends)


@cache
def _parser() -> MarkdownIt:
    parser = block_parser()
    read_sure_blocks(parser)
    everywhere: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("table", "rows", _rows, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("lheading", "display", _display, everywhere)
    return parser


def _display(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    search: _Search | None = state.env["search"]
    if search is None or state.is_code_block(first):
        return False
    key = (first, end, state.blkIndent)
    if key not in search.known:
        search.known[key] = _display_lines(state, search, first, end)
    found = search.known[key]
    if found is None:
        return False
    if not silent:
        search.found[first] = found
        state.line = found.last + 1
        state.push("display", "", 0).map = [first, state.line]
    return True


def _display_lines(state: StateBlock, search: _Search, first: int, end: int) -> DisplayLines | None:
    """The formula that line ``first`` opens and does not close, if a later line does."""
    text = _text(state, first)
    if "$$" not in text and "\\" not in text:
        return _over_a_mark(state, search, first, end)
    margin = state.bMarks[first] + state.tShift[first]
    for opening in find_formulas(text)[1]:
        closing = _closing(search, first, margin + opening.start, opening)
        if closing is None or closing[0] >= end or closing[0] - first > MAX_LINES:
            continue
        if not any(_stops(state, line) for line in range(first + 1, closing[0] + 1)):
            found = _from_to(state, search, first, opening, closing)
            if found is not None:
                return found
    return _over_a_mark(state, search, first, end)


_MARK = re.compile(r"[-+*>]\s+\S")
_ANY_MARK = re.compile(r"^[ \t>]*[-+*>]\s+\S", re.MULTILINE)
_MOST_ROWS = 10


def _over_a_mark(state: StateBlock, search: _Search, first: int, end: int) -> DisplayLines | None:
    """A formula in a line that goes on in one which begins with ``+`` or ``-``, ``*`` or ``>``.

    To CommonMark a list or a quote begins there, in the middle of ``$a`` and ``+ b$``.
    """
    rows = [_text(state, first)]
    if "$" not in rows[0]:
        return None
    for line in range(first + 1, min(end, first + _MOST_ROWS)):
        if not _text(state, line) or _stops(state, line):
            break
        rows.append(_text(state, line))
    if not any(map(_MARK.match, rows[1:])):
        return None
    text = "\n".join(rows)
    for found in find_formulas(text)[0]:
        body = text[found.start + 1 : found.end - 1]
        if found.start > len(rows[0]) or found.is_display or is_prose(body):
            continue
        if any(map(_MARK.match, body.split("\n")[1:])):
            last = first + body.count("\n")
            start = state.bMarks[first] + state.tShift[first] + found.start
            ending = found.end - text.rfind("\n", 0, found.end) - 1
            stop = state.bMarks[last] + state.tShift[last] + ending
            places = start - search.line_starts[first], stop - search.line_starts[last]
            return DisplayLines(first, places[0], last, places[1], "$", body, False)
    return None


def _from_to(
    state: StateBlock, search: _Search, first: int, opening: Unclosed, closing: tuple[int, int]
) -> DisplayLines | None:
    last, behind = closing
    is_environment = opening.opener.startswith("\\begin")
    ending = state.src[state.bMarks[last] + state.tShift[last] : behind]
    inner = _text(state, first)[opening.start :]
    if not is_environment:
        inner, ending = inner[len(opening.opener) :], ending[: -len(opening.closer)]
    between = (_text(state, line) for line in range(first + 1, last))
    body = "\n".join((inner, *between, ending))
    if not body.strip() or body.count("`") % 2 or (opening.start and is_prose(body)):
        return None
    start = state.bMarks[first] + state.tShift[first] + opening.start - search.line_starts[first]
    stop = behind - search.line_starts[last]
    return DisplayLines(first, start, last, stop, opening.opener, body)


def _closing(search: _Search, first: int, start: int, opening: Unclosed) -> tuple[int, int] | None:
    """The line with the closer, and the offset in the whole text behind it."""
    if opening.opener in ("\\(", "\\\\("):
        return None
    if opening.opener.startswith("\\begin"):
        end = search.environment_ends.get(start)
        return None if end is None else (bisect_right(search.line_starts, end - 1) - 1, end)
    lines = search.closing_lines[opening.closer]
    at = bisect_right(lines, first)
    return (lines[at], search.closing_ends[opening.closer][at]) if at < len(lines) else None


def _stops(state: StateBlock, line: int) -> bool:
    """Whether no formula goes on at this line: its container ends, or a fence begins.

    Behind a blank line also a heading and what is clearly no TeX.
    """
    text = _text(state, line)
    if not text:
        return False
    if state.sCount[line] < state.blkIndent or text.startswith(("```", "~~~")):
        return True
    return _is_blank(state, line - 1) and _is_no_tex(text)


_NO_TEX = re.compile(r"#{1,6}(?:\s|$)|!?\[[^\]]*\](?:\(|\[|:)|[-*+]\s+\S|\d+[.)]\s+\S|>|<[a-z/!]")
_SENTENCE = re.compile(r"(?:[^\W\d_]{2,}[,;:.]?\s+){3}")


def _is_no_tex(text: str) -> bool:
    if _NO_TEX.match(text) and "\\" not in text:
        return True
    return _SENTENCE.match(text) is not None and not has_tex_sign(text[:80].split(".")[0])


def _is_blank(state: StateBlock, line: int) -> bool:
    return not _text(state, line)


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


_DELIMITER_ROW = re.compile(r"(?:[|:]|-(?! ))[-:|\s]*")


def _rows(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Lines that are a table if their formulas do not hold ``|`` (GFM 4.10)."""
    search: _Search | None = state.env["search"]
    if search is None or first + 1 >= end or state.is_code_block(first):
        return False
    if state.sCount[first + 1] < state.blkIndent or "|" not in _text(state, first):
        return False
    delimiters = _text(state, first + 1)
    if "-" not in delimiters or not _DELIMITER_ROW.fullmatch(delimiters):
        return False
    if silent:
        return True
    stops = state.md.block.ruler.getRules("blockquote")
    last = first + 2
    while last < end and _text(state, last) and state.sCount[last] >= state.blkIndent:
        if any(stop(state, last, end, True) for stop in stops):
            break
        last += 1
    search.rows += [first, *range(first + 2, last)]
    state.line = last
    state.push("rows", "", 0).map = [first, last]
    return True
