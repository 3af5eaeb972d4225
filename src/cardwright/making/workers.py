"""Makes the notes of files, in several processes if there is enough to do."""

from __future__ import annotations

import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from cardwright.making.packing import packed, unpacked
from cardwright.making.values import FileResult, Shared, Task
from cardwright.model import Progress, no_progress

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from cardwright.making.file import BegunFile

_WORTH_A_PROCESS = 100_000 if sys.platform == "linux" else 1_000_000
"""Characters for each further process. Without fork, it takes half a second to start."""

_WORTH_A_FORK = 1_000_000  # bytes; unpacking as many takes as long as forking a process

_SWITCH = 0.001  # seconds between thread switches; formulas pass through several threads

_SECONDS_TO_EXIT = 5.0  # seconds that a process has to end after its last task


def make_files(
    tasks: Sequence[Task],
    shared: Shared,
    processes: int,
    step: Progress = no_progress,
    side_work: Callable[[], None] = lambda: None,
    side_size: int = 0,
    on_file: Callable[[FileResult], None] = lambda _file: None,
    ready: Worker | None = None,
) -> list[FileResult]:
    """Make the files of ``tasks``, in their order, with at most ``processes`` processes.

    This process first does its ``side_work``, which unpacks ``side_size`` bytes, and then makes
    files too. If another process dies or has a bug, this one makes its files again and so reports
    the bug. If several processes make files, ``on_file`` gets each file, in any thread and order.
    ``ready`` is a process from ``worker_ahead``.
    """
    size = sum(len(line) for task in tasks for line in task.source.lines)
    wanted = min(processes, len(tasks), 1 + size // _WORTH_A_PROCESS)
    results: list[FileResult | None] = [None] * len(tasks)
    with ExitStack() as stack:
        is_little = wanted == 1 < processes
        other = ready if is_little else None
        if is_little and not ready and side_size > _WORTH_A_FORK:
            other = stack.enter_context(worker_ahead(shared))
        if other:
            other.start(tasks, results, deque(range(len(tasks))))
        side_work()
        if other:  # until it is done, this process loads what a build needs later
            import cardwright.media.pixels
            import cardwright.package.collection
            import cardwright.report.page  # noqa: F401

            other.join()
    if None in results:
        _make_with_workers(tasks, results, shared, wanted, step, on_file)
    return [each for each in results if each]


@contextmanager
def worker_ahead(shared: Shared) -> Iterator[Worker | None]:
    """Start another process, which loads the parser and the renderer before it gets a file.

    Yields ``None`` if no process is available.
    """
    with ExitStack() as stack:
        worker = None
        if _can_fork():
            with suppress(OSError):
                worker = stack.enter_context(Worker(shared))
        yield worker


def _make_with_workers(
    tasks: Sequence[Task],
    results: list[FileResult | None],
    shared: Shared,
    wanted: int,
    step: Progress,
    on_file: Callable[[FileResult], None],
) -> None:
    """Make the files that have no result yet, with ``wanted`` processes."""
    from cardwright.math.katex import ENGINES, KatexSession, prepare

    if wanted > 1 and any("$" in line for task in tasks for line in task.source.lines):
        prepare()
    from cardwright.making.file import BegunFile  # slow to load

    session = KatexSession(engines=1 if wanted > 1 else ENGINES)
    left = [index for index, one in enumerate(results) if one is None]
    # The longest first, so that the processes end at about the same time.
    waiting = deque(sorted(left, key=lambda i: -sum(map(len, tasks[i].source.lines))))
    with ExitStack() as stack:
        if wanted > 1:
            stack.callback(sys.setswitchinterval, sys.getswitchinterval())
            sys.setswitchinterval(_SWITCH)
        others = []
        for _ in range(wanted - 1):
            with suppress(OSError):  # no further process available
                others.append(stack.enter_context(Worker(shared, on_file)))
        for other in others:
            other.start(tasks, results, waiting)
        begun: deque[tuple[int, BegunFile]] = deque()  # two, so that KaTeX works while Python reads
        while waiting or begun:
            with suppress(IndexError):  # another process was faster
                index = waiting.popleft()
                begun.append((index, BegunFile(tasks[index], shared, session)))
            if begun and (len(begun) == 2 or not waiting):
                index, file = begun.popleft()
                results[index] = one = file.finish()
                if wanted > 1:
                    on_file(one)
                step("reading", sum(each is not None for each in results), len(results))
        for other in others:
            other.join()
    for index in left:
        results[index] = results[index] or BegunFile(tasks[index], shared, session).finish()


def _can_fork() -> bool:
    """Whether this process can be forked. A fork would not have its other threads."""
    return sys.platform == "linux" and threading.active_count() == 1


class Worker:
    """Another process, with a thread that sends it one file after the other."""

    def __init__(
        self,
        shared: Shared,
        on_file: Callable[[FileResult], None] = lambda _file: None,
    ) -> None:
        self._shared = shared
        self._on_file = on_file
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Worker:
        import multiprocessing  # loaded late, because a build without changes starts no process

        can_fork = _can_fork()
        context = multiprocessing.get_context("fork" if can_fork else "spawn")
        self._ours, theirs = context.Pipe()
        inherited = self._ours if can_fork else None
        self._process = context.Process(  # type: ignore[attr-defined]
            target=_serve,
            args=(theirs, inherited, self._shared),
            daemon=True,
        )
        try:
            self._process.start()
        except OSError:
            self._ours.close()
            raise
        finally:
            theirs.close()
        return self

    def start(
        self, tasks: Sequence[Task], results: list[FileResult | None], waiting: deque[int]
    ) -> None:
        """Start to send the ``waiting`` tasks. Other processes take some of them, too."""
        args = tasks, results, waiting
        self._thread = threading.Thread(target=self._feed, args=args, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait until all files are sent and returned."""
        assert self._thread
        self._thread.join()

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        self._ours.close()
        if error is None and self._thread:
            self._process.join(_SECONDS_TO_EXIT)  # it first stops KaTeX
        self._process.terminate()
        self._process.join()
        if error is None and self._thread:
            self._thread.join()

    def _feed(
        self, tasks: Sequence[Task], results: list[FileResult | None], waiting: deque[int]
    ) -> None:
        """Send files, one more than have come back, so that KaTeX works while Python reads."""
        sent: deque[int] = deque()
        with suppress(EOFError, OSError):
            while waiting or sent:
                with suppress(IndexError):  # another process was faster
                    index = waiting.popleft()
                    self._ours.send_bytes(packed(tasks[index]))
                    sent.append(index)
                is_last = not waiting  # read once, because another process may take the next
                if is_last:
                    self._ours.send_bytes(_NO_MORE)
                if sent and (len(sent) == 2 or is_last):
                    results[sent.popleft()] = one = unpacked(self._ours.recv_bytes())
                    self._on_file(one)


_NO_MORE = b""


def _serve(theirs: Connection, inherited: Connection | None, shared: Shared) -> None:
    """Run the other process: make files until the connection closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process ends it
    sys.setswitchinterval(_SWITCH)
    from cardwright.making.file import BegunFile
    from cardwright.math.katex import KatexSession, stop

    session = KatexSession(engines=1)
    if inherited:
        inherited.close()
    begun: deque[BegunFile] = deque()
    with suppress(Exception):  # the parent process repeats the work and shows the bug
        while True:
            content = theirs.recv_bytes()
            if content:
                begun.append(BegunFile(unpacked(content), shared, session))
            if begun and (len(begun) == 2 or not content):
                theirs.send_bytes(packed(begun.popleft().finish()))
    stop()
