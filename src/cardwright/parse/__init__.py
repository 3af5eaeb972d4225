"""A Markdown file to its questions and answers, every line of which knows its line in the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cardwright.blocks import Document, plain_text, read_blocks
from cardwright.config import Config
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.dialects import AUTO, NONE, Choice, Reading, read_as
from cardwright.dialects.answers import kept_lines, problem_with
from cardwright.dialects.attributes import nearest_word
from cardwright.dialects.card_tags import untagged
from cardwright.dialects.outline import Heading
from cardwright.dialects.question import Question
from cardwright.model import NoteSource, Passage, Place, SourceFile
from cardwright.parse.clozes import cloze_note, flaws_of, problem_of_cloze
from cardwright.parse.folds import split_folds
from cardwright.parse.leftovers import headings_left_over, questions_left_over
from cardwright.parse.openings import split_opening
from cardwright.parse.passages import Pieces
from cardwright.parse.recovered import recovered
from cardwright.wording import is_never_a_question


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
    source: SourceFile, config: Config, kept: Choice | None = None
) -> tuple[ParsedFile, tuple[Diagnostic, ...]]:
    """The questions of a file, read as the settings, the lock's choice ``kept`` or ``auto`` say.

    Diagnostics: QA302 to QA304 when there is none, QA305 to QA309, QA311 to QA315 for
    single questions, QA310 when ``auto`` would now choose otherwise than ``kept``.
    """
    document = read_blocks(source)
    dialects = source.front_matter.questions or config.questions
    level = source.front_matter.question_level or config.question_level
    if dialects == (NONE,):
        return ParsedFile(source, _title(source, ())), ()
    reading, problems = _read(document, dialects, level, kept)
    title = _title(source, reading.headings)
    outcomes, found = _outcomes(document, reading)
    chosen = reading.choice if level is None else None
    left = headings_left_over(document, reading, _title_heading(reading.headings))
    found += (*recovered(document, reading.questions), *left)
    found += tuple(questions_left_over(document, reading))
    return ParsedFile(source, title, outcomes, chosen, reading), (*problems, *found)


def _read(
    document: Document, dialects: tuple[str, ...], level: int | None, kept: Choice | None
) -> tuple[Reading, tuple[Diagnostic, ...]]:
    path = document.source.path
    fresh = read_as(document, dialects, level)
    is_free = kept is not None and level is None and dialects in ((AUTO,), kept.dialects)
    if kept is not None and is_free and fresh.choice != kept:
        before = read_as(document, kept.dialects, kept.level, dialects)
        if before.questions and before.questions == fresh.questions:
            return before, ()
        if before.questions and not {*before.questions} <= {*fresh.questions}:
            return before, (_choice_kept(path, kept, fresh.choice),)
    if fresh.reason is None:
        return fresh, ()
    message, hint = _REASONS[fresh.reason]
    if fresh.reason is Code.NOTHING_HERE and (dialects, level) != ((AUTO,), None):
        asked = " and ".join(dialects) if level is None else str(Choice(dialects, level))
        hint = f"the settings say '{asked}'; without them it would be found out"
    return fresh, (Diagnostic(Place(path), fresh.reason, message, hint),)


def _choice_kept(path: str, kept: Choice, fresh: Choice | None) -> Diagnostic:
    """QA310: what ``auto`` chose before stands, until a setting says otherwise."""
    message = f"still read as {kept}, as in earlier builds; read anew it would be "
    message += str(fresh) if fresh else "without a question"
    hint = f"write {_settings(kept)} at the top of the file to keep it so"
    hint += f", or {_settings(fresh)} to change" if fresh else ""
    return Diagnostic(Place(path), Code.CHOICE_KEPT, message, hint)


def _settings(choice: Choice) -> str:
    """The front matter that asks for a choice."""
    names = ", ".join(choice.dialects)
    dialects = f"'questions: {names}'" if len(choice.dialects) == 1 else f"'questions: [{names}]'"
    if choice.level is None:
        return dialects
    return f"{dialects} and 'question_level: {choice.level}'"


_SILENCE = "'questions: none' in its front matter says that this is meant"
_REASONS = {
    Code.NOTHING_HERE: (
        "no question was found",
        "a question is a heading with its answer under it, '### What is a token?'; " + _SILENCE,
    ),
    Code.ONLY_QUESTIONS: ("there are questions here, but no answers", _SILENCE),
    Code.ONLY_LINKS: ("this is an index: its answers are nothing but links", _SILENCE),
}


def _title(source: SourceFile, headings: tuple[Heading, ...]) -> str:
    """The front matter's title, the heading that opens the file, or its name."""
    if source.front_matter.title:
        return source.front_matter.title
    heading = _title_heading(headings)
    text = _name_of(heading) if heading else ""
    return text or re.sub(r"\.(?:md|markdown)$", "", source.path.rpartition("/")[2], flags=re.I)


