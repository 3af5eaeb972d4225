"""Parses ``<details>``: its tags, its ``<summary>``, and the text that it hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.blocks.rows import Row
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line


def details(lines: Sequence[str], rows: Sequence[Row]) -> Iterator[Box]:
    """Yield every ``<details>`` outside of code, in the order in which they open.

    One that nothing closes ends where the next one or a new section begins.
    """
    folds = _paired(_tags(lines, rows))
    for fold, following in with_next(folds):
        yield _box(lines, rows, fold, following.opening if following else None)


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag on a line (from 1), from one character of it (from 0) to another."""

    line: int
    start: int
    end: int
    name: str
    is_closing: bool


@dataclass(slots=True)
class _Fold:
    """A ``<details>`` and the tags that belong to it."""

    opening: _Tag
    summary: _Tag | None = None
    summary_end: _Tag | None = None
    closing: _Tag | None = None


_TOKEN = re.compile(r"(?i)(?P<code>`[^`]*`)|<(?P<slash>/?)(?P<name>details|summary)\b[^<>]*>")


def _tags(lines: Sequence[str], rows: Sequence[Row]) -> Iterator[_Tag]:
    """Yield the tags outside of code."""
    for row, line in zip(rows, lines, strict=True):
        for match in _TOKEN.finditer(line) if "<" in line and not row.is_verbatim else ():
            if match["name"]:
                name, is_closing = match["name"].lower(), match["slash"] == "/"
                yield _Tag(row.number, match.start(), match.end(), name, is_closing)


def _paired(tags: Iterator[_Tag]) -> list[_Fold]:
    found: list[_Fold] = []
    open_: list[_Fold] = []
    for tag in tags:
        if tag.name == "details" and not tag.is_closing:
            found.append(_Fold(tag))
            open_.append(found[-1])
        elif not open_:
            continue
        elif tag.name == "details":
            open_.pop().closing = tag
        elif open_[-1].summary is None and not tag.is_closing:
            open_[-1].summary = tag
        elif open_[-1].summary is not None and open_[-1].summary_end is None:
            open_[-1].summary_end = tag  # a second <summary> was meant to close the first
    return found


def _box(lines: Sequence[str], rows: Sequence[Row], fold: _Fold, following: _Tag | None) -> Box:
    tag, row = fold.opening, rows[fold.opening.line - 1]
    indent = row.width if row.marker else row.indent
    title, begin = _title(lines, fold, row.quotes)
    if fold.closing is not None:
        end, over = fold.closing.line + 1, (fold.closing.line, fold.closing.start)
    else:
        limit = following.line if following else len(lines) + 1
        lines_below = range(begin[0] + 1, limit)
        end = next((at for at in lines_below if rows[at - 1].level), max(limit, begin[0] + 1))
        over = end, 0
    return Box(
        start=tag.line,
        column=tag.start + 1,
        end=end,
        title=title,
        body=_body(lines, rows, begin, over, indent, row.quotes),
        indent=0 if row.quotes else indent,
        quotes=row.quotes,
        is_fold=True,
        is_glued=tag.start > row.offset,
    )


def _title(
    lines: Sequence[str], fold: _Fold, quotes: int
) -> tuple[tuple[Line, ...], tuple[int, int]]:
    """Return the lines of the summary, and the line and offset at which the body begins.

    A summary that nothing closes ends with its line.
    """
    first, last = fold.summary, fold.summary_end
    if first is None:
        return (), (fold.opening.line, fold.opening.end)
    if last is None:
        until = len(lines[first.line - 1])
        last = _Tag(first.line, until, until, first.name, is_closing=True)
    rows = cut(lines, Span(first.line, last.line + 1, 0, first.end + 1, last.start + 1, quotes))
    kept = trimmed(rows, lambda text: not _bare(Line(text, 1)).text)
    title = (_bare(row) if at in (0, len(kept) - 1) else row for at, row in enumerate(kept))
    return tuple(title), (last.line, last.end)


_BEFORE = re.compile(r"(?:\s|&nbsp;|</?br\s*/?>)*")
_BEHIND = ("&nbsp;", "<br>", "<br/>", "<br />", "</br>")


def _bare(line: Line) -> Line:
    """Return a line without spaces and line breaks at both ends."""
    before = _BEFORE.match(line.text)
    begin = before.end() if before else 0
    text = line.text[begin:].rstrip()
    while text[-6:].lower().endswith(_BEHIND):
        text = text[: max(text.rfind("<"), text.rfind("&"))].rstrip()
    return Line(text, line.number, line.column + begin)


_GAP = re.compile(r"(?i)(?:\s|</?br\s*/?>|&nbsp;)*(?:(?:<(?:b|p|div|blockquote)\b[^<>]*>\s*)+$)?")


def _body(
    lines: Sequence[str], rows: Sequence[Row], begin: tuple[int, int], over: tuple[int, int],
    indent: int, quotes: int,
) -> Span:  # fmt: skip
    """Return the span between two places. Each is a line and an offset in it."""
    (first, offset), (last, until) = begin, over
    text = lines[first - 1]
    is_one_line = first == last
    gap = _GAP.match(text, offset, until if is_one_line else len(text))
    offset = gap.end() if gap else offset
    if not is_one_line and offset == len(text):
        first, offset = first + 1, 0
        if first < last:
            # Right after the summary the text is not yet Markdown, so it is no indented code.
            indent = max(indent, rows[first - 1].indent)
    if not until or not (is_one_line or lines[last - 1][:until].strip("> \t")):
        return Span(first, max(last, first), indent, offset + 1, 0, quotes)
    return Span(first, last + 1, indent, offset + 1, until + 1, quotes)
