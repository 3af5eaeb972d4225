"""Runs work in a daemon thread, so that the program can exit before the work ends."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Outcome = TypeVar("Outcome")


def in_a_daemon(work: Callable[[], Outcome]) -> Future[Outcome]:
    """Start ``work`` in a daemon thread. Waiting for the future raises what ``work`` raised."""
    outcome: Future[Outcome] = Future()
    outcome.set_running_or_notify_cancel()
    Thread(target=_work_into, args=(outcome, work), daemon=True).start()
    return outcome


def _work_into(outcome: Future[Outcome], work: Callable[[], Outcome]) -> None:
    try:
        outcome.set_result(work())
    except Exception as error:  # raised again by ``Future.result``
        outcome.set_exception(error)
