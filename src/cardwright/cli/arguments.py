"""Defines the arguments and options that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from cardwright.pipeline import Options
    from cardwright.terminal import Segment, Terminal


def default_output() -> Path | None:
    """Return the folder ``build``; ``None`` if it is a link out of the current folder."""
    is_inside = Path(os.path.realpath(OUTPUT)).is_relative_to(Path().resolve())
    return Path(OUTPUT) if is_inside else None


def existing_path(context: click.Context, parameter: click.Parameter, path: Path) -> Path:
    """Return the path, or the current folder if it is a deck and the user named none."""
    from shlex import quote

    is_named = context.get_parameter_source(parameter.name or "") is not ParameterSource.DEFAULT
    is_deck = Path(SETTINGS).is_file() and not (path / SETTINGS).is_file()
    if is_deck and (not is_named or (path == Path(DEFAULT) and not path.exists())):
        return Path()
    if path.exists():
        return path
    if path.is_symlink():
        raise click.UsageError(f"'{path}' is a link to nothing", context)
    is_default = path == Path(DEFAULT)
    near = _nearest(path)
    decks = sorted(Path().glob(f"[!.]*/{SETTINGS}")) if is_default else []
    if len(decks) == 1:
        deck = decks[0].parent
        hint = f"'{deck}' has a {SETTINGS}: cardwright {context.info_name} {quote(str(deck))}"
    elif near is not None:
        hint = f"did you mean '{near}'?"
    elif is_default:
        hint = (
            "name a folder ('.' for this one) or a Markdown file, "
            "or start a deck with 'cardwright init'"
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


def command(*shown: str) -> Callable[[Callable[..., int]], click.Command]:
    """Make a function a command. Its help ends with these examples."""
    return click.command(epilog=examples(*shown))


DEFAULT = "content"
SETTINGS = "deck.yml"
OUTPUT = "build"


def _output_folder(context: click.Context, _parameter: click.Parameter, output: Path) -> Path:
    """Return the output folder. A link in a stranger's repository must not choose another one."""
    is_default = context.get_parameter_source("output") is ParameterSource.DEFAULT
    if is_default and default_output() is None:
        words = f"'{output}' is a link to another folder; write '-o {output}' to use it anyway"
        raise click.BadParameter(words)
    if output.suffix.lower() in (".zip", ".colpkg", ".txt") and not output.is_dir():
        raise click.BadParameter(f"'{output}': the name of a package ends in .apkg")
    return output


def _named_file(
    _context: click.Context, _parameter: click.Parameter, file: Path | None
) -> Path | None:
    if file is not None and not file.name:  # as from an empty variable of a script
        raise click.BadParameter("name a file")
    return file


PATH = click.argument(
    "path",
    type=click.Path(path_type=Path),
    default=DEFAULT,
    metavar="[PATH]",
    callback=existing_path,
)
DIR = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=OUTPUT,
    show_default=True,
    metavar="DIR",
    callback=_output_folder,
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
    "--no-cache", is_flag=True, help="Do all work again, without the cache beside the package."
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
    callback=_named_file,
    help="The lock to use (default: deck.lock beside deck.yml, NAME.lock beside a file).",
)


JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
YES = click.option("--yes", is_flag=True, help="Do not ask.")
BUILD_OPTIONS = (OFFLINE, STRICT, NO_CACHE, ACCEPT_NEW, LOCK, TRUST)
READ_OPTIONS = (OFFLINE, STRICT, NO_CACHE, LOCK, TRUST)


@dataclass(frozen=True, slots=True)
class BuildArguments:
    """What commands that build a deck have in common on the command line."""

    path: Path
    output: Path = Path(OUTPUT)
    offline: bool = False
    strict: bool = False
    no_cache: bool = False
    accept_new: bool = False
    lock_file: Path | None = None
    trust: bool = False

    @property
    def folder(self) -> Path:
        """The folder of the package."""
        from cardwright.pipeline import folder_and_name

        return folder_and_name(self.output)[0]

    def options(self, terminal: Terminal, *, writes_cache: bool = False) -> Options:
        """Return the options for a build that starts now."""
        from cardwright.media.cache import CACHE, Cache
        from cardwright.pipeline import Options, folder_and_name

        folder, name = folder_and_name(self.output)
        return Options(
            now(),
            is_offline=self.offline,
            is_strict=self.strict,
            lock_file=self.lock_file,
            step=terminal.show_progress,
            cache=Cache(None if self.no_cache else folder / CACHE, is_writable=writes_cache),
            is_accepting_new=self.accept_new,
            processes=processor_count(),
            notify=terminal.notice,
            is_trusted=self.trust,
            package_name=name,
        )


Command = Callable[..., int]


def with_build_arguments(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Add PATH and ``options`` to a command, and pass what others share as ``BuildArguments``."""
    shared = {field.name for field in fields(BuildArguments)}

    def decorate(command: Command) -> Command:
        @wraps(command)
        def collected(**values: Any) -> int:
            arguments = {name: values.pop(name) for name in shared & values.keys()}
            return command(BuildArguments(**arguments), **values)

        return with_options(collected, (PATH, *options))

    return decorate


def with_options(command: Command, options: Sequence[Callable[[Command], Command]]) -> Command:
    """Add options to a command, in the order in which ``--help`` shows them."""
    for option in reversed(options):
        command = option(command)
    return command


def print_json(value: object) -> None:
    """Print the result of a command that has ``--json``."""
    import json

    click.echo(json.dumps(value, indent=2))


def agrees(terminal: Terminal, rows: Iterable[Sequence[Segment]], question: str) -> bool:
    """Print rows and ask a question. If it is ``""``, the user agrees without being asked."""
    terminal.hide_progress()
    for row in rows:
        terminal.row(row)
    return not question or click.confirm(question)


def is_interactive() -> bool:
    """Whether a person can answer questions."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def now() -> int:
    """Return seconds since 1970: ``SOURCE_DATE_EPOCH`` if it is set, else the clock."""
    from cardwright.pipeline import build_time

    try:
        return build_time()
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def processor_count() -> int:
    """Return the number of processors that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
