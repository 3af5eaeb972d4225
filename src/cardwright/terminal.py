"""Prints results to stdout and the rest to stderr, with colours and progress on a terminal."""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len, set_cell_size

from cardwright.diagnostics import Code, Diagnostic, Severity, as_text, counts_of, printable
from cardwright.model import Place

if TYPE_CHECKING:
    from rich.progress import Progress

PROGRESS_AFTER = 1.0
"""Seconds before a progress bar appears."""

_MANY_PROBLEMS = 30  # more than these, about one screen, end with a table of their codes

Segment = tuple[str, str]
"""A piece of a line and its tone: a key of ``TONES``, or ``""``."""

TONES = {
    "name": "cyan",
    "good": "green",
    "bad": "yellow",
    "gone": "red",
    "quiet": "bright_black",
}
_PATCH_TONES = {"+": "good", "-": "gone", "@": "name"}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


class Terminal:
    """The output of one command. As a context manager, it removes the progress bar at the end.

    Replaces control characters in everything that it prints: paths, questions and names of decks
    may have some.
    """

    def __init__(self, *, is_quiet: bool) -> None:
        self._shows_progress = sys.stderr.isatty() and not is_quiet
        # no-color.org. click checks neither variable.
        self._has_colours = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        columns = get_terminal_size().columns if sys.stdout.isatty() else 80
        self._columns = columns if columns < 80 else 0  # only narrow ones count
        self._began = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_error: object) -> None:
        self.hide_progress()

    def restart_clock(self) -> None:
        """Restart the wait for the progress bar, for a command that runs repeatedly."""
        self._began = time.monotonic()

    def hide_progress(self) -> None:
        """Remove the bar until the next step, so that it does not mix with other lines."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def show_progress(self, name: str, done: int, total: int) -> None:
        """Show the progress of a stage. Draws nothing in the first second of a command."""
        if not self._shows_progress or time.monotonic() - self._began < PROGRESS_AFTER:
            return
        if self._bar is None:
            from rich.console import Console  # imported here: rich would slow the start
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._bar.add_task(name)
        self._bar.update(self._bar.task_ids[0], description=name, completed=done, total=total)

    @property
    def has_colours(self) -> bool:
        """Whether rows have colours: on a terminal, unless ``NO_COLOR`` is set."""
        return sys.stdout.isatty() and self._has_colours

    def result(self, line: str) -> None:
        """Print a line of the result on stdout."""
        click.echo(printable(line))

    def row(self, segments: Sequence[Segment]) -> None:
        """Print a line of the result in pieces with tones."""
        for row in narrow_rows(segments, self._columns) if self._columns else (segments,):
            pieces = [
                click.style(text, fg=TONES[tone]) if tone and self._has_colours else text
                for text, tone in ((printable(text), tone) for text, tone in row)
            ]
            click.echo("".join(pieces).rstrip())

    def patch_line(self, line: str) -> None:
        r"""Print a line of a patch, including its line end, to stdout.

        Pipes and files get UTF-8 and the original line end, which git needs. Windows would write
        another encoding, and ``\\r\\n``.
        """
        if not sys.stdout.isatty():
            click.echo(line.encode() if hasattr(sys.stdout, "buffer") else line, nl=False)
            return
        tone = _PATCH_TONES.get(line[:1], "")
        line = printable(line)
        if tone and self.has_colours:
            line = click.style(line, fg=TONES[tone])
        click.echo(line, nl=False)

    def problems(
        self, diagnostics: Sequence[Diagnostic], *, is_strict: bool, scope: str = ""
    ) -> None:
        """Print diagnostics and their number to stderr.

        Those about text that was left out come late, and errors come last, beside the number. If
        there are many, each hint appears once, warnings that are alike are summed up, and a line
        for each code says how often it occurs.
        """
        ordered = sorted(diagnostics, key=lambda each: (each.is_error, each.code is Code.NOT_READ))
        is_long = len(ordered) > _MANY_PROBLEMS
        for diagnostic in _without_repeated_hints(_summed(ordered)) if is_long else ordered:
            self.problem(diagnostic)
        counts = Counter(diagnostic.code for diagnostic in diagnostics).most_common()
        if is_long and len(counts) > 1:
            click.echo(f"\nby code ({_ABOUT_CODES}):", err=True)
            for code, count in counts:
                click.echo(f"{count:>7,}  {code.code}  {code.meaning}", err=True)
        line = scope + counts_of(diagnostics)
        if is_strict and (warnings := sum(not diagnostic.is_error for diagnostic in diagnostics)):
            line += f" treated as {'an error' if warnings == 1 else 'errors'}"
        click.echo(line, err=True)

    def problem(self, diagnostic: Diagnostic) -> None:
        """Print a diagnostic. Its first line has the colour of its severity."""
        first, gap, rest = as_text(diagnostic).partition("\n")
        if self._has_colours:
            first = click.style(first, fg=_COLOURS[diagnostic.severity])
        click.echo(f"{first}{gap}{rest}", err=True)

    def notice(self, line: str) -> None:
        """Print a line to stderr for a person who waits."""
        click.echo(printable(line), err=True)


_ABOUT_CODES = "'cardwright rule CODE' explains one, 'ignore: [CODE]' in deck.yml silences it"

_ALIKE = 20  # how many warnings of one code a long list has; it sums up the others

_ALIKE_IN_FILE = 5


def _summed(diagnostics: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the diagnostics. Instead of the last ones of many that are alike, yield their sum."""
    shown: Counter[tuple[str, Code]] = Counter()
    left: dict[tuple[str, Code], list[Diagnostic]] = {}
    for each in diagnostics:
        of_code, in_file = ("", each.code), (each.place.path, each.code)
        if each.is_error:
            continue
        if shown[of_code] >= _ALIKE:
            left.setdefault(of_code, []).append(each)
        elif shown[in_file] >= _ALIKE_IN_FILE:
            left.setdefault(in_file, []).append(each)
        else:
            shown.update((of_code, in_file))
    sums = {alike[0]: alike for alike in left.values()}
    not_shown = {each for alike in left.values() for each in alike}
    for each in diagnostics:
        if each in sums:
            yield _sum(sums[each])
        elif each not in not_shown:
            yield each


