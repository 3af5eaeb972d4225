"""The line from a folder to a package: each stage a function, its values go on to the next."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from cardwright.changes.old_notes import NO_OLD_NOTES, OldNotes, changed_notes, old_notes
from cardwright.config import Config
from cardwright.content import Content, read_content
from cardwright.content.files import Step, as_seen
from cardwright.diagnostics import Code, Diagnostic, has_errors, many
from cardwright.disk import commit, stage_by
from cardwright.disk.build_lock import BuildLock, Notify, build_lock
from cardwright.disk.lockfile import (
    check_lock,
    check_unchanged,
    clear_up,
    lock_path,
    read_lock,
    stage_package,
    would_change,
    write_outcome,
)
from cardwright.disk.other_locks import (
    caught_up,
    check_belonging,
    locks_beside,
    other_project,
    remove_renamed,
)
from cardwright.filing import (
    Topic,
    decks_of,
    file_notes,
    is_layout_free,
    kept_titles,
    layout_of,
    root_deck,
)
from cardwright.identify import Identified, identify, project_for, stamp_notetypes
from cardwright.lock import FileChoice, KeptTitle, Lock, LockEntry, format_lock, without_deliveries
from cardwright.making import (
    KeptWork,
    MadeFile,
    Memory,
    all_files,
    beside,
    with_draft,
    with_images,
)
from cardwright.media import NO_CACHE, RULES, Access, Cache, FetchRules, Gathered, gather
from cardwright.model import (
    Deck,
    DeckName,
    FiledNote,
    Media,
    NoteSource,
    NoteTypeStamp,
    Place,
    ResolvedNote,
    SourceFile,
)
from cardwright.notetypes import fingerprint, notetype_id
from cardwright.notetypes.katex import katex_media, katex_version
from cardwright.package import check_media, check_size, file_name, pack


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; ``now`` is in seconds since 1970.

    ``is_updating`` fetches pinned images anew; ``cache`` keeps what was fetched and shrunk;
    ``is_accepting_new`` takes questions that could be one of several old notes as new; ``notify``
    is told what a build waits for; a package in ``output`` may know more than the lock. With
    ``is_trusted`` the settings may load any extension. ``package_name`` is the file name of the
    package, where the command line gives it one. ``memory`` is for whoever builds again in
    the same process.
    """

    now: int
    is_offline: bool = False
    is_locked: bool = False
    is_strict: bool = False
    lock_file: Path | None = None
    step: Step = lambda _name, _done, _total: None
    is_updating: bool = False
    cache: Cache = NO_CACHE
    rules: FetchRules = RULES
    is_accepting_new: bool = False
    processes: int = 1
    notify: Notify = lambda _line: None
    output: Path | None = None
    is_trusted: bool = False
    package_name: str = ""
    memory: Memory | None = None


