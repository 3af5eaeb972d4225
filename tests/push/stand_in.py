"""A stand-in for the add-on AnkiConnect: the same actions, out of a real collection.

It answers the actions that a push uses, as the add-on answers them, and no others.
``tests/push/actions.py`` asks both the same. The add-on draws Anki's windows anew, which has no
part here.
"""

# ruff: noqa: N802, N803 - the names of actions and parameters are the add-on's

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.decks import DeckId
from anki.errors import NotFoundError

from tests.in_anki import collection_in

_VERSION = 6


@dataclass(slots=True)
class Limit:
    """How many actions that write, or requests with such actions, Anki does before it crashes."""

    left: int
    is_of_requests: bool = False
    is_within_request: bool = False
    """Whether it crashed when a part of a request was done."""


@contextmanager
def standing_in(file: Path, key: str = "", limit: Limit | None = None) -> Iterator[str]:
    """The address of a stand-in that has the collection in ``file`` open until the block ends."""
    with collection_in(file) as collection:
        actions = Actions(collection, key, limit)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                try:
                    answer = json.dumps(actions.answer(json.loads(body))).encode()
                except Crash:
                    return
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                """Print nothing."""

        with HTTPServer(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                server.shutdown()
                thread.join()


class Crash(BaseException):
    """Nothing answers any more."""


class Actions:
    """The actions of the add-on. Each method without an underscore is one, by its name there."""

    def __init__(self, collection: Collection, key: str, limit: Limit | None) -> None:
        self._col = collection
        self._key = key
        self._limit = limit
        self._is_begun = False

    def answer(self, request: Mapping[str, Any]) -> dict[str, object]:
        self._is_begun = False
        parts = request.get("params", {}).get("actions", [request])
        if any(part["action"] in WRITING for part in parts):
            self._count(is_request=True)
        return self._answer(request)

    def _count(self, *, is_request: bool) -> None:
        if self._limit and self._limit.is_of_requests == is_request:
            if not self._limit.left:
                self._limit.is_within_request = self._is_begun
                raise Crash
            self._limit.left -= 1
            self._is_begun = True

    def _answer(self, request: Mapping[str, Any]) -> dict[str, object]:
        name = request["action"]
        if name in WRITING:
            self._count(is_request=False)
        if name != "requestPermission" and request.get("key", "") != self._key:
            return {"result": None, "error": "valid api key must be provided"}
        if name not in ACTIONS:
            return {"result": None, "error": "unsupported action"}
        action: Callable[..., object] = getattr(self, name)
        try:
            return {"result": action(**request.get("params", {})), "error": None}
        except Exception as error:  # the add-on answers with whatever went wrong
            return {"result": None, "error": str(error)}

    def requestPermission(self) -> object:
        granted = {"permission": "granted", "requireApikey": bool(self._key)}
        return {**granted, "version": _VERSION}

    def version(self) -> object:
        return _VERSION

    def multi(self, actions: Sequence[Mapping[str, Any]]) -> object:
        return [self._answer(each) for each in actions]

    def deckNamesAndIds(self) -> dict[str, DeckId]:
        return {deck.name: DeckId(deck.id) for deck in self._col.decks.all_names_and_ids()}

    def createDeck(self, deck: str) -> object:
        return self._col.decks.id(deck)

    def getDeckConfig(self, deck: str) -> object:
        id_ = self.deckNamesAndIds().get(deck)  # as the add-on, by the exact name
        return self._col.decks.config_dict_for_deck_id(id_) if id_ else False

    def setDeckConfigId(self, decks: Sequence[str], configId: int) -> object:
        there = self.deckNamesAndIds()
        if not {*decks} <= there.keys():
            return False
        for name in decks:
            deck = self._col.decks.get(there[name])
            assert deck is not None
            deck["conf"] = int(configId)
            self._col.decks.save(deck)
        return True

    def cloneDeckConfigId(self, name: str, cloneFrom: str = "1") -> object:
        if int(cloneFrom) not in [each["id"] for each in self._col.decks.all_config()]:
            return False
        config = self._col.decks.get_config(int(cloneFrom))
        return self._col.decks.add_config_returning_id(name, config)

    def saveDeckConfig(self, config: dict[str, Any]) -> object:
        if int(config["id"]) not in [each["id"] for each in self._col.decks.all_config()]:
            return False
        self._col.decks.update_config({**config, "id": str(config["id"])})
        return True

    def changeDeck(self, cards: Sequence[int], deck: str) -> None:
        id_ = self._col.decks.id(deck)
        found = [self._col.get_card(card) for card in cards]
        for card in found:
            if card.odid:  # it leaves the filtered deck that has it
                card.due, card.odue, card.odid = card.odue or card.due, 0, 0
        self._col.update_cards(found)
        self._col.set_deck([card.id for card in found], id_ or 0)

    def deleteDecks(self, decks: Sequence[str], cardsToo: bool = False) -> None:
        if not cardsToo:
            raise ValueError("it's not possible to delete decks without deleting cards as well")
        there = self.deckNamesAndIds()
        self._col.decks.remove([there[name] for name in decks if name in there])

    def findCards(self, query: str) -> object:
        return [*self._col.find_cards(query)]

    def findNotes(self, query: str) -> object:
        return [*self._col.find_notes(query)]

    def notesInfo(self, notes: Sequence[int]) -> object:
        return [self._note(id_) for id_ in notes]

    def _note(self, id_: int) -> object:
        try:
            note = self._col.get_note(id_)
        except NotFoundError:
            return {}
        type_ = note.note_type()
        assert type_ is not None
        values = enumerate(note.items())
        return {
            "noteId": note.id,
            "tags": note.tags,
            "fields": {name: {"value": text, "order": at} for at, (name, text) in values},
            "modelName": type_["name"],
            "cards": [card.id for card in sorted(note.cards(), key=lambda card: card.ord)],
        }

    def cardsInfo(self, cards: Sequence[int]) -> object:
        return [self._card(id_) for id_ in cards]

    def _card(self, id_: int) -> object:
        try:
            card = self._col.get_card(id_)
        except NotFoundError:
            return {}
        return {"cardId": card.id, "note": card.nid, "ord": card.ord, "due": card.due}

    def modelNamesAndIds(self) -> object:
        return {each.name: each.id for each in self._col.models.all_names_and_ids()}

    def modelStyling(self, modelName: str) -> object:
        return {"css": self._type(modelName)["css"]}

    def modelTemplates(self, modelName: str) -> object:
        templates = self._type(modelName)["tmpls"]
        return {each["name"]: {"Front": each["qfmt"], "Back": each["afmt"]} for each in templates}

    def modelFieldNames(self, modelName: str) -> object:
        return [field["name"] for field in self._type(modelName)["flds"]]

    def _type(self, name: str) -> Any:
        type_ = self._col.models.by_name(name)
        if type_ is None:
            raise ValueError(f"model was not found: {name}")
        return type_

    def getMediaDirPath(self) -> object:
        return self._col.media.dir()

    def getMediaFilesNames(self, pattern: str) -> object:
        return [path.name for path in Path(self._col.media.dir()).glob(pattern)]

    def storeMediaFile(self, filename: str, data: str) -> object:
        self.deleteMediaFile(filename)
        return self._col.media.write_data(filename, base64.b64decode(data))

    def deleteMediaFile(self, filename: str) -> None:
        self._col.media.trash_files([filename])

    def importPackage(self, path: str) -> object:
        options = ImportAnkiPackageOptions(
            merge_notetypes=True, with_scheduling=True, with_deck_configs=True
        )
        request = ImportAnkiPackageRequest(package_path=path, options=options)
        self._col.import_anki_package(request)
        self._col.models._clear_cache()
        return True

    def addTags(self, notes: Sequence[int], tags: str) -> None:
        self._col.tags.bulk_add(notes, tags)

    def removeTags(self, notes: Sequence[int], tags: str) -> None:
        self._col.tags.bulk_remove(notes, tags)

    def replaceTags(self, notes: Sequence[int], tag_to_replace: str, replace_with_tag: str) -> None:
        for id_ in notes:
            note = self._col.get_note(id_)
            if note.has_tag(tag_to_replace):
                note.remove_tag(tag_to_replace)
                note.add_tag(replace_with_tag)
                self._col.update_note(note)

    def updateNoteFields(self, note: Mapping[str, Any]) -> None:
        try:
            theirs = self._col.get_note(note["id"])
        except NotFoundError:
            raise ValueError(f"Note was not found: {note['id']}") from None
        for name, text in note["fields"].items():
            if name in theirs:
                theirs[name] = text
        self._col.update_note(theirs)

    def suspend(self, cards: Sequence[int]) -> object:
        self._col.sched.suspend_cards(cards)
        return True

    def unsuspend(self, cards: Sequence[int]) -> None:
        self._col.sched.unsuspend_cards(cards)

    def deleteNotes(self, notes: Sequence[int]) -> None:
        self._col.remove_notes(notes)

    def setSpecificValueOfCard(
        self, card: int, keys: Sequence[str], newValues: Sequence[object]
    ) -> object:
        if {*keys} - {"due"}:
            return False
        theirs = self._col.get_card(card)
        for name, value in zip(keys, newValues, strict=True):
            setattr(theirs, name, value)
        self._col.update_card(theirs)
        return [True]


ACTIONS = frozenset(name for name in vars(Actions) if not name.startswith("_") and name != "answer")
"""The names of the actions that there are."""

WRITING = frozenset(
    name
    for name in ACTIONS
    if name.startswith(("add", "change", "clone", "create", "delete", "import", "remove"))
    or name.startswith(("replace", "save", "set", "store", "suspend", "unsuspend", "update"))
)
