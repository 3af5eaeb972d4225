"""Runs a command again at each change, for ``--watch``."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from cardwright.cli.arguments import BuildArguments

if TYPE_CHECKING:
    from cardwright.diagnostics import Diagnostic
    from cardwright.terminal import Terminal

WATCH = click.option(
    "--watch", is_flag=True,
    help="Run again whenever a file changes, until Ctrl-C.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did, in a line, its problems, and whether it wrote or pushed something."""

    line: str
    problems: Sequence[Diagnostic]
    has_news: bool


def run_on_changes(
    arguments: BuildArguments, terminal: Terminal, once: Callable[[], RunResult]
) -> int:
    """Call ``once`` now, and again whenever a file of the deck changes.

    Each time, print a line with what it did and the number of problems, then the new problems.
    Print nothing if nothing changed. Continues after errors, until Ctrl-C.
    """
    from cardwright.watching import changes

    terminal.restart_clock()
    last = once()
    _report(terminal, last, ())
    for _ in changes(arguments.path, arguments.folder, with_lock=False):
        terminal.restart_clock()
        outcome = once()
        if outcome.has_news or outcome.problems != last.problems:
            _report(terminal, outcome, last.problems)
        last = outcome
    return 0


def _report(terminal: Terminal, outcome: RunResult, before: Sequence[Diagnostic]) -> None:
    from cardwright.diagnostics import counts_of

    terminal.hide_progress()
    counts = counts_of(outcome.problems)
    terminal.result(f"{time.strftime('%H:%M:%S')} {outcome.line}; {counts}")
    known = {*before}
    for problem in outcome.problems:
        if problem not in known:
            terminal.problem(problem)


def refuse_json(*, watch: bool, as_json: bool) -> None:
    """Raise a usage error if both options are given."""
    if watch and as_json:
        raise click.UsageError("--watch cannot be used with --json, which prints one result")
