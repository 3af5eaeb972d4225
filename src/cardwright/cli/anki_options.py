"""Defines the options that say how to reach Anki."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cardwright.delivery.apply import Anki

DEFAULT_ADDRESS = "http://127.0.0.1:8765"


def _no_folder(
    _context: click.Context, _parameter: click.Parameter, file: Path | None
) -> Path | None:
    if file is not None and file.is_dir():
        raise click.BadParameter(f"'{file}' is a folder; name the collection.anki2 in it")
    return file


ANKI = click.option(
    "--anki", metavar="URL",
    help=f"The address of the add-on AnkiConnect (default: {DEFAULT_ADDRESS}).",
)  # fmt: skip
COLLECTION = click.option(
    "--collection", type=click.Path(path_type=Path), metavar="FILE", callback=_no_folder,
    help="A collection.anki2, while Anki is closed.",
)  # fmt: skip
PROFILE = click.option(
    "--profile", metavar="NAME", help="The collection of this profile, while Anki is closed.",
)  # fmt: skip

SYNC = click.option(
    "--sync", is_flag=True,
    help="Sync directly with your account, without a desktop Anki ('cardwright login' first).",
)  # fmt: skip
FULL_DOWNLOAD = click.option(
    "--full-download", is_flag=True,
    help="With --sync: replace the local copy of the collection with the account's.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnkiTarget:
    """The Anki that a command works with. ``name`` is its file or its address."""

    name: str
    collection: Path | None = None
    profile: str = ""
    is_synced: bool = False
    is_downloading: bool = False

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return the options that select it on the command line, ``()`` for the default address."""
        if self.is_synced:
            return ("--sync",)
        if self.profile:
            return ("--profile", self.profile)
        if self.collection:
            return ("--collection", self.collection.as_posix())
        return () if self.name == DEFAULT_ADDRESS else ("--anki", self.name)

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


def chosen_target(
    anki: str | None,
    collection: Path | None,
    profile: str | None,
    *,
    is_synced: bool = False,
    is_downloading: bool = False,
) -> AnkiTarget:
    """Return the Anki that the options select. A usage error if they select more than one."""
    if sum(each is not None for each in (anki, collection, profile)) + is_synced > 1:
        raise click.UsageError("give one of --anki, --collection, --profile and --sync")
    if is_downloading and not is_synced:
        raise click.UsageError("--full-download goes with --sync")
    if anki is not None and "@" in anki:  # else messages would show the password
        raise click.UsageError("the address of --anki cannot have a user name or a password")
    if is_synced:
        return AnkiTarget("sync", is_synced=True, is_downloading=is_downloading)
    if collection is not None:
        return AnkiTarget(collection.as_posix(), collection)
    if profile is not None:
        return AnkiTarget(f"profile {profile}", profile=profile)
    return AnkiTarget(anki or DEFAULT_ADDRESS)
