"""Kill pushes at many moments, and see what they and the pushes after them leave.

usage: python tests/killed_pushes.py FOLDER

Prints one JSON object: how often a push was killed, its steps, and in words what was then wrong.
The push does everything that a push can do. Each one is a forked process, killed before one of its
steps in Anki, after the last one, or at some moment between its start and its end. This process
itself never opens a collection, so that a fork takes no half of Anki's own threads with it.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from anki.collection import Collection

from cardwright.building import build_deck
from cardwright.delivery.collection import ClosedCollection
from cardwright.delivery.compare import PushChoices
from cardwright.delivery.connect import RunningAnki
from cardwright.delivery.deliver import PushResult, deliver
from cardwright.delivery.target import AnkiTarget
from cardwright.pipeline import Options

NOW = 1_800_000_000
AT_RANDOM = 12
LEAF = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h5v9z"/></svg>'
OLD = {
    "deck.yml": "deck: Garden\ntags: [green]\n",
    "herbs.md": """\
# Herbs

## What is mint?

A herb.

## What is sage? {reverse}

A shrub.

## What is dill?

A weed.

## What is rue?

Bitter.

## What is a fern?

No flower.
""",
    "trees.md": """\
# Trees

## What is an oak?

A tree.

## A yew is {{c1::old}}, {{c2::green}}.
""",
}
NEW = {
    "deck.yml": "deck: Park\ntags: [wild]\n",
    "leaf.svg": LEAF,
    "herbs.md": """\
# Herbs

## What is basil?

New here.

## What is mint?

A herb, ![leaf](leaf.svg).

## What is sage?

A shrub.

## What is rue?

Very bitter.
""",
    "trees.md": """\
# Trees

## What is an oak?

A tall tree.

## A yew is {{c1::old}}, green.

## What is dill?

