"""Changes a lock between builds: merges conflicts, forgets notes, notes deliveries, restores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cardwright.changes.browse import id_search
from cardwright.diagnostics import Code, Diagnostic, did_you_mean, has_errors, many, shorten
from cardwright.disk.build_lock import BuildLock, Notify, build_lock
from cardwright.disk.lockfile import read_lock, write_lock
from cardwright.disk.packed_lock import read_packed_lock
from cardwright.lock import Lock
from cardwright.lock.conflicts import merge_conflicts, salvage_lock
from cardwright.lock.deliveries import BY_HAND, mark_delivered, pending, with_deliveries
from cardwright.model import Guid, Place
from cardwright.package.packed import NotReadable, read_package
from cardwright.pipeline import Options, assemble
from cardwright.source import LARGEST_LOCK, read_text
from cardwright.upkeep.restore import Rebuilt, rebuild


@dataclass(frozen=True, slots=True)
class UpkeepResult:
    """What was done, in lines for the user. There are none after an error."""

    lines: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def merge_lock(lock_file: Path, notify: Notify) -> UpkeepResult:
    """Merge both sides of the conflicts that git left in a lock."""
    with build_lock(lock_file, notify) as build:
        if has_errors(build.problems, strict=False):
            return UpkeepResult((), build.problems)
        text, problems = read_text(lock_file, lock_file.as_posix(), LARGEST_LOCK)
        if text is None:
            return UpkeepResult((), problems)
        merged, problems = merge_conflicts(text, lock_file.as_posix())
        if merged is None:
            return UpkeepResult((), problems)
        if not merged.conflicts:
            return UpkeepResult((f"{lock_file}: no conflicts",), build.problems)
        done = f"{lock_file}: {many(merged.conflicts, 'conflict')} merged, "
        done += many(len(merged.lock.entries), "note")
        if merged.duplicates:
            was = "was" if merged.duplicates == 1 else "were"
            done += f"; {merged.duplicates:,} {was} in both, and the newer version was kept"
        return _written(
            (done, f"now: git add {lock_file}, and build"), lock_file, merged.lock, build
        )


def forget_notes(lock_file: Path, guids: Sequence[str], notify: Notify) -> UpkeepResult:
    """Remove retired notes from the lock."""
    with build_lock(lock_file, notify) as build:
        lock, problems = read_lock(lock_file)
        problems = (*build.problems, *problems)
        if lock is None or has_errors(problems, strict=False):
            return UpkeepResult((), problems)
        problems = tuple(_check_retired(lock, guids, lock_file))
        if problems:
            return UpkeepResult((), problems)
        dropped = [entry for entry in lock.entries if entry.guid in guids]
        left = tuple(entry for entry in lock.entries if entry.guid not in guids)
        counts = f"{many(len(dropped), 'note')} forgotten, {len(left):,} left"
        search = id_search(entry.guid for entry in dropped)
        lines = (
            f"{lock_file}: {counts}",
            f"Anki keeps them until you delete them; in Browse, search {search}",
            "if one of these questions comes back in the same words, it is the old note to Anki",
        )
        return _written(lines, lock_file, replace(lock, entries=left), build)


def _check_retired(lock: Lock, guids: Sequence[str], lock_file: Path) -> Iterator[Diagnostic]:
    """Yield LK611 for each GUID that is unknown, or whose question would become a new note."""
    known = {entry.guid: entry for entry in lock.entries}
    for guid in dict.fromkeys(guids):
        entry = known.get(Guid(guid))
        if entry is None:
            hint = did_you_mean(guid, sorted(known)) or "the field Id of a note holds its GUID"
            message = f"there is no note '{shorten(guid)}' in the lock"
        elif not entry.is_retired:
            message = f"'{shorten(entry.front)}' ({guid}) is not retired: its question is in "
            message += f"'{entry.file}', and would become a new note"
            hint = "remove the question from the file and build first"
        else:
            continue
        yield Diagnostic(Place(lock_file.as_posix()), Code.NOT_FORGOTTEN, message, hint)


def note_delivery(lock_file: Path, now: int, notify: Notify) -> UpkeepResult:
    """Note in the lock that the user has done all that was left to do by hand."""
    with build_lock(lock_file, notify) as build:
        lock, problems = read_lock(lock_file)
        problems = (*build.problems, *problems)
        if lock is None or has_errors(problems, strict=False):
            return UpkeepResult((), problems)
        due = pending(lock)
        counts = [
            f"{many(len(due.moved), 'note')} moved" if due.moved else "",
            f"{many(len(due.retired), 'retired note')} deleted" if due.retired else "",
            f"{many(len(due.returned), 'note')} came back" if due.returned else "",
        ]
        done = ", ".join(filter(None, counts)) or "nothing was left to do"
        line = f"{lock_file}: noted as done in Anki: {done}"
        changed = mark_delivered(lock, BY_HAND, now)
        if changed == lock:
            return UpkeepResult((line,), problems)
        return _written((line,), lock_file, changed, build)


def restore_lock(path: Path, lock_file: Path, package: Path, options: Options) -> UpkeepResult:
    """Restore the lock from a package: its own lock, or one rebuilt from fields and content."""
    with build_lock(lock_file, options.notify) as build:
        if has_errors(build.problems, strict=False):
            return UpkeepResult((), build.problems)
        lock, problems = read_packed_lock(package)
        if problems:
            return UpkeepResult((), problems)
        if lock is None:
            return _rebuilt(path, lock_file, package, options, build)
        problems = tuple(_check_not_better(lock_file, lock, package))
        if problems:
            return UpkeepResult((), problems)
        if lock_file.is_file():
            lock = with_deliveries(lock, salvage_lock(_text_of(lock_file)))
        retired = sum(entry.is_retired for entry in lock.entries)
        counts = f"{many(len(lock.entries), 'note')} restored from {package}"
        counts += f", {retired:,} of them retired" if retired else ""
        return _written((f"{lock_file}: {counts}",), lock_file, lock, build)


def _rebuilt(
    path: Path, lock_file: Path, package: Path, options: Options, build: BuildLock
) -> UpkeepResult:
    packed = read_package(package)
    if isinstance(packed, NotReadable):
        message = f"'{package.as_posix()}' {packed.reason}"
        hint = "name a package that 'cardwright build' made, or an export of Anki's from one"
        return UpkeepResult((), (_refused(lock_file, message, hint),))
    if lock_file.exists():
        message = f"'{package.as_posix()}' contains no lock, and its fields hold less than "
        message += f"the present '{lock_file.name}'"
        return UpkeepResult((), (_refused(lock_file, message, _MOVE_AWAY),))
    assembly = assemble(path, options)
    errors = tuple(problem for problem in assembly.diagnostics if problem.is_error)
    if assembly.identified is None or errors:
        return UpkeepResult((), assembly.diagnostics)
    rebuilt = rebuild(packed, assembly.identified, assembly.root)
    if rebuilt.ambiguous:
        return UpkeepResult((), tuple(_ambiguous_problems(lock_file, rebuilt)))
    counts = f"{many(len(rebuilt.lock.entries), 'note')} rebuilt from the fields of {package}"
    lines = (
        f"{lock_file}: {counts}, {rebuilt.found:,} of them questions of {path}",
        "the package contains no lock: retired notes are not in this one",
    )
    return _written(lines, lock_file, rebuilt.lock, build)


def _ambiguous_problems(lock_file: Path, rebuilt: Rebuilt) -> Iterator[Diagnostic]:
    for front, guids in rebuilt.ambiguous.items():
        message = f"'{shorten(front)}' was edited, and it is not clear which question belongs to "
        message += f"which note: {', '.join(guids)}"
        hint = f"write {{#{guids[0]}}} at the end of the question of that note; in Browse, "
        hint += f"search {id_search(map(Guid, guids))}"
        yield _refused(lock_file, message, hint)


_MOVE_AWAY = "if you do not need that lock any more, move it away first"


def _check_not_better(lock_file: Path, restored: Lock, package: Path) -> Iterator[Diagnostic]:
    """Yield LK612 if the present lock knows more than the package, LK603 if it is newer."""
    if not lock_file.is_file():
        return  # if it is a folder, writing will fail
    _, problems = read_lock(lock_file)
    yield from (problem for problem in problems if problem.code is Code.NEWER_LOCK)
    there = salvage_lock(_text_of(lock_file)).entries
    mods = {entry.guid: entry.mod for entry in restored.entries}
    unknown = [entry for entry in there if entry.guid not in mods]
    later = [entry for entry in there if entry.mod > mods.get(entry.guid, entry.mod)]
    for entries, what in ((unknown, "knows"), (later, "knows a later state of")):
        if entries:
            fronts = ", ".join(f"'{shorten(entry.front, 40)}'" for entry in entries[:3])
            rest = ", …" if len(entries) > 3 else ""
            message = f"'{lock_file.name}' {what} {many(len(entries), 'note')} that "
            message += f"'{package.as_posix()}' does not: {fronts}{rest}"
            yield _refused(lock_file, message, _MOVE_AWAY)


def _text_of(lock_file: Path) -> str:
    """Return the text of a lock file, which may be damaged."""
    return lock_file.read_bytes().decode(errors="replace")


def _refused(lock_file: Path, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Place(lock_file.as_posix()), Code.NOT_RESTORED, message, hint)


def _written(lines: tuple[str, ...], lock_file: Path, lock: Lock, build: BuildLock) -> UpkeepResult:
    problems = tuple(write_lock(lock_file, lock, build.key))
    return UpkeepResult(() if problems else lines, (*build.problems, *problems))
