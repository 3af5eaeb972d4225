"""Defines ``cardwright plan``."""

from __future__ import annotations

import click

from cardwright.cli.arguments import (
    BUILD_OPTIONS,
    DIR,
    BuildArguments,
    command,
    print_json,
    with_build_arguments,
)


@command("cardwright plan", "cardwright plan notes --exit-code", "cardwright plan --retired")
@DIR
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.option(
    "--exit-code", "with_exit_code", is_flag=True, help="Exit with 1 if anything would change."
)
@click.option("--retired", is_flag=True, help="List all retired notes of the lock instead.")
@with_build_arguments(*BUILD_OPTIONS)
def plan(arguments: BuildArguments, as_json: bool, with_exit_code: bool, retired: bool) -> int:
    """Show what a build of PATH would do, and what that does in Anki; write nothing.

    Notes are grouped by what happens to them. Words that differ are in colour, or marked as
    [-old-] {+new+}. Old answers come from the last package in DIR. The end lists what an import
    cannot do, with searches for Anki's Browse window.

    Exits with 1 if the content has errors.
    """
    from cardwright.planning import plan_build
    from cardwright.planning.report import plan_object, plan_rows, retired_rows
    from cardwright.terminal import Terminal

    terminal = Terminal(is_quiet=as_json)
    with terminal:
        planned = plan_build(arguments.path, arguments.folder, arguments.options(terminal))
    if as_json:
        print_json(plan_object(planned))
    else:
        rows = retired_rows(planned) if retired else plan_rows(planned, terminal.has_colours)
        for row in rows:
            terminal.row(row)
        terminal.problems(planned.built.diagnostics, is_strict=arguments.strict)
    is_stopped = planned.built.package is None
    return 1 if is_stopped or (with_exit_code and not planned.is_nothing) else 0
