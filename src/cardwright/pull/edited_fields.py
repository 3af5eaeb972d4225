"""Finds the fields and tags of a note that the learner edited in Anki."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from cardwright.anki_fields.flow import Block, BlockChange, block_changes, with_changes
from cardwright.anki_fields.reading import blocks_of, read_like
from cardwright.delivery.values import RETIRED, AnkiNote
from cardwright.filing import is_place_tag
from cardwright.model import Note, Seconds
from cardwright.notetypes import CLOZE, field_names
from cardwright.package.collection import field_values
from cardwright.package.packed_notes import PackedNote
from cardwright.package.shipped import Shipped, hash_of, tag_hash
from cardwright.pull.sandbox import FIELD_PARTS


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A field that the learner edited."""

    field: str
    ours: tuple[Block, ...]  # the field of the content
    theirs: tuple[Block, ...]  # that of Anki
    target: tuple[Block, ...] | None  # the merged field for the content, if there is one
    reason: str = ""  # why there is no target; continues "it …"


def edited_fields(
    note: Note,
    anki_note: AnkiNote,
    packed: PackedNote | None,
    before: Seconds | None,
    *,
    takes_theirs: bool = False,
) -> Iterator[FieldEdit]:
    """Yield the fields that the learner edited and whose edit the content does not have yet.

    ``packed`` is the note in the last package, and ``before`` is its change time in the lock. Both
    help with a note that does not record how it was shipped. If both sides changed a field,
    ``takes_theirs`` takes Anki's.
    """
    names = field_names(note.kind)
    ours = field_values(note)
    state = anki_note.shipped(note.kind)
    mod = anki_note.mod if state is None else None
    if mod is not None and before is not None and mod <= before:
        return  # it is as an earlier build shipped it
    for name in names:
        theirs = anki_note.fields.get(name)
        if name not in FIELD_PARTS or theirs is None:
            continue
        if state is not None and hash_of(theirs) == state.fields[name]:
            continue  # the learner left it alone
        read = partial(blocks_of, is_cloze=note.kind == CLOZE and name == "Text")
        base = _base(name, ours[name], packed, state, note.mod)
        here = read(ours[name])
        there = read_like(theirs, ours[name] if base is None else base, read)
        if there == here:
            continue
        if sum(len(block.words) for block in (*there, *here)) > _MOST_WORDS:
            yield FieldEdit(name, here, there, None, "is too long to be compared")
            continue
        was = read(base) if base is not None else None
        if there == was:
            continue
        target = there if was == here else None
        if target is None and was is not None:
            target = merge_blocks(was, here, there)
        if target is None and takes_theirs:
            target = there
        yield FieldEdit(name, here, there, target, "" if target is not None else _CHANGED_IN_BOTH)


_MOST_WORDS = 20_000
"""Words of both versions of a field together. Comparing them takes quadratic time."""

_CHANGED_IN_BOTH = "was changed in the content as well"


def _base(
    name: str, ours: str, packed: PackedNote | None, state: Shipped | None, mod: Seconds
) -> str | None:
    """Return the field as it was shipped to the learner, or ``None`` if that is unknown.

    A note that still has the ``mod`` with which it was shipped did not change, even if a new
    library renders it differently.
    """
    old = packed.field(name) if packed is not None else None
    if state is None:
        return old
    if state.mod == mod or hash_of(ours) == state.fields[name]:
        return ours
    return old if old is not None and hash_of(old) == state.fields[name] else None


_TAGS_OF_ANKI = frozenset({"marked", "leech"})


def added_tags(note: Note, anki_note: AnkiNote, root: str) -> Iterator[str]:
    """Yield the tags that the learner added, without those that Anki itself adds."""
    state = anki_note.shipped(note.kind)
    if state is None:
        return
    ours = {tag.casefold() for tag in note.tags}
    for tag in anki_note.tags:
        name = tag.casefold()
        is_ours = name in ours or tag_hash(tag) in state.tags or name == RETIRED
        if not is_ours and not is_place_tag(tag, root) and name not in _TAGS_OF_ANKI:
            yield tag


def merge_blocks(
    base: Sequence[Block], ours: Sequence[Block], theirs: Sequence[Block]
) -> tuple[Block, ...] | None:
    """Merge the changes of both sides. Return ``None`` if both changed the same block."""
    our_changes, their_changes = block_changes(base, ours), block_changes(base, theirs)
    if any(_overlap(one, other) for one in our_changes for other in their_changes):
        return None
    shifted = []
    for change in their_changes:
        shift = sum(
            (each.new_end - each.new_start) - (each.old_end - each.old_start)
            for each in our_changes
            if each.old_end <= change.old_start
        )
        start, end = change.old_start + shift, change.old_end + shift
        shifted.append(replace(change, old_start=start, old_end=end))
    return with_changes(ours, theirs, shifted)


def _overlap(one: BlockChange, other: BlockChange) -> bool:
    """Whether two changes affect the same blocks, or insert at the same place."""
    if one.old_start == one.old_end or other.old_start == other.old_end:
        return one.old_start <= other.old_end and other.old_start <= one.old_end
    return one.old_start < other.old_end and other.old_start < one.old_end
