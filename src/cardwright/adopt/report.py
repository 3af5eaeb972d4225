"""Reports an adoption: diagnostics, rows for a terminal, and the object of ``adopt --json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cardwright.adopt.change import is_backward_kept, kept_extra
from cardwright.adopt.values import (
    Adoption,
    AdoptQuestion,
    Match,
    MatchedBy,
    OldNote,
    Pairs,
    UnsureQuestion,
)
from cardwright.delivery.values import Differences
from cardwright.diagnostics import Code, Diagnostic, as_dict, listed, many, shorten
from cardwright.planning.rows import LABEL, WIDTH, Row, group_rows, text_row

_SHOWN = 5  # notes that one message names at most


def pair_problems(pairs: Pairs, *, is_accepting: bool) -> Iterator[Diagnostic]:
    """Yield AN831 for ambiguous questions, AN832 for possible and AN833 for impossible matches.

    With ``is_accepting``, ambiguous questions are new notes, without AN831. A match is impossible
    if the note would lose cards.
    """
    for unsure in pairs.unsure:
        if not unsure.is_close:
            yield _perhaps(unsure)
        elif not is_accepting:
            yield _ambiguous(unsure)
    yield from kept_out_problems(pairs)


def kept_out_problems(pairs: Pairs) -> Iterator[Diagnostic]:
    """Yield AN833 for impossible matches."""
    yield from map(_kept_out, pairs.kept_out)


def _ambiguous(unsure: UnsureQuestion) -> Diagnostic:
    notes = ", ".join(map(_named, unsure.candidates[:_SHOWN]))
    rest = ", …" if len(unsure.candidates) > _SHOWN else ""
    one = "the note" if len(unsure.candidates) == 1 else "any of the notes"
    message = f"'{shorten(unsure.question.front)}' could be {one} {notes}{rest} in Anki"
    claims = listed([f"{{#{note.id}}}" for note in unsure.candidates[:_SHOWN]], "or")
    hint = f"write {claims} at the end of the question that belongs to that note, or {{new}} at "
    hint += "the end of a new question; on a terminal, 'cardwright adopt' asks; --accept-new makes "
    hint += "all of them new notes"
    return Diagnostic(unsure.question.identity.place, Code.AMBIGUOUS_NOTE, message, hint)


def _perhaps(unsure: UnsureQuestion) -> Diagnostic:
    (note,) = unsure.candidates
    message = f"'{shorten(unsure.question.front)}' may be the note {_named(note)} in Anki"
    hint = f"if so, write {{#{note.id}}} at the end of the question; if not, it becomes a new note"
    return Diagnostic(unsure.question.identity.place, Code.SIMILAR_NOTE, message, hint)


def _named(note: OldNote) -> str:
    return f"{note.id} ('{shorten(note.front)}', answer '{shorten(note.answer, 40)}')"


def _kept_out(match: Match) -> Diagnostic:
    message = f"the note is not adopted: '{shorten(match.old.type.name, 40)}' made "
    message += f"{many(match.old.lost_cards, 'card')} that Cardwright has no template for"
    hint = "remove that template in Anki if you do not need its cards, and adopt again; or write "
    hint += f"{{new}} to make the question a new note; in Browse, search nid:{match.old.id}"
    return Diagnostic(match.question.identity.place, Code.CARD_WITHOUT_PLACE, message, hint)


_HOW = {
    MatchedBy.ID: "the id of the question names it",
    MatchedBy.SAME: "",
    MatchedBy.FRONT: "the same question; the answer becomes that of the content",
    MatchedBy.USER: "as you said",
}


def adoption_rows(adoption: Adoption) -> Iterator[Row]:
    """Yield each note, grouped by what becomes of it."""
    for deck in adoption.decks:
        yield text_row("deck", deck)
    if adoption.known:
        yield text_row("known", f"{many(adoption.known, 'question')} that Anki has from Cardwright")
    pairs = adoption.pairs
    unsure = {each.question.note.guid for each in pairs.unsure}
    missing = [each for each in pairs.missing if each.note.guid not in unsure]
    yield from group_rows("adopt", map(_matched, pairs.matches))
    yield from group_rows("unsure", map(_unsure, pairs.unsure))
    yield from group_rows(
        "stay", ((each.old.front, "it would lose cards") for each in pairs.kept_out)
    )
    yield from group_rows(
        "new", ((each.front, "no note; the next push makes one") for each in missing)
    )
    yield from group_rows("stay", ((note.front, note.deck) for note in pairs.left))
    yield from group_rows(
        "stay", ((note.front, "another note says the same") for note in pairs.copies)
    )
    kept = (
        (sum(map(is_backward_kept, pairs.matches)),
         "a card the other way round, which the content does not ask for: write {reverse}"),
        (sum(bool(kept_extra(each.old, each.question.note)) for each in pairs.matches),
         "text in Extra that the content does not have"),
    )  # fmt: skip
    for count, what in kept:
        if count:
            verb = "keeps" if count == 1 else "keep"
            yield text_row("keep", f"{many(count, 'note')} {verb} {what}")
    unseen = Counter(name for each in pairs.matches for name in each.old.unseen)
    for name, count in sorted(unseen.items()):
        words = f"the field '{shorten(name, 30)}' of {many(count, 'note')}, which no card shows"
        yield text_row("drop", words)


def _matched(match: Match) -> tuple[str, str]:
    if match.how is MatchedBy.SIMILAR:
        return match.question.front, _fitted(f"was: {match.old.front}")
    return match.question.front, _HOW[match.how]


def _unsure(unsure: UnsureQuestion) -> tuple[str, str]:
    count = len(unsure.candidates)
    if count > 1:
        return unsure.question.front, f"could be any of {count} notes"
    return unsure.question.front, _fitted(f"could be: {unsure.candidates[0].front}")


def _fitted(remark: str) -> str:
    return shorten(remark, WIDTH - LABEL)


def unsure_rows(unsure: UnsureQuestion) -> Iterator[Row]:
    """Yield a question and its candidates, for the user to choose one."""
    yield text_row("question", shorten(unsure.question.front, 200))
    yield text_row("", shorten(unsure.question.answer, 200))
    for number, note in enumerate(unsure.candidates, 1):
        yield text_row(f"note {number}", shorten(note.front, 200))
        yield text_row("", shorten(note.answer, 200))
        studied = f"{note.deck}, {many(note.reps, 'review')}"
        yield (("", ""), (f"{'':{LABEL}}{studied}", "quiet"))


def summary(adoption: Adoption) -> Iterator[str]:
    """Yield what was or would be done, then what comes next."""
    pairs = adoption.pairs
    if not pairs.matches:
        yield "nothing to adopt"
        return
    total = len(pairs.matches) + len(pairs.missing) + len(pairs.kept_out)
    found = f"{len(pairs.matches):,} of {many(total, 'question')}"
    if not adoption.is_done:
        yield f"nothing was written: notes of {found} can be adopted"
        return
    yield f"the notes of {found} are adopted, with their reviews"
    yield "Anki needs a full sync next: choose 'Upload to AnkiWeb' there"
    if adoption.left is not None and not adoption.left.is_nothing:
        yield f"the next push: {_next(adoption.left)}"


def _next(left: Differences) -> str:
    counts = {
        "new": len(left.new),
        "changed": len(left.visible_updates),
        "moved": len({move.guid for move in left.moves}),
        "retired": len(left.retired),
        "put in order": len(left.positions),
        "empty": len(left.emptied) + len(left.suspended_cards),
    }
    return ", ".join(f"{count:,} {word}" for word, count in counts.items() if count) or "styles"


def adopted_object(
    adoption: Adoption | None, target: str, diagnostics: Sequence[Diagnostic]
) -> dict[str, object]:
    """Return the object. ``found`` is ``None`` if nothing was compared."""
    return {
        "way": target,
        "done": adoption is not None and adoption.is_done,
        "found": _found_object(adoption) if adoption else None,
        "diagnostics": [as_dict(diagnostic) for diagnostic in diagnostics],
    }


def _found_object(adoption: Adoption) -> dict[str, object]:
    pairs = adoption.pairs
    return {
        "decks": adoption.decks,
        "known": adoption.known,
        "matched": [_match_object(each) for each in pairs.matches],
        "unsure": [
            {
                **_question_object(each.question),
                "is_close": each.is_close,
                "notes": [_note_object(note) for note in each.candidates],
            }
            for each in pairs.unsure
        ],
        "new": [_question_object(each) for each in pairs.missing],
        "kept_out": [_match_object(each) for each in pairs.kept_out],
        "left": [_note_object(note) for note in pairs.left],
        "copies": [_note_object(note) for note in pairs.copies],
    }


def _match_object(match: Match) -> dict[str, object]:
    return {
        **_question_object(match.question),
        "how": match.how.value,
        "note": _note_object(match.old),
        "keeps_backward_card": is_backward_kept(match),
        "kept_extra": kept_extra(match.old, match.question.note),
        "dropped_fields": match.old.unseen,
    }


def _question_object(question: AdoptQuestion) -> dict[str, object]:
    place = question.identity.place
    return {
        "guid": question.note.guid,
        "path": place.path,
        "line": place.line,
        "question": question.front,
        "answer": question.answer,
        "deck": question.note.deck,
    }


def _note_object(note: OldNote) -> dict[str, object]:
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
