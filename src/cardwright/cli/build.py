"""Defines ``cardwright build``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cardwright.cli.arguments import (
    BUILD_OPTIONS,
    DIR,
    JSON,
    BuildArguments,
    command,
    print_json,
    with_build_arguments,
)
from cardwright.cli.watch import WATCH, RunResult, refuse_json, run_on_changes

if TYPE_CHECKING:
    from cardwright.building import Built


@command(
    "cardwright build",
    "cardwright build notes -o out/plants.apkg",
    "cardwright build notes.md --watch",
    "cardwright build --locked --strict",
)
@DIR
@JSON
@click.option(
    "--update-images", is_flag=True,
    help="Fetch remote images again, and use those that changed.",
)  # fmt: skip
@click.option("--locked", is_flag=True, help="Fail if the lock would change (for CI).")
@with_build_arguments(*BUILD_OPTIONS, WATCH)
def build(
    arguments: BuildArguments, as_json: bool, update_images: bool, locked: bool, watch: bool
) -> int:
    """Build the Anki package of PATH into DIR.

    PATH is a folder of Markdown files with an optional deck.yml and style.css, or one Markdown
    file. The default is the current folder if it has a deck.yml, or else content. Remote
    images are fetched once and kept in DIR/.cache.
    """
    from cardwright.building import build_deck
    from cardwright.making.work_cache import Memory
    from cardwright.outcome import next_step, result_lines, result_object
    from cardwright.terminal import Terminal

    if arguments.offline and update_images:
        raise click.UsageError("--update-images needs the network, and --offline forbids it")
    refuse_json(watch=watch, as_json=as_json)
    terminal = Terminal(is_quiet=as_json)
    memory = Memory() if watch else None

    def build_now() -> Built:
        options = replace(
            arguments.options(terminal, writes_cache=True),
            is_locked=locked,
            is_updating=update_images,
            memory=memory,
        )
        return build_deck(arguments.path, arguments.folder, options)

    with terminal:
        if watch:
            return run_on_changes(arguments, terminal, _reporting(build_now))
        built = build_now()
    if as_json:
        print_json(result_object(built))
    else:
        for line in result_lines(built):
            terminal.result(line)
        if sys.stdout.isatty():  # only for people
            if built.report:
                terminal.result(f"report: {built.report}")
            if step := next_step(built):
                terminal.result(step)
        terminal.problems(built.diagnostics, is_strict=arguments.strict)
    return 0 if built.package else 1


def _reporting(build_now: Callable[[], Built]) -> Callable[[], RunResult]:
    """Return a function that builds. A package with other bytes than the last one is news."""
    from cardwright.outcome import summary_line

    digest = ""

    def once() -> RunResult:
        nonlocal digest
        built = build_now()
        line = summary_line(built) if built.package else "nothing was written"
        has_news, digest = built.digest != digest, built.digest
        return RunResult(line, built.diagnostics, has_news)

    return once
