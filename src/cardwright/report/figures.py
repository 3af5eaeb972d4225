"""Counts the figures of a deck from the values of a build."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from cardwright.deck_names import with_parents
from cardwright.model import Note, Place
from cardwright.notetypes import card_count
from cardwright.report.counts import Counts

_MOST = 10
"""How many cards and files are named."""
_BOUNDS = (5, 10, 25, 50, 100, 200, 400)
"""The largest number of words in each group of answers. Longer ones are in a last group."""


@dataclass(frozen=True, slots=True)
class LongCard:
    """A question with a long answer, and its place."""

    question: str
    place: str
    words: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the page shows.

    ``decks`` has the figures of each deck without its subdecks: ``notes``, ``cards``, ``words``,
    ``formulas`` and ``images``. They are sorted by name, without decks that have no notes.
    ``words`` counts answers by the name of their group. ``sizes`` has bytes in the package by
    their kind, ``files`` the largest images and sounds.
    """

    root: str
    package: str
    size: int
    decks: Mapping[str, Mapping[str, int]]
    words: Mapping[str, int] = field(default_factory=dict)
    longest: tuple[LongCard, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    files: tuple[tuple[str, int], ...] = ()

    def total(self, name: str) -> int:
        """Return the sum of a figure over all decks."""
        return sum(deck[name] for deck in self.decks.values())

    @property
    def deck_count(self) -> int:
        """The number of decks in Anki, including parents."""
        return len({above for name in self.decks for above in with_parents(name)})


def figures_of(
    root: str,
    package: str,
    size: int,
    notes: Sequence[Note],
    places: Iterable[Place],
    counts: Iterable[Counts],
    shared: Mapping[str, int],
) -> Figures:
    """Return the figures of notes from their places and counts, all in the same order.

    ``size`` is the size of the package in bytes. ``shared`` has the bytes of files for all cards,
    by name.
    """
    decks: defaultdict[str, Counter[str]] = defaultdict(Counter)
    lengths: Counter[int] = Counter()
    answers = []
    sides = 0
    for note, place, count in zip(notes, places, counts, strict=True):
        counted = {"words": count.words, "formulas": count.formulas, "images": count.images}
        decks[note.deck].update(counted, notes=1, cards=card_count(note))
        sides += count.size
        lengths[bisect_left(_BOUNDS, count.words)] += 1
        answers.append(LongCard(note.plain, f"{place.path}:{place.line}", count.words))
    answers.sort(key=lambda card: (-card.words, card.place))
    media = {file.name: len(file.content) for note in notes for file in note.media}
    return Figures(
        root,
        package,
        size,
        dict(sorted(decks.items())),
        {name: lengths[at] for at, name in enumerate(_group_names())},
        tuple(answers[:_MOST]),
        {"Text of the cards, before packing": sides, **_by_kind(media), **shared},
        tuple(sorted(media.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]),
    )


def _group_names() -> list[str]:
    lows = (0, *(bound + 1 for bound in _BOUNDS[:-1]))
    names = [f"{low} to {high}" for low, high in zip(lows, _BOUNDS, strict=True)]
    return [*names, f"more than {_BOUNDS[-1]}"]


_KINDS = {
    "Drawings": (".svg",),
    "Sounds and films": (".mp3", ".ogg", ".wav", ".m4a", ".flac", ".opus", ".mp4", ".webm", ".oga"),
}


def _by_kind(media: Mapping[str, int]) -> Mapping[str, int]:
    sums: defaultdict[str, int] = defaultdict(int)
    for name, size in media.items():
        suffix = PurePosixPath(name).suffix.lower()
        kind = next((kind for kind, suffixes in _KINDS.items() if suffix in suffixes), "Images")
        sums[kind] += size
    return dict(sorted(sums.items()))
