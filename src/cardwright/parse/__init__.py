"""A Markdown file to its questions and answers, every line of which knows its line in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.blocks import Document, read_blocks
from cardwright.config import Config
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.dialects import AUTO, NONE, Choice, Reading
from cardwright.dialects.answers.answer import (
    asks_for_address,
    is_reading_list,
    kept_lines,
    only_asks,
    problem_with,
)
from cardwright.dialects.multiple_choice.offered import Told, is_announced, may_offer, only_offers
from cardwright.dialects.text.attributes import nearest_word
from cardwright.dialects.text.question import Question
from cardwright.model import Line, NoteSource, Passage, Place, SourceFile, Title
from cardwright.parse.choices import read_by_choice
from cardwright.parse.clozes import cloze_note, flaws_of, problem_of_cloze
from cardwright.parse.folds import split_folds
from cardwright.parse.hint_lines import split_hint
from cardwright.parse.leftovers import (
    answers_left_over,
    deletions_left_over,
    headings_left_over,
    questions_left_over,
)
from cardwright.parse.mere_terms import mere_terms
from cardwright.parse.openings import split_opening
from cardwright.parse.passages import Pieces
from cardwright.parse.recovered import recovered
from cardwright.parse.sections import anchors_of, sections_above, title_heading, title_of_file
from cardwright.wording import asks


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question: its note, or ``None`` and the reason, if not ``{skip}``."""

    question: Question
    note: NoteSource | None
    problem: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file's questions in order, its title, and the choice that they were read by.

    ``choice`` is ``None`` when there is no question or the settings name the level of them.
    ``reading`` is ``None`` where the settings say that the file has no questions.
    """

    source: SourceFile
    title: str
    outcomes: tuple[Outcome, ...] = ()
    choice: Choice | None = None
    reading: Reading | None = None

    @property
    def notes(self) -> tuple[NoteSource, ...]:
        """The notes that the questions make, in their order."""
        return tuple(outcome.note for outcome in self.outcomes if outcome.note is not None)


def parse(
    source: SourceFile,
    config: Config,
    kept: Choice | None = None,
    known: Collection[str] = (),
    *,
    is_single: bool = False,
) -> tuple[ParsedFile, tuple[Diagnostic, ...]]:
    """The questions of a file, read as the settings, the lock's choice ``kept`` or ``auto`` say.

    Diagnostics: QA302 to QA304 when there is none, QA305 to QA309, QA311 to QA315 for
    single questions, QA310 when ``auto`` would now choose otherwise than ``kept`` and that is not
    how the fronts that are ``known`` of earlier builds are found again, QA318 where it takes
    headings that ask nothing for terms and neither settings nor the lock say so. The title of a
    file that is the whole deck (``is_single``) stands on no card.
    """
    document = read_blocks(source)
    dialects = source.front_matter.questions or config.questions
    level = source.front_matter.question_level or config.question_level
    if dialects == (NONE,):
        return ParsedFile(source, title_of_file(source, ()).plain), ()
    reading, problems = read_by_choice(document, dialects, level, kept, known)
    title = title_of_file(source, reading.headings)
    outcomes, found = _outcomes(document, reading, () if is_single else (title,))
    chosen = reading.choice if level is None else None
    left = headings_left_over(document, reading, title_heading(reading.headings))
    is_free = dialects == (AUTO,) and level is None and kept is None
    found += tuple(mere_terms(source.path, title.plain, reading)) if is_free else ()
    found += (*recovered(document, reading.questions), *left)
    found += (*questions_left_over(document, reading), *deletions_left_over(document, reading))
    found += tuple(answers_left_over(document, reading))
    return ParsedFile(source, title.plain, outcomes, chosen, reading), (*problems, *found)


def _outcomes(
    document: Document, reading: Reading, above: tuple[Title, ...]
) -> tuple[tuple[Outcome, ...], tuple[Diagnostic, ...]]:
    outcomes: list[Outcome] = []
    problems: list[Diagnostic] = []
    headings = sections_above(reading)
    anchors = anchors_of(reading.headings)
    pieces = Pieces(document, reading.questions)
    for question in reading.questions:
        if "skip" in question.attributes.words:
            outcomes.append(Outcome(question, None))
            continue
        note = _note(pieces, question)
        problem = _problem(note, question)
        if problem is None and _is_open_choice(pieces, question, note, reading.told):
            problem = _without_a_right_one(note)
        problems += [*_flaws(note, question), *([problem] if problem else [])]
        section, nearest = headings[question.line]
        titles = (title for title in (*above, *section, *question.outer) if title.line)
        whole = replace(
            note,
            section=tuple(title.plain for title in section),
            titles=tuple(titles),
            anchor=anchors.get(nearest, ""),
        )
        outcomes.append(Outcome(question, None if problem else whole, problem))
    problems += _duplicate_ids([outcome.note for outcome in outcomes if outcome.note])
    return tuple(outcomes), tuple(problems)


def _note(pieces: Pieces, question: Question) -> NoteSource:
    if question.cloze is not None:
        return cloze_note(pieces, question, question.cloze)
    source = pieces.document.source
    lines = pieces.answer_lines(question)
    kept = [lines[index] for index in kept_lines([line.text for line in lines])]
    front, back, hint, extra = split_folds(
        Passage(source.path, question.front), Passage(source.path, tuple(kept))
    )
    is_told = (
        bool(question.given)
        or is_announced(source.lines, question.answer)
        or _is_labelled(source, question)
        or _is_unfolded(kept, back)
    )
    front, back = split_opening(front, back, is_told=is_told)
    front, hint = split_hint(front, hint)
    text = "\n".join(part.markdown for part in (front, back, hint, extra))
    return NoteSource(
        front.place(0),
        front,
        back,
        Passage(source.path, pieces.definition_lines(text)),
        hint,
        extra,
        explicit_id=question.attributes.id,
        tags=question.attributes.tags,
        macros=pieces.macros,
        is_reverse=question.is_reverse or "reverse" in question.attributes.words,
        is_new="new" in question.attributes.words,
        outer=tuple(title.plain for title in question.outer),
    )


def _is_labelled(source: SourceFile, question: Question) -> bool:
    """Whether text stands between a question and what answers it: a label says that it does."""
    last = question.front[-1].number if question.front else question.line
    start, column = question.answer.start, question.answer.column
    between = [*source.lines[last : start - 1]]
    if start > last and start <= len(source.lines):
        between.append(source.lines[start - 1][: column - 1])
    return any(re.search(r"[^\W\d_]", text) for text in between)


def _is_unfolded(lines: Sequence[Line], back: Passage) -> bool:
    """Whether the answer was in a fold whose title says so, so that the back begins inside it."""
    first = next((line.number for line in lines if line.text.strip()), 0)
    return bool(back.lines) and back.lines[0].number > first


def _problem(note: NoteSource, question: Question) -> Diagnostic | None:
    if not note.front.markdown.strip():
        place = Place(note.front.path, question.line, 1)
        hint = "write the question into the heading"
        return Diagnostic(place, Code.EMPTY_QUESTION, "the question has no text", hint)
    if question.cloze is not None:
        return problem_of_cloze(note)
    code = problem_with(note.back.markdown)
    if code is Code.LINK_ANSWER and asks_for_address(question.text):
        code = None
    if code is None and not _is_meant(question) and is_reading_list(note.back.markdown):
        code = Code.LINK_ANSWER
    if code is None:
        return None if _is_meant(question) else _without_answers(note)
    what = {
        Code.EMPTY_ANSWER: "has no answer",
        Code.PLACEHOLDER_ANSWER: f"has only a placeholder, '{_shown(note.back)}'",
        Code.LINK_ANSWER: f"has only a link for an answer, '{_shown(note.back)}'",
    }[code]
    message = f"'{_shown(note.front)}' {what}, so there is no card of it"
    hint = "write an answer under it, or {skip} at the end of its line to leave it out"
    return Diagnostic(note.place, code, message, hint)


def _is_open_choice(
    pieces: Pieces, question: Question, note: NoteSource, told: Told | None
) -> bool:
    """Whether an answer is nothing but options of which none is said to be right."""
    if told is None or question.cloze is not None or question.given:
        return False
    if not may_offer(note.back.markdown):
        return False
    if is_announced(pieces.document.source.lines, question.answer):
        return False
    texts = [line.text for line in pieces.answer_lines(question)]
    answer = "\n".join(texts[index] for index in kept_lines(texts))
    return only_offers(
        question.text, answer, is_told=told.holds(question.line), is_exam=told.is_exam
    )


def _without_a_right_one(note: NoteSource) -> Diagnostic:
    message = f"'{_shown(note.front)}' has options, but nothing tells which of them is right"
    hint = "write 'Answer: B' under them, or {skip} at the end of the question to leave it out"
    return Diagnostic(note.place, Code.EMPTY_ANSWER, message, hint)


def _is_meant(question: Question) -> bool:
    return question.is_marked or bool(question.given) or asks(question.text)


def _without_answers(note: NoteSource) -> Diagnostic | None:
    """What is wrong with a title under which stand further questions and nothing else."""
    if not only_asks(note.back.markdown):
        return None
    message = f"'{_shown(note.front)}' holds questions that nothing answers"
    hint = "write an answer under each, or {skip} at the end of its line to leave it out"
    return Diagnostic(note.place, Code.EMPTY_ANSWER, message, hint)


def _shown(passage: Passage) -> str:
    return shorten(passage.markdown)


def _flaws(note: NoteSource, question: Question) -> Iterator[Diagnostic]:
    if question.cloze is not None:
        is_reverse = "reverse" in question.attributes.words
        yield from flaws_of(note, question.cloze, is_reverse=is_reverse)
    for word in question.attributes.unknown:
        near = nearest_word(word)
        hint = f"did you mean '{near}'? " if near else ""
        hint += "an id is {#id}, a tag {.tag}; the words are reverse, skip and new"
        message = f"'{word}' is no attribute of a question"
        yield Diagnostic(note.place, Code.BAD_ATTRIBUTE, message, hint)


def _duplicate_ids(notes: list[NoteSource]) -> Iterator[Diagnostic]:
    first: dict[str, NoteSource] = {}
    for note in notes:
        before = first.setdefault(note.explicit_id, note)
        if note.explicit_id and before is not note:
            message = f"the id '{note.explicit_id}' is already that of line {before.place.line}"
            hint = "give one of the two another id; an id names one question of a file"
            yield Diagnostic(note.place, Code.DUPLICATE_ID, message, hint)
