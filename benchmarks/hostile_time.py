"""How the time of each command grows with texts that nobody would write, of 20 to 160 KB.

usage: python benchmarks/hostile_time.py [WORD ...] [--flavour NAME] [--place NAME] [--fresh]
           [--every N] [--part 1/2] [--results FILE]
       python benchmarks/hostile_time.py --summary FILE ...

Takes the shapes of ``tests/shapes.py`` whose name holds one of the words. In a process of its own,
runs ``explain``, ``build``, ``check`` and ``plan`` on 160 KB of each. ``check`` and ``plan`` find
the cache of ``build``. With ``--fresh`` no command uses a cache, and before ``plan`` the note gets
another question and a longer answer. If a command takes a quarter of a second longer than for a
short note, all are measured at 20 KB as well, and if that looks steep, at 40 and 80 KB.

With ``--place`` the text is elsewhere (``tests/places.py``), or in each place in turn (``all``). A
place with a limit gets texts up to that limit instead of 160 KB.

Times are seconds of the processor, those of V8 included, above those of a short note (of one that
is refused, if the text is). The exponent is that from 20 to 160 KB, or from 40 or 80 KB if less
takes no time. A line for each that takes too long or ends otherwise than with exit code 0 or 1,
and a table at the end. For Linux.

``--results`` keeps each measurement as a line of JSON, and a second run goes on where the first
ended. With ``--part`` several runs share the work.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import os
import random
import re
import resource
import select
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from io import BufferedReader
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from cardwright.cli import run
from cardwright.math.katex import stop
from tests.places import MOST, PLACES
from tests.shapes import shapes

COMMANDS = ("explain", "build", "check", "plan")
FLAVOURS = ("commonmark", "python-markdown")
SIZES = (20, 40, 80, 160)
"""KB."""

STEEPEST = 1.2
_WORTH_MEASURING = 0.25
"""Seconds below which nobody cares how they grow."""

_NOISE = 0.05

LONGEST = 120
"""Seconds of the processor after which the four commands together are ended."""

_PATIENCE = 3600
"""Seconds of wall time after which a command that only waits counts as stalled."""

_MEMORY = 4_000_000_000
_TRIES = 3
_CODE = re.compile(r": (?:error |warning )?([A-Z]{2}\d{3})\b")
LIMITS = frozenset({"RN413", "SR202", "RN410", "RN412"})
"""Diagnostics that say that a text is too much work."""

_SHORT = "$a$ `b` ![c](d.png)\n\n| a | b |\n|---|---|\n| c | d |\n\n- [ ] e\n"
_SETTINGS = {
    "commonmark": "project: a\nmarkdown: {flavour: commonmark}\n",
    "python-markdown": "project: a\nmarkdown: {flavour: python-markdown, "
    "extensions: [extra, admonition, pymdownx.details]}\n",
}


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command went: ``status`` is below zero for a signal, and 124 if it stalled."""

    status: int
    own: float
    """Seconds of the processor."""
    engine: float
    """Those of V8."""
    wall: float
    megabytes: float
    codes: Mapping[str, int]
    end: str = ""
    """What it printed last, if it did not end well."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A command on a shape: by size in KB."""

    name: str
    place: str
    flavour: str
    command: str
    seconds: Mapping[int, float]
    """Above those of a short note."""
    last: Ran
    """Of the largest text."""

    @property
    def exponent(self) -> float:
        """That from the smallest size whose time can be told from noise."""
        sizes = sorted(self.seconds)
        if len(sizes) < 2 or self.seconds[sizes[-1]] < _WORTH_MEASURING:
            return 0.0
        small = next((size for size in sizes[:-1] if self.seconds[size] > _NOISE), sizes[-2])
        least = max(self.seconds[small], _NOISE)
        return math.log(self.seconds[sizes[-1]] / least) / math.log(sizes[-1] / small)

    @property
    def is_broken(self) -> bool:
        return self.last.status not in (0, 1)

    @property
    def is_refused(self) -> bool:
        return not LIMITS.isdisjoint(self.last.codes)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--flavour", choices=FLAVOURS)
    parser.add_argument("--place", choices=[*PLACES, "all"], default="answer")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--summary", action="store_true")
    asked = parser.parse_args()
    if asked.summary:
        return _print_table([each for name in asked.words for each in _kept(Path(name))])
    part, parts = map(int, asked.part.split("/"))
    found = _kept(asked.results) if asked.results and asked.results.exists() else []
    done = {(each.name, each.place, each.flavour) for each in found}
    names = [name for name in shapes() if any(word in name for word in asked.words or [""])]
    random.Random(1).shuffle(names)  # the first hundred are of all kinds
    for flavour in [asked.flavour] if asked.flavour else FLAVOURS:
        base = _base(flavour, asked.fresh)
        some = names[:: asked.every][part - 1 :: parts]
        for name, place in product(some, PLACES if asked.place == "all" else [asked.place]):
            if (name, place, flavour) in done:
                continue
            new = [*_measured(name, place, flavour, asked.fresh, base)]
            found += new
            for each in new:
                if each.is_broken or each.exponent > STEEPEST:
                    print(_words(each), flush=True)
            if asked.results:
                with asked.results.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(asdict(each)) + "\n" for each in new)
    return _print_table(found)


