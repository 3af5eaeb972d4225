"""Reads notes that were made without Cardwright, and changes their GUIDs and note types."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from cardwright.adopt.field_text import Image, cloze_text, field_text
from cardwright.adopt.values import NoteTypeSides, OldNote, OldType
from cardwright.delivery.collection import ClosedCollection
from cardwright.delivery.tables import deck_names, our_names, query_rows, read_cards
from cardwright.delivery.values import AnkiCard
from cardwright.model import Guid
from cardwright.notetypes import CLOZE, QA

ADOPTING = "cardwright::adopting"
"""The tag of a note that has its new GUID, but not all the rest yet."""


def adoptable_notes(anki: ClosedCollection, ours: Collection[str], image: Image) -> list[OldNote]:
    """Return all notes whose front has a text, oldest first.

    Notes with a GUID in ``ours`` and notes of other Cardwright decks are left out.
    """
    models = anki.raw.models.all()
    other_decks = {each["id"] for each in models if {f["name"] for f in each["flds"]} >= _MARKS}
    return list(_notes(anki, lambda guid, mid: guid not in ours and mid not in other_decks, image))


_MARKS = frozenset({"Id", "Plain", "Spare1", "Spare2", "Spare3"})
"""Fields that both of our note types have. No other note type has all of them."""


def notes_with_guids(anki: ClosedCollection, guids: Collection[str], image: Image) -> list[OldNote]:
    """Return the notes with these GUIDs."""
    return list(_notes(anki, lambda guid, _mid: guid in guids, image))


def _notes(
    anki: ClosedCollection, is_wanted: Callable[[str, int], bool], image: Image
) -> Iterator[OldNote]:
    types = {each["id"]: each for each in anki.raw.models.all()}
    old_types = {id_: _old_type(each) for id_, each in types.items()}
    found = query_rows(anki.raw, "SELECT id, guid, mid, flds FROM notes ORDER BY id")
    rows = [row for row in found if row[2] in old_types and is_wanted(str(row[1]), row[2])]
    cards = read_cards(anki.raw, [row[0] for row in rows], deck_names(anki.raw))
    for id_, guid, mid, text in rows:
        if id_ in cards:
            note = _note(
                id_, str(guid), old_types[mid], text.split("\x1f"), tuple(cards[id_]), image
            )
            if note.front:
                yield note


def _old_type(type_: Mapping[str, Any]) -> OldType:
    fields = tuple(field["name"] for field in type_["flds"])
    kind = CLOZE if type_["type"] == 1 else QA
    return OldType(type_["id"], type_["name"], kind, fields, sides_of(fields, type_["tmpls"]))


def _note(
    id_: int,
    guid: str,
    type_: OldType,
    fields: Sequence[str],
    cards: tuple[AnkiCard, ...],
    image: Image,
) -> OldNote:
    front = "<br>".join(fields[number] for number in type_.sides.front)
    answers = [fields[number] for number in type_.sides.answer]
    answer = field_text("<br>".join(answers), image)
    hidden = ""
    if type_.kind == CLOZE:
        text, hidden = cloze_text(front, image)
    else:
        text = field_text(front, image)
    extra = answers if type_.kind == CLOZE else answers[1:]
    extra += [fields[number] for number in type_.sides.front[1:]]
    answer = f"{hidden} {answer}".strip()
    unseen = tuple(type_.fields[number] for number in type_.sides.unseen if fields[number])
    asking = type_.sides.front if type_.kind == QA and len(type_.sides.front) > 1 else ()
    parts = tuple(field_text(fields[number], image) for number in asking)
    return OldNote(id_, guid, type_, text, answer, cards, tuple(extra), unseen, parts)


def give_guids(anki: ClosedCollection, guids: Mapping[int, Guid]) -> None:
    """Give notes their new GUIDs and the tag ``ADOPTING``, in one transaction.

    A note syncs with its GUID.
    """
    notes = []
    for id_, guid in guids.items():
        note = anki.raw.get_note(id_)
        note.guid = guid
        note.add_tag(ADOPTING)
        notes.append(note)
    with anki.undo_step():
        anki.raw.update_notes(notes)


def retype(anki: ClosedCollection, notes: Iterable[OldNote], ids: Mapping[str, int]) -> None:
    """Give notes our note types, with Anki's own function. ``ids`` maps kinds to note types.

    A card keeps everything but the number of its template. Anki then needs a full sync.
    """
    groups: defaultdict[int, list[OldNote]] = defaultdict(list)
    for note in notes:
        groups[note.type.id].append(note)
    models = anki.raw.models
    for group in groups.values():
        type_ = group[0].type
        wish = models.change_notetype_info(
            old_notetype_id=type_.id,
            new_notetype_id=ids[type_.kind],
        )
        request = wish.input
        ours = models.get(ids[type_.kind])
        names = list(our_names(ours)) if ours else []
        request.note_ids.extend([note.id for note in group])
        _set(request.new_fields, _field_map(type_, names))
        if type_.kind == QA:
            _set(request.new_templates, _template_map(type_, len(request.new_templates)))
        with anki.undo_step():
            models.change_notetype_of_notes(request)


def _field_map(type_: OldType, names: Sequence[str]) -> list[int]:
    """Return, for each of our fields, the number of the old field for it, or -1.

    All fields are written afterwards. Until then, everything that a card showed is kept.
    """
    sides = type_.sides
    goals = ("Text", "Extra", "Hint") if type_.kind == CLOZE else ("Question", "Answer", "Extra")
    sources = (*sides.front[:1], *sides.answer)
    where = dict(zip(goals, sources, strict=False))
    return [where.get(name, -1) for name in names]


def _template_map(type_: OldType, count: int) -> list[int]:
    backward = type_.sides.backward
    known = [type_.sides.forward, -1 if backward is None else backward]
    return [*known, *[-1] * count][:count]


def _set(repeated: Any, values: Iterable[int]) -> None:
    del repeated[:]
    repeated.extend(values)


_REFERENCE = re.compile(r"\{\{(?P<filters>[^{}]*?:)?(?P<name>[^{}:#^/][^{}:]*?)\s*\}\}")
"""A field in Anki's template language, with its filters, but not a condition (``{{#Field}}``)."""

