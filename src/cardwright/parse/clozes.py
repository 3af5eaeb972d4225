"""Cloze notes: what a text hides and what comes with it, and what could not be hidden."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.dialects.clozes.deletions import MOST, Cloze
from cardwright.dialects.clozes.gaps import DEEPEST, Trouble
from cardwright.dialects.flashcards.traces import without_traces
from cardwright.dialects.text.question import Question
from cardwright.dialects.text.span import joined
from cardwright.model import NoteSource, Passage
from cardwright.parse.folds import split_folds
from cardwright.parse.sides import Pieces, Sides, kept


def cloze_sides(pieces: Pieces, question: Question) -> Sides:
    """The sides of a text: what stands under it is extra, callouts that say so its hint."""
    path = pieces.document.source.path
    lines = kept(without_traces(pieces.answer_lines(question)))
    before, back, hint, extra = split_folds(pieces.outline, Passage(path), Passage(path, lines))
    with_it = joined(before.lines, back.lines, extra.lines)
    return Sides(Passage(path, question.front), Passage(path), hint, Passage(path, with_it))


def problem_of_cloze(note: NoteSource) -> Diagnostic | None:
    """QA321 where there is nothing to hide, so that there is no note."""
    if note.deletions:
        return None
    message = f"nothing is hidden in '{shorten(note.front.markdown)}', so there is no card of it"
    hint = "write what is to be hidden as {{c1::…}}, or as […] behind 'C:'"
    return Diagnostic(note.place, Code.NO_DELETION, message, hint)


def flaws_of(note: NoteSource, cloze: Cloze, *, is_reverse: bool) -> Iterator[Diagnostic]:
    """QA322 and QA323 at the marks that make no deletion, QA308 where the cards are to turn."""
    for flaw in cloze.flaws:
        code = Code.OPEN_DELETION if flaw.trouble is Trouble.OPEN else Code.BAD_DELETION
        words, hint = _WORDS[flaw.trouble]
        place = note.front.place(flaw.line, flaw.offset)
        yield Diagnostic(place, code, f"{words} as text", hint)
    if is_reverse:
        message = "'reverse' is no attribute of a cloze note"
        hint = "leave it out: a text that hides its pieces has no other side"
        yield Diagnostic(note.place, Code.BAD_ATTRIBUTE, message, hint)


_WORDS = {
    Trouble.OPEN: (
        "the deletion that begins here is never closed, the card shows it",
        "write '}}' behind it, in the same paragraph and on the same side of a formula's signs",
    ),
    Trouble.EMPTY: (
        "this deletion hides nothing, the card shows it",
        "write what is to be hidden between '::' and '}}'",
    ),
    Trouble.NUMBER: (
        f"Anki knows cards of a cloze note from 1 to {MOST}, the card shows this one",
        "number the deletions of each note from 1",
    ),
    Trouble.DEPTH: (
        f"this deletion stands inside of {DEEPEST} others, the card shows it",
        "hide less of it, or in two notes",
    ),
}
