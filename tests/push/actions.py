"""Ask an AnkiConnect for each action that a push uses, and look at the answer and at what it did.

pytest asks the stand-in. The real add-on is asked by hand, in a fresh profile:

    python -m tests.push.actions http://127.0.0.1:8765
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cardwright.building import build_deck
from cardwright.model import Preset
from cardwright.notetypes import CLOZE, QA, field_names, notetype
from cardwright.pipeline import Options
from cardwright.presets import RECORD, new_options

CONTENT = """\
## What is a leaf? {reverse}

An organ of a plant.

## What is moss?

A small plant.

## What is a root?

It drinks.

## The sun is {{c1::a star}} and the moon is {{c2::none}}.
"""


class RefusedError(Exception):
    """The words with which an action was refused."""


@dataclass
class Asker:
    """An AnkiConnect, and the names of the actions that it was asked for."""

    address: str
    asked: set[str] = field(default_factory=set)

    def __call__(self, action: str, **parameters: Any) -> Any:
        return result_of(self.send({"action": action, "params": parameters}))

    def send(self, message: dict[str, Any]) -> Any:
        self.asked.add(message["action"])
        body = json.dumps({"version": 6, **message}).encode()
        with urllib.request.urlopen(self.address, body, timeout=60) as answer:
            return json.load(answer)

    def cards(self, query: str) -> list[int]:
        return sorted(self("findCards", query=query))


def result_of(answer: Any) -> Any:
    if answer["error"] is not None:
        raise RefusedError(answer["error"])
    return answer["result"]


@contextmanager
def refused(words: str) -> Iterator[None]:
    try:
        yield
    except RefusedError as error:
        said = str(error)
    else:
        said = ""
    assert words in said


def check(address: str, folder: Path) -> set[str]:
    """Check an AnkiConnect whose collection is fresh; the names of the actions that were asked."""
    anki = Asker(address)
    (folder / "content").mkdir()
    (folder / "content" / "deck.yml").write_text("deck: Actions\nsubdecks: none\n", "utf-8")
    (folder / "content" / "actions.md").write_text(CONTENT, "utf-8")
    built = build_deck(folder / "content", folder / "build", Options(1_700_000_000))
    identified = built.assembly.identified
    assert identified is not None
    assert built.package is not None
    types = {stamp.kind: stamp.id for stamp in identified.lock.notetypes}
    _greeting(anki)
    _import(anki, built.package)
    notes = _note_types_and_notes(anki, types)
    _cards(anki, types)
    _media(anki)
    _tags(anki, notes)
    _fields(anki, notes)
    _states_of_cards(anki, types)
    _decks(anki, types, notes)
    return anki.asked


def _greeting(anki: Asker) -> None:
    permission = {"permission": "granted", "requireApikey": False, "version": 6}
    assert anki("requestPermission") == permission
    assert anki("version") == 6
    assert anki.send({"action": "requestPermission", "key": "any"})["result"] == permission
    with refused("valid api key"):
        result_of(anki.send({"action": "version", "key": "wrong"}))
    assert anki("multi", actions=[{"action": "version", "version": 6}, _nonsense()]) == [
        {"result": 6, "error": None},
        {"result": None, "error": "unsupported action"},
    ]


def _nonsense() -> dict[str, Any]:
    return {"action": "nonsense", "version": 6}


def _import(anki: Asker, package: Path) -> None:
    before = anki("getDeckConfig", deck="Default")
    with refused("nowhere.apkg"):
        anki("importPackage", path=str(package.parent / "nowhere.apkg"))
    assert anki("importPackage", path=str(package.resolve())) is True
    assert anki("importPackage", path=str(package.resolve())) is True
    after = anki("getDeckConfig", deck="Default")
    assert {**after, "mod": 0} == {**before, "mod": 0}
    assert anki("getDeckConfig", deck="Actions")["id"] == before["id"]
    _presets(anki, before)


def _presets(anki: Asker, default: dict[str, Any]) -> None:
    made = int(anki("cloneDeckConfigId", name="Mine"))
    assert anki("cloneDeckConfigId", name="Mine", cloneFrom="123") is False
    preset = Preset("Mine", "p", (("new_per_day", 7), ("gather", 3)))
    assert anki("saveDeckConfig", config={**new_options(preset), "id": made}) is True
    assert anki("saveDeckConfig", config={**new_options(preset), "id": 123}) is False
    assert anki("setDeckConfigId", decks=["Actions"], configId=made) is True
    there = anki("getDeckConfig", deck="Actions")
    assert (int(there["id"]), there["name"], there["new"]["perDay"]) == (made, "Mine", 7)
    assert there["newGatherPriority"] == 3
    assert there[RECORD] == {"p": {"name": "Mine", "values": dict(preset.values)}}
    assert anki("setDeckConfigId", decks=["Actions"], configId=default["id"]) is True


def _note_types_and_notes(anki: Asker, types: dict[str, int]) -> list[int]:
    names = {id_: name for name, id_ in anki("modelNamesAndIds").items()}
    for kind in (QA, CLOZE):
        ours, name = notetype(kind, "Actions"), names[types[kind]]
        assert name == ours.name
        assert anki("modelStyling", modelName=name) == {"css": ours.style}
        sides = {each.name: {"Front": each.front, "Back": each.back} for each in ours.templates}
        assert anki("modelTemplates", modelName=name) == sides
        assert anki("modelFieldNames", modelName=name) == [*field_names(kind)]
    with refused("model was not found"):
        anki("modelStyling", modelName="Nonsense")
    notes: list[int] = sorted(anki("findNotes", query=f"mid:{types[QA]}"))
    leaf, moss, gone = anki("notesInfo", notes=[*notes[:2], 1])
    assert gone == {}
    assert leaf["noteId"] == notes[0]
    assert leaf["fields"]["Question"] == {"value": "<p>What is a leaf?</p>", "order": 0}
    assert leaf["tags"] == ["Actions::actions"]
    assert len(leaf["cards"]) == 2
    assert len(moss["cards"]) == 1
    assert leaf["cards"][1] in anki.cards("card:2")
    return notes


def _cards(anki: Asker, types: dict[str, int]) -> None:
    ids = anki("deckNamesAndIds")
    ours = anki.cards(f"did:{ids['Actions']}")
    assert len(ours) == 6
    assert len(anki.cards(f"mid:{types[CLOZE]}")) == 2
    assert ours == anki.cards(f"(mid:{types[QA]} OR mid:{types[CLOZE]}) is:new -deck:filtered")
    cards = anki("cardsInfo", cards=[*ours, 1])
    assert cards.pop() == {}
    assert sorted(card["due"] for card in cards) == [1, 1, 2, 3, 4, 4]
    assert [card["cardId"] for card in cards] == ours
    places = {card["cardId"] for card in cards if 2 <= card["due"] < 4}
    assert {*anki.cards("((prop:pos>=2 prop:pos<4) OR (prop:pos>=9 prop:pos<10))")} == places


def _media(anki: Asker) -> None:
    data = base64.b64encode(b"a leaf").decode()
    assert anki("storeMediaFile", filename="_leaf.png", data=data) == "_leaf.png"
    assert anki("storeMediaFile", filename="_leaf.png", data=data) == "_leaf.png"
    assert "_leaf.png" in anki("getMediaFilesNames", pattern="*")
    assert (Path(anki("getMediaDirPath")) / "_leaf.png").read_bytes() == b"a leaf"
    anki("deleteMediaFile", filename="_leaf.png")
    assert "_leaf.png" not in anki("getMediaFilesNames", pattern="*")


def _tags(anki: Asker, notes: list[int]) -> None:
    def tags() -> list[str]:
        return sorted(anki("notesInfo", notes=notes[:1])[0]["tags"])

    anki("addTags", notes=[], tags="")
    anki("addTags", notes=notes[:1], tags="mine a a::b ab")
    assert tags() == ["Actions::actions", "a", "a::b", "ab", "mine"]
    anki("replaceTags", notes=notes[:1], tag_to_replace="a", replace_with_tag="a::b")
    assert tags() == ["Actions::actions", "a::b", "ab", "mine"]
    anki("removeTags", notes=notes[:1], tags="A")
    assert tags() == ["Actions::actions", "ab", "mine"]


def _fields(anki: Asker, notes: list[int]) -> None:
    wish = {"Answer": "<p>Green.</p>", "Reverse": "", "Nonsense": "?"}
    anki("updateNoteFields", note={"id": notes[0], "fields": wish})
    (leaf,) = anki("notesInfo", notes=notes[:1])
    assert leaf["fields"]["Answer"]["value"] == "<p>Green.</p>"
    assert leaf["fields"]["Question"]["value"] == "<p>What is a leaf?</p>"
    assert len(leaf["cards"]) == 2
    anki("updateNoteFields", note={"id": notes[1], "fields": {"Reverse": "yes"}})
    assert len(anki("notesInfo", notes=[notes[1]])[0]["cards"]) == 2
    with refused("Note was not found: 1"):
        anki("updateNoteFields", note={"id": 1, "fields": {}})


def _states_of_cards(anki: Asker, types: dict[str, int]) -> None:
    cards = anki.cards(f"mid:{types[QA]}")
    anki("suspend", cards=cards[:3])
    assert anki.cards(f"mid:{types[QA]} is:suspended") == cards[:3]
    anki("suspend", cards=cards[:4])
    anki("unsuspend", cards=cards[1:])
    assert anki.cards("is:suspended") == cards[:1]
    wish = {"keys": ["due"], "newValues": [99]}
    assert anki("setSpecificValueOfCard", card=cards[0], **wish) == [True]
    assert anki.cards("prop:pos>=99") == cards[:1]


def _decks(anki: Asker, types: dict[str, int], notes: list[int]) -> None:
    assert anki("getDeckConfig", deck="Nonsense") is False
    new = anki("createDeck", deck="Actions::New")
    assert anki("createDeck", deck="actions::new") == new
    assert anki("deckNamesAndIds")["Actions::New"] == new
    assert not anki("getDeckConfig", deck="Actions::New")["dyn"]
    assert anki("setDeckConfigId", decks=["Actions::New"], configId=1) is True
    assert anki("setDeckConfigId", decks=["Nonsense"], configId=1) is False
    leaf = anki("notesInfo", notes=notes[:1])[0]["cards"]
    anki("changeDeck", cards=leaf[1:], deck="Actions::New")
    assert anki.cards(f"did:{new}") == leaf[1:]
    anki("changeDeck", cards=leaf[1:], deck="Doomed")
    assert anki.cards(f"did:{new}") == []
    with refused("not possible to delete decks without deleting cards"):
        anki("deleteDecks", decks=["Doomed"], cardsToo=False)
    anki("deleteDecks", decks=["Doomed", "Actions::New", "Nonsense"], cardsToo=True)
    assert {"Doomed", "Actions::New"} & {*anki("deckNamesAndIds")} == set()
    assert anki("notesInfo", notes=notes[:1])[0]["cards"] == leaf[:1]
    anki("deleteNotes", notes=notes[:1])
    assert sorted(anki("findNotes", query=f"mid:{types[QA]}")) == notes[1:]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print("\n".join(sorted(check(sys.argv[1], Path(name)))))
