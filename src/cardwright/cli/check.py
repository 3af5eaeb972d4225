"""``cardwright check``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cardwright import __version__
from cardwright.cli.arguments import (
    LOCK,
    NO_CACHE,
    OFFLINE,
    PATH,
    STRICT,
    TRUST,
    cores,
    default_output,
    examples,
    now,
)


@click.command(
    epilog=examples(
        "cardwright check", "cardwright check notes --strict", "cardwright check --format github"
    )
)
@PATH
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "github", "sarif"]),
    default="text", metavar="FORMAT", show_default=True,
    help="How to print the diagnostics: text, json, github or sarif.",
)  # fmt: skip
@OFFLINE
@STRICT
@NO_CACHE
@LOCK
@TRUST
def check(
    path: Path,
    output_format: str,
    offline: bool,
    strict: bool,
    no_cache: bool,
    lock_file: Path | None,
    trust: bool,
) -> int:
    """Check PATH as a build would, and print what is wrong. Writes nothing.

    Remote images that a build kept in build/.cache are not fetched again.
    """
    from cardwright.diagnostics import as_dict, as_github, as_sarif, has_errors
    from cardwright.media import CACHE, Cache
    from cardwright.pipeline import Options, assemble
    from cardwright.terminal import Terminal

    terminal = Terminal(is_quiet=output_format != "text")
    output = default_output()
    cache = Cache(None if no_cache or output is None else output / CACHE)
    options = Options(
        now(), offline, False, strict, lock_file, terminal.show_progress,
        cache=cache, output=output, processes=cores(), is_trusted=trust,
    )  # fmt: skip
    with terminal:
        diagnostics = assemble(path, options).diagnostics
    if output_format == "json":
        click.echo(json.dumps([as_dict(d) for d in diagnostics], indent=2))
    elif output_format == "sarif":
        click.echo(as_sarif(diagnostics, __version__))
    elif output_format == "github":
        for diagnostic in diagnostics:
            click.echo(as_github(diagnostic))
    else:
        terminal.problems(diagnostics, is_strict=strict)
    return 1 if has_errors(diagnostics, strict=strict) else 0
