"""The command line: each command reads its options, calls one function and prints."""

from __future__ import annotations

import gc
import io
import json
import os
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from cardwright import __version__
from cardwright.build import Options, assemble, build_deck
from cardwright.diagnostics import (
    Code,
    Diagnostic,
    as_dict,
    as_github,
    as_sarif,
    as_text,
    code_named,
    has_errors,
    rule_page,
)
from cardwright.explain import explain_path
from cardwright.explain.as_json import explanation_object
from cardwright.explain.text import explanation_rows
from cardwright.media import Cache
from cardwright.outcome import many, result_lines, result_object
from cardwright.terminal import Terminal


def _existing(_context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    if path.exists():
        return path
    is_default = path == Path(_DEFAULT)
    hint = "; name a folder or a Markdown file, '.' is this folder" if is_default else ""
    raise click.BadParameter(f"there is no '{path}' here{hint}")


_DEFAULT = "content"
_OUTPUT = "build"
_CACHE = ".cache"
_PATH = click.argument(
    "path",
    type=click.Path(path_type=Path),
    default=_DEFAULT,
    metavar="[PATH]",
    callback=_existing,
)
_OFFLINE = click.option("--offline", is_flag=True, help="Never use the network.")
_STRICT = click.option("--strict", is_flag=True, help="Take every warning as an error.")
_LOCK = click.option(
    "--lock",
    "lock_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where identities are kept (default: deck.lock beside deck.yml, NAME.lock beside a file).",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cardwright")
def cli() -> None:
    """Turn Markdown questions and answers into an Anki deck.

    Edit anything, build again, import again: Anki updates what changed and keeps every review.

    \b
    Exit codes: 0 done, 1 the content has errors and nothing was written, 2 wrong usage,
    3 a bug of ours, 130 interrupted.
    """


@cli.command()
@_PATH
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=_OUTPUT,
    show_default=True, metavar="DIR", help="The folder for the package.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@_OFFLINE
@click.option(
    "--update-images", is_flag=True,
    help="Fetch remote images again and take those that changed.",
)  # fmt: skip
@click.option("--locked", is_flag=True, help="Fail if the lock would change (for CI).")
@_STRICT
@_LOCK
def build(
    path: Path, output: Path, as_json: bool, offline: bool, update_images: bool, locked: bool,
    strict: bool, lock_file: Path | None,
) -> int:  # fmt: skip
    """Build the Anki package of PATH into DIR.

    PATH is a folder of Markdown files with an optional deck.yml and style.css, or one Markdown
    file (default: content). Remote images are fetched once and kept in DIR/.cache.
    """
    if offline and update_images:
        raise click.UsageError("--update-images needs the network, and --offline forbids it")
    terminal = Terminal(is_quiet=as_json)
    options = Options(
        _now(), offline, locked, strict, lock_file, terminal.step, update_images,
        Cache(output / _CACHE, is_writable=True),
    )  # fmt: skip
    with terminal:
        built = build_deck(path, output, options)
    if as_json:
        click.echo(json.dumps(result_object(built), indent=2))
    else:
        for line in result_lines(built):
            terminal.result(line)
        _print_problems(built.diagnostics, terminal, is_strict=strict)
    return 0 if built.package else 1


@cli.command()
@_PATH
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", "sarif"]), default="text",
    show_default=True, help="How to print the diagnostics.",
)  # fmt: skip
@_OFFLINE
@_STRICT
@_LOCK
def check(path: Path, form: str, offline: bool, strict: bool, lock_file: Path | None) -> int:
    """Read PATH as a build does, print what is wrong, write nothing.

    Remote images that a build left in build/.cache are not fetched again.
    """
    terminal = Terminal(is_quiet=form != "text")
    cache = Cache(Path(_OUTPUT) / _CACHE)
    options = Options(_now(), offline, False, strict, lock_file, terminal.step, cache=cache)
    with terminal:
        diagnostics = assemble(path, options).diagnostics
    if form == "json":
        click.echo(json.dumps([as_dict(d) for d in diagnostics], indent=2))
    elif form == "sarif":
        click.echo(as_sarif(diagnostics, __version__))
    elif form == "github":
        for diagnostic in diagnostics:
            click.echo(as_github(diagnostic))
    else:
        _print_problems(diagnostics, terminal, is_strict=strict)
    return 1 if has_errors(diagnostics, strict=strict) else 0


@cli.command()
@_PATH
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON.")
@_LOCK
def explain(path: Path, as_json: bool, lock_file: Path | None) -> int:
    """Show how each file of PATH was read, and why.

    For each file three tables. The dialects: how many questions each found, how many of them
    ask, how many have an answer, and why it was chosen (*) or not. The outline: sections (§) and
    questions with their line on the left, and on the right the lines that answer or why there is
    no card; "…" stands for more text. Left out: what no card covers, but for blank lines.

    Says only what concerns the reading; 'check' looks at formulas and images as well. Writes
    nothing. PATH may also be one file of a deck's folder.
    """
    terminal = Terminal(is_quiet=as_json)
    with terminal:
        explained, problems = explain_path(path, lock_file, terminal.step)
    if as_json:
        shown = [explanation_object(explanation) for explanation in explained]
        said = [as_dict(problem) for problem in problems]
        click.echo(json.dumps({"files": shown, "diagnostics": said}, indent=2))
        return 1 if has_errors(problems, strict=False) else 0
    for number, explanation in enumerate(explained):
        if number:
            terminal.row(())
        for row in explanation_rows(explanation):
            terminal.row(row)
    _print_problems(problems, terminal, is_strict=False, of_what="in the reading: ")
    return 1 if has_errors(problems, strict=False) else 0


@cli.command()
@click.argument("code", default="", metavar="[CODE]")
def rule(code: str) -> int:
    """Explain a diagnostic CODE, with an example of wrong and right; without one, list them."""
    known = code_named(code)
    if not code:
        for each in sorted(Code, key=lambda each: each.code):
            click.echo(f"{each.code}  {each.severity.value:7}  {each.meaning}")
        return 0
    if known is None:
        raise click.UsageError(f"there is no rule '{code}'; 'cardwright rule' lists them all")
    click.echo(rule_page(known).rstrip())
    return 0


def _now() -> int:
    """Seconds since 1970: ``SOURCE_DATE_EPOCH`` where it is set, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    if not epoch.isdecimal() or len(epoch) > 10:
        raise click.UsageError(f"SOURCE_DATE_EPOCH is '{epoch}', not a number of seconds")
    return int(epoch)


def _print_problems(
    diagnostics: Sequence[Diagnostic], terminal: Terminal, *, is_strict: bool, of_what: str = ""
) -> None:
    for diagnostic in diagnostics:
        terminal.problem(as_text(diagnostic), diagnostic.severity)
    errors = sum(diagnostic.is_error for diagnostic in diagnostics)
    warnings = len(diagnostics) - errors
    taken = " taken as an error" if warnings == 1 else " taken as errors" if warnings else ""
    summary = f"{many(errors, 'error')}, {many(warnings, 'warning')}"
    terminal.summary(f"{of_what}{summary}{taken if is_strict else ''}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # On Windows a pipe takes the letters of one code page; a name may have others.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(arguments))


_RARELY = (200_000, 20, 100)
"""How seldom to look for values that only hold each other: hardly any here do."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code. Every exception ends here.

    Where nobody reads the output to its end (``| head``), click itself exits, with 1.
    """
    gc.freeze()
    gc.set_threshold(*_RARELY)
    try:
        code: int | None = cli.main(
            args=None if arguments is None else list(arguments),
            prog_name="cardwright",
            standalone_mode=False,
        )
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except Exception:
        traceback.print_exc()
        click.echo(
            "cardwright: this is a bug of ours, please report it with the lines above", err=True
        )
        return 3
    return code or 0
