"""Builds, brings Anki up to date, and records the delivery in the lock."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.building import build_deck
from cardwright.changes.old_notes import NO_OLD_NOTES, OldNotes
from cardwright.delivery.apply import RecordDeckIds, apply
from cardwright.delivery.compare import PushChoices, compare, delivery_history, delivery_mark
from cardwright.delivery.values import AnkiDeck, AnkiError, BuiltDeck, Differences
from cardwright.diagnostics import Code, Diagnostic, has_errors, shorten_both
from cardwright.disk.build_lock import build_lock
from cardwright.disk.lockfile import read_lock, write_lock
from cardwright.identify import Identified
from cardwright.lock import Lock
from cardwright.lock.deliveries import mark_deleted, mark_delivered, with_new_collection_id
from cardwright.pipeline import Assembly, Options, assemble
from cardwright.planning.shown import shown_text
from cardwright.source.names import shown_place

if TYPE_CHECKING:
    from cardwright.delivery.apply import AnkiConnection
    from cardwright.delivery.target import AnkiTarget


@dataclass(frozen=True, slots=True)
class Pushed:
    """The result of a push."""

    anki_deck: AnkiDeck
    found: Differences  # the differences before it
    left: Differences  # those after it, which are only reported
    is_done: bool  # false after a dry run, or if the user declined
    was: str = ""  # the collection's id before the push; a rename through AnkiConnect changes it


@dataclass(frozen=True, slots=True)
class PushResult:
    """The result. ``pushed`` is ``None`` after an error."""

    pushed: Pushed | None
    diagnostics: tuple[Diagnostic, ...]


def deliver(
    path: Path,
    output: Path,
    options: Options,
    target: AnkiTarget,
    choices: PushChoices,
    agree: Callable[[Differences, AnkiDeck], bool],
    *,
    is_dry_run: bool = False,
) -> PushResult:
    """Build ``path`` and bring Anki up to date, if ``agree`` accepts the differences.

    A dry run writes nothing, not even a package.

    The diagnostics are those of the build and those of the connection (AN801 to AN810, AN821 to
    AN825). Notes that are left alone have AN811 or AN812.
    """
    if is_dry_run:
        assembly, old = assemble(path, replace(options, output=output)), NO_OLD_NOTES
        diagnostics = assembly.diagnostics
    else:
        built = build_deck(path, output, options)
        assembly, old, diagnostics = built.assembly, built.old, built.diagnostics
    identified = assembly.identified
    if identified is None or has_errors(diagnostics, strict=options.is_strict):
        return PushResult(None, diagnostics)
    log = _DeliveryLog(assembly.lock_file, identified.lock, options)
    try:
        with target.opened(is_writing=not is_dry_run) as anki:
            wanted = built_deck(assembly, identified, old)
            pushed = push(wanted, anki, choices, agree, log.record_deck_ids)
    except AnkiError as error:
        return PushResult(None, (*diagnostics, error.diagnostic(target.name)))
    lock = ("--lock", options.lock_file.as_posix()) if options.lock_file else ()
    arguments = shlex.join((path.as_posix(), *lock, *target.arguments))
    diagnostics += tuple(left_alone(pushed.left, identified, assembly.folder, arguments))
    if pushed.is_done:
        diagnostics += log.record_delivery(pushed)
    return PushResult(pushed, diagnostics)


def built_deck(
    assembly: Assembly, identified: Identified, old: OldNotes = NO_OLD_NOTES
) -> BuiltDeck:
    """Return the deck to compare with Anki. ``old`` are the notes of the last package."""
    before = assembly.before
    return BuiltDeck(
        assembly.root,
        identified.lock,
        identified.notes,
        decks=assembly.decks,
        style=assembly.style,
        packed=old.by_guid,
        mods={entry.guid: entry.mod for entry in (before.entries if before else ())},
        old_root=before.deck if before else "",
    )


_MOST_ROUNDS = 5
"""Rounds of comparing and applying. For example, a card that an update adds is placed later."""


def push(
    wanted: BuiltDeck,
    anki: AnkiConnection,
    choices: PushChoices,
    agree: Callable[[Differences, AnkiDeck], bool],
    record_deck_ids: RecordDeckIds,
) -> Pushed:
    """Bring Anki up to date, if ``agree`` accepts the differences.

    A second push finds nothing to do. ``record_deck_ids`` gets the new ids of decks
    before they are renamed.
    """
    anki_deck = anki.read_deck(wanted)
    history = delivery_history(wanted, anki_deck)
    found = left = compare(wanted, anki_deck, choices, history)
    if not agree(found, anki_deck):
        return Pushed(anki_deck, found, left, is_done=False)
    anki.refresh()  # the user may have taken a while to answer
    anki_deck = anki.read_deck(wanted)
    agreed, found = found, compare(wanted, anki_deck, choices, history)
    if not found.deletions <= agreed.deletions and not agree(found, anki_deck):
        return Pushed(anki_deck, found, found, is_done=False)
    left, was = found, anki_deck.known
    for _ in range(_MOST_ROUNDS):
        if left.is_nothing:
            break
        apply(left, wanted, anki_deck, anki, record_deck_ids)
        anki_deck = anki.read_deck(wanted)
        left = compare(wanted, anki_deck, choices, history)
    marks = anki_deck.delivered_marks or frozenset()
    marks |= {delivery_mark(guid) for guid in (*history.notes, *anki_deck.notes)}
    marks -= {delivery_mark(note.guid) for note in found.pruned}
    if anki_deck.delivered_marks != marks:
        anki.store_delivered(wanted.lock.project, marks)
    return Pushed(anki_deck, found, left, is_done=True, was=was)


@dataclass(slots=True)
class _DeliveryLog:
    """Records deliveries in the lock, or leaves it to the next push if another build changed it."""

    file: Path
    lock: Lock  # what this command last wrote
    options: Options

    def record_deck_ids(self, ids: Mapping[int, int]) -> None:
        """Record the new ids of decks, before they are renamed. Anki may crash at any time.

        Raises ``AnkiError`` if that fails: without them, the next push would take the deck for
        another one.
        """
        wanted = self.lock
        for old, new in ids.items():
            wanted = with_new_collection_id(wanted, str(old), str(new))
        if problems := self._write(wanted):
            raise AnkiError(problems[0].code, problems[0].message, problems[0].hint)
        if self.lock != wanted:
            message = f"another build changed '{self.file.name}' before a deck was renamed"
            raise AnkiError(Code.BUILD_RUNNING, message, "push again")

    def record_delivery(self, pushed: Pushed) -> tuple[Diagnostic, ...]:
        """Record that this collection is up to date."""
        collection = pushed.anki_deck.collection
        pruned = [note.guid for note in pushed.found.pruned]
        lock = with_new_collection_id(self.lock, pushed.was, collection)
        lock = mark_delivered(lock, collection, self.options.now)
        return self._write(mark_deleted(lock, collection, pruned))

    def _write(self, changed: Lock) -> tuple[Diagnostic, ...]:
        with build_lock(self.file, self.options.notify) as build:
            if has_errors(build.problems, strict=False):
                return build.problems
            lock, _ = read_lock(self.file)
            if lock != self.lock or changed == lock:
                return ()
            problems = tuple(write_lock(self.file, changed, build.key))
            if not problems:
                self.lock = changed
            return problems


def left_alone(
    found: Differences, identified: Identified, folder: Path, arguments: str
) -> Iterator[Diagnostic]:
    """Yield AN811 for each field that both sides changed, AN812 for another note type."""
    places = {each.entry.guid: shown_place(folder, each.place) for each in identified.identities}
    for conflict in found.conflicts:
        name = conflict.field.lower()
        message = f"the {name} was changed in Anki and here; Anki keeps its version"
        theirs, ours = shown_text(conflict.theirs), shown_text(conflict.ours)
        hint = f"'cardwright push {arguments} --ours' replaces it there"
        if theirs == ours:
            hint = f"the words are the same, and only their look differs; {hint}"
        else:
            there, here = shorten_both(theirs, ours)
            pull = f"'cardwright pull {arguments} --theirs --apply' brings Anki's text here"
            hint = f"in Anki: '{there}'; here: '{here}'; {pull}, {hint}"
        yield Diagnostic(places[conflict.guid], Code.BOTH_CHANGED, message, hint)
    for guid in found.foreign:
        message = "the note has another note type in Anki, so it is not changed there"
        hint = "change it back in Anki: Browse, then Notes > Change Note Type"
        yield Diagnostic(places[guid], Code.OTHER_NOTETYPE, message, hint)
