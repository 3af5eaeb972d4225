"""Prepares the questions of the content for the comparison with old notes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from cardwright.adopt.field_text import Image, cloze_text, field_text
from cardwright.adopt.values import AdoptQuestion
from cardwright.identify import Identified, Identity
from cardwright.model import Note
from cardwright.notetypes import CLOZE


def questions_of(identified: Identified, image: Image) -> list[AdoptQuestion]:
    """Return all questions in source order."""
    pairs = zip(identified.identities, identified.notes, strict=True)
    return [_question(identity, note, image) for identity, note in pairs]


def _question(identity: Identity, note: Note, image: Image) -> AdoptQuestion:
    answer = field_text("<br>".join(filter(None, (note.back, note.hint, note.extra))), image)
    if note.kind != CLOZE:
        return AdoptQuestion(identity, note, field_text(note.front, image), answer)
    front, hidden = cloze_text(note.front, image)
    return AdoptQuestion(identity, note, front, f"{hidden} {answer}".strip())


def images(notes: Sequence[Note], folder: Path) -> Image:
    """Return a function that names images: the same bytes get the same word.

    ``folder`` is the media folder of the collection.
    """
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
