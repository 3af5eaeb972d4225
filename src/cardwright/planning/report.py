"""Reports a plan: rows for a terminal, and the object that ``plan --json`` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import groupby

from cardwright.changes.browse import id_search
from cardwright.changes.front_text import front_text, front_texts
from cardwright.changes.manual_steps import manual_steps
from cardwright.diagnostics import many, shorten
from cardwright.identify import Identified
from cardwright.identify.kinds import can_be_claimed, changed_kinds
from cardwright.outcome import result_object, summary_line
from cardwright.planning.rows import (
    LABEL,
    MOST_NOTES,
    WIDTH,
    Row,
    difference_rows,
    labelled_rows,
    paragraph,
)
from cardwright.planning.values import (
    CLAIM_HINT,
    BuildPlan,
    ChangeKind,
    Difference,
    NoteChange,
    RetiredNote,
)
from cardwright.planning.word_diff import NEW, OLD, word_diff
from cardwright.terminal import columns_of, fitted

_ROOM = WIDTH - 4 - LABEL
_WIDEST_PATH = 36

_NAMES = frozenset({"tags", "context", "deck", "place", "id", "kind"})
"""Parts that are shown whole, before and after, and not word by word."""

_FRONTS = frozenset({"question", "spelling"})


def plan_rows(plan: BuildPlan, has_colours: bool) -> Iterator[Row]:
    """Yield the note types, the notes by kind of change, the manual steps, and a summary."""
    identified = plan.built.assembly.identified
    if plan.built.package is None or identified is None:
        yield (("a build would write nothing, because of the errors", "bad"),)
        return
    for each in plan.notetypes:
        yield from paragraph(f"note type '{each.name}' {each.words}", "name")
    if plan.notetypes:
        yield ()
    is_claimable = can_be_claimed(identified, changed_kinds(identified))
    for what, notes in groupby(plan.notes, key=lambda note: note.what):
        meaning = what.meaning
        if what is ChangeKind.RETIRED and is_claimable:
            meaning += f" {CLAIM_HINT}"
        yield from _group(what, meaning, list(notes), has_colours)
        yield ()
    yield from _by_hand(plan, identified)
    if plan.is_nothing:
        yield (("nothing would change", "good"),)
    elif not plan.notes and not plan.notetypes:
        file = "lock" if plan.is_lock_changed else "package"
        words = f"the {file} would be rewritten (order, links, spelling or libraries), but "
        yield from paragraph(f"{words}Anki would see no change")
    yield ((summary_line(plan.built), ""),)


def _group(
    what: ChangeKind, meaning: str, notes: Sequence[NoteChange], has_colours: bool
) -> Iterator[Row]:
    """Yield the notes of a group. Notes with the same changes come together."""
    yield ((f"{what.title}: {many(len(notes), 'note')}", "name"),)
    yield from paragraph(meaning, "quiet", "  ")
    alike: defaultdict[tuple[Difference, ...], list[NoteChange]] = defaultdict(list)
    for note in notes[:MOST_NOTES]:
        alike[note.changes].append(note)
    column = max(columns_of(_place(note)) for note in notes[:MOST_NOTES])
    for changes, same in alike.items():
        for note in same:
            yield from _note_rows(note, column)
        has_context = any(change.part == "context" for change in changes)
        for change in changes:
            if not (has_context and change.part == "place"):  # the context shows the place too
                yield from _change_rows(change, has_colours)
    if len(notes) > MOST_NOTES:
        yield ((f"  … and {len(notes) - MOST_NOTES:,} more; --json has all of them", "quiet"),)


def _place(note: NoteChange) -> str:
    """Return the question's place, or for a retired note its old file and ``{#guid}``."""
    claim = f"{{#{note.guid}}}"
    return f"{note.path}:{note.line}" if note.line else f"{note.path}  {claim}"


def _note_rows(note: NoteChange, column: int) -> Iterator[Row]:
    question = shorten(front_text(note.question), 200)
    if column > _WIDEST_PATH:
        yield (("  ", ""), (_place(note), "quiet"))
        yield (("    ", ""), (fitted(question, WIDTH - 4), ""))
        return
    place = fitted(_place(note), column)
    yield (("  ", ""), (place, "quiet"), (f"  {fitted(question, WIDTH - column - 4)}", ""))


