"""Defines the command line. Each command reads its options, calls one function and prints.

Commands import what they call when they run. So help, completion and usage errors need only click
and come at once.
"""

from __future__ import annotations

import errno
import gc
import io
import sys
from collections.abc import Sequence

import click

from cardwright import __version__
from cardwright.cli import (
    adopt,
    build,
    check,
    explain,
    init,
    lock,
    login,
    lsp,
    plan,
    preview,
    pull,
    push,
    rule,
    schema,
)  # fmt: skip
from cardwright.cli.arguments import examples
from cardwright.cli.usage import CommandGroup, narrow_width, with_hint

_COMPLETION = """\b
Completion in bash, zsh or fish:
  eval "$(_CARDWRIGHT_COMPLETE=bash_source cardwright)"
  eval "$(_CARDWRIGHT_COMPLETE=zsh_source cardwright)"
  _CARDWRIGHT_COMPLETE=fish_source cardwright | source

"""


@click.group(
    cls=CommandGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_COMPLETION
    + examples(
        "cardwright init", "cardwright preview --open", "cardwright build", "cardwright plan --help"
    ),
)
@click.version_option(__version__, prog_name="cardwright")
def cli() -> None:
    """Turn Markdown questions and answers into an Anki deck.

    Edit anything, build again, import again: Anki updates what changed and keeps every review.

    Exit codes: 0 done, 1 errors in the content or in Anki, 2 wrong usage, 3 a bug in Cardwright,
    130 interrupted.
    """


for _command in (
    init.init,
    build.build,
    check.check,
    plan.plan,
    preview.preview,
    push.push,
    pull.pull,
    adopt.adopt,
    login.login,
    explain.explain,
    lock.lock,
    rule.rule,
    schema.schema,
    lsp.lsp,
):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # On Windows, a pipe has the characters of one code page. A name may have others.
            stream.reconfigure(errors="backslashreplace")
    code = run(arguments)
    gc.freeze()  # else Python looks through all values once more while it ends
    sys.exit(code)


_REFUSALS = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EIO}
    | {errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR}
    | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())
)
"""Errors of the operating system that no program can prevent, such as a read-only folder.

Or a path of the user cannot exist.
"""

_GC_THRESHOLDS = (1_000_000, 20, 100)
"""Collect garbage rarely: hardly any values here are in reference cycles."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return the exit code. Catches every exception.

    If the reader of the output goes away (``| head``), click itself exits, with 1.
    """
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)
    try:
        code: int | None = cli.main(
            args=None if arguments is None else list(arguments),
            prog_name="cardwright",
            standalone_mode=False,
            terminal_width=narrow_width(),
        )
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        with_hint(error, cli).show()
        return 2
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _REFUSALS:
            where = f"'{error.filename}' cannot be used: " if error.filename else ""
            reason = (error.strerror or str(error)).lower()
            click.echo(f"cardwright: {where}{reason}", err=True)
            return 1
        import traceback  # imported here: slower than all other imports together

        traceback.print_exc()
        click.echo(
            "cardwright: this is a bug of ours, please report it with the lines above", err=True
        )
        return 3
    return code or 0
