"""Reads notes that were made without Cardwright, and questions, as texts that can be compared."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from cardwright.adopt.field_text import Image, cloze_text, field_text
from cardwright.adopt.values import AdoptQuestion, NoteTypeSides, OldNote, OldType
from cardwright.delivery.collection import ClosedCollection
from cardwright.delivery.tables import deck_names, query_rows, read_cards
from cardwright.delivery.values import AnkiCard
from cardwright.identify import Identified
from cardwright.model import Note
from cardwright.notetypes import CLOZE, QA


def adoptable_notes(anki: ClosedCollection, ours: Collection[str], image: Image) -> list[OldNote]:
    """Return notes with a front, oldest first, without ``ours`` and other Cardwright decks."""
    models = anki.raw.models.all()
    old = [each for each in models if not {field["name"] for field in each["flds"]} >= _MARKS]
    types = {each["id"]: _old_type(each) for each in old}
    found = query_rows(anki.raw, "SELECT id, guid, mid, flds FROM notes ORDER BY id")
    rows = [row for row in found if row[2] in types and str(row[1]) not in ours]
    cards = read_cards(anki.raw, [row[0] for row in rows], deck_names(anki.raw))
    notes = (
        _note(id_, str(guid), types[mid], text.split("\x1f"), tuple(cards[id_]), image)
        for id_, guid, mid, text in rows
        if id_ in cards
    )
    return [note for note in notes if note.front]


_MARKS = frozenset({"Id", "Plain", "Spare1", "Spare2", "Spare3"})
"""Fields that both of our note types have. No other note type has all of them."""


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
    sides = type_.sides
    fronts = [fields[number] for number in sides.front]
    answers = [fields[number] for number in sides.answer]
    front, answer = _texts(type_.kind, "<br>".join(fronts), "<br>".join(answers), image)
    unseen = tuple(type_.fields[number] for number in sides.unseen if fields[number])
    has_parts = type_.kind == QA and len(fronts) > 1
    parts = tuple(field_text(each, image) for each in fronts) if has_parts else ()
    html = (tuple(fronts), tuple(answers))
    return OldNote(id_, guid, type_, front, answer, cards, *html, unseen, parts)


def _texts(kind: str, front: str, answer: str, image: Image) -> tuple[str, str]:
    """Return the texts of both sides. What a cloze note hides counts as its answer."""
    if kind != CLOZE:
        return field_text(front, image), field_text(answer, image)
    text, hidden = cloze_text(front, image)
    return text, f"{hidden} {field_text(answer, image)}".strip()


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


def questions_of(identified: Identified, image: Image) -> list[AdoptQuestion]:
    """Return all questions in source order."""
    questions = []
    for identity, note in zip(identified.identities, identified.notes, strict=True):
        answer = "<br>".join(filter(None, (note.back, note.hint, note.extra)))
        texts = _texts(note.kind, note.front, answer, image)
        questions.append(AdoptQuestion(identity, note, *texts))
    return questions


def images(notes: Sequence[Note], folder: Path) -> Image:
    """Return a function that names images in the media ``folder``: same bytes, same word."""
    hashes = {media.name: media.source_hash for note in notes for media in note.media}
    known = {*hashes.values()}
    words: dict[str, str] = {}

    def word(source: str) -> str:
        if source not in words:
            digest = hashes.get(source) or _digest(folder / Path(unquote(source)).name)
            words[source] = f"image {digest[:8]}" if digest in known else "image"
        return words[source]

    return word


def _digest(file: Path) -> str:
    """Return the SHA-256 (hex) of a file, or ``""`` if it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
