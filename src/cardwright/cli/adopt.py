"""``cardwright adopt``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardwright.cli.anki_options import COLLECTION, PROFILE
from cardwright.cli.arguments import (
    ACCEPT_NEW,
    DIR,
    LOCK,
    NO_CACHE,
    OFFLINE,
    PATH,
    STRICT,
    TRUST,
    cores,
    examples,
    folder_and_name,
    is_asking,
    now,
)

if TYPE_CHECKING:
    from cardwright.adopt.adopt import Adoption
    from cardwright.adopt.values import OldNote, Unsure


@click.command(
    epilog=examples(
        "cardwright adopt --profile 'User 1' --dry-run",
        "cardwright adopt notes --profile 'User 1' --deck Plants",
    )
)
@PATH
@DIR
@COLLECTION
@PROFILE
@click.option(
    "--deck", "decks", multiple=True, metavar="NAME",
    help="The deck in Anki, with its subdecks (default: the one with most of the questions).",
)  # fmt: skip
@click.option("--move", is_flag=True, help="Move the cards to the decks of the content.")
@click.option("--dry-run", is_flag=True, help="List the notes; write nothing anywhere.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@OFFLINE
@STRICT
@NO_CACHE
@ACCEPT_NEW
@LOCK
@TRUST
def adopt(
    path: Path, output: Path, collection: Path | None, profile: str | None,
    decks: tuple[str, ...], move: bool, dry_run: bool, as_json: bool, yes: bool, offline: bool,
    strict: bool, no_cache: bool, accept_new: bool, lock_file: Path | None, trust: bool,
) -> int:  # fmt: skip
    """Take over a deck that was made by hand or by another tool.

    Its notes are matched with the questions of PATH. Matched notes become Cardwright's, and keep
    their cards, reviews, flags and tags. Other notes are not changed.

    Sync all devices and close Anki first: Anki uploads the whole collection afterwards. A backup
    is made. Try --dry-run first.
    """
    from cardwright.adopt.adopt import Choices, Person
    from cardwright.adopt.adopt import adopt as adopt_notes
    from cardwright.adopt.as_json import adopted_object
    from cardwright.adopt.text import adoption_rows, summary, unsure_rows
    from cardwright.delivery.profiles import profile_collection
    from cardwright.diagnostics import has_errors
    from cardwright.media import CACHE, Cache
    from cardwright.pipeline import Options
    from cardwright.terminal import Terminal

    if (collection is None) == (profile is None):
        raise click.UsageError("give one of --collection and --profile")
    terminal = Terminal(is_quiet=as_json)
    output, _ = folder_and_name(output)
    options = Options(
        now(), offline, False, strict, lock_file, terminal.show_progress,
        cache=Cache(None if no_cache else output / CACHE, is_writable=not dry_run),
        is_accepting_new=accept_new, processes=cores(), notify=terminal.notice, output=output,
        is_trusted=trust,
    )  # fmt: skip
    may_ask = is_asking() and not (yes or as_json or dry_run)

    def find() -> Path:
        return collection or profile_collection(profile or "")

    def pick(unsure: Unsure) -> OldNote | None:
        terminal.hide_progress()
        for row in unsure_rows(unsure):
            terminal.row(row)
        count = len(unsure.candidates)
        number = click.prompt("Which note is it? 0 for none", type=click.IntRange(0, count))
        return unsure.candidates[number - 1] if number else None

    def agree(adoption: Adoption) -> bool:
        terminal.hide_progress()
        if not as_json:
            for row in adoption_rows(adoption):
                terminal.row(row)
        if dry_run or not (may_ask and adoption.pairs.matches):
            return not dry_run
        return click.confirm("Adopt them? Your other devices should be synced")

    name = collection.as_posix() if collection else f"profile {profile}"
    person = Person(agree, pick if may_ask and not accept_new else None)
    with terminal:
        done = adopt_notes(path, find, name, options, Choices(decks, move), person)
    if as_json:
        click.echo(json.dumps(adopted_object(done.adoption, name, done.diagnostics), indent=2))
    else:
        for line in summary(done.adoption) if done.adoption else ():
            terminal.result(line)
        terminal.problems(done.diagnostics, is_strict=strict)
    is_wrong = done.adoption is None or has_errors(done.diagnostics, strict=strict)
    return 1 if is_wrong else 0
