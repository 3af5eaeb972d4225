"""``cardwright push``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from cardwright.cli.arguments import (
    ACCEPT_NEW,
    CACHE,
    DIR,
    LOCK,
    NO_CACHE,
    OFFLINE,
    PATH,
    STRICT,
    TRUST,
    cores,
    now,
)
from cardwright.cli.ways import ANKI, COLLECTION, PROFILE, chosen_way


@click.command()
@PATH
@DIR
@ANKI
@COLLECTION
@PROFILE
@click.option("--dry-run", is_flag=True, help="List the changes; write nothing anywhere.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option(
    "--ours", is_flag=True, help="Where you and Anki both changed a field, take yours.",
)  # fmt: skip
@click.option("--prune", is_flag=True, help="Delete retired notes in Anki, with their reviews.")
@click.option("--restore", is_flag=True, help="Bring back notes that were deleted in Anki.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@OFFLINE
@STRICT
@NO_CACHE
@ACCEPT_NEW
@LOCK
@TRUST
def push(
    path: Path, output: Path, anki: str | None, collection: Path | None, profile: str | None,
    dry_run: bool, as_json: bool, ours: bool, prune: bool, restore: bool, yes: bool,
    offline: bool, strict: bool, no_cache: bool, accept_new: bool, lock_file: Path | None,
    trust: bool,
) -> int:  # fmt: skip
    """Build PATH and bring Anki to what it says.

    Without an option the running Anki is asked, through the add-on AnkiConnect. --profile and
    --collection open a collection while Anki is closed.

    Reviews, the learner's tags, flags and own edits stay. Cards move with their question, retired
    notes are suspended, new cards come in the order of the source. A second push changes nothing.
    """
    from cardwright.build import Options, assemble, build_deck
    from cardwright.delivery.as_json import pushed_object
    from cardwright.delivery.compare import Choices
    from cardwright.delivery.errors import AnkiError
    from cardwright.delivery.push import note_delivery, push, wanted_of
    from cardwright.delivery.text import difference_lines, is_sweeping, summary
    from cardwright.delivery.told import told
    from cardwright.delivery.values import Differences, Held
    from cardwright.diagnostics import has_errors
    from cardwright.media import Cache
    from cardwright.terminal import Terminal

    terminal = Terminal(is_quiet=as_json)
    options = Options(
        now(), offline, False, strict, lock_file, terminal.step,
        cache=Cache(None if no_cache else output / CACHE, is_writable=not dry_run),
        is_accepting_new=accept_new, processes=cores(), say=terminal.notice, is_trusted=trust,
    )  # fmt: skip
    with terminal:
        if dry_run:
            built, assembly = None, assemble(path, options)
            diagnostics = assembly.diagnostics
        else:
            built = build_deck(path, output, options)
            assembly, diagnostics = built.assembly, built.diagnostics
    wanted, identified = wanted_of(assembly, built), assembly.identified
    way = chosen_way(anki, collection, profile)
    pushed = None
    if wanted and identified and not has_errors(diagnostics, strict=strict):

        def agree(found: Differences, held: Held) -> bool:
            if not as_json:
                for row in difference_lines(wanted, held, found, terminal.has_colours):
                    terminal.row(row)
            if dry_run or found.is_nothing or not is_sweeping(found, held):
                return not dry_run
            is_asking = sys.stdin.isatty() and sys.stdout.isatty() and not (yes or as_json)
            return not is_asking or click.confirm("bring this to Anki?")

        try:
            with way.opened() as opened:
                choices = Choices(ours, prune, restore)
                pushed = push(wanted, opened, choices, agree)
        except AnkiError as error:
            diagnostics += (error.diagnostic(way.name),)
        else:
            diagnostics += tuple(told(pushed.left, identified))
            if pushed.is_done:
                diagnostics += note_delivery(pushed, assembly.lock_file, now(), terminal.notice)
    if as_json:
        click.echo(json.dumps(pushed_object(pushed, way.name, diagnostics), indent=2))
    else:
        if pushed:
            terminal.result(summary(pushed))
        terminal.problems(diagnostics, is_strict=strict)
    return 1 if has_errors(diagnostics, strict=strict) or pushed is None else 0
