"""Gives each note of a build its GUID and its change time, from the lock of earlier builds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from operator import attrgetter

from cardwright.diagnostics import Diagnostic
from cardwright.identify.cloze_numbers import numbering, renumbered
from cardwright.identify.drafts import output_of
from cardwright.identify.hashes import GuidSource
from cardwright.identify.matching import describe_ambiguities, match
from cardwright.identify.stamps import mod_clock, stamped
from cardwright.lock import Lock, LockEntry, entry_order
from cardwright.lock.deliveries import collections_of, missing_states, outdated_states
from cardwright.model import FiledNote, Guid, Html, Milliseconds, Note, Place
from cardwright.model.stored import replace_fields, stored_value


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build does to the notes of the lock, as GUIDs in source order.

    Each note of the package is in exactly one of ``new``, ``changed``, ``moved`` and ``unchanged``.
    """

    new: tuple[Guid, ...] = ()
    changed: tuple[Guid, ...] = ()
    moved: tuple[Guid, ...] = ()  # only the deck changed
    unchanged: tuple[Guid, ...] = ()
    retired: tuple[Guid, ...] = ()  # live before, and now in no file; in the lock's order
    returned: tuple[Guid, ...] = ()  # retired before
    left_behind: tuple[Guid, ...] = ()  # all with another deck: an import moves no card

    def counts(self) -> dict[str, int]:
        """Return how many notes are new, changed, moved, unchanged and retired."""
        names = ("new", "changed", "moved", "unchanged", "retired")
        return {name: len(getattr(self, name)) for name in names}

    def states(self) -> dict[Guid, str]:
        """Return what happens to each note of the package that is not unchanged: its group."""
        names = ("new", "changed", "moved")
        return {guid: name for name in names for guid in getattr(self, name)}


@dataclass(frozen=True, slots=True)
class Identity:
    """A question, with its lock entry before and after the build.

    ``weak_match`` is only for a new question: the old note that it may be a rewording of. That note
    is retired by this build, or was retired earlier and has the same answer.
    """

    place: Place
    before: LockEntry | None  # `None` if it is new
    entry: LockEntry
    weak_match: LockEntry | None = None
    is_numbered: bool = False  # a cloze note whose author numbered all deletions


@dataclass(frozen=True, slots=True)
class Identified:
    """The notes of the package in source order, the lock to write, and what changed."""

    notes: tuple[Note, ...]
    lock: Lock
    changes: Changes
    diagnostics: tuple[Diagnostic, ...] = ()
    identities: tuple[Identity, ...] = ()  # one for each note, in the same order


def identify(
    notes: Sequence[FiledNote],
    drafts: Sequence[LockEntry],
    lock: Lock,
    now: int,
    *,
    is_accepting_new: bool = False,
) -> Identified:
    """Match the notes with the lock, and give new identities to those that have none.

    ``notes`` are in source order, ``drafts`` has the ``draft`` of each, and ``now`` is in seconds
    since 1970. An ambiguous match is LK606. Its questions then count as new, and the lock is
    returned unchanged, so that no guess is kept. With ``is_accepting_new``, such questions are
    new without a diagnostic, and the old notes are retired.
    """
    old = replace(lock, entries=_with_distinct_births(lock.entries))
    matching = match(old.entries, drafts)
    if is_accepting_new:
        matching = replace(matching, ambiguities=())
    before = [matching.note_for(i) for i in range(len(notes))]
    notes, drafts = _with_kept_numbers(notes, drafts, before)
    weak_matches = {i: matching.old[j] for i, j in matching.weak_matches.items()}
    entries = _with_identity(drafts, before, old, now)
    left = matching.left_over()
    ambiguities = describe_ambiguities(matching, notes, drafts)
    return Identified(
        notes=tuple(map(_note, notes, entries, count(1))),
        lock=lock if ambiguities else _with_entries(lock, entries, left),
        changes=_changes(entries, before, left),
        diagnostics=ambiguities,
        identities=tuple(
            Identity(
                source.place,
                before[i],
                entries[i],
                weak_matches.get(i),
                is_numbered=all(deletion.has_number for deletion in source.deletions),
            )
            for i, source in enumerate(filed.note.source for filed in notes)
        ),
    )


def _with_distinct_births(entries: Iterable[LockEntry]) -> tuple[LockEntry, ...]:
    """Return the entries with a distinct ``born`` each. Two branches may have used the same one.

    The entry with the lowest GUID keeps it. The others get the next free values.
    """
    free = _EARLIEST
    apart = []
    for entry in sorted(entries, key=lambda entry: (entry.born, entry.guid)):
        free = max(free, entry.born)
        apart.append(replace(entry, born=free) if free != entry.born else entry)
        free += 1
    return tuple(sorted(apart, key=entry_order))