def _change_rows(change: Difference, has_colours: bool) -> Iterator[Row]:
    if change.old is None or change.new is None:
        yield from labelled_rows(change.part, paragraph(change.words, width=_ROOM), 4)
        return
    if change.part in _NAMES:
        yield from labelled_rows(change.part, _renamed(change.old, change.new), 4)
        return
    if change.part not in _FRONTS:
        words = word_diff(change.old, change.new)
        rows = difference_rows(words, _ROOM, has_colours=has_colours)
        yield from labelled_rows(change.part, rows, 4)
        return
    old, new = front_texts(change.old, change.new)
    for label, kind, texts in (("was", OLD, (new, old)), ("is", NEW, (old, new))):
        # The second text decides the spaces.
        pieces = (piece for piece in word_diff(*texts) if piece.kind != OLD)
        side = [replace(piece, kind=kind) if piece.kind == NEW else piece for piece in pieces]
        yield from labelled_rows(label, difference_rows(side, _ROOM, has_colours=has_colours), 4)


def _renamed(old: str, new: str) -> Iterator[Row]:
    before, after = old or "none", new or "none"
    if columns_of(before) + columns_of(after) + 3 <= _ROOM:
        yield ((before, "gone"), (" → ", ""), (after, "good"))
        return
    yield from paragraph(before, "gone", width=_ROOM)
    yield from paragraph(after, "good", "→ ", _ROOM)


def _by_hand(plan: BuildPlan, identified: Identified) -> Iterator[Row]:
    lock_file = plan.built.assembly.lock_file.as_posix()
    found = manual_steps(identified, plan.built.old, lock_file)
    for when, due in (("before", found.before), ("after", found.after)):
        if due:
            yield ((f"by hand in Anki, {when} the import", "name"),)
            for step in due:
                words = f"{step.words}; in Browse, search" if step.search else step.words
                yield from paragraph(words, indent="  ")
                if step.search:
                    yield (("    ", ""), (step.search, "good"))
            if found.end and when == "after":
                yield from paragraph(found.end, indent="  ")
            yield ()


def retired_rows(plan: BuildPlan) -> Iterator[Row]:
    """Yield all retired notes by file, and a search that finds them in Anki."""
    if plan.built.package is None:
        yield (("because of the errors, it is not known what a build would retire", "bad"),)
        return
    if not plan.retired:
        yield (("no note is retired", ""),)
        return
    for path, notes in groupby(plan.retired, key=lambda note: note.path):
        yield ((path, "name"),)
        for note in notes:
            tail = "  retired by this build" if note.is_now else ""
            claim = f"{{#{note.entry.guid}}}"
            room = WIDTH - 4 - len(claim) - len(tail)
            question = fitted(shorten(front_text(note.entry.front), 200), room)
            yield (("  ", ""), (claim, "quiet"), (f"  {question}", ""), (tail, "bad"))
    yield ()
    yield (
        (
            f"{many(len(plan.retired), 'note')} retired; in Browse, delete what this search finds",
            "",
        ),
    )
    yield ((id_search(note.entry.guid for note in plan.retired), "good"),)


def plan_object(plan: BuildPlan) -> dict[str, object]:
    """Return what ``build --json`` would print, with the notes behind its counts.

    ``docs/plan.md`` describes it.
    """
    identified = plan.built.assembly.identified
    counted = identified.changes if identified and plan.built.package else None
    return {
        **result_object(plan.built),
        "changes": not plan.is_nothing,
        "lock_changes": plan.is_lock_changed,
        "package_changes": plan.is_package_changed,
        "import": {
            "new": len(counted.new) if counted else 0,
            "updated": len(counted.changed) if counted else 0,
            "duplicate": len(counted.moved) + len(counted.unchanged) if counted else 0,
        },
        "note_types": [{"name": each.name, "change": each.words} for each in plan.notetypes],
        "plan": [_note_object(note) for note in plan.notes],
        "retired": [_retired_object(note) for note in plan.retired],
    }


def _note_object(note: NoteChange) -> dict[str, object]:
    return {
        "what": note.what.word,
        "guid": note.guid,
        "path": note.path,
        "line": note.line,
        "question": note.question,
        "deck": note.deck,
        "emptied_cards": note.emptied,
        "new_cards": note.added,
        "differences": [asdict(change) for change in note.changes],
    }


def _retired_object(note: RetiredNote) -> dict[str, object]:
    entry = note.entry
    return {
        "guid": entry.guid,
        "path": note.path,
        "section": list(entry.section),
        "question": entry.front,
        "deck": entry.deck,
        "last_changed": entry.mod,
        "now": note.is_now,
    }