def build_time() -> int:
    """Seconds since 1970: ``SOURCE_DATE_EPOCH`` if it is set, else the clock.

    Raises ``ValueError`` if the variable is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    if not epoch.isdecimal() or len(epoch) > 10:
        raise ValueError(f"SOURCE_DATE_EPOCH is '{epoch}', not a number of seconds")
    return int(epoch)


def folder_and_name(output: Path) -> tuple[Path, str]:
    """The folder that ``output`` names, and the file name of the package.

    The name is ``""`` if ``output`` is only a folder.
    """
    if output.suffix == ".apkg" and not output.is_dir():
        return output.parent, output.name
    return output, ""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A deck before it is written: all of its values, and everything that is wrong with it.

    ``identified`` is ``None`` where there is nothing to build, or a lock that cannot be read;
    ``style`` is the deck's own CSS, ``source_bytes`` are what the images and sounds had before
    they were shrunk. ``folder`` is where the paths of notes begin, ``before`` the lock as it was.
    ``work`` is what the next build need not do again, ``package_name`` the file name of the
    package. ``has_report`` says that the settings ask for a page about the deck.
    """

    root: DeckName
    lock_file: Path
    diagnostics: tuple[Diagnostic, ...]
    decks: tuple[Deck, ...] = ()
    identified: Identified | None = None
    style: str = ""
    source_bytes: int = 0
    folder: Path = Path()
    before: Lock | None = None
    work: KeptWork | None = None
    package_name: str = ""
    has_report: bool = True


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did; ``package`` is ``None`` when errors stood against it.

    It had ``size`` bytes and the SHA-256 ``digest`` (hex) when it was written. ``old`` are the
    notes that the build changed, as the one before packed them. ``report`` is the page that it
    wrote.
    """

    assembly: Assembly
    diagnostics: tuple[Diagnostic, ...]
    package: Path | None = None
    size: int = 0
    digest: str = ""
    old: OldNotes = NO_OLD_NOTES
    report: Path | None = None


def build_deck(path: Path, output: Path, options: Options) -> Built:
    """Build the package of ``path`` into the folder ``output``, and write the lock.

    From reading the lock to writing it no other build has it.
    """
    lock_file = lock_path(path, options.lock_file)
    with build_lock(lock_file, options.notify) as build:
        if has_errors(build.problems, strict=options.is_strict):
            return Built(Assembly(DeckName(""), lock_file, build.problems), build.problems)
        return _build(path, output, replace(options, output=output), build)


def _build(path: Path, output: Path, options: Options, build: BuildLock) -> Built:
    assembly = assemble(path, options)
    assembly = replace(assembly, diagnostics=(*assembly.diagnostics, *build.problems))
    identified = assembly.identified
    if identified is None:
        return Built(assembly, assembly.diagnostics)
    known = (each for each in assembly.diagnostics if each.code is not Code.PACKAGE_OVERSIZED)
    diagnostics = (*known, *check_lock(assembly.lock_file, identified.lock))
    if has_errors(diagnostics, strict=options.is_strict):
        return Built(assembly, diagnostics)
    package = output / assembly.package_name
    lock_file, lock = assembly.lock_file, format_lock(identified.lock)
    clear_up(package, lock_file, build.key)
    options.cache.sweep()
    packed_lock = packed_text(identified.lock, lock)
    is_written = not would_change(lock_file, lock)
    digest = _packed_before(package, assembly, packed_lock) if is_written else ""
    if digest:
        diagnostics += check_size(package, package.name)
        if has_errors(diagnostics, strict=options.is_strict):
            return Built(assembly, diagnostics)
        built = Built(assembly, diagnostics, package, package.stat().st_size, digest)
        return _reported(built, package, build.key)
    options.step("packing", 0, 1)
    work = assembly.work
    write = work.write_new if work else dict[str, bytes]
    is_much = work is not None and options.processes > 1 and work.is_much()
    with beside(write) if is_much else nullcontext(write) as seals:
        built = _written(assembly, package, lock, packed_lock, diagnostics, options, build)
        if built.package and work:
            work.keep(seals())
            inputs = work.package_inputs(packed_lock, assembly.root, assembly.style)
            work.keep_package(package.name, inputs, built.digest)
    if built.package:
        options.cache.prune({pin.sha256 for pin in identified.lock.pins})
        built = _reported(built, package, build.key)
    return built


def _written(
    assembly: Assembly, package: Path, lock: str, packed_lock: str,
    diagnostics: tuple[Diagnostic, ...], options: Options, build: BuildLock,
) -> Built:  # fmt: skip
    """Write package and lock, both or neither."""
    lock_file, identified = assembly.lock_file, assembly.identified
    assert identified is not None
    write = partial(write_package, assembly, identified, packed_lock, package)
    with ThreadPoolExecutor(1) as reader:  # the last package is unpacked beside the next one
        old = reader.submit(old_notes, assembly.before, package, changed_notes(identified))
        staged, problems = stage_package(package, write, build.key)
    if staged is None:
        return Built(assembly, (*diagnostics, *problems))
    diagnostics += check_size(staged, package.name)
    if has_errors(diagnostics, strict=options.is_strict):
        staged.unlink()
        return Built(assembly, diagnostics)
    size, digest = staged.stat().st_size, digest_of(staged)
    is_behind = any(problem.code is Code.LOCK_BEHIND for problem in assembly.diagnostics)
    problems = write_outcome(package, staged, lock_file, lock, build.key, is_keeping_old=is_behind)
    if problems:
        return Built(assembly, (*diagnostics, *problems))
    remove_renamed(package, assembly.before)
    return Built(assembly, diagnostics, package, size, digest, old.result())


def _reported(built: Built, package: Path, key: str) -> Built:
    """Write the page about the deck, unless that of this package is there.

    ``report`` stays ``None`` if nothing is written. Another tool's file of that name stays.
    """
    from cardwright.report import NAME, is_of, is_ours

    assembly, path = built.assembly, package.parent / NAME
    try:
        if path.exists() and not is_ours(path):
            return built
        if not assembly.has_report or assembly.work is None or assembly.identified is None:
            path.unlink(missing_ok=True)
            return built
        if path.exists() and is_of(path, built.digest):
            return built
        from cardwright.report.figures import figures_of  # here: an unchanged build needs neither
        from cardwright.report.page import page

        identified = assembly.identified
        sources = (note.source for file in assembly.work.files for note in file.notes)
        katex = sum(len(file.content) for file in katex_media()) if identified.lock.katex else 0
        fonts = {"Fonts and styles of formulas": katex} if katex else {}
        figures = figures_of(
            assembly.root, package.name, built.size, identified.notes, sources, fonts
        )
        text = page(figures, built.digest).encode(errors="replace")
        commit(stage_by(path, lambda new: new.write_bytes(text), key), path)
    except OSError:
        return built  # the package is there, and that is what counts
    return replace(built, report=path)


def packed_text(lock: Lock, text: str) -> str:
    """The text of the lock as the package carries it; ``text`` is that of the lock itself."""
    bare = without_deliveries(lock)
    return text if bare is lock else format_lock(bare)


def _packed_before(package: Path, assembly: Assembly, lock: str) -> str:
    """The SHA-256 (hex) of the package that is there, if it is the one to write; else empty."""
    if assembly.work is None or not package.is_file() or package.is_symlink():
        return ""
    inputs, digest = assembly.work.package(package.name)
    is_same = inputs == assembly.work.package_inputs(lock, assembly.root, assembly.style)
    return digest if inputs and is_same and digest_of(package) == digest else ""


def write_package(
    assembly: Assembly, identified: Identified, lock: str, last: Path, path: Path
) -> None:
    """Write the package of these notes, with the text of their lock, into a new file ``path``.

    ``last`` is that of the build before, where there is one.
    """
    notes, types, katex = identified.notes, identified.lock.notetypes, identified.lock.katex
    decks, root, style = assembly.decks, assembly.root, assembly.style
    pack(path, notes, decks, types, root, katex, style, lock, last=last)


def digest_of(path: Path) -> str:
    """The SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def assemble(path: Path, options: Options) -> Assembly:
    """Take ``path`` through every stage but the last; writes nothing but the cache."""
    content, problems = read_content(path, is_trusted=options.is_trusted)
    return assemble_content(content, problems, options)


