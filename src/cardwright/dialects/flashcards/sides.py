"""Cards whose two sides stand under a line that says so: ``## Front``, ``== Answer ==``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from cardwright.dialects.endings import EndRule
from cardwright.dialects.folding.summaries import says_answer
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.placeholders import says_question
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, from_offset, trimmed
from cardwright.model import Line
from cardwright.wording import asks, bare_words, is_answer_title, is_never_a_question
from cardwright.wording.words import Concept, alternatives

_LABEL = re.compile(  # a heading, a line of signs around the word or behind it, bold
    r"(?i)\s{0,3}(?P<mark>#{1,6}|[=*]{3,}|-{3,}|\*\*|__)?[^\w#]{0,4}"
    rf"(?:(?:{alternatives(Concept.MODEL)}|my|interview)\s+)?"
    rf"(?:(?P<front>{alternatives(Concept.FRONT, Concept.QUESTION)}|q|prompt)"
    rf"|(?:{alternatives(Concept.BACK, Concept.ANSWER)}|a|response))(?: [a-z]{{2}})?"
    r"\s*\d{0,4}\s*:{0,2}(?(mark)[\s*_=#-]*|\s*(?P<ruler>={3,}|-{3,}|\*{3,})\s*)"
)
_LONGEST = 80
_MARKS = ("#", "=", "*", "-", "_")


@dataclass(frozen=True, slots=True)
class _Label:
    """A line that names a side; ``mark`` tells its kind, a heading's its level."""

    line: int
    is_front: bool
    mark: str


def under_sides(outline: Outline) -> Iterator[Question]:
    """The pairs of a front and a back of the same mark, the back up to the next front.

    Headings behind the back that belong to neither ("Notes") are parts of it, those around
    questions ("References") are not.
    """
    labels = list(_labels(outline))
    closing = {mark: _closing(outline, mark) for mark in {label.mark for label in labels}}
    last = len(outline.lines) + 1
    for at, (front, back) in enumerate(pairwise(labels)):
        if not front.is_front or back.is_front or front.mark != back.mark:
            continue
        if _is_list(outline, front.line + 1, back.line):
            continue
        following = labels[at + 2].line if at + 2 < len(labels) else last
        over = bisect_right(closing[back.mark], back.line)
        end = min([following, *closing[back.mark][over : over + 1]])
        rows = _front(outline, front.line + 1, back.line)
        if rows:
            question = asked(rows, Span(back.line + 1, end), line=front.line, is_marked=True)
            ending = EndRule.NEXT if end == following != last else EndRule.HEADING
            rule = f"'{outline.rows[front.line - 1].text}' above it"
            yield replace(question, rule=rule, ending=EndRule.FILE if end == last else ending)


def _labels(outline: Outline) -> Iterator[_Label]:
    for row in outline.rows:
        text = outline.lines[row.number - 1]
        if len(text) > _LONGEST or row.is_verbatim:
            continue
        is_marked = text.lstrip().startswith(_MARKS) or text.rstrip().endswith(_MARKS)
        label = _LABEL.fullmatch(text) if is_marked else None
        if label is not None:
            mark = label["mark"] if row.level else (label["mark"] or label["ruler"])[:2]
            yield _Label(row.number, label["front"] is not None, mark)


def _closing(outline: Outline, mark: str) -> list[int]:
    """The lines, in order, at which a back under this mark is over whatever label comes."""
    if mark == "**":
        return list(outline.heading_lines)
    if mark.startswith("#"):
        return [
            heading.line
            for heading in outline.headings
            if heading.level < len(mark)
            or (heading.level == len(mark) and is_never_a_question(heading.text))
        ]
    ruler = re.compile(rf"\s{{0,3}}{re.escape(mark)}+\s*\w.{{0,80}}{re.escape(mark)}+\s*")
    rows = (row for row in outline.rows if row.text.startswith(mark) and not row.is_verbatim)
    return [row.number for row in rows if ruler.fullmatch(row.text)]


def _front(outline: Outline, start: int, end: int) -> list[Line]:
    """The lines of a front without blank ones around.

    The first of nothing but headings is it, without its hashes; one quote loses its marks.
    """
    said = [row for row in outline.rows[start - 1 : end - 1] if not row.is_blank]
    quotes = 1 if said and all(row.quotes for row in said) else 0
    rows = [*trimmed(cut(outline.lines, Span(start, end, quotes=quotes)))]
    if said and all(row.level for row in said):
        return [from_offset(rows[0], said[0].offset)]
    return rows


def _is_list(outline: Outline, start: int, end: int) -> bool:
    """Whether two or more questions stand there, each a heading or an item of a list."""
    rows = (row for row in outline.rows[start - 1 : end - 1] if row.level or row.marker)
    return sum(asks(row.text) for row in rows) > 1


def titled_sides(outline: Outline) -> Iterator[Question]:
    """The questions under ``## Check``, each answered under ``## Check - Answer`` behind it.

    Both are of one level. The heading is a part of the question where it asks.
    """
    headings = [heading for heading in outline.headings if not heading.depth]
    by_line = {heading.line: heading for heading in headings}
    for level in sorted({heading.level for heading in headings}):
        own = [heading for heading in headings if heading.level <= level]
        for front, back in pairwise(own):
            is_one = not _is_list(outline, front.body, back.line)
            if front.level == back.level == level and is_one and _is_answer_to(front, back):
                rows = _asking(outline, by_line, front, back)
                answer = Span(back.body, back.end)
                question = asked(rows, answer, line=front.line, is_marked=True) if rows else None
                rule = "its heading once more, with the word for an answer"
                if question is not None:
                    yield replace(question, rule=rule, ending=EndRule.SECTION)


def _is_answer_to(front: Heading, back: Heading) -> bool:
    title, words = bare_words(front.text), bare_words(back.text)
    behind = words.removeprefix(title + " ") if title else words
    is_more = behind != words and (is_answer_title(behind) or says_answer(behind))
    return is_more and not is_answer_title(title)


def _asking(
    outline: Outline, headings: Mapping[int, Heading], front: Heading, back: Heading
) -> list[Line]:
    """The lines that ask; a heading under the first that only says "Question" is none of them."""
    start = front.body
    while start < back.line and outline.rows[start - 1].is_blank:
        start += 1
    first = headings.get(start)
    start = first.body if first is not None and says_question(first) else start
    rows = trimmed(cut(outline.lines, Span(start, back.line)), _is_furniture)
    gap = [Line("", rows[0].number)] if rows else []
    return [*front.front, *gap, *rows] if not rows or asks(front.text) else [*rows]


def _is_furniture(text: str) -> bool:
    return not text.strip(" \t-*_")
