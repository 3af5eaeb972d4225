"""Defines ``cardwright push``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardwright.cli.anki_options import (
    ANKI,
    COLLECTION,
    FULL_DOWNLOAD,
    PROFILE,
    SYNC,
    chosen_target,
)
from cardwright.cli.arguments import (
    BUILD_OPTIONS,
    DIR,
    PATH,
    BuildArguments,
    examples,
    is_interactive,
    with_build_arguments,
)
from cardwright.cli.watch import WATCH, RunResult, refuse_json, run_on_changes

if TYPE_CHECKING:
    from cardwright.delivery.values import AnkiDeck, Differences


@click.command(
    epilog=examples(
        "cardwright push",
        "cardwright push notes --dry-run",
        "cardwright push --profile 'User 1' --yes",
        "cardwright push --sync",
    )
)
@PATH
@DIR
@ANKI
@COLLECTION
@PROFILE
@SYNC
@FULL_DOWNLOAD
@click.option("--dry-run", is_flag=True, help="List the changes; write nothing anywhere.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--ours", is_flag=True, help="If you and Anki both changed a field, use yours.")
@click.option("--prune", is_flag=True, help="Delete retired notes in Anki, with their reviews.")
@click.option("--restore", is_flag=True, help="Bring back notes that were deleted in Anki.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_build_arguments(*BUILD_OPTIONS, WATCH)
def push(
    arguments: BuildArguments, anki: str | None, collection: Path | None, profile: str | None,
    sync: bool, full_download: bool, dry_run: bool, as_json: bool, ours: bool, prune: bool,
    restore: bool, yes: bool, watch: bool,
) -> int:  # fmt: skip
    """Build PATH and update Anki to match.

    By default this updates the running Anki, through the add-on AnkiConnect. --profile and
    --collection open a collection while Anki is closed. --sync needs no Anki at all.

    Reviews, flags, the learner's tags and edits stay. Cards move with their question, retired notes
    are suspended, and new cards come in the order of the source. A second push changes nothing.
    """
    from cardwright.delivery.as_json import pushed_object
    from cardwright.delivery.compare import PushChoices
    from cardwright.delivery.deliver import Approval, PushResult, deliver
    from cardwright.delivery.text import difference_lines, is_sweeping, summary
    from cardwright.diagnostics import has_errors
    from cardwright.making import Memory
    from cardwright.terminal import Terminal

    target = chosen_target(anki, collection, profile, is_synced=sync, is_downloading=full_download)
    refuse_json(watch=watch, as_json=as_json)
    terminal = Terminal(is_quiet=as_json)
    path, folder, strict = arguments.path, arguments.folder, arguments.strict
    memory = Memory() if watch else None
    can_ask = is_interactive() and not (yes or as_json)

    def agree(found: Differences, anki_deck: AnkiDeck) -> bool:
        terminal.hide_progress()
        if not (as_json or watch):
            for row in difference_lines(found, anki_deck, terminal.has_colours):
                terminal.row(row)
        if dry_run or not (can_ask and is_sweeping(found, anki_deck)):
            return not dry_run
        return click.confirm("Bring this to Anki?")

    asking = Approval(agree, is_dry_run=dry_run)

    def push_now() -> PushResult:
        options = arguments.options(terminal, writes_cache=not dry_run)
        options = replace(options, memory=memory)
        return deliver(path, folder, options, target, PushChoices(ours, prune, restore), asking)

    def once() -> RunResult:
        terminal.restart_clock()
        done = push_now()
        line = summary(done.pushed) if done.pushed else "nothing was pushed"
        has_news = done.pushed is not None and not done.pushed.found.is_nothing
        return RunResult(line, done.diagnostics, has_news)

    with terminal:
        if watch:
            return run_on_changes(path, folder, terminal, once)
        done = push_now()
    if as_json:
        click.echo(json.dumps(pushed_object(done.pushed, target.name, done.diagnostics), indent=2))
    else:
        if done.pushed:
            terminal.result(summary(done.pushed))
        terminal.problems(done.diagnostics, is_strict=strict)
    return 1 if has_errors(done.diagnostics, strict=strict) or done.pushed is None else 0
