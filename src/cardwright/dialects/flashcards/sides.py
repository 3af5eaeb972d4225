"""Cards whose two sides stand under a line that says so: ``## Front``, ``== Answer ==``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from cardwright.dialects.endings import Ending, EndRule
from cardwright.dialects.boxes.titles import says_answer
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
    rf"(?:(?P<front>{alternatives(Concept.FRONT, Concept.QUESTION)}|q)"
    rf"|(?P<back>{alternatives(Concept.BACK, Concept.ANSWER)}|a))(?: [a-z]{{2}})?"
    r"\s*\d{0,4}\s*:{0,2}(?(mark)[\s*_=#-]*|\s*(?P<ruler>={3,}|-{3,}|\*{3,})\s*)"
    r"|(?P<other>={3,})\s*\w[^=]{0,60}={3,}\s*"
)
_LONGEST = 80
_RULERS = ("===", "---", "***")


@dataclass(frozen=True, slots=True)
class _Label:
    """A line that names a side, or another field; ``mark`` tells its kind."""

    line: int
    side: str
    mark: str


def under_sides(outline: Outline) -> Iterator[Question]:
    """The pairs of a front and a back of the same mark, the back up to the next front.

    Headings behind the back that belong to neither ("Notes") are parts of it, those around
    questions ("References") are not.
    """
    labels = list(_labels(outline))
    nexts = [*(label.line for label in labels[2:]), 0]
    for (front, back), following in zip(pairwise(labels), nexts, strict=False):
        if (front.side, back.side) != ("front", "back") or front.mark != back.mark:
            continue
        rows = _front(outline, front.line + 1, back.line)
        if rows and not _is_list(outline, front.line + 1, back.line):
            ending = _end(outline, back, following)
            answer = Span(back.line + 1, ending.line)
            question = asked(rows, answer, line=front.line, is_marked=True)
            rule = f"'{outline.rows[front.line - 1].text}' above it"
            yield replace(question, rule=rule, ending=ending.rule)


def _labels(outline: Outline) -> Iterator[_Label]:
    for row in outline.rows:
        text = outline.lines[row.number - 1]
        if len(text) > _LONGEST or row.is_verbatim:
            continue
        is_marked = row.level or row.text.startswith((*_RULERS, "**", "__"))
        is_marked = is_marked or row.text.endswith(_RULERS)
        label = _LABEL.fullmatch(text) if is_marked else None
        if label is not None:
            mark = label["mark"] or label["ruler"] or label["other"]
            side = "front" if label["front"] else "back" if label["back"] else ""
            yield _Label(row.number, side, mark if row.level else mark[:2])


def _end(outline: Outline, back: _Label, following: int) -> Ending:
    last = following or len(outline.lines) + 1
    level = back.mark.count("#") - 1 if "#" in back.mark else 6 * (back.mark == "**")
    for heading in outline.headings[bisect_right(outline.heading_lines, back.line) :]:
        if heading.line >= last:
            break
        is_beside = heading.level == level + 1 and "#" in back.mark
        if heading.level <= level or (is_beside and is_never_a_question(heading.text)):
            return Ending(heading.line, EndRule.HEADING)
    return Ending(last, EndRule.NEXT if following else EndRule.FILE)


def _front(outline: Outline, start: int, end: int) -> list[Line]:
    """The lines of a front without blank ones around.

    The first of nothing but headings is it, without its hashes; one quote loses its marks.
    """
    said = [row for row in outline.rows[start - 1 : end - 1] if not row.is_blank]
    quotes = 1 if said and all(row.quotes for row in said) else 0
    rows = trimmed(cut(outline.lines, Span(start, end, quotes=quotes)))
    if said and all(row.level for row in said):
        return [from_offset(rows[0], said[0].offset)]
    return [*rows]


def _is_list(outline: Outline, start: int, end: int) -> bool:
    """Whether two or more questions stand there, each a heading or an item of a list."""
    rows = (row for row in outline.rows[start - 1 : end - 1] if row.level or row.marker)
    return sum(asks(row.text) for row in rows) > 1


def titled_sides(outline: Outline) -> Iterator[Question]:
    """The questions under ``## Check``, each answered under ``## Check - Answer`` behind it.

    Both are of one level. The heading is a part of the question where it asks.
    """
    headings = [heading for heading in outline.headings if not heading.depth]
    for level in sorted({heading.level for heading in headings}):
        for front, back in pairwise(each for each in headings if each.level <= level):
            if front.level != level or back.level != level or not _is_answer_to(front, back):
                continue
            rows = [] if _is_list(outline, front.body, back.line) else _asking(outline, front, back)
            if rows:
                question = asked(rows, Span(back.body, back.end), line=front.line, is_marked=True)
                rule = "its heading once more, with the word for an answer"
                yield replace(question, rule=rule, ending=EndRule.SECTION)


def _is_answer_to(front: Heading, back: Heading) -> bool:
    title, words = bare_words(front.text), bare_words(back.text)
    behind = words.removeprefix(title + " ") if title else words
    is_more = behind != words and (is_answer_title(behind) or says_answer(behind))
    return is_more and not is_answer_title(title)


def _asking(outline: Outline, front: Heading, back: Heading) -> list[Line]:
    """The lines that ask; a heading under the first that only says "Question" is none of them."""
    at = bisect_right(outline.heading_lines, front.line)
    first = outline.headings[at]
    is_bare = not any(map(str.strip, outline.lines[front.body - 1 : first.line - 1]))
    start = first.body if is_bare and first is not back and says_question(first) else front.body
    rows = trimmed(cut(outline.lines, Span(start, back.line)), _is_furniture)
    gap = [Line("", rows[0].number)] if rows else []
    return [*front.front, *gap, *rows] if not rows or asks(front.text) else [*rows]


def _is_furniture(text: str) -> bool:
    return not text.strip(" \t-*_")
