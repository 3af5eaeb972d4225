"""The dialects of headings: those of one level, told apart by what dresses them.

``- ### What is a leaf?`` leads a list item (``list-headings``), ``### Q7: …`` has a question word
(``question-headings``), ``## 12. …`` a number (``numbered-headings``), and ``### …`` nothing
(``headings``). What they ask, and whether they are answered, is for the choice to judge.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from cardwright.blocks.signs import QUESTION_MARK
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, cut, from_offset, trimmed
from cardwright.model import Line
from cardwright.wording import (
    Wording,
    asks,
    bare_words,
    is_answer_title,
    is_never_a_question,
    read_wording,
)
from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import Concept, alternatives, phrases


def list_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` that lead an item of the outermost list that has such.

    The answer is the rest of the item. It goes on to the next question even if a line at column 0
    ends the item. Bare headings in it and headings of inner lists are its parts.
    """
    leading = [heading for heading in outline.headings if heading.leads and heading.level == level]
    outermost = min((heading.depth for heading in leading), default=0)
    found = [heading for heading in leading if heading.depth == outermost]
    return _questions(outline, found, "a heading that leads a list item")


def question_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings with a question word, of whatever level down to ``level``.

    The word says it plainly enough; deeper ones are questions inside an answer. A heading of
    ``level`` that lost its word goes on counting.
    """
    able = [heading for heading in _outside_of_lists(outline) if heading.level <= level]
    found = _counted(
        able, lambda heading: heading.wording.has_label, lambda heading: heading.level == level
    )
    return _questions(outline, list(found), "a heading with a question word")


def numbered_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The numbered headings of ``level``, and those of another level that go on counting.

    The numbered steps of an answer begin again with 1, or have a number that a question has.
    Between two numbered ones, one that asks and has an answer only lacks its number.
    """
    outer = _outside_of_lists(outline)
    chain = _numbered(outer, level)
    if not chain:
        return ()
    times = Counter(bare_words(heading.text) for heading in outer if heading.level == level)
    lines = {heading.line for heading in chain}
    found = [
        heading
        for heading in outer
        if heading.line in lines
        or (
            heading.level == level
            and chain[0].line < heading.line < chain[-1].line
            and heading.has_text
            and asks(heading.text)
            and times[bare_words(heading.text)] == 1
        )
    ]
    return _questions(outline, found, "a heading with a number")