def _base(flavour: str, is_fresh: bool) -> Mapping[tuple[str, int], Ran]:
    """Each command for a short note, and for one that is refused, by command and exit code."""
    texts = {0: PLACES["answer"](_SHORT), 1: PLACES["file"]("a")}
    with (
        tempfile.TemporaryDirectory() as name,
        contextlib.chdir(name),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        for _ in _commands(texts[0], flavour, is_fresh):
            pass  # what is done only once
    return {
        (command, status): min((each[command] for each in rounds), key=lambda ran: ran.own)
        for status, files in texts.items()
        for rounds in [[_ran(files, flavour, is_fresh) for _ in range(_TRIES)]]
        for command in COMMANDS
    }


def _measured(
    name: str, place: str, flavour: str, is_fresh: bool, base: Mapping[tuple[str, int], Ran]
) -> Iterator[Measured]:
    """Each command on a shape. What grows too fast is tried again: the machine may be busy."""
    seconds: dict[str, dict[int, float]] = {each: {} for each in COMMANDS}

    def ran(size: int) -> Mapping[str, Ran]:
        found = _ran(PLACES[place](shapes()[name](size * 1000)), flavour, is_fresh)
        for each, one in found.items():
            short = base[each, int(one.status != 0)]
            taken = max(one.own - short.own, 0) + max(one.engine - short.engine, 0)
            seconds[each][size] = min(taken, seconds[each].get(size, taken))
        return found

    def measured(command: str) -> Measured:
        return Measured(name, place, flavour, command, seconds[command], last[command])

    most = MOST.get(place, SIZES[-1])
    sizes = tuple(size * most // SIZES[-1] for size in SIZES)
    last = ran(most)
    if any(seconds[each][most] > _WORTH_MEASURING for each in last):
        ran(sizes[0])
        for again in (sizes, sizes[-1:], sizes):
            if any(measured(each).exponent > STEEPEST for each in last):
                for size in again:
                    ran(size)
    for command in last:
        yield measured(command)


def _commands(files: Mapping[str, str], flavour: str, is_fresh: bool) -> Iterator[tuple[str, int]]:
    """Run each command on a new deck in the current folder; its name and exit code."""
    for path, text in {"deck.yml": "", **files}.items():
        before = _SETTINGS[flavour] if path == "deck.yml" else ""
        Path(path).write_text(before + text, "utf-8", "surrogatepass")
    for command in COMMANDS:
        if command == "plan" and is_fresh:
            note = Path("notes.md").read_text("utf-8", "surrogatepass")
            note = note.replace("What is", "What exactly is", 1) + "\n\nAnd more.\n"
            Path("notes.md").write_text(note, "utf-8", "surrogatepass")
        options = [] if command == "explain" else ["--offline"]
        options += ["--no-cache"] if is_fresh and options else []
        status = run([command, ".", *options])
        stop()  # V8 is waited for, and so its time is known
        yield command, status


def _ran(files: Mapping[str, str], flavour: str, is_fresh: bool) -> dict[str, Ran]:
    """How each command went, in a process of its own that knows all modules already.

    After one that died or stalled, there are no others.
    """
    found: dict[str, Ran] = {}
    reading, writing = os.pipe()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name, os.fdopen(reading, "rb") as lines:
        child = os.fork()
        if child == 0:
            os.chdir(name)
            _run_and_leave(files, flavour, is_fresh, writing)
        os.close(writing)
        while line := _line(lines, _PATIENCE):
            found[COMMANDS[len(found)]] = Ran(**json.loads(line))
        is_stalled = line is None
        if is_stalled:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
    code = 124 if is_stalled else os.waitstatus_to_exitcode(status)
    if len(found) < len(COMMANDS):
        taken = used.ru_utime + used.ru_stime
        wall = time.monotonic() - began
        found[COMMANDS[len(found)]] = Ran(code or -1, taken, 0.0, wall, 0.0, {})
    return found


def _line(lines: BufferedReader, patience: float) -> bytes | None:
    """The next line; ``None`` if there is none after so many seconds."""
    return lines.readline() if select.select([lines], [], [], patience)[0] else None


def _run_and_leave(files: Mapping[str, str], flavour: str, is_fresh: bool, writing: int) -> None:
    """In the new process: run, send what each command did, and end without a return."""
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    code = 3
    printed = io.StringIO()
    try:
        with (
            os.fdopen(writing, "wb", buffering=0) as pipe,
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            wall, own, engine = _times()
            for _, status in _commands(files, flavour, is_fresh):
                before, (wall, own, engine) = (wall, own, engine), _times()
                words = printed.getvalue()
                used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
                used = max(used, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000)
                ran = Ran(
                    status, own - before[1], engine - before[2], wall - before[0], used,
                    dict(Counter(_CODE.findall(words))), "" if status in (0, 1) else words[-400:],
                )  # fmt: skip
                pipe.write(json.dumps(asdict(ran)).encode() + b"\n")
                printed.seek(0)
                printed.truncate()
                wall, own, engine = _times()
        code = 0
    finally:
        os._exit(code)


def _times() -> tuple[float, float, float]:
    """Of the clock, of this process, and of V8 and other processes that ended."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (
        time.monotonic(), own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime,
    )  # fmt: skip


def _kept(file: Path) -> list[Measured]:
    found = []
    for line in file.read_text("utf-8").splitlines():
        values = json.loads(line)
        values["seconds"] = {int(size): each for size, each in values["seconds"].items()}
        found.append(Measured(**{**values, "last": Ran(**values["last"])}))
    return found


def _words(found: Measured) -> str:
    seconds = ", ".join(f"{found.seconds[size]:.2f}" for size in sorted(found.seconds))
    words = f"{found.name} ({found.place}, {found.flavour}, {found.command}): {seconds} s, "
    words += f"exponent {found.exponent:.2f}, {found.last.megabytes:.0f} MB"
    if found.is_refused:
        words += f", refused: {', '.join(LIMITS & {*found.last.codes})}"
    return words + (f", exit {found.last.status}: {found.last.end!r}" if found.is_broken else "")


def _print_table(found: Iterable[Measured]) -> None:
    """For each place, flavour and command: how many were measured, and the worst of them."""
    groups: dict[tuple[str, str, str], list[Measured]] = {}
    for each in found:
        groups.setdefault((each.place, each.flavour, each.command), []).append(each)
    print(
        "| place | flavour | command | shapes | over 0.25 s | broken | refused | too steep ", end=""
    )
    print("| worst exponent | longest s | most MB |\n|---|---|---|---|---|---|---|---|---|---|---|")
    for key, group in groups.items():
        steep = [each for each in group if each.exponent > STEEPEST and not each.is_refused]
        cells: list[object] = [*key, len(group), sum(len(each.seconds) > 1 for each in group)]
        cells += [sum(each.is_broken for each in group), sum(each.is_refused for each in group)]
        worst = max(group, key=lambda each: each.exponent * (not each.is_refused))
        slowest = max(group, key=lambda each: max(each.seconds.values()))
        cells += [len(steep), f"{worst.exponent:.2f} `{worst.name}`"]
        cells += [f"{max(slowest.seconds.values()):.1f} `{slowest.name}`"]
        cells += [f"{max(each.last.megabytes for each in group):.0f}"]
        words = (str(cell).replace("|", "\\|").replace("\n", "\\n") for cell in cells)
        print(f"| {' | '.join(words)} |")


if __name__ == "__main__":
    main()
