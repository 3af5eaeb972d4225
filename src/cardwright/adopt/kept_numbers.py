"""Gives deletions of adopted questions the numbers that they have in Anki."""

from __future__ import annotations

from dataclasses import replace

from cardwright.adopt.values import Match, Pairs
from cardwright.delivery.values import BuiltDeck
from cardwright.identify.cloze_numbers import numbering_in_anki, renumbered
from cardwright.model import Html
from cardwright.model.stored import replace_fields


def with_kept_numbers(pairs: Pairs, wanted: BuiltDeck) -> tuple[Pairs, BuiltDeck]:
    """Return the matches and the deck with the numbers that the matched notes have in Anki.

    A card belongs to a number, so reviews stay with their words. Numbers of the author stay.
    """
    matches = {match.question.note.guid: _numbered(match) for match in pairs.matches}
    entries = {guid: match.question.identity.entry for guid, match in matches.items()}
    found = tuple(matches.get(match.question.note.guid, match) for match in pairs.found)
    lock = replace(
        wanted.lock,
        entries=tuple(entries.get(entry.guid, entry) for entry in wanted.lock.entries),
    )
    notes = tuple(
        matches[note.guid].question.note if note.guid in matches else note for note in wanted.notes
    )
    return replace(pairs, found=found), replace(wanted, lock=lock, notes=notes)


def _numbered(match: Match) -> Match:
    identity, note = match.question.identity, match.question.note
    if identity.is_numbered:
        return match
    kept = numbering_in_anki("<br>".join(match.old.fronts), identity.entry)
    if kept.hidden == identity.entry.hidden:
        return match
    entry = replace(identity.entry, hidden=kept.hidden)
    hashes = note.hashes and ("", *note.hashes[1:])  # the first one is that of the front
    html = Html(renumbered(note.front, kept.numbers))
    note = replace_fields(note, front=html, hashes=hashes)
    question = replace(match.question, identity=replace(identity, entry=entry), note=note)
    return replace(match, question=question)
