"""Reports a push: rows for a terminal, and the object that ``push --json`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Sized
from dataclasses import asdict

from cardwright.delivery.deliver import Pushed
from cardwright.delivery.values import AnkiDeck, Differences, NoteUpdate
from cardwright.diagnostics import Diagnostic, as_dict, many, shorten
from cardwright.model import Guid
from cardwright.package.shipped import SHIPPED, UNTRACKED
from cardwright.planning.rows import (
    LABEL,
    MOST_NOTES,
    WIDTH,
    Row,
    difference_rows,
    group_rows,
    labelled_rows,
    text_row,
    wrapped,
)
from cardwright.planning.shown import shown_text
from cardwright.planning.word_diff import word_diff
from cardwright.presets import values_of


def difference_lines(found: Differences, anki_deck: AnkiDeck, has_colours: bool) -> Iterator[Row]:
    """Yield all changes by kind, with the words that differ from those in Anki."""
    questions = {
        guid: shown_text(note.fields.get("Plain", "")) for guid, note in anki_deck.notes.items()
    }
    for rename in found.renames:
        yield text_row("rename", f"{rename.old} → {rename.new}")
    names = {each.id: each.name for each in anki_deck.notetypes}
    for stamp in found.notetypes:
        name = names.get(stamp.id, stamp.kind)
        yield text_row("style", f"the note type '{name}' gets its new templates and style")
    yield from group_rows("new", ((note.plain, note.deck) for note in found.new))
    yield from _changed(found, questions, has_colours)
    yield from group_rows("move", ((questions[m.guid], f"{m.old} → {m.new}") for m in found.moves))
    for label, notes in (
        ("wake", found.returned), ("retire", found.retired), ("delete", found.pruned),
    ):  # fmt: skip
        yield from group_rows(label, ((questions.get(note.guid, ""), "") for note in notes))
    yield from _counted(
        ("delete", found.emptied, "card", "that an edit left empty"),
        ("suspend", found.suspended_cards, "card", "that an edit left empty; --prune deletes them"),
        ("wake", found.unsuspended_cards, "card", "that an edit filled again"),
        ("order", found.positions, "new card", "in the order of the source"),
    )
    for name in found.deserted:
        yield text_row("delete", f"the deck '{name}', which is empty now")
    if found.preset:
        decks = found.preset.decks
        whose = f" for {many(len(decks), 'deck')}" if decks else ""
        yield text_row("options", f"the preset '{found.preset.name}'{whose}")
    deleted = "that you deleted in Anki; --restore brings them back"
    yield from _counted(
        ("keep", found.edited, "note", "that you edited in Anki"),
        ("keep", found.stays, "note", "in the decks you moved them to"),
        ("leave out", found.deleted, "note", deleted),
    )


def _counted(*rows: tuple[str, Sized, str, str]) -> Iterator[Row]:
    for label, found, word, rest in rows:
        if found:
            yield text_row(label, f"{many(len(found), word)} {rest}")


def _changed(found: Differences, questions: Mapping[Guid, str], has_colours: bool) -> Iterator[Row]:
    for update in found.visible_updates[:MOST_NOTES]:
        yield text_row("change", shorten(questions[update.note.guid], WIDTH - LABEL))
        yield from _fields(update, has_colours)
        for mark, tags in (("+", update.added_tags), ("-", update.removed_tags)):
            if tags:
                rows = wrapped([(f"{mark} {' '.join(tags)}", "")], WIDTH - 2 * LABEL)
                yield from labelled_rows("tags", rows, LABEL)
    if (rest := len(found.visible_updates) - MOST_NOTES) > 0:
        yield text_row("change", f"… and {rest:,} more; --json has all of them")


def _fields(update: NoteUpdate, has_colours: bool) -> Iterator[Row]:
    for name, text in update.fields.items():
        if name in UNTRACKED:
            continue
        old, new = shown_text(update.note.fields[name]), shown_text(text)
        if old == new:
            text = "its words stay, its HTML changes"
            yield from labelled_rows(name.lower(), [((text, ""),)], LABEL)
            continue
        rows = difference_rows(word_diff(old, new), WIDTH - 2 * LABEL, has_colours=has_colours)
        yield from labelled_rows(name.lower(), rows, LABEL)


def summary(pushed: Pushed) -> str:
    """Summarize in one line what was or would be done."""
    found = pushed.found
    counts = {
        "new": len(found.new),
        "changed": len(found.visible_updates),
        "moved": len({move.guid for move in found.moves}),
        "retired": len(found.retired),
        "woken": len(found.returned),
        "deleted": len(found.pruned),
    }
    parts = [f"{count:,} {word}" for word, count in counts.items() if count]
    if found.is_nothing:
        return "Anki is up to date"
    done = "Anki is up to date now" if pushed.is_done else "nothing was written"
    return f"{done}: {', '.join(parts)}" if parts else done


def is_sweeping(found: Differences, anki_deck: AnkiDeck) -> bool:
    """Whether a push deletes cards, or changes more than a third of the notes in Anki."""
    changed = {update.note.guid for update in found.visible_updates}
    changed |= {move.guid for move in found.moves} | {note.guid for note in found.retired}
    return bool(found.pruned or found.emptied) or 3 * len(changed) > len(anki_deck.notes)


def pushed_object(
    pushed: Pushed | None, target: str, diagnostics: Sequence[Diagnostic]
) -> dict[str, object]:
    """Return the object. ``found`` is ``None`` if Anki was not reached."""
    return {
        "way": target,
        "collection": pushed.anki_deck.collection if pushed else "",
        "done": pushed is not None and pushed.is_done,
        "found": _differences_object(pushed.found) if pushed else None,
        "diagnostics": [as_dict(diagnostic) for diagnostic in diagnostics],
    }


def _differences_object(found: Differences) -> dict[str, object]:
    preset = found.preset and {
        "name": found.preset.name,
        "values": values_of(found.preset.options),
        "decks": found.preset.decks,
    }
    return {
        "renames": [asdict(rename) for rename in found.renames],
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
            for update in found.visible_updates
        ],
        "moved": [asdict(move) for move in found.moves],
        "woken": [note.guid for note in found.returned],
        "retired": [note.guid for note in found.retired],
        "deleted": [note.guid for note in found.pruned],
        "emptied_cards": found.emptied,
        "suspended_cards": found.suspended_cards,
        "unsuspended_cards": found.unsuspended_cards,
        "reordered_cards": len(found.positions),
        "media": [media.name for media in found.media],
        "deserted_decks": found.deserted,
        "preset": preset,
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
