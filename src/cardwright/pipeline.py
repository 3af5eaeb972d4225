"""Runs the stages from a folder to notes with identity. Each stage is a function over values."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from cardwright.config import Config
from cardwright.content import Content, read_content
from cardwright.content.files import as_seen
from cardwright.diagnostics import Code, Diagnostic, has_errors, many
from cardwright.disk.build_lock import Notify
from cardwright.disk.lockfile import check_unchanged, lock_path, read_lock
from cardwright.disk.packed_lock import with_packed_times
from cardwright.filing import (
    Topic,
    decks_of,
    file_notes,
    is_layout_free,
    kept_titles,
    layout_of,
    names_before,
    root_of_file,
    root_of_folder,
)
from cardwright.identify import Identified, identify
from cardwright.identify.hashes import project_for
from cardwright.identify.stamps import stamp_notetypes
from cardwright.lock import FileChoice, KeptTitle, Lock
from cardwright.lock_checks import (
    check_neighbouring_locks,
    check_project,
    check_shared_lock,
    check_unrelated_lock,
)
from cardwright.making import all_files, edit_ahead, is_large
from cardwright.making.finish import with_draft, with_images
from cardwright.making.values import FileResult
from cardwright.making.work_cache import Memory, WorkCache
from cardwright.media import Gathered, gather, prepare_ahead
from cardwright.media.cache import NO_CACHE, Cache
from cardwright.media.fetch_rules import RULES, FetchRules
from cardwright.media.remote import Access
from cardwright.model import (
    Deck,
    DeckName,
    FiledNote,
    NoteSource,
    NoteTypeStamp,
    Place,
    Progress,
    SourceFile,
    no_progress,
)
from cardwright.model.stored import replace_fields
from cardwright.notetypes import fingerprint, notetype_id
from cardwright.notetypes.katex import katex_version
from cardwright.package import check_media, file_name


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a build."""

    now: int  # in seconds since 1970
    is_offline: bool = False
    is_locked: bool = False
    is_strict: bool = False
    lock_file: Path | None = None
    step: Progress = no_progress
    is_updating: bool = False  # fetch pinned images again
    cache: Cache = NO_CACHE  # keeps fetched and shrunk images
    rules: FetchRules = RULES
    is_accepting_new: bool = False  # questions that could be one of several old notes are new
    processes: int = 1
    notify: Notify = lambda _line: None  # called with a line while the build waits
    output: Path | None = None  # the package's folder; a newer one there corrects the lock's times
    is_trusted: bool = False  # the settings may load any extension
    package_name: str = ""  # overrides the file name of the package
    memory: Memory | None = None  # keeps work between builds in one process


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
    """Return the folder that ``output`` names, and the file name of the package.

    The name is ``""`` if ``output`` is only a folder.
    """
    if output.suffix == ".apkg" and not output.is_dir():
        return output.parent, output.name
    return output, ""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A deck before it is written: its values and its problems."""

    root: DeckName
    lock_file: Path
    diagnostics: tuple[Diagnostic, ...]
    decks: tuple[Deck, ...] = ()
    identified: Identified | None = None  # `None` with nothing to build, or an unreadable lock
    style: str = ""  # the deck's own CSS
    source_bytes: int = 0  # images and sounds before they were shrunk
    folder: Path = Path()  # paths of notes are relative to it
    before: Lock | None = None  # the old lock
    work: WorkCache | None = None  # results for the next build
    package_name: str = ""  # its file name
    has_report: bool = True  # the setting `report`


def assemble(path: Path, options: Options) -> Assembly:
    """Take ``path`` through every stage but the last. Writes nothing except the cache."""
    content, problems = read_content(path, is_trusted=options.is_trusted)
    return assemble_content(content, problems, options)


def assemble_content(
    content: Content, problems: tuple[Diagnostic, ...], options: Options
) -> Assembly:
    """Like ``assemble``, for content that was read, with the problems of reading it."""
    path, config = content.path, content.config
    lock_file = lock_path(path, options.lock_file)
    alone = [problem for problem in problems if problem.code is Code.INSIDE_A_DECK]
    likely = DeckName("") if content.is_single else root_of_folder(config, path)
    if alone:  # its settings are not read, so other messages would mislead
        root = likely or root_of_file(path, path.stem)
        return Assembly(root, lock_file, as_seen(content, alone))
    made = _made_content(content, likely, lock_file, options)
    files, sources, root, old_lock = made.files, made.sources, made.root, made.old_lock
    problems += tuple(_reading_problems(files, old_lock))
    problems += tuple(dict.fromkeys(wrong for file in files for wrong in file.problems))
    problems += tuple(_no_question(content, sources, problems))
    if not sources or made.lock_problems:
        return Assembly(root, lock_file, (*made.lock_problems, *as_seen(content, problems)))

    lock = old_lock or Lock(config.project or project_for(root))
    fronts = frozenset(chain.from_iterable(made.fronts.values()))
    name = options.package_name or config.output or file_name(root)
    lock, lock_findings = with_packed_times(lock, lock_file, options.output, name, fronts)
    gathered = _gather(made, content, lock, options)
    old_paths = names_before(made.fronts, lock.entries)
    topics, unsure = _topics(content.files, files, config, lock, old_paths)
    with_notes = [path for path, found in made.fronts.items() if found]
    titles = kept_titles(topics, with_notes, old_paths, lock, root)
    completed, filed = _completed(files, gathered, topics, content, root, titles)
    made.work.take(completed)
    notes = [note for file in completed for note in file.notes]
    lock = replace(
        lock, deck=root, files=_choices(files, topics, config), titles=titles, pins=gathered.pins,
        katex=katex_version() if lock.katex or any(note.has_katex for note in notes) else "",
    )  # fmt: skip
    lock = stamp_notetypes(lock, _notetypes(sources, lock, root, content.style), options.now)
    is_new = options.is_accepting_new
    drafts = tuple(note.draft.entry for note in notes if note.draft)
    identified = identify(filed, drafts, lock, options.now, is_accepting_new=is_new)
    problems += tuple(check_neighbouring_locks(content, lock_file, lock, identified))
    problems += (*gathered.diagnostics, *unsure, *identified.diagnostics)
    problems += tuple(check_project(config, lock))
    lock_findings += () if is_new else tuple(check_unrelated_lock(lock_file, old_lock, identified))
    if options.is_locked:
        lock_findings += check_unchanged(lock_file, identified.lock)
    return Assembly(
        root,
        lock_file,
        (*as_seen(content, problems), *lock_findings, *check_media(identified.notes, name)),
        decks=decks_of(filed, config, root, lock.project),
        identified=identified,
        style=content.style,
        source_bytes=gathered.source_bytes,
        folder=content.folder,
        before=old_lock,
        work=made.work,
        package_name=name,
        has_report=config.report,
    )


def _reading_problems(files: Sequence[FileResult], lock: Lock | None) -> Iterator[Diagnostic]:
    kept = {choice.file for choice in (lock.files if lock else ()) if choice.questions}
    for file in files:
        yield from file.read_problems
        yield from () if file.path in kept else file.term_problems


@dataclass(frozen=True, slots=True)
class _MadeContent:
    """What each file alone decides."""

    files: Sequence[FileResult]
    work: WorkCache
    root: DeckName
    cache: Cache  # of earlier builds
    memory: Memory  # of earlier builds in this process
    old_lock: Lock | None
    lock_problems: tuple[Diagnostic, ...]

    @property
    def sources(self) -> list[NoteSource]:
        return [note.source for file in self.files for note in file.notes]

    @property
    def fronts(self) -> dict[str, set[str]]:
        """The normalised fronts in each file."""
        return {file.path: {note.imprint.front for note in file.notes} for file in self.files}


def _made_content(
    content: Content, likely: DeckName, lock_file: Path, options: Options
) -> _MadeContent:
    """Read the lock, take all files to their notes, and prepare local images meanwhile.

    ``likely`` is the root deck, or ``""`` for a single file, which may name it.
    """
    path, config = content.path, content.config
    processes = 1 if options.memory or options.cache.folder is None else options.processes
    with edit_ahead(content, likely, processes, options.output) as ready:
        lock, problems = read_lock(lock_file)
        if content.is_single:
            problems += as_seen(content, check_shared_lock(path, lock_file, lock))
        elif lock:
            likely = root_of_folder(config, path, lock.deck)
        memory = options.memory or Memory()
        work = WorkCache(options.cache, content.folder.resolve(), config, content.is_single, memory)
        cache = replace(options.cache, drawings=work.drawings())
        with prepare_ahead(content.folder, config, cache, memory.images) as begin_images:
            files = all_files(
                content, likely, lock, work, options.processes, options.step, begin_images, ready
            )
    if work.foreign:
        options.notify(f"{options.cache.folder}: {many(work.foreign, 'file')} {_FOREIGN}")
    root = likely
    if content.is_single:
        title = files[0].title if files else ""
        named = content.files[0].front_matter.deck if files else ""
        root = root_of_file(path, title, named, lock.deck if lock else "")
    return _MadeContent(files, work, root, cache, memory, lock, problems)


_FOREIGN = "damaged, or of another user: that work is done again"


def _completed(
    files: Sequence[FileResult],
    gathered: Gathered,
    topics: Sequence[Topic],
    content: Content,
    root: DeckName,
    titles: Sequence[KeptTitle],
) -> tuple[tuple[FileResult, ...], tuple[FiledNote, ...]]:
    """Return the files with fields and drafts in their notes, and the notes with decks and tags."""
    config = content.config
    by_name = {media.name: media for media in gathered.found.values()}
    is_large_deck = is_large(content)
    notes = [
        with_images(note, gathered.found, config, is_large=is_large_deck)
        for file in files
        for note in file.notes
    ]
    resolved = [
        replace_fields(note, media=tuple(by_name[media.name] for media in note.media))
        if note.media  # with the bytes of its files
        else note
        for note in (each.resolved for each in notes)
        if note
    ]
    is_single, keepers = content.is_single, {kept.file for kept in titles}
    filed = file_notes(resolved, topics, config, root, is_single=is_single, keepers=keepers)
    notes = [with_draft(note, each, config) for note, each in zip(notes, filed, strict=True)]
    rest = iter(notes)
    complete = (replace(file, notes=tuple(islice(rest, len(file.notes)))) for file in files)
    return tuple(complete), filed


def _gather(made: _MadeContent, content: Content, lock: Lock, options: Options) -> Gathered:
    access = Access(
        lock.pins, made.cache, options.rules, is_offline=options.is_offline,
        is_updating=options.is_updating, now=options.now,
    )  # fmt: skip
    notes = [note.rendered for file in made.files for note in file.notes if note.rendered]
    return gather(notes, content.folder, content.config, access, options.step, made.memory.images)


def _no_question(
    content: Content, sources: Sequence[NoteSource], problems: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Yield QA301, unless an error already explains why there is no question."""
    if not sources and not has_errors(problems, strict=False):
        place = Place(content.path.name if content.is_single else ".")
        message = "there is no question with an answer"
        hint = "'cardwright rule QA301' shows how questions are written"
        if content.config.require_tag:
            message += " and a tag of 'require_tag'"
            tags = content.config.require_tag
            named = ", ".join(f"'{tag}'" for tag in tags)
            one = "the tag" if len(tags) == 1 else "one of the tags"
            hint = f"'require_tag' takes only questions with {one} {named}"
        yield Diagnostic(place, Code.NO_QUESTIONS, message, hint)


def _topics(
    sources: Sequence[SourceFile], files: Sequence[FileResult], config: Config, lock: Lock,
    old_paths: Mapping[str, str],
) -> tuple[list[Topic], tuple[Diagnostic, ...]]:  # fmt: skip
    """Return the topic of each file. Its layout is kept, even if the file was renamed."""
    kept = {choice.file: choice.subdecks for choice in lock.files}
    topics: list[Topic] = []
    problems: list[Diagnostic] = []
    for source, file in zip(sources, files, strict=True):
        notes = [note.source for note in file.notes]
        old_path = old_paths.get(source.path, source.path)
        layout, unsure = layout_of(source, notes, config, kept.get(old_path, ""))
        topics.append(Topic(source, file.title, layout))
        problems += unsure
    return topics, tuple(problems)


def _choices(
    files: Sequence[FileResult], topics: Sequence[Topic], config: Config
) -> tuple[FileChoice, ...]:
    """Return what ``auto`` chose for each file with questions. Empty where settings choose."""
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
    """Yield the note types that the notes use, without a change time."""
    for kind in sorted({source.kind for source in sources}):
        stamp = fingerprint(kind, root, lock.katex, style)
        yield NoteTypeStamp(kind, notetype_id(lock.project, kind), stamp, 0)
