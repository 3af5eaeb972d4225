"""Defines ``cardwright adopt``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardwright.cli.anki_options import COLLECTION, PROFILE, chosen_target
from cardwright.cli.arguments import (
    BUILD_OPTIONS,
    DIR,
    JSON,
    YES,
    BuildArguments,
    agrees,
    command,
    is_interactive,
    print_json,
    with_build_arguments,
)

if TYPE_CHECKING:
    from cardwright.adopt.values import Adoption, OldNote, UnsureQuestion
    from cardwright.terminal import Terminal


@command(
    "cardwright adopt --profile 'User 1' --dry-run",
    "cardwright adopt notes --profile 'User 1' --deck Plants",
)
@DIR
@COLLECTION
@PROFILE
@click.option(
    "--deck", "decks", multiple=True, metavar="NAME",
    help="A deck in Anki, with its subdecks; may be given several times "
    "(default: the deck with most of the questions).",
)  # fmt: skip
@click.option("--move", is_flag=True, help="Move the cards to the decks of the content.")
@click.option("--dry-run", is_flag=True, help="List the notes; write nothing anywhere.")
@JSON
@YES
@with_build_arguments(*BUILD_OPTIONS)
def adopt(
    arguments: BuildArguments, collection: Path | None, profile: str | None,
    decks: tuple[str, ...], move: bool, dry_run: bool, as_json: bool, yes: bool,
) -> int:  # fmt: skip
    """Take over a deck that was made by hand or by another tool.

    Its notes are matched with the questions of PATH. Matched notes become Cardwright's, and keep
    their cards, reviews, flags and tags. Other notes are not changed.

    Sync all devices and close Anki first: Anki uploads the whole collection afterwards. A backup
    is made. Try --dry-run first.
    """
    from cardwright.adopt.adopt import Prompts
    from cardwright.adopt.adopt import adopt as adopt_notes
    from cardwright.adopt.report import adopted_object, adoption_rows, summary
    from cardwright.diagnostics import has_errors
    from cardwright.terminal import Terminal

    if (collection is None) == (profile is None):
        raise click.UsageError("give one of --collection and --profile")
    terminal = Terminal(is_quiet=as_json)
    options = arguments.options(terminal, writes_cache=not dry_run)
    options = replace(options, output=arguments.folder)
    asks = is_interactive() and not (yes or as_json or dry_run)

    def agree(adoption: Adoption) -> bool:
        rows = () if as_json else adoption_rows(adoption)
        has_question = asks and adoption.pairs.matches and not adoption.is_stopped
        question = "Adopt them? Your other devices should be synced" if has_question else ""
        return agrees(terminal, rows, question) and not dry_run

    target = chosen_target(collection=collection, profile=profile)
    picks = asks and not arguments.accept_new
    prompts = Prompts(agree, partial(_picked, terminal) if picks else None)
    with terminal:
        done = adopt_notes(arguments.path, target, options, prompts, decks=decks, is_moving=move)
    if as_json:
        print_json(adopted_object(done.adoption, target.name, done.diagnostics))
    else:
        for line in summary(done.adoption) if done.adoption else ():
            terminal.result(line)
        terminal.problems(done.diagnostics, is_strict=arguments.strict)
    is_wrong = has_errors(done.diagnostics, strict=arguments.strict)
    return 1 if is_wrong or done.adoption is None else 0


def _picked(terminal: Terminal, unsure: UnsureQuestion) -> OldNote | None:
    """Let the user choose the note of a question."""
    from cardwright.adopt.report import unsure_rows

    terminal.hide_progress()
    for row in unsure_rows(unsure):
        terminal.row(row)
    count = len(unsure.candidates)
    number = click.prompt("Which note is it? 0 for none", type=click.IntRange(0, count))
    return unsure.candidates[number - 1] if number else None
