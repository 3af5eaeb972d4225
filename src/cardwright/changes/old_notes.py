"""Reads the notes of the last build from its package, because the lock has only hashes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cardwright.identify import Identified
from cardwright.lock import Lock, LockEntry
from cardwright.model import Guid
from cardwright.package import file_name
from cardwright.package.packed import NotReadable, read_package
from cardwright.package.packed_notes import PackedNote


@dataclass(frozen=True, slots=True)
class OldNotes:
    """Notes by GUID. ``unknown`` says why others are missing."""

    unknown: str
    by_guid: Mapping[str, PackedNote] = field(default_factory=dict)

    def note_for(self, entry: LockEntry | None) -> PackedNote | None:
        """Return the note if its ``mod`` is that of the lock's entry, else ``None``."""
        note = self.by_guid.get(entry.guid) if entry else None
        return note if entry and note and note.mod == entry.mod else None


NO_OLD_NOTES = OldNotes("nothing was changed")


def changed_notes(identified: Identified) -> frozenset[Guid]:
    """Return the notes that the build changes, whose old state is worth reading."""
    return frozenset(
        identity.entry.guid
        for identity in identified.identities
        if identity.before and identity.before.mod != identity.entry.mod
    )


def old_notes(before: Lock | None, package: Path, wanted: Collection[Guid]) -> OldNotes:
    """Read the ``wanted`` notes from the package of the last build.

    That is ``package``, or the one beside it with the root deck's previous name, which is in
    the lock ``before``.
    """
    if not wanted:
        return NO_OLD_NOTES
    if before and before.deck and not package.is_file():
        package = package.with_name(file_name(before.deck))
    if not package.is_file() or package.is_symlink():
        return OldNotes(f"there is no package in {package.parent.as_posix()}/")
    packed = read_package(package, wanted)
    if isinstance(packed, NotReadable):
        return OldNotes(f"{package.as_posix()} {packed.reason}")
    by_guid = {note.guid: note for note in packed.notes}
    return OldNotes(f"{package.as_posix()} is of another build", by_guid)
