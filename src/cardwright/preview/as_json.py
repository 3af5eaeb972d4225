"""Builds the JSON objects that the page reads."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from cardwright.changes.front_text import front_texts
from cardwright.diagnostics import as_dict
from cardwright.package.collection import field_values
from cardwright.pipeline import Assembly
from cardwright.planning import planned_changes
from cardwright.planning.values import Difference, NoteChange
from cardwright.planning.word_diff import word_diff
from cardwright.preview.deck import PreviewCard, PreviewFile
from cardwright.preview.sides import card_sides, for_browser


def file_object(file: PreviewFile) -> dict[str, object]:
    """Return a file with what lists and searches need of its cards."""
    return {
        "path": file.path,
        "title": file.title,
        "cards": [
            {
                "key": card.key,
                "name": card.name,
                "deck": card.note.deck,
                "line": card.line,
                "question": card.note.plain,
                "source": card.source,
                "tags": card.note.tags,
                "state": card.state,
                "problems": card.problems,
            }
            for card in file.cards
        ],
        "problems": [{**as_dict(each), "meaning": each.code.meaning} for each in file.problems],
    }


def card_object(card: PreviewCard, path: str) -> dict[str, object]:
    """Return a card with its sides, its fields and its file."""
    front, back = card_sides(card.note, card.ord)
    fields = field_values(card.note)
    return {
        "key": card.key,
        "path": path,
        "front": for_browser(front),
        "back": for_browser(back),
        "fields": [
            [name, text] for name, text in fields.items() if text and name not in _NOT_SHOWN
        ],
    }


_NOT_SHOWN = ("Spare1", "Spare2", "Spare3")


def plan_object(assembly: Assembly, output: Path, folder: Path) -> dict[str, object]:
    """Return what a build would do, grouped by kind. Paths are relative to ``folder``."""
    identified = assembly.identified
    if identified is None:
        return {"groups": [], "notetypes": [], "is_known": False}
    plan = planned_changes(assembly, identified, output / assembly.package_name)
    return {
        "is_known": True,
        "groups": [
            {
                "what": what.word,
                "title": what.title,
                "meaning": what.meaning,
                "notes": [_planned(note, folder) for note in notes],
            }
            for what, notes in groupby(plan.notes, key=lambda note: note.what)
        ],
        "notetypes": [f"The note type “{each.name}” {each.words}." for each in plan.notetypes],
        "retired_before": sum(not note.is_now for note in plan.retired),
    }


def _planned(note: NoteChange, folder: Path) -> dict[str, object]:
    return {
        "guid": note.guid,
        "path": Path(note.path).relative_to(folder).as_posix(),
        "line": note.line,
        "question": note.question,
        "changes": [_change(change) for change in note.changes],
    }


def _change(change: Difference) -> dict[str, object]:
    """Return a change in pieces that are in both texts (``same``) or in one (``old``, ``new``)."""
    if change.old is None or change.new is None:
        return {"part": change.part, "words": change.words, "pieces": []}
    is_front = change.part == "question"
    texts = front_texts(change.old, change.new) if is_front else (change.old, change.new)
    pieces = [(piece.kind, piece.text) for piece in word_diff(*texts)]
    return {"part": change.part, "words": "", "pieces": pieces}
