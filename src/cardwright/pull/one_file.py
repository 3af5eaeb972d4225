"""Places the edits of one file, and drops those that overlap with another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.model import Guid, Note, Passage, Place
from cardwright.pull.edited_fields import FieldEdit
from cardwright.pull.flow import Block
from cardwright.pull.lines import FileReplacement, replaced
from cardwright.pull.located import line_starts
from cardwright.pull.placement import EMBEDDED, Placement, place
from cardwright.pull.sandbox import FileSandbox
from cardwright.pull.values import Edit


@dataclass(frozen=True, slots=True)
class EditedNote:
    """A note that the learner edited.

    ``index`` is its number among the notes at its place, from 0. The file may hold others that make
    no card, by ``require_tag`` for example.
    """

    note: Note
    index: int
    place: Place
    fields: tuple[FieldEdit, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditResult:
    """The edits of one field or tag, and their replacements in the file."""

    task: EditedNote
    edits: tuple[Edit, ...]
    replacements: tuple[FileReplacement, ...] = ()

    @property
    def is_of_front(self) -> bool:
        """Whether the front was edited, by which the note is recognized."""
        return any(edit.field in ("Question", "Text") for edit in self.edits)

    def with_explicit_id(self, sandbox: FileSandbox) -> EditResult | None:
        """Return the result with the GUID as the question's explicit id.

        Returns ``None`` if the front was not edited, or if there is no way to write the id.
        """
        if not self.is_of_front:
            return None
        found = id_replacements(
            sandbox,
            sandbox.index_of(self.task.place, self.task.index),
            self.replacements,
            self.task.note.guid,
        )
        return replace(self, replacements=found) if found else None

    def without_replacements(self, reason: str) -> EditResult:
        """Return the result without replacements. ``%s`` in the reason becomes the GUID."""
        words = reason.replace("%s", self.task.note.guid)
        edits = (replace(edit, reason=edit.reason or words) for edit in self.edits)
        return replace(self, edits=tuple(edits), replacements=())


def pull_file(sandbox: FileSandbox, tasks: Sequence[EditedNote]) -> list[EditResult]:
    """Return the results for all edits of a file."""
    done: list[EditResult] = []
    taken: list[FileReplacement] = []
    for task in tasks:
        for each in (*_fields(sandbox, task), *_tags(sandbox, task)):
            fits = replaced(sandbox.source.lines, [*taken, *each.replacements]) is not None
            done.append(each if fits else each.without_replacements(_OVERLAPS))
            taken += done[-1].replacements
    return done


_OVERLAPS = "overlaps with another edit"
_NO_PLACE = "is a tag, for which the question has no place"


def _fields(sandbox: FileSandbox, task: EditedNote) -> Iterator[EditResult]:
    index = sandbox.index_of(task.place, task.index)
    for edit in task.fields:
        built = sandbox.built(index)
        passage = built.passage(edit.field)
        is_same = built.blocks(edit.field) == edit.ours
        if edit.target is None or not is_same:
            spot = _spot((passage,), edit.ours, 0, task.place)
            texts = _text(edit.ours), _text(edit.theirs)
            reason = edit.reason or _MISSING_IMAGES
            yield EditResult(task, (Edit(task.note.guid, edit.field, spot, *texts, reason),))
            continue
        placements = place(sandbox, index, edit.field, edit.target)
        passages = (passage, *(embed.text for embed in built.source.embeds))
        edits = (each for one in placements for each in _edits(task, edit.field, passages, one))
        yield EditResult(task, tuple(edits), placements[0].replacements)


_MISSING_IMAGES = "is in a field with images that are not here"


def _edits(
    task: EditedNote, name: str, passages: Sequence[Passage], placement: Placement
) -> Iterator[Edit]:
    """Yield the edits of a field. It comes from the first of the passages, which embeds others."""
    for change, reason in placement.reasons.items():
        before = placement.before[change.old_start : change.old_end]
        after = placement.target[change.new_start : change.new_end]
        spot = _spot(passages, placement.before, change.old_start, task.place)
        is_embedded = reason and spot.path != task.place.path
        reason = EMBEDDED if is_embedded else reason
        yield Edit(task.note.guid, name, spot, _text(before), _text(after), reason)


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def _spot(passages: Sequence[Passage], blocks: Sequence[Block], at: int, question: Place) -> Place:
    """Return the likely line of a block in the files, by its first words."""
    if not passages[0].lines:
        return question
    words = [word.value for block in blocks[at : at + 1] for word in block.words][:4]
    for passage in passages if words else ():
        for index, line in enumerate(passage.lines):
            if all(word in line.text for word in words):
                return passage.place(index)
    return passages[0].place(0)


def _tags(sandbox: FileSandbox, task: EditedNote) -> Iterator[EditResult]:
    """Add all tags at once, or else one by one."""
    index = sandbox.index_of(task.place, task.index)
    together = tag_replacement(sandbox, index, task.tags) if task.tags else None
    if together is not None:
        edits = (Edit(task.note.guid, "tags", task.place, "", tag) for tag in task.tags)
        yield EditResult(task, tuple(edits), (together,))
        return
    for tag in task.tags:
        change = tag_replacement(sandbox, index, [tag])
        edit = Edit(task.note.guid, "tags", task.place, "", tag, "" if change else _NO_PLACE)
        yield EditResult(task, (edit,), (change,) if change else ())


def tag_replacement(
    sandbox: FileSandbox, index: int, tags: Sequence[str]
) -> FileReplacement | None:
    """Return a replacement that only adds the tags to note ``index``, or ``None``."""
    wanted = {*sandbox.notes[index].tags, *tags}
    for option in _options(sandbox, index, " ".join(f".{tag}" for tag in tags)):
        changed = replaced(sandbox.source.lines, (option,))
        found = changed and sandbox.attributes_after(sandbox.source.lines, changed, index)
        if found and {*found.tags} == wanted:
            return option
    return None


def id_replacements(
    sandbox: FileSandbox, index: int, edit: Sequence[FileReplacement], guid: Guid
) -> tuple[FileReplacement, ...] | None:
    """Return an edit extended by the GUID as an explicit id, or ``None``."""
    for option in _options(sandbox, index, f"#{guid}"):
        both = (*edit, option)
        plain, marked = replaced(sandbox.source.lines, edit), replaced(sandbox.source.lines, both)
        found = plain and marked and sandbox.attributes_after(plain, marked, index)
        if found and found.explicit_id == guid:
            return both
    return None


def _options(sandbox: FileSandbox, index: int, attribute: str) -> Iterator[FileReplacement]:
    """Yield ways to add an attribute to the question: in its braces, or in new ones."""
    lines = sandbox.source.lines
    number = sandbox.notes[index].front.place(0).line
    if not 0 < number <= len(lines):
        return
    line = lines[number - 1].rstrip()
    end = line_starts(lines)[number - 1] + len(line)
    if line.endswith("}"):
        yield FileReplacement(end - 1, end - 1, f" {attribute}")
    yield FileReplacement(end, end, f" {{{attribute}}}")
