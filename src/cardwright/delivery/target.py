"""Defines how a command reaches Anki: the running program, a closed collection, or an account."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardwright.delivery.apply import Anki


@dataclass(frozen=True, slots=True)
class AnkiTarget:
    """The Anki that a command works with. ``name`` is its file or its address, for messages.

    ``is_default`` says that no option selects it.
    """

    name: str
    collection: Path | None = None
    profile: str = ""
    is_synced: bool = False
    is_downloading: bool = False
    is_default: bool = False

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return the options that select it on the command line."""
        if self.is_synced:
            return ("--sync",)
        if self.profile:
            return ("--profile", self.profile)
        if self.collection:
            return ("--collection", self.collection.as_posix())
        return () if self.is_default else ("--anki", self.name)

    def opened(self, *, is_writing: bool) -> AbstractContextManager[Anki]:
        """Open it for a ``with`` block. Raises ``AnkiError``."""
        from cardwright.delivery import collection, connect, sync
        from cardwright.delivery.account import known_account
        from cardwright.delivery.profiles import profile_collection

        if self.is_synced:
            account, key = known_account()
            return sync.synced(
                account, key, is_downloading=self.is_downloading, is_writing=is_writing
            )
        if self.profile:
            return collection.opened(profile_collection(self.profile))
        if self.collection:
            return collection.opened(self.collection)
        return connect.opened(self.name)
