"""The diagnostics of an adoption: what is ambiguous, and what is impossible."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence

from cardwright.adopt.decks import Candidates
from cardwright.adopt.values import Match, OldNote, Pairs, UnsureQuestion
from cardwright.diagnostics import Code, Diagnostic, did_you_mean, many, shorten
from cardwright.model import Place

_SHOWN = 5
"""Notes or decks that one message names at most."""


def pair_problems(pairs: Pairs, *, is_accepting: bool) -> Iterator[Diagnostic]:
    """Yield AN831 for ambiguous questions, AN832 for possible and AN833 for impossible matches.

    With ``is_accepting``, ambiguous questions are new notes, without AN831. A match is impossible
    if the note would lose cards.
    """
    for unsure in pairs.unsure:
        if not unsure.is_close:
            yield _perhaps(unsure)
        elif not is_accepting:
            yield _unsure(unsure)
    yield from map(_kept_out, pairs.kept_out)


def _unsure(unsure: UnsureQuestion) -> Diagnostic:
    notes = ", ".join(map(_named, unsure.candidates[:_SHOWN]))
    rest = ", …" if len(unsure.candidates) > _SHOWN else ""
    one = "the note" if len(unsure.candidates) == 1 else "any of the notes"
    message = f"'{shorten(unsure.question.front)}' could be {one} {notes}{rest} in Anki"
    claims = _claims(unsure.candidates)
    hint = f"write {claims} at the end of the question that belongs to that note, or {{new}} at "
    hint += "the end of a new question; on a terminal, 'cardwright adopt' asks; --accept-new makes "
    hint += "all of them new notes"
    return Diagnostic(_place(unsure), Code.AMBIGUOUS_NOTE, message, hint)


def _perhaps(unsure: UnsureQuestion) -> Diagnostic:
    (note,) = unsure.candidates
    message = f"'{shorten(unsure.question.front)}' may be the note {_named(note)} in Anki"
    hint = f"if so, write {{#{note.id}}} at the end of the question; if not, it becomes a new note"
    return Diagnostic(_place(unsure), Code.SIMILAR_NOTE, message, hint)


def _named(note: OldNote) -> str:
    return f"{note.id} ('{shorten(note.front)}', answer '{shorten(note.answer, 40)}')"


def _claims(notes: Sequence[OldNote]) -> str:
    *some, last = (f"{{#{note.id}}}" for note in notes[:_SHOWN])
    return f"{', '.join(some)} or {last}" if some else last


def _kept_out(match: Match) -> Diagnostic:
    sides = match.old.type.sides
    known = {sides.forward, sides.backward}
    count = sum(card.number not in known for card in match.old.cards)
    message = f"the note is not adopted: '{shorten(match.old.type.name, 40)}' made "
    message += f"{many(count, 'card')} that Cardwright has no template for"
    hint = "remove that template in Anki if you do not need its cards, and adopt again; or write "
    hint += f"{{new}} to make the question a new note; in Browse, search nid:{match.old.id}"
    return Diagnostic(match.question.identity.place, Code.CARD_WITHOUT_PLACE, message, hint)


def _place(unsure: UnsureQuestion) -> Place:
    return unsure.question.identity.place


def unclear_deck(name: str, candidates: Candidates, count: int) -> Diagnostic:
    """Return AN830 if there is no single deck with most of the questions."""
    found = sorted(candidates.counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if not found:
        message = "no deck of the collection has any of the questions in the same words"
        return Diagnostic(Place(name), Code.UNCLEAR_DECK, message, "name the deck with --deck")
    listed = ", ".join(f"'{deck}' has {number:,}" for deck, number in found[:_SHOWN])
    rest = ", …" if len(found) > _SHOWN else ""
    message = f"it is not clear which deck to adopt: of {many(count, 'question')}, {listed}{rest}"
    options = " ".join(f"--deck {shlex.quote(deck)}" for deck, _ in found[:_SHOWN])
    hint = f"name the deck, or several: {options}"
    return Diagnostic(Place(name), Code.UNCLEAR_DECK, message, hint)


def unknown_deck(name: str, deck: str, decks: Iterable[str]) -> Diagnostic:
    """Return AN830 for a deck that is none of the collection's ``decks``."""
    message = f"the collection has no deck '{shorten(deck)}'"
    return Diagnostic(Place(name), Code.UNCLEAR_DECK, message, did_you_mean(deck, sorted(decks)))
