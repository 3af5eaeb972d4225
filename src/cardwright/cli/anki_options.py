"""Defines the options that say how to reach Anki."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cardwright.cli.arguments import Command, with_options

if TYPE_CHECKING:
    from cardwright.delivery.target import AnkiTarget

DEFAULT_ADDRESS = "http://127.0.0.1:8765"


def _no_folder(
    _context: click.Context, _parameter: click.Parameter, file: Path | None
) -> Path | None:
    if file is not None and file.is_dir():
        raise click.BadParameter(f"'{file}' is a folder; name the collection.anki2 in it")
    return file


COLLECTION = click.option(
    "--collection", type=click.Path(path_type=Path), metavar="FILE", callback=_no_folder,
    help="A collection.anki2, while Anki is closed.",
)  # fmt: skip
PROFILE = click.option(
    "--profile", metavar="NAME", help="The collection of this profile, while Anki is closed.",
)  # fmt: skip
_TARGET_OPTIONS = (
    click.option(
        "--anki", metavar="URL",
        help=f"The address of the add-on AnkiConnect (default: {DEFAULT_ADDRESS}).",
    ),
    COLLECTION,
    PROFILE,
    click.option(
        "--sync", "is_synced", is_flag=True,
        help="Sync directly with your account, without a desktop Anki ('cardwright login' first).",
    ),
    click.option(
        "--full-download", "is_downloading", is_flag=True,
        help="With --sync: replace the local copy of the collection with the account's.",
    ),
)  # fmt: skip


def with_anki_target(command: Command) -> Command:
    """Add the options that select an Anki to a command, and pass it the ``AnkiTarget``."""

    @wraps(command)
    def collected(**values: Any) -> int:
        names = ("anki", "collection", "profile", "is_synced", "is_downloading")
        target = chosen_target(**{name: values.pop(name) for name in names})
        return command(target=target, **values)

    return with_options(collected, _TARGET_OPTIONS)


def chosen_target(
    anki: str | None = None, collection: Path | None = None, profile: str | None = None,
    *, is_synced: bool = False, is_downloading: bool = False,
) -> AnkiTarget:  # fmt: skip
    """Return the Anki that the options select. A usage error if they select more than one."""
    from cardwright.delivery.target import AnkiTarget

    if sum(each is not None for each in (anki, collection, profile)) + is_synced > 1:
        raise click.UsageError("give only one of --anki, --collection, --profile and --sync")
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
    address = anki or DEFAULT_ADDRESS
    return AnkiTarget(address, is_default=address == DEFAULT_ADDRESS)
