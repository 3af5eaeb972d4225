"""``<details>`` in Markdown: where each opens and closes, its summary, the text that it hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.blocks.rows import Row
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line


def details(lines: Sequence[str], rows: Sequence[Row]) -> Iterator[Box]:
    """Every ``<details>`` outside of code, in the order in which they open.

    One that nothing closes ends where the next one opens, or a section.
    """
    folds = _paired(_tags(lines, rows))
    for fold, following in zip(folds, [*(each.opening for each in folds[1:]), None], strict=False):
        yield _box(lines, rows, fold, following)


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
_NAME = re.compile(r"(?i)</?(?:details|summary)\b")


def _tags(lines: Sequence[str], rows: Sequence[Row]) -> Iterator[_Tag]:
    """The tags outside of code.

    A fence that is still open where a ``<details>`` from before it is closed ends there: whoever
    wrote it forgot to close it.
    """
    depth = depth_in_code = 0
    is_recovered = False
    for row, line in zip(rows, lines, strict=True):
        if not row.is_verbatim:
            depth_in_code, is_recovered = 0, False
        for tag in _tags_of(line, row.number) if "<" in line else ():
            step = (-1 if tag.is_closing else 1) if tag.name == "details" else 0
            if row.is_verbatim and not is_recovered:
                is_recovered = step < 0 and depth > 0 and depth_in_code == 0
                depth_in_code = max(depth_in_code + step, 0)
            if is_recovered or not row.is_verbatim:
                depth = max(depth + step, 0)
                yield tag


def _tags_of(line: str, number: int) -> Iterator[_Tag]:
    at = 0
    while match := _TOKEN.search(line, at):
        at, code = match.end(), match["code"]
        if code is None:
            yield _Tag(number, match.start(), at, match["name"].lower(), match["slash"] == "/")
        elif not (code.startswith("`<") or code.endswith(">`")) and _NAME.search(code):
            at = match.start() + 1  # backticks pair differently in HTML


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
    title, begin = _title(lines, fold, row.quotes, following)
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
    lines: Sequence[str], fold: _Fold, quotes: int, following: _Tag | None
) -> tuple[tuple[Line, ...], tuple[int, int]]:
    """The lines of the summary, and the line and offset at which the body begins.

    A summary that nothing closes ends with its line, or where the next fold begins on it.
    """
    first, last = fold.summary, fold.summary_end
    if first is None:
        return (), (fold.opening.line, fold.opening.end)
    if last is None:
        is_near = following and following.line == first.line and following.start >= first.end
        until = following.start if following and is_near else len(lines[first.line - 1])
        last = _Tag(first.line, until, until, first.name, is_closing=True)
    rows = cut(lines, Span(first.line, last.line + 1, 0, first.end + 1, last.start + 1, quotes))
    kept = trimmed(rows, lambda text: not _bare(Line(text, 1)).text)
    title = (_bare(row) if at in (0, len(kept) - 1) else row for at, row in enumerate(kept))
    return tuple(title), (last.line, last.end)


_BEFORE = re.compile(r"(?:\s|&nbsp;|</?br\s*/?>)*")
_BEHIND = ("&nbsp;", "<br>", "<br/>", "<br />", "</br>")


def _bare(line: Line) -> Line:
    """A line without blanks and line breaks at both ends."""
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
    """What stands between two places, each a line and an offset in it."""
    (first, offset), (last, until) = begin, over
    text = lines[first - 1]
    is_one_line = first == last
    gap = _GAP.match(text, offset, until if is_one_line else len(text))
    offset = gap.end() if gap else offset
    if not is_one_line and offset == len(text):
        first, offset = first + 1, 0
        if first < last:
            # Right behind the summary the text is not yet Markdown, so it is no indented code.
            indent = max(indent, width_of(rows[first - 1]))
    if not until or not (is_one_line or lines[last - 1][:until].strip("> \t")):
        return Span(first, max(last, first), indent, offset + 1, 0, quotes)
    return Span(first, last + 1, indent, offset + 1, until + 1, quotes)


def width_of(row: Row) -> int:
    """The columns of blanks before a line, that of code too."""
    text = row.text
    if not row.is_verbatim:
        return row.indent
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))
