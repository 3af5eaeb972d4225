"""A collection that no program has open, through Anki's own package ``anki``.

Everything is done by Anki's own functions, so that the collection syncs afterwards as if the
learner had done it. A backup comes first, and all steps are one entry of the undo list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as AnyOf
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cardwright.delivery.errors import AnkiError
from cardwright.delivery.values import (
    Held,
    HeldCard,
    HeldNote,
    HeldNoteType,
    NoteUpdate,
    Wanted,
)
from cardwright.diagnostics import Code
from cardwright.model import Guid, Media
from cardwright.notetypes import KINDS, notetype

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict

_CHUNK = 500
"""So many ids in one query: SQLite has a limit."""

_CONFIG = "cardwright"
"""The key among a collection's settings under which it says what it was given."""

_BACKUPS = "backups"
"""The folder beside a collection in which Anki keeps backups."""


@contextmanager
def opened(file: Path, deed: str = "push") -> Iterator[ClosedCollection]:
    """The collection in ``file``, until the block ends; ``deed`` is what its undo entry is called.

    AN801 where ``anki`` is not installed, AN802 where there is no collection or it cannot be read,
    AN803 where another program has it open.
    """
    if not file.is_file():
        _installed()
        message = f"there is no collection '{file}'"
        raise AnkiError(Code.NO_COLLECTION, message, "name the file collection.anki2 of a profile")
    collection = open_file(file)
    try:
        with backend_errors():
            yield ClosedCollection(collection, deed)
    finally:
        collection.close()


def open_file(file: Path) -> Collection:
    """Open a collection, or make it where there is none; raises as ``opened`` does."""
    made = _installed()
    from anki.errors import DBError

    try:
        collection: Collection = made(str(file))
    except DBError as error:
        if "already open" in str(error):
            message = f"'{file}' is open in another program"
            hint = "close Anki, or leave out --collection: a running Anki is reached by AnkiConnect"
            raise AnkiError(Code.COLLECTION_OPEN, message, hint) from error
        message = f"'{file}' cannot be opened: {error}"
        raise AnkiError(Code.NO_COLLECTION, message, _CHECK) from error
    return collection


def _installed() -> Any:
    """The class of a collection, where there is one."""
    try:
        from anki.collection import Collection
    except ImportError:
        message, hint = "the package 'anki' is not installed", "pip install 'cardwright[anki]'"
        raise AnkiError(Code.NO_ANKI, message, hint) from None
    return Collection


@contextmanager
def backend_errors() -> Iterator[None]:
    """Tell what Anki refuses in its own words: a full disk, a damaged collection."""
    from anki.errors import BackendError

    try:
        yield
    except BackendError as error:
        raise AnkiError(Code.ANKI_REFUSED, f"Anki refused a change: {error}", _CHECK) from error


_CHECK = "open it in Anki: Tools > Check Database repairs it"


