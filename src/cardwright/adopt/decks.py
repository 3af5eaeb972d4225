"""Which deck of a collection is the one to adopt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cardwright.adopt.values import OldNote, Question
from cardwright.deck_names import is_within, with_parents
from cardwright.identify.similarity.words import asked_words_of


@dataclass(frozen=True, slots=True)
class Candidates:
    """``chosen`` is the deck that has most of the questions, ``""`` where none or several have.

    ``counts`` has the number of questions that are asked in each deck without those above it.
    """

    chosen: str
    counts: Mapping[str, int]


def choose_deck(questions: Sequence[Question], notes: Iterable[OldNote]) -> Candidates:
    """The deck in which most of the questions are asked that are asked anywhere in these words.

    At least a quarter of all have to be. It is the lowest deck that holds all of those that are
    below the same deck of the top.
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
    """Its words; what is marked as code here may not be there."""
    return asked_words_of(front.replace("`", ""))


def _lowest(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts, without each deck that has no more than one of the decks below it."""
    return {
        name: count
        for name, count in counts.items()
        if not any(
            other != name and is_within(other, name) and counts[other] == count for other in counts
        )
    }
