"""Adopts the notes of a collection for the questions of the content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cardwright.adopt.change import change
from cardwright.adopt.decks import check_decks, choose_deck
from cardwright.adopt.old_notes import adoptable_notes, images, questions_of
from cardwright.adopt.pairs import narrow_fronts, pair, with_decision
from cardwright.adopt.report import kept_out_problems, pair_problems
from cardwright.adopt.values import Adoption, Match, OldNote, Pairs, UnsureQuestion
from cardwright.deck_names import is_within
from cardwright.delivery.collection import ClosedCollection, opened
from cardwright.delivery.deliver import built_deck
from cardwright.delivery.target import AnkiTarget
from cardwright.delivery.values import AnkiError, BuiltDeck
from cardwright.diagnostics import Diagnostic, has_errors
from cardwright.disk.build_lock import BuildLock, build_lock
from cardwright.disk.lockfile import check_lock, lock_path, would_change, write_lock
from cardwright.identify import Identified
from cardwright.identify.cloze_numbers import numbering_in_anki, renumbered
from cardwright.lock.text import format_lock
from cardwright.model import Html
from cardwright.model.stored import replace_fields
from cardwright.pipeline import Options, assemble


@dataclass(frozen=True, slots=True)
class Prompts:
    """The questions to the user."""

    agree: Callable[[Adoption], bool]  # whether to continue, once all pairs are known
    pick: Callable[[UnsureQuestion], OldNote | None] | None = None  # which note a question has


@dataclass(frozen=True, slots=True)
class AdoptResult:
    """The result. ``adoption`` is ``None`` after an error that prevented the comparison."""

    adoption: Adoption | None
    diagnostics: tuple[Diagnostic, ...]


def adopt(
    path: Path,
    target: AnkiTarget,
    options: Options,
    prompts: Prompts,
    *,
    decks: tuple[str, ...] = (),
    is_moving: bool = False,
) -> AdoptResult:
    """Adopt the notes of a closed collection for the content in ``path``.

    ``decks`` are the decks to adopt, with their subdecks. If there are none, the deck with most
    of the questions is adopted. ``is_moving`` moves the cards to the decks of the content.

    The diagnostics are those of the content, of the collection (AN801 to AN803, AN810) and of the
    pairs (AN830 to AN833).
    """
    lock_file = lock_path(path, options.lock_file)
    with build_lock(lock_file, options.notify) as build:
        if has_errors(build.problems, strict=options.is_strict):
            return AdoptResult(None, build.problems)
        assembly = assemble(path, options)
        diagnostics = (*assembly.diagnostics, *build.problems)
        identified = assembly.identified
        if identified is None or has_errors(diagnostics, strict=options.is_strict):
            return AdoptResult(None, diagnostics)
        wanted = built_deck(assembly, identified)
        try:
            file = target.file()
            assert file is not None  # a running Anki cannot change the type of a note
            with opened(file, "adopt") as anki:
                adoption = _found(identified, wanted, decks, anki)
                lock_file = assembly.lock_file
                adoption, wanted, problems = _agreed(
                    adoption, wanted, lock_file, options, prompts, build
                )
                if adoption.is_done:
                    left = change(adoption.pairs.matches, wanted, anki, is_moving=is_moving)
                    adoption = replace(adoption, left=left)
        except AnkiError as error:
            return AdoptResult(None, (*diagnostics, error.diagnostic(target.name)))
        return AdoptResult(adoption, (*diagnostics, *problems))


def _agreed(
    adoption: Adoption, wanted: BuiltDeck, lock_file: Path, options: Options, prompts: Prompts,
    build: BuildLock,
) -> tuple[Adoption, BuiltDeck, tuple[Diagnostic, ...]]:  # fmt: skip
    """Ask the user, and write the lock. The result ``is_done`` if Anki may be changed now.

    The deck has the numbers that deletions have in Anki.
    """
    is_strict = options.is_strict
    lock_problems = tuple(check_lock(lock_file, wanted.lock))
    certain = (*lock_problems, *kept_out_problems(adoption.pairs))
    if not has_errors(certain, strict=is_strict):  # no answer helps otherwise
        while prompts.pick is not None and adoption.pairs.unsure:
            first, pairs = adoption.pairs.unsure[0], adoption.pairs
            adoption = replace(adoption, pairs=with_decision(pairs, first, prompts.pick(first)))
    pairs, wanted = _with_kept_numbers(adoption.pairs, wanted)
    adoption, lock = replace(adoption, pairs=pairs), wanted.lock
    is_accepting = options.is_accepting_new or prompts.pick is not None
    problems = (*lock_problems, *pair_problems(adoption.pairs, is_accepting=is_accepting))
    adoption = replace(adoption, is_stopped=has_errors(problems, strict=is_strict))
    if not prompts.agree(adoption) or adoption.is_stopped or not adoption.pairs.matches:
        return adoption, wanted, problems
    if would_change(lock_file, format_lock(lock)):  # it has the new GUIDs, so it comes first
        problems += tuple(write_lock(lock_file, lock, build.key))
    is_done = not has_errors(problems, strict=is_strict)
    return replace(adoption, is_done=is_done), wanted, problems


def _with_kept_numbers(pairs: Pairs, wanted: BuiltDeck) -> tuple[Pairs, BuiltDeck]:
    """Return the matches and the deck with the numbers that the matched notes have in Anki.

    A card belongs to a number, so reviews stay with their words. Numbers of the author stay.
    """
    matches = {match.question.note.guid: _numbered(match) for match in pairs.matches}
    entries = {guid: match.question.identity.entry for guid, match in matches.items()}
    found = tuple(matches.get(match.question.note.guid, match) for match in pairs.found)
    all_entries = tuple(entries.get(entry.guid, entry) for entry in wanted.lock.entries)
    lock = replace(wanted.lock, entries=all_entries)
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


def _found(
    identified: Identified, wanted: BuiltDeck, decks: tuple[str, ...], anki: ClosedCollection
) -> Adoption:
    """Match notes with questions. Raises AN830 if it is unclear which deck to use."""
    anki_deck = anki.read_deck(wanted)
    image = images(identified.notes, Path(anki.raw.media.dir()))
    everything = questions_of(identified, image)
    asked = [each for each in everything if each.note.guid not in anki_deck.notes]
    ours = {entry.guid for entry in identified.lock.entries}
    notes = adoptable_notes(anki, ours, image) if asked else []
    notes = list(narrow_fronts(asked, notes))
    known = len(everything) - len(asked)
    check_decks(decks, anki_deck.decks)
    decks = decks or choose_deck(asked, notes, is_needed=not known)
    adopted = [n for n in notes if any(is_within(c.deck, d) for c in n.cards for d in decks)]
    return Adoption(pair(asked, adopted), decks, known)
