"""Tracks, for each known collection of Anki, where it still differs from the content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

from cardwright.lock import CollectionState, Delivery, Lock, LockEntry
from cardwright.lock.order import in_source_order
from cardwright.lock.records import LATEST
from cardwright.model import DeckName, Guid, Seconds

_PerCollection = TypeVar("_PerCollection", Delivery, CollectionState)

BY_HAND = ""
"""The id that represents all collections into which packages are imported by hand."""


@dataclass(frozen=True, slots=True)
class PendingMove:
    """A note whose cards Anki has in another deck."""

    guid: Guid
    was: DeckName  # the deck in Anki
    deck: DeckName  # the deck where they belong


@dataclass(frozen=True, slots=True)
class PendingSteps:
    """What remains to be done in a collection, in the order of the lock.

    A note that came back to another deck is in both ``returned`` and ``moved``.
    """

    moved: tuple[PendingMove, ...] = ()
    retired: tuple[Guid, ...] = ()  # in the order of their questions
    returned: tuple[Guid, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.moved or self.retired or self.returned)


def pending(lock: Lock, collection: str | None = None) -> PendingSteps:
    """Return what remains to be done in the collection with this id.

    With ``None`` or an unknown id, the collection of the latest delivery counts, whether that
    was a push or an import by hand. Without any delivery, the result covers all changes since
    the lock exists.
    """
    known = {delivery.collection for delivery in lock.deliveries}
    wanted = collection if collection in known else current_collection(lock)
    late = [
        (entry, each)
        for entry in lock.entries
        for each in entry.behind
        if each.collection == wanted and each.deck
    ]
    retired = {entry.guid for entry, each in late if entry.is_retired and not each.is_retired}
    return PendingSteps(
        tuple(
            PendingMove(entry.guid, each.deck, entry.deck)
            for entry, each in late
            if not entry.is_retired and not is_same_deck(each.deck, entry.deck)
        ),
        tuple(entry.guid for entry in in_source_order(lock, retired)),
        tuple(entry.guid for entry, each in late if each.is_retired and not entry.is_retired),
    )


def current_collection(lock: Lock) -> str:
    """Return the collection that counts if none is named: that of the latest delivery."""
    latest = max(
        lock.deliveries,
        key=lambda each: (each.at, each.collection == BY_HAND, each.collection),
        default=None,
    )
    return latest.collection if latest else BY_HAND


def last_delivery(lock: Lock) -> Seconds | None:
    """Return when the ``current_collection`` was last brought up to date."""
    counts = current_collection(lock)
    return next((each.at for each in lock.deliveries if each.collection == counts), None)


def mark_delivered(lock: Lock, collection: str, now: Seconds) -> Lock:
    """Return the lock after a collection was brought up to date. ``""`` is imports by hand.

    ``now`` is in seconds since 1970. If the lock says so already, it is returned unchanged.
    """
    known = {delivery.collection: delivery for delivery in lock.deliveries}
    mods = lock.mods
    births = [-(-entry.born // 1000) for entry in lock.entries]
    latest = max(mods + births, default=0)  # not before any change or creation
    is_said = collection in known and known[collection].at >= latest
    left = {*known} - {collection}
    done = _with_states(lock, lambda entry: _states_after_delivery(entry, collection, left))
    if is_said and done is lock:
        return lock
    times = (each.at + (each.collection != collection) for each in lock.deliveries)
    at = min(max(now, latest, *times), LATEST - 1)
    known[collection] = Delivery(collection, at)
    return replace(done, deliveries=tuple(known[name] for name in sorted(known)))


def _with_states(lock: Lock, states: Callable[[LockEntry], Iterable[CollectionState]]) -> Lock:
    """Return the lock with new ``states`` of each note, or the same lock if none is new."""
    entries = []
    for entry in lock.entries:
        behind = tuple(states(entry))
        entries.append(entry if behind == entry.behind else replace(entry, behind=behind))
    is_same = all(new is old for new, old in zip(entries, lock.entries, strict=True))
    return lock if is_same else replace(lock, entries=tuple(entries))


def with_new_collection_id(lock: Lock, old: str, new: str) -> Lock:
    """Return the lock with a new id for a collection, or the same lock if ``old`` is unknown."""
    known = {delivery.collection for delivery in lock.deliveries}
    if old not in known or new in known:
        return lock
    renamed = _with_states(lock, lambda entry: _with_new_id(entry.behind, old, new))
    return replace(renamed, deliveries=_with_new_id(lock.deliveries, old, new))


def _with_new_id(
    values: tuple[_PerCollection, ...], old: str, new: str
) -> tuple[_PerCollection, ...]:
    changed = (replace(each, collection=new) if each.collection == old else each for each in values)
    return tuple(sorted(changed, key=_collection))


_collection = attrgetter("collection")


def _states_after_delivery(
    entry: LockEntry, collection: str, left: Collection[str]
) -> Iterator[CollectionState]:
    """Yield the states after a delivery to ``collection``. ``left`` are the other collections.

    The entry of a retired note keeps its deck: the cards stay there, and may belong elsewhere.
    """
    for each in entry.behind:
        if each.collection in left:
            yield each
        elif (
            each.collection == collection
            and entry.is_retired
            and not is_same_deck(each.deck, entry.deck)
        ):
            yield replace(each, is_retired=True)


def collections_of(lock: Lock) -> tuple[str, ...]:
    """Return the ids of the collections that the lock tracks."""
    return tuple(delivery.collection for delivery in lock.deliveries) or (BY_HAND,)


def with_known_collections(lock: Lock) -> Lock:
    """Return the lock after a merge with a branch that did not know its collections yet.

    What that branch left to do now remains to be done in each collection. If there is nothing
    like that, the same lock is returned.
    """
    known = sorted(collections_of(lock))

    def states(entry: LockEntry) -> Iterable[CollectionState]:
        strays = [each for each in entry.behind if each.collection not in known]
        if not strays:
            return entry.behind
        own = {each.collection: each for each in entry.behind}
        return (own.get(name) or replace(strays[0], collection=name) for name in known)

    return _with_states(lock, states)


def outdated_states(
    old: LockEntry, new: LockEntry, collections: Iterable[str]
) -> tuple[CollectionState, ...]:
    """Return how each of the ``collections`` has the note, where that differs from ``new``.

    Only the state in the collection counts. A note that moved and moved back leaves nothing to
    do.
    """
    if not old.behind and _state(old) == _state(new):
        return ()
    known = {each.collection: each for each in old.behind}
    states = (known.get(name) or CollectionState(name, *_state(old)) for name in collections)
    return tuple(
        each
        for each in sorted(states, key=_collection)
        if each.is_retired != new.is_retired or not is_same_deck(each.deck, new.deck)
    )


def missing_states(collections: Iterable[str]) -> tuple[CollectionState, ...]:
    """Return entries that say that the ``collections`` do not have a new note yet.

    Imports by hand are left out, because nothing uses this for them.
    """
    known = sorted({*collections} - {BY_HAND})
    return tuple(CollectionState(name, DeckName(""), is_retired=False) for name in known)


def delivered_notes(lock: Lock, collection: str) -> frozenset[Guid]:
    """Return the notes that were delivered to a collection, even if they were deleted there."""
    if collection not in {delivery.collection for delivery in lock.deliveries}:
        return frozenset()
    return frozenset(
        entry.guid
        for entry in lock.entries
        if not any(each.collection == collection and not each.deck for each in entry.behind)
    )


def earlier_decks(lock: Lock, collection: str) -> Mapping[Guid, frozenset[DeckName]]:
    """Return the decks in which a collection may still have the cards of notes that moved.

    An import leaves cards where they are. If the lock does not know the collection, the decks of
    all collections count.
    """
    is_known = collection in {delivery.collection for delivery in lock.deliveries}
    found = (
        (
            entry.guid,
            frozenset(
                each.deck
                for each in entry.behind
                if each.deck and (each.collection == collection or not is_known)
            ),
        )
        for entry in lock.entries
        if entry.behind
    )
    return {guid: decks for guid, decks in found if decks}


def mark_deleted(lock: Lock, collection: str, guids: Collection[Guid]) -> Lock:
    """Return the lock after a push deleted notes from a collection."""
    deleted = CollectionState(collection, DeckName(""), is_retired=True)

    def states(entry: LockEntry) -> Iterable[CollectionState]:
        if entry.guid not in guids:
            return entry.behind
        others = (each for each in entry.behind if each.collection != collection)
        return sorted((*others, deleted), key=_collection)

    return _with_states(lock, states)


def is_same_deck(one: str, other: str) -> bool:
    """Whether both names are the same deck. Anki ignores case in names of decks."""
    return one == other or one.casefold() == other.casefold()


def _state(entry: LockEntry) -> tuple[DeckName, bool]:
    return entry.deck, entry.is_retired


def without_deliveries(lock: Lock) -> Lock:
    """Return the lock for a package, which must not depend on who imported it already.

    If nothing was delivered and nothing is pending, this is the same lock.
    """
    bare = _with_states(lock, lambda _entry: ())
    return replace(bare, deliveries=()) if bare.deliveries else bare


def with_deliveries(lock: Lock, known: Lock) -> Lock:
    """Return a package's lock with the deliveries of the lock ``known``.

    What changed between the two and was not delivered is pending.
    """
    before = {entry.guid: entry for entry in known.entries}
    collections = collections_of(known)

    def states(new: LockEntry) -> tuple[CollectionState, ...]:
        old = before.get(new.guid)
        return outdated_states(old, new, collections) if old else missing_states(collections)

    return replace(_with_states(lock, states), deliveries=known.deliveries)
