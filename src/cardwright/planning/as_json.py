"""Makes the object that ``plan --json`` prints."""

from __future__ import annotations

from cardwright.outcome import result_object
from cardwright.planning.values import Change, Plan, PlannedNote, RetiredNote


def plan_object(plan: Plan) -> dict[str, object]:
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
        "plan": [_note(note) for note in plan.notes],
        "retired": [_retired(note) for note in plan.retired],
    }


def _note(note: PlannedNote) -> dict[str, object]:
    return {
        "what": note.what.value,
        "guid": note.guid,
        "path": note.path,
        "line": note.line,
        "question": note.question,
        "deck": note.deck,
        "emptied_cards": note.emptied,
        "new_cards": note.added,
        "differences": [_change(change) for change in note.changes],
    }


def _change(change: Change) -> dict[str, object]:
    return {"part": change.part, "old": change.old, "new": change.new, "words": change.words}


def _retired(note: RetiredNote) -> dict[str, object]:
    return {
        "guid": note.guid,
        "path": note.path,
        "section": list(note.section),
        "question": note.question,
        "deck": note.deck,
        "last_changed": note.mod,
        "now": note.is_now,
    }
