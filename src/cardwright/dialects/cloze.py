"""Dialect C: ``A {{c1::leaf}} makes sugar.``, a text that hides pieces of itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.blocks import title_of
from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.clozes.deletions import Marks, find_deletions
from cardwright.dialects.clozes.texts import (
    Text,
    known_marks,
    labelled_texts,
    marks_in,
    signs_of,
    texts,
)
from cardwright.dialects.endings import EndRule
from cardwright.dialects.flashcards.card_signs import explains_cards
from cardwright.dialects.flashcards.colons import colons_in
from cardwright.dialects.flashcards.tags import untagged
from cardwright.dialects.flashcards.traces import answered_by, without_traces
from cardwright.dialects.text.attributes import split_attributes
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line


def cloze(outline: Outline) -> tuple[Question, ...]:
    """The texts with a deletion: paragraphs, list items, tables, and what a label begins.

    What stands under one in its list item comes with it, up to the next.
    """
    return outline.once(_cloze)


def _cloze(outline: Outline) -> tuple[Question, ...]:
    if explains_cards(outline):
        return ()
    marks, deck = known_marks(outline)
    labelled = list(labelled_texts(outline, marks))
    taken = {line for text, _ in labelled for line in range(text.start, text.end)}
    others = (
        (text, marks_in(outline, text, marks, deck))
        for text in texts(outline, signs_of(marks))
        if text.start not in taken
    )
    found = (_question(text, its_marks) for text, its_marks in (*labelled, *others))
    questions = sorted((each for each in found if each), key=lambda question: question.line)
    return tuple(_apart(questions))


_CALLOUT = re.compile(r"\s*\[![\w-]+\]")
_BOX = re.compile(r"\s*\[[ xX]\][ \t]+(?=\S)")


def _bare_rows(text: Text) -> tuple[list[Line], tuple[str, ...]]:
    """The rows without a callout's title, a task's box, and what tools keep in them; their tags."""
    rows = text.rows[1:] if _CALLOUT.match(text.rows[0].text) else text.rows
    kept: list[Line] = []
    tags: list[str] = []
    for row in trimmed(without_traces(rows)):
        box = None if kept else _BOX.match(row.text)
        begin = box.end() if box else 0
        tagged = untagged(row.text[begin:])
        tags += tagged.tags if tagged.is_card else ()
        if tagged.text.strip() or not tagged.is_card:
            column = row.column + begin + (tagged.offset if tagged.is_card else 0)
            kept.append(Line(tagged.text, row.number, column))
    return kept, tuple(dict.fromkeys(tags))


def _question(text: Text, marks: Marks) -> Question | None:
    """The question of a text, ``None`` where nothing in it is or was meant to be hidden."""
    rows, tags = _bare_rows(text) if text.rows else ([], ())
    if not rows:
        return None
    last, attributes = split_attributes(rows[-1].text)
    rows[-1] = rows[-1]._replace(text=last)
    if marks.has_highlights and any(colons_in(_HIGHLIGHT.sub("==", row.text)) for row in rows):
        marks = replace(marks, has_highlights=False)
    hidden = find_deletions(rows, marks)
    if not (hidden.deletions or hidden.flaws or text.is_labelled):
        return None
    return Question(
        text.start,
        tuple(rows),
        text.below,
        is_marked=True,
        attributes=replace(attributes, tags=tuple(dict.fromkeys((*attributes.tags, *tags)))),
        direct=text.below.end,
        cloze=hidden,
        rule="a label" if text.is_labelled else "marks of deletions in it",
        ending=EndRule.PIECE,
    )


_HIGHLIGHT = re.compile(r"==[^=]+==")


def _apart(questions: Sequence[Question]) -> Iterator[Question]:
    """The questions, what comes with one ending where the next one begins."""
    for question, following in zip(questions, [*questions[1:], None], strict=False):
        span: Span = question.answer
        if following is not None and following.line < span.end:
            span = span._replace(end=max(following.line, span.start))
        yield question._replace(answer=span, direct=span.end)


_ANKIS = re.compile(r"\{\{c\d{1,3}::")
_FEWEST = 2


def with_clozes(outline: Outline, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The questions; of those that headings ask, what hides a piece of itself becomes a note.

    The rest of the text still answers, where there is any. A heading that hides a piece is the
    note, and what stands under it comes with it.
    """
    sure = _sure(outline)
    if not sure:
        return questions
    lines = [each.line for each in sure]
    ends = {heading.line: heading.end for heading in outline.headings}
    nexts = [*(question.line for question in questions if not question.is_cloze), 0]
    found = {question.line: question for question in questions if question.is_cloze}
    for question in questions:
        if question.is_cloze:
            continue
        following = nexts[bisect_left(nexts, question.line, hi=len(nexts) - 1) + 1]
        end = min(ends.get(question.line, 0), following or len(outline.lines) + 1)
        inside = sure[bisect_left(lines, question.line) : bisect_left(lines, end)]
        if inside and inside[0].line == question.line:
            first = inside.pop(0)
            end = inside[0].line if inside else end
            answer = question.answer._replace(end=max(end, question.answer.start), until=0)
            found[first.line] = first._replace(answer=answer, direct=answer.end)
        elif inside:
            whole = question._replace(answer=question.answer._replace(end=end, until=0))
            rest = _without(outline, whole, inside)
            if rest is not None:
                found[question.line] = rest
                outer = (title_of(question.front[0]),)
                inside = [each._replace(outer=outer) for each in inside]
        else:
            found[question.line] = question
        found.update((each.line, each) for each in inside)
    return tuple(found[line] for line in sorted(found))


def _sure(outline: Outline) -> list[Question]:
    """The notes with Anki's own marks, and those behind ``C:`` where that is no accident."""
    notes = [each for each in cloze(outline) if each.cloze and each.cloze.deletions]
    ankis = {each.line for each in notes if _ANKIS.search(each.text)}
    labelled = {each.line for each in notes if outline.rows[each.line - 1].text.startswith("C:")}
    cards = sum(row.text.startswith("Q:") and not row.is_verbatim for row in outline.rows)
    if ankis or len(labelled) + cards >= _FEWEST:
        ankis |= labelled
    return [note for note in notes if note.line in ankis]


def _without(outline: Outline, question: Question, inside: Sequence[Question]) -> Question | None:
    """The question, its answer without the notes in it, ``None`` where nothing else answers."""
    taken = {
        line
        for note in inside
        for line in range(note.line, max(note.front[-1].number + 1, note.answer.end))
    }
    rows = cut(outline.lines, question.answer)
    kept = [row for row in rows if row.number not in taken]
    if problem_with("\n".join(row.text for row in kept)) is not None:
        return None
    return answered_by(outline, question, kept)