A weed.
""",
}
"""A new root deck, other tags, an image; notes that are new, moved, reworded, retired; cards that
are left empty: of a reverse, and of a deletion."""

STEPS = tuple(
    name for name in RunningAnki.__dict__ if name[0] != "_" and hasattr(ClosedCollection, name)
)


def main() -> None:
    folder = Path(sys.argv[1])
    start = folder / "start"
    _in_child(lambda: _prepare(start))
    _warm_up(_copy(start, folder / "warm-up"))
    whole = _copy(start, folder / "whole")
    length = min(_seconds_of_a_push(_copy(start, folder / name)) for name in ("first", "second"))
    steps = _in_child(partial(_steps_of_a_push, whole))
    expected = _in_child(lambda: _state(whole))
    deaths: list[tuple[str, Callable[[], None] | None, float | None]] = [
        (f"before step {number}, {step}", partial(_die_at, number), None)
        for number, step in enumerate(steps)
    ]
    deaths.append(("after the last step", partial(_die_at, len(steps) - 1, is_after=True), None))
    moments = [number * length / AT_RANDOM for number in range(AT_RANDOM)]
    deaths += [(f"after {moment:.2f} s", None, moment) for moment in moments]
    wrong: list[str] = []
    killed = 0
    for number, (name, before, moment) in enumerate(deaths):
        copy = _copy(start, folder / str(number))
        if _killed(copy, before, moment):  # otherwise it was whole
            killed += 1
            wrong += [f"{name}: {each}" for each in _in_child(partial(_mended, copy, expected))]
        shutil.rmtree(copy)
    print(json.dumps({"killed": killed, "steps": sorted({*steps}), "wrong": wrong}))


def _warm_up(folder: Path) -> None:
    """Load what a push loads: the hundreds of processes that are forked need not load it again."""
    build_deck(folder / "garden", folder / "warm-up", Options(NOW))
    for name in _in_child(lambda: _modules_of_a_push(folder)):
        importlib.import_module(name)


def _modules_of_a_push(folder: Path) -> list[str]:
    known = {*sys.modules}
    _push(folder)
    return sorted(sys.modules.keys() - known)


def _seconds_of_a_push(folder: Path) -> float:
    begun = time.monotonic()
    _in_child(lambda: _push(folder))
    return time.monotonic() - begun


def _prepare(folder: Path) -> None:
    """A collection that has the old content, studied and tagged by a learner."""
    _write(folder / "garden", OLD)
    Collection(str(_file(folder))).close()
    _push(folder)
    col = Collection(str(_file(folder)))
    col.decks.select(col.decks.id("Garden"))
    for _ in range(4):
        card = col.sched.getCard()
        assert card is not None
        col.sched.answerCard(card, 3)
    for id_ in col.find_notes(""):
        note = col.get_note(id_)
        note.add_tag("mine")
        col.update_note(note)
    sage = col.get_note(col.find_notes('"Plain:What is sage?"')[0])
    sage["Extra"] = "my own"
    col.update_note(sage)
    col.close()
    _write(folder / "garden", NEW)


def _write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


def _file(folder: Path) -> Path:
    return folder / "collection.anki2"


def _copy(start: Path, folder: Path) -> Path:
    return Path(shutil.copytree(start, folder))


def _push(folder: Path) -> PushResult:
    way = AnkiTarget("collection", _file(folder))
    options = Options(NOW + len(list(folder.iterdir())))
    return deliver(
        folder / "garden", folder / "build", options, way, PushChoices(), lambda *_: True
    )


def _state(folder: Path) -> Any:
    """All that counts in a collection: notes, cards with what studying made of them, decks."""
    col = Collection(str(_file(folder)))
    names = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    notes = [col.get_note(id_) for id_ in col.find_notes("")]
    state = {
        "notes": sorted([n.guid, sorted(n.tags), _fields(n.items())] for n in notes),
        "cards": sorted(
            [col.get_note(nid).guid, ord_, names[did], type_, queue, due, ivl, factor, reps]
            for nid, ord_, did, type_, queue, due, ivl, factor, reps in col.db.all(
                "SELECT nid, ord, did, type, queue, due, ivl, factor, reps FROM cards"
            )
        ),
        "decks": sorted(names.values()),
        "media": sorted(path.name for path in Path(col.media.dir()).iterdir()),
    }
    col.close()
    return json.loads(json.dumps(state))


def _fields(items: list[tuple[str, str]]) -> list[list[str]]:
    """The fields, without what tells the time of the build."""
    return [[name, text.split(" ", 2)[-1] if name == "Spare1" else text] for name, text in items]


def _watch(before: Callable[[str], object], after: Callable[[str], object]) -> None:
    """Tell of each step of a push before it is done, and after it."""

    def watched(step: str) -> Callable[..., Any]:
        done = getattr(ClosedCollection, step)

        def tell(self: ClosedCollection, *args: Any, **options: Any) -> Any:
            before(step)
            result = done(self, *args, **options)
            after(step)
            return result

        return tell

    for step in STEPS:
        setattr(ClosedCollection, step, watched(step))


def _nothing(_step: str) -> None:
    """The push goes on."""


def _steps_of_a_push(folder: Path) -> list[str]:
    """Push, and return the names of the steps."""
    steps: list[str] = []
    _watch(steps.append, _nothing)
    _push(folder)
    return steps


def _die_at(number: int, *, is_after: bool = False) -> None:
    """What a push does first so that it dies before a step, or after it."""
    left = iter(range(number))

    def die(_step: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    _watch(*((_nothing, die) if is_after else (die, _nothing)))


def _killed(folder: Path, before: Callable[[], None] | None, moment: float | None) -> bool:
    """Push, and be killed; whether the push died of it, and not of its own end."""
    child = os.fork()
    if not child:
        if before:
            before()
        _push(folder)
        os._exit(0)
    if moment is not None:
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _mended(folder: Path, expected: Any) -> list[str]:
    """What the next push leaves otherwise than one that nobody killed."""
    done = _push(folder)
    if done.pushed is None:
        return [f"no push: {done.diagnostics}"]
    again = _push(folder)
    assert again.pushed is not None
    wrong = [] if again.pushed.found.is_nothing else [f"more to do: {again.pushed.found}"]
    state = _state(folder)
    return wrong + [
        f"{key} differ: {state[key]} and not {expected[key]}"
        for key in expected
        if state[key] != expected[key]
    ]


def _in_child(work: Callable[[], Any]) -> Any:
    """The result of ``work``, done in a process of its own; what it raises ends this one."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            result = work()
            with os.fdopen(writing, "w") as file:
                json.dump(result if not isinstance(result, PushResult) else None, file)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        text = file.read()
    _, status = os.waitpid(child, 0)
    assert status == 0, "a child failed"
    return json.loads(text)


if __name__ == "__main__":
    main()
