"""Defines the two note types: fields, templates and style. Their ids in Anki never change."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from cardwright.model import Note
from cardwright.notetypes.katex import katex_style

QA = "qa"
CLOZE = "cloze"
KINDS = (QA, CLOZE)


@dataclass(frozen=True, slots=True)
class Field:
    """A field."""

    name: str
    id: int  # Anki 23.10 and newer find it by this, even if the learner renames it
    is_plain: bool = False  # open as plain text in Anki's editor
    is_collapsed: bool = False  # in Anki's editor


@dataclass(frozen=True, slots=True)
class Template:
    """Both sides of a card in Anki's template language."""

    name: str
    id: int
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type."""

    name: str
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    style: str
    sort_field: int  # the index of the field that Browse shows and sorts by
    is_cloze: bool


_PLAIN = frozenset({"Reverse", "Id", "Plain"})
_OPEN = frozenset({"Question", "Answer", "Text", "Hint", "Extra"})


def _fields(first: int, names: str) -> tuple[Field, ...]:
    return tuple(
        Field(name, id_, is_plain=name in _PLAIN, is_collapsed=name not in _OPEN)
        for id_, name in enumerate(names.split(), first)
    )


# Never add, remove or reorder a field or template: Anki would fork the note type, and no longer
# update notes of the old one. Use the spare fields. The ids are arbitrary, but in collections now.
_QA_FIELDS = _fields(
    2_417_031_001,
    "Question Answer Hint Extra Context Source Reverse Id Plain Spare1 Spare2 Spare3",
)
_CLOZE_FIELDS = _fields(
    2_417_032_001, "Text Extra Hint Context Source Id Plain Spare1 Spare2 Spare3"
)


@cache  # asked for each note
def field_names(kind: str) -> tuple[str, ...]:
    """Return the names of the fields of a note type in order."""
    return tuple(field.name for field in (_CLOZE_FIELDS if kind == CLOZE else _QA_FIELDS))


def notetype(kind: str, root_deck: str, katex: str = "", own_style: str = "") -> NoteType:
    """Return the note type of a deck. ``kind`` is one of ``KINDS``.

    ``katex`` is the version of KaTeX in the package, ``""`` for none. ``own_style`` is the deck's
    CSS.
    """
    # Anki removes double quotes from names of note types.
    deck = root_deck.replace('"', "'")
    if kind == QA:
        name, fields = f"Cardwright Q&A ({deck})", _QA_FIELDS
        templates: tuple[Template, ...] = (
            _template("Question to answer", 2_417_033_001, "question"),
            _template("Answer to question", 2_417_033_002, "reverse"),
        )
    else:
        name, fields = f"Cardwright Cloze ({deck})", _CLOZE_FIELDS
        templates = (_template("Cloze", 2_417_034_001, "cloze"),)
    plain = field_names(kind).index("Plain")
    style = _text_of("style.css") + _text_of("formulas.css")
    style = f"{katex_style()}\n\n{style}" if katex else style
    if own_style:  # it comes last, so its rules win
        style = f"{style}\n/* The deck's own */\n\n{own_style}"
    return NoteType(name, fields, templates, style, plain, kind == CLOZE)


def _template(name: str, id_: int, file: str) -> Template:
    return Template(name, id_, _text_of(f"{file}.front.html"), _text_of(f"{file}.back.html"))


@cache
def _text_of(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def card_ords(note: Note) -> list[int]:
    """Return the positions of the cards that Anki makes of a note.

    A cloze note without a number has the first card.
    """
    if note.kind == CLOZE:
        return sorted({number - 1 for number in cloze_numbers(note.front)} or {0})
    sides = (bool(note.front), note.is_reverse and bool(note.back))
    return [ord_ for ord_, is_shown in enumerate(sides) if is_shown]


def card_count(notes: Iterable[Note]) -> int:
    """Return how many cards Anki makes of notes."""
    return sum(len(card_ords(note)) for note in notes)


def cloze_numbers(text: str) -> frozenset[int]:
    """Return the numbers of the deletions in the field Text. Each has a card.

    In Anki, a deletion may have several numbers: ``{{c1,3::…}}``. Anki ignores 0 and numbers of
    more than 16 bits. Other numbers above 500 count as 500.
    """
    found = (number for numbers in _NUMBERS.findall(text) for number in numbers.split(","))
    numbers = (int(number) for number in found if len(number) < 9)
    return frozenset(min(number, 500) for number in numbers if 0 < number < 1 << 16)


_NUMBERS = re.compile(r"\{\{c(\d+(?:,\d+)*)::", re.ASCII)


def notetype_id(project: str, kind: str) -> int:
    """Return the note type's id in Anki, different for every project.

    Anki's own ids are creation times in milliseconds. This one has 13 digits too, and is in the
    past.
    """
    return stable_id("notetype", project, kind)


def stable_id(*parts: str) -> int:
    """Return a number that could be milliseconds between 2001 and 2020.

    It depends on ``parts`` only.
    """
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return 1_000_000_000_000 + int.from_bytes(digest[:8]) % 600_000_000_000


def fingerprint(kind: str, root_deck: str, katex: str = "", own_style: str = "") -> str:
    """Return a hash (16 hex digits) of the note type. Its ``mod`` in Anki changes with it."""
    content = json.dumps(asdict(notetype(kind, root_deck, katex, own_style)), sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
