"""Chooses how a file is read: by its settings, by the lock, or by ``auto``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from cardwright.diagnostics import Code, Diagnostic, many
from cardwright.dialects import AUTO, FREE, Choice, Reading, read
from cardwright.dialects.text.order import count_between
from cardwright.dialects.text.question import Outline
from cardwright.model import Place, SourceFile
from cardwright.parse.why_no_cards import asks_anything, settings_for, why_no_cards
from cardwright.wording import bare_words, words_of_front


def read_by_choice(
    outline: Outline, asked: Choice, kept: Choice | None, known: Collection[str]
) -> tuple[Reading, tuple[Diagnostic, ...]]:
    """Return the reading of a document. The settings ask for ``asked``, and the lock has ``kept``.

    ``known`` are the fronts that the file had. If a new reading finds more of them than it loses,
    it replaces ``kept``: the author has marked the same questions in another way.

    Diagnostics: QA302 to QA304 if there is no question. If the deck or the folder names the
    dialects, they appear only for a file in which something asks. QA310 if ``auto`` would now
    choose differently from ``kept``, QA317 for a dialect of the front matter that finds nothing.
    """
    source = outline.document.source
    fresh = _fresh(outline, asked, known)
    is_whole = _starts(fresh) == _starts(_chosen(fresh))
    is_free = kept is not None and asked in (FREE, Choice(kept.dialects))
    if kept is not None and is_free and not (fresh.choice == kept and is_whole):
        before = _as_kept(read(outline.with_known(), kept))
        if before.questions and _starts(before) == _starts(fresh):
            return before, ()
        still, anew = _again(before, known), _again(_chosen(fresh), known)
        is_marked_anew = len(anew - still) > len(still - anew)
        has_more = _starts(before) <= _starts(_chosen(fresh)) and not _are_parted(before, fresh)
        if before.questions and not (is_marked_anew or has_more):
            return before, (_choice_kept(source.path, kept, fresh),)
    if fresh.reason is None:
        return fresh, tuple(_unused(source, fresh))
    message, hint = why_no_cards(fresh)
    if asked != FREE:
        free = read(replace(outline, named=FREE.dialects))
        message, _ = why_no_cards(fresh, asked)
        if _is_elsewhere(source, asked.dialects) and not asks_anything(free):
            return fresh, ()
        if free.choice:
            hint = f"the settings ask for {asked}; without them it would be read as {free.choice}"
    return fresh, (Diagnostic(Place(source.path), fresh.reason, message, hint),)


def _fresh(outline: Outline, asked: Choice, known: Collection[str]) -> Reading:
    """Return the reading without the lock's choice.

    A reading with ``known`` counts if it finds more of them, or if it loses none and adds a dialect
    whose marks have no other meaning. So an edit elsewhere in the file adds no other question.
    """
    fresh = read(outline, asked)
    if asked.level is not None or not known:
        return fresh
    again = read(outline.with_known(), asked)
    before, after = _again(fresh, known), _again(again, known)
    is_marked = before <= after and bool(_explicit(again) - _explicit(fresh))
    return again if after - before or is_marked else fresh


def _explicit(reading: Reading) -> set[str]:
    """Return the names of the chosen dialects whose marks have no other meaning."""
    chosen = (verdict.shape.dialect for verdict in reading.verdicts if verdict.is_chosen)
    return {dialect.name for dialect in chosen if dialect.is_explicit}


def _is_elsewhere(source: SourceFile, dialects: tuple[str, ...]) -> bool:
    """Whether the deck or a folder names the dialects, so that a file need not have any of them."""
    return dialects != (AUTO,) and source.front_matter.questions in ((), source.folder.questions)


def _as_kept(reading: Reading) -> Reading:
    """Return the reading with verdicts that come from the lock, because no setting asked for it."""
    if reading.choice is None:
        return reading
    verdicts = reading.verdicts
    words = {True: _KEPT, False: "the lock keeps another choice"}
    said = tuple(replace(verdict, words=words[verdict.is_chosen]) for verdict in verdicts)
    return replace(reading, verdicts=said)


_KEPT = "the lock keeps it, until 'questions' and 'question_level' in the file say otherwise"


def _starts(reading: Reading) -> set[tuple[int, str]]:
    """Return the lines and the texts of the questions, whatever dialect finds them."""
    return {(question.line, question.text) for question in reading.questions}


def _are_parted(before: Reading, fresh: Reading) -> bool:
    """Whether several answers of ``before`` hold further questions of ``fresh``.

    In a single one, the author may have continued in another form.
    """
    known = {question.line for question in before.questions}
    lines = [question.line for question in fresh.questions if question.line not in known]
    answers = (question.answer for question in before.questions)
    return sum(count_between(lines, each.start, each.end) > 0 for each in answers) > 1


def _chosen(reading: Reading) -> Reading:
    """Return the reading without questions that it only has because earlier builds had them."""
    kept = {
        question.line
        for verdict in reading.verdicts
        if verdict.is_kept
        for question in verdict.shape.questions
    }
    questions = (each for each in reading.questions if each.line not in kept)
    return replace(reading, questions=tuple(questions)) if kept else reading


def _again(reading: Reading, known: Collection[str]) -> set[str]:
    """Return the fronts of ``known`` that are questions of the reading."""
    asked = {bare_words(question.text) for question in reading.questions}
    return {front for front in known if not asked.isdisjoint(words_of_front(front))}


def _unused(source: SourceFile, reading: Reading) -> Iterator[Diagnostic]:
    """Yield QA317 for each dialect that the file's own front matter names in vain."""
    used = reading.choice.dialects if reading.choice else ()
    for name in source.front_matter.questions:
        if name not in (AUTO, *used):
            message = f"the front matter names '{name}', but nothing here is written like that"
            hint = f"leave it out; docs/dialects.md shows what '{name}' looks like"
            yield Diagnostic(Place(source.path), Code.UNUSED_DIALECT, message, hint)


def _choice_kept(path: str, kept: Choice, fresh: Reading) -> Diagnostic:
    """Return QA310: the earlier choice of ``auto`` stays, until a setting says otherwise."""
    message = f"still read as {kept}, as in earlier builds; a new reading would "
    hint = f"write {settings_for(kept)} between '---' lines at the top of the file to keep this"
    if fresh.choice == kept:
        count = many(len(fresh.questions), "question")
        message += f"keep only {count} of those builds"
        hint += ", or {skip} after a question to leave it out"
    elif fresh.choice:
        message += f"be {fresh.choice}"
        hint += f", or {settings_for(fresh.choice)} to change it"
    else:
        message += "be without a question"
    return Diagnostic(Place(path), Code.DIALECT_KEPT, message, hint)
