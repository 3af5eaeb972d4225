"""Distributes batches of formulas to engines, and isolates formulas that break an engine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Condition, Thread
from typing import Any

from cardwright.math.engine import BrokenError, Engine, Setup, StartError

_AHEAD = 2
"""Batches that an engine has at a time, so that it never waits for its thread."""

_LENGTH = 10_000
"""Characters of the formulas in a batch, each with 100 more."""

_ENOUGH = 1500
"""Waiting formulas for each further engine. One engine typesets as many while another starts."""

_STARTS = 5
_TRIES = 2
"""How often a single formula may break its engine. Once may be another formula's fault."""

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
    """Formulas with the same ``common`` settings, and for each the future of its answer."""

    formulas: Sequence[tuple[str, bool]]
    answers: Sequence[Future[KatexAnswer]]
    common: Mapping[str, object]
    budget: Budget
    breaks: int = 0

    @property
    def is_single(self) -> bool:
        return len(self.formulas) == 1

    def question(self) -> Mapping[str, object]:
        return {**self.common, "formulas": self.formulas}

    def part(self, start: int, end: int | None = None) -> list[Batch]:
        formulas, answers = self.formulas[start:end], self.answers[start:end]
        return [Batch(formulas, answers, self.common, self.budget)] if formulas else []

    def singles(self) -> list[Batch]:
        return [one for index in range(len(self.formulas)) for one in self.part(index, index + 1)]

    def fail(self, error: Exception) -> None:
        """Raise this error in the threads that wait for an answer."""
        for answer in self.answers:
            if not answer.done():
                answer.set_exception(error)


class RemoteTypesetter:
    """Takes the place of a pool, and sends one batch after the other to another process.

    ``ask`` gets formulas and their common settings, and returns an answer for each.
    """

    def __init__(
        self,
        ask: Callable[[Sequence[tuple[str, bool]], Mapping[str, object]], Sequence[KatexAnswer]],
    ) -> None:
        self._ask = ask
        self._batches: SimpleQueue[Batch] = SimpleQueue()
        Thread(target=self._serve, daemon=True).start()

    def put(self, batch: Batch, most: int) -> None:  # noqa: ARG002
        """Start to answer formulas. The other process makes its own batches."""
        self._batches.put(batch)

    def _serve(self) -> None:
        while True:
            batch = self._batches.get()
            try:
                found = self._ask(batch.formulas, batch.common)
                for answer, each in zip(batch.answers, found, strict=True):
                    answer.set_result(each)
            except Exception as error:  # raised again in the waiting thread
                batch.fail(error)


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
        self._waiting: deque[Batch] = deque()
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
        with self._change:
            self._is_closing = False
            self._waiting.extend(_parts(batch))
            many = sum(len(each.formulas) for each in self._waiting)
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            for _ in range(len(self._threads), min(most, 1 + many // _ENOUGH)):
                thread = Thread(target=self._serve, daemon=True)
                self._threads.append(thread)
                thread.start()
            self._change.notify_all()

    def close(self) -> None:
        """Stop all engines and their work. The next formula starts new ones."""
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

    def _next(self, *, is_waiting: bool) -> Batch | None:
        """Return the next batch, or ``None``. With ``is_waiting``, that is only when closing."""
        with self._change:
            while is_waiting and not self._waiting and not self._is_closing:
                self._change.wait()
            if self._is_closing or not self._waiting:
                return None
            return self._waiting.popleft()

    def _serve(self) -> None:
        """Run a thread of the pool. Each engine that breaks is replaced."""
        own: deque[Batch] = deque()
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

    def _fail(self, own: deque[Batch], error: Exception) -> None:
        with self._change:
            batches = [*own, *self._waiting]
            self._waiting.clear()
        for batch in batches:
            batch.fail(error)

    def _ask(self, engine: Engine, own: deque[Batch]) -> None:
        """Use an engine until it breaks. Puts the batches that are not done back into ``own``."""
        asked: deque[Batch] = deque()
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
                answer = engine.receive()
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

    def _taken(self, batch: Batch, answer: Mapping[str, Any]) -> list[Batch]:
        """Check and store the answer for a batch. Return the batches that are left of it."""
        found, is_slow = answer.get("outcomes"), answer.get("slow")
        if not isinstance(found, list) or len(found) > len(batch.formulas):
            raise BrokenError("its answer is none")
        if not all(map(self._is_found, found)) or not (found or is_slow is True):
            raise BrokenError("its answer is none")
        for place, each in zip(batch.answers, found, strict=False):
            place.set_result(each)
        if is_slow is not True or len(found) == len(batch.formulas):
            return batch.part(len(found))
        if batch.is_single:
            _refuse(batch, SLOW)
            return []
        slow = len(found)
        return [*batch.part(slow, slow + 1), *batch.part(slow + 1)]


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
        return batch.singles()
    batch.breaks += 1
    if batch.breaks < _TRIES and reason != SILENT:
        return [batch]
    _refuse(batch, reason)
    return []


def _refuse(batch: Batch, reason: str) -> None:
    batch.budget.left -= 1
    batch.answers[0].set_result(reason)


def _is_given_up(batch: Batch) -> bool:
    """Whether too many formulas have been lost. If so, the batch is refused."""
    if batch.budget.left > 0:
        return False
    for answer in batch.answers:
        answer.set_result("")
    return True
