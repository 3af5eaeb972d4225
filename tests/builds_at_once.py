"""Build a deck twice at once, again and again, with an edit in between, and see what is lost.

usage: python tests/builds_at_once.py FOLDER ROUNDS

Prints one JSON object: the number of rounds, and in words what was wrong.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cardwright.building import Built, build_deck, digest_of
from cardwright.disk.lockfile import read_lock
from cardwright.lock import Lock
from cardwright.pipeline import Options

NOW = 1_800_000_000
_LONGEST_PAUSE = 0.06  # seconds: about as long as one of these builds lasts


def main() -> None:
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    random.seed(7)
    questions = {f"What is number {n}?": "The first answer." for n in range(9)}
    known: dict[str, str] = {}
    wrong: list[str] = []
    _edit(folder, questions, -1)
    _build(folder, NOW - 1)  # in this process: those that are forked from it load nothing more
    for number in range(rounds):
        _edit(folder, questions, number)
        first = _start(folder, NOW + 10 * number)
        time.sleep(random.uniform(0, _LONGEST_PAUSE))
        _edit(folder, questions, number + 1000)
        second = _start(folder, NOW + 10 * number + 1)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in (first, second)]
        complaints = [*_complaints(folder, questions, known, NOW + 10 * number + 5)]
        complaints += ["a build failed"] if any(codes) else []
        wrong += [f"round {number}: {complaint}" for complaint in complaints]
    print(json.dumps({"rounds": rounds, "wrong": wrong}))


def _edit(folder: Path, questions: dict[str, str], number: int) -> None:
    """Add a question, take one away, change the answer of another; at once for who looks."""
    del questions[random.choice(sorted(questions))]
    questions[f"What is number {number}, again?"] = "An answer."
    questions[random.choice(sorted(questions))] = f"Another answer, {number}."
    text = "\n\n".join(f"## {front}\n\n{back}" for front, back in questions.items())
    folder.mkdir(exist_ok=True)
    (folder / "new").write_text(text)
    (folder / "new").replace(folder / "plants.md")


def _start(folder: Path, now: int) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        code = 0 if _build(folder, now).package else 1
    finally:
        os._exit(code)


def _build(folder: Path, now: int, *, is_locked: bool = False) -> Built:
    return build_deck(folder, folder.parent / "build", Options(now, is_locked=is_locked))


def _complaints(
    folder: Path, questions: dict[str, str], known: dict[str, str], now: int
) -> Iterator[str]:
    """What is wrong with the lock and the package; ``known``, fronts to GUIDs, grows."""
    lock, problems = read_lock(folder / "deck.lock")
    if lock is None or problems:
        yield "the lock is damaged"
        return
    fronts = _fronts(lock)
    if any(fronts.get(front) != guid for front, guid in known.items()):
        yield "an identity is lost"
    known.update(fronts)
    if not questions.keys() <= fronts.keys():
        yield "the lock does not know a question"
    package = folder.parent / "build" / "plants.apkg"
    before = digest_of(package) if package.exists() else ""
    if _build(folder, now, is_locked=True).digest != before:
        yield "lock and package do not belong together"


def _fronts(lock: Lock) -> dict[str, str]:
    return {entry.front: entry.guid for entry in lock.entries}


if __name__ == "__main__":
    main()
