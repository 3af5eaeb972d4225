"""Change times: when what Anki has must give way to what a build made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cardwright.lock import Lock, LockEntry
from cardwright.model import NoteTypeStamp


def mod_clock(lock: Lock, now: int) -> int:
    """Seconds since 1970 for what changes in this build: never before any change of the lock,
    and after each delivery, whatever the computer's clock says."""
    mods = [entry.mod for entry in lock.entries] + [stamp.mod for stamp in lock.notetypes]
    return max([now, *mods, *(delivery.at + 1 for delivery in lock.deliveries)])


def stamped(new: LockEntry, old: LockEntry | None, clock: int) -> LockEntry:
    """The new entry with the ``mod`` of the old one, while either what it was made from or what
    came out of it is the same; else with a later one.

    Anki's importer takes a note whose ``mod`` is greater than the one it has, and no other. So
    ``output`` is that of the ``mod``, as learners have it: it does not change with a library. An
    image that only a placeholder stands for now is no change: the old ``media`` are kept.
    """
    if old is None:
        return replace(new, mod=clock)
    if new.made == old.made and _is_within(new.media, old.media):
        known = old.output or (new.output if new.media == old.media else "")
        return replace(new, mod=old.mod, media=old.media, output=known)
    if old.output and new.output == old.output:
        return replace(new, mod=old.mod)
    return replace(new, mod=max(clock, old.mod + 1))


def _is_within(some: tuple[str, ...], all_of_them: tuple[str, ...]) -> bool:
    """Whether ``some`` are left of ``all_of_them``, in the same order."""
    rest = iter(all_of_them)
    return all(name in rest for name in some)


def stamp_notetypes(lock: Lock, drafts: Iterable[NoteTypeStamp], now: int) -> Lock:
    """The lock with the note types of ``drafts``, whose ``mod`` is not looked at.

    A known kind keeps its id; a kind that this build does not use stays. The rule of ``mod`` is
    that of notes.
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
