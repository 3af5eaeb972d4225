"""Parses a Markdown file into questions and answers. Each line keeps its line number."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cardwright.blocks import read_blocks
from cardwright.config import Config
from cardwright.diagnostics import Diagnostic
from cardwright.dialects import FREE, NONE, Choice, Reading, outline_of
from cardwright.dialects.text.question import Question
from cardwright.embeds import reached
from cardwright.model import NEVER_READ, EarlierReading, NoteSource, Passage, SourceFile, Title
from cardwright.notetypes import CLOZE, QA
from cardwright.parse.choices import read_by_choice
from cardwright.parse.hashtags import tags_above, with_hashtags, without_plugin_lines
from cardwright.parse.leftovers import LeftOut, left_out, leftovers
from cardwright.parse.problems import (
    conflicts,
    flaws_in,
    mere_terms,
    problem_of,
    recovered,
    repeated_ids,
)
from cardwright.parse.sections import anchors_of, sections_above, title_heading, title_of_file
from cardwright.parse.sides import Pieces, cloze_sides, sides_of
from cardwright.plugin_lines import plugin_lines


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question: its note or a problem. With ``{skip}``, it has neither."""

    question: Question
    note: NoteSource | None
    problem: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file's questions in order, its title, and the choice by which they were read."""

    source: SourceFile
    title: str
    outcomes: tuple[Outcome, ...] = ()
    choice: Choice | None = None  # `None` without questions, or if the settings name their level
    reading: Reading | None = None  # `None` if the settings say that there are no questions
    left_out: tuple[LeftOut, ...] = ()  # shapes of candidates that are no questions

    @property
    def notes(self) -> tuple[NoteSource, ...]:
        """The notes that the questions make, in their order."""
        return tuple(outcome.note for outcome in self.outcomes if outcome.note is not None)


def parse(
    source: SourceFile,
    config: Config,
    earlier: EarlierReading = NEVER_READ,
    *,
    is_single: bool = False,
) -> tuple[ParsedFile, tuple[Diagnostic, ...]]:
    """Return a file's questions, as the settings, ``earlier`` builds or ``auto`` read them.

    The title of a file that is the whole deck (``is_single``) is on no card. Diagnostics:

    - QA302 to QA304: there is no question.
    - QA305 to QA309, QA311 to QA315: something is wrong with a single question.
    - QA310: ``auto`` would now choose differently from earlier builds. There is none if the new
      choice finds their fronts again.
    - QA318: headings that ask nothing became terms, and neither settings nor the lock say so.
    - QA319: git left a conflict in the text.
    """
    own = source.front_matter
    asked = Choice(own.questions or config.questions, own.question_level or config.question_level)
    if asked.dialects == (NONE,):
        return ParsedFile(source, title_of_file(source, ()).plain), ()
    labels = (*config.labels, *own.labels)
    outline = outline_of(read_blocks(source), asked.dialects, earlier.known, labels)
    reading, problems = read_by_choice(outline, asked, earlier.choice, earlier.known)
    title = title_of_file(source, reading.headings)
    outcomes, found = _outcomes(reading, () if is_single else (title,), config)
    chosen = reading.choice if asked.level is None else None
    left = left_out(reading)
    if asked == FREE and earlier.choice is None:
        found += tuple(mere_terms(source.path, title.plain, reading))
    if reading.seen:
        found += (*conflicts(reading.seen), *recovered(reading.seen, reading.questions))
    found += tuple(leftovers(reading, left, title_heading(reading.headings)))
    reading = replace(reading, seen=None)
    return ParsedFile(source, title.plain, outcomes, chosen, reading, left), (*problems, *found)


def _outcomes(
    reading: Reading, above: tuple[Title, ...], config: Config
) -> tuple[tuple[Outcome, ...], tuple[Diagnostic, ...]]:
    """Return what became of the questions. Their notes have no lines of plugins."""
    if reading.seen is None:
        return (), ()
    source = reading.seen.document.source
    has_lines = any(True for _ in plugin_lines(source.lines))
    tags = tags_above(source.lines[source.front_matter.length :]) if config.inline_tags else ()
    outcomes: list[Outcome] = []
    problems: list[Diagnostic] = []
    headings = sections_above(reading)
    anchors = anchors_of(reading.headings)
    pieces = Pieces(reading.seen)
    candidates = {
        candidate.question.line: candidate
        for verdict in reversed(reading.verdicts)
        if verdict.is_chosen
        for candidate in verdict.shape.candidates
    }
    tags_of_cards = _tagged(reading)
    for question in reading.questions:
        tagged = tags_of_cards.get(question.line)
        question = _without_card_tag(question, tagged) if tagged else question
        if "skip" in question.attributes.words:
            outcomes.append(Outcome(question, None))
            continue
        section, nearest = headings[question.line]
        titles = tuple(title for title in (*above, *section, *question.outer) if title.line)
        path, anchor = tuple(title.plain for title in section), anchors.get(nearest, "")
        note = _note(pieces, question, path, titles, anchor)
        problem = problem_of(pieces.outline, note, question, candidates[question.line])
        problems += [*flaws_in(note, question), *([problem] if problem else [])]
        note = without_plugin_lines(note) if has_lines else note
        note = with_hashtags(note, tags) if config.inline_tags else note
        outcomes.append(Outcome(question, None if problem else note, problem))
    problems += repeated_ids([outcome.note for outcome in outcomes if outcome.note])
    return tuple(outcomes), tuple(problems)


def _tagged(reading: Reading) -> dict[int, Question]:
    """Return the questions of the form ``tagged``, which was not chosen, by their line."""
    return {
        candidate.question.line: candidate.question
        for verdict in reading.verdicts
        if verdict.shape.dialect.name == "tagged" and not verdict.is_chosen
        for candidate in verdict.shape.candidates
    }


def _without_card_tag(question: Question, tagged: Question) -> Question:
    """Return a question without the tag of a card on its first line, but with what that says."""
    line = question.line
    if question.is_cloze or [each.number for each in tagged.front] != [line]:
        return question
    if tagged.answer.start == line or not question.front or question.front[0].number != line:
        return question
    front = (*tagged.front, *question.front[1:])
    return question._replace(
        front=front, attributes=tagged.attributes, is_reverse=tagged.is_reverse
    )


def _note(
    pieces: Pieces, question: Question, section: tuple[str, ...], titles: tuple[Title, ...],
    anchor: str,
) -> NoteSource:  # fmt: skip
    cloze = question.cloze
    sides = cloze_sides(pieces, question) if cloze else sides_of(pieces, question)
    text = "\n".join(side.markdown for side in (sides.front, sides.back, sides.hint, sides.extra))
    return NoteSource(
        sides.front.place(0),
        sides.front,
        sides.back,
        Passage(sides.front.path, pieces.definition_lines(text)),
        sides.hint,
        sides.extra,
        section,
        titles=titles,
        anchor=anchor,
        explicit_id=question.attributes.id,
        tags=question.attributes.tags,
        macros=pieces.macros,
        is_reverse=not cloze and (question.is_reverse or "reverse" in question.attributes.words),
        is_new="new" in question.attributes.words,
        kind=CLOZE if cloze else QA,
        deletions=cloze.deletions if cloze else (),
        outer=tuple(title.plain for title in question.outer),
        embeds=tuple(reached(text, sides.front.path, pieces.embeds)),
    )
