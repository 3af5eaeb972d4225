"""Parses ``<details>``: its tags, its ``<summary>``, and the text that it hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cardwright.blocks.rows import Row
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line

_TOKEN = re.compile(r"(?i)`[^`]*`|<(?P<slash>/?)(?P<name>details|summary)\b[^<>]*>")
_BEFORE = re.compile(r"(?:\s|&nbsp;|</?br\s*/?>)*")
_BEHIND = ("&nbsp;", "<br>", "<br/>", "<br />", "</br>")
_GAP = re.compile(r"(?i)(?:\s|</?br\s*/?>|&nbsp;)*(?:(?:<(?:b|p|div|blockquote)\b[^<>]*>\s*)+$)?")


class _Tag(NamedTuple):
    """A tag on a line (from 1), from one character of it (from 0) to another."""

    line: int
    start: int
    end: int


@dataclass(slots=True)
class _Fold:
    """A ``<details>`` and the tags that belong to it."""

    opening: _Tag
    summary: _Tag | None = None
    summary_end: _Tag | None = None
    closing: _Tag | None = None


def details(lines: Sequence[str], rows: Sequence[Row]) -> Iterator[Box]:
    """Yield every ``<details>`` outside of code, in the order in which they open.

    One that nothing closes ends where the next one or a new section begins.
    """
    for fold, following in with_next(_folds(rows)):
        row, opening = rows[fold.opening.line - 1], fold.opening
        title, begin = _title(lines, fold, row.quotes)
        over = fold.closing or _Tag(_end(rows, begin.line, following), 0, 0)
        yield Box(
            start=opening.line,
            column=opening.start + 1,
            end=over.line + (fold.closing is not None),
            title=title,
            body=_body(lines, rows, begin, over, Span(0, 0, row.width, quotes=row.quotes)),
            indent=0 if row.quotes else row.width,
            quotes=row.quotes,
            is_fold=True,
            is_glued=opening.start > row.offset,
        )


def _folds(rows: Sequence[Row]) -> list[_Fold]:
    found: list[_Fold] = []
    open_: list[_Fold] = []
    for row in rows:
        for match in _TOKEN.finditer(row.raw) if "<" in row.raw and not row.is_verbatim else ():
            name, tag = (match["name"] or "").lower(), _Tag(row.number, *match.span())
            if name == "details" and not match["slash"]:
                found.append(_Fold(tag))
                open_.append(found[-1])
            elif not (name and open_):
                continue
            elif name == "details":
                open_.pop().closing = tag
            elif open_[-1].summary is None and not match["slash"]:
                open_[-1].summary = tag
            elif open_[-1].summary is not None and open_[-1].summary_end is None:
                open_[-1].summary_end = tag  # a second <summary> was meant to close the first
    return found


def _title(lines: Sequence[str], fold: _Fold, quotes: int) -> tuple[tuple[Line, ...], _Tag]:
    """Return the lines of the summary, and the tag after which the body begins.

    A summary that nothing closes ends with its line.
    """
    first, last = fold.summary, fold.summary_end
    if first is None:
        return (), fold.opening
    if last is None:
        until = len(lines[first.line - 1])
        last = _Tag(first.line, until, until)
    rows = cut(lines, Span(first.line, last.line + 1, 0, first.end + 1, last.start + 1, quotes))
    kept = trimmed(rows, lambda text: not _bare(Line(text, 1)).text)
    title = (_bare(row) if at in (0, len(kept) - 1) else row for at, row in enumerate(kept))
    return tuple(title), last


def _bare(line: Line) -> Line:
    """Return a line without spaces and line breaks at both ends."""
    before = _BEFORE.match(line.text)
    begin = before.end() if before else 0
    text = line.text[begin:].rstrip()
    while text[-6:].lower().endswith(_BEHIND):
        text = text[: max(text.rfind("<"), text.rfind("&"))].rstrip()
    return Line(text, line.number, line.column + begin)


def _end(rows: Sequence[Row], begin: int, following: _Fold | None) -> int:
    """Return the line at which a fold ends that nothing closes."""
    limit = following.opening.line if following else len(rows) + 1
    below = range(begin + 1, limit)
    return next((at for at in below if rows[at - 1].level), max(limit, begin + 1))


def _body(lines: Sequence[str], rows: Sequence[Row], begin: _Tag, over: _Tag, around: Span) -> Span:
    """Return the span between two tags, inside of the item and the quotes ``around`` them."""
    first, last, until, indent = begin.line, over.line, over.start, around.indent
    text = lines[first - 1]
    is_one_line = first == last
    gap = _GAP.match(text, begin.end, until if is_one_line else len(text))
    offset = gap.end() if gap else begin.end
    if not is_one_line and offset == len(text):
        first, offset = first + 1, 0
        if first < last:
            # Right after the summary the text is not yet Markdown, so it is no indented code.
            indent = max(indent, rows[first - 1].indent)
    if not until or not (is_one_line or lines[last - 1][:until].strip("> \t")):
        return Span(first, max(last, first), indent, offset + 1, 0, around.quotes)
    return Span(first, last + 1, indent, offset + 1, until + 1, around.quotes)