_MENTION = re.compile(r"\{\{[#^/]?\s*(?:[^{}]*:)?(?P<name>[^{}:]*?)\s*\}\}")


def sides_of(fields: Sequence[str], templates: Sequence[Mapping[str, Any]]) -> NoteTypeSides:
    """Return the sides of a note type, from the first template that shows a field.

    The reverse template is the one whose question shows fields of the answer, and none of the
    front.
    """
    numbers = {name: number for number, name in enumerate(fields)}
    fronts = [_shown(template["qfmt"], numbers) for template in templates]
    forward = next((number for number, front in enumerate(fronts) if front), 0)
    front = fronts[forward] if fronts else ()
    back = templates[forward]["afmt"] if templates else ""
    answer = tuple(n for n in _shown(back, numbers, with_typed=True) if n not in front)
    backward = next(
        (
            number
            for number, asked in enumerate(fronts)
            if number != forward and {*asked} & {*answer} and not {*asked} & {*front}
        ),
        None,
    )
    sides = [side for template in templates for side in (template["qfmt"], template["afmt"])]
    used = {match["name"] for side in sides for match in _MENTION.finditer(side)}
    unseen = tuple(number for name, number in numbers.items() if name not in used)
    return NoteTypeSides(front, answer, forward, backward, unseen)


def _shown(
    template: str, numbers: Mapping[str, int], *, with_typed: bool = False
) -> tuple[int, ...]:
    """Return the fields that a side shows, each once. A field to type in counts ``with_typed``."""
    names = (
        match["name"].strip()
        for match in _REFERENCE.finditer(template)
        if with_typed or "type:" not in (match["filters"] or "")
    )
    return tuple(dict.fromkeys(numbers[name] for name in names if name in numbers))