def assemble_content(
    content: Content, problems: tuple[Diagnostic, ...], options: Options
) -> Assembly:
    """The same with content that was read, and what was wrong with it."""
    path = content.path
    config = content.config
    lock_file = lock_path(path, options.lock_file)
    alone = [problem for problem in problems if problem.code is Code.INSIDE_A_DECK]
    if alone:  # its settings are not read, so other messages would mislead
        return Assembly(root_deck(config, path, path.stem, ""), lock_file, as_seen(content, alone))
    old_lock, lock_problems = read_lock(lock_file)
    memory = options.memory or Memory()
    work = KeptWork(options.cache, content.folder.resolve(), config, content.is_single, memory)
    likely = DeckName("") if content.is_single else root_deck(config, path, "", "")
    files = all_files(content, likely, old_lock, work, options.processes, options.step)
    if work.foreign:
        options.notify(f"{options.cache.folder}: {many(work.foreign, 'file')} {_FOREIGN}")
    problems += tuple(_reading_problems(files, old_lock))
    title = files[0].title if files else ""
    named = content.files[0].front_matter.deck if files else ""
    root = root_deck(config, path, title, named)
    name = options.package_name or config.output or file_name(root)
    sources = [note.source for file in files for note in file.notes]
    problems += tuple(_no_question(content, sources, problems))
    if not sources or lock_problems:
        return Assembly(root, lock_file, (*lock_problems, *as_seen(content, problems)))

    lock = old_lock or Lock(config.project or project_for(root))
    lock, behind = caught_up(lock, lock_file, options.output)
    gathered = _gather(files, content, lock, work, options)
    topics, unsure = _topics(content.files, files, config, lock)
    fronts = {file.path: {note.imprint.front for note in file.notes} for file in files}
    titles = kept_titles(topics, fronts, lock, root)
    completed = _completed(files, gathered, topics, content, root, titles)
    work.take(completed.files)
    choices = _choices(files, topics, config)
    katex = katex_version() if lock.katex or completed.has_katex else ""
    lock = replace(lock, deck=root, files=choices, titles=titles, katex=katex, pins=gathered.pins)
    lock = stamp_notetypes(lock, _notetypes(sources, lock, root, content.style), options.now)
    is_new = options.is_accepting_new
    identified = identify(
        completed.filed, completed.drafts, lock, options.now, is_accepting_new=is_new
    )
    problems += tuple(locks_beside(content, lock_file, lock, identified))
    problems += tuple(dict.fromkeys(wrong for file in files for wrong in file.problems))
    problems += (*gathered.diagnostics, *unsure, *identified.diagnostics)
    problems += tuple(other_project(config, lock))
    behind += () if is_new else tuple(check_belonging(lock_file, old_lock, identified))
    if options.is_locked:
        behind += check_unchanged(lock_file, identified.lock)
    return Assembly(
        root,
        lock_file,
        (*as_seen(content, problems), *behind, *check_media(identified.notes, name)),
        decks_of(completed.filed, config, root, lock.project),
        identified,
        content.style,
        gathered.source_bytes,
        content.folder,
        old_lock,
        work,
        name,
        config.report,
    )


