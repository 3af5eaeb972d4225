"""Chooses the decks of a collection to adopt."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cardwright.adopt.values import AdoptQuestion, OldNote
from cardwright.deck_names import is_within, with_parents
from cardwright.delivery.values import AnkiError
from cardwright.diagnostics import Code, did_you_mean, many, shorten
from cardwright.identify.similarity.words import asked_words_of

_SHOWN = 5  # decks that the message names at most


def check_decks(wanted: Sequence[str], decks: Iterable[str]) -> None:
    """Raise AN830 if a wanted deck is none of the collection's ``decks``."""
    names = {above for name in decks for above in with_parents(name)}
    unknown = [name for name in wanted if name not in names]
    if unknown:
        listed = " or ".join(f"'{shorten(name)}'" for name in unknown)
        hint = did_you_mean(unknown[0], sorted(names))
        raise AnkiError(Code.UNCLEAR_DECK, f"the collection has no deck {listed}", hint)


def choose_deck(
    questions: Sequence[AdoptQuestion], notes: Iterable[OldNote], *, is_needed: bool
) -> tuple[str, ...]:
    """Choose the deck with most of the questions that Anki has in the same words.

    Anki must have at least a quarter of all questions, and more than two thirds of those must be
    in one top-level deck. The choice is the lowest subdeck there that has all of them. If there is
    no such deck, it is ``()``, or AN830 if a deck ``is_needed``.
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
    if len(most) == 1 and 4 * anywhere >= len(wanted):
        (top,) = most
        below = [name for name in counts if is_within(name, top) and counts[name] == counts[top]]
        return (max(below, key=lambda name: (name.count("::"), name)),)
    if is_needed:
        raise _unclear(counts, len(questions))
    return ()


def _unclear(counts: Mapping[str, int], questions: int) -> AnkiError:
    """Return AN830. It leaves out decks that have only as many as one of their subdecks."""
    if not counts:
        message = "no deck of the collection has any of the questions in the same words"
        return AnkiError(Code.UNCLEAR_DECK, message, "name the deck with --deck")
    lowest = [
        (name, count)
        for name, count in counts.items()
        if not any(
            other != name and is_within(other, name) and counts[other] == count for other in counts
        )
    ]
    shown = sorted(lowest, key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]
    listed = ", ".join(f"'{deck}' has {number:,}" for deck, number in shown)
    rest = ", …" if len(lowest) > _SHOWN else ""
    message = f"it is not clear which deck to adopt: of {many(questions, 'question')}, "
    options = " ".join(f"--deck {shlex.quote(deck)}" for deck, _ in shown)
    hint = f"name the deck, or several: {options}"
    return AnkiError(Code.UNCLEAR_DECK, f"{message}{listed}{rest}", hint)


def _words(front: str) -> tuple[str, ...]:
    """Return the words of a front, without marks of code: the note in Anki may not have them."""
    return asked_words_of(front.replace("`", ""))
