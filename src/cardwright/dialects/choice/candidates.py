"""Judges the questions that dialects propose, and the text that answers each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from cardwright.dialects.answer import (
    Answer,
    answer_text,
    are_words,
    asks_for_address,
    is_asking_throughout,
    is_checklist,
    is_further_question,
    is_list_of_questions,
    is_reading_list,
    is_table_of_contents,
    points_elsewhere,
    problem_with,
    without_formulas,
)
from cardwright.dialects.catalogue import Dialect
from cardwright.dialects.choice.evidence import Candidate
from cardwright.dialects.heading_levels import titles_of_parts
from cardwright.dialects.labels import answer_marks, labels
from cardwright.dialects.named_options import naming_lines
from cardwright.dialects.offered import only_offers
from cardwright.dialects.options import are_settled
from cardwright.dialects.text.order import count_between
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, cut
from cardwright.embeds import targets_in
from cardwright.wording import asks, bare_words, goes_on_asking
from cardwright.wording.signs import QUESTION_MARK, differ_in_script, has_question_mark, has_word
from cardwright.wording.titles import names_a_section
from cardwright.wording.words import Concept

_ENDS_ASKING = re.compile(rf"\w{QUESTION_MARK}[\s*_`]*$")

_ABOVE_CONTENTS = 3
"""A table of contents has no more headings above it. Further below, its links are an answer.

