"""What a pull finds: edits with a place in the content, and those without one."""

from __future__ import annotations

from dataclasses import dataclass

from cardwright.diagnostics import Diagnostic
from cardwright.model import Guid, Place


@dataclass(frozen=True, slots=True)
class Edit:
    """What the learner changed in one field, or a tag that they added.

    ``before`` and ``after`` are the texts of what changed. ``reason`` is ``""`` where the edit is
    in the patch; else it says why not, going on after ``it``.
    """

    guid: Guid
    field: str
    place: Place
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FilePatch:
    """A file's lines as they are and as they would be; ``path`` is relative to the content."""

    path: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pulled:
    """``patches`` are in the order of the files, ``edits`` in that of the notes.

    ``looked_at`` is how many notes of the content Anki has.
    """

    patches: tuple[FilePatch, ...] = ()
    edits: tuple[Edit, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    looked_at: int = 0
