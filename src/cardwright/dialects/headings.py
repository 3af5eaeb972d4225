"""Finds questions in headings of one level, with a dialect for each kind of mark.

``- ### What is a leaf?`` begins a list item (``list-headings``), ``### Q7: …`` has a question word
(``question-headings``), ``## 12. …`` a number (``numbered-headings``), and ``### …`` nothing
(``headings``). The choice judges whether they ask and are answered.
"""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.dialects.endings import EndRule, box_ends
from cardwright.dialects.heading_levels import (
    counted,
    numbered,
    outside_of_lists,
    with_asking_parts,
    with_other_levels,
)
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, under
from cardwright.wording import is_never_a_question


def list_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """Return the headings of ``level`` that begin an item of the outermost list that has such.

    The answer is the rest of the item. It continues to the next question even if a line at column 0
    ends the item. Bare headings with text and headings of inner lists are parts of it.
    """
    leading = [heading for heading in outline.headings if heading.leads and heading.level == level]
    outermost = min((heading.depth for heading in leading), default=0)
    found = [heading for heading in leading if heading.depth == outermost]
    following = [*(each.line for each in found[1:]), *(each.end for each in found[-1:])]
    pairs = zip(found, following, strict=True)
    found = [each._replace(end=_up_to(outline, each, line)) for each, line in pairs]
    return _questions(outline, found, "a heading that begins a list item")


def _up_to(outline: Outline, above: Heading, line: int) -> int:
    """Return the line of the next question, or of a section's heading before it."""
    below = outline.headings_between(above.line + 1, line)
    outer = (each for each in below if each.level < above.level)
    return next((each.line for each in outer if not each.has_text), line)


def question_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """Return the headings with a question word, of any level down to ``level``.

    The word is clear enough at any level. Deeper headings are questions inside an answer. A heading
    of ``level`` without the word may still continue the count.
    """
    able = [heading for heading in outside_of_lists(outline) if heading.level <= level]
    found = counted(
        able, lambda heading: heading.wording.has_label, lambda heading: heading.level == level
    )
    return _questions(outline, list(found), "a heading with a question word")


def numbered_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """Return the numbered headings of ``level``, and those of other levels that continue the count.

    The numbered steps of an answer begin again with 1, or have a number that a question has.
    """
    able = outside_of_lists(outline)
    found = with_asking_parts(able, numbered(able, level))
    return _questions(outline, found, "a heading with a number")


def headings_of_a_level(outline: Outline, level: int) -> tuple[Question, ...]:
    """Return the headings of ``level`` outside of lists, and asking ones of other levels.

    A heading of another level is a question, too, if it asks, is in no answer and holds no
    question. So is a heading with the label of an answer right below, and so are a few that ask
    over their own answer. There must be fewer of these than headings of the level.
    """
    outer = outside_of_lists(outline)
    own = [heading for heading in outer if heading.level == level]
    found = with_other_levels(outline, outer, own, level)
    likely = [heading for heading in own if not is_never_a_question(heading.text)]
    kept = found if len(found) - len(own) < len(likely) else own
    return _questions(outline, kept, "a heading")


def _questions(outline: Outline, found: Sequence[Heading], rule: str) -> tuple[Question, ...]:
    """Return the questions in headings.

    Each ends where the next one begins, even a deeper one, or where the box around it is closed.
    """
    last = len(outline.lines) + 1
    questions: list[Question] = []
    for heading, following in with_next(found):
        end = min(heading.end, following.line if following else last)
        ending = EndRule.NEXT if following and end == following.line else EndRule.HEADING
        ending = EndRule.FILE if end == last else ending
        closed = outline.once(box_ends).get(heading.line, end)
        if closed < end:
            end, ending = closed, EndRule.CLOSED
        question = under(heading).until(end)
        questions.append(question._replace(rule=rule, ending=ending))
    return tuple(questions)
