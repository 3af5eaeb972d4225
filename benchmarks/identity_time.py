"""Time identity, lock and package alone, on notes that are made up.

usage: python benchmarks/identity_time.py [--sizes 5000,50000]

For each size the seconds of the processor of a first build, of one in which nothing changed and of
one in which one note changed, from the notes of ``resolve`` on; then how the time of each grows
with the size: 1.0 is in step, 2.0 is its square. The drafts of the last two count as kept.
"""

from __future__ import annotations

import math
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from cardwright.building import digest_of
from cardwright.changes.empty_cards import empty_cards
from cardwright.changes.old_notes import changed_notes, old_notes
from cardwright.config import Config
from cardwright.disk.lockfile import read_lock, stage_package, write_lock_and_package
from cardwright.disk.packed_lock import with_packed_times
from cardwright.identify import identify
from cardwright.identify.drafts import draft, imprint
from cardwright.identify.stamps import stamp_notetypes
from cardwright.lock import Lock, LockEntry
from cardwright.lock.text import format_lock
from cardwright.model import (
    DeckName,
    FiledNote,
    Html,
    Line,
    NoteSource,
    NoteTypeStamp,
    Passage,
    Place,
    ResolvedNote,
)
from cardwright.notetypes import QA, fingerprint, notetype_id
from cardwright.package import check_size, file_name, pack

ROOT = DeckName("Deck")
NOW = 1_700_000_000
_NOTES_A_FILE = 25
_WORDS = 3_000

Times = dict[str, float]
"""Seconds of the processor by what they were spent on."""


@click.command(help=__doc__)
@click.option("--sizes", default="5000,10000,20000", help="Numbers of notes.")
def main(sizes: str) -> None:
    totals: dict[str, list[tuple[int, float]]] = {}
    for size in map(int, sizes.split(",")):
        for what, times in measured(size).items():
            parts = ", ".join(f"{part} {seconds:.2f}" for part, seconds in times.items())
            total = sum(times.values())
            click.echo(f"{size:>7} notes, {what:9} {total:6.2f} s: {parts}")
            totals.setdefault(what, []).append((size, total))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        click.echo(f"{size:>7} notes, {peak:.0f} MB of memory at most")
    for what, points in totals.items():
        if len(points) > 1:
            (small, first), (large, last) = points[0], points[-1]
            growth = math.log(last / first) / math.log(large / small)
            click.echo(f"{what} grows with the power {growth:.2f} of the notes")


def measured(size: int) -> dict[str, Times]:
    notes = list(made_up(size))
    folder = Path(tempfile.mkdtemp())
    try:
        drafts: list[LockEntry] = []
        cold: Times = {}
        with timed(cold, "drafts"):
            drafts = [draft(note, imprint(note.note.source), Config()) for note in notes]
        cold |= build(folder, notes, drafts, NOW)
        same = build(folder, notes, drafts, NOW + 10)
        at = size // 2
        notes[at] = replace(notes[at], note=replace(notes[at].note, back=Html("<p>Other.</p>")))
        drafts[at] = replace(drafts[at], made="other")
        return {"cold": cold, "unchanged": same, "one edit": build(folder, notes, drafts, NOW + 20)}
    finally:
        shutil.rmtree(folder)


def build(folder: Path, notes: Sequence[FiledNote], drafts: Sequence[LockEntry], now: int) -> Times:
    """What a build does from the drafts on."""
    times: Times = {}
    lock_file, output = folder / "deck.lock", folder / "build"
    package = output / file_name(ROOT)
    with timed(times, "read the lock"):
        before, _ = read_lock(lock_file)
        known = before or Lock("project", ROOT)
        lock, _ = with_packed_times(known, lock_file, output, package.name, ())
        types = [NoteTypeStamp(QA, notetype_id("project", QA), fingerprint(QA, ROOT), 0)]
        lock = stamp_notetypes(lock, types, now)
    with timed(times, "identify"):
        identified = identify(notes, drafts, lock, now)
    with timed(times, "format"):
        text = format_lock(identified.lock)
    write: Callable[[Path], None] = partial(
        pack,
        notes=identified.notes,
        decks=(),
        notetypes=identified.lock.notetypes,
        root_deck=ROOT,
        lock=text,
        last=package,
    )
    with timed(times, "pack"):
        staged, _ = stage_package(package, write)
        assert staged is not None
        check_size(staged, package.name)
        digest_of(staged)
    with timed(times, "old notes"):
        old = old_notes(before, package, changed_notes(identified))
        empty_cards(identified, old)
    with timed(times, "write"):
        write_lock_and_package(package, staged, lock_file, text)
    return times


@contextmanager
def timed(times: Times, part: str) -> Iterator[None]:
    began = time.process_time()
    yield
    times[part] = time.process_time() - began


def made_up(size: int) -> Iterator[FiledNote]:
    """Notes with a few formulas each: 1 KB of Markdown, 7 KB of HTML."""
    chance = random.Random(size)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(_WORDS)]

    def prose(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    for number in range(size):
        path = f"{number // _NOTES_A_FILE:05}.md"
        back = [f"{prose(50)} $x_{{{number}}} = \\frac{{a}}{{b}}$." for _ in range(3)]
        spans = "".join(f'<span class="mord {word}">{word}</span>' for word in words[:40])
        html = "".join(f"<p>{text}{spans}</p>" for text in back)
        place, empty = Place(path, number + 1, 1), Passage(path)
        source = NoteSource(
            place,
            Passage(path, (Line(f"What is {prose(4)} {number}?", number + 1),)),
            Passage(path, tuple(Line(text, number + 2) for text in back)),
            *(empty, empty, empty),
        )
        nothing = Html("")
        resolved = ResolvedNote(source, Html("<p>What?</p>"), Html(html), nothing, nothing, "What?")
        yield FiledNote(resolved, DeckName(f"{ROOT}::{path}"), ("tag",))


if __name__ == "__main__":
    main()
