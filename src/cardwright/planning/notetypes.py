"""What changes about the note types, for all notes at once."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.lock import Lock
from cardwright.notetypes import fingerprint, notetype
from cardwright.planning.values import NoteTypeChange


def notetype_changes(before: Lock, lock: Lock, style: str) -> Iterator[NoteTypeChange]:
    """The note types of ``lock`` that an import adds or writes anew; ``style`` is the deck's."""
    known = {stamp.kind: stamp for stamp in before.notetypes}
    for stamp in lock.notetypes:
        name = notetype(stamp.kind, lock.deck).name
        old = known.get(stamp.kind)
        if old is None:
            yield NoteTypeChange(name, "is new")
        elif old.mod != stamp.mod:
            words = []
            if before.deck != lock.deck:
                words.append(f"is renamed, from '{notetype(stamp.kind, before.deck).name}'")
            if before.katex != lock.katex:
                words.append("gets the stylesheet and fonts of KaTeX, for formulas")
            if fingerprint(stamp.kind, before.deck, before.katex, style) != old.fingerprint:
                words.append("has another style or other templates")
            yield NoteTypeChange(name, ", ".join(words) or "has another style")
