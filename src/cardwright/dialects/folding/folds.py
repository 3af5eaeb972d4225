"""What is folded away in Markdown: ``<details>``, the title that is seen, the text that is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.text.span import Span, cut
from cardwright.model import Line


@dataclass(frozen=True, slots=True)
class Fold:
    """A fold: it opens on line ``start`` at ``column``; ``end`` is the line after its last.

    ``title`` is what its summary says, ``body`` what it hides, both without what belongs to
    quotes and list items around it; without a summary there is no title, while an empty one is
    a line without text. ``depth`` counts the folds around it. One that nothing
    closes ends where the next one of its depth begins.
    """

    start: int
    column: int
    title: tuple[Line, ...]
    body: Span
    end: int
    depth: int = 0
    is_closed: bool = True

    @property
    def text(self) -> str:
        """The title's Markdown, its lines joined by ``\\n``."""
        return "\n".join(line.text for line in self.title)


def details(lines: Sequence[str], is_verbatim: Sequence[bool]) -> tuple[Fold, ...]:
    """Every ``<details>`` outside of code, in the order in which they open.

    Lines count from 1. A fence that is still open where a ``<details>`` from before it is
    closed ends there: whoever wrote it forgot to close it.
    """
    opened = _paired(_tags(lines, is_verbatim))
    following = [*(each.tag for each in opened[1:]), None]
    found = [_fold(lines, each, after) for each, after in zip(opened, following, strict=False)]
    return tuple(_with_depths(found))


@dataclass(frozen=True, slots=True)
class _Tag:
    line: int
    start: int
    end: int
    name: str
    is_closing: bool


_TOKEN = re.compile(
    r"(?P<code>`[^`]*`)|<(?P<slash>/?)(?P<name>details|summary)\b[^<>]*>", re.IGNORECASE
)


def _tags(lines: Sequence[str], is_verbatim: Sequence[bool]) -> Iterator[_Tag]:
    depth, depth_in_code, is_recovered = 0, 0, False
    for number, line in enumerate(lines, 1):
        if not is_verbatim[number - 1]:
            depth_in_code, is_recovered = 0, False
        if "<" not in line:
            continue
        is_code = is_verbatim[number - 1] and not is_recovered
        for tag in _tags_of(line, number):
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
        if not match["name"]:
            code = match["code"]
            is_a_tag = code.startswith("`<") or code.endswith(">`")
            # Backticks pair differently in HTML; only a tag alone in them is surely code.
            at = at if is_a_tag or not _TAG_NAME.search(code) else match.start() + 1
            continue
        yield _Tag(number, match.start(), at, match["name"].lower(), match["slash"] == "/")


_TAG_NAME = re.compile(r"(?i)</?(?:details|summary)\b")


@dataclass(slots=True)
class _Open:
    """A ``<details>`` while the tags that belong to it are looked for."""

    tag: _Tag
    summary: _Tag | None = None
    summary_end: _Tag | None = None
    close: _Tag | None = None


def _paired(tags: Iterator[_Tag]) -> list[_Open]:
    """Every ``<details>`` with its tags, in the order in which they open."""
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


_CONTAINERS = re.compile(
    r"(?P<quotes>(?: {0,3}> ?)*)(?P<items>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
)


def _fold(lines: Sequence[str], found: _Open, following: _Tag | None) -> Fold:
    tag, close = found.tag, found.close
    around = _CONTAINERS.match(lines[tag.line - 1], 0, tag.start)
    quotes = around["quotes"].count(">") if around else 0
    indent = len(around["items"].expandtabs(4)) if around else 0
    title, begin = _title(lines, found, quotes, following)
    if close is not None:
        body = _body(lines, begin, (close.line, close.start), indent, quotes)
        return Fold(tag.line, tag.start + 1, title, body, close.line + 1)
    last = following.line if following else len(lines) + 1
    end = max(last, begin[0] + 1)
    body = _body(lines, begin, (end, 0), indent, quotes)
    return Fold(tag.line, tag.start + 1, title, body, end, is_closed=False)