def headings_of_a_level(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` outside of lists, and plain questions where the level changes.

    A heading of another level is a question as well when it asks and neither stands in the
    answer of one nor holds one: a section that is answered itself, or a question right below a
    section that has none of the level between. Those are fewer than the ones of the level.
    """
    outer = _outside_of_lists(outline)
    own = [heading for heading in outer if heading.level == level]
    found = _with_other_levels(outer, own, level)
    likely = [heading for heading in own if not is_never_a_question(heading.text)]
    kept = found if len(found) - len(own) < len(likely) else own
    return _questions(outline, kept, "a heading")


def _outside_of_lists(outline: Outline) -> list[Heading]:
    parts = outline.once(_parts_over_levels)
    return [each for each in outline.headings if not (each.depth or each.line in parts)]


def _parts_over_levels(outline: Outline) -> frozenset[int]:
    """The lines of headings in answers to a count that changes its level: ``## 1.``, ``### 2.``."""
    outer = [heading for heading in outline.headings if not heading.depth]
    for level in sorted({heading.level for heading in outer}):
        chain = _numbered(outer, level)
        levels = [heading.level for heading in chain]
        is_whole = [each.wording.ordinal for each in chain] == [*range(1, len(chain) + 1)]
        if is_whole and len({*levels}) > 1 and levels[-1] == level:
            lines = {heading.line for heading in chain}
            parts = [each for each in outer if each.level > level and each.line not in lines]
            if sum(asks(each.text) for each in parts) * 2 < len(parts):
                return frozenset(each.line for each in parts)
    return frozenset()


def _numbered(headings: Iterable[Heading], level: int) -> list[Heading]:
    """The chain of numbers that begins at ``level``."""
    numbered = [heading for heading in headings if heading.wording.number]
    taken = {heading.wording.number for heading in numbered if heading.level == level}
    chain = _counted(
        numbered,
        lambda heading: heading.level == level,
        lambda heading: heading.wording.number not in taken,
    )
    return list(chain)


def _counted(
    headings: Iterable[Heading],
    is_own: Callable[[Heading], bool],
    can_follow: Callable[[Heading], bool],
) -> Iterator[Heading]:
    """The headings that count for themselves, and those that go on with the number above."""
    above: Heading | None = None
    for heading in headings:
        last = above.wording.ordinal if above else None
        goes_on = last is not None and heading.wording.ordinal == last + 1
        if above and above.level == heading.level:
            goes_on = goes_on or heading.wording.number == above.wording.number != ""
        if is_own(heading) or (goes_on and can_follow(heading)):
            above = heading
            yield heading


def _with_other_levels(outer: list[Heading], own: list[Heading], level: int) -> list[Heading]:
    of_the_level = [heading.line for heading in own]
    found: list[Heading] = []
    covered = 0
    for heading in outer:
        is_own = heading.level == level
        if heading.line < covered or not (is_own or (heading.level > 1 and asks(heading.text))):
            continue
        following = bisect_right(of_the_level, heading.line)
        holds_one = following < len(of_the_level) and of_the_level[following] < heading.end
        if heading.level < level and holds_one:
            continue
        found.append(heading)
        covered = heading.end
    return found


def _questions(outline: Outline, found: Sequence[Heading], rule: str) -> tuple[Question, ...]:
    lines = {heading.line for heading in found}
    last = len(outline.lines) + 1
    questions: list[Question] = []
    for heading in found:
        ending = EndRule.NEXT if heading.end in lines else EndRule.HEADING
        ending = EndRule.FILE if heading.end == last else ending
        questions.append(under(heading)._replace(rule=rule, ending=ending))
    return tuple(questions)


_MOST_LINES = 30
"""Text that is longer than this is no question."""


def placeholder_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` without a text of their own, each with what it asks under it.

    That is a deeper heading, a quote or a paragraph. Headings of the level that have a label and a
    text are found too, if there is a placeholder at all.
    """
    headings = [each for each in outline.headings if each.level == level and not each.depth]
    if not any(map(_is_placeholder, headings)):
        return ()
    found = [
        _asked_under(outline, heading) if _is_placeholder(heading) else under(heading)
        for heading in headings
        if _is_placeholder(heading) or heading.wording.has_label
    ]
    return tuple(
        each._replace(rule="what stands under a heading that counts", ending=EndRule.HEADING)
        for each in found
        if each.is_marked or each.front
    )


def _asked_under(outline: Outline, heading: Heading) -> Question:
    """The question, with an empty front where nothing under a place-holder can be one."""
    lines = _first_lines(outline, heading)
    wording = _counted_wording(heading)
    is_marked = wording.has_label or not wording.number
    if not lines:
        return under(heading)._replace(front=(), is_marked=is_marked)
    start = lines[-1].number + 1
    question = asked(
        lines, Span(start, max(heading.end, start)), line=heading.line, is_marked=is_marked
    )
    own = heading.attributes
    attributes = own if own != NO_ATTRIBUTES else question.attributes
    return question._replace(number=wording.number, attributes=attributes)


def _first_lines(outline: Outline, heading: Heading) -> tuple[Line, ...]:
    """The lines of what stands first under a heading, code and pictures above it included."""
    rows = outline.rows
    own = range(heading.body, min(heading.end, heading.body + _MOST_LINES))
    first = next((number for number in own if not rows[number - 1].is_blank), 0)
    if not first:
        return ()
    at = bisect_left(outline.heading_lines, first)
    part = outline.headings[at] if first in outline.heading_lines[at : at + 1] else None
    if part is not None:
        is_title = _says_question(part)
        return trimmed(cut(outline.lines, Span(part.body, part.end))) if is_title else part.front
    begin = first
    while begin < own.stop and (
        rows[begin - 1].is_verbatim or _NO_WORDS.match(rows[begin - 1].text)
    ):
        begin += 1
    paragraph = _paragraph(outline, begin, own.stop)
    text = "\n".join(line.text for line in paragraph)
    below = rows[begin - 1 + len(paragraph) : heading.end - 1]
    is_labelled = _counted_wording(heading).has_label or read_wording(text).has_label
    is_task = begin == first and is_labelled and not all(row.is_blank for row in below)
    if not text or is_answer_title(text) or not (asks(text) or is_task):
        return ()
    return (*(Line(outline.lines[at - 1], at) for at in range(first, begin)), *paragraph)


def _paragraph(outline: Outline, first: int, last: int) -> list[Line]:
    """A paragraph or a quote, to the line that ends with a question mark."""
    found: list[Line] = []
    is_quote = first < last and bool(outline.rows[first - 1].quotes)
    for row in outline.rows[first - 1 : last - 1]:
        is_over = row.is_verbatim or row.is_blank or bool(row.quotes) != is_quote
        begins_other = row.marker or row.level or _ENDS.match(row.text)
        is_over = is_over or (bool(begins_other) and not is_quote)
        if is_over or (_LABEL if found else _CALLOUT).match(row.text):
            break
        found.append(from_offset(Line(outline.lines[row.number - 1], row.number), row.offset))
        if not is_quote and _ASKED.search(row.text):
            break
    return found


_NO_WORDS = re.compile(r"$|!\[|<img\b")
_CALLOUT = re.compile(r"\[!\w")
_ENDS = re.compile(
    r"[|<]|\(?[A-Ha-h][.)]\s|---|\W*(?:answer|ans|option)s?\b"
    rf"|\W*{alternatives(Concept.FRONT)}[^\w:：]*[:：]",
    re.IGNORECASE,
)
"""No question: a table, HTML, an option, and the label of an answer or of a card's side."""
_LABEL = re.compile(r"(\*\*|__)[^*_]{1,40}(?:[:：]\s*\1|\1\s*[:：])")
_ASKED = re.compile(rf"{QUESTION_MARK}[\W_]*$")


_LONGEST = 100
"""A place-holder has no more characters than these."""
_CARD = alternatives(Concept.CARD)
_LEVEL = alternatives(Concept.LEVEL)


def _is_placeholder(heading: Heading) -> bool:
    """Whether a heading is only a label or a number: its question stands under it."""
    wording = _counted_wording(heading)
    is_numbered = bool(wording.number or re.search(r"\d", wording.text))
    if len(wording.text) > _LONGEST or not (is_numbered or wording.has_label):
        return False
    if wording.has_label and _SOURCE.fullmatch(wording.text):
        return True
    return _NOTHING.fullmatch(wording.text) is not None


_NOTHING = lazy_pattern(
    rf"(?i)\W*(?:(?:{_CARD}|quiz)\W*\d+)?\W*(?:{_LEVEL}|mcq|multiple choice|true\W+false"
    r"|short answer|\d+\s*(?:points?|marks?|pts?))?\W*"
)
"""What a place-holder can say besides a label and a number."""
_SOURCE = re.compile(r"[\[(（][^\[\]()（）?？]{1,60}[\])）]")
"""Where a question was asked, or what it is worth: ``[exam of 2023]``, ``(3 marks)``."""


def _says_question(heading: Heading) -> bool:
    """Whether a heading says that the question is under it: "Question", "Problem"."""
    is_label = not heading.text.strip() and heading.wording.has_label
    return heading.has_text and (is_label or bare_words(heading.text) in _QUESTIONS)


_QUESTIONS = phrases(Concept.QUESTION, Concept.EXERCISE, Concept.TASK) | {"the question"}


def _counted_wording(heading: Heading) -> Wording:
    """The wording of a heading without the total of what is counted (``Question 1 of 3``)."""
    if heading.wording.has_label or not _COUNTED.search(heading.text[:80]):
        return heading.wording
    return read_wording(_COUNTED.sub(r"\1:", heading.text, count=1))


_COUNTED = re.compile(r"(\d{1,3})\s*(?:of|/|von|de|из|sur)\s*\d{1,3}\b")
