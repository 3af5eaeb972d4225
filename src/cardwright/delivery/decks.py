"""Decides which decks to rename, which cards to move, and where new notes go.

The learner's changes stay: a deck that they renamed keeps its new name, and cards that they
moved stay there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cardwright.deck_names import (
    is_within,
    is_within_in_anki,
    possible_renames,
    renamed,
    topmost_rename,
    with_parents,
)
from cardwright.delivery.values import AnkiCard, AnkiDeck, AnkiNote, BuiltDeck, Move, Rename
from cardwright.model import DeckName, Guid, Note
from cardwright.package.shipped import ELSEWHERE, deck_hash

DETOUR = " (Cardwright)"
"""The end of a deck's name while its spelling changes. Such a deck exists only during a push."""


@dataclass(frozen=True, slots=True)
class DeckChanges:
    """The changes of decks."""

    targets: Mapping[DeckName, DeckName]  # the deck in Anki for each deck of the content
    renames: tuple[Rename, ...] = ()
    moves: tuple[Move, ...] = ()
    deserted: tuple[str, ...] = ()  # decks to delete
    stays: frozenset[Guid] = frozenset()  # notes with a card that the learner moved


@dataclass(frozen=True, slots=True)
class _OwnCard:
    """A card that we may move: it is in ``deck``, where we put it, and belongs in ``target``."""

    guid: Guid
    card: int
    deck: str
    target: str


def deck_changes(
    wanted: BuiltDeck, anki_deck: AnkiDeck, earlier: Mapping[Guid, Collection[str]]
) -> DeckChanges:
    """Compare the decks of the content with the decks of the cards in Anki.

    ``earlier`` has decks in which an import left the cards of notes that moved.
    """
    pairs = anki_deck.pairs(wanted.notes)
    new_names = _renamed_by_learner(pairs, earlier, anki_deck)
    bases = {_base(note, theirs) for note, theirs in pairs}
    bases |= {deck_hash(deck) for decks in earlier.values() for deck in decks}
    targets = _targets(wanted, anki_deck, new_names, bases)
    own_cards, stays = _own_cards(pairs, earlier, targets, wanted, new_names, anki_deck.default)
    aims: set[str] = {targets[note.deck] for note in wanted.notes}
    shipped = {name for name in anki_deck.decks if deck_hash(name) in bases}
    renames = tuple(_renames(own_cards, anki_deck, aims, shipped | {*new_names.values()}))
    moves = tuple(_moves(own_cards, renames))
    detours = {name for name in anki_deck.decks if _is_detour(name)}
    left = shipped | detours | {move.old for move in moves}
    deserted = tuple(_empty_decks(left, moves, anki_deck, renames, aims))
    return DeckChanges(targets, renames, moves, deserted, stays)


def _base(note: Note, anki_note: AnkiNote) -> str:
    """Return the recorded hash of the deck into which we last put the note, or ``""``."""
    state = anki_note.shipped(note.kind)
    return state.deck if state else ""


def _renamed_by_learner(
    pairs: Sequence[tuple[Note, AnkiNote]],
    earlier: Mapping[Guid, Collection[str]],
    anki_deck: AnkiDeck,
) -> dict[str, str]:
    """Map the hashes of old deck names to the new names that the learner gave.

    A deck counts as renamed if its old name is gone, and most of its cards are in one other deck:
    the learner may have moved a few. It also counts if its old deck is empty and all its cards are
    in a deck of the content. A killed rename through AnkiConnect leaves it like that. Notes that
    come back from retirement do not count: we may have renamed their deck in the meantime.
    """
    named = {note.deck for note, _ in pairs}
    there = {deck_hash(name) for name in anki_deck.decks}
    empty = {deck_hash(n) for n in anki_deck.decks - named if not anki_deck.card_counts.get(n, 0)}
    decks: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for note, theirs in pairs:
        base = _base(note, theirs)
        if theirs.is_retired or base in ("", ELSEWHERE):
            continue
        if base not in there or base in empty:
            left = earlier.get(note.guid, ())
            decks[base].update(
                card.deck
                for card in theirs.cards
                if card.deck and card.deck not in left and not _is_detour(card.deck)
            )
    return {
        base: deck
        for base, counts in decks.items()
        for deck, count in counts.items()
        if 2 * count > counts.total() and (base not in there or {*counts} == {deck} & named)
    }


