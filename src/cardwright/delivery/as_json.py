"""Makes the object that ``push --json`` prints."""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.delivery.push import Pushed
from cardwright.delivery.values import AnkiNote, Differences, PresetUpdate
from cardwright.diagnostics import Diagnostic, as_dict
from cardwright.package.shipped import SHIPPED
from cardwright.presets import values_of


def pushed_object(
    pushed: Pushed | None, target: str, diagnostics: Sequence[Diagnostic]
) -> dict[str, object]:
    """Return the object. ``found`` is ``None`` if Anki was not reached.

    ``done`` says whether Anki was brought up to date, and ``collection`` is its id.
    """
    return {
        "way": target,
        "collection": pushed.anki_deck.collection if pushed else "",
        "done": pushed is not None and pushed.is_done,
        "found": _differences(pushed.found) if pushed else None,
        "diagnostics": [as_dict(diagnostic) for diagnostic in diagnostics],
    }


def _differences(found: Differences) -> dict[str, object]:
    return {
        "renames": [{"old": rename.old, "new": rename.new} for rename in found.renames],
        "notetypes": [stamp.kind for stamp in found.notetypes],
        "new": [
            {"guid": note.guid, "question": note.plain, "deck": note.deck} for note in found.new
        ],
        "changed": [
            {
                "guid": update.note.guid,
                "fields": {
                    name: {"old": update.note.fields[name], "new": text}
                    for name, text in update.fields.items()
                    if name != SHIPPED
                },
                "added_tags": update.added_tags,
                "removed_tags": update.removed_tags,
            }
            for update in found.updates
            if not update.is_bookkeeping
        ],
        "moved": [
            {"guid": move.guid, "cards": move.cards, "old": move.old, "new": move.new}
            for move in found.moves
        ],
        "woken": _guids(found.woken),
        "retired": _guids(found.retired),
        "deleted": _guids(found.pruned),
        "emptied_cards": found.emptied,
        "reordered_cards": len(found.positions),
        "media": [media.name for media in found.media],
        "deserted_decks": found.deserted,
        "preset": _preset(found.preset) if found.preset else None,
        "conflicts": [
            {
                "guid": conflict.guid,
                "field": conflict.field,
                "content": conflict.ours,
                "anki": conflict.theirs,
            }
            for conflict in found.conflicts
        ],
        "kept": {
            "edited": found.edited,
            "elsewhere": found.stays,
            "deleted_in_anki": found.deleted,
            "other_notetype": found.foreign,
        },
    }


def _preset(preset: PresetUpdate) -> dict[str, object]:
    return {"name": preset.name, "values": values_of(preset.options), "decks": preset.decks}


def _guids(notes: Sequence[AnkiNote]) -> list[str]:
    return [note.guid for note in notes]
