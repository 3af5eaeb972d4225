"""Chooses the deck of a collection to adopt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cardwright.adopt.values import AdoptQuestion, OldNote
from cardwright.deck_names import is_within, with_parents
from cardwright.identify.similarity.words import asked_words_of


@dataclass(frozen=True, slots=True)
class Candidates:
    """The decks that could be adopted.

    ``chosen`` is the deck with most of the questions, or ``""`` if there is no single one.
    ``counts`` maps decks to the number of questions found there. A deck that has only as many as
    one of its subdecks is left out.
    """

    chosen: str
    counts: Mapping[str, int]


def choose_deck(questions: Sequence[AdoptQuestion], notes: Iterable[OldNote]) -> Candidates:
    """Choose the deck with most of the questions that Anki has in the same words.

    Anki must have at least a quarter of all questions, and more than two thirds of those must be
    in one top-level deck. The choice is the lowest subdeck there that has all of them.
    """
    wanted = {_words(question.front) for question in questions} - {()}
    found: defaultdict[str, set[object]] = defaultdict(set)
    for note in notes:
        words = _words(note.front)
        if words in wanted:
            for card in note.cards:
                for name in with_parents(card.deck):
                    found[name].add(words)
    counts = {name: len(words) for name, words in sorted(found.items())}
    anywhere = len(set().union(*found.values()))
    tops = [name for name in counts if "::" not in name]
    most = [name for name in tops if 3 * counts[name] > 2 * anywhere]
    if len(most) != 1 or 4 * anywhere < len(wanted):
        return Candidates("", _lowest(counts))
    (top,) = most
    below = [name for name in counts if is_within(name, top) and counts[name] == counts[top]]
    return Candidates(max(below, key=lambda name: (name.count("::"), name)), _lowest(counts))


def _words(front: str) -> tuple[str, ...]:
    """Return the words of a front, without marks of code: the note in Anki may not have them."""
    return asked_words_of(front.replace("`", ""))


def _lowest(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts without decks that have only as many as one of their subdecks."""
    return {
        name: count
        for name, count in counts.items()
        if not any(
            other != name and is_within(other, name) and counts[other] == count for other in counts
        )
    }
