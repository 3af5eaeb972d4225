"""What a person sees: results on stdout, the rest on stderr, colour and progress on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from types import TracebackType

import click
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.progress import Progress

from cardwright.diagnostics import Severity

PATIENCE = 1.0
"""Seconds after which a progress bar appears."""

Segment = tuple[str, str]
"""A piece of a line and its tone: one of ``TONES``, or ``""``."""

TONES = {
    "name": "cyan",
    "good": "green",
    "bad": "yellow",
    "gone": "red",
    "quiet": "bright_black",
}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


class Terminal:
    """The progress of one command; as a context it takes the bar away at its end."""

    def __init__(self, *, is_quiet: bool) -> None:
        self._console = Console(stderr=True)
        self._shows_progress = self._console.is_terminal and not is_quiet
        self._began = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, name: str, done: int, total: int) -> None:
        """Tell how far a stage is; draws nothing before the command takes a while."""
        if not self._shows_progress or time.monotonic() - self._began < PATIENCE:
            return
        if self._bar is None:
            self._bar = Progress(console=self._console, transient=True)
            self._bar.start()
            self._bar.add_task(name)
        self._bar.update(self._bar.task_ids[0], description=name, completed=done, total=total)

    @property
    def has_colours(self) -> bool:
        """Whether the tones of a row show: on a terminal, and not where ``NO_COLOR`` is set."""
        return sys.stdout.isatty() and not self._console.no_color

    def result(self, line: str) -> None:
        """A line of the result, on stdout."""
        click.echo(line)

    def row(self, segments: Sequence[Segment]) -> None:
        """A line of the result whose pieces have colours of their own."""
        is_plain = self._console.no_color
        pieces = [
            click.style(text, fg=TONES[tone]) if tone and not is_plain else text
            for text, tone in segments
        ]
        click.echo("".join(pieces).rstrip())

    def problem(self, text: str, severity: Severity) -> None:
        """A diagnostic, on stderr; its first line coloured by severity.

        Not where ``NO_COLOR`` is set (no-color.org), which rich knows and click does not.
        """
        first, gap, rest = text.partition("\n")
        if not self._console.no_color:
            first = click.style(first, fg=_COLOURS[severity])
        click.echo(f"{first}{gap}{rest}", err=True)

    def notice(self, line: str) -> None:
        """Something that a person who waits wants to know now, on stderr."""
        click.echo(line, err=True)

    def summary(self, line: str) -> None:
        """The last line, on stderr."""
        click.echo(line, err=True)


def columns_of(text: str) -> int:
    """How many columns a terminal needs: two for a Chinese character, none for a joiner."""
    return cell_len(text)


def fitted(text: str, columns: int) -> str:
    """``text`` in just so many columns of a terminal: filled with spaces, or cut with ``…``.

    A Chinese character takes two of them, a joiner none.
    """
    if cell_len(text) <= columns:
        return set_cell_size(text, columns)
    return set_cell_size(set_cell_size(text, columns - 1).rstrip() + "…", columns)
