"""Defines ``cardwright check``."""

from __future__ import annotations

from dataclasses import replace

import click

from cardwright import __version__
from cardwright.cli.arguments import (
    READ_OPTIONS,
    BuildArguments,
    command,
    default_output,
    print_json,
    with_build_arguments,
)


@command("cardwright check", "cardwright check notes --strict", "cardwright check --format github")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "github", "sarif"]),
    default="text", metavar="FORMAT", show_default=True,
    help="How to print the diagnostics: text, json, github or sarif.",
)  # fmt: skip
@with_build_arguments(*READ_OPTIONS)
def check(arguments: BuildArguments, output_format: str) -> int:
    """Check PATH as a build would, and print what is wrong. Writes nothing.

    Remote images that a build kept in build/.cache are not fetched again.
    """
    from cardwright.diagnostics import as_dict, as_github, as_sarif, has_errors
    from cardwright.media.cache import NO_CACHE as WITHOUT_CACHE
    from cardwright.pipeline import assemble
    from cardwright.terminal import Terminal

    terminal = Terminal(is_quiet=output_format != "text")
    output = default_output()
    options = replace(arguments.options(terminal), output=output)
    if output is None:
        options = replace(options, cache=WITHOUT_CACHE)
    with terminal:
        diagnostics = assemble(arguments.path, options).diagnostics
    if output_format == "json":
        print_json([as_dict(d) for d in diagnostics])
    elif output_format == "sarif":
        click.echo(as_sarif(diagnostics, __version__))
    elif output_format == "github":
        for diagnostic in diagnostics:
            click.echo(as_github(diagnostic))
    else:
        terminal.problems(diagnostics, is_strict=arguments.strict)
    return 1 if has_errors(diagnostics, strict=arguments.strict) else 0
