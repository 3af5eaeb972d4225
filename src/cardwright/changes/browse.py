"""What to search for in Anki's Browse to see certain notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from cardwright.changes.old_notes import OldNotes
from cardwright.filing import tag_of
from cardwright.identify import Identified
from cardwright.model import DeckName, Guid

_FEW = 20
"""So many notes are named one by one."""

_MOST_TAGS = 100
_MOST_IN_A_PATTERN = 2_000
"""Anki takes neither a thousand terms (the depth of SQLite's queries) nor patterns without end."""


def id_search(guids: Iterable[Guid]) -> str:
    """The search for these notes and no others, ``""`` for none of them.

    The field Id of every note holds its GUID, in which nothing is a wildcard.
    """
    left = list(guids)
    if len(left) <= _FEW:
        return " OR ".join(f'"Id:{guid}"' for guid in left)
    rest = iter(left)
    patterns = iter(lambda: "|".join(islice(rest, _MOST_IN_A_PATTERN)), "")
    return " OR ".join(f'"Id:re:^({pattern})$"' for pattern in patterns)


def retired_search(identified: Identified, old: OldNotes) -> str:
    """The search for the notes that a build retires; ``old`` are those of the build before.

    Many notes are searched by their tags, where no other note has or had them. That finds as
    well what earlier builds retired beside them.
    """
    changes = identified.changes
    live = (*changes.changed, *changes.moved, *changes.unchanged)
    if len(changes.retired) <= _FEW or any(guid not in old.by_guid for guid in live):
        return id_search(changes.retired)
    gone = {*changes.retired}
    entries = [entry for entry in identified.lock.entries if entry.guid in gone]
    packed = [old.of(entry) for entry in entries]
    sought = [
        _Sought(entry.guid, entry.deck, entry.kind, note.tags if note else ())
        for entry, note in zip(entries, packed, strict=True)
    ]
    return _short_search(sought, identified, old)


def moved_search(guids: Sequence[Guid], identified: Identified, old: OldNotes) -> str:
    """The search for notes of the package when it is imported; for many as ``retired_search``."""
    if len(guids) <= _FEW:
        return id_search(guids)
    moved = {*guids}
    notes = (note for note in identified.notes if note.guid in moved)
    sought = [_Sought(note.guid, note.deck, note.kind, note.tags) for note in notes]
    return _short_search(sought, identified, old)


@dataclass(frozen=True, slots=True)
class _Sought:
    """A note to find, with the tags that it has in Anki."""

    guid: Guid
    deck: DeckName
    kind: str
    tags: tuple[str, ...]


def _short_search(sought: Sequence[_Sought], identified: Identified, old: OldNotes) -> str:
    """The shorter one of the searches by tags and by ids."""
    by_ids = id_search(note.guid for note in sought)
    tags, left = _tags_for(sought, _other_tags(sought, identified, old))
    kinds = {note.kind for note in sought}
    types = [f"mid:{stamp.id}" for stamp in identified.lock.notetypes if stamp.kind in kinds]
    if not types or not 0 < len(tags) <= _MOST_TAGS:
        return by_ids
    by_tags = f"{_any_of(map(_tag_term, tags))} {_any_of(types)}"
    if left:
        by_tags += f" OR {id_search(left)}"
    return min(by_tags, by_ids, key=len)


def _other_tags(sought: Sequence[_Sought], identified: Identified, old: OldNotes) -> set[str]:
    """The tags that find another note too, as it is now or was before; Anki knows no case."""
    wanted = {note.guid for note in sought}
    others = [note for note in identified.notes if note.guid not in wanted]
    before = [old.by_guid[note.guid].tags for note in others if note.guid in old.by_guid]
    tags = {tag for own in (*before, *(note.tags for note in others)) for tag in own}
    return {name.casefold() for tag in tags for name in _lineage(tag)}


def _tags_for(sought: Sequence[_Sought], others: set[str]) -> tuple[list[str], list[Guid]]:
    """The highest tags that find the notes and none with one of ``others``; the notes left over.

    Only tags that name the deck are looked at: a learner gives those to no note.
    """
    found: dict[str, str] = {}
    left: list[Guid] = []
    for note in sought:
        root = tag_of(note.deck.partition("::")[0])
        own = (name for tag in note.tags for name in _lineage(tag) if _lineage(tag)[0] == root)
        name = next((name for name in own if name.casefold() not in others), "")
        if not name or _ORDERS.match(name):
            left.append(note.guid)
        else:
            found.setdefault(name.casefold(), name)
    return list(found.values()), left


def _lineage(tag: str) -> list[str]:
    """The tag and those above it, from the top: a search for any of them finds it."""
    return [*accumulate(tag.split("::"), "{}::{}".format)]


_ORDERS = re.compile("(?i)(?:re|nc):|none$")
"""Tags that Anki's search takes for an order."""


def _tag_term(tag: str) -> str:
    return '"tag:' + re.sub(r"([\\_*])", r"\\\1", tag) + '"'


def _any_of(terms: Iterable[str]) -> str:
    first, *others = terms
    return f"({' OR '.join((first, *others))})" if others else first
