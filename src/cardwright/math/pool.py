"""Distributes batches of formulas to engines, and isolates formulas that break an engine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Condition, Lock, Thread
from typing import Any, Protocol

from cardwright.math.engine import BrokenError, Engine, Setup, StartError

_AHEAD = 2
"""Batches that an engine has at a time, so that it never waits for its thread."""

_ENOUGH = 1500
"""Waiting formulas for each further engine. One engine typesets as many while another starts."""

_STARTS = 5
_TRIES = 2
"""How often a single formula may break its engine. Once may be another formula's fault."""

LOST, FULL, SLOW, SILENT = "lost", "full", "slow", "silent"
"""Why a formula has no outcome: it ended V8, used up its memory, or took too long."""


@dataclass(slots=True)
class Budget:
    """The number of formulas that a build may still lose before it gives up on the rest."""

    left: int = 12


KatexAnswer = Mapping[str, Any] | str
"""What KaTeX returned for a formula, or why it returned nothing."""

Check = Callable[[object], bool]


@dataclass(slots=True)
class Job:
    """Formulas with the same ``common`` settings. ``found`` is complete when ``done`` is."""

    formulas: Sequence[tuple[str, bool]]
    common: Mapping[str, object]
    budget: Budget
    found: dict[int, KatexAnswer] = field(default_factory=dict)
    done: Future[None] = field(default_factory=Future)
    _lock: Lock = field(default_factory=Lock)

    def store(self, index: int, found: KatexAnswer) -> None:
        """Store the result of a formula. The last one completes the job."""
        with self._lock:
            self.found[index] = found
            if len(self.found) == len(self.formulas) and not self.done.done():
                self.done.set_result(None)

    def fail(self, error: Exception) -> None:
        """Make the thread that waits for the job raise this error."""
        with self._lock:
            if not self.done.done():
                self.done.set_exception(error)


@dataclass(slots=True)
class _Batch:
    job: Job
    indices: Sequence[int]
    breaks: int = 0

    @property
    def is_single(self) -> bool:
        return len(self.indices) == 1

    def question(self) -> Mapping[str, object]:
        formulas = [self.job.formulas[index] for index in self.indices]
        return {**self.job.common, "formulas": formulas}

    def part(self, start: int, end: int | None = None) -> list[_Batch]:
        indices = self.indices[start:end]
        return [_Batch(self.job, indices)] if indices else []

    def singles(self) -> list[_Batch]:
        return [_Batch(self.job, [index]) for index in self.indices]


class Typesetter(Protocol):
    """Something that carries out jobs."""

    def put(self, job: Job, batches: Sequence[Sequence[int]], most: int) -> None:
        """Start a job, with at most ``most`` engines."""

    def wait(self, job: Job) -> None:
        """Wait until a job is done."""


