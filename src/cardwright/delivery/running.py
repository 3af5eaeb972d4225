"""Reads what a running Anki has, through the add-on AnkiConnect."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.delivery.addon import Addon, expect, expect_all
from cardwright.delivery.tables import DEFAULT_DECK, chunks, known_id, root_id
from cardwright.delivery.values import (
    AnkiCard,
    AnkiDeck,
    AnkiNote,
    AnkiNoteType,
    AnkiPreset,
    BuiltDeck,
)
from cardwright.model import Guid
from cardwright.notetypes import KINDS, field_names

_CHUNK = 100  # notes or cards in one response at most
_MOST_NUMBERS = 500  # the most cards that Anki makes from a cloze note
_MOST_SPREAD = 10
_FEW = 40  # GUIDs in one search at most

FieldNames = Mapping[str, str]
"""Maps our names of a note type's fields to their names in Anki."""


@dataclass(frozen=True, slots=True)
class Decks:
    """All decks: their ids, and the cards and options of those that are not filtered."""

    ids: Mapping[str, int]
    cards: Mapping[str, Sequence[int]]
    filtered: frozenset[str]
    options: Mapping[str, Mapping[str, object]]


def read_anki_deck(addon: Addon, wanted: BuiltDeck) -> tuple[AnkiDeck, Mapping[Guid, FieldNames]]:
    """Return what Anki has, and the names of each note's fields there."""
    decks = read_decks(addon)
    types, names = _types(addon, wanted)
    guids = {entry.guid for entry in wanted.lock.entries}
    notes, fields = _notes(addon, names, guids, decks)
    missing = [note.guid for note in wanted.notes if note.guid not in notes]
    notes |= _foreign(addon, missing, names) if names else {}
    media = expect_all(str, addon.call("getMediaFilesNames", pattern="*"))
    collection = root_id(decks.ids, wanted.root, notes.values())
    anki_deck = AnkiDeck(
        collection,
        known_id(decks.ids.values(), collection, wanted.lock),
        frozenset(decks.ids),
        {name: len(cards) for name, cards in decks.cards.items()},
        decks.filtered,
        types,
        notes,
        frozenset(wanted.media.keys() & set(media)),
        default=next((name for name, id_ in decks.ids.items() if id_ == DEFAULT_DECK), ""),
    )
    if wanted.preset:
        # The add-on lists only presets that a deck uses.
        ids = {name: expect(int, each.get("id")) for name, each in decks.options.items()}
        used = {id_: dict(decks.options[name]) for name, id_ in ids.items()}
        presets = [AnkiPreset(i, expect(str, used[i].get("name")), used[i]) for i in sorted(used)]
        anki_deck = replace(anki_deck, presets=tuple(presets), deck_presets=ids)
    return anki_deck, fields


def read_decks(addon: Addon) -> Decks:
    """Return all decks of the collection with their cards."""
    found = expect(dict, addon.call("deckNamesAndIds"))
    ids = {name: expect(int, id_) for name, id_ in found.items()}
    names = sorted(ids)
    answers = addon.all([("getDeckConfig", {"deck": name}) for name in names])
    options = {name: expect(dict, each) for name, each in zip(names, answers, strict=True) if each}
    filtered = frozenset(name for name, each in options.items() if each.get("dyn"))
    plain = [name for name in names if name not in filtered]
    cards = dict(zip(plain, find_cards(addon, [f"did:{ids[n]}" for n in plain]), strict=True))
    return Decks(ids, cards, filtered, {n: options[n] for n in plain if n in options})


def find_cards(addon: Addon, queries: Sequence[str]) -> list[list[int]]:
    """Return the ids of the cards that each search finds.

    ``did:`` finds a card both in its home deck and in the filtered deck that has it.
    """
    return [
        expect_all(int, each) for each in addon.all([("findCards", {"query": q}) for q in queries])
    ]


def _types(
    addon: Addon, wanted: BuiltDeck
) -> tuple[tuple[AnkiNoteType, ...], dict[int, FieldNames]]:
    found = expect(dict, addon.call("modelNamesAndIds"))
    there = {expect(int, id_): name for name, id_ in found.items()}
    types: list[AnkiNoteType] = []
    fields: dict[int, FieldNames] = {}
    for stamp in wanted.lock.notetypes:
        if stamp.id not in there or stamp.kind not in KINDS:
            continue
        name = there[stamp.id]
        actions = ("modelStyling", "modelTemplates", "modelFieldNames")
        style, templates, names = addon.all([(each, {"modelName": name}) for each in actions])
        sides = {key: _sides(each) for key, each in expect(dict, templates).items()}
        types.append(
            AnkiNoteType(stamp.id, name, expect(str, expect(dict, style).get("css")), sides)
        )
        fields[stamp.id] = _our_names(field_names(stamp.kind), expect_all(str, names))
    return tuple(types), fields


def _sides(template: object) -> tuple[str, str]:
    sides = expect(dict, template)
    return expect(str, sides.get("Front")), expect(str, sides.get("Back"))


def _our_names(ours: Sequence[str], theirs: Sequence[str]) -> FieldNames:
    """Match our field names with those in Anki. A renamed field is recognized by its position."""
    renamed = {
        name: there
        for name, there in zip(ours, theirs, strict=False)
        if name not in theirs and there not in ours
    }
    return renamed | {name: name for name in ours if name in theirs}


