"""Makes notes from texts under headings that hide some of their words: ``A {{c1::leaf}}``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from cardwright.blocks import title_of
from cardwright.dialects.choice.shapes import in_order_of_file
from cardwright.dialects.cloze import cloze
from cardwright.dialects.deletions import has_ankis_mark
from cardwright.dialects.flashcards.traces import answered_by
from cardwright.dialects.text.order import first_from
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import cut


def with_clozes(outline: Outline, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return the questions, and a note for each text that hides some of its words.

    The rest of an answer stays the answer. If a heading hides words, the heading becomes the note,
    and the text below belongs to it.
    """
    sure = _sure(outline)
    if not sure:
        return questions
    lines = [each.line for each in sure]
    ends = {heading.line: heading.end for heading in outline.headings}
    starts = [question.line for question in questions if not question.is_cloze]
    found = {question.line: question for question in questions if question.is_cloze}
    for question in questions:
        if question.is_cloze:
            continue
        following = first_from(starts, question.line + 1, len(outline.lines) + 1)
        end = min(ends.get(question.line, 0), following)
        inside = sure[bisect_left(lines, question.line) : bisect_left(lines, end)]
        if inside and inside[0].line == question.line:
            first = inside.pop(0)
            end = inside[0].line if inside else end
            answer = question.until(end).answer
            found[first.line] = first._replace(answer=answer, direct=answer.end)
        elif inside:
            answer = question.answer._replace(end=end, until=0)
            rest = _without(outline, question._replace(answer=answer), inside)
            if rest is not None:
                found[question.line] = rest
                outer = (title_of(question.front[0]),)
                inside = [each._replace(outer=outer) for each in inside]
        else:
            found[question.line] = question
        found.update((each.line, each) for each in inside)
    return tuple(found[line] for line in sorted(found))


def _sure(outline: Outline) -> list[Question]:
    """Return the notes with Anki's own marks, and those after ``C:`` that are no accident."""
    found = outline.once(in_order_of_file, cloze)
    notes = [each for each in found if each.cloze and each.cloze.deletions]
    ankis = {each.line for each in notes if has_ankis_mark(each.text)}
    labelled = {each.line for each in notes if outline.rows[each.line - 1].text.startswith("C:")}
    asking = (outline.rows[number - 1] for number, _ in outline.lines_with("Q:"))
    cards = sum(row.text.startswith("Q:") and not row.is_verbatim for row in asking)
    if ankis or len(labelled) + cards > 1:
        ankis |= labelled
    return [note for note in notes if note.line in ankis]


def _without(outline: Outline, question: Question, inside: Sequence[Question]) -> Question | None:
    """Return the question without the notes in its answer, ``None`` if no other answer is left."""
    taken = {
        line
        for note in inside
        for line in range(note.line, max(note.front[-1].number + 1, note.answer.end))
    }
    rows = cut(outline.lines, question.answer)
    rest = answered_by(outline, question, [row for row in rows if row.number not in taken])
    return rest if rest.given else None