def _targets(
    wanted: BuiltDeck, anki_deck: AnkiDeck, new_names: Mapping[str, str], bases: Collection[str]
) -> dict[DeckName, DeckName]:
    """Map each deck of the content to the deck in Anki, with the learner's renames.

    If the learner renamed a parent deck, a new subdeck goes below the new name.
    """
    names = {wanted.root, *(note.deck for note in wanted.notes)}
    known = [(name, new_names[deck_hash(name)]) for name in names if deck_hash(name) in new_names]
    topmost = [topmost_rename(old, new) for old, new in known]
    spelled = {name.casefold(): name for name in anki_deck.decks}
    targets: dict[DeckName, DeckName] = {}
    for name in sorted(names):
        above = [
            pair
            for pair in topmost
            if is_within_in_anki(name, pair[0]) and pair[0] not in anki_deck.decks
        ]
        old, new = max(above, key=lambda pair: (len(pair[0]), pair), default=(name, name))
        if name in anki_deck.decks:
            targets[name] = name
        elif deck_hash(name) in new_names:
            targets[name] = DeckName(new_names[deck_hash(name)])
        else:
            target = renamed(name, old, new)
            there = spelled.get(target.casefold(), target)
            # Anki ignores case. The learner's spelling stays, but ours may change.
            targets[name] = DeckName(target if deck_hash(there) in bases else there)
    return targets


def _own_cards(
    pairs: Sequence[tuple[Note, AnkiNote]],
    earlier: Mapping[Guid, Collection[str]],
    targets: Mapping[DeckName, DeckName],
    wanted: BuiltDeck,
    new_names: Mapping[str, str],
    default: str,
) -> tuple[list[_OwnCard], frozenset[Guid]]:
    own_cards: list[_OwnCard] = []
    stays: set[Guid] = set()
    for note, theirs in pairs:
        base, target, left = _base(note, theirs), targets[note.deck], earlier.get(note.guid, ())
        is_spread = len({card.deck for card in theirs.cards} - {default}) > 1
        for card in theirs.cards:
            if not card.deck:
                continue  # it is in a filtered deck, and its home deck is unknown
            is_astray = card.is_new and card.deck == default and is_spread
            is_left = is_astray or card.deck in left
            is_ours = is_left or _is_where_we_put_it(card, base, wanted, new_names)
            if card.deck == target or is_ours:
                own_cards.append(_OwnCard(note.guid, card.id, card.deck, target))
            else:
                stays.add(note.guid)
    return own_cards, frozenset(stays)


def _is_where_we_put_it(
    card: AnkiCard, base: str, wanted: BuiltDeck, new_names: Mapping[str, str]
) -> bool:
    """Whether the learner did not move a card. Without a record, ours are below the root deck."""
    if _is_detour(card.deck):
        return True
    if base:
        return deck_hash(card.deck) == base or new_names.get(base) == card.deck
    return any(
        is_within_in_anki(card.deck, root) for root in (wanted.root, wanted.old_root) if root
    )


def _is_detour(deck: str) -> bool:
    """Whether a killed push left a deck that only exists during a push."""
    return any(part.endswith(DETOUR) for part in deck.split("::"))


