"""Defines the API of ``import cardwright``: build, check, plan and read a deck from Python.

The values here are for other people's programs. They have plain fields, and change only by
additions. Everything else in the package may change at any time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from cardwright import diagnostics as found_problems
from cardwright.building import build_deck
from cardwright.identify import Changes, Identified
from cardwright.media.cache import CACHE, Cache
from cardwright.pipeline import Assembly, Options, assemble, build_time, folder_and_name
from cardwright.planning import plan_build
from cardwright.source.names import shown_path

StrPath = str | os.PathLike[str]
"""A path as ``open`` accepts it."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A message about the content.

    ``line`` and ``column`` count from 1, and are 0 if the message is about a whole file. ``hint``
    says what to do. ``excerpt`` shows the text with a caret below it. Both can be ``""``.
    ``str(diagnostic)`` is the message as the command line prints it.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Literal["error", "warning"]
    message: str
    hint: str
    excerpt: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Note:
    """A note as the package has it.

    ``front``, ``back``, ``hint`` and ``extra`` are HTML, with formulas typeset. ``text`` is the
    front as plain text. ``path`` and ``line`` say where the question is.
    """

    guid: str
    kind: Literal["qa", "cloze"]
    front: str
    back: str
    hint: str
    extra: str
    text: str
    deck: str
    tags: tuple[str, ...]
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck as a build would pack it. Without notes if an error prevents reading the content."""

    name: str
    notes: tuple[Note, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did.

    ``package`` is the path of the package, or ``None`` after an error: nothing was written then.
    ``sha256`` and ``size`` (in bytes) are those of the package. ``new``, ``changed``, ``moved``,
    ``unchanged`` and ``retired`` hold GUIDs. Each note of ``notes`` is in one of the first four.
    """

    package: Path | None
    sha256: str
    size: int
    notes: tuple[Note, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    moved: tuple[str, ...]
    unchanged: tuple[str, ...]
    retired: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """A note that a build would add, change, move or retire.

    ``change`` is one of the words that ``cardwright plan --json`` has for it, such as ``new``.
    ``line`` is 0 if the question is gone.
    """

    change: str
    guid: str
    question: str
    deck: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would do. ``has_changes`` is whether it would change anything.

    After an error, a build would write nothing: then ``is_possible`` is false, and ``notes`` is
    empty.
    """

    is_possible: bool
    has_changes: bool
    notes: tuple[PlannedNote, ...]
    diagnostics: tuple[Diagnostic, ...]


def build(
    path: StrPath,
    output: StrPath = "build",
    *,
    lock: StrPath | None = None,
    strict: bool = False,
    locked: bool = False,
    offline: bool = False,
    update_images: bool = False,
    accept_new: bool = False,
    trust: bool = False,
    cache: bool = True,
    processes: int = 1,
) -> Build:
    """Build the package of ``path``, and write the lock.

    ``path`` is a folder with an optional ``deck.yml``, or one Markdown file. ``output`` is a
    folder, or the path of an ``.apkg`` file. The options are those of ``cardwright build``.
    With more ``processes``, large decks take less time. On Windows and macOS your program then
    needs ``if __name__ == "__main__"``, as for every use of ``multiprocessing``.

    Raises ``FileNotFoundError`` if there is no ``path``, and ``ValueError`` for options that
    exclude each other or a ``SOURCE_DATE_EPOCH`` that is no number. Everything that is wrong
    with the content is in ``diagnostics``.
    """
    if offline and update_images:
        raise ValueError("update_images needs the network, and offline forbids it")
    content, folder, options = _arguments(path, output, lock, cache=cache, is_writing=True)
    options = replace(
        options, is_strict=strict, is_locked=locked, is_offline=offline, is_updating=update_images,
        is_accepting_new=accept_new, is_trusted=trust, processes=processes,
    )  # fmt: skip
    built = build_deck(content, folder, options)
    identified = built.assembly.identified if built.package else None
    changes = identified.changes if identified else Changes()
    return Build(
        package=built.package,
        sha256=built.digest,
        size=built.size,
        notes=_notes(built.assembly, identified),
        new=changes.new,
        changed=changes.changed,
        moved=changes.moved,
        unchanged=changes.unchanged,
        retired=changes.retired,
        diagnostics=_diagnostics(built.diagnostics),
    )


def check(
    path: StrPath,
    output: StrPath = "build",
    *,
    lock: StrPath | None = None,
    offline: bool = False,
    trust: bool = False,
    cache: bool = True,
    processes: int = 1,
) -> tuple[Diagnostic, ...]:
    """Return what ``cardwright check`` says about ``path``. Writes nothing.

    A build fails if any diagnostic has the severity ``error``. Arguments and exceptions are those
    of ``build``. ``output`` has the cache and the last package.
    """
    return read(
        path, output, lock=lock, offline=offline, trust=trust, cache=cache, processes=processes
    ).diagnostics


def read(
    path: StrPath,
    output: StrPath = "build",
    *,
    lock: StrPath | None = None,
    offline: bool = False,
    trust: bool = False,
    cache: bool = True,
    processes: int = 1,
) -> Deck:
    """Return the notes of ``path`` as a build would pack them, with their GUIDs. Writes nothing.

    Arguments and exceptions are those of ``build``.
    """
    content, _, options = _arguments(path, output, lock, cache=cache)
    options = replace(options, is_offline=offline, is_trusted=trust, processes=processes)
    assembly = assemble(content, options)
    notes = _notes(assembly, assembly.identified)
    return Deck(assembly.root, notes, _diagnostics(assembly.diagnostics))


def plan(
    path: StrPath,
    output: StrPath = "build",
    *,
    lock: StrPath | None = None,
    strict: bool = False,
    offline: bool = False,
    accept_new: bool = False,
    trust: bool = False,
    cache: bool = True,
    processes: int = 1,
) -> Plan:
    """Return what ``build`` would do with the same arguments. Writes nothing.

    ``notes`` are in the order in which ``cardwright plan`` shows them. Exceptions are those of
    ``build``.
    """
    content, folder, options = _arguments(path, output, lock, cache=cache)
    options = replace(
        options, is_strict=strict, is_offline=offline, is_accepting_new=accept_new,
        is_trusted=trust, processes=processes,
    )  # fmt: skip
    planned = plan_build(content, folder, options)
    return Plan(
        is_possible=planned.built.package is not None,
        has_changes=not planned.is_nothing,
        notes=tuple(
            PlannedNote(note.what.word, note.guid, note.question, note.deck, note.path, note.line)
            for note in planned.notes
        ),
        diagnostics=_diagnostics(planned.built.diagnostics),
    )


def _arguments(
    path: StrPath,
    output: StrPath,
    lock: StrPath | None,
    *,
    cache: bool,
    is_writing: bool = False,
) -> tuple[Path, Path, Options]:
    """Return the content, the folder of the package, and the options that follow from them."""
    content = Path(path)
    if not content.exists():
        raise FileNotFoundError(2, os.strerror(2), str(path))
    folder, name = folder_and_name(Path(output))
    options = Options(
        build_time(),
        lock_file=Path(lock) if lock is not None else None,
        cache=Cache(folder / CACHE if cache else None, is_writable=is_writing),
        output=folder,
        package_name=name,
    )
    return content, folder, options


def _notes(assembly: Assembly, identified: Identified | None) -> tuple[Note, ...]:
    if identified is None:
        return ()
    pairs = zip(identified.notes, identified.identities, strict=True)
    return tuple(
        Note(
            guid=note.guid,
            kind="cloze" if note.kind == "cloze" else "qa",
            front=note.front,
            back=note.back,
            hint=note.hint,
            extra=note.extra,
            text=note.plain,
            deck=note.deck,
            tags=note.tags,
            path=shown_path(assembly.folder, identity.place.path),
            line=identity.place.line,
        )
        for note, identity in pairs
    )


def _diagnostics(problems: Iterable[found_problems.Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            path=problem.place.path,
            line=problem.place.line,
            column=problem.place.column,
            code=problem.code.code,
            severity="error" if problem.is_error else "warning",
            message=problem.message,
            hint=problem.hint,
            excerpt=problem.excerpt,
            text=found_problems.as_text(problem),
        )
        for problem in problems
    )
