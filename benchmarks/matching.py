"""Measure how many edited questions are known again, and how many taken for another, or grow.

usage: python -m benchmarks.matching [PATH...] [--rounds N] [--share S] [--sizes]

Makes realistic edits (``tests/edits.py``) of the questions of ``content/``, of made-up decks
whose questions share their stems, and of the Markdown at each PATH; prints for each threshold
how many matches are right, missed, wrong and left to the author, and for the threshold in use
the same by kind of edit. A quarter of each deck is held back: new questions come from it, those
that look like an old one first. With ``--sizes`` it times decks of 1,000 to 20,000 notes.
"""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from cardwright.explain import read_files
from cardwright.identify.drafts import normalised
from cardwright.identify.hashes import short_hash
from cardwright.identify.match_state import MatchState
from cardwright.identify.matching import match, reading_order
from cardwright.identify.similarity import THRESHOLD, Rating, pair_up, rate_pairs, two_left
from cardwright.identify.similarity.sketch import sketch_of
from cardwright.identify.similarity.words import words_of
from cardwright.identify.steps import STEPS
from cardwright.lock import LockEntry
from cardwright.model import DeckName, Guid
from tests.edits import Card, Desk, edit_deck
from tests.made_up import PLANTS, VOCABULARY, made_up

_THRESHOLDS = (0.30, 0.35, 0.38, 0.40, 0.42, 0.44, 0.45, 0.46, 0.48, 0.50, 0.55, 0.60)
_CONTENT = Path(__file__).parents[1] / "content"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--rounds", default=20, show_default=True, help="Rounds of edits of each deck.")
@click.option("--share", default=0.15, show_default=True, help="The share of a deck edited in one.")
@click.option("--sizes", is_flag=True, help="Time growing decks instead.")
def main(paths: tuple[Path, ...], rounds: int, share: float, sizes: bool) -> None:
    """Print the tables."""
    if sizes:
        time_sizes()
        return
    decks = [read_deck(_CONTENT), *made_up(), *map(read_deck, paths)]
    measured = [
        measure(deck, share, seed) for deck in decks if len(deck) > 7 for seed in range(rounds)
    ]
    print_thresholds(measured)
    print_kinds(measured)


# Decks


def read_deck(path: Path) -> list[Card]:
    """The questions at ``path``, as a build reads them."""
    read = read_files(path, Path("no.lock"), lambda _name, _done, _total: None)
    notes = [note for parsed, _ in read.files for note in parsed.notes]
    return [
        Card(key, n.front.markdown, n.back.markdown, n.place.path, " / ".join(n.section))
        for key, n in enumerate(notes)
    ]


# Measuring


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of edits left open, and the truth about it by key.

    ``ratings`` are those of pairs of question and old note; ``lost`` has the keys of open
    questions that are an old note.
    """

    state: MatchState
    ratings: dict[tuple[int, int], Rating]
    done: dict[int, str]
    free: set[int]
    lost: set[int]


def measure(deck: Sequence[Card], share: float, seed: int) -> Round:
    chance = random.Random(seed)
    held_back = set(chance.sample(range(len(deck)), max(2, len(deck) // 4)))
    desk = Desk.of(
        [card for at, card in enumerate(deck) if at not in held_back],
        [card for at, card in enumerate(deck) if at in held_back],
        seed,
    )
    before = list(desk.cards)
    done = edit_deck(desk, max(2, int(len(before) * share)))
    old, new = reading_order(entries(before)), entries(desk.cards)
    matching = match(old, new, STEPS[:-2])
    for i, j in matching.pairs.items():
        keys = {old[j].born, new[i].born}
        assert len(keys) == 1 or keys & desk.free or old[j].front == new[i].front
    closed_new = set(matching.pairs).union(*(ambiguity.new for ambiguity in matching.ambiguities))
    closed_old = set(matching.pairs.values()).union(
        *(ambiguity.old for ambiguity in matching.ambiguities)
    )
    state = MatchState(
        old, new, matching.pairs,
        [j for j in range(len(old)) if j not in closed_old],
        [i for i in range(len(new)) if i not in closed_new],
    )  # fmt: skip
    known = {note.born for note in old}
    lost = {new[i].born for i in state.open_new} & known - desk.free
    return Round(state, rate_pairs(state), done, desk.free, lost)


def entries(cards: Iterable[Card]) -> list[LockEntry]:
    """The cards as notes of a lock; a card's key is in ``born``."""
    last: dict[str, Guid] = {}
    notes = []
    for card in cards:
        guid = Guid(short_hash(card.key))
        notes.append(
            LockEntry(
                guid=guid,
                file=card.file,
                section=(card.section,) if card.section else (),
                front=normalised(card.front),
                answer=short_hash(normalised(card.back)),
                made="",
                media=(),
                mod=0,
                born=card.key,
                deck=DeckName("Deck"),
                after=last.get(card.file, ""),
                sketch=sketch_of(words_of(card.back)),
            )
        )
        last[card.file] = guid
    return notes


