"""Bring edits that were made in Anki back into the Markdown, as a patch that is proved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from cardwright.build import Assembly, Options
from cardwright.changes.old_notes import old_notes
from cardwright.content import Content, read_content
from cardwright.content.files import kept_choices, known_fronts, shown_path
from cardwright.delivery.values import HeldNote
from cardwright.identify import Identity
from cardwright.lock import Lock
from cardwright.math.katex import Session
from cardwright.media import Access, Gathered, gather
from cardwright.model import Guid, Note, Passage, Place, RenderedNote, SourceFile
from cardwright.package.packed import PackedNote
from cardwright.pull.flow import Block
from cardwright.pull.learned import Learned, learned_fields, learned_tags
from cardwright.pull.lines import Replacement, applied
from cardwright.pull.placing import Placement, place
from cardwright.pull.proof import Bench
from cardwright.pull.tagging import with_tag
from cardwright.pull.trace import changes
from cardwright.pull.values import Edit, FilePatch, Pulled

__all__ = ["Edit", "FilePatch", "Pulled", "pull_edits"]


def pull_edits(
    path: Path,
    assembly: Assembly,
    held: Mapping[Guid, HeldNote],
    output: Path,
    options: Options,
    *,
    with_tags: bool = False,
) -> Pulled:
    """The edits in the notes that Anki holds, as patches of the content at ``path``.

    ``assembly`` is that content as a build makes it, ``output`` the folder with the last package.
    """
    identified = assembly.identified
    if identified is None:
        return Pulled(diagnostics=assembly.diagnostics)
    content, _ = read_content(path, is_trusted=options.is_trusted)
    lock = assembly.before
    there = [note.guid for note in identified.notes if _is_ours(held.get(note.guid))]
    packed = old_notes(output, lock, assembly.root, there).by_guid
    mods = {entry.guid: entry.mod for entry in (lock.entries if lock else ())}
    numbers = _numbers(identified.identities)
    tasks: defaultdict[str, list[_Task]] = defaultdict(list)
    for note, identity in zip(identified.notes, identified.identities, strict=True):
        theirs = held.get(note.guid)
        if theirs is None or theirs.is_foreign:
            continue
        fields = tuple(learned_fields(note, theirs, packed.get(note.guid), mods.get(note.guid)))
        tags = tuple(learned_tags(note, theirs, assembly.root)) if with_tags else ()
        if fields or tags:
            task = _Task(note, numbers[identity.place], identity.place, fields, tags)
            tasks[identity.place.path].append(task)
    desk = _Desk(content, lock, options)
    patches: list[FilePatch] = []
    edits: list[Edit] = []
    for source in content.files:
        if source.path in tasks:
            patch, made = _pull_file(desk.bench(source), tasks[source.path])
            edits += made
            patches += [patch] if patch.new != patch.old else []
    return Pulled(tuple(patches), tuple(edits), looked_at=len(there))


def _is_ours(note: HeldNote | None) -> bool:
    return note is not None and not note.is_foreign


def _numbers(identities: Sequence[Identity]) -> dict[Place, int]:
    """Of each question which one of its file it is, from 0."""
    counts: defaultdict[str, int] = defaultdict(int)
    numbers: dict[Place, int] = {}
    for identity in identities:
        path = identity.place.path
        numbers[identity.place] = counts[path]
        counts[path] += 1
    return numbers


@dataclass(frozen=True, slots=True)
class _Task:
    """A note of which the learner changed something; ``index`` is its number in its file."""

    note: Note
    index: int
    place: Place
    fields: tuple[Learned, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What all files of a deck are tried out with."""

    content: Content
    lock: Lock | None
    options: Options
    session: Session = field(default_factory=lambda: Session(engines=1))

    def bench(self, source: SourceFile) -> Bench:
        kept, known = kept_choices(self.lock), known_fronts(self.lock)
        return Bench(
            source,
            self.content.config,
            self.content.is_single,
            kept.get(source.path),
            known.get(source.path, ()),
            self.session,
            partial(_gathered, self),
        )


def _gathered(desk: _Desk, note: RenderedNote) -> Gathered:
    access = Access(
        desk.lock.pins if desk.lock else (),
        desk.options.cache,
        desk.options.rules,
        is_offline=True,
        now=desk.options.now,
    )
    return gather([note], desk.content.folder, desk.content.config, access)


def _pull_file(bench: Bench, tasks: Sequence[_Task]) -> tuple[FilePatch, list[Edit]]:
    """The patch of one file, and what became of each edit in it."""
    edits: list[Edit] = []
    taken: list[Replacement] = []
    for task in tasks:
        for each in task.fields:
            found, made = _pull_field(bench, task, each)
            if found and applied(bench.source.lines, [*taken, *found]) is None:
                found = ()
                made = [replace(one, reason=one.reason or _BESIDE) for one in made]
            taken += found
            edits += made
        for tag in task.tags:
            change = with_tag(bench, task.index, tag)
            is_placed = change is not None and applied(bench.source.lines, [*taken, change])
            taken += [change] if change is not None and is_placed else []
            edits.append(_tag_edit(task, tag, is_placed=bool(is_placed)))
    lines = bench.source.lines
    return FilePatch(bench.source.path, lines, applied(lines, taken) or lines), edits


_BESIDE = "is in the same words as another edit"


def _pull_field(
    bench: Bench, task: _Task, learned: Learned
) -> tuple[tuple[Replacement, ...], list[Edit]]:
    made = bench.made(task.index)
    passage = made.passage(learned.field)
    if learned.target is None:
        before, after = made.blocks(learned.field), learned.theirs
        spot = _spot(passage, before, 0, task.place)
        texts = _texts(before), _texts(after)
        return (), [Edit(task.note.guid, learned.field, spot, *texts, _BOTH)]
    placement = place(bench, task.index, learned.field, learned.target)
    return placement.replacements, list(_edits(task, learned.field, passage, placement))


_BOTH = "was changed in the content as well"


def _edits(task: _Task, name: str, passage: Passage, placement: Placement) -> Iterator[Edit]:
    reasons = dict(placement.left)
    for change in changes(placement.before, placement.target):
        before = placement.before[change.first : change.last]
        after = placement.target[change.begin : change.end]
        spot = _spot(passage, placement.before, change.first, task.place)
        reason = reasons.get(change, "")
        yield Edit(task.note.guid, name, spot, _texts(before), _texts(after), reason)


def _texts(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def _spot(passage: Passage, blocks: Sequence[Block], at: int, place: Place) -> Place:
    """The line of the file that a block stands in, as near as its words tell."""
    if not passage.lines:
        return place
    words = [word.value for block in blocks[at : at + 1] for word in block.words][:4]
    for index, line in enumerate(passage.lines):
        if words and all(word in line.text for word in words):
            return passage.place(index)
    return passage.place(0)


def _tag_edit(task: _Task, tag: str, *, is_placed: bool) -> Edit:
    reason = "" if is_placed else "is a tag, for which the question has no place"
    return Edit(task.note.guid, "tags", task.place, "", tag, reason)
