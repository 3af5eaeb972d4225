"""Turns an assembly into the deck that the page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cardwright.diagnostics import Diagnostic
from cardwright.model import Guid, Note, NoteSource
from cardwright.notetypes import QA, card_count, notetype
from cardwright.notetypes.katex import katex_media
from cardwright.pipeline import Assembly
from cardwright.preview.sides import card_names
from cardwright.source.names import name_on_disk

_LONGEST_SOURCE = 1_000  # characters of a note's Markdown that a search looks at


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """A card."""

    key: str  # the same as long as its note keeps its GUID
    ord: int
    name: str  # of its template
    line: int  # the first line of its note
    source: str  # its Markdown, for searching
    state: str  # `new`, `changed`, `moved` or ""
    problems: tuple[int, ...]  # indices into those of its file
    shown: tuple[object, ...]  # what the page shows, to compare builds
    note: Note = field(compare=False)


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """A file with its path relative to the content's folder, ``""`` for problems of no file."""

    path: str
    title: str = ""
    cards: tuple[PreviewCard, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewDeck:
    """A deck as the content is now."""

    title: str
    files: tuple[PreviewFile, ...]  # in source order, then files without cards
    assembly: Assembly
    style: str = ""  # the CSS of every card
    media: Mapping[str, bytes] = field(default_factory=dict)  # images, sounds and fonts by name
    counts: Mapping[str, int] = field(default_factory=dict)  # the numbers of the plan
    is_stale: bool = False  # errors leave no cards, and these are those of the last build

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        return tuple(problem for file in self.files for problem in file.problems)


def preview_deck(assembly: Assembly, path: Path, last: PreviewDeck | None = None) -> PreviewDeck:
    """Return the deck of ``path``. If errors prevent it, return ``last`` with the new problems."""
    folder = path if path.is_dir() else path.parent
    problems = _by_file(assembly, folder)
    identified, work = assembly.identified, assembly.work
    if identified is None or work is None:
        return _without_cards(assembly, problems, last)
    states = identified.changes.states() if assembly.before else {}
    notes = iter(identified.notes)
    files = []
    for file in work.files:
        name = name_on_disk(folder, file.path)
        own_problems = problems.pop(name, ())
        cards = [
            card
            for each in file.notes
            for card in _cards(next(notes), each.source, own_problems, states)
        ]
        files.append(PreviewFile(name, file.title, tuple(cards), own_problems))
    katex = identified.lock.katex
    media = {media.name: media.content for note in identified.notes for media in note.media}
    media |= {font.name: font.content for font in katex_media()} if katex else {}
    return PreviewDeck(
        assembly.root,
        (*files, *_without_notes(problems)),
        assembly,
        notetype(QA, "", katex, assembly.style).style,
        media,
        {
            "notes": len(identified.notes),
            "cards": card_count(identified.notes),
            **identified.changes.counts(),
        },
    )


def _without_cards(
    assembly: Assembly, problems: Mapping[str, tuple[Diagnostic, ...]], last: PreviewDeck | None
) -> PreviewDeck:
    if last is None or not any(file.cards for file in last.files):
        return PreviewDeck(assembly.root, _without_notes(problems), assembly)
    left = dict(problems)
    files = [
        replace(
            file,
            cards=tuple(replace(card, problems=()) for card in file.cards),
            problems=left.pop(file.path, ()),
        )
        for file in last.files
    ]
    kept = (file for file in files if file.cards or file.problems)
    files_now = (*kept, *_without_notes(left))
    return replace(last, files=files_now, assembly=assembly, is_stale=True)


def _without_notes(problems: Mapping[str, tuple[Diagnostic, ...]]) -> tuple[PreviewFile, ...]:
    """Return files that have problems and no notes."""
    return tuple(PreviewFile(path, problems=found) for path, found in problems.items())


def _by_file(assembly: Assembly, folder: Path) -> dict[str, tuple[Diagnostic, ...]]:
    """Return the problems of each file, with paths relative to the content's folder."""
    found: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    start = "" if folder == Path() else f"{folder.as_posix().rstrip('/')}/"
    for problem in assembly.diagnostics:
        place = problem.place
        path = place.path.removeprefix(start)
        path = "" if path in (".", folder.as_posix()) else path
        found[path].append(replace(problem, place=replace(place, path=path)))
    return {path: tuple(problems) for path, problems in found.items()}


def _cards(
    note: Note, source: NoteSource, problems: Sequence[Diagnostic], states: Mapping[Guid, str]
) -> Iterator[PreviewCard]:
    line, end = source.place.line, last_line(source)
    own = [at for at, problem in enumerate(problems) if line <= problem.place.line <= end]
    text = f"{source.front.markdown}\n{source.back.markdown}"[:_LONGEST_SOURCE]
    state = states.get(note.guid, "")
    sides = (note.front, note.back, note.hint, note.extra, note.context, note.source)
    shown = (*sides, note.deck, note.plain, note.tags)
    for ord_, name in card_names(note):
        yield PreviewCard(
            f"{note.guid}-{ord_}", ord_, name, line, text, state, tuple(own), shown, note
        )


def last_line(source: NoteSource) -> int:
    """Return the last line of a note."""
    passages = (source.front, source.back, source.hint, source.extra)
    return max([source.place.line, *(part.lines[-1].number for part in passages if part.lines)])