_EARLIEST: Milliseconds = 7_200_000
"""The earliest ``born``. Anki panics at a note of the id 0. Cards have ids of the hour before.

``SOURCE_DATE_EPOCH`` may be 0, and a clock without a battery begins in 1970."""


def _with_identity(
    drafts: Sequence[LockEntry], before: Sequence[LockEntry | None], lock: Lock, now: int
) -> list[LockEntry]:
    """Return the drafts with their identity, times and neighbours."""
    clock = mod_clock(lock, now)
    guids = GuidSource(lock.project, (entry.guid for entry in lock.entries))
    births = count(
        max(
            [
                now * 1000,
                _EARLIEST,
                *(entry.born + 1 for entry in lock.entries),
                *(each.at * 1000 + 1 for each in lock.deliveries),  # born after each delivery
            ]
        )
    )
    collections = collections_of(lock)
    last: dict[str, Guid] = {}
    entries = []
    for new, old in zip(drafts, before, strict=True):
        after = last.get(new.file, "")
        if (
            old
            and old.after == after
            and old.output
            and not old.behind
            and _drafted(new) == _drafted(old)
        ):
            entry = old  # as with nearly all notes of a build
        else:
            entry = replace(
                stamped(new, old, clock),
                guid=old.guid if old else guids.guid_for(new.id, new.front, new.kind),
                born=old.born if old else next(births),
                after=after,
                behind=outdated_states(old, new, collections)
                if old
                else missing_states(collections),
            )
        last[new.file] = entry.guid
        entries.append(entry)
    return entries


def _with_kept_numbers(
    notes: Sequence[FiledNote], drafts: Sequence[LockEntry], before: Sequence[LockEntry | None]
) -> tuple[Sequence[FiledNote], Sequence[LockEntry]]:
    """Return the notes and drafts with the numbers that their deletions had ``before``."""
    notes, drafts = [*notes], [*drafts]
    for i, (filed, draft, old) in enumerate(zip(notes, drafts, before, strict=True)):
        if not (old and old.hidden and filed.note.source.deletions):
            continue
        note = filed.note
        kept = numbering(note.source.deletions, draft.front, draft.hidden, old)
        drafts[i] = replace(draft, hidden=kept.hidden)
        if kept.numbers:
            front = Html(renumbered(note.front, kept.numbers))
            hashes = note.hashes and ("", *note.hashes[1:])  # the package makes the first one
            notes[i] = replace(filed, note=replace_fields(note, front=front, hashes=hashes))
            drafts[i] = replace(drafts[i], output=output_of(notes[i]))
    return notes, drafts


_drafted = attrgetter(
    *("file", "section", "front", "answer", "made", "media", "deck", "id"),
    *("is_new", "is_retired", "kind", "sketch", "hidden"),
)
"""What a draft says, except ``output``: if the inputs are the same, the old one stays."""


def _note(filed: FiledNote, entry: LockEntry, due: int) -> Note:
    note = filed.note
    return Note(
        guid=entry.guid,
        note_id=entry.born,
        deck=filed.deck,
        tags=filed.tags,
        mod=entry.mod,
        due=due,
        front=stored_value(note, "front"),
        back=stored_value(note, "back"),
        hint=note.hint,
        extra=stored_value(note, "extra"),
        context=filed.context,
        source=filed.source_link,
        plain=note.plain,
        is_reverse=note.source.is_reverse,
        media=note.media,
        kind=note.source.kind,
        hashes=note.hashes,
    )


def _with_entries(lock: Lock, entries: Iterable[LockEntry], left: Iterable[LockEntry]) -> Lock:
    """Return the new lock. Notes that are ``left`` without a question are retired, not dropped."""
    collections = collections_of(lock)
    retired = []
    for entry in left:
        new = replace(entry, is_retired=True)
        retired.append(replace(new, behind=outdated_states(entry, new, collections)))
    return replace(lock, entries=tuple(sorted((*entries, *retired), key=entry_order)))


def _changes(
    entries: Sequence[LockEntry],
    before: Sequence[LockEntry | None],
    left: Iterable[LockEntry],
) -> Changes:
    known = [(entry, old) for entry, old in zip(entries, before, strict=True) if old]
    same = [(entry, old) for entry, old in known if entry.mod == old.mod]
    return Changes(
        new=tuple(e.guid for e, old in zip(entries, before, strict=True) if old is None),
        changed=tuple(entry.guid for entry, old in known if entry.mod != old.mod),
        moved=tuple(entry.guid for entry, old in same if entry.deck != old.deck),
        unchanged=tuple(entry.guid for entry, old in same if entry.deck == old.deck),
        retired=tuple(entry.guid for entry in left if not entry.is_retired),
        returned=tuple(entry.guid for entry, old in known if old.is_retired),
        left_behind=tuple(entry.guid for entry, old in known if entry.deck != old.deck),
    )
