"""Writes the package, the lock and the report of a deck."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cardwright.atomic_files import commit, stage
from cardwright.changes.old_notes import NO_OLD_NOTES, OldNotes, changed_notes, old_notes
from cardwright.diagnostics import Code, Diagnostic, has_errors
from cardwright.disk.build_lock import BuildLock, build_lock
from cardwright.disk.lockfile import (
    check_lock,
    lock_path,
    remove_leftovers,
    stage_package,
    write_lock_and_package,
    written_lock,
)
from cardwright.disk.packed_lock import remove_renamed
from cardwright.identify import Identified
from cardwright.lock import Lock
from cardwright.lock.deliveries import without_deliveries
from cardwright.lock.text import format_lock
from cardwright.model import DeckName
from cardwright.notetypes.katex import katex_media
from cardwright.package import check_size, pack
from cardwright.pipeline import Assembly, Options, assemble

if TYPE_CHECKING:
    from cardwright.report.page import Figures


@dataclass(frozen=True, slots=True)
class Built:
    """The result of a build."""

    assembly: Assembly
    diagnostics: tuple[Diagnostic, ...]
    package: Path | None = None  # `None` if errors prevented it
    size: int = 0  # of the package as written, in bytes
    digest: str = ""  # its SHA-256, in hex
    old: OldNotes = NO_OLD_NOTES  # the notes that the build changed, as the last package had them
    report: Path | None = None  # the page, `None` if none was written


def build_deck(path: Path, output: Path, options: Options) -> Built:
    """Build the package of ``path`` into the folder ``output``, and write the lock.

    Holds the build lock from reading the lock to writing it.
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
    lock_file, is_same = assembly.lock_file, identified.lock == assembly.before
    remove_leftovers(package, lock_file, build.key)
    options.cache.sweep()
    written = written_lock(lock_file)
    lock = (is_same and written) or format_lock(identified.lock)
    packed_lock = packed_text(identified.lock, lock)
    digest = _packed_before(package, assembly, packed_lock) if lock == written else ""
    if digest:
        diagnostics += check_size(package, package.name)
        if has_errors(diagnostics, strict=options.is_strict):
            return Built(assembly, diagnostics)
        built = Built(assembly, diagnostics, package, package.stat().st_size, digest)
        return _reported(built, package, build.key)
    if is_same:  # git or a person may have written the same lock in another way
        lock = format_lock(identified.lock)
        packed_lock = packed_text(identified.lock, lock)
    options.step("packing", 0, 1)
    work = assembly.work
    assert work is not None
    built = _written(assembly, package, lock, packed_lock, diagnostics, options, build)
    if built.package:
        work.write_new()
        inputs = work.package_inputs(packed_lock, assembly.root, assembly.style)
        work.keep_package(package.name, inputs, built.digest)
        options.cache.prune({pin.sha256 for pin in identified.lock.pins})
        built = _reported(built, package, build.key)
    return built


def _written(
    assembly: Assembly, package: Path, lock: str, packed_lock: str,
    diagnostics: tuple[Diagnostic, ...], options: Options, build: BuildLock,
) -> Built:  # fmt: skip
    """Write both the package and the lock, or neither."""
    lock_file, identified = assembly.lock_file, assembly.identified
    assert identified is not None
    write = partial(write_package, assembly, identified, packed_lock, package)
    with ThreadPoolExecutor(1) as reader:  # unpacks the last package while we write the next
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
    problems = write_lock_and_package(
        package, staged, lock_file, lock, build.key, is_keeping_old=is_behind
    )
    if problems:
        return Built(assembly, (*diagnostics, *problems))
    remove_renamed(package, assembly.before, assembly.root)
    return Built(assembly, diagnostics, package, size, digest, old.result())


def _figures(assembly: Assembly, identified: Identified, size: int) -> Figures:
    """Return the figures of the report page. ``size`` is that of the package, in bytes."""
    from cardwright.report.page import figures_of  # here: an unchanged build needs none

    files = assembly.work.files if assembly.work else ()
    counts = (note.counts for file in files for note in file.notes if note.counts)
    places = (identity.place for identity in identified.identities)
    katex = sum(len(file.content) for file in katex_media()) if identified.lock.katex else 0
    fonts = {"Fonts and styles of formulas": katex} if katex else {}
    return figures_of(
        assembly.root, assembly.package_name, size, identified.notes, places, counts, fonts
    )


def _reported(built: Built, package: Path, key: str) -> Built:
    """Write the report page, unless the page of this package and these places exists already.

    Never overwrites a file of another tool.
    """
    assembly, path = built.assembly, package.parent / _REPORT
    try:
        there = None  # the start of the page, which names its maker and its state
        if path.exists():
            with path.open("rb") as file:
                there = file.read(1000)
        if there is not None and _OURS not in there:
            return built
        if not assembly.has_report or assembly.work is None or assembly.identified is None:
            path.unlink(missing_ok=True)
            return built
        places = [(each.place.path, each.place.line) for each in assembly.identified.identities]
        state = hashlib.sha256(repr((built.digest, places)).encode()).hexdigest()
        if there is not None and state.encode() in there:
            return built
        from cardwright.report.page import page

        figures = _figures(assembly, assembly.identified, built.size)
        commit(stage(path, page(figures, state).encode(errors="replace"), key), path)
    except OSError:
        return built  # the package is written, and the report is optional
    return replace(built, report=path)


_REPORT = "report.html"
_OURS = b'<meta name="generator" content="Cardwright">'


def packed_text(lock: Lock, text: str) -> str:
    """Return the text of the lock for the package. ``text`` is the text of the lock itself."""
    bare = without_deliveries(lock)
    return text if bare is lock else format_lock(bare)


def _packed_before(package: Path, assembly: Assembly, lock: str) -> str:
    """Return the SHA-256 (hex) of the existing package if it is up to date, else ``""``."""
    if assembly.work is None or not package.is_file() or package.is_symlink():
        return ""
    inputs, digest = assembly.work.package(package.name)
    is_same = inputs == assembly.work.package_inputs(lock, assembly.root, assembly.style)
    return digest if inputs and is_same and digest_of(package) == digest else ""


def write_package(
    assembly: Assembly, identified: Identified, lock: str, last: Path, path: Path
) -> None:
    """Write the package of these notes, with the text of their lock, to a new file ``path``.

    ``last`` is the previous package, which may not exist.
    """
    notes, types, katex = identified.notes, identified.lock.notetypes, identified.lock.katex
    decks, root, style = assembly.decks, assembly.root, assembly.style
    pack(path, notes, decks, types, root, katex, style, lock, last=last)


def digest_of(path: Path) -> str:
    """Return the SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
