"""``cardwright plan``."""

from __future__ import annotations

import json
from pathlib import Path

import click

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
    now,
)


@click.command(
    epilog=examples(
        "cardwright plan", "cardwright plan notes --exit-code", "cardwright plan --retired"
    )
)
@PATH
@DIR
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.option(
    "--exit-code", "with_exit_code", is_flag=True, help="Exit with 1 if anything would change."
)
@click.option("--retired", is_flag=True, help="List all retired notes of the lock instead.")
@OFFLINE
@STRICT
@NO_CACHE
@ACCEPT_NEW
@LOCK
@TRUST
def plan(
    path: Path, output: Path, as_json: bool, with_exit_code: bool, retired: bool, offline: bool,
    strict: bool, no_cache: bool, accept_new: bool, lock_file: Path | None, trust: bool,
) -> int:  # fmt: skip
    """Show what a build of PATH would do, and what that does in Anki; write nothing.

    Notes are grouped by what happens to them. Words that differ are in colour, or marked as
    [-old-] {+new+}. Old answers come from the last package in DIR. The end lists what an import
    cannot do, with searches for Anki's Browse window.

    Exits with 1 if the content has errors.
    """
    from cardwright.media import CACHE, Cache
    from cardwright.pipeline import Options
    from cardwright.planning import plan_build
    from cardwright.planning.as_json import plan_object
    from cardwright.planning.text import plan_rows, retired_rows
    from cardwright.terminal import Terminal

    terminal = Terminal(is_quiet=as_json)
    output, name = folder_and_name(output)
    cache = Cache(None if no_cache else output / CACHE)
    options = Options(
        now(), offline, False, strict, lock_file, terminal.show_progress, cache=cache,
        is_accepting_new=accept_new, processes=cores(), is_trusted=trust,
        package_name=name,
    )  # fmt: skip
    with terminal:
        planned = plan_build(path, output, options)
    if as_json:
        click.echo(json.dumps(plan_object(planned), indent=2))
    else:
        rows = retired_rows(planned) if retired else plan_rows(planned, terminal.has_colours)
        for row in rows:
            terminal.row(row)
        terminal.problems(planned.built.diagnostics, is_strict=strict)
    is_stopped = planned.built.package is None
    return 1 if is_stopped or (with_exit_code and not planned.is_nothing) else 0