def outcomes(round: Round, threshold: float) -> dict[int, str]:
    """By key of the open questions: right, wrong, missed, asked (of the author) or new."""
    new, old = round.state.new, round.state.old
    found = pair_up(round.ratings, threshold)
    closed_new, closed_old = found.closed()
    rest = replace(
        round.state,
        pairs={**round.state.pairs, **dict(found.pairs)},
        open_new=[i for i in round.state.open_new if i not in closed_new],
        open_old=[j for j in round.state.open_old if j not in closed_old],
    )
    ambiguities = (*found.ambiguities, *two_left(rest).ambiguities)
    asked = {new[i].born for ambiguity in ambiguities for i in ambiguity.new}
    pairs = {new[i].born: old[j].born for i, j in found.pairs}
    result = {}
    for i in round.state.open_new:
        key = new[i].born
        if key in round.free or pairs.get(key) in round.free:
            continue
        if key in asked:
            result[key] = "asked"
        elif key in pairs:
            result[key] = "right" if pairs[key] == key else "wrong"
        else:
            result[key] = "missed" if key in round.lost else "new"
    return result


def print_thresholds(measured: Sequence[Round]) -> None:
    click.echo(f"{'threshold':>9} {'right':>7} {'missed':>7} {'wrong':>7} {'asked':>7}")
    for threshold in _THRESHOLDS:
        counts: Counter[str] = Counter()
        for round in measured:
            counts.update(outcomes(round, threshold).values())
        row = " ".join(f"{counts[name]:>7}" for name in ("right", "missed", "wrong", "asked"))
        click.echo(f"{threshold:>9.2f} {row}")


def print_kinds(measured: Sequence[Round]) -> None:
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for round in measured:
        for key, outcome in outcomes(round, THRESHOLD).items():
            kinds[round.done.get(key, "untouched")][outcome] += 1
    names = ("right", "missed", "wrong", "asked", "new")
    click.echo(f"\n{'at ' + format(THRESHOLD, '.2f'):34}" + " ".join(f"{n:>7}" for n in names))
    for kind, counts in sorted(kinds.items()):
        click.echo(f"{kind:34}" + " ".join(f"{counts[name]:>7}" for name in names))


# Growth


def time_sizes() -> None:
    """Print the times for one edit in twenty, and for every front edited."""
    for size in (1_000, 2_000, 5_000, 10_000, 20_000):
        for share in (0.05, 1.0):
            seconds = time_deck(size, share)
            click.echo(f"{size:>7} notes, {share:>4.0%} edited: {seconds:6.2f} s")


def time_deck(size: int, share: float) -> float:
    """Seconds of the processor for the sketches of all questions and their matching."""
    chance = random.Random(size)
    deck = []
    for key in range(size):
        plants = " ".join(chance.choices(PLANTS, k=2))
        words = " ".join(chance.choices(VOCABULARY, k=4))
        back = " ".join(chance.choices(VOCABULARY, k=60))
        deck.append(Card(key, f"What makes {plants} {words} {key % 997}?", back, f"{key % 50}.md"))
    desk = Desk.of(deck, [], size)
    edited = int(size * share)
    kinds = ("typo", "reworded", "reworded, answer touched up", "moved and reworded")
    if share < 1:
        edit_deck(desk, edited, kinds)
    else:
        desk.cards = [replace(c, front=f"Say what makes {c.front[11:]}") for c in desk.cards]
    old = entries(deck)
    began = time.process_time()
    match(old, entries(desk.cards))
    return time.process_time() - began


if __name__ == "__main__":
    main()
