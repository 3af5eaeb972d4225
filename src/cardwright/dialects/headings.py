"""The dialects of headings: those of one level, told apart by what dresses them.

``- ### What is a leaf?`` leads a list item (``list-headings``), ``### Q7: …`` has a question word
(``question-headings``), ``## 12. …`` a number (``numbered-headings``), and ``### …`` nothing
(``headings``). What they ask, and whether they are answered, is for the choice to judge.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import dropwhile
from operator import attrgetter

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import QUESTION_MARK
from cardwright.dialects.asking import reply_at
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, from_offset
from cardwright.model import Line
from cardwright.wording import Wording, asks, is_never_a_question, read_wording
from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import Concept, alternatives


def list_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` that lead an item of the outermost list that has such.

    The answer is the rest of the item. It goes on to the next question even if a line at column 0
    ends the item. Bare headings with text and headings of inner lists are its parts.
    """
    leading = [heading for heading in outline.headings if heading.leads and heading.level == level]
    outermost = min((heading.depth for heading in leading), default=0)
    found = [heading for heading in leading if heading.depth == outermost]
    following = [*(each.line for each in found[1:]), *(each.end for each in found[-1:])]
    found = [
        heading._replace(end=_up_to(outline, heading, line))
        for heading, line in zip(found, following, strict=True)
    ]
    return _questions(outline, found, "a heading that leads a list item")


def _up_to(outline: Outline, above: Heading, line: int) -> int:
    """The line of the next question, or of a heading before it that is a section's."""
    between = (each for each in outline.headings if above.line < each.line < line)
    return next((h.line for h in between if h.level < above.level and not h.has_text), line)


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
    """
    return _questions(
        outline, _numbered(_outside_of_lists(outline), level), "a heading with a number"
    )


def headings_of_a_level(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` outside of lists, and plain questions where the level changes.

    A heading of another level is a question as well when it asks and neither stands in the
    answer of one nor holds one: a section that is answered itself, or a question right below a
    section that has none of the level between. So is one with the label of an answer right below.
    Those are fewer than the ones of the level.
    """
    outer = _outside_of_lists(outline)
    own = [heading for heading in outer if heading.level == level]
    found = _with_other_levels(outline, outer, own, level)
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
        is_whole = [each.wording.ordinal for each in chain] == [*range(1, len(chain) + 1)]
        if is_whole and len({each.level for each in chain}) > 1:
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


def _with_other_levels(
    outline: Outline, outer: list[Heading], own: list[Heading], level: int
) -> list[Heading]:
    of_the_level = [heading.line for heading in own]
    found: list[Heading] = []
    covered = 0
    for heading in outer:
        is_own, is_replied = heading.level == level, _is_replied(outline, heading)
        is_able = is_own or is_replied or (heading.level > 1 and asks(heading.text))
        if heading.line < covered or not is_able:
            continue
        following = bisect_right(of_the_level, heading.line)
        holds_one = following < len(of_the_level) and of_the_level[following] < heading.end
        if heading.level < level and holds_one:
            if not is_replied:
                continue
            heading = heading._replace(end=heading.direct)
        found.append(heading)
        covered = heading.end
    return found


def _is_replied(outline: Outline, heading: Heading) -> bool:
    """Whether the first text under a heading begins with the label of an answer."""
    below = range(heading.body, heading.direct)
    first = next((at for at in below if not outline.rows[at - 1].is_blank), 0)
    return first > 0 and reply_at(outline, first) is not None


def _questions(outline: Outline, found: Sequence[Heading], rule: str) -> tuple[Question, ...]:
    lines = {heading.line for heading in found}
    last = len(outline.lines) + 1
    questions: list[Question] = []
    for heading in found:
        ending = EndRule.NEXT if heading.end in lines else EndRule.HEADING
        ending = EndRule.FILE if heading.end == last else ending
        questions.append(under(heading)._replace(rule=rule, ending=ending))
    return tuple(questions)


def placeholder_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` without a text of their own, each with what it asks under it.

    Headings of the level that have a label and a text are found too, if there is a placeholder.
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
    """The question, with an empty front where the first paragraph under a heading is none."""
    wording = _counted_wording(heading)
    below = outline.rows[heading.body - 1 : heading.end - 1]
    first = _paragraph(below)
    lines = [
        from_offset(Line(outline.lines[row.number - 1], row.number), row.offset) for row in first
    ]
    text = "\n".join(line.text for line in lines)
    is_task = wording.has_label or read_wording(text).has_label
    has_more = bool(first) and not all(
        row.is_blank for row in below if row.number > first[-1].number
    )
    if not (lines and (asks(text) or (is_task and has_more))):
        return under(heading)._replace(front=(), is_marked=wording.has_label)
    span = Span(lines[-1].number + 1, max(heading.end, lines[-1].number + 1))
    question = asked(lines, span, line=heading.line, is_marked=wording.has_label)
    is_own = heading.attributes != NO_ATTRIBUTES
    attributes = heading.attributes if is_own else question.attributes
    return question._replace(number=wording.number, attributes=attributes)


def _paragraph(rows: Sequence[Row]) -> list[Row]:
    """The first paragraph or quote, up to a line that ends with a question mark."""
    found: list[Row] = []
    for row in dropwhile(attrgetter("is_blank"), rows):
        is_over = row.is_blank or row.is_verbatim or row.quotes != (found or [row])[0].quotes
        if is_over or (not row.quotes and (row.marker or _ENDS.match(row.text))):
            break
        found.append(row)
        if not row.quotes and _ASKED.search(row.text):
            break
    return found


_ENDS = re.compile(
    rf"[|<]|\(?[A-Ha-h][.)]\s|\W*{alternatives(Concept.ANSWER, Concept.OPTIONS)}\b", re.IGNORECASE
)
"""No question: a table, HTML, an option, and the label of an answer."""
_ASKED = re.compile(rf"{QUESTION_MARK}[\W_]*$")
_LONGEST = 100
"""A place-holder has no more characters than these."""


def _is_placeholder(heading: Heading) -> bool:
    """Whether a heading is only a label or a number: its question stands under it."""
    wording = _counted_wording(heading)
    is_numbered = bool(wording.number or re.search(r"\d", wording.text))
    is_able = len(wording.text) <= _LONGEST and (is_numbered or wording.has_label)
    return is_able and _NOTHING.fullmatch(wording.text) is not None


_NOTHING = lazy_pattern(
    rf"(?i)\W*(?:(?:{alternatives(Concept.CARD, Concept.QUIZ)})\W*\d+)?\W*"
    rf"(?:{alternatives(Concept.LEVEL)}|mcq|multiple choice|true\W+false"
    r"|short answer|\d+\s*(?:points?|marks?|pts?)|[a-h])?\W*"
)
"""What a place-holder can say besides a label and a number."""


def _counted_wording(heading: Heading) -> Wording:
    """The wording of a heading without the total of what is counted (``Question 1 of 3``)."""
    if heading.wording.has_label or not _COUNTED.search(heading.text[:80]):
        return heading.wording
    return read_wording(_COUNTED.sub(r"\1:", heading.text, count=1))


_COUNTED = re.compile(r"(\d{1,3})\s*(?:of|/|von|de|из|sur)\s*\d{1,3}\b")
