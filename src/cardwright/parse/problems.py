"""Reports what is wrong with a question, and why there is no card of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.dialects import Reading
from cardwright.dialects.answer import (
    Answer,
    are_words,
    asks_for_address,
    is_back_link,
    is_furniture,
    is_further_question,
    only_asks,
    points_elsewhere,
    problem_with,
)
from cardwright.dialects.choice.candidates import headings_answer
from cardwright.dialects.choice.evidence import Candidate
from cardwright.dialects.deletions import DEEPEST, MOST, Trouble
from cardwright.dialects.offered import may_offer
from cardwright.dialects.text.attributes import NO_ATTRIBUTES, nearest_word
from cardwright.dialects.text.question import Outline, Question
from cardwright.model import NoteSource, Place
from cardwright.wording import asks, goes_on_asking
from cardwright.wording.signs import FENCES, ITEM
from cardwright.wording.titles import names_terms

_HAS = {
    Answer.EMPTY: "no answer, so it makes no card",
    Answer.PLACEHOLDER: "only a placeholder, '{}', so it makes no card",
    Answer.LINKS: "only a link for an answer, '{}', so it makes no card",
    Answer.QUESTIONS: "questions under it that nothing answers",
    Answer.OPTIONS: "options, but nothing says which one is right",
}
_CODES = {Answer.PLACEHOLDER: Code.PLACEHOLDER_ANSWER, Answer.LINKS: Code.LINK_ANSWER}
_WRITE = {Answer.QUESTIONS: "an answer under each", Answer.OPTIONS: "'Answer: B' under them"}


def problem_of(
    outline: Outline, note: NoteSource, question: Question, candidate: Candidate
) -> Diagnostic | None:
    """Return QA305 to QA307, QA311 or QA321 if a question makes no card.

    ``candidate`` is the question as the choice saw it, before anything was removed from its answer.
    """
    if not note.front.markdown.strip():
        place = Place(note.front.path, question.line, 1)
        hint = "write the question into the heading"
        return Diagnostic(place, Code.EMPTY_QUESTION, "the question has no text", hint)
    if question.cloze is not None:
        if note.deletions:
            return None
        message = f"nothing is hidden in '{shorten(note.front.markdown)}', so it makes no card"
        hint = "write the words to hide as {{c1::…}}, or as […] after 'C:'"
        return Diagnostic(note.place, Code.NO_DELETION, message, hint)
    seen, found = candidate.answer, problem_with(note.back.markdown)
    has_text = candidate.asks and any(not embed.problem for embed in note.embeds)
    if found is Answer.LINKS and (has_text or asks_for_address(question.text)):
        return None
    back = note.back.markdown
    if found is Answer.PLACEHOLDER and not candidate.level and are_words(question.text, back):
        return None
    are_headings = found is Answer.EMPTY and back != "" and outline.once(headings_answer)
    if seen is Answer.REAL and (are_headings or _is_an_option(note)):
        return None
    is_open = seen is Answer.OPTIONS and (may_offer(back) or goes_on_asking(back))
    is_list = seen is Answer.LINKS or (seen is Answer.QUESTIONS and only_asks(note.back.markdown))
    is_title = is_list and not candidate.asks
    is_asking = seen is Answer.QUESTIONS and is_further_question(note.back.markdown)
    is_elsewhere = seen is Answer.LINKS and points_elsewhere(note.back.markdown)
    if found is None and not (is_open or is_asking or is_title or is_elsewhere):
        return None
    found = found or seen
    said = _HAS[found].format(shorten(note.back.markdown))
    message = f"'{shorten(note.front.markdown)}' has {said}"
    write = _WRITE.get(found, "an answer under it")
    hint = f"write {write}, or {{skip}} after the question to leave it out"
    absent = next((each for each in note.embeds if each.problem), None)
    if found is Answer.LINKS and absent:
        hint = f"'{shorten(absent.target)}' is not embedded: {absent.problem}; {absent.hint}"
    return Diagnostic(note.place, _CODES.get(found, Code.EMPTY_ANSWER), message, hint)


def _is_an_option(note: NoteSource) -> bool:
    """Whether the back is an option of the front. Then it answers, even if it says "None"."""
    first = next((line.number for line in note.back.lines if line.text), 0)
    return any(line.number == first for line in note.front.lines[1:])


def flaws_in(note: NoteSource, question: Question) -> Iterator[Diagnostic]:
    """Yield QA308 for wrong attributes, QA322 and QA323 for broken deletions."""
    for flaw in question.cloze.flaws if question.cloze else ():
        code = Code.OPEN_DELETION if flaw.trouble is Trouble.OPEN else Code.BAD_DELETION
        words, hint = _TROUBLES[flaw.trouble]
        place = note.front.place(flaw.line, flaw.offset)
        yield Diagnostic(place, code, f"{words} as text", hint)
    if question.is_cloze and "reverse" in question.attributes.words:
        message = "'reverse' is not an attribute of a cloze note"
        hint = "leave it out: a cloze note has no other side"
        yield Diagnostic(note.place, Code.BAD_ATTRIBUTE, message, hint)
    for word in question.attributes.unknown:
        near = nearest_word(word)
        hint = f"did you mean '{near}'? " if near else ""
        hint += "write an id as {#id}, a tag as {.tag}; the others are reverse, skip and new"
        message = f"'{word}' is not an attribute of a question"
        yield Diagnostic(note.place, Code.BAD_ATTRIBUTE, message, hint)


def repeated_ids(notes: Sequence[NoteSource]) -> Iterator[Diagnostic]:
    """Yield QA309 for an id that an earlier note of the file has."""
    first: dict[str, NoteSource] = {}
    for note in notes:
        before = first.setdefault(note.explicit_id, note)
        if note.explicit_id and before is not note:
            message = f"the id '{note.explicit_id}' is already used on line {before.place.line}"
            hint = "give one of the two another id; an id names one question of a file"
            yield Diagnostic(note.place, Code.DUPLICATE_ID, message, hint)


def recovered(outline: Outline, questions: tuple[Question, ...]) -> Iterator[Diagnostic]:
    """Yield QA312 for code that is not closed before a question, QA315 for fallen answers."""
    path = outline.document.source.path
    for line in outline.document.open_fences:
        message = "this code block is not closed before the next question"
        marks = " or ".join(FENCES)
        hint = f"close it with a line of the same marks, {marks}; now it ends before the question"
        yield Diagnostic(Place(path, line, 1), Code.OPEN_FENCE, message, hint)
    fallen = sorted({line for each in questions for line in _fallen(outline, each)})
    if fallen:
        more = len(fallen) - 1
        do = "does 1 more line" if more == 1 else f"do {more:,} more lines"
        message = "this line continues an answer, but is outside of its list item or callout"
        message += f", as {do} of this file" if more else ""
        hint = "indent it or put a '>' before it, as above; for now, it is part of the answer"
        yield Diagnostic(Place(path, fallen[0], 1), Code.ANSWER_OUTSIDE, message, hint)


def conflicts(outline: Outline) -> Iterator[Diagnostic]:
    """Yield QA319 for each conflict that git left in the text. Code may show one."""
    lines = [row for row in outline.rows if not row.is_verbatim] if outline.holds(_OURS) else []
    texts = [outline.lines[row.number - 1] for row in lines]
    last = max((at for at, text in enumerate(texts) if text.startswith(_THEIRS)), default=0)
    for row, text in zip(lines[:last], texts, strict=False):
        if text.startswith(_OURS):
            message = "git could not merge these lines: both versions are here"
            hint = "keep what is right, and delete the lines of git"
            yield Diagnostic(
                Place(outline.document.source.path, row.number, 1), Code.CONFLICT, message, hint
            )


_OURS, _THEIRS = "<<<<<<< ", ">>>>>>> "
_ADMONITION = re.compile(rf"[ \t]*(?:{ITEM})?(?:\?\?\?|!!!)")


def _fallen(outline: Outline, question: Question) -> Iterator[int]:
    """Return the lines of an answer without the ``>`` or the indentation of their container.

    Lines that continue a paragraph need neither (CommonMark, sections 5.1 and 5.2).
    """
    span, rows = question.answer, outline.rows
    is_admonition = span.start > 1 and _ADMONITION.match(outline.lines[span.start - 2]) is not None
    if not (span.quotes or span.indent):
        return
    is_marked = is_admonition or bool(span.quotes)
    was_inside = is_marked
    for number in range(span.start + (span.column > 1), span.end):
        row, above = rows[number - 1], rows[number - 2]
        is_code = row.is_verbatim and number not in outline.document.open_fences
        if row.is_blank or is_code or is_furniture(row.text) or is_back_link(row.text):
            continue
        if span.quotes:
            is_inside = row.quotes >= span.quotes or not (row.marker or above.is_blank)
        else:
            begins_inside = outline.lines[number - 1].startswith((" ", "\t"))
            is_inside = row.indent >= span.indent if is_admonition else begins_inside
        if not is_inside and was_inside and (is_marked or above.is_blank):
            yield number
        was_inside = is_inside or is_marked


_OF_TERMS = frozenset({"details", "file", "headings", "lines", "numbered-headings"})
_HINT = (
    "for no cards, write 'questions: none' between '---' lines at the top of the file, or in "
    "deck.yml; to keep the cards, write 'questions: {}' there"
)


def mere_terms(path: str, title: str, reading: Reading) -> Iterator[Diagnostic]:
    """Yield QA318 if terms were chosen and ``title`` does not say that these are terms.

    A manual or an article looks like a glossary. Only its author knows which it is.
    """
    choice = reading.choice
    if choice is None or not _OF_TERMS.issuperset(choice.dialects) or names_terms(title):
        return
    chosen = [verdict.shape for verdict in reading.verdicts if verdict.is_chosen]
    are_questions = any(shape.does_ask or shape.dialect.is_explicit for shape in chosen)
    mute = [question for question in reading.questions if not asks(question.text)]
    if are_questions or not mute or any(map(_is_marked, reading.questions)):
        return
    first, *others = mute
    what = f"'{shorten(first.text)}'"
    if others:
        what += f" and {len(others)} other headings" if len(others) > 1 else " and another heading"
    said = "asks no question; it became a card as a term"
    if others:
        said = "ask no question; they became cards as terms"
    message = f"{what} {said}"
    hint = _HINT.format(choice.dialects[0])
    yield Diagnostic(Place(path, first.line, 1), Code.MERE_TERMS, message, hint)


def _is_marked(question: Question) -> bool:
    """Whether the author marked it as a question."""
    return question.is_marked or question.attributes != NO_ATTRIBUTES


_TROUBLES = {
    Trouble.OPEN: (
        "the deletion that begins here is never closed; the card shows it",
        "write '}}' after it, in the same paragraph, and in the same formula if it is in one",
    ),
    Trouble.EMPTY: (
        "this deletion hides nothing; the card shows it",
        "write the words to hide between '::' and '}}'",
    ),
    Trouble.NUMBER: (
        f"Anki numbers the cards of a cloze note from 1 to {MOST}; the card shows this one",
        "number the deletions of each note from 1",
    ),
    Trouble.MANY: (
        f"Anki makes at most {MOST} cards of a cloze note; the card shows this deletion and the"
        " next ones",
        "make two notes of it",
    ),
    Trouble.DEPTH: (
        f"this deletion is inside {DEEPEST} others, so the card shows it",
        "hide less of the text, or make two notes of it",
    ),
}
