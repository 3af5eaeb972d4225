"""Plans a build: what it would do, without doing it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cardwright.atomic_files import workspace
from cardwright.building import Built, digest_of, packed_text, write_package
from cardwright.changes.old_notes import changed_notes, old_notes
from cardwright.diagnostics import has_errors
from cardwright.disk.lockfile import check_lock, would_change
from cardwright.identify import Identified
from cardwright.lock import Lock
from cardwright.lock.order import in_source_order
from cardwright.lock.text import format_lock
from cardwright.package import check_size
from cardwright.pipeline import Assembly, Options, assemble
from cardwright.planning.notes import notetype_changes, planned_notes
from cardwright.planning.values import BuildPlan, RetiredNote
from cardwright.source.names import shown_path

__all__ = ["plan_build", "planned_changes"]


def plan_build(path: Path, output: Path, options: Options) -> BuildPlan:
    """Return what ``build_deck`` would do with the same arguments. Writes nothing.

    After an error, ``built`` has no package and the plan has no notes. The old texts come from
    the package in ``output``.
    """
    assembly = assemble(path, replace(options, output=output))
    identified = assembly.identified
    if identified is None:
        return BuildPlan(Built(assembly, assembly.diagnostics))
    diagnostics = (*assembly.diagnostics, *check_lock(assembly.lock_file, identified.lock))
    if has_errors(diagnostics, strict=options.is_strict):
        return BuildPlan(Built(assembly, diagnostics))
    options.step("packing", 0, 1)
    package, lock = output / assembly.package_name, format_lock(identified.lock)
    with workspace(Path()) as folder:
        made = Path(folder) / package.name
        packed = packed_text(identified.lock, lock)
        write_package(assembly, identified, packed, package, made)
        diagnostics += check_size(made, package.name)
        size, digest = made.stat().st_size, digest_of(made)
    if has_errors(diagnostics, strict=options.is_strict):
        return BuildPlan(Built(assembly, diagnostics))
    plan = planned_changes(assembly, identified, package)
    return replace(
        plan,
        built=Built(assembly, diagnostics, package, size, digest, plan.built.old),
        is_lock_changed=would_change(assembly.lock_file, lock),
        is_package_changed=_is_other(package, digest),
    )


def planned_changes(assembly: Assembly, identified: Identified, package: Path) -> BuildPlan:
    """Return what a build would do to notes and note types.

    ``package`` is where the package would be, and where the last one is.
    """
    before = assembly.before or Lock(identified.lock.project)
    old = old_notes(assembly.before, package, changed_notes(identified))
    now = {*identified.changes.retired}
    gone = {entry.guid for entry in identified.lock.entries if entry.is_retired}
    retired = (
        RetiredNote(entry, shown_path(assembly.folder, entry.file), entry.guid in now)
        for entry in in_source_order(identified.lock, gone)
    )
    return BuildPlan(
        Built(assembly, assembly.diagnostics, old=old),
        planned_notes(assembly, identified, old),
        tuple(retired),
        tuple(notetype_changes(before, identified.lock, assembly.style)),
    )


def _is_other(package: Path, digest: str) -> bool:
    """Whether there is a package with other bytes."""
    try:
        return package.is_file() and digest_of(package) != digest
    except OSError:
        return False