class ClosedCollection:
    """A way into Anki: a collection that this program has open."""

    def __init__(
        self,
        collection: Collection,
        deed: str = "push",
        refresh: Callable[[], None] = lambda: None,
    ) -> None:
        self._col = collection
        self._deed = deed
        self._refresh = refresh
        self._undo: int | None = None

    @property
    def in_anki(self) -> Collection:
        """The collection as Anki's package has it; what changes it goes into ``one_step``."""
        return self._col

    def back_up(self) -> Path:
        """Make a backup as Anki does, before the first change; returns the folder it is in."""
        folder = Path(self._col.path).parent / _BACKUPS
        folder.mkdir(exist_ok=True)
        self._col.create_backup(backup_folder=str(folder), force=True, wait_for_completion=True)
        return folder

    def refresh(self) -> None:
        """Take in what another device changed meanwhile."""
        self._refresh()

    def held(self, wanted: Wanted) -> Held:
        """What the collection holds."""
        names = {deck.id: deck.name for deck in self._col.decks.all_names_and_ids()}
        ids = [stamp.id for stamp in wanted.lock.notetypes]
        types = [type_ for id_ in ids if (type_ := self._col.models.get(id_))]
        notes = self._notes(types, {entry.guid for entry in wanted.lock.entries}, names)
        home = "CASE WHEN odid THEN odid ELSE did END"
        rows = self._all(f"SELECT {home}, count() FROM cards GROUP BY 1")
        counts: Counter[str] = Counter()
        for deck, count in rows:
            counts[names.get(deck, "")] += count
        folder = Path(self._col.media.dir())
        return Held(
            self._collection_id(wanted, names, notes.values()),
            frozenset(names.values()),
            counts,
            frozenset(name for id_, name in names.items() if self._col.decks.is_filtered(id_)),
            tuple(map(_held_notetype, types)),
            notes,
            frozenset(name for name in wanted.media if (folder / name).is_file()),
            self._given(wanted.lock.project),
        )

    def _notes(
        self, types: Sequence[NotetypeDict], guids: AnyOf[Guid], decks: Mapping[int, str]
    ) -> dict[Guid, HeldNote]:
        fields = {type_["id"]: tuple(our_names(type_)) for type_ in types}
        rows = [
            row
            for some in _chunks(sorted(guids))
            for row in self._all(
                "SELECT id, guid, mid, mod, tags, flds FROM notes "
                f"WHERE guid IN ({', '.join('?' * len(some))}) ORDER BY id",
                *some,
            )
        ]
        cards = self._cards([row[0] for row in rows], decks)
        notes: dict[Guid, HeldNote] = {}
        for id_, guid, mid, mod, tags, text in rows:
            names = fields.get(mid)
            values = dict(zip(names, text.split("\x1f"), strict=False)) if names else {}
            values.pop("", None)
            notes[guid] = HeldNote(
                id_, guid, values, tuple(tags.split()), tuple(cards[id_]), mod, names is None
            )
        return notes

    def _cards(
        self, notes: Sequence[int], decks: Mapping[int, str]
    ) -> defaultdict[int, list[HeldCard]]:
        cards: defaultdict[int, list[HeldCard]] = defaultdict(list)
        for some in _chunks(notes):
            rows = self._all(
                "SELECT id, nid, ord, did, odid, due, odue, type, queue FROM cards "
                f"WHERE nid IN ({', '.join('?' * len(some))}) ORDER BY nid, ord",
                *some,
            )
            for id_, nid, ord_, did, odid, due, odue, type_, queue in rows:
                cards[nid].append(
                    HeldCard(
                        id_,
                        ord_,
                        decks.get(odid or did, ""),
                        odue if odid else due,
                        is_new=type_ == 0,
                        is_suspended=queue == -1,
                        is_borrowed=bool(odid),
                    )
                )
        return cards

    def _collection_id(
        self, wanted: Wanted, names: Mapping[int, str], notes: Iterable[HeldNote]
    ) -> str:
        """The id of the root deck, or of the deck that all of our cards are in."""
        ids = {name: id_ for id_, name in names.items()}
        return root_id(ids, wanted.root, notes)

    def _all(self, query: str, *values: object) -> Sequence[Any]:
        return self._col.db.all(query, *values) if self._col.db else ()

    def bring(self, package: Path, *, is_merging: bool) -> None:
        """Import as Anki's dialogue does when nothing in it is touched.

        With ``is_merging``, a field that the learner added stays, and does not part our note type
        in two. Anki would then also change notes of other types, so there must be none among them.
        """
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        options = ImportAnkiPackageOptions(merge_notetypes=is_merging)
        with self.one_step():
            self._col.import_anki_package(
                ImportAnkiPackageRequest(package_path=str(package), options=options)
            )
        self._col.models._clear_cache()  # it keeps what it read before

    def rename_deck(self, old: str, new: str) -> None:
        """Rename a deck. One that has the new name already goes, if no card is in it."""
        decks = self._col.decks
        with self.one_step():
            taken, id_ = decks.id_for_name(new), decks.id_for_name(old)
            if taken is not None and taken != id_:
                self._remove_empty([taken])
            if id_ is not None:
                decks.rename(id_, new)

    def delete_decks(self, names: Sequence[str]) -> None:
        ids = [id_ for name in names if (id_ := self._col.decks.id_for_name(name))]
        with self.one_step():
            self._remove_empty(ids)

    def _remove_empty(self, ids: Sequence[int]) -> None:
        """Anki deletes a deck with its cards, so nothing is deleted where there are any."""
        if not ids:
            return
        below = [id_ for each in ids for id_ in self._col.decks.deck_and_child_ids(each)]
        places = ", ".join("?" * len(below))
        query = f"SELECT count() FROM cards WHERE did IN ({places}) OR odid IN ({places})"
        (row,) = self._all(query, *below, *below)
        if row[0]:
            name = self._col.decks.name(ids[0])
            message = f"the deck '{name}' has cards, so it was not deleted"
            raise AnkiError(Code.ANKI_REFUSED, message, "push again; please report this")
        self._col.decks.remove(list(ids))

    def move_cards(self, cards: Sequence[int], deck: str) -> None:
        """A card that a filtered deck has borrowed stays there, and comes back to ``deck``."""
        with self.one_step():
            id_ = self._col.decks.id(deck)
            found = [self._col.get_card(card) for card in cards]
            borrowed = [card for card in found if card.odid]
            for card in borrowed:
                card.odid = id_
            self._col.update_cards(borrowed)
            self._col.set_deck([card.id for card in found if not card.odid], id_)

    def store(self, media: Media) -> None:
        self._col.media.write_data(media.name, media.content)

    def update(self, updates: Sequence[NoteUpdate]) -> None:
        notes = []
        for update in updates:
            note = self._col.get_note(update.note.id)
            type_ = note.note_type()
            assert type_ is not None  # it was there when the note was read
            at = {name: number for number, name in enumerate(our_names(type_)) if name}
            for name, text in update.fields.items():
                note.fields[at[name]] = text
            gone = {tag.casefold() for tag in update.removed_tags}
            note.tags = [tag for tag in note.tags if tag.casefold() not in gone]
            note.tags += update.added_tags
            notes.append(note)
        with self.one_step():
            self._col.update_notes(notes)

    def suspend(self, cards: Sequence[int], *, is_on: bool) -> None:
        with self.one_step():
            if is_on:
                self._col.sched.suspend_cards(cards)
            else:
                self._col.sched.unsuspend_cards(cards)

    def tag(self, notes: Sequence[int], tag: str, *, is_on: bool) -> None:
        with self.one_step():
            if is_on:
                self._col.tags.bulk_add(notes, tag)
            else:
                self._col.tags.bulk_remove(notes, tag)

    def delete_notes(self, notes: Sequence[int]) -> None:
        with self.one_step():
            self._col.remove_notes(list(notes))

    def delete_cards(self, cards: Sequence[int]) -> None:
        with self.one_step():
            self._col.remove_cards_and_orphaned_notes(list(cards))

    def place(self, positions: Mapping[int, int]) -> None:
        cards = [self._col.get_card(card) for card in positions]
        for card in cards:
            if card.odid:
                card.odue = positions[card.id]
            else:
                card.due = positions[card.id]
        with self.one_step():
            self._col.update_cards(cards)

    def remember(self, project: str, given: frozenset[str]) -> None:
        """Keep them among the collection's own settings, which sync."""
        told = self._col.get_config(_CONFIG, {})
        with self.one_step():
            others = told if isinstance(told, dict) else {}
            value = {**others, project: " ".join(sorted(given))}
            self._col.set_config(_CONFIG, value, undoable=True)

    def _given(self, project: str) -> frozenset[str] | None:
        told = self._col.get_config(_CONFIG, {})
        given = told.get(project) if isinstance(told, dict) else None
        return frozenset(given.split()) if isinstance(given, str) else None

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Put what the block does into the one step that undoes the whole push."""
        if self._undo is None:
            self.back_up()
            self._undo = self._col.add_custom_undo_entry(f"Cardwright {self._deed}")
        yield
        self._col.merge_undo_entries(self._undo)


def root_id(ids: Mapping[str, int], root: str, notes: Iterable[HeldNote]) -> str:
    """The id of the root deck, or of the deck that all of our cards are in; ``""`` for neither."""
    if root in ids:
        return str(ids[root])
    decks = [card.deck.split("::") for note in notes for card in note.cards if card.deck]
    if not decks:
        return ""
    shared = 0
    while all(len(parts) > shared and parts[shared] == decks[0][shared] for parts in decks):
        shared += 1
    return str(ids.get("::".join(decks[0][:shared]), ""))


def our_names(type_: NotetypeDict) -> Iterator[str]:
    """Our name of each field of a note type, by its id: the learner can rename it.

    ``""`` for a field that the learner added.
    """
    by_id = {field.id: field.name for kind in KINDS for field in notetype(kind, "").fields}
    for field in type_["flds"]:
        id_ = field.get("id")
        yield by_id.get(id_, "") if id_ is not None else field["name"]


def _held_notetype(type_: NotetypeDict) -> HeldNoteType:
    templates = {each["name"]: (each["qfmt"], each["afmt"]) for each in type_["tmpls"]}
    return HeldNoteType(type_["id"], type_["name"], type_["css"], templates, type_["mod"])


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
