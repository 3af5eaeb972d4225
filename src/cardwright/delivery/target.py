"""Defines how a command reaches Anki: the running program, a closed collection, or an account."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.delivery.values import AnkiError
from cardwright.diagnostics import Code

if TYPE_CHECKING:
    from cardwright.delivery.apply import AnkiConnection


@dataclass(frozen=True, slots=True)
class AnkiTarget:
    """The Anki that a command works with."""

    name: str  # its file or its address, for messages
    collection: Path | None = None
    profile: str | None = None
    is_synced: bool = False
    is_downloading: bool = False
    is_default: bool = False  # no option selects it

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return the options that select it on the command line."""
        if self.is_synced:
            return ("--sync",)
        if self.profile is not None:
            return ("--profile", self.profile)
        if self.collection:
            return ("--collection", self.collection.as_posix())
        return () if self.is_default else ("--anki", self.name)

    def file(self) -> Path | None:
        """Return the closed collection, ``None`` without one. AN802 if there is no such profile."""
        return self.collection if self.profile is None else profile_collection(self.profile)

    def opened(self, *, is_writing: bool) -> AbstractContextManager[AnkiConnection]:
        """Open it for a ``with`` block. Raises ``AnkiError``."""
        from cardwright.delivery import collection, connect, sync
        from cardwright.delivery.account import known_account

        if self.is_synced:
            account, key = known_account()
            return sync.synced(
                account, key, is_downloading=self.is_downloading, is_writing=is_writing
            )
        if file := self.file():
            return collection.opened(file)
        return connect.opened(self.name)


_COLLECTION = "collection.anki2"


def profile_collection(name: str) -> Path:
    """Return the collection of the profile ``name``. AN802 if there is no such profile."""
    folder = anki_folder()
    file = folder / name / _COLLECTION
    if name in profiles():
        return file
    known = ", ".join(f"'{each}'" for each in profiles())
    message = f"Anki has no profile '{name}' in {folder}"
    hint = f"the profiles there: {known}" if known else "name the file itself with --collection"
    raise AnkiError(Code.NO_COLLECTION, message, hint)


def profiles() -> tuple[str, ...]:
    """Return the names of all profiles, sorted."""
    folder = anki_folder()
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{_COLLECTION}")))


def anki_folder() -> Path:
    """Return the folder of Anki's profiles, as in Anki's manual.

    Like Anki, this uses ``ANKI_BASE`` and ``XDG_DATA_HOME``.
    """
    if base := os.environ.get("ANKI_BASE"):
        return Path(base)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", str(Path.home()))) / "Anki2"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Anki2"
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "Anki2"
