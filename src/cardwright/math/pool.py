"""Distributes batches of formulas to engines, and isolates formulas that break an engine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from cardwright.math.engine import BrokenError, Engine, Setup, StartError

_LENGTH = 10_000  # characters of the formulas in a batch, each with 100 more

_ENOUGH = 16  # waiting batches for each further engine; one typesets as many while another starts

_STARTS = 5
_TRIES = 2  # how often a single formula may break its engine; once may be another formula's fault

LOST, FULL, SLOW, SILENT = "lost", "full", "slow", "silent"
"""Why a formula has no answer: it ended V8, used up its memory, or took too long."""


@dataclass(slots=True)
class Budget:
    """The number of formulas that a build may still lose before it gives up on the rest."""

    left: int = 12


KatexAnswer = Mapping[str, Any] | str
"""What KaTeX returned for a formula, or why it returned nothing."""

Check = Callable[[object], bool]


@dataclass(slots=True)
class Batch:
    """Some formulas of one build."""

    formulas: Sequence[tuple[str, bool]]
    answers: Sequence[Future[KatexAnswer]]  # one for each formula
    common: Mapping[str, object]  # their settings
    budget: Budget
    breaks: int = 0

    @property
    def is_single(self) -> bool:
        return len(self.formulas) == 1

    def part(self, start: int, end: int | None = None) -> list[Batch]:
        formulas, answers = self.formulas[start:end], self.answers[start:end]
        return [Batch(formulas, answers, self.common, self.budget)] if formulas else []

    def fail(self, error: Exception) -> None:
        """Raise this error in the threads that wait for an answer."""
        for answer in self.answers:
            if not answer.done():
                answer.set_exception(error)


class Pool:
    """A pool of engines, each with a thread. They start when there is work, and keep running."""

    def __init__(self, setup: Callable[[], Setup], is_found: Check) -> None:
        self._setup = setup
        self._is_found = is_found
        self._forget()
        if hasattr(os, "register_at_fork"):  # a fork has no threads
            os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        self._lock = Lock()
        self._waiting: SimpleQueue[Batch | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._engines: set[Engine] = set()
        self._prepared: Engine | None = None
        self._is_closing = False

    def prepare(self) -> None:
        """Start an engine's process, but no thread, before there is a formula."""
        with suppress(StartError, BrokenError):  # the next formula reports it
            if not self._threads and self._prepared is None:
                self._prepared = Engine(self._setup())
                self._prepared.prepare()

    def put(self, batch: Batch, most: int) -> None:
        """Start to answer formulas, with at most ``most`` engines."""
        with self._lock:
            self._is_closing = False
            for part in _parts(batch):
                self._waiting.put(part)
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            wanted = min(most, 1 + self._waiting.qsize() // _ENOUGH)
            for _ in range(len(self._threads), wanted):
                thread = Thread(target=self._serve, args=(self._waiting,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def close(self) -> None:
        """Stop all engines and their work. The next formula starts new ones."""
        with self._lock:
            self._is_closing = True
            for _ in self._threads:
                self._waiting.put(None)
            self._waiting = SimpleQueue()
            prepared, self._prepared = self._prepared, None
            engines, threads = list(self._engines), list(self._threads)
        if prepared:
            prepared.close()
        for engine in engines:
            engine.kill()
        for thread in threads:
            thread.join()

    def _serve(self, waiting: SimpleQueue[Batch | None]) -> None:
        """Run a thread of the pool. An engine that breaks is replaced."""
        own: deque[Batch | None] = deque()
        engine: Engine | None = None
        try:
            while not self._is_closing:
                if not own:
                    own.append(waiting.get())
                if own[0] is None:
                    break
                engine = engine or self._started()
                try:
                    left = self._asked(engine, own[0])
                except BrokenError as error:
                    self._end(engine)
                    reason = FULL if str(error) == FULL else SILENT if engine.was_silent else LOST
                    left = [own[0]] if self._is_closing else _broken(own[0], reason)
                    engine = None
                own.popleft()
                own.extendleft(reversed(left))
        except Exception as error:  # raised again in the waiting thread
            for batch in (*own, *_drained(waiting)):
                if batch:
                    batch.fail(error)
        finally:
            if engine:
                self._end(engine)

    def _started(self) -> Engine:
        """Return an engine that is ready. A start may fail for want of memory, for a moment."""
        for chance in range(_STARTS):
            with self._lock:
                engine, self._prepared = self._prepared or Engine(self._setup()), None
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
        with self._lock:
            self._engines.discard(engine)
        engine.close()

    def _asked(self, engine: Engine, batch: Batch) -> list[Batch]:
        """Store an engine's answer for a batch. Return the batches that are left of it."""
        if batch.budget.left <= 0:  # too many formulas have been lost
            for place in batch.answers:
                place.set_result("")
            return []
        answer = engine.ask({**batch.common, "formulas": batch.formulas})
        if answer.get("full") is True:
            raise BrokenError(FULL)
        found, is_slow = answer.get("outcomes"), answer.get("slow")
        if not isinstance(found, list) or len(found) > len(batch.formulas):
            raise BrokenError("its answer is not valid")
        if not all(map(self._is_found, found)) or not (found or is_slow is True):
            raise BrokenError("its answer is not valid")
        for place, each in zip(batch.answers, found, strict=False):
            place.set_result(each)
        if is_slow is not True or len(found) == len(batch.formulas):
            return batch.part(len(found))
        if batch.is_single:
            _refuse(batch, SLOW)
            return []
        slow = len(found)
        return [*batch.part(slow, slow + 1), *batch.part(slow + 1)]


def _drained(waiting: SimpleQueue[Batch | None]) -> Iterator[Batch | None]:
    with suppress(Empty):
        while True:
            yield waiting.get_nowait()


def _parts(batch: Batch) -> Iterator[Batch]:
    start = length = 0
    for end, (tex, _) in enumerate(batch.formulas, 1):
        length += len(tex) + 100
        if length > _LENGTH:
            yield from batch.part(start, end)
            start, length = end, 0
    yield from batch.part(start)


def _broken(batch: Batch, reason: str) -> list[Batch]:
    """Return the batches to try after a batch broke its engine."""
    if not batch.is_single:
        return [one for at in range(len(batch.formulas)) for one in batch.part(at, at + 1)]
    batch.breaks += 1
    if batch.breaks < _TRIES and reason != SILENT:
        return [batch]
    _refuse(batch, reason)
    return []


def _refuse(batch: Batch, reason: str) -> None:
    batch.budget.left -= 1
    batch.answers[0].set_result(reason)
