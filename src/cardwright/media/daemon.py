"""Work in a thread that nobody has to wait for: a program can end while it still goes on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Outcome = TypeVar("Outcome")


def in_a_daemon(work: Callable[[], Outcome]) -> Future[Outcome]:
    """The outcome of ``work`` to wait for; what it raises is raised there again."""
    outcome: Future[Outcome] = Future()
    outcome.set_running_or_notify_cancel()
    Thread(target=_work_into, args=(outcome, work), daemon=True).start()
    return outcome


def _work_into(outcome: Future[Outcome], work: Callable[[], Outcome]) -> None:
    try:
        outcome.set_result(work())
    except Exception as error:  # raised again where the outcome is waited for
        outcome.set_exception(error)
