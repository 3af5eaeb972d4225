"""Plans a build: what it would do, without doing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cardwright.building import Built, digest_of, packed_text, write_package
from cardwright.changes.empty_cards import card_counts
from cardwright.changes.old_notes import OldNotes, changed_notes, old_notes
from cardwright.diagnostics import has_errors, shorten
from cardwright.disk import workspace
from cardwright.disk.lockfile import check_lock, would_change
from cardwright.identify import Identified, Identity
from cardwright.identify.kinds import changed_kinds, newly_retired
from cardwright.lock import Lock, LockEntry
from cardwright.lock.text import format_lock
from cardwright.model import Note
from cardwright.notetypes import fingerprint, notetype
from cardwright.package import check_size
from cardwright.pipeline import Assembly, Options, assemble
from cardwright.planning.differences import differences
from cardwright.planning.values import (
    BuildPlan,
    ChangeKind,
    Difference,
    NoteChange,
    NoteTypeChange,
    RetiredNote,
)

__all__ = ["plan_build", "planned_changes"]


def plan_build(path: Path, output: Path, options: Options) -> BuildPlan:
    """Return what ``build_deck`` would do with the same arguments. Writes nothing.

    After an error, ``built`` has no package and the plan has no notes. The old texts come from
    the package in ``output``.
    """
    assembly = assemble(path, replace(options, output=output))
    identified = assembly.identified
    if identified is None:
        return BuildPlan(Built(assembly, assembly.diagnostics))
    diagnostics = (*assembly.diagnostics, *check_lock(assembly.lock_file, identified.lock))
    if has_errors(diagnostics, strict=options.is_strict):
        return BuildPlan(Built(assembly, diagnostics))
    options.step("packing", 0, 1)
    package, lock = output / assembly.package_name, format_lock(identified.lock)
    with workspace(Path()) as folder:
        made = Path(folder) / package.name
        packed = packed_text(identified.lock, lock)
        write_package(assembly, identified, packed, package, made)
        diagnostics += check_size(made, package.name)
        size, digest = made.stat().st_size, digest_of(made)
    if has_errors(diagnostics, strict=options.is_strict):
        return BuildPlan(Built(assembly, diagnostics))
    plan = planned_changes(assembly, identified, package)
    return replace(
        plan,
        built=Built(assembly, diagnostics, package, size, digest, plan.built.old),
        is_lock_changed=would_change(assembly.lock_file, lock),
        is_package_changed=_is_other(package, digest),
    )


def planned_changes(assembly: Assembly, identified: Identified, package: Path) -> BuildPlan:
    """Return what a build would do to notes and note types.

    ``package`` is where the package would be, and where the last one is.
    """
    before = assembly.before or Lock(identified.lock.project)
    old = old_notes(assembly.before, package, changed_notes(identified))
    return BuildPlan(
        Built(assembly, assembly.diagnostics, old=old),
        planned_notes(assembly, identified, old),
        tuple(retired_notes(assembly, identified)),
        tuple(notetype_changes(before, identified.lock, assembly.style)),
    )


def _is_other(package: Path, digest: str) -> bool:
    """Whether there is a package with other bytes."""
    try:
        return package.is_file() and digest_of(package) != digest
    except OSError:
        return False


def planned_notes(
    assembly: Assembly, identified: Identified, old: OldNotes
) -> tuple[NoteChange, ...]:
    """Return the changed notes of the package and the newly retired ones, by kind of change.

    The notes of a kind are in source order. A retired note is left out if its question only changed
    its note type.
    """
    kinds = changed_kinds(identified)
    replaced = {entry.guid for entry in kinds.values()}
    changes = [
        _note_change(assembly.folder, identity, note, kinds.get(note.guid), old)
        for identity, note in zip(identified.identities, identified.notes, strict=True)
    ]
    for entry in newly_retired(identified):
        if entry.guid not in replaced:
            path = (assembly.folder / entry.file).as_posix()
            change = NoteChange(ChangeKind.RETIRED, entry.guid, path, 0, entry.front, entry.deck)
            changes.append(change)
    order = list(ChangeKind)
    return tuple(sorted(filter(None, changes), key=lambda note: order.index(note.what)))


def _note_change(
    folder: Path, identity: Identity, note: Note, was: LockEntry | None, old: OldNotes
) -> NoteChange | None:
    """Return the change of a note, ``None`` if there is none.

    ``was`` is the note before its note type changed.
    """
    packed = old.note_for(identity.before) if identity.before else None
    changes = differences(identity, note, packed, old.unknown)
    what = ChangeKind.KIND if was else _what(identity, changes)
    if what is None:
        return None
    if was:
        changes = (
            Difference("kind", was.kind, note.kind),
            Difference("retired", was.guid, None, f"the old note, {was.guid}"),
        )
    elif identity.weak_match:
        words = f"'{shorten(identity.weak_match.front)}' in other words: then write "
        words += f"{{#{identity.weak_match.guid}}} at its end"
        changes = (Difference("perhaps", identity.weak_match.guid, None, words),)
    path, line = (folder / identity.place.path).as_posix(), identity.place.line
    counts = card_counts(identity, note, packed)
    return NoteChange(what, note.guid, path, line, note.plain, note.deck, changes, *counts)


_BY_PART = {
    "question": ChangeKind.REWORDED,
    "text": ChangeKind.ANSWER,
    "answer": ChangeKind.ANSWER,
    "hint": ChangeKind.ANSWER,
    "extra": ChangeKind.ANSWER,
    "cards": ChangeKind.CARDS,
    "tags": ChangeKind.TAGS,
    "context": ChangeKind.TAGS,
    "images": ChangeKind.IMAGES,
    "settings": ChangeKind.SETTINGS,
    "unclear": ChangeKind.UNCLEAR,
    "deck": ChangeKind.MOVED,
    "spelling": ChangeKind.LOCK,
    "place": ChangeKind.LOCK,
    "id": ChangeKind.LOCK,
}


def _what(identity: Identity, changes: Sequence[Difference]) -> ChangeKind | None:
    """Return the most important kind of change, or ``None`` if nothing changes."""
    if identity.before is None:
        return ChangeKind.NEW
    if identity.before.is_retired:
        return ChangeKind.RETURNED
    order = list(ChangeKind)
    return min((_BY_PART[change.part] for change in changes), key=order.index, default=None)


def retired_notes(assembly: Assembly, identified: Identified) -> Iterator[RetiredNote]:
    """Yield all retired notes, in the order of the lock."""
    now = {*identified.changes.retired}
    for entry in identified.lock.entries:
        if entry.is_retired:
            path = (assembly.folder / entry.file).as_posix()
            yield RetiredNote(entry, path, entry.guid in now)


def notetype_changes(before: Lock, lock: Lock, style: str) -> Iterator[NoteTypeChange]:
    """Yield the note types that an import adds or changes. ``style`` is the deck's CSS."""
    known = {stamp.kind: stamp for stamp in before.notetypes}
    for stamp in lock.notetypes:
        name = notetype(stamp.kind, lock.deck).name
        old = known.get(stamp.kind)
        if old is None:
            yield NoteTypeChange(name, "is new")
        elif old.mod != stamp.mod:
            words = []
            if before.deck != lock.deck:
                words.append(f"is renamed, from '{notetype(stamp.kind, before.deck).name}'")
            if before.katex != lock.katex:
                words.append("gets the stylesheet and fonts of KaTeX, for formulas")
            if fingerprint(stamp.kind, before.deck, before.katex, style) != old.fingerprint:
                words.append("has another style or other templates")
            yield NoteTypeChange(name, ", ".join(words) or "has another style")
