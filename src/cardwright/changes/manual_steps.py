"""Lists what remains to be done by hand in Anki, with searches for its Browse window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cardwright.changes.browse import id_search
from cardwright.changes.empty_cards import EMPTY_CARDS, empty_cards
from cardwright.changes.old_notes import OldNotes
from cardwright.deck_names import is_within_in_anki, topmost_rename
from cardwright.diagnostics import many
from cardwright.identify import Identified
from cardwright.lock.deliveries import (
    BY_HAND,
    PendingMove,
    PendingSteps,
    current_collection,
    last_delivery,
    pending,
)
from cardwright.lock.text import content_command, lock_command
from cardwright.model import DeckName, Guid


@dataclass(frozen=True, slots=True)
class ManualStep:
    """One thing to do by hand in Anki."""

    words: str
    search: str = ""  # finds its notes, "" if none is needed
    guids: tuple[Guid, ...] = ()  # of its notes, those of this build first
    is_new: bool = True  # some are from this build


@dataclass(frozen=True, slots=True)
class ManualSteps:
    """What to do before and after an import. ``end`` says how to stop the reminders."""

    before: tuple[ManualStep, ...] = ()
    retired: tuple[ManualStep, ...] = ()
    moves: tuple[ManualStep, ...] = ()
    empty: tuple[ManualStep, ...] = ()
    end: str = ""

    @property
    def after(self) -> tuple[ManualStep, ...]:
        return (*self.retired, *self.moves, *self.empty)


def manual_steps(identified: Identified, old: OldNotes, lock_file: str) -> ManualSteps:
    """Return all that remains to be done, for this build and earlier ones."""
    due = pending(identified.lock)
    rename = deck_rename(identified)
    words = "rename the deck '{}' to '{}': no card has to move then"
    return ManualSteps(
        (ManualStep(words.format(*rename)),) if rename else (),
        tuple(_retired(identified, due)),
        tuple(_moves(identified, due.moved)),
        (*(() if rename else _deserted(identified, due.moved)), *_empty(identified, old)),
        "" if due.is_nothing else _end(identified, lock_file),
    )


def _retired(identified: Identified, due: PendingSteps) -> Iterator[ManualStep]:
    if due.retired:
        now = {*identified.changes.retired}
        guids = tuple(sorted(due.retired, key=lambda guid: guid not in now))
        words = f"delete {many(len(guids), 'retired note')}"
        yield ManualStep(words, id_search(guids), guids, guids[0] in now)


def _moves(identified: Identified, moved: Sequence[PendingMove]) -> Iterator[ManualStep]:
    """Yield one step for each deck, those with notes of this build first."""
    now = {*identified.changes.left_behind}
    decks: defaultdict[DeckName, list[Guid]] = defaultdict(list)
    for move in moved:
        decks[move.deck].append(move.guid)
    found = []
    for deck, guids in decks.items():
        words = f"move {many(len(guids), 'note')} to '{deck}' (Cards > Change Deck)"
        first = tuple(sorted(guids, key=lambda guid: guid not in now))
        found.append(ManualStep(words, id_search(guids), first, first[0] in now))
    yield from sorted(found, key=lambda step: not step.is_new)


def _deserted(identified: Identified, moved: Sequence[PendingMove]) -> Iterator[ManualStep]:
    """Yield one step for the decks that the moves leave without a note of ours."""
    used = [entry.deck for entry in identified.lock.entries]
    left = sorted({move.was for move in moved if not _is_any_within(move.was, used)})
    if left:
        names = ", ".join(f"'{deck}'" for deck in left[:_NAMED_DECKS])
        rest = f" and {len(left) - _NAMED_DECKS:,} more" if len(left) > _NAMED_DECKS else ""
        deck = "the deck" if len(left) == 1 else "the decks"
        yield ManualStep(f"delete {deck} {names}{rest}, if nothing else is in there")


_NAMED_DECKS = 3


def _empty(identified: Identified, old: OldNotes) -> Iterator[ManualStep]:
    emptied = empty_cards(identified, old)
    if emptied.count:
        yield ManualStep(f"remove {many(emptied.count, 'empty card')}: {EMPTY_CARDS}")
    if emptied.unknown:
        yield ManualStep(
            f"look for empty cards: {EMPTY_CARDS} (whether a changed note has fewer cards is "
            f"not known: {emptied.unknown})"
        )


def _end(identified: Identified, lock_file: str) -> str:
    command, push = lock_command("--delivered", lock_file), content_command("push", lock_file)
    if current_collection(identified.lock) != BY_HAND:
        return f"run '{push}', which does all of this; or do it by hand, then '{command}'"
    return f"then run '{command}'; or let '{push}' do all of this"


def deck_rename(identified: Identified) -> tuple[str, str] | None:
    """Return the old and the new name if one rename, to a free name, does all pending moves."""
    moves = pending(identified.lock).moved
    renames = {topmost_rename(move.was, move.deck) for move in moves}
    if len(renames) != 1:
        return None
    ((old, new),) = renames
    was = {move.guid: move.was for move in moves}
    since = last_delivery(identified.lock)
    known = [
        each.entry
        for each in identified.identities
        if each.before and (since is None or each.entry.born <= since * 1000)
    ]
    retired = [entry.deck for entry in identified.lock.entries if entry.is_retired]
    stays = _is_any_within(old, (each.entry.deck for each in identified.identities))
    taken = [*retired, *(was.get(entry.guid, entry.deck) for entry in known)]
    return None if stays or _is_any_within(new, taken) else (old, new)


def _is_any_within(deck: str, names: Iterable[str]) -> bool:
    return any(is_within_in_anki(name, deck) for name in names)
