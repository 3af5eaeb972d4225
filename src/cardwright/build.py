"""The line from a folder to a package: each stage a function, its values go on to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cardwright.content import Content, read_content
from cardwright.diagnostics import Code, Diagnostic, has_errors, in_order
from cardwright.dialects import Choice
from cardwright.filing import Topic, decks_of, file_notes, layout_of, root_deck
from cardwright.identify import Identified, identify, project_for, stamp_notetypes
from cardwright.lock import FileChoice, Lock, format_lock
from cardwright.lockfile import lock_path, read_lock, write_outcome
from cardwright.media import find_images
from cardwright.model import Deck, DeckName, NoteSource, NoteTypeStamp, Place, RenderedNote
from cardwright.notetypes import QA, fingerprint, notetype_id
from cardwright.package import file_name, pack
from cardwright.parse import ParsedFile, parse
from cardwright.render import render
from cardwright.resolve import resolve

Step = Callable[[str, int, int], None]
"""Told the name of a stage, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; ``now`` is in seconds since 1970."""

    now: int
    is_offline: bool = False
    is_locked: bool = False
    is_strict: bool = False
    lock_file: Path | None = None
    step: Step = lambda _name, _done, _total: None


@dataclass(frozen=True, slots=True)
class Assembly:
    """A deck before it is written: all of its values, and everything that is wrong with it.

    ``identified`` is ``None`` where there is nothing to build, or a lock that cannot be read.
    """

    root: DeckName
    lock_file: Path
    diagnostics: tuple[Diagnostic, ...]
    decks: tuple[Deck, ...] = ()
    identified: Identified | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did; ``package`` is ``None``, ``content`` empty when errors stood against it."""

    assembly: Assembly
    diagnostics: tuple[Diagnostic, ...]
    package: Path | None = None
    content: bytes = b""


def build_deck(path: Path, output: Path, options: Options) -> Built:
    """Build the package of ``path`` into the folder ``output``, and write the lock."""
    assembly = assemble(path, options)
    identified = assembly.identified
    if identified is None or has_errors(assembly.diagnostics, strict=options.is_strict):
        return Built(assembly, assembly.diagnostics)
    options.step("packing", 0, 1)
    stamps = identified.lock.notetypes
    content = pack(identified.notes, assembly.decks, stamps, assembly.root)
    package = output / file_name(assembly.root)
    problems = write_outcome(package, content, assembly.lock_file, identified.lock)
    diagnostics = (*assembly.diagnostics, *problems)
    if has_errors(problems, strict=False):
        return Built(assembly, diagnostics)
    return Built(assembly, diagnostics, package, content)


def assemble(path: Path, options: Options) -> Assembly:
    """Take ``path`` through every stage but the last; reads files, writes none."""
    content, problems = read_content(path)
    config = content.config
    lock_file = lock_path(content, options.lock_file)
    old_lock, lock_problems = read_lock(lock_file)
    files, wrong = _parse_all(content, old_lock, options.step)
    root = root_deck(config, path, files[0].title if files else "")
    sources = [note for file in files for note in file.notes]
    problems += (*wrong, *_no_question(sources, problems))
    if not sources or lock_problems:
        return Assembly(root, lock_file, (*lock_problems, *_shown(content, problems)))

    rendered, wrong = _render_all(sources, content, options.step)
    found, missing = find_images(rendered, content.folder, config, is_offline=options.is_offline)
    resolved = [resolve(note, found, config) for note in rendered]
    lock = old_lock or Lock(config.project or project_for(root))
    topics = [_topic(file, content, lock) for file in files]
    filed = file_notes(resolved, topics, config, root, is_single=content.is_single)
    lock = replace(lock, deck=root, files=_choices(files, topics))
    notetype = NoteTypeStamp(QA, notetype_id(lock.project, QA), fingerprint(QA, root), 0)
    lock = stamp_notetypes(lock, [notetype], options.now)
    identified = identify(filed, lock, config, options.now)
    problems += (*wrong, *missing, *identified.diagnostics)
    diagnostics = (*_shown(content, problems), *_unlocked(options, lock_file, identified.lock))
    return Assembly(root, lock_file, diagnostics, decks_of(filed, config, root), identified)


def _parse_all(
    content: Content, lock: Lock | None, step: Step
) -> tuple[list[ParsedFile], tuple[Diagnostic, ...]]:
    kept = {choice.file: choice for choice in lock.files} if lock else {}
    files: list[ParsedFile] = []
    problems: list[Diagnostic] = []
    for number, source in enumerate(content.files):
        step("reading", number, len(content.files))
        before = kept.get(source.path)
        choice = Choice(before.questions, before.question_level or 0) if before else None
        file, wrong = parse(source, content.config, choice)
        files.append(file)
        problems += wrong
    return files, tuple(problems)


def _no_question(sources: Sequence[object], problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """QA301, unless what stands against the files says already why there is none."""
    if not sources and not has_errors(problems, strict=False):
        hint = "'cardwright rule QA301' shows how questions are written"
        yield Diagnostic(
            Place("."), Code.NO_QUESTIONS, "there is no question to make a card of", hint
        )


def _render_all(
    sources: Sequence[NoteSource], content: Content, step: Step
) -> tuple[list[RenderedNote], tuple[Diagnostic, ...]]:
    notes: list[RenderedNote] = []
    problems: list[Diagnostic] = []
    for number, source in enumerate(sources):
        step("rendering", number, len(sources))
        note, wrong = render(source, content.config)
        notes.append(note)
        problems += wrong
    return notes, tuple(problems)


def _topic(file: ParsedFile, content: Content, lock: Lock) -> Topic:
    kept = next((c.subdecks for c in lock.files if c.file == file.source.path), "")
    return Topic(file.source, file.title, layout_of(file.notes, content.config, kept))


def _choices(files: Sequence[ParsedFile], topics: Sequence[Topic]) -> tuple[FileChoice, ...]:
    """What ``auto`` chose for each file; a file that settings say all about has none."""
    return tuple(
        FileChoice(file.source.path, file.choice.dialect, file.choice.level, topic.layout)
        for file, topic in zip(files, topics, strict=True)
        if file.choice is not None
    )


def _shown(content: Content, problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in order, their paths as seen from where the program runs."""
    return in_order(
        replace(problem, place=replace(problem.place, path=_joined(content, problem.place.path)))
        for problem in problems
    )


def _joined(content: Content, path: str) -> str:
    return (content.folder / path).as_posix()


def _unlocked(options: Options, lock_file: Path, lock: Lock) -> Iterator[Diagnostic]:
    """LK604 where ``--locked`` is given and the lock would change."""
    if not options.is_locked:
        return
    before = lock_file.read_text("utf-8") if lock_file.exists() else ""
    if before != format_lock(lock):
        message = (
            f"'{lock_file.name}' would change" if before else f"there is no '{lock_file.name}'"
        )
        hint = "build without --locked and commit the lock with the content"
        yield Diagnostic(Place(lock_file.as_posix()), Code.LOCK_WOULD_CHANGE, message, hint)
