"""Defines ``cardwright push``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cardwright.cli.anki_options import with_anki_target
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
from cardwright.cli.watch import WATCH, RunResult, refuse_json, run_on_changes

if TYPE_CHECKING:
    from cardwright.delivery.deliver import PushResult
    from cardwright.delivery.target import AnkiTarget
    from cardwright.delivery.values import AnkiDeck, Differences


@command(
    "cardwright push",
    "cardwright push notes --dry-run",
    "cardwright push --profile 'User 1' --yes",
    "cardwright push --sync",
)
@DIR
@with_anki_target
@click.option("--dry-run", is_flag=True, help="List the changes; write nothing anywhere.")
@JSON
@click.option("--ours", is_flag=True, help="If you and Anki both changed a field, use yours.")
@click.option(
    "--prune",
    is_flag=True,
    help="Delete retired notes and empty cards, with their reviews.",
)
@click.option("--restore", is_flag=True, help="Bring back notes that were deleted in Anki.")
@YES
@with_build_arguments(*BUILD_OPTIONS, WATCH)
def push(
    arguments: BuildArguments, target: AnkiTarget, dry_run: bool, as_json: bool, ours: bool,
    prune: bool, restore: bool, yes: bool, watch: bool,
) -> int:  # fmt: skip
    """Build PATH and update Anki to match.

    By default this updates the running Anki, through the add-on AnkiConnect. --profile and
    --collection open a collection while Anki is closed. --sync needs no Anki at all.

    Reviews, flags, the learner's tags and edits stay. Cards move with their question, retired notes
    are suspended, and new cards come in the order of the source. A second push changes nothing.
    """
    from cardwright.delivery.compare import PushChoices
    from cardwright.delivery.deliver import deliver
    from cardwright.delivery.report import difference_lines, is_sweeping, pushed_object, summary
    from cardwright.diagnostics import has_errors
    from cardwright.making.work_cache import Memory
    from cardwright.terminal import Terminal

    refuse_json(watch=watch, as_json=as_json)
    terminal = Terminal(is_quiet=as_json)
    memory = Memory() if watch else None
    asks = is_interactive() and not (yes or as_json or dry_run)

    def agree(found: Differences, anki_deck: AnkiDeck) -> bool:
        question = "Bring this to Anki?" if asks and is_sweeping(found, anki_deck) else ""
        is_shown = question or not (as_json or watch)
        rows = difference_lines(found, anki_deck, terminal.has_colours) if is_shown else ()
        return agrees(terminal, rows, question) and not dry_run

    def push_now() -> PushResult:
        options = arguments.options(terminal, writes_cache=not dry_run)
        options = replace(options, memory=memory)
        choices = PushChoices(ours, prune, restore)
        path, output = arguments.path, arguments.folder
        return deliver(path, output, options, target, choices, agree, is_dry_run=dry_run)

    with terminal:
        if watch:
            return run_on_changes(arguments, terminal, lambda: _run_result(push_now()))
        done = push_now()
    if as_json:
        print_json(pushed_object(done.pushed, target.name, done.diagnostics))
    else:
        if done.pushed:
            terminal.result(summary(done.pushed))
        terminal.problems(done.diagnostics, is_strict=arguments.strict)
    is_wrong = has_errors(done.diagnostics, strict=arguments.strict)
    return 1 if is_wrong or done.pushed is None else 0


def _run_result(done: PushResult) -> RunResult:
    from cardwright.delivery.report import summary

    line = summary(done.pushed) if done.pushed else "nothing was pushed"
    has_news = done.pushed is not None and not done.pushed.found.is_nothing
    return RunResult(line, done.diagnostics, has_news)
