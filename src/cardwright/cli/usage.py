"""Makes usage errors say what to write."""

from __future__ import annotations

import os
from contextlib import suppress

import click


class CommandGroup(click.Group):
    """The commands. ``--help`` shows the whole first sentence of each, which click would cut."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        rows = [
            (name, command.get_short_help_str(limit=200)) for name, command in self.commands.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def with_hint(error: click.ClickException, commands: click.Group) -> click.ClickException:
    """Return the error, in other words if click's message does not say what to write."""
    if not isinstance(error, click.UsageError):
        return error
    kind = error.param.type if isinstance(error, click.BadParameter) and error.param else None
    if isinstance(error, click.BadParameter) and isinstance(kind, click.IntRange):
        words = f"write a whole number from {kind.min} to {kind.max}"
        return click.BadParameter(words, error.ctx, error.param, error.param_hint)
    if isinstance(error, click.BadOptionUsage) and error.message.endswith("an argument."):
        options = _options(error.option_name, commands)
        values = sorted({option.metavar or option.type.name.upper() for option in options})
        words = f"{error.message} Write '{error.option_name} {' or '.join(values)}'."
        return click.UsageError(words, error.ctx)
    if "unexpected extra argument" in error.message:
        return click.UsageError(f"{error.message}. Put a name with spaces in quotes.", error.ctx)
    return error


def narrow_width() -> int | None:
    """Return the width for help on a narrow terminal, where click would exceed it, or ``None``."""
    columns = 80  # counted as in shutil, which takes longer to import than everything here
    with suppress(OSError):
        columns = os.get_terminal_size(1).columns
    with suppress(KeyError, ValueError):
        columns = int(os.environ["COLUMNS"])
    return max(columns - 1, 20) if columns < 52 else None


def _options(name: str, commands: click.Group) -> list[click.Option]:
    """Return the options of this name of all commands. click does not say which command it was."""
    return [
        option
        for command in commands.commands.values()
        for option in command.params
        if isinstance(option, click.Option) and name in option.opts
    ]
