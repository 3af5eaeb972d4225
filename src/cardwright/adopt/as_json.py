"""Makes the object that ``adopt --json`` prints."""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.adopt.adopt import Adoption
from cardwright.adopt.change import is_backward_kept, kept_extra
from cardwright.adopt.values import Match, OldNote, Question
from cardwright.diagnostics import Diagnostic, as_dict


def adopted_object(
    adoption: Adoption | None, target: str, diagnostics: Sequence[Diagnostic]
) -> dict[str, object]:
    """Return the object. ``found`` is ``None`` if nothing was compared."""
    return {
        "way": target,
        "done": adoption is not None and adoption.is_done,
        "found": _found(adoption) if adoption else None,
        "diagnostics": [as_dict(diagnostic) for diagnostic in diagnostics],
    }


def _found(adoption: Adoption) -> dict[str, object]:
    pairs = adoption.pairs
    return {
        "decks": adoption.decks,
        "known": adoption.known,
        "matched": [_match(each) for each in pairs.matches],
        "unsure": [
            {
                **_question(each.question),
                "is_close": each.is_close,
                "notes": [_note(note) for note in each.candidates],
            }
            for each in pairs.unsure
        ],
        "new": [_question(each) for each in pairs.missing],
        "kept_out": [_match(each) for each in pairs.kept_out],
        "left": [_note(note) for note in pairs.left],
        "copies": [_note(note) for note in pairs.copies],
    }


def _match(match: Match) -> dict[str, object]:
    return {
        **_question(match.question),
        "how": match.how.value,
        "note": _note(match.old),
        "keeps_backward_card": is_backward_kept(match),
        "kept_extra": kept_extra(match.old, match.question.note),
        "dropped_fields": match.old.unseen,
    }


def _question(question: Question) -> dict[str, object]:
    place = question.identity.place
    return {
        "guid": question.note.guid,
        "path": place.path,
        "line": place.line,
        "question": question.front,
        "answer": question.answer,
        "deck": question.note.deck,
    }


def _note(note: OldNote) -> dict[str, object]:
    return {
        "id": note.id,
        "guid": note.guid,
        "notetype": note.type.name,
        "question": note.front,
        "answer": note.answer,
        "deck": note.deck,
        "cards": len(note.cards),
        "reviews": note.reps,
    }
