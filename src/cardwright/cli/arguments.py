"""Defines the arguments and options that several commands share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from click.core import ParameterSource


def default_output() -> Path | None:
    """Return the folder ``build``; ``None`` if it is a link out of the current folder."""
    is_inside = Path(os.path.realpath(OUTPUT)).is_relative_to(Path().resolve())
    return Path(OUTPUT) if is_inside else None


def existing(context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    from shlex import quote

    if path.exists():
        return path
    is_default = path == Path(DEFAULT)
    if is_default and Path(SETTINGS).is_file():
        return Path()  # the current folder is a deck
    near = _nearest(path)
    decks = sorted(Path().glob(f"[!.]*/{SETTINGS}")) if is_default else []
    if len(decks) == 1:
        deck = decks[0].parent
        hint = f"'{deck}' has a {SETTINGS}: cardwright {context.info_name} {quote(str(deck))}"
    elif near is not None:
        hint = f"did you mean '{near}'?"
    elif is_default:
        hint = (
            "name a folder or a Markdown file, '.' is this folder; 'cardwright init' starts a deck"
        )
    else:
        hint = "name a folder or a Markdown file, and put a name with spaces in quotes"
    raise click.UsageError(f"there is no '{path}' here; {hint}", context)


def _nearest(path: Path) -> Path | None:
    """Return a folder or a Markdown file whose name is similar to ``path``, or ``None``."""
    from difflib import get_close_matches  # only for this message

    try:
        beside = [each for each in path.parent.iterdir() if each.is_dir() or each.suffix == ".md"]
    except OSError:
        return None
    near = get_close_matches(path.name, [each.name for each in beside], n=1)
    return path.with_name(near[0]) if near else None


def examples(*commands: str) -> str:
    """Return the end of a command's help: commands to type."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


DEFAULT = "content"
SETTINGS = "deck.yml"
OUTPUT = "build"


def _own_output(context: click.Context, _parameter: click.Parameter, output: Path) -> Path:
    """Return the output folder. A link in a stranger's repository must not choose another one."""
    is_default = context.get_parameter_source("output") is ParameterSource.DEFAULT
    if is_default and default_output() is None:
        words = f"'{output}' is a link to another folder; write '-o {output}' to use it anyway"
        raise click.BadParameter(words)
    if output.suffix.lower() in (".zip", ".colpkg", ".txt") and not output.is_dir():
        raise click.BadParameter(f"'{output}': the name of a package ends in .apkg")
    return output


PATH = click.argument(
    "path",
    type=click.Path(path_type=Path),
    default=DEFAULT,
    metavar="[PATH]",
    callback=existing,
)
DIR = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=OUTPUT,
    show_default=True,
    metavar="DIR",
    callback=_own_output,
    help="The folder for the package, or its file name: DIR/NAME.apkg.",
)
OFFLINE = click.option("--offline", is_flag=True, help="Never use the network.")
TRUST = click.option(
    "--trust",
    is_flag=True,
    help="Trust the content: deck.yml may load any Markdown extension, keep HTML with scripts, "
    "read any folder, and fetch images from your own network.",
)
STRICT = click.option("--strict", is_flag=True, help="Treat every warning as an error.")
NO_CACHE = click.option(
    "--no-cache",
    is_flag=True,
    help="Do all work again, without the cache beside the package.",
)
ACCEPT_NEW = click.option(
    "--accept-new",
    is_flag=True,
    help="Make a new note for a question that could be one of several old notes.",
)
LOCK = click.option(
    "--lock",
    "lock_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where identities are kept (default: deck.lock beside deck.yml, NAME.lock beside a file).",
)


def folder_and_name(output: Path) -> tuple[Path, str]:
    """Return the folder that ``-o`` names, and the file name of the package, or ``""``."""
    from cardwright import pipeline

    return pipeline.folder_and_name(output)


def is_asking() -> bool:
    """Whether a person can answer questions."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def now() -> int:
    """Return seconds since 1970: ``SOURCE_DATE_EPOCH`` if it is set, else the clock."""
    from cardwright.pipeline import build_time

    try:
        return build_time()
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def cores() -> int:
    """Return the number of processors that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
