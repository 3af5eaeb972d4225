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

    One that nothing closes ends where the next one opens.
    """
    opened = _paired(_tags(lines, rows))
    for found, following in zip(opened, [*(each.tag for each in opened[1:]), None], strict=False):
        yield _box(lines, rows[found.tag.line - 1], found, following)


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag on a line (from 1), from one character of it (from 0) to another."""

    line: int
    start: int
    end: int
    name: str
    is_closing: bool


_TOKEN = re.compile(
    r"(?P<code>`[^`]*`)|<(?P<slash>/?)(?P<name>details|summary)\b[^<>]*>", re.IGNORECASE
)
_TAG_NAME = re.compile(r"(?i)</?(?:details|summary)\b")


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
        if "<" not in line:
            continue
        is_code = row.is_verbatim and not is_recovered
        for tag in _tags_of(line, row.number):
            step = (-1 if tag.is_closing else 1) if tag.name == "details" else 0
            if is_code:
                is_recovered = step < 0 and depth > 0 and depth_in_code == 0
                depth_in_code = max(depth_in_code + step, 0)
                is_code = not is_recovered
            if not is_code:
                depth = max(depth + step, 0)
                yield tag


def _tags_of(line: str, number: int) -> Iterator[_Tag]:
    at = 0
    while match := _TOKEN.search(line, at):
        at = match.end()
        if match["name"]:
            yield _Tag(number, match.start(), at, match["name"].lower(), match["slash"] == "/")
            continue
        code = match["code"]
        is_a_tag = code.startswith("`<") or code.endswith(">`")
        # Backticks pair differently in HTML; only a tag alone in them is surely code.
        at = at if is_a_tag or not _TAG_NAME.search(code) else match.start() + 1


@dataclass(slots=True)
class _Open:
    """A ``<details>`` while the tags that belong to it are looked for."""

    tag: _Tag
    summary: _Tag | None = None
    summary_end: _Tag | None = None
    close: _Tag | None = None


def _paired(tags: Iterator[_Tag]) -> list[_Open]:
    found: list[_Open] = []
    open_: list[_Open] = []
    for tag in tags:
        if tag.name == "details" and not tag.is_closing:
            open_.append(_Open(tag))
            found.append(open_[-1])
        elif tag.name == "details" and open_:
            open_.pop().close = tag
        elif tag.name == "summary" and open_:
            fold = open_[-1]
            if fold.summary is None and not tag.is_closing:
                fold.summary = tag
            elif fold.summary is not None and fold.summary_end is None:
                fold.summary_end = tag  # a second <summary> was meant to close the first
    return found


def _box(lines: Sequence[str], row: Row, found: _Open, following: _Tag | None) -> Box:
    tag, close = found.tag, found.close
    indent = row.width if row.marker else row.indent
    title, begin = _title(lines, found, row.quotes, following)
    last = close.line + 1 if close else following.line if following else len(lines) + 1
    end = last if close else max(last, begin[0] + 1)
    over = (close.line, close.start) if close else (end, 0)
    return Box(
        tag.line,
        tag.start + 1,
        end,
        (),
        title,
        _body(lines, begin, over, indent, row.quotes),
        0 if row.quotes else indent,
        row.quotes,
        is_fold=True,
        is_closed=close is not None,
        is_glued=tag.start > row.offset,
    )


def _title(
    lines: Sequence[str], found: _Open, quotes: int, following: _Tag | None
) -> tuple[tuple[Line, ...], tuple[int, int]]:
    """The lines of the summary, and the line and offset at which the body begins.

    A summary that nothing closes ends with its line, or where the next fold begins on it.
    """
    first, last = found.summary, found.summary_end
    if first is None:
        return (), (found.tag.line, found.tag.end)
    if last is not None:
        span = Span(first.line, last.line + 1, 0, first.end + 1, last.start + 1, quotes)
        return _stripped(cut(lines, span)), (last.line, last.end)
    until = len(lines[first.line - 1])
    if following and following.line == first.line and following.start >= first.end:
        until = following.start
    span = Span(first.line, first.line + 1, column=first.end + 1, until=until + 1)
    return _stripped(cut(lines, span)), (first.line, until)


_BEFORE_TITLE = re.compile(r"(?:\s|&nbsp;|</?br\s*/?>)*")
_ENDINGS = ("&nbsp;", "<br>", "<br/>", "<br />", "</br>")


def _stripped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a title without blanks and line breaks around them, and blank ones."""
    kept = trimmed(lines, lambda text: not _bare(Line(text, 1)).text)
    return tuple(_bare(line) if at in (0, len(kept) - 1) else line for at, line in enumerate(kept))


def _bare(line: Line) -> Line:
    before = _BEFORE_TITLE.match(line.text)
    begin = before.end() if before else 0
    text = line.text[begin:].rstrip()
    while text[-6:].lower().endswith(_ENDINGS):
        text = text[: max(text.rfind("<"), text.rfind("&"))].rstrip()
    return Line(text, line.number, line.column + begin)


_GAP = re.compile(r"(?i)(?:\s|</?br\s*/?>|&nbsp;)*(?:(?:<(?:b|p|div|blockquote)\b[^<>]*>\s*)+$)?")


def _body(
    lines: Sequence[str], begin: tuple[int, int], over: tuple[int, int], indent: int, quotes: int
) -> Span:
    """What stands between two places, each a line and an offset in it."""
    (first, offset), (last, until) = begin, over
    text = lines[first - 1]
    is_one_line = first == last
    gap = _GAP.match(text, offset, until if is_one_line else len(text))
    offset = gap.end() if gap else offset
    if not is_one_line and offset >= len(text.rstrip()):
        first, offset = first + 1, 0
        # Right behind the summary the text is not yet Markdown, so it cannot be indented code.
        if first < last and lines[first - 1].strip():
            below = lines[first - 1]
            width = len(below[: len(below) - len(below.lstrip(" \t"))].expandtabs(4))
            indent = max(indent, width)
    if not until or not (is_one_line or lines[last - 1][:until].strip("> \t")):
        return Span(first, max(last, first), indent, offset + 1, 0, quotes)
    return Span(first, last + 1, indent, offset + 1, until + 1, quotes)