def _name_of(heading: Heading) -> str:
    """What a title or a section is called: its plain text, without the tags of a card."""
    return plain_text(untagged(heading.text).text)


def _title_heading(headings: tuple[Heading, ...]) -> Heading | None:
    """The only heading of level 1, when it is the first of the file."""
    tops = [heading for heading in headings if heading.level == 1 and not heading.depth]
    return tops[0] if len(tops) == 1 and tops[0] is headings[0] else None


def _outcomes(
    document: Document, reading: Reading
) -> tuple[tuple[Outcome, ...], tuple[Diagnostic, ...]]:
    outcomes: list[Outcome] = []
    problems: list[Diagnostic] = []
    headings = _above(reading)
    anchors = _anchors(reading.headings)
    pieces = Pieces(document, reading.questions)
    for question in reading.questions:
        if "skip" in question.attributes.words:
            outcomes.append(Outcome(question, None))
            continue
        note = _note(pieces, question)
        problem = _problem(note, question)
        problems += [*_flaws(note, question), *([problem] if problem else [])]
        section, nearest = headings[question.line]
        whole = replace(note, section=section, anchor=anchors.get(nearest, ""))
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
    front, back = split_opening(front, back)
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
        macros=source.front_matter.macros,
        is_reverse=question.is_reverse or "reverse" in question.attributes.words,
        is_new="new" in question.attributes.words,
    )


def _problem(note: NoteSource, question: Question) -> Diagnostic | None:
    if not note.front.markdown.strip():
        place = Place(note.front.path, question.line, 1)
        hint = "write the question into the heading"
        return Diagnostic(place, Code.EMPTY_QUESTION, "the question has no text", hint)
    if question.cloze is not None:
        return problem_of_cloze(note)
    code = problem_with(note.back.markdown)
    if code is None:
        return None
    what = {
        Code.EMPTY_ANSWER: "has no answer",
        Code.PLACEHOLDER_ANSWER: f"has only a placeholder, '{_shown(note.back)}'",
        Code.LINK_ANSWER: f"has only a link for an answer, '{_shown(note.back)}'",
    }[code]
    message = f"'{_shown(note.front)}' {what}, so there is no card of it"
    hint = "write an answer under it, or {skip} at the end of the heading to leave it out"
    return Diagnostic(note.place, code, message, hint)


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


def _above(reading: Reading) -> dict[int, tuple[tuple[str, ...], int]]:
    """For each question, by its line: the path of plain headings above it, and the line of the
    heading that it is or that stands nearest above it, 0 for none.
    """
    questions = {question.line for question in reading.questions}
    title = _title_heading(reading.headings)
    found: dict[int, tuple[tuple[str, ...], int]] = {}
    open_: list[Heading] = []
    covered = 0
    waiting = list(reversed(reading.headings))
    for question in reading.questions:
        nearest = 0
        while waiting and waiting[-1].line <= question.line:
            heading = waiting.pop()
            open_ = [above for above in open_ if heading.line < above.end]
            is_in_answer = heading.line < covered
            if heading.line not in questions and heading is not title and not is_in_answer:
                open_.append(heading)
            nearest = heading.line
        open_ = [above for above in open_ if question.line < above.end]
        names = (_name_of(above) for above in open_ if not is_never_a_question(above.text))
        nearest = nearest or max((above.line for above in open_), default=0)
        found[question.line] = tuple(name for name in names if name), nearest
        covered = max(covered, question.answer.end)
    return found


def _anchors(headings: tuple[Heading, ...]) -> dict[int, str]:
    """The fragment that GitHub gives to each heading, by its line.

    Lower case, spaces to hyphens, no punctuation but hyphens and underscores; the second of the
    same has ``-1`` behind it.
    """
    seen: Counter[str] = Counter()
    anchors: dict[int, str] = {}
    for heading in headings:
        text = plain_text(heading.block.text).lower()
        slug = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
        anchors[heading.line] = f"{slug}-{seen[slug]}" if seen[slug] else slug
        seen[slug] += 1
    return anchors