class RemoteTypesetter:
    """A typesetter that sends one job after the other to another process.

    ``ask`` gets the formulas of a job and their common settings, and returns what was found.
    """

    def __init__(
        self,
        ask: Callable[[Sequence[tuple[str, bool]], Mapping[str, object]], Sequence[KatexAnswer]],
    ) -> None:
        self._ask = ask
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        Thread(target=self._serve, daemon=True).start()

    def put(self, job: Job, batches: Sequence[Sequence[int]], most: int) -> None:  # noqa: ARG002
        """Start a job. The other process makes its own batches."""
        self._jobs.put(job)

    def wait(self, job: Job) -> None:
        """Wait until a job is done. Raises what ``ask`` raised."""
        job.done.result()

    def _serve(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                for index, found in enumerate(self._ask(job.formulas, job.common)):
                    job.store(index, found)
            except Exception as error:  # raised again in the waiting thread
                job.fail(error)


class Pool:
    """A pool of engines, each with a thread. They start when there is work, and keep running."""

    def __init__(self, setup: Callable[[], Setup], is_found: Check) -> None:
        self._setup = setup
        self._is_found = is_found
        self._forget()
        if hasattr(os, "register_at_fork"):  # a fork has no threads
            os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        self._change = Condition()
        self._waiting: deque[_Batch] = deque()
        self._threads: list[Thread] = []
        self._engines: set[Engine] = set()
        self._prepared: Engine | None = None
        self._is_closing = False

    def prepare(self) -> None:
        """Start an engine's process, but no thread, before there is a job."""
        with suppress(StartError, BrokenError):  # the next job reports it
            if not self._threads and self._prepared is None:
                self._prepared = Engine(self._setup())
                self._prepared.prepare()

    def put(self, job: Job, batches: Sequence[Sequence[int]], most: int) -> None:
        """Start a job, with at most ``most`` engines."""
        with self._change:
            self._is_closing = False
            self._waiting.extend(_Batch(job, indices) for indices in batches)
            many = sum(len(batch.indices) for batch in self._waiting)
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            for _ in range(len(self._threads), min(most, 1 + many // _ENOUGH)):
                thread = Thread(target=self._serve, daemon=True)
                self._threads.append(thread)
                thread.start()
            self._change.notify_all()

    def wait(self, job: Job) -> None:
        """Wait until a job is done. Raises ``StartError`` if no engine can be started."""
        while True:
            try:
                return job.done.result(timeout=0.5)
            except TimeoutError:
                if job.done.done():  # its own error
                    raise
                with self._change:
                    engines = list(self._engines)
                for engine in engines:
                    engine.watch()

    def close(self) -> None:
        """Stop all engines and their work. The next job starts new ones."""
        with self._change:
            self._is_closing = True
            self._waiting.clear()
            self._change.notify_all()
            prepared, self._prepared = self._prepared, None
            engines, threads = list(self._engines), list(self._threads)
        if prepared:
            prepared.close()
        for engine in engines:
            engine.kill()
        for thread in threads:
            thread.join()

    def _next(self, *, is_waiting: bool) -> _Batch | None:
        """Return the next batch, or ``None``. With ``is_waiting``, that is only when closing."""
        with self._change:
            while is_waiting and not self._waiting and not self._is_closing:
                self._change.wait()
            if self._is_closing or not self._waiting:
                return None
            return self._waiting.popleft()

    def _serve(self) -> None:
        """Run a thread of the pool. Each engine that breaks is replaced."""
        own: deque[_Batch] = deque()
        while batch := own.popleft() if own else self._next(is_waiting=True):
            own.appendleft(batch)
            try:
                self._ask(self._started(), own)
            except Exception as error:  # raised again in the waiting thread
                self._fail(own, error)
                return

    def _started(self) -> Engine:
        for chance in range(_STARTS):
            with self._change:
                prepared, self._prepared = self._prepared, None
            engine = prepared or Engine(self._setup())
            with self._change:
                self._engines.add(engine)
                if self._is_closing:
                    engine.kill()
            try:
                engine.begin()
            except StartError:
                self._end(engine)
                if chance == _STARTS - 1 or self._is_closing:
                    raise
            else:
                break
        return engine

    def _end(self, engine: Engine) -> None:
        with self._change:
            self._engines.discard(engine)
        engine.close()

    def _fail(self, own: deque[_Batch], error: Exception) -> None:
        with self._change:
            batches = [*own, *self._waiting]
            self._waiting.clear()
        for batch in batches:
            batch.job.fail(error)

    def _ask(self, engine: Engine, own: deque[_Batch]) -> None:
        """Use an engine until it breaks. Puts the batches that are not done back into ``own``."""
        asked: deque[_Batch] = deque()
        try:
            while not self._is_closing:
                while len(asked) < _AHEAD:
                    batch = own.popleft() if own else self._next(is_waiting=not asked)
                    if batch is None:
                        break
                    if not _is_given_up(batch):
                        asked.append(batch)
                        engine.send(batch.question())
                if not asked:
                    return
                answer = engine.receive(is_last=len(asked) == 1)
                if answer.get("full") is True:
                    raise BrokenError(FULL)
                own.extendleft(reversed(self._taken(asked[0], answer)))
                asked.popleft()
        except BrokenError as error:
            own.extendleft(reversed(asked))
            if asked and not self._is_closing:
                reason = FULL if str(error) == FULL else SILENT if engine.was_silent else LOST
                own.extendleft(reversed(_broken(own.popleft(), reason)))
        finally:
            self._end(engine)

    def _taken(self, batch: _Batch, answer: Mapping[str, Any]) -> list[_Batch]:
        """Check and store the answer for a batch. Return the batches that are left of it."""
        found, is_slow = answer.get("outcomes"), answer.get("slow")
        if not isinstance(found, list) or len(found) > len(batch.indices):
            raise BrokenError("its answer is none")
        if not all(map(self._is_found, found)) or not (found or is_slow is True):
            raise BrokenError("its answer is none")
        for index, each in zip(batch.indices, found, strict=False):
            batch.job.store(index, each)
        if is_slow is not True or len(found) == len(batch.indices):
            return batch.part(len(found))
        if batch.is_single:
            _refuse(batch, SLOW)
            return []
        slow = len(found)
        return [*batch.part(slow, slow + 1), *batch.part(slow + 1)]


def _broken(batch: _Batch, reason: str) -> list[_Batch]:
    """Return the batches to try after a batch broke its engine."""
    if not batch.is_single:
        return batch.singles()
    batch.breaks += 1
    if batch.breaks < _TRIES and reason != SILENT:
        return [batch]
    _refuse(batch, reason)
    return []


def _refuse(batch: _Batch, reason: str) -> None:
    batch.job.budget.left -= 1
    batch.job.store(batch.indices[0], reason)


def _is_given_up(batch: _Batch) -> bool:
    """Whether too many formulas have been lost. If so, the batch is refused."""
    if batch.job.budget.left > 0:
        return False
    for index in batch.indices:
        batch.job.store(index, "")
    return True
