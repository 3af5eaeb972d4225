"""Kill builds at many moments, and see what they and the builds after them leave.

usage: python tests/killed_builds.py FOLDER

Prints one JSON object: how often a build was killed, and in words what was then wrong. A build that
is killed is a forked process. It dies before one of its operations on files, in the middle
of a write, which the system ends at a size that it allows, or at a random time.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from cardwright.building import build_deck
from cardwright.media.cache import Cache
from cardwright.pipeline import Options

NOW = 1_800_000_000
LEAF = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h{n}v9z"/></svg>'
OLD = """\
# Plants

## What is a leaf?

An organ. ![a leaf](leaf.svg)

## What is a root?

The part in the soil.

## What is a stem?

The part between.
"""
NEW = OLD.replace("in the soil", "under the ground").replace("a stem", "a seed")
_AT_RANDOM = 12
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

Death = Callable[[], None]
"""What a build does first so that it dies."""


def main() -> None:
    folder = Path(sys.argv[1])
    random.seed(7)
    # In this process: what it has loaded, the hundreds that are forked from it need not load.
    for text, number in ((OLD, 5), (NEW, 7)):
        _write(folder / "warm-up/garden", text, number)
        assert _builds(folder / "warm-up", NOW)
    wrong: list[str] = []
    killed = 0
    for name, before in (("first", ""), ("second", OLD)):
        there = _prepared(folder / name, before)
        lasts, events = _undisturbed(there, folder / f"{name}-whole")
        for number, (what, death, wait) in enumerate(_deaths(lasts, events)):
            here = folder / f"{name}-{number}"
            shutil.copytree(there, here)
            killed += _build(here, NOW, death, wait) != 0
            complaints = [*_found(here, there, folder / f"{name}-whole")]
            wrong += [f"{name} build, {what}: {complaint}" for complaint in complaints]
            shutil.rmtree(here)
    print(json.dumps({"killed": killed, "wrong": wrong}))


def _prepared(folder: Path, before: str) -> Path:
    """A deck whose content has changed since it was built, or was never built."""
    garden = folder / "garden"
    if before:
        _write(garden, before, 5)
        assert _build(folder, NOW - 1000) == 0
    _write(garden, NEW, 7)
    return folder


def _write(garden: Path, text: str, number: int) -> None:
    garden.mkdir(parents=True, exist_ok=True)
    (garden / "plants.md").write_text(text)
    (garden / "leaf.svg").write_text(LEAF.format(n=number))


def _undisturbed(there: Path, here: Path) -> tuple[float, int]:
    """Build in a copy; how many seconds it takes, and at how many moments it writes."""
    shutil.copytree(there, here)
    began = time.monotonic()
    assert _build(here, NOW) == 0
    lasts = time.monotonic() - began
    shutil.rmtree(here)
    shutil.copytree(there, here)
    counted, counts = os.pipe()
    assert _build(here, NOW, lambda: _watch(lambda: os.write(counts, b"."))) == 0
    os.close(counts)
    events = len(os.read(counted, 100_000))
    os.close(counted)
    return lasts, events


def _watch(told: Callable[[], object]) -> None:
    """Tell of each operation on files that leaves something behind, just before it.

    Also tell just after a file was opened: it is empty then, and not before the next operation.
    """

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        is_write = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
        if is_write or event in {"os.rename", "os.remove", "os.mkdir"}:
            told()
        if is_write:
            sys.setprofile(after)  # only until the operation is done: it makes all calls slow

    def after(frame: FrameType, _event: str, _argument: object) -> None:
        if frame.f_code is not hook.__code__:
            sys.setprofile(None)
            told()

    sys.addaudithook(hook)


def _deaths(lasts: float, events: int) -> Iterator[tuple[str, Death, float | None]]:
    """What a death is called, how the build prepares for it, and after how long it is killed."""
    for _ in range(_AT_RANDOM):
        seconds = random.uniform(0, lasts)
        yield f"killed after {seconds:.3f} s", _nothing, seconds
    for event in range(events):
        yield f"killed at moment {event} of its operations", _at_moment(event), None
    for size in (1, 100, 700, 1500, 3000, 6000, 9000):
        yield f"killed at byte {size} of a file", _at_byte(size), None


def _nothing() -> None:
    """The build goes on until it is killed from outside."""


def _at_moment(event: int) -> Death:
    left = iter(range(event))

    def die() -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    return lambda: _watch(die)


def _at_byte(size: int) -> Death:
    def prepare() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it, and would be told
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return prepare


def _build(folder: Path, now: int, death: Death = _nothing, wait: float | None = None) -> int:
    """Build in a process of its own; 0 when it came to its end with a package."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            death()
            code = 0 if _builds(folder, now) else 1
        finally:
            os._exit(code)
    if wait is not None:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _builds(folder: Path, now: int) -> bool:
    output = folder / "build"
    options = Options(now, cache=Cache(output / ".cache", is_writable=True))
    return build_deck(folder / "garden", output, options).package is not None


def _found(here: Path, there: Path, whole: Path) -> Iterator[str]:
    """What is wrong after a death, and after the next build, whose clock is an hour on."""
    for name in ("garden/deck.lock", "build/garden.apkg"):
        if _bytes(here / name) not in {_bytes(there / name), _bytes(whole / name)}:
            yield f"{name} is neither the old nor the new one"
    was_locked = _bytes(here / "garden/deck.lock") == _bytes(whole / "garden/deck.lock")
    if not _builds(here, NOW + 3600 if was_locked else NOW):
        yield "the next build failed"
    for name in ("garden/deck.lock", "build/garden.apkg", "garden/.gitattributes"):
        if _bytes(here / name) != _bytes(whole / name):
            yield f"the next build makes another {name}"
    left = [*here.rglob(".*.tmp")]
    if any(".cache" not in path.parts for path in left):
        yield "the next build leaves temporary files"
    if left:
        for path in left:
            os.utime(path, (time.time() - 4000, time.time() - 4000))
        _builds(here, NOW)
        if [*here.rglob(".*.tmp")]:
            yield "a temporary file stays for ever"


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


if __name__ == "__main__":
    main()
