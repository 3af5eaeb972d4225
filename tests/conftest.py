"""What holds for all tests."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Tests start hundreds of programs. Without bytecode each of them would compile Cardwright again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# No test is timed: machines are shared and noisy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


_MEMORY = Path("/dev/shm")
_ROOM = 3_000_000_000  # bytes: twice what the tests write


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let the folders of tests be in memory where there is room, until the end.

    Anki and we wait for the disk at each write. Tests write tens of thousands of times, and would
    wait longer than they work. ``--basetemp`` names another folder, which stays.
    """
    if config.option.basetemp or not _has_room(_MEMORY):  # it is set in processes of xdist
        return
    folder = tempfile.mkdtemp(prefix="tests-", dir=_MEMORY)
    config.option.basetemp = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def _has_room(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    found = os.statvfs(folder)
    is_runnable = not found.f_flag & os.ST_NOEXEC
    return is_runnable and found.f_bavail * found.f_frsize > _ROOM


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no process works alone at the end.

    Each process gets a piece of the list and takes over tests of others when it is through. So
    each piece begins with modules of slow tests.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    total = len(items)
    slow: defaultdict[Path, list[pytest.Item]] = defaultdict(list)
    for test in items:
        if test.get_closest_marker("slow"):
            slow[test.path].append(test)
    others = iter([test for test in items if not test.get_closest_marker("slow")])
    items.clear()
    for number in range(processes):
        end = len(items) + (total - len(items)) // (processes - number)
        items += chain(*[*slow.values()][number::processes])
        items += islice(others, max(0, end - len(items)))
    items += others


@pytest.fixture(scope="session", autouse=True)
def temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Thousands of decks are built, each with a file for its turn: not all into the system's."""
    with pytest.MonkeyPatch.context() as patch:
        temporary = str(tmp_path_factory.mktemp("temporary"))
        patch.setattr(tempfile, "tempdir", temporary)
        patch.setenv("TMPDIR", temporary)  # for Anki, and for programs that tests start
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):  # where the user's key is
            patch.setenv(variable, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of the system: one for all tests of a process, where playwright is installed."""
    from playwright.sync_api import sync_playwright  # the oldest Anki is tested without it

    from tests.browser.inspection import PROGRAMS, find_chromium

    program = find_chromium()
    if program is None:
        words = f"needs one of {', '.join(PROGRAMS)}, or CARDWRIGHT_CHROMIUM"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(words)
    _wait_for_children_without_threads()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program)
        yield started
        started.close()


def _wait_for_children_without_threads() -> None:
    """Have asyncio wait for its programs as Python 3.12 does.

    A thread would wait for playwright as long as a process of tests lives, and a build does not
    fork a process that has threads: later tests would not see it do so.
    """
    if sys.version_info >= (3, 12) or not hasattr(os, "pidfd_open"):
        return

    class Watcher(asyncio.ThreadedChildWatcher):
        def add_child_handler(  # type: ignore[override]
            self, pid: int, callback: Callable[..., object], *args: Any
        ) -> None:
            loop, file = asyncio.get_running_loop(), os.pidfd_open(pid)

            def end() -> None:
                loop.remove_reader(file)
                os.close(file)
                _, status = os.waitpid(pid, 0)
                callback(pid, os.waitstatus_to_exitcode(status), *args)

            loop.add_reader(file, end)

    asyncio.set_child_watcher(Watcher())
