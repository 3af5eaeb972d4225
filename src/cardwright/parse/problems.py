"""What is wrong with a question, so that there is no card of it, or with what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.dialects.answers.answer import (
    asks_for_address,
    only_asks,
    points_elsewhere,
    problem_with,
)
from cardwright.dialects.choice.evidence import Answer, Candidate
from cardwright.dialects.offered import may_offer
from cardwright.dialects.text.attributes import nearest_word
from cardwright.dialects.text.question import Question
from cardwright.model import NoteSource, Place
from cardwright.parse.clozes import flaws_of, problem_of_cloze

_WRITE = "write an answer under it, or {skip} at the end of its line to leave it out"
_SAID = {
    Answer.EMPTY: (Code.EMPTY_ANSWER, "has no answer, so there is no card of it", _WRITE),
    Answer.PLACEHOLDER: (
        Code.PLACEHOLDER_ANSWER,
        "has only a placeholder, '{}', so there is no card of it",
        _WRITE,
    ),
    Answer.LINKS: (
        Code.LINK_ANSWER,
        "has only a link for an answer, '{}', so there is no card of it",
        _WRITE,
    ),
    Answer.QUESTIONS: (
        Code.EMPTY_ANSWER,
        "holds questions that nothing answers",
        "write an answer under each, or {skip} at the end of its line to leave it out",
    ),
    Answer.OPTIONS: (
        Code.EMPTY_ANSWER,
        "has options, but nothing tells which of them is right",
        "write 'Answer: B' under them, or {skip} at the end of the question to leave it out",
    ),
}
_CODES = {code: answer for answer, (code, _, _) in reversed(_SAID.items())}


def problem_of(note: NoteSource, question: Question, candidate: Candidate) -> Diagnostic | None:
    """QA305 to QA307, QA311 or QA321: why there is no card of a question.

    ``candidate`` is the question as the choice saw it, before anything was taken off its answer.
    """
    if not note.front.markdown.strip():
        place = Place(note.front.path, question.line, 1)
        hint = "write the question into the heading"
        return Diagnostic(place, Code.EMPTY_QUESTION, "the question has no text", hint)
    if question.cloze is not None:
        return problem_of_cloze(note)
    code = problem_with(note.back.markdown)
    if code is Code.LINK_ANSWER and asks_for_address(question.text):
        return None
    seen = candidate.answer
    is_open = seen is Answer.OPTIONS and may_offer(note.back.markdown)
    is_list = seen is Answer.LINKS or (seen is Answer.QUESTIONS and only_asks(note.back.markdown))
    is_title = is_list and not candidate.asks
    is_elsewhere = seen is Answer.LINKS and points_elsewhere(note.back.markdown)
    if code is None and not (is_open or is_title or is_elsewhere):
        return None
    found = _CODES[code] if code else seen
    code, what, hint = _SAID[found]
    said = what.format(shorten(note.back.markdown))
    return Diagnostic(note.place, code, f"'{shorten(note.front.markdown)}' {said}", hint)


def flaws_in(note: NoteSource, question: Question) -> Iterator[Diagnostic]:
    """QA308 for attributes that are none, QA322 and QA323 for deletions that are none."""
    if question.cloze is not None:
        is_reverse = "reverse" in question.attributes.words
        yield from flaws_of(note, question.cloze, is_reverse=is_reverse)
    for word in question.attributes.unknown:
        near = nearest_word(word)
        hint = f"did you mean '{near}'? " if near else ""
        hint += "an id is {#id}, a tag {.tag}; the words are reverse, skip and new"
        message = f"'{word}' is no attribute of a question"
        yield Diagnostic(note.place, Code.BAD_ATTRIBUTE, message, hint)


def repeated_ids(notes: Sequence[NoteSource]) -> Iterator[Diagnostic]:
    """QA309 for an id that an earlier note of the file has."""
    first: dict[str, NoteSource] = {}
    for note in notes:
        before = first.setdefault(note.explicit_id, note)
        if note.explicit_id and before is not note:
            message = f"the id '{note.explicit_id}' is already that of line {before.place.line}"
            hint = "give one of the two another id; an id names one question of a file"
            yield Diagnostic(note.place, Code.DUPLICATE_ID, message, hint)
