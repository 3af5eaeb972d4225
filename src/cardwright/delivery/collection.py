"""Changes a collection that no program has open, with Anki's package ``anki``.

Only Anki's own functions change it. So it syncs afterwards as if the learner had made the changes.
A backup is made first, and all steps are one undo entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cardwright.delivery.apply import RecordDeckIds
from cardwright.delivery.tables import SETTINGS, our_names, own_settings, read_collection
from cardwright.delivery.values import AnkiDeck, AnkiError, BuiltDeck, NoteUpdate, PresetUpdate
from cardwright.diagnostics import Code
from cardwright.model import Media

if TYPE_CHECKING:
    from anki.collection import Collection

_BACKUPS = "backups"  # the folder of Anki's backups, beside the collection


@contextmanager
def opened(file: Path, action: str = "push") -> Iterator[ClosedCollection]:
    """Open the collection in ``file`` until the block ends. ``action`` names its undo entry.

    AN801 if ``anki`` is not installed, AN802 if the collection is missing or unreadable, AN803
    if another program has it open.
    """
    if not file.is_file():
        _installed()
        raise missing_collection(file)
    with closing(open_file(file)) as collection, backend_errors():
        yield ClosedCollection(collection, action)


def open_file(file: Path) -> Collection:
    """Open a collection, or create it. Raises like ``opened``."""
    made = _installed()
    from anki.errors import DBError

    try:
        return made(str(file))
    except DBError as error:
        if "already open" in str(error):
            raise open_collection(file) from error
        raise damaged_collection(file, error) from error


def open_collection(file: Path) -> AnkiError:
    """Return AN803 for a file that another program has open."""
    hint = (
        "close Anki; 'push' and 'pull' can also reach it while it is open: 'cardwright rule AN803'"
    )
    return AnkiError(Code.COLLECTION_OPEN, f"'{file}' is open in another program", hint)


def missing_collection(file: Path) -> AnkiError:
    """Return AN802 for a file that does not exist."""
    message = f"there is no collection '{file}'"
    return AnkiError(Code.NO_COLLECTION, message, "name the file collection.anki2 of a profile")


def damaged_collection(file: Path, error: Exception) -> AnkiError:
    """Return AN802 for a collection that cannot be opened."""
    return AnkiError(Code.NO_COLLECTION, f"'{file}' cannot be opened: {error}", _CHECK)


def _installed() -> Any:
    """Return the class of a collection. AN801 if ``anki`` is not installed."""
    try:
        from anki.collection import Collection
    except ImportError:
        message, hint = "the package 'anki' is not installed", "pip install 'cardwright[anki]'"
        raise AnkiError(Code.NO_ANKI, message, hint) from None
    return Collection


@contextmanager
def backend_errors() -> Iterator[None]:
    """Turn errors of Anki, such as a full disk, into AN810 with Anki's own words."""
    from anki.errors import BackendError

    try:
        yield
    except BackendError as error:
        raise AnkiError(Code.ANKI_REFUSED, f"Anki refused a change: {error}", _CHECK) from error


_CHECK = "open it in Anki: Tools > Check Database repairs it"