So are links behind the mark of a definition: ``: An [oak](#oak)``.
"""

_SENTENCE = 10
"""A numbered heading with this many words is a task or a statement to judge, not a title."""


def candidate_of(outline: Outline, dialect: Dialect, question: Question) -> Candidate:
    """Return a question that ``dialect`` found as a candidate. Each answer is judged only once."""
    is_heading, text = dialect.is_of_headings, question.text
    is_title = is_heading and "?" not in text and names_a_section(text)
    is_sentence = is_heading and question.number and len(text.split()) >= _SENTENCE
    does_ask = bool(question.is_marked or is_sentence or (asks(text) and not is_title))
    does_ask = does_ask or (is_heading and _is_over_answer(outline, question))
    does_ask &= not is_heading or bare_words(text) not in outline.once(titles_of_parts)
    is_known = outline.knows(text)
    may_ask = does_ask or is_known
    is_section = _is_section(outline, question)
    answer, span = Answer.REAL, question.answer
    if not (question.is_cloze or question.given):
        is_sure = not (is_heading or dialect.is_loose)
        answer = outline.once(_judge, span, text, may_ask, is_sure, dialect.is_loose)
    return Candidate(
        question,
        answer,
        may_ask,
        question.is_marked or has_question_mark(text),
        is_section,
        outline.levels.get(question.line, 0),
        count_between(outline.once(answer_marks), span.start, span.end) > 0,
        is_known,
        has_parts=is_section and does_ask and _has_parts(outline, question, asks),
    )


def as_most_are(outline: Outline, candidate: Candidate) -> Candidate:
    """Return the candidate as it counts in a file in which links answer most questions.

    It may have a link after the label of its answer, too. Then the text beside that label belongs
    to the question, or says who asks it.
    """
    _, text = outline.once(_read, candidate.question.answer)
    is_elsewhere = candidate.answer is Answer.REAL and points_elsewhere(text)
    return candidate._replace(answer=Answer.LINKS) if is_elsewhere else candidate


def as_most_offer(outline: Outline, candidate: Candidate) -> Candidate:
    """Return the candidate as it counts in a file in which most questions only have options.

    Text below its options, such as the title of the next part, is no answer. Neither is one that
    goes on asking: the question has several lines.
    """
    span = candidate.question.answer
    if candidate.answer is not Answer.REAL:
        return candidate
    lines = cut(outline.lines, span)
    options = next(iter(outline.options_in(lines)), None)
    if options:
        labels = [option.label for option in options if option.label]
        end = span.start - 1 + options[-1].end
        names = naming_lines(outline.lines, outline.is_verbatim, labels, end, span.end - 1)
        is_open = not (names or any(option.is_right for option in options))
    else:
        text = "\n".join(line.text for line in lines)
        is_open = goes_on_asking(text) and not candidate.has_answer_mark
    return candidate._replace(answer=Answer.OPTIONS) if is_open else candidate


def _judge(
    outline: Outline, span: Span, asked: str, does_ask: bool, is_sure: bool, is_loose: bool
) -> Answer:
    """Judge a span as an answer.

    ``is_sure``: marks separate the answer from the question. ``is_loose``: the question is a plain
    line or a list item. A formula alone answers a heading that asks. Below a line or an item, it is
    part of a task. The text of another note answers what asks.
    """
    answer, text = outline.once(_read, span)
    if answer is Answer.LINKS and asks_for_address(asked):
        return Answer.REAL
    if answer is Answer.LINKS and does_ask and outline.once(_embedded) & {*targets_in(text)}:
        return Answer.REAL
    if answer is Answer.QUESTIONS and does_ask:
        is_choice = count_between(outline.once(_settled), span.start, span.end) > 0
        return Answer.REAL if is_choice else answer
    if answer is Answer.EMPTY and does_ask and outline.once(headings_answer):
        return Answer.REAL if any(outline.headings_between(span.start, span.end)) else answer
    if answer is Answer.PLACEHOLDER and is_sure and are_words(asked, text):
        return Answer.REAL
    if answer is not Answer.REAL:
        return answer
    is_task = is_loose or not (is_sure or does_ask)
    if is_task and "$$" in text and not has_word(without_formulas(text)):
        return Answer.EMPTY
    if not does_ask and is_reading_list(text):
        return Answer.LINKS
    if not does_ask and is_checklist(text):
        return Answer.PLACEHOLDER
    is_below = span.column == 1  # else a word is before it on its line: "τίς: who?"
    if not does_ask and is_below and is_asking_throughout(text):
        return Answer.QUESTIONS
    if not is_sure and is_further_question(text) and not differ_in_script(asked, text):
        return Answer.QUESTIONS
    return Answer.OPTIONS if only_offers(outline, asked, span, text) else answer


def headings_answer(outline: Outline) -> bool:
    """Whether headings answer: those that ask have no text, and neither have those below them."""
    asking = [heading for heading in outline.headings if asks(heading.text)]
    level = min((heading.level for heading in asking), default=0)
    below = [heading for heading in outline.headings if heading.level > level > 0]
    bare = sum(not heading.has_text for heading in (*asking, *below))
    return len(below) >= len(asking) > _SEVERAL and bare * 10 >= 9 * (len(asking) + len(below))


def _read(outline: Outline, span: Span) -> tuple[Answer, str]:
    """Return what a stretch of the file is as an answer, and its text."""
    text = answer_text(outline.lines, span)
    above = count_between(outline.heading_lines, 0, span.start)
    is_defined = any(line.startswith(":") for line in outline.lines[span.start - 1 : span.start])
    if above <= _ABOVE_CONTENTS and not is_defined and is_table_of_contents(text):
        return Answer.CONTENTS, text
    problem = problem_with(text)
    if problem is None and is_list_of_questions(text):
        return Answer.QUESTIONS, text
    return problem or Answer.REAL, text


def _is_over_answer(outline: Outline, question: Question) -> bool:
    """Whether a deeper heading says "Answer", before any other heading under a question.

    If several do, they answer several questions in its text. A line ``%`` says the same in mdanki.
    """
    if count_between(outline.once(_percents), question.answer.start, question.direct) == 1:
        return True
    titles = outline.once(_answer_titles)
    first, end = (
        bisect_left(titles, (at, 0)) for at in (question.answer.start, question.answer.end)
    )
    if end - first != 1:
        return False
    line, level = titles[first]
    return line < question.direct and level > outline.levels.get(question.line, level)


def _percents(outline: Outline) -> list[int]:
    """Return the lines that are only ``%``, if they are several."""
    lines = (number for number, line in outline.lines_with("%") if line.rstrip() == "%")
    found = [number for number in lines if not outline.is_verbatim[number - 1]]
    return found if len(found) >= _SEVERAL else []


def _answer_titles(outline: Outline) -> list[tuple[int, int]]:
    """Return the line and level of the headings that say only "Answer", if they are several."""
    heads = [label for label in labels(outline) if label.level and label.concept is Concept.ANSWER]
    return [(label.line, label.level) for label in heads] if len(heads) >= _SEVERAL else []


_SEVERAL = 3


def _settled(outline: Outline) -> list[int]:
    """Return the first line of each list of options in which a mark names the right one."""
    return [group[0].start + 1 for group in outline.options if are_settled(group)]


def _embedded(outline: Outline) -> set[str]:
    """Return the names of the notes that are embedded in the text."""
    source = outline.document.source
    return {e.target for e in source.embeds if e.path == source.path and not e.problem}


def _is_section(outline: Outline, question: Question) -> bool:
    """Whether the first thing under a question without a question word is another heading."""
    if question.direct >= question.answer.end or question.is_marked:
        return False
    direct, _ = outline.once(_read, Span(question.answer.start, question.direct))
    is_bare = direct in (Answer.EMPTY, Answer.CONTENTS)
    is_sure = is_bare and _ENDS_ASKING.search(question.text) is not None
    return is_bare and not (is_sure and _has_parts(outline, question, _ENDS_ASKING.search))


def _has_parts(outline: Outline, question: Question, does_ask: Callable[[str], object]) -> bool:
    """Whether no heading under a question asks. Then they are parts of its answer.

    A title that other questions have, too, does not count as asking: "When to use it?".
    """
    below = outline.headings_between(question.line + 1, question.answer.end)
    parts = outline.once(titles_of_parts)
    return not any(
        each.wording.has_label or (does_ask(each.text) and bare_words(each.text) not in parts)
        for each in below
    )
