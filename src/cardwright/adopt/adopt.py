"""Adopts the notes of a collection for the questions of the content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from cardwright.adopt.change import change
from cardwright.adopt.decks import choose_deck
from cardwright.adopt.old_notes import ADOPTING, begun_notes, media_of, old_notes
from cardwright.adopt.pairs import as_asked, decided, pair
from cardwright.adopt.problems import pair_problems, unclear_deck, unknown_deck
from cardwright.adopt.questions import images, questions_of
from cardwright.adopt.values import Match, MatchedBy, OldNote, Pairs, Question, Unsure
from cardwright.deck_names import is_within, with_parents
from cardwright.delivery.collection import ClosedCollection, opened
from cardwright.delivery.errors import AnkiError
from cardwright.delivery.values import AnkiDeck, Differences, Wanted
from cardwright.diagnostics import Diagnostic, has_errors
from cardwright.disk.build_lock import BuildLock, build_lock
from cardwright.disk.lockfile import check_lock, lock_path, would_change, write_lock
from cardwright.identify import Identified
from cardwright.lock import format_lock
from cardwright.model import Guid
from cardwright.pipeline import Assembly, Options, assemble


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of the command.

    ``decks`` are the decks to adopt, with their subdecks. If there are none, the deck with most
    of the questions is adopted. ``is_moving`` moves the cards to the decks of the content.
    """

    decks: tuple[str, ...] = ()
    is_moving: bool = False


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was found, and what was done.

    ``decks`` are the adopted decks. ``known`` counts the questions that the collection already
    has from Cardwright. ``left`` is what the next push will do, once the adoption is done.
    """

    pairs: Pairs = field(default_factory=Pairs)
    decks: tuple[str, ...] = ()
    known: int = 0
    is_done: bool = False
    left: Differences | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """The questions to the user.

    ``agree`` asks whether to continue, once all pairs are known. ``pick`` asks which note belongs
    to a question. It is ``None`` if nobody can answer.
    """

    agree: Callable[[Adoption], bool]
    pick: Callable[[Unsure], OldNote | None] | None = None


@dataclass(frozen=True, slots=True)
class Adopted:
    """The result. ``adoption`` is ``None`` after an error that prevented the comparison."""

    adoption: Adoption | None
    diagnostics: tuple[Diagnostic, ...]


def adopt(
    path: Path, find: Callable[[], Path], name: str, options: Options, choices: Choices,
    person: Person,
) -> Adopted:  # fmt: skip
    """Adopt the notes of a collection for the content in ``path``.

    ``find`` returns the file of the collection, and ``name`` is its name in messages. The
    diagnostics are those of the content, of the collection (AN801 to AN803, AN810) and of the
    pairs (AN830 to AN833).
    """
    lock_file = lock_path(path, options.lock_file)
    with build_lock(lock_file, options.notify) as build:
        if has_errors(build.problems, strict=options.is_strict):
            return Adopted(None, build.problems)
        assembly = assemble(path, options)
        diagnostics = (*assembly.diagnostics, *build.problems)
        identified = assembly.identified
        if identified is None or has_errors(diagnostics, strict=options.is_strict):
            return Adopted(None, diagnostics)
        job = _Job(assembly, identified, options, choices, person, build, name)
        try:
            with opened(find(), "adopt") as anki:
                done = _adopted(job, anki)
        except AnkiError as error:
            return Adopted(None, (*diagnostics, error.diagnostic(name)))
        return replace(done, diagnostics=(*diagnostics, *done.diagnostics))


@dataclass(frozen=True, slots=True)
class _Job:
    """The values that all steps of an adoption need."""

    assembly: Assembly
    identified: Identified
    options: Options
    choices: Choices
    person: Person
    build: BuildLock
    name: str

    @property
    def wanted(self) -> Wanted:
        found = self.assembly
        lock, notes = self.identified.lock, self.identified.notes
        return Wanted(found.root, lock, notes, found.decks, found.style)


def _adopted(job: _Job, anki: ClosedCollection) -> Adopted:
    adoption, problems = _found(job, anki)
    if adoption is None:
        return Adopted(None, problems)
    adoption = replace(adoption, pairs=_asked(adoption.pairs, job.person))
    is_accepting = job.options.is_accepting_new or job.person.pick is not None
    problems = tuple(pair_problems(adoption.pairs, is_accepting=is_accepting))
    is_wrong = has_errors(problems, strict=job.options.is_strict)
    if not job.person.agree(adoption) or is_wrong or not adoption.pairs.matches:
        return Adopted(adoption, problems)
    problems += _write_lock(job)
    if has_errors(problems, strict=job.options.is_strict):
        return Adopted(adoption, problems)
    left = change(adoption.pairs.matches, job.wanted, anki, is_moving=job.choices.is_moving)
    return Adopted(replace(adoption, is_done=True, left=left), problems)


def _found(job: _Job, anki: ClosedCollection) -> tuple[Adoption | None, tuple[Diagnostic, ...]]:
    """Match notes with questions. Return ``None`` and AN830 if it is unclear which deck to use."""
    anki_deck = anki.read_deck(job.wanted)
    image = images(job.identified.notes, media_of(anki))
    everything = questions_of(job.identified, image)
    begun = {each.note.guid: each for each in everything if _is_begun(each, anki_deck)}
    asked = [each for each in everything if each.note.guid not in anki_deck.notes]
    notes = old_notes(anki, _guids(job.identified), image) if asked else []
    notes = list(as_asked(asked, notes))
    known = len(everything) - len(asked) - len(begun)
    decks = job.choices.decks
    if unknown := [deck for deck in decks if not _is_there(deck, anki_deck)]:
        return None, tuple(unknown_deck(job.name, deck, _near(deck, anki_deck)) for deck in unknown)
    if not decks:
        candidates = choose_deck(asked, notes)
        if not candidates.chosen and not (known or begun):
            return None, (unclear_deck(job.name, candidates, len(asked)),)
        decks = (candidates.chosen,) if candidates.chosen else ()
    pairs = pair(asked, [note for note in notes if _is_in(note, decks)])
    half_done = begun_notes(anki, begun.keys(), image) if begun else []
    matches = [Match(note, begun[Guid(note.guid)], MatchedBy.BEGUN) for note in half_done]
    return Adoption(replace(pairs, matches=(*matches, *pairs.matches)), decks, known), ()


def _guids(identified: Identified) -> frozenset[str]:
    return frozenset(entry.guid for entry in identified.lock.entries)


def _is_begun(question: Question, anki_deck: AnkiDeck) -> bool:
    """Whether an interrupted adoption already matched a note with the question."""
    note = anki_deck.notes.get(question.note.guid)
    return note is not None and ADOPTING in note.tags


def _is_there(deck: str, anki_deck: AnkiDeck) -> bool:
    return any(is_within(name, deck) for name in anki_deck.decks)


def _near(deck: str, anki_deck: AnkiDeck) -> str:
    names = {above for name in anki_deck.decks for above in with_parents(name)}
    return next(iter(get_close_matches(deck, sorted(names), 1)), "")


def _is_in(note: OldNote, decks: Sequence[str]) -> bool:
    return any(is_within(card.deck, deck) for card in note.cards for deck in decks)


def _asked(pairs: Pairs, person: Person) -> Pairs:
    """Return the pairs after the user decided about each unsure question."""
    while person.pick is not None and pairs.unsure:
        first = pairs.unsure[0]
        pairs = decided(pairs, first, person.pick(first))
    return pairs


def _write_lock(job: _Job) -> tuple[Diagnostic, ...]:
    """Write the lock, before anything changes in Anki, because it has the new GUIDs."""
    lock_file, lock = job.assembly.lock_file, job.identified.lock
    problems = check_lock(lock_file, lock)
    if has_errors(problems, strict=job.options.is_strict):
        return problems
    if not would_change(lock_file, format_lock(lock)):
        return problems
    return (*problems, *write_lock(lock_file, lock, job.build.key))