def _notes(
    addon: Addon, names: Mapping[int, FieldNames], guids: Collection[Guid], decks: Decks
) -> tuple[dict[Guid, AnkiNote], dict[Guid, FieldNames]]:
    """Return our notes by GUID. If the learner copied a note, the oldest one counts."""
    known = _read_cards(addon, sorted(names), decks)
    notes: dict[Guid, AnkiNote] = {}
    fields: dict[Guid, FieldNames] = {}
    for type_, ours in sorted(names.items()):
        (found,) = addon.all([("findNotes", {"query": f"mid:{type_}"})])
        for answer in _described(addon, "notesInfo", "notes", sorted(expect_all(int, found))):
            values = _values(answer, ours)
            guid = Guid(values.get("Id", ""))
            id_ = expect(int, answer.get("noteId"))
            if guid not in guids or (guid in notes and notes[guid].id < id_):
                continue
            ids = expect_all(int, answer.get("cards"))
            cards = tuple(known[card] for card in ids if card in known)
            tags = tuple(expect_all(str, answer.get("tags")))
            notes[guid] = AnkiNote(id_, guid, values, tags, cards)
            fields[guid] = ours
    return notes, fields


def _values(answer: Mapping[str, object], ours: FieldNames) -> dict[str, str]:
    fields = expect(dict, answer.get("fields"))
    return {
        name: expect(str, expect(dict, fields.get(there)).get("value"))
        for name, there in ours.items()
    }


def _described(
    addon: Addon, action: str, parameter: str, ids: Sequence[int]
) -> Iterator[dict[str, object]]:
    """Yield what Anki returns for each id. An id that no longer exists is left out."""
    for some in chunks(ids, _CHUNK):
        answers = expect(list, addon.call(action, **{parameter: some}))
        yield from (expect(dict, answer) for answer in answers if answer)


def _read_cards(addon: Addon, types: Sequence[int], decks: Decks) -> dict[int, AnkiCard]:
    """Return our cards. In a filtered deck, none is new, because its position is unknown."""
    if not types:
        return {}
    ours = f"({' OR '.join(f'mid:{type_}' for type_ in types)})"
    is_new = f"{ours} is:new -deck:filtered"
    new, suspended = find_cards(addon, [is_new, f"{ours} is:suspended"])
    hidden = {*suspended}
    dues = _places(addon, is_new, new)
    names = {card: name for name, cards in decks.cards.items() for card in cards}
    return {
        id_: AnkiCard(
            id_, number, names.get(id_, ""), dues.get(id_, 0), id_ in dues, 0, id_ in hidden
        )
        for id_, number in _numbers_of_cards(addon, ours).items()
    }


def _places(addon: Addon, query: str, cards: Sequence[int]) -> dict[int, int]:
    """Return the position of each new card that the query finds.

    ``cardsInfo`` has it, but sends the whole CSS with each card. Unless positions are much
    larger than the number of cards, it is far faster to search for each bit of the position.
    """
    bits = range(32)
    above = find_cards(addon, [f"{query} prop:pos>={1 << bit}" for bit in bits])
    width = sum(map(bool, above))
    if 1 << width > _MOST_SPREAD * (len(cards) + _CHUNK):
        answers = _described(addon, "cardsInfo", "cards", cards)
        return {expect(int, each.get("cardId")): expect(int, each.get("due")) for each in answers}
    places = dict.fromkeys(cards, 0)
    searches = [(bit, ranges) for bit in range(width) for ranges in _with_bit(bit, width)]
    found = find_cards(addon, [f"{query} ({ranges})" for _, ranges in searches])
    for (bit, _), ids in zip(searches, found, strict=True):
        for card in ids:
            places[card] = places.get(card, 0) | 1 << bit
    return places


def _with_bit(bit: int, width: int) -> Iterator[str]:
    """Yield searches that together find all positions of ``width`` bits with this bit set."""
    step = 1 << bit
    ranges = [
        f"(prop:pos>={first} prop:pos<{first + step})"
        for first in range(step, 1 << width, 2 * step)
    ]
    return (" OR ".join(some) for some in chunks(ranges, _CHUNK))


def _numbers_of_cards(addon: Addon, ours: str) -> dict[int, int]:
    """Return the number of each card within its note, from 0. Anki's searches count from 1."""
    (cards,) = find_cards(addon, [ours])
    left = set(cards)
    found: dict[int, int] = {}
    for first in range(0, _MOST_NUMBERS, 10):
        if not left:
            break
        some = range(first, first + 10)
        queries = [f"{ours} card:{each + 1}" for each in some]
        for each, ids in zip(some, find_cards(addon, queries), strict=True):
            found |= dict.fromkeys(ids, each)
            left -= set(ids)
    return found


def _foreign(addon: Addon, guids: Sequence[Guid], types: Iterable[int]) -> dict[Guid, AnkiNote]:
    """Return notes that the learner changed to another note type with a field Id."""
    others = " ".join(f"-mid:{type_}" for type_ in types)
    searches = [
        " OR ".join(f'"Id:{_searched(guid)}"' for guid in some) for some in chunks(guids, _FEW)
    ]
    answers = addon.all([("findNotes", {"query": f"({each}) {others}"}) for each in searches])
    ids = sorted({id_ for answer in answers for id_ in expect_all(int, answer)})
    notes: dict[Guid, AnkiNote] = {}
    for answer in _described(addon, "notesInfo", "notes", ids):
        guid = Guid(_values(answer, {"Id": "Id"})["Id"])
        tags = tuple(expect_all(str, answer.get("tags")))
        note = AnkiNote(expect(int, answer.get("noteId")), guid, {}, tags, (), is_foreign=True)
        if guid in guids:
            notes.setdefault(guid, note)
    return notes


def _searched(guid: Guid) -> str:
    """Escape a GUID for a search."""
    return "".join(f"\\{char}" if char in '\\"*_:()-' else char for char in guid)
