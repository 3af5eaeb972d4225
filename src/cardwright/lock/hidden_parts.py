"""Combines what two versions of a cloze note hide, so that no number goes to other words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from cardwright.lock import HiddenPart, LockEntry


def visible(text: str) -> str:
    """Return a text without white space. Hidden parts count its characters."""
    return "".join(text.split())


def with_numbers_of(entry: LockEntry, other: LockEntry) -> LockEntry:
    """Return a note's entry with the numbers that only another version of it has.

    Somebody may have cards with these numbers.
    """
    known = {part.number for part in entry.hidden}
    added = [
        HiddenPart(number, 0, 0, is_hidden=False, words=words)
        for number, words in sorted(_words(other).items())
        if number not in known
    ]
    return replace(entry, hidden=(*entry.hidden, *added))


def with_distinct_numbers(entry: LockEntry, other: LockEntry) -> LockEntry:
    """Return a note's entry with the numbers of another version of it, from another branch.

    If both branches gave a number to different words, nobody knows whose reviews a card with it
    has. So no words keep it, and the next build gives the note a new ``mod``.
    """
    ours, theirs = _words(entry), _words(other)
    contested = {
        number
        for number in ours.keys() & theirs.keys()
        if ours[number] not in theirs[number] and theirs[number] not in ours[number]
    }
    entry = with_numbers_of(entry, other)
    if not contested:
        return entry
    kept = [part for part in entry.hidden if part.number not in contested]
    lost = [HiddenPart(number, 0, 0, is_hidden=False) for number in sorted(contested)]
    return replace(entry, hidden=(*kept, *lost), made="", output="")


def _words(entry: LockEntry) -> dict[int, str]:
    """Return the words of each number. If it has several parts, they are in their order."""
    text = visible(entry.front)
    words: defaultdict[int, list[str]] = defaultdict(list)
    for part in entry.hidden:
        words[part.number].append(part.words or text[part.start : part.end])
    return {number: "".join(each).casefold() for number, each in words.items()}
