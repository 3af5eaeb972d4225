"""The values of a pull: edits and patches."""

from __future__ import annotations

from dataclasses import dataclass

from cardwright.model import Guid, Place


@dataclass(frozen=True, slots=True)
class Edit:
    """A change in one field, or an added tag.

    ``before`` and ``after`` are the texts of the changed part. ``reason`` is ``""`` if the edit is
    in the patch. Otherwise it says why not, and continues "it …".
    """

    guid: Guid
    field: str
    place: Place
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FilePatch:
    """The old and the new lines of a file. ``path`` is relative to the content."""

    path: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pulled:
    """The result of a pull.

    ``patches`` are in the order of the files, and ``edits`` in that of the notes. ``looked_at``
    counts the notes of the content that Anki has.
    """

    patches: tuple[FilePatch, ...] = ()
    edits: tuple[Edit, ...] = ()
    looked_at: int = 0
