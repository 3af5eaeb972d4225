"""Turns edits made in Anki into a verified patch of the Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cardwright.changes.old_notes import old_notes
from cardwright.content import Content
from cardwright.delivery.values import AnkiNote
from cardwright.identify import Identified
from cardwright.model import Guid, Note, SourceFile
from cardwright.pipeline import Assembly, Options, assemble_content
from cardwright.pull.edited_fields import added_tags, edited_fields
from cardwright.pull.lines import replaced
from cardwright.pull.one_file import Edit, EditedNote, EditResult, pull_file
from cardwright.pull.sandbox import FileSandbox, NotePlace, file_sandboxes, numbered
from cardwright.source.folders import with_lines

__all__ = ["Edit", "FilePatch", "PullChoices", "Pulled", "pull_edits"]


@dataclass(frozen=True, slots=True)
class FilePatch:
    """The old and the new lines of a file. ``path`` is relative to the content."""

    path: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pulled:
    """The result of a pull."""

    patches: tuple[FilePatch, ...] = ()  # in the order of the files
    edits: tuple[Edit, ...] = ()  # in the order of the notes
    looked_at: int = 0  # notes of the content that Anki has


@dataclass(frozen=True, slots=True)
class PullChoices:
    """The options of a pull. With ``takes_theirs``, Anki's field wins if both sides changed it."""

    with_tags: bool = False
    takes_theirs: bool = False


def pull_edits(
    content: Content,
    assembly: Assembly,
    anki_notes: Mapping[Guid, AnkiNote],
    output: Path,
    options: Options,
    choices: PullChoices,
) -> Pulled:
    """Return the edits that were made in Anki, as patches of the content.

    ``assembly`` is the built content, and ``output`` is the folder with the last package. An
    edit is only in a patch if a build of the patched content gives exactly the learner's note.
    The build must not change the note's GUID, and no other note.
    """
    identified = assembly.identified
    if identified is None:
        return Pulled()
    live = {note.guid for note in identified.notes}
    theirs = {
        guid: note for guid, note in anki_notes.items() if guid in live and not note.is_foreign
    }
    places = numbered(each.place for each in identified.identities)
    notes = dict(zip(places, identified.notes, strict=True))
    entries = dict(zip(places, (each.entry for each in identified.identities), strict=True))
    tasks = _tasks(assembly, notes, theirs, output, choices)
    sandboxes = file_sandboxes(content, assembly.before, options, tasks, entries)
    done = [each for path, sandbox in sandboxes.items() for each in pull_file(sandbox, tasks[path])]
    done = _verified(done, sandboxes, content, identified, options)
    lines = [(source, _patched(done, source)) for source in content.files]
    patches = tuple(FilePatch(s.path, s.lines, new) for s, new in lines if new != s.lines)
    edits = tuple(edit for each in done for edit in each.edits)
    return Pulled(patches, edits, looked_at=len(theirs))


def _tasks(
    assembly: Assembly,
    notes: Mapping[NotePlace, Note],
    anki_notes: Mapping[Guid, AnkiNote],
    output: Path,
    choices: PullChoices,
) -> Mapping[str, Sequence[EditedNote]]:
    """Return the notes that the learner edited, by file. ``anki_notes`` are those of the deck."""
    lock = assembly.before
    packed = old_notes(lock, output / assembly.package_name, anki_notes.keys()).by_guid
    mods = {entry.guid: entry.mod for entry in (lock.entries if lock else ())}
    tasks: defaultdict[str, list[EditedNote]] = defaultdict(list)
    for (place, number), note in notes.items():
        theirs = anki_notes.get(note.guid)
        if theirs is None:
            continue
        before = packed.get(note.guid), mods.get(note.guid)
        fields = tuple(edited_fields(note, theirs, *before, takes_theirs=choices.takes_theirs))
        tags = tuple(added_tags(note, theirs, assembly.root)) if choices.with_tags else ()
        if fields or tags:
            tasks[place.path].append(EditedNote(note, number, place, fields, tags))
    return tasks


def _patched(done: Sequence[EditResult], source: SourceFile) -> tuple[str, ...]:
    changes = [
        change
        for each in done
        if each.task.place.path == source.path
        for change in each.replacements
    ]
    return replaced(source.lines, changes) or source.lines


def _verified(
    done: list[EditResult],
    sandboxes: Mapping[str, FileSandbox],
    content: Content,
    identified: Identified,
    options: Options,
) -> list[EditResult]:
    """Return the results whose edits keep all GUIDs when the patched content is built.

    A reworded question could count as a new one and lose its reviews. It then gets its GUID as
    an explicit id.
    """
    guids = [note.guid for note in identified.notes]

    def is_good(some: Sequence[EditResult]) -> bool:
        return _built_guids(some, content, options) == guids

    if not any(each.replacements for each in done) or is_good(done):
        return done
    unsure = [at for at, each in enumerate(done) if each.is_of_front]
    if not is_good([each for at, each in enumerate(done) if at not in unsure]):
        unsure = list(range(len(done)))
    kept = {at: each for at, each in enumerate(done) if at not in unsure}
    groups = [unsure]
    while groups:
        group = groups.pop(0)
        if is_good([*kept.values(), *(done[at] for at in group)]):
            kept |= {at: done[at] for at in group}
        elif len(group) > 1:
            middle = len(group) // 2
            groups = [group[:middle], group[middle:], *groups]
        else:
            each = done[group[0]]
            marked = each.with_explicit_id(sandboxes[each.task.place.path])
            if marked is None or not is_good([*kept.values(), marked]):
                marked = each.without_replacements(_WOULD_BE_NEW)
            kept[group[0]] = marked
    return [kept[at] for at in range(len(done))]


_WOULD_BE_NEW = "would make it another question; write '{#%s}' after the question first"


def _built_guids(
    done: Sequence[EditResult], content: Content, options: Options
) -> list[Guid] | None:
    """Return the GUIDs of the patched content in order, or ``None`` if it cannot be built."""
    files = (with_lines(source, _patched(done, source)) for source in content.files)
    assembly = assemble_content(replace(content, files=tuple(files)), (), options)
    if assembly.identified is None or any(each.is_error for each in assembly.diagnostics):
        return None
    return [note.guid for note in assembly.identified.notes]