def _sum(alike: Sequence[Diagnostic]) -> Diagnostic:
    """Return one diagnostic that says where all of them are: in other files, or in other lines."""
    first, *others = alike
    files = len({each.place.path for each in alike})
    if not others:
        return first
    if files > 1:
        place = "…"
        words = f" in {files:,} files" if files < len(alike) else " files"
        words = f"and {len(alike):,} more{words}; 'cardwright check --format json' lists all"
    else:
        place = first.place.path
        lines = [str(line) for line in dict.fromkeys(each.place.line for each in alike) if line]
        shown = ", ".join([*lines[:_ALIKE], *(["…"] if lines[_ALIKE:] else [])])
        where = f", in line{'s' if lines[1:] else ''} {shown}" if lines else ""
        words = f"and {len(alike):,} more{where}"
    return replace(first, place=Place(place), message=words, hint="", excerpt="")


def _without_repeated_hints(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the diagnostics without the parts of their hints that an earlier hint ends with."""
    seen: set[tuple[Code, str]] = set()
    for diagnostic in diagnostics:
        parts = diagnostic.hint.split("; ")
        keys = [(diagnostic.code, part) for part in parts]
        while keys and keys[-1] in seen:
            keys.pop()
        seen.update(keys)
        yield replace(diagnostic, hint="; ".join(parts[: len(keys)]))


def narrow_rows(segments: Sequence[Segment], columns: int) -> list[list[Segment]]:
    """Wrap a row to at most ``columns`` columns: shrink gaps, then break at spaces.

    Continuation lines are indented by two more columns. Longer words are not broken.
    """
    text = "".join(text for text, _ in segments)
    if cell_len(text.rstrip()) <= columns:
        return [list(segments)]
    indent = min(len(text) - len(text.lstrip()), columns // 4)
    rows: list[list[Segment]] = [[(" " * indent, "")]]
    used, gap, is_first = indent, 0, True
    for segment, tone in segments:
        for spaces, word in _WORDS.findall(segment):
            gap = min(gap + len(spaces), 2)
            if not word:
                continue
            if used + gap + cell_len(word) > columns and len(rows[-1]) > 1:
                rows.append([(" " * (indent + 2), "")])
                used, gap = indent + 2, 0
            before = 0 if is_first else gap
            rows[-1].append((" " * before + word, tone))
            used += before + cell_len(word)
            gap, is_first = 0, False
    return rows


_WORDS = re.compile(r"( *)([^ ]+|$)")


def columns_of(text: str) -> int:
    """Return the number of terminal columns: two for a Chinese character, none for a joiner."""
    return cell_len(text)


def fitted(text: str, columns: int) -> str:
    """Pad ``text`` with spaces to ``columns`` terminal columns, or cut it with ``…``.

    A Chinese character takes two columns, a joiner none.
    """
    if cell_len(text) <= columns:
        return set_cell_size(text, columns)
    return set_cell_size(set_cell_size(text, columns - 1).rstrip() + "…", columns)
