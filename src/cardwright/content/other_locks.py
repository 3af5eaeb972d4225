"""Locks that are another deck's, or another project's: a deck's own, or one beside its files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from cardwright.config import Config
from cardwright.content import Content
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.identify import Identified
from cardwright.lock import Lock, lock_command
from cardwright.lock.records import Header, read_record
from cardwright.model import Place
from cardwright.source import SETTINGS

_FEW = 5
"""Fewer notes than these may all have been replaced."""


def check_belonging(
    lock_file: Path, before: Lock | None, identified: Identified
) -> Iterator[Diagnostic]:
    """LK613 where the content has none of the notes that are live in the lock."""
    live = [entry for entry in before.entries if not entry.is_retired] if before else []
    is_known = any(identity.before for identity in identified.identities)
    if before is None or len(live) < _FEW or is_known or identified.diagnostics:
        return
    is_named = before.deck not in ("", identified.lock.deck)
    deck = f", '{shorten(before.deck)}'" if is_named else ""
    message = f"none of the lock's {len(live):,} notes is a question here, all are new notes; is "
    message += f"it the lock of another deck{deck}?"
    command = lock_command("--from PACKAGE", lock_file.as_posix())
    hint = "if it is, import nothing of this build: bring this deck's lock back, from git or with "
    hint += f"'{command}', and build again; --accept-new says that all questions are other ones"
    yield Diagnostic(Place(lock_file.as_posix()), Code.STRANGE_LOCK, message, hint)


def other_project(config: Config, lock: Lock) -> Iterator[Diagnostic]:
    """CF107 where the settings name another project than the lock, which keeps its own."""
    if config.project and config.project != lock.project:
        message = f"'project' is '{shorten(config.project)}', and the lock keeps "
        message += f"'{shorten(lock.project)}'"
        hint = f"write 'project: {lock.project}' or leave it out; with another one every note "
        hint += "would be new to Anki"
        yield Diagnostic(Place(SETTINGS), Code.PROJECT_KEPT, message, hint)


def locks_beside(
    content: Content, lock_file: Path, lock: Lock, identified: Identified
) -> Iterator[Diagnostic]:
    """LK607 for each lock of another deck beside a file whose questions are all new here.

    This folder is another deck with notes of its own: an import would bring each question twice.
    """
    ours = lock_file.resolve()
    told: set[Path] = set()
    for path in () if content.is_single else _all_new(identified):
        file = content.folder / path
        for folder in sorted(_up_to(content.folder, file) - told):
            told.add(folder)
            for beside in sorted(folder.glob("*.lock")):
                is_of_a_file = beside.with_suffix(".md").exists()
                if not is_of_a_file and beside.resolve() != ours and _is_other(beside, lock):
                    yield _built_apart(path, beside, is_alone=False)
        if _is_other(file.with_suffix(".lock"), lock):
            yield _built_apart(path, file.with_suffix(".lock"), is_alone=True)


def _all_new(identified: Identified) -> list[str]:
    """The files that have questions, and none that an earlier build knew."""
    known: defaultdict[str, bool] = defaultdict(bool)
    for identity in identified.identities:
        known[identity.place.path] |= identity.before is not None
    return [path for path, is_known in known.items() if not is_known]


def _up_to(root: Path, file: Path) -> set[Path]:
    """The folders that the file is in, the outermost ``root``."""
    return {root, *(folder for folder in file.parents if root in folder.parents)}


def _is_other(lock_file: Path, lock: Lock) -> bool:
    """Whether the file is a lock, and of another project."""
    if not lock_file.is_file():
        return False
    try:
        with lock_file.open(encoding="utf-8-sig", errors="replace") as file:
            first = read_record(file.readline(_LONGEST_HEADER))
    except OSError:
        return False
    return isinstance(first, Header) and first.project != lock.project


_LONGEST_HEADER = 100_000  # characters


def _built_apart(path: str, beside: Path, *, is_alone: bool) -> Diagnostic:
    if is_alone:
        message = f"this file was built alone before, '{beside.name}' beside it says; in the "
        hint = "to go on with them, take away 'deck.lock' and write 'cardwright lock --from', "
        hint += "its package and the folder; to begin anew, delete that lock"
    else:
        message = f"this file was in a deck of its own before, '{beside.name}' says; in this "
        hint = "to go on with them, keep those files a deck apart; to begin anew, delete that lock"
    message += "folder's deck its questions are new notes"
    return Diagnostic(Place(path), Code.BUILT_ALONE, message, hint)
