"""Finds questions whose note type changed: for Anki, the old note goes and a new one comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from cardwright.identify import Identified
from cardwright.lock import LockEntry
from cardwright.lock.order import in_source_order
from cardwright.model import Guid

_ALIKE = 60.0  # of 100
_LOOKED_AT = 500  # characters of a front


def changed_kinds(identified: Identified) -> Mapping[Guid, LockEntry]:
    """Map new notes to the retired note that each of them was before its note type changed.

    The two have different kinds, and the same id, the same front, or similar words after the
    same question.
    """
    keyed = [
        (key, entry) for entry in newly_retired(identified) for key in _keys(entry, entry.after)
    ]
    times = Counter(key for key, _ in keyed)
    by_key = {key: entry for key, entry in keyed if times[key] == 1}
    found: dict[Guid, LockEntry] = {}
    taken: set[Guid] = set()
    was: dict[str, str] = {}
    for entry in _new(identified):
        after = was.get(entry.after, entry.after)
        for old in [by_key.get(key) for key in _keys(entry, after)]:
            if old and old.guid not in taken and _is_same(entry, old):
                found[entry.guid] = old
                taken.add(old.guid)
                was[entry.guid] = old.guid
                break
    return found


def can_be_claimed(identified: Identified, changed: Mapping[Guid, LockEntry]) -> bool:
    """Whether some new question could claim a newly retired note with ``{#guid}``.

    The note must have the question's note type, and must not be in ``changed_kinds`` already.
    """
    known = {entry.guid for entry in changed.values()}
    kinds = {entry.kind for entry in _new(identified) if entry.guid not in changed}
    gone = newly_retired(identified)
    return any(entry.kind in kinds for entry in gone if entry.guid not in known)


def newly_retired(identified: Identified) -> Sequence[LockEntry]:
    """Return the entries that this build retires, in the order of their questions."""
    return in_source_order(identified.lock, {*identified.changes.retired})


def _new(identified: Identified) -> Sequence[LockEntry]:
    return [each.entry for each in identified.identities if each.before is None]


def _keys(entry: LockEntry, after: str) -> list[tuple[Hashable, ...]]:
    by_id = [("id", entry.file, entry.id)] if entry.id else []
    return [*by_id, ("front", entry.front), ("after", entry.file, after)]


def _is_same(new: LockEntry, old: LockEntry) -> bool:
    if new.kind == old.kind:
        return False
    if new.front == old.front or (new.id and new.id == old.id):
        return True
    from rapidfuzz.fuzz import token_set_ratio  # most builds do without

    alike = token_set_ratio(old.front[:_LOOKED_AT].lower(), new.front[:_LOOKED_AT].lower())
    return alike >= _ALIKE
