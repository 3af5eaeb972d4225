"""The options that say how Anki is reached."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cardwright.delivery.apply import Anki

DEFAULT_ADDRESS = "http://127.0.0.1:8765"

ANKI = click.option(
    "--anki", metavar="URL",
    help=f"Where the add-on AnkiConnect answers (default: {DEFAULT_ADDRESS}).",
)  # fmt: skip
COLLECTION = click.option(
    "--collection", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="A collection.anki2, while Anki is closed.",
)  # fmt: skip
PROFILE = click.option(
    "--profile", metavar="NAME", help="The collection of this profile, while Anki is closed.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """A way into Anki; ``name`` is the file or the address that it leads to."""

    name: str
    collection: Path | None = None
    profile: str = ""

    def opened(self) -> AbstractContextManager[Anki]:
        """Anki until the block ends; what goes wrong is an ``AnkiError``."""
        from cardwright.delivery import collection, connect
        from cardwright.delivery.profiles import profile_collection

        if self.profile:
            return collection.opened(profile_collection(self.profile))
        if self.collection:
            return collection.opened(self.collection)
        return connect.opened(self.name)


def chosen_way(anki: str | None, collection: Path | None, profile: str | None) -> Way:
    """The way that the options name; at most one of them is given."""
    if sum(each is not None for each in (anki, collection, profile)) > 1:
        raise click.UsageError("give one of --anki, --collection and --profile")
    if collection is not None:
        return Way(collection.as_posix(), collection)
    if profile is not None:
        return Way(f"profile {profile}", profile=profile)
    return Way(anki or DEFAULT_ADDRESS)
