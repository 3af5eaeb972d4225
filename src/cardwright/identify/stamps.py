"""Sets change times (``mod``): an import replaces what is older in Anki."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cardwright.lock import Lock, LockEntry
from cardwright.model import NoteTypeStamp


def mod_clock(lock: Lock, now: int) -> int:
    """Return the ``mod`` for what this build changes, in seconds since 1970.

    It is at least the highest ``mod`` of the lock and later than each delivery, even if the
    computer's clock is wrong.
    """
    mods = lock.mods
    return max([now, *mods, *(delivery.at + 1 for delivery in lock.deliveries)])


def stamped(new: LockEntry, old: LockEntry | None, clock: int) -> LockEntry:
    """Return the new entry with its ``mod``.

    It is that of the old entry if the note's inputs or its output are the same, otherwise a
    later one. Anki imports a note only if its ``mod`` is greater than the one that Anki has. So
    ``output`` is the hash that was shipped with the ``mod``, and a new library does not change
    it. An image that is now replaced by a placeholder is no change: the old ``media`` are kept.
    """
    if old is None:
        return replace(new, mod=clock)
    known_media = iter(old.media)
    if _has_other_numbers(new, old):
        return replace(new, mod=max(clock, old.mod + 1))
    if new.made == old.made and all(name in known_media for name in new.media):  # a subsequence
        known = old.output or (new.output if new.media == old.media else "")
        return replace(new, mod=old.mod, media=old.media, output=known)
    if old.output and new.output == old.output:
        return replace(new, mod=old.mod)
    return replace(new, mod=max(clock, old.mod + 1))


def _has_other_numbers(new: LockEntry, old: LockEntry) -> bool:
    """Whether deletions have other numbers than in the note that was shipped."""
    shipped, now = ([p.number for p in e.hidden if p.is_hidden] for e in (old, new))
    return bool(shipped and now) and shipped != now


def stamp_notetypes(lock: Lock, drafts: Iterable[NoteTypeStamp], now: int) -> Lock:
    """Return the lock with the note types of ``drafts``, whose own ``mod`` is ignored.

    A known kind keeps its id. A kind that this build does not use stays. A changed fingerprint
    gets a later ``mod``, as with notes.
    """
    clock = mod_clock(lock, now)
    stamps = {stamp.kind: stamp for stamp in lock.notetypes}
    for new in drafts:
        old = stamps.get(new.kind)
        if old is None:
            stamps[new.kind] = replace(new, mod=clock)
        elif old.fingerprint != new.fingerprint:
            mod = max(clock, old.mod + 1)
            stamps[new.kind] = replace(old, fingerprint=new.fingerprint, mod=mod)
    return replace(lock, notetypes=tuple(stamps[kind] for kind in sorted(stamps)))