_FOREIGN = "damaged, or of another user: that work is done again"


def _reading_problems(files: Sequence[MadeFile], lock: Lock | None) -> Iterator[Diagnostic]:
    kept = {choice.file for choice in (lock.files if lock else ()) if choice.questions}
    for file in files:
        yield from file.read_problems
        yield from () if file.path in kept else file.term_problems


@dataclass(frozen=True, slots=True)
class _Completed:
    """The notes with fields, decks and drafts; ``has_katex`` says that KaTeX wrote any of it."""

    files: tuple[MadeFile, ...]
    filed: tuple[FiledNote, ...]
    drafts: tuple[LockEntry, ...]
    has_katex: bool


def _completed(
    files: Sequence[MadeFile],
    gathered: Gathered,
    topics: Sequence[Topic],
    content: Content,
    root: DeckName,
    titles: Sequence[KeptTitle],
) -> _Completed:
    config = content.config
    by_name = {media.name: media for media in gathered.found.values()}
    notes = [with_images(note, gathered.found, config) for file in files for note in file.notes]
    resolved = [_with_files(note.resolved, by_name) for note in notes if note.resolved]
    is_single, keepers = content.is_single, {kept.file for kept in titles}
    filed = file_notes(resolved, topics, config, root, is_single=is_single, keepers=keepers)
    notes = [with_draft(note, each, config) for note, each in zip(notes, filed, strict=True)]
    rest = iter(notes)
    return _Completed(
        tuple(replace(file, notes=tuple(islice(rest, len(file.notes)))) for file in files),
        filed,
        tuple(note.draft.entry for note in notes if note.draft),
        any(note.has_katex for note in notes),
    )


def _with_files(note: ResolvedNote, by_name: Mapping[str, Media]) -> ResolvedNote:
    """The note, the bytes of its files with it."""
    if not note.media:
        return note
    return replace(note, media=tuple(by_name[media.name] for media in note.media))


def _gather(
    files: Sequence[MadeFile], content: Content, lock: Lock, work: KeptWork, options: Options
) -> Gathered:
    access = Access(
        lock.pins,
        replace(options.cache, drawings=work.drawings()),
        options.rules,
        is_offline=options.is_offline,
        is_updating=options.is_updating,
        now=options.now,
    )
    notes = [note.rendered for file in files for note in file.notes if note.rendered]
    recent = work.memory.images
    return gather(notes, content.folder, content.config, access, options.step, recent)


def _no_question(
    content: Content, sources: Sequence[NoteSource], problems: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """QA301, unless what stands against the files says already why there is none."""
    if not sources and not has_errors(problems, strict=False):
        place = Place(content.path.name if content.is_single else ".")
        message = "there is no question to make a card of"
        hint = "'cardwright rule QA301' shows how questions are written"
        yield Diagnostic(place, Code.NO_QUESTIONS, message, hint)


def _topics(
    sources: Sequence[SourceFile], files: Sequence[MadeFile], config: Config, lock: Lock
) -> tuple[list[Topic], tuple[Diagnostic, ...]]:
    kept = {choice.file: choice.subdecks for choice in lock.files}
    topics: list[Topic] = []
    problems: list[Diagnostic] = []
    for source, file in zip(sources, files, strict=True):
        notes = [note.source for note in file.notes]
        layout, unsure = layout_of(source, notes, config, kept.get(source.path, ""))
        topics.append(Topic(source, file.title, layout))
        problems += unsure
    return topics, tuple(problems)


def _choices(
    files: Sequence[MadeFile], topics: Sequence[Topic], config: Config
) -> tuple[FileChoice, ...]:
    """What ``auto`` chose for each file with questions; what settings say is left empty."""
    choices: list[FileChoice] = []
    for file, topic in zip(files, topics, strict=True):
        dialect = " + ".join(file.choice.dialects) if file.choice else ""
        level = file.choice.level if file.choice else None
        layout = topic.layout if is_layout_free(topic.source, config) else ""
        if file.notes and (dialect or layout):
            choices.append(FileChoice(file.path, dialect, level, layout))
    return tuple(choices)


def _notetypes(
    sources: Sequence[NoteSource], lock: Lock, root: DeckName, style: str
) -> Iterator[NoteTypeStamp]:
    """The note types that the notes are of, without a change time."""
    for kind in sorted({source.kind for source in sources}):
        stamp = fingerprint(kind, root, lock.katex, style)
        yield NoteTypeStamp(kind, notetype_id(lock.project, kind), stamp, 0)