class ClosedCollection:
    """A connection to Anki: a collection that this program has open.

    ``raw`` is the collection of Anki's package. Change it only inside ``undo_step``.
    """

    def __init__(
        self,
        collection: Collection,
        action: str = "push",
        refresh: Callable[[], object] = lambda: None,
    ) -> None:
        self.raw = collection
        self._action = action
        self._refresh = refresh
        self._undo: int | None = None
        self._is_backed_up = False

    def refresh(self) -> None:
        """Fetch what another device changed meanwhile."""
        self._refresh()

    def read_deck(self, wanted: BuiltDeck) -> AnkiDeck:
        """Return what the collection has."""
        return read_collection(self.raw, wanted)

    def import_package(self, package: Path, *, is_merging: bool) -> None:
        """Import a package with the default options of Anki's dialog.

        With ``is_merging``, a field that the learner added stays, and does not split our note
        type in two. Anki would then also change notes of other types. So the package must not
        contain any.
        """
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        options = ImportAnkiPackageOptions(merge_notetypes=is_merging)
        with self.undo_step():
            self.raw.import_anki_package(
                ImportAnkiPackageRequest(package_path=str(package), options=options)
            )
        self.raw.models._clear_cache()  # it would return the old note types

    def rename_deck(self, old: str, new: str, record_deck_ids: RecordDeckIds) -> None:  # noqa: ARG002 (ids stay)
        """Rename a deck. An empty deck with the new name is replaced."""
        decks = self.raw.decks
        with self.undo_step():
            taken, id_ = decks.id_for_name(new), decks.id_for_name(old)
            if taken is not None and taken != id_:
                self._remove_empty([taken])
            if id_ is not None:
                decks.rename(id_, new)

    def delete_decks(self, names: Sequence[str]) -> None:
        ids = [id_ for name in names if (id_ := self.raw.decks.id_for_name(name))]
        with self.undo_step():
            self._remove_empty(ids)

    def _remove_empty(self, ids: Sequence[int]) -> None:
        """Delete decks, unless they have cards: Anki would delete the cards too."""
        if not ids:
            return
        below = [id_ for each in ids for id_ in self.raw.decks.deck_and_child_ids(each)]
        places = ", ".join("?" * len(below))
        query = f"SELECT count() FROM cards WHERE did IN ({places}) OR odid IN ({places})"
        if self.raw.db and self.raw.db.scalar(query, *below, *below):
            name = self.raw.decks.name(ids[0])
            message = f"the deck '{name}' has cards, so it was not deleted"
            raise AnkiError(Code.ANKI_REFUSED, message, "push again; please report this")
        self.raw.decks.remove(list(ids))

    def move_cards(self, cards: Sequence[int], deck: str) -> None:
        """Move cards. A card in a filtered deck stays there, and returns to ``deck`` later."""
        with self.undo_step():
            id_ = self.raw.decks.id(deck)
            found = [self.raw.get_card(card) for card in cards]
            borrowed = [card for card in found if card.odid]
            for card in borrowed:
                card.odid = id_
            self.raw.update_cards(borrowed)
            self.raw.set_deck([card.id for card in found if not card.odid], id_)

    def store(self, media: Media) -> None:
        self.raw.media.write_data(media.name, media.content)

    def update(self, updates: Sequence[NoteUpdate]) -> None:
        notes = []
        for update in updates:
            note = self.raw.get_note(update.note.id)
            type_ = note.note_type()
            assert type_ is not None  # it was there when the note was read
            at = {name: number for number, name in enumerate(our_names(type_)) if name}
            for name, text in update.fields.items():
                note.fields[at[name]] = text
            gone = {tag.casefold() for tag in update.removed_tags}
            note.tags = [tag for tag in note.tags if tag.casefold() not in gone]
            note.tags += update.added_tags
            notes.append(note)
        with self.undo_step():
            self.raw.update_notes(notes)

    def suspend(self, cards: Sequence[int], *, is_on: bool) -> None:
        scheduler = self.raw.sched
        change = scheduler.suspend_cards if is_on else scheduler.unsuspend_cards
        with self.undo_step():
            change(cards)

    def tag(self, notes: Sequence[int], tag: str, *, is_on: bool) -> None:
        change = self.raw.tags.bulk_add if is_on else self.raw.tags.bulk_remove
        with self.undo_step():
            change(notes, tag)

    def delete_notes(self, notes: Sequence[int]) -> None:
        with self.undo_step():
            self.raw.remove_notes(list(notes))

    def delete_cards(self, cards: Sequence[int]) -> None:
        with self.undo_step():
            self.raw.remove_cards_and_orphaned_notes(list(cards))

    def set_positions(self, positions: Mapping[int, int]) -> None:
        cards = [self.raw.get_card(card) for card in positions]
        for card in cards:
            if card.odid:
                card.odue = positions[card.id]
            else:
                card.due = positions[card.id]
        with self.undo_step():
            self.raw.update_cards(cards)

    def write_preset(self, preset: PresetUpdate) -> int:
        """Write a preset. Anki cannot undo this, nor what was done before; there is the backup."""
        self._once_backed_up()
        decks, id_ = self.raw.decks, preset.id
        if id_ is None:
            id_ = int(decks.add_config_returning_id(preset.name, preset.options))
        else:
            decks.update_config({**preset.options, "id": id_})
        self._undo = None
        return id_

    def use_preset(self, decks: Sequence[str], id_: int) -> None:
        with self.undo_step():
            for name in decks:
                deck = self.raw.decks.get(self.raw.decks.id(name) or 0)
                if deck is not None and "conf" in deck:
                    deck["conf"] = id_
                    self.raw.decks.update_dict(deck)

    def store_delivered(self, project: str, marks: frozenset[str]) -> None:
        """Store the marks in the collection's settings, which sync."""
        value = {**own_settings(self.raw), project: " ".join(sorted(marks))}
        with self.undo_step():
            self.raw.set_config(SETTINGS, value, undoable=True)

    def at_once(self, change: Callable[[], None]) -> None:
        """Write all that ``change`` does, or nothing of it, even if the program is killed."""
        self._once_backed_up()
        assert self.raw.db is not None  # it is open
        self.raw.db.transact(change)

    def _once_backed_up(self) -> None:
        """Make a backup like Anki's before the first change."""
        if not self._is_backed_up:
            folder = Path(self.raw.path).parent / _BACKUPS
            folder.mkdir(exist_ok=True)
            self.raw.create_backup(backup_folder=str(folder), force=True, wait_for_completion=True)
            self._is_backed_up = True

    @contextmanager
    def undo_step(self) -> Iterator[None]:
        """Merge what the block does into the undo entry of the whole push."""
        self._once_backed_up()
        if self._undo is None:
            self._undo = self.raw.add_custom_undo_entry(f"Cardwright {self._action}")
        try:
            yield
        finally:
            self.raw.merge_undo_entries(self._undo)