def _title(
    lines: Sequence[str], found: _Open, quotes: int, following: _Tag | None
) -> tuple[tuple[Line, ...], tuple[int, int]]:
    """The lines of the summary, and the line and offset at which the body begins.

    A summary that nothing closes ends with its line, or where the next fold begins on it.
    """
    first, last = found.summary, found.summary_end
    if first is None:
        return (), (found.tag.line, found.tag.end)
    if last is None:
        until = len(lines[first.line - 1])
        if following and following.line == first.line and following.start >= first.end:
            until = following.start
        span = Span(first.line, first.line + 1, column=first.end + 1, until=until + 1)
        return _stripped(cut(lines, span)), (first.line, until)
    span = Span(first.line, last.line + 1, 0, first.end + 1, last.start + 1, quotes)
    title = _stripped(cut(lines, span))
    return title or (Line("", first.line, first.end + 1),), (last.line, last.end)


def _stripped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a title without blanks and difficulty stars around them, and blank ones."""
    first, last = 0, len(lines)
    while first < last and not _bare(lines[first]).text:
        first += 1
    while last > first and not _bare(lines[last - 1]).text:
        last -= 1
    kept = lines[first:last]
    return tuple(_bare(line) if at in (0, len(kept) - 1) else line for at, line in enumerate(kept))


_BLANK = r"(?:\s|&nbsp;|</?br\s*/?>)"
_BEFORE_TITLE = re.compile(_BLANK + "*")
_BEHIND_TITLE = re.compile(_BLANK)


def _bare(line: Line) -> Line:
    match = _BEFORE_TITLE.match(line.text)
    begin = match.end() if match else 0
    return Line(_without_end(line.text[begin:]), line.number, line.column + begin)


def _without_end(text: str) -> str:
    for _ in range(_MOST_ENDINGS):
        bare = text.rstrip()
        ending = next((end for end in _ENDINGS if bare.lower().endswith(end)), "")
        if bare == text and not ending:
            break
        text = bare[: len(bare) - len(ending)]
    return text


_MOST_ENDINGS = 20
_ENDINGS = ("&nbsp;", "<br>", "<br/>", "<br />", "</br>")

_GAP = re.compile(r"(?i)(?:\s|</?br\s*/?>|&nbsp;)*(?:(?:<(?:b|p|div|blockquote)\b[^<>]*>\s*)+$)?")


def _body(
    lines: Sequence[str], begin: tuple[int, int], end: tuple[int, int], indent: int, quotes: int
) -> Span:
    """What stands between two places, each a line and an offset in it."""
    first, offset = begin
    last, until = end
    text = lines[first - 1]
    gap = _GAP.match(text, offset, until if first == last else len(text))
    offset = gap.end() if gap else offset
    is_one_line = first == last
    if not is_one_line and offset >= len(lines[first - 1].rstrip()):
        first, offset = first + 1, 0
        # Right behind the summary the text is not yet Markdown, so it cannot be indented code.
        if first < last and lines[first - 1].strip():
            indent = max(indent, _indentation(lines[first - 1]))
    is_whole = not is_one_line and not lines[last - 1][:until].strip("> \t") if until else not until
    if is_whole:
        return Span(first, max(last, first), indent, offset + 1, 0, quotes)
    return Span(first, last + 1, indent, max(offset, 0) + 1, until + 1, quotes)


def _indentation(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))


def _with_depths(folds: Sequence[Fold]) -> Iterator[Fold]:
    """The folds, each knowing how many others it stands in."""
    ends: list[int] = []
    for fold in folds:
        while ends and ends[-1] <= fold.start:
            ends.pop()
        yield replace(fold, depth=len(ends))
        ends.append(fold.end if fold.is_closed else fold.start)
