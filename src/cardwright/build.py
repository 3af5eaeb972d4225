"""The line from a folder to a package: each stage a function, its values go on to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cardwright.config import Config
from cardwright.content import SETTINGS, Content
from cardwright.diagnostics import Code, Diagnostic, has_errors, shorten
from cardwright.files import Step, as_seen, read_files
from cardwright.filing import (
    Topic,
    decks_of,
    file_notes,
    is_layout_free,
    layout_of,
    root_deck,
)
from cardwright.identify import Identified, identify, project_for, stamp_notetypes
from cardwright.lock import FileChoice, Lock
from cardwright.lockfile import (
    check_folder,
    locks_of_files,
    would_change,
    write_outcome,
)
from cardwright.math.typeset import typeset_formulas
from cardwright.media import find_images
from cardwright.model import (
    Deck,
    DeckName,
    Formula,
    NoteSource,
    NoteTypeStamp,
    Place,
    RenderedNote,
    Typeset,
)
from cardwright.notetypes import fingerprint, notetype_id
from cardwright.notetypes.katex import katex_version
from cardwright.package import file_name, pack
from cardwright.parse import ParsedFile
from cardwright.render import render
from cardwright.resolve import resolve


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
    if identified is None:
        return Built(assembly, assembly.diagnostics)
    diagnostics = (*assembly.diagnostics, *check_folder(assembly.lock_file, identified.lock))
    if has_errors(diagnostics, strict=options.is_strict):
        return Built(assembly, diagnostics)
    options.step("packing", 0, 1)
    stamps = identified.lock.notetypes
    katex = identified.lock.katex
    content = pack(identified.notes, assembly.decks, stamps, assembly.root, katex)
    package = output / file_name(assembly.root)
    problems = write_outcome(package, content, assembly.lock_file, identified.lock)
    if problems:
        return Built(assembly, (*diagnostics, *problems))
    return Built(assembly, diagnostics, package, content)


def assemble(path: Path, options: Options) -> Assembly:
    """Take ``path`` through every stage but the last; reads files, writes none."""
    read = read_files(path, options.lock_file, options.step)
    content, config, old_lock = read.content, read.content.config, read.lock
    files = [file.parsed for file in read.files]
    problems = (*read.problems, *(problem for file in read.files for problem in file.diagnostics))
    title, named = (files[0].title, files[0].source.front_matter.deck) if files else ("", "")
    root = root_deck(config, path, title, named)
    sources = [note for file in files for note in file.notes]
    problems += tuple(_no_question(content, sources, problems))
    if not sources or read.lock_problems:
        return Assembly(root, read.lock_file, (*read.lock_problems, *as_seen(content, problems)))

    rendered, wrong = _render_all(sources, content, options.step)
    found, missing = find_images(rendered, content.folder, config, is_offline=options.is_offline)
    options.step("typesetting", 0, 1)
    typeset, refused = typeset_formulas(rendered, config)
    resolved = [resolve(note, found, config, typeset) for note in rendered]
    lock = old_lock or Lock(config.project or project_for(root))
    topics, unsure = _topics(files, config, lock)
    filed = file_notes(resolved, topics, config, root, is_single=content.is_single)
    katex = _katex(lock, typeset)
    lock = replace(lock, deck=root, files=_choices(files, topics, config), katex=katex)
    lock = stamp_notetypes(lock, _notetypes(sources, lock, root), options.now)
    identified = identify(filed, lock, config, options.now)
    problems += (*locks_of_files(content, old_lock), *_other_project(config, lock))
    problems += (*wrong, *missing, *refused, *unsure, *identified.diagnostics)
    diagnostics = (
        *as_seen(content, problems),
        *_unlocked(options, read.lock_file, identified.lock),
    )
    return Assembly(root, read.lock_file, diagnostics, decks_of(filed, config, root), identified)


def _no_question(
    content: Content, sources: Sequence[NoteSource], problems: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """QA301, unless what stands against the files says already why there is none."""
    if not sources and not has_errors(problems, strict=False):
        place = Place(content.path.name if content.is_single else ".")
        message = "there is no question to make a card of"
        hint = "'cardwright rule QA301' shows how questions are written"
        yield Diagnostic(place, Code.NO_QUESTIONS, message, hint)


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


def _topics(
    files: Sequence[ParsedFile], config: Config, lock: Lock
) -> tuple[list[Topic], tuple[Diagnostic, ...]]:
    kept = {choice.file: choice.subdecks for choice in lock.files}
    topics: list[Topic] = []
    problems: list[Diagnostic] = []
    for file in files:
        before = kept.get(file.source.path, "")
        layout, unsure = layout_of(file.source, file.notes, config, before)
        topics.append(Topic(file.source, file.title, layout))
        problems += unsure
    return topics, tuple(problems)


def _choices(
    files: Sequence[ParsedFile], topics: Sequence[Topic], config: Config
) -> tuple[FileChoice, ...]:
    """What ``auto`` chose for each file with questions; what settings say is left empty."""
    choices: list[FileChoice] = []
    for file, topic in zip(files, topics, strict=True):
        dialect = " + ".join(file.choice.dialects) if file.choice else ""
        level = file.choice.level if file.choice else None
        layout = topic.layout if is_layout_free(file.source, config) else ""
        if file.notes and (dialect or layout):
            choices.append(FileChoice(file.source.path, dialect, level, layout))
    return tuple(choices)


def _katex(lock: Lock, typeset: Mapping[Formula, Typeset]) -> str:
    """The version of KaTeX to carry: none until a formula needs it, and then for ever."""
    is_needed = any(formula.html for formula in typeset.values())
    return katex_version() if lock.katex or is_needed else ""


def _notetypes(
    sources: Sequence[NoteSource], lock: Lock, root: DeckName
) -> Iterator[NoteTypeStamp]:
    """The note types that the notes are of, without a change time."""
    for kind in sorted({source.kind for source in sources}):
        stamp = fingerprint(kind, root, lock.katex)
        yield NoteTypeStamp(kind, notetype_id(lock.project, kind), stamp, 0)


def _other_project(config: Config, lock: Lock) -> Iterator[Diagnostic]:
    """CF107 where the settings name another project than the lock, which keeps its own."""
    if config.project and config.project != lock.project:
        message = f"'project' is '{shorten(config.project)}', and the lock keeps "
        message += f"'{shorten(lock.project)}'"
        hint = f"write 'project: {lock.project}' or leave it out; with another one every note "
        hint += "would be new to Anki"
        yield Diagnostic(Place(SETTINGS), Code.PROJECT_KEPT, message, hint)


def _unlocked(options: Options, lock_file: Path, lock: Lock) -> Iterator[Diagnostic]:
    """LK604 where ``--locked`` is given and the lock would change."""
    if options.is_locked and would_change(lock_file, lock):
        name = f"'{lock_file.name}'"
        message = f"{name} would change" if lock_file.exists() else f"there is no {name}"
        hint = "build without --locked and commit the lock with the content"
        yield Diagnostic(Place(lock_file.as_posix()), Code.LOCK_WOULD_CHANGE, message, hint)