def _renames(
    own_cards: Sequence[_OwnCard], anki_deck: AnkiDeck, aims: Collection[str], ours: Collection[str]
) -> Iterator[Rename]:
    """Yield the decks to rename, parents first. Cards that go elsewhere are moved afterwards.

    A deck is renamed if all of these are true:

    - Nothing has to stay in it, and most of our cards there go below the new name.
    - Anki has no cards and no filtered decks below the new name.
    - The learner has no cards below the old name, except in decks that we shipped to (``ours``).
    """
    cards = Counter((own.deck, own.target) for own in own_cards)
    seen = Counter(own.deck for own in own_cards)
    counts, filtered = anki_deck.card_counts, anki_deck.filtered
    now = {name: name for name in anki_deck.decks | seen.keys()}  # after the renames so far
    candidates = {
        each for deck, target in cards if deck != target for each in possible_renames(deck, target)
    }
    for old, new in sorted(candidates, key=lambda pair: (pair[0].count("::"), pair)):
        below = {name for name in now if is_within_in_anki(now[name], old)}
        if not below:
            continue  # an earlier rename took the deck along
        leaving = {pair: count for pair, count in cards.items() if pair[0] in below}
        following = (
            count
            for (deck, target), count in leaving.items()
            if _follows(now[deck], target, old, new)
        )
        is_respelled = old.casefold() == new.casefold()
        is_left = not any(is_within(aim, old) for aim in aims)
        taken = [] if is_respelled else [n for n in now if is_within_in_anki(now[n], new)]
        is_free = not any(counts.get(name, 0) or name in filtered for name in taken)
        is_apart = is_respelled or not (is_within_in_anki(new, old) or is_within_in_anki(old, new))
        is_ours = all(name in ours or counts.get(name, 0) <= seen[name] for name in below)
        is_most = 2 * sum(following) > sum(leaving.values())
        if is_left and is_free and is_apart and is_ours and is_most:
            yield Rename(old, new)
            now |= {name: renamed(now[name], old, new) for name in below}


def _follows(deck: str, target: str, old: str, new: str) -> bool:
    """Whether a rename brings a card in ``deck`` to its target, in whatever spelling."""
    is_there = renamed(deck, old, new).casefold() == target.casefold()
    return deck != target and is_there and is_within(target, new)


def _moves(own_cards: Sequence[_OwnCard], renames: Sequence[Rename]) -> Iterator[Move]:
    decks = {deck: after_renames(deck, renames) for deck in {own.deck for own in own_cards}}
    cards: defaultdict[tuple[Guid, str, str], list[int]] = defaultdict(list)
    for own in own_cards:
        deck = decks[own.deck]
        if deck.casefold() != own.target.casefold():
            cards[own.guid, deck, own.target].append(own.card)
    for (guid, old, new), ids in cards.items():
        yield Move(guid, tuple(ids), old, new)


def after_renames(deck: str, renames: Iterable[Rename]) -> str:
    """Return the name of a deck after the renames."""
    for rename in renames:
        deck = renamed(deck, rename.old, rename.new)
    return deck


def _empty_decks(
    left: Iterable[str],
    moves: Sequence[Move],
    anki_deck: AnkiDeck,
    renames: Sequence[Rename],
    aims: set[str],
) -> Iterator[str]:
    """Yield the empty ones of the decks that we ``left``, and of their parents, lowest first.

    A killed push may have left an empty deck. So ``left`` includes all decks to which a note was
    shipped before.
    """
    counts: Counter[str] = Counter()  # by casefolded name, because Anki ignores case
    for name, count in anki_deck.card_counts.items():
        counts[after_renames(name, renames).casefold()] += count
    for move in moves:
        counts[move.old.casefold()] -= len(move.cards)
        counts[move.new.casefold()] += len(move.cards)
    there = {after_renames(name, renames) for name in anki_deck.decks}
    filtered = {after_renames(name, renames) for name in anki_deck.filtered}
    decks = {above for name in left for above in with_parents(after_renames(name, renames))}
    for name in sorted(decks & there, key=lambda name: (-name.count("::"), name)):
        below = [other for other in there if is_within_in_anki(other, name)]
        is_needed = any(is_within_in_anki(aim, name) for aim in aims)
        is_used = any(counts[other.casefold()] > 0 or other in filtered for other in below)
        if not is_needed and not is_used:
            yield name
