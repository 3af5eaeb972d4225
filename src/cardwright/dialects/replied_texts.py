"""Finds plain questions above the label of an answer: ``What is a leaf?`` over ``Answer: …``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import dropwhile, takewhile

from cardwright.blocks.rows import Row
from cardwright.dialects.asked_above import Spot, asked_from
from cardwright.dialects.asking import first_options
from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.labels import Label, labels
from cardwright.dialects.pair_labels import labelled_answer
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, ended_at_next
from cardwright.wording import sets_a_task
from cardwright.wording.signs import has_question_mark, has_word
from cardwright.wording.words import Concept

_FEWEST = 2
_ENDS = (EndRule.HEADING, EndRule.RULE, EndRule.CONTAINER)


def replied_texts(
    outline: Outline, concepts: Sequence[Concept] = (Concept.ANSWER,)
) -> Sequence[Question]:
    """Return the paragraphs right above the labels of answers, if most ask or set a task.

    An answer ends where the next of these paragraphs begins. Questions with a mark of their own,
    such as a number or a heading above them, have other dialects. ``concepts`` are those that the
    labels may have: the letter ``A:`` may also be an option.
    """
    options = outline.once(first_options)
    able = (each for each in labels(outline) if each.line not in options)
    replies = [each for each in able if _is_reply(each, concepts)]
    if len(replies) < _FEWEST:
        return ()
    spots = [*_spots(outline, replies)]
    floors = [1, *(spot.end for spot in spots)]
    above = map(partial(_right_above, outline), floors, spots)
    found = [question for question in above if question and question.text.strip()]
    asking = sum(sets_a_task(question.text) for question in found)
    headed = sum(_is_headed(outline, question) for question in found)
    is_most = asking >= _FEWEST and asking * 2 >= len(replies) and headed * 2 <= len(found)
    return ended_at_next(found) if is_most else ()


def with_unlabelled(outline: Outline, found: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions, and those in their answers that only have the label of an answer."""
    lines = [question.line for question in found]
    answers = {question.answer.start for question in found}
    replied = replied_texts(outline, (Concept.ANSWER, Concept.ANSWERING_LETTER))
    able = (each for each in replied if has_question_mark(each.text))
    above = ((each, bisect_right(lines, each.line) - 1) for each in able)
    more = [
        each
        for each, at in above
        if at >= 0 and each.line < found[at].answer.end and each.answer.start not in answers
    ]
    return tuple(ended_at_next([*found, *more]) if more else found)


def _is_headed(outline: Outline, question: Question) -> bool:
    """Whether a question is right below a heading, which belongs to it then."""
    above = outline.row_above(question.line)
    return above is not None and above.level > 0


def _is_reply(label: Label, concepts: Sequence[Concept]) -> bool:
    is_able = label.concept in concepts and not (label.level or label.number)
    return is_able and bool(label.has_colon or label.opening)


def _spots(outline: Outline, replies: Sequence[Label]) -> Iterator[Spot]:
    """Yield the place of each answer. A further question can begin below its first paragraph."""
    for label, below in with_next(replies):
        following = below.line if below else 0
        body = Body(label.line, label.line + 1, following, None, 6, label.quotes, label.indent)
        end = end_of_answer(outline, body, _ENDS).line
        rows = outline.rows[label.line - label.has_text : end - 1]
        first = next((row.number for row in rows if not row.is_blank), label.line)
        blank = next((row.number for row in outline.rows[first : end - 1] if row.is_blank), end)
        yield Spot(label.line, labelled_answer(outline, label, end), blank)


def _right_above(outline: Outline, floor: int, spot: Spot) -> Question | None:
    """Return the paragraph above a spot, and above code and pictures that belong to it."""
    lines = range(spot.line - 1, floor - 1, -1)
    above = dropwhile(_is_shown, (outline.rows[line - 1] for line in lines))
    rows = [*takewhile(lambda row: not row.is_blank, above)]
    is_able = rows and has_word(rows[0].text) and all(map(_is_plain, rows))
    question = asked_from(outline, rows[-1].number, spot) if is_able else None
    return question and question._replace(rule="text above the label of an answer")


def _is_shown(row: Row) -> bool:
    return row.is_blank or row.is_verbatim or row.text.startswith("![")


def _is_plain(row: Row) -> bool:
    is_marked = row.level or row.marker or row.quotes or row.is_verbatim
    return not (is_marked or row.text.startswith("|"))
