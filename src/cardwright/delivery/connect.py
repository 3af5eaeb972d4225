"""Changes a running Anki through the add-on AnkiConnect.

The add-on cannot rename a deck, delete a card or return a note's GUID. So a deck is renamed by
moving its cards to a new one. Cards are deleted together with a deck that has no other cards. And
a note is recognized by its field Id.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from cardwright.deck_names import is_within_in_anki, renamed
from cardwright.delivery.addon import (
    KEY_VARIABLE,
    Addon,
    Request,
    Timeouts,
    expect,
    expect_all,
    not_ankiconnect,
)
from cardwright.delivery.apply import RecordDeckIds
from cardwright.delivery.decks import DETOUR
from cardwright.delivery.running import FieldNames, read_anki_deck, read_decks
from cardwright.delivery.tables import chunks
from cardwright.delivery.values import AnkiDeck, AnkiError, BuiltDeck, NoteUpdate, PresetUpdate
from cardwright.diagnostics import Code
from cardwright.model import Guid, Media

DOOMED = "Cardwright: cards to delete"
"""A temporary deck, which is deleted with the cards in it."""

_PACKAGE = "_cardwright-push.apkg"
"""The name of the package in the media folder of an Anki that cannot read our files."""
_CHUNK = 2000  # cards or notes in one action at most


@contextmanager
def opened(address: str, timeouts: Timeouts | None = None) -> Iterator[RunningAnki]:
    """Connect to the Anki at ``address`` until the block ends. Raises like ``Addon``."""
    addon = Addon(address, os.environ.get(KEY_VARIABLE, ""), timeouts)
    addon.check_connection()
    anki = RunningAnki(addon)
    yield anki
    anki.show()  # not after an error: Anki may be gone, and each call would wait for it


class RunningAnki:
    """A connection to Anki: the running program."""

    def __init__(self, addon: Addon) -> None:
        self._addon = addon
        self._fields: Mapping[Guid, FieldNames] = {}
        self._has_written = False

    def show(self) -> None:
        """Make Anki's windows show what was written.

        AnkiConnect refreshes them before it writes. So they lack the result of the last action.
        """
        if self._has_written:
            self._addon.call("addTags", notes=[], tags="")

    def refresh(self) -> None:
        """Do nothing: the running program is always current."""

    def store_delivered(self, project: str, marks: frozenset[str]) -> None:
        """Do nothing: the add-on cannot store settings, and the lock has the same data."""

    def read_deck(self, wanted: BuiltDeck) -> AnkiDeck:
        """Return what Anki has. A new card in a filtered deck counts as not new."""
        anki_deck, self._fields = read_anki_deck(self._addon, wanted)
        return anki_deck

    def import_package(self, package: Path, *, is_merging: bool) -> None:  # noqa: ARG002 (it always does)
        """Import a package. Presets stay unchanged."""
        if self._addon.is_local:
            try:
                self._import(str(package.resolve()))
            except AnkiError as error:
                if error.code is not Code.ANKI_REFUSED:
                    raise
            else:
                return
            # Anki may run in a container and not see our files.
        content = base64.b64encode(package.read_bytes()).decode()
        self._write([("storeMediaFile", {"filename": _PACKAGE, "data": content})])
        try:
            folder = self._addon.call("getMediaDirPath")
            if not isinstance(folder, str):
                raise not_ankiconnect()
            separator = "\\" if "\\" in folder else "/"
            self._import(f"{folder}{separator}{_PACKAGE}")
        finally:
            self._write([("deleteMediaFile", {"filename": _PACKAGE})])

    def _import(self, path: str) -> None:
        self._has_written = True
        self._addon.call("importPackage", path=path)

    def rename_deck(self, old: str, new: str, record_deck_ids: RecordDeckIds) -> None:
        """Move the cards of a deck and its subdecks to new decks with the same options.

        All new decks exist, and their ids are noted, before a card moves. So after a killed push,
        the next one only has to move cards. Filtered decks stay where they are.
        """
        if old.casefold() == new.casefold():  # the same deck for Anki
            between = f"{new}{DETOUR}"
            self.rename_deck(old, between, record_deck_ids)
            self.rename_deck(between, new, record_deck_ids)
            return
        decks = read_decks(self._addon)
        names = [name for name in decks.cards if is_within_in_anki(name, old)]
        targets = [renamed(name, old, new) for name in names]
        spelled = {target.casefold(): target for target in targets}
        others = [name for name in decks.cards if spelled.get(name.casefold(), name) != name]
        self.delete_decks(others)
        ids = self._created(targets)
        record_deck_ids({decks.ids[name]: id_ for name, id_ in zip(names, ids, strict=True)})
        targets = self._names_of(ids)
        self._copy_options(names, targets)
        self._write(
            [
                request
                for name, target in zip(names, targets, strict=True)
                for request in _in_chunks("changeDeck", "cards", decks.cards[name], deck=target)
            ]
        )
        self.delete_decks(names)

    def _created(self, decks: Sequence[str]) -> list[int]:
        """Create decks, unless they exist, and return their ids."""
        return expect_all(int, self._write([("createDeck", {"deck": deck}) for deck in decks]))

    def _names_of(self, ids: Sequence[int]) -> list[str]:
        """Return the names of decks as Anki spells them.

        A new subdeck gets the spelling of a parent that exists, and the add-on finds decks only by
        their exact names.
        """
        found = expect(dict, self._addon.call("deckNamesAndIds"))
        names = {expect(int, id_): expect(str, name) for name, id_ in found.items()}
        return [expect(str, names.get(id_)) for id_ in ids]

    def _copy_options(self, names: Sequence[str], targets: Sequence[str]) -> None:
        options = self._addon.all([("getDeckConfig", {"deck": name}) for name in names])
        requests: list[Request] = [
            ("setDeckConfigId", {"decks": [target], "configId": expect(dict, each).get("id")})
            for target, each in zip(targets, options, strict=True)
        ]
        if not all(each is True for each in self._write(requests)):
            raise _refusal("a renamed deck does not get its options")

    def delete_decks(self, names: Sequence[str]) -> None:
        """Delete those decks that have no cards and no subdecks, the lowest first.

        Anki deletes a deck with its cards and subdecks, so this checks them first. All are
        deleted in one action. If only some were, the next push would not recognize the rest.
        """
        if not names:
            return
        decks = read_decks(self._addon)
        there = {*decks.ids}
        empty: list[str] = []
        for name in sorted(names, key=lambda name: (-name.count("::"), name)):
            if name in decks.cards and not decks.cards[name] and not _below(name, there):
                empty.append(name)
                there.discard(name)
        if empty:
            self._write([("deleteDecks", {"decks": empty, "cardsToo": True})])

    def move_cards(self, cards: Sequence[int], deck: str) -> None:
        """Move cards to a deck. Cards in a filtered deck leave it."""
        self._write([*_in_chunks("changeDeck", "cards", cards, deck=deck)])

    def store(self, media: Media) -> None:
        content = base64.b64encode(media.content).decode()
        request = ("storeMediaFile", {"filename": media.name, "data": content})
        if self._write([request]) != [media.name]:
            raise _refusal(f"the file '{media.name}' would get another name")

    def update(self, updates: Sequence[NoteUpdate]) -> None:
        """Update notes, tags first, because a field records which tags were shipped."""
        self._write([request for update in updates for request in self._changes(update)])

    def _changes(self, update: NoteUpdate) -> Iterator[Request]:
        note = update.note
        gone = {tag.casefold() for tag in update.removed_tags}
        kept = [tag for tag in note.tags if tag.casefold() not in gone]
        for tag in update.removed_tags:
            yield _removal(note.id, tag, kept)
        if update.added_tags:
            yield "addTags", {"notes": [note.id], "tags": " ".join(update.added_tags)}
        if update.fields:
            names = self._fields[note.guid]
            fields = {names[name]: value for name, value in update.fields.items()}
            yield "updateNoteFields", {"note": {"id": note.id, "fields": fields}}

    def suspend(self, cards: Sequence[int], *, is_on: bool) -> None:
        self._write([*_in_chunks("suspend" if is_on else "unsuspend", "cards", cards)])

    def tag(self, notes: Sequence[int], tag: str, *, is_on: bool) -> None:
        self._write([*_in_chunks("addTags" if is_on else "removeTags", "notes", notes, tags=tag)])

    def delete_notes(self, notes: Sequence[int]) -> None:
        self._write([*_in_chunks("deleteNotes", "notes", notes)])

    def delete_cards(self, cards: Sequence[int]) -> None:
        """Move the cards to a temporary deck and delete it, in one request.

        Anki does nothing else in between. If it crashes there, the deck and the cards are left.
        The next push then uses the deck again.
        """
        decks = read_decks(self._addon)
        deck = DOOMED
        while not set(decks.cards.get(deck, ())) <= {*cards} or deck in decks.filtered:
            deck += "!"
        if _below(deck, decks.ids):
            raise _refusal(f"there are decks below '{deck}'")
        moves = _in_chunks("changeDeck", "cards", cards, deck=deck)
        self._write([*moves, ("deleteDecks", {"decks": [deck], "cardsToo": True})])

    def set_positions(self, positions: Mapping[int, int]) -> None:
        requests = [
            ("setSpecificValueOfCard", {"card": card, "keys": ["due"], "newValues": [place]})
            for card, place in positions.items()
        ]
        if any(answer != [True] for answer in self._write(requests)):
            raise _refusal("a new card does not get its place")

    def write_preset(self, preset: PresetUpdate) -> int:
        id_ = preset.id
        if id_ is None:  # the add-on can only copy the preset Default
            (made,) = self._write([("cloneDeckConfigId", {"name": preset.name})])
            if not made:
                raise _refusal(f"the preset '{preset.name}' cannot be made")
            id_ = expect(int, made)
        config = {**preset.options, "id": id_}
        if self._write([("saveDeckConfig", {"config": config})]) != [True]:
            raise _refusal(f"the preset '{preset.name}' does not get its options")
        return id_

    def use_preset(self, decks: Sequence[str], id_: int) -> None:
        names = self._names_of(self._created(decks))
        request = ("setDeckConfigId", {"decks": names, "configId": id_})
        if self._write([request]) != [True]:
            raise _refusal("the decks do not get their options")

    def _write(self, requests: Sequence[Request]) -> list[object]:
        self._has_written = True
        return self._addon.all(requests)


def _below(deck: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(f"{deck}::")]


def _removal(note: int, tag: str, kept: Sequence[str]) -> Request:
    """Return a request that removes a tag from a note and keeps its subtags.

    ``removeTags`` removes subtags too. If the note keeps one, ``replaceTags`` replaces the tag by
    that subtag. So the subtag is never missing.
    """
    prefix = f"{tag}::".casefold()
    below = next((each for each in kept if each.casefold().startswith(prefix)), None)
    if below is None:
        return "removeTags", {"notes": [note], "tags": tag}
    return "replaceTags", {"notes": [note], "tag_to_replace": tag, "replace_with_tag": below}


def _in_chunks(
    action: str, parameter: str, ids: Sequence[int], **others: object
) -> Iterator[Request]:
    for some in chunks(ids, _CHUNK):
        yield action, {parameter: list(some), **others}


def _refusal(message: str) -> AnkiError:
    return AnkiError(Code.ANKI_REFUSED, message)
