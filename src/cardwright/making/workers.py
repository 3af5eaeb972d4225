"""Files made one after the other, or in several processes where there are enough of them."""

from __future__ import annotations

import signal
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from cardwright.config import Config
from cardwright.content.files import Step
from cardwright.making.packing import packed, unpacked
from cardwright.making.values import MadeFile, Task

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from cardwright.making.file import BegunFile

_WORTH_A_PROCESS = 100_000 if sys.platform == "linux" else 1_000_000
"""Characters a process: where it cannot be forked, it takes half a second to start."""

_LEAVING = 5.0
"""Seconds for a process to end when it is asked no more."""


def make_files(
    tasks: Sequence[Task],
    config: Config,
    is_single: bool,
    processes: int,
    step: Step = lambda _name, _done, _total: None,
) -> list[MadeFile]:
    """The files of ``tasks``, in their order, made by at most so many processes.

    This process is one of them. If another one dies or meets a bug, this one makes its files
    again, and reports the bug.
    """
    if not tasks:
        return []
    from cardwright.making.file import begin_file, make_file  # brings all that reads and renders
    from cardwright.math.katex import ENGINES, Session

    size = sum(len(line) for task in tasks for line in task.source.lines)
    wanted = min(processes, len(tasks), 1 + size // _WORTH_A_PROCESS)
    session = Session(engines=ENGINES if wanted == 1 else 1)
    made: list[MadeFile | None] = [None] * len(tasks)
    # The longest first, so that none is still at work when the others are done.
    order = sorted(range(len(tasks)), key=lambda i: -sum(map(len, tasks[i].source.lines)))
    waiting = deque(order)
    with ExitStack() as stack:
        others = []
        for _ in range(wanted - 1):
            with suppress(OSError):  # no further process is to be had
                worker = _Worker(tasks, made, waiting, config, is_single)
                others.append(stack.enter_context(worker))
        for other in others:
            other.start()
        begun: deque[tuple[int, BegunFile]] = deque()  # two: KaTeX works while Python reads on
        while waiting or begun:
            with suppress(IndexError):  # another one was faster
                index = waiting.popleft()
                begun.append(
                    (index, begin_file(tasks[index], config, session, is_single=is_single))
                )
            if begun and (len(begun) == 2 or not waiting):
                index, file = begun.popleft()
                made[index] = file.finish()
                step("reading", sum(each is not None for each in made), len(made))
        for other in others:
            other.join()
    return [
        one or make_file(task, config, session, is_single=is_single)
        for task, one in zip(tasks, made, strict=True)
    ]


class _Worker:
    """Another process, and a thread that hands it one file after the other."""

    def __init__(
        self, tasks: Sequence[Task], made: list[MadeFile | None], waiting: deque[int],
        config: Config, is_single: bool,
    ) -> None:  # fmt: skip
        self._tasks = tasks
        self._made = made
        self._waiting = waiting
        self._config = config
        self._is_single = is_single

    def __enter__(self) -> _Worker:
        import multiprocessing  # here: a build of what is made already starts no process

        is_alone = threading.active_count() == 1
        can_fork = sys.platform == "linux" and is_alone
        context = multiprocessing.get_context("fork" if can_fork else "spawn")
        self._ours, theirs = context.Pipe()
        inherited = self._ours if can_fork else None
        self._process = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, inherited, self._config, self._is_single), daemon=True
        )
        try:
            self._process.start()
        except OSError:
            self._ours.close()
            raise
        finally:
            theirs.close()
        self._thread = threading.Thread(target=self._feed, daemon=True)
        return self

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        self._ours.close()
        if error is None:
            self._process.join(_LEAVING)  # it ends KaTeX and then itself
        self._process.terminate()
        self._process.join()

    def _feed(self) -> None:
        """Hand over files, one ahead of what comes back: KaTeX works while Python reads on."""
        sent: deque[int] = deque()
        with suppress(EOFError, OSError):
            while self._waiting or sent:
                with suppress(IndexError):  # another one was faster
                    index = self._waiting.popleft()
                    self._ours.send_bytes(packed(self._tasks[index]))
                    sent.append(index)
                is_last = not self._waiting  # asked once: another one may take it meanwhile
                if is_last:
                    self._ours.send_bytes(_NO_MORE)
                if sent and (len(sent) == 2 or is_last):
                    self._made[sent.popleft()] = unpacked(self._ours.recv_bytes())


_NO_MORE = b""


def _serve(theirs: Connection, ours: Connection | None, config: Config, is_single: bool) -> None:
    """What the other process does: files to notes, until nobody is at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    from cardwright.making.file import begin_file
    from cardwright.math.katex import Session, stop

    session = Session(engines=1)
    if ours is not None:
        ours.close()
    begun: deque[BegunFile] = deque()
    with suppress(Exception):  # a bug shows in the process that started this one
        while True:
            content = theirs.recv_bytes()
            if content:
                begun.append(begin_file(unpacked(content), config, session, is_single=is_single))
            if begun and (len(begun) == 2 or not content):
                theirs.send_bytes(packed(begun.popleft().finish()))
    stop()
