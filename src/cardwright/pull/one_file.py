"""Places the edits of one file, and drops those that overlap with another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.anki_fields.flow import Block
from cardwright.model import Guid, Note, NoteSource, Passage, Place
from cardwright.pull.edited_fields import FieldEdit
from cardwright.pull.lines import FileReplacement, replaced
from cardwright.pull.located import line_starts
from cardwright.pull.placement import EMBEDDED, Placement, place
from cardwright.pull.sandbox import FieldOfNote, FileSandbox


@dataclass(frozen=True, slots=True)
class Edit:
    """A change in one field, or an added tag."""

    guid: Guid
    field: str
    place: Place
    before: str  # the text of the changed part
    after: str  # its new text
    reason: str = ""  # why it is not in the patch, or "" if it is; continues "it …"


@dataclass(frozen=True, slots=True)
class EditedNote:
    """A note that the learner edited."""

    note: Note
    index: int  # among the notes at its place, from 0, with those that make no card
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
        """Return the result with the GUID as explicit id, ``None`` if none is needed or fits."""
        guid = self.task.note.guid
        index = sandbox.index_of(self.task.place, self.task.index)
        option = self.is_of_front and _attribute_replacement(
            sandbox, index, f"#{guid}", lambda note: note.explicit_id == guid, self.replacements
        )
        return replace(self, replacements=(*self.replacements, option)) if option else None

    def without_replacements(self, reason: str) -> EditResult:
        """Return the result without replacements. ``%s`` in the reason becomes the GUID."""
        words = reason.replace("%s", self.task.note.guid)
        edits = (replace(edit, reason=edit.reason or words) for edit in self.edits)
        return replace(self, edits=tuple(edits), replacements=())


def pull_file(sandbox: FileSandbox, tasks: Sequence[EditedNote]) -> list[EditResult]:
    """Return the results for all edits of a file."""
    done: list[EditResult] = []
    taken: list[FileReplacement] = []
    placed = _placed_together(sandbox, tasks)
    for task in tasks:
        for each in (*_fields(sandbox, task, placed), *_tags(sandbox, task)):
            fits = replaced(sandbox.source.lines, [*taken, *each.replacements]) is not None
            done.append(each if fits else each.without_replacements(_OVERLAPS))
            taken += done[-1].replacements
    return done


def _placed_together(
    sandbox: FileSandbox, tasks: Sequence[EditedNote]
) -> Mapping[FieldOfNote, tuple[Placement, ...]]:
    """Return the edits that are right together in the first way to write each.

    To verify one takes a look at the whole file, and a learner may replace a word in all notes.
    """
    found: dict[FieldOfNote, tuple[Placement, ...]] = {}
    for task in tasks:
        index = sandbox.index_of(task.place, task.index)
        for edit in task.fields:
            if edit.target is not None and sandbox.built(index).blocks(edit.field) == edit.ours:
                way = place(sandbox, index, edit.field, edit.target, is_trial=True)
                found |= {(index, edit.field): way} if way else {}
    right: dict[FieldOfNote, tuple[Placement, ...]] = {}
    groups = [[*found]]
    while groups:
        group = groups.pop()
        if len(group) < 2:
            continue  # ``place`` verifies it
        changes = [change for key in group for change in found[key][0].replacements]
        lines = replaced(sandbox.source.lines, changes)
        if lines and sandbox.has(lines, {key: found[key][0].target for key in group}):
            right |= {key: found[key] for key in group}
        else:
            middle = len(group) // 2
            groups += [group[:middle], group[middle:]]
    return right


_OVERLAPS = "overlaps with another edit"
_NO_PLACE = "is a tag, for which the question has no place"


def _fields(
    sandbox: FileSandbox, task: EditedNote, placed: Mapping[FieldOfNote, tuple[Placement, ...]]
) -> Iterator[EditResult]:
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
        known = placed.get((index, edit.field))
        placements = known or place(sandbox, index, edit.field, edit.target)
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
    own = {*sandbox.notes[index].tags}

    def replacement(tags: Sequence[str]) -> FileReplacement | None:
        attributes = " ".join(f".{tag}" for tag in tags)
        wanted = own.union(tags)
        return _attribute_replacement(
            sandbox, index, attributes, lambda note: {*note.tags} == wanted
        )

    together = replacement(task.tags) if task.tags else None
    for tags in [task.tags] if together else [(tag,) for tag in task.tags]:
        change = together or replacement(tags)
        reason = "" if change else _NO_PLACE
        edits = (Edit(task.note.guid, "tags", task.place, "", tag, reason) for tag in tags)
        yield EditResult(task, tuple(edits), (change,) if change else ())


def _attribute_replacement(
    sandbox: FileSandbox,
    index: int,
    attribute: str,
    is_right: Callable[[NoteSource], bool],
    edit: Sequence[FileReplacement] = (),
) -> FileReplacement | None:
    """Return a replacement that, after an ``edit``, only adds an attribute to note ``index``.

    The attribute is added in the braces of the question, or else in new ones.
    """
    lines = sandbox.source.lines
    plain, number = replaced(lines, edit), sandbox.notes[index].front.place(0).line
    if plain is None or not 0 < number <= len(lines):
        return None
    line = lines[number - 1].rstrip()
    end = line_starts(lines)[number - 1] + len(line)
    inside = [FileReplacement(end - 1, end - 1, f" {attribute}")] if line.endswith("}") else []
    for option in (*inside, FileReplacement(end, end, f" {{{attribute}}}")):
        marked = replaced(lines, (*edit, option))
        found = sandbox.attributes_after(plain, marked, index) if marked else None
        if found and is_right(found):
            return option
    return None
