"""Finds signs that the lock is not the one of this content, or that another lock is."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from cardwright.config import Config
from cardwright.content import Content
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.identify import Identified
from cardwright.lock import Lock
from cardwright.lock.records import LONGEST_HEADER, project_in
from cardwright.lock.text import lock_command
from cardwright.model import SUFFIXES, Place
from cardwright.source import SETTINGS
from cardwright.source.names import path_on_disk

_FEW = 5  # a lock with fewer notes proves nothing: all of them may have been replaced


def check_unrelated_lock(
    lock_file: Path, before: Lock | None, identified: Identified
) -> Iterator[Diagnostic]:
    """Yield LK613 if the content has none of the lock's live notes."""
    live = [entry for entry in before.entries if not entry.is_retired] if before else []
    is_known = any(identity.before for identity in identified.identities)
    if before is None or len(live) < _FEW or is_known or identified.diagnostics:
        return
    is_named = before.deck not in ("", identified.lock.deck)
    deck = f", '{shorten(before.deck)}'" if is_named else ""
    message = f"no question here is one of the {len(live):,} notes in the lock, so all are new "
    message += f"notes; is it the lock of another deck{deck}?"
    command = lock_command("--from PACKAGE", lock_file.as_posix())
    hint = "if so, do not import this build: restore the lock of this deck, from git or with "
    hint += (
        f"'{command}', and build again; if all questions are really new, run 'build --accept-new'"
    )
    yield Diagnostic(Place(lock_file.as_posix()), Code.UNRELATED_LOCK, message, hint)


def check_shared_lock(path: Path, lock_file: Path, before: Lock | None) -> Iterator[Diagnostic]:
    """Yield SR210 if the lock of a single file has the notes of a file with the same name.

    ``garden.md`` and ``garden.markdown`` have one lock by default, and each build would retire
    the notes of the other file.
    """
    live = {entry.file for entry in before.entries if not entry.is_retired} if before else set()
    for other in (path.with_suffix(suffix) for suffix in SUFFIXES):
        is_by_default = lock_file == path.with_suffix(".lock")
        if is_by_default and other.name != path.name and other.name in live and other.is_file():
            message = f"'{lock_file.name}' is the lock of '{other.name}', which has the same name"
            hint = "rename one of the two files, or give this one another lock with --lock"
            yield Diagnostic(Place(path.name), Code.SAME_NAME, message, hint)


def check_project(config: Config, lock: Lock) -> Iterator[Diagnostic]:
    """Yield CF107 if the settings and the lock name different projects. The lock's is used."""
    if config.project and config.project != lock.project:
        message = f"'project' is '{shorten(config.project)}', but the lock keeps "
        message += f"'{shorten(lock.project)}'"
        hint = f"write 'project: {lock.project}' or remove the line; with another project, every "
        hint += "note would be new to Anki"
        yield Diagnostic(Place(SETTINGS), Code.PROJECT_KEPT, message, hint)


def check_neighbouring_locks(
    content: Content, lock_file: Path, lock: Lock, identified: Identified
) -> Iterator[Diagnostic]:
    """Yield LK607 for each lock of another deck beside a file whose questions are all new.

    An import would add each of these questions a second time.
    """
    ours = os.path.realpath(lock_file)
    checked: set[Path] = set()
    for path in () if content.is_single else _new_files(identified):
        file = path_on_disk(content.folder, path)
        above = (each for each in file.parents if content.folder in each.parents)
        for folder in sorted({content.folder, *above} - checked):
            checked.add(folder)
            for beside in sorted(folder.glob("*.lock")):
                is_of_a_file = any(beside.with_suffix(each).exists() for each in SUFFIXES)
                is_ours = os.path.realpath(beside) == ours
                if not is_of_a_file and not is_ours and _is_other(beside, lock):
                    yield _other_deck(path, beside, is_alone=False)
        if _is_other(file.with_suffix(".lock"), lock):
            yield _other_deck(path, file.with_suffix(".lock"), is_alone=True)


def _new_files(identified: Identified) -> list[str]:
    """Return the files whose questions are all new."""
    known: defaultdict[str, bool] = defaultdict(bool)
    for identity in identified.identities:
        known[identity.place.path] |= identity.before is not None
    return [path for path, is_known in known.items() if not is_known]


def _is_other(lock_file: Path, lock: Lock) -> bool:
    """Whether the file is a lock of another project."""
    if not lock_file.is_file():
        return False
    try:
        with lock_file.open(encoding="utf-8-sig", errors="replace") as file:
            return project_in(file.readline(LONGEST_HEADER)) not in ("", lock.project)
    except OSError:
        return False


def _other_deck(path: str, beside: Path, *, is_alone: bool) -> Diagnostic:
    if is_alone:
        message = f"this file was built alone before, as '{beside.name}' beside it shows; in this "
        hint = (
            "to keep them, move 'deck.lock' away and run 'cardwright lock --from PACKAGE FOLDER' "
        )
        hint += "with the package of the file; to start over, delete that lock"
    else:
        message = f"this file was part of another deck before, as '{beside.name}' shows; in this "
        hint = "to keep them, build those files as a deck of their own; to start over, delete that "
        hint += "lock"
    message += "folder's deck, its questions are new notes"
    return Diagnostic(Place(path), Code.BUILT_ALONE, message, hint)
