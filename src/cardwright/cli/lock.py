"""Defines ``cardwright lock``."""

from __future__ import annotations

from pathlib import Path

import click

from cardwright.cli.arguments import LOCK, PATH, TRUST, BuildArguments, command, default_output, now


@command(
    "cardwright lock --merge",
    "cardwright lock --forget k3v9x2m4q7w1z",
    "cardwright lock notes --from build/plants.apkg",
    "cardwright lock --delivered",
)
@PATH
@click.option("--merge", is_flag=True, help="Resolve git's conflicts in the lock.")
@click.option(
    "--forget", "guids", multiple=True, metavar="GUID",
    help="Drop a retired note for good; may be given several times.",
)  # fmt: skip
@click.option(
    "--from", "package", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="PACKAGE", help="Restore a lost lock from an .apkg.",
)  # fmt: skip
@click.option(
    "--delivered", is_flag=True,
    help="Record that you imported the package, and did in Anki what 'build' listed.",
)  # fmt: skip
@LOCK
@TRUST
def lock(
    path: Path, merge: bool, guids: tuple[str, ...], package: Path | None, delivered: bool,
    lock_file: Path | None, trust: bool,
) -> int:  # fmt: skip
    """Repair or restore the lock of PATH, drop notes from it, or record what Anki has.

    The lock (deck.lock in a folder, NAME.lock beside a file) ties each question to its note in
    Anki. Exactly one of --merge, --forget, --from and --delivered says what to do.

    --merge asks nothing and loses no note. If both branches changed a note, the newer version wins.

    --forget takes the GUIDs that 'build' prints after "Id:". Anki keeps the notes until you
    delete them there.

    --from restores the lock inside a package. A package that Anki exported has none; then the notes
    are matched with the questions of PATH. It never replaces a lock that has more.

    --delivered clears the list of what is left to do in Anki: cards to move, retired notes to
    delete. 'build' and 'plan' print this list. 'cardwright push' does all of it by itself.
    """
    from cardwright.diagnostics import has_errors
    from cardwright.disk.lockfile import lock_path
    from cardwright.terminal import Terminal
    from cardwright.upkeep import forget_notes, merge_lock, note_delivery, restore_lock

    if sum((merge, bool(guids), package is not None, delivered)) != 1:
        raise click.UsageError("give one of --merge, --forget, --from and --delivered")
    chosen = lock_path(path, lock_file)
    if package is None and not chosen.exists():
        raise click.UsageError(f"there is no '{chosen}'; 'cardwright lock --from' restores one")
    terminal = Terminal(is_quiet=False)
    with terminal:
        if merge:
            done = merge_lock(chosen, terminal.notice)
        elif delivered:
            done = note_delivery(chosen, now(), terminal.notice)
        elif package is None:
            done = forget_notes(chosen, guids, terminal.notice)
        else:
            no_cache = default_output() is None
            arguments = BuildArguments(
                path, offline=True, no_cache=no_cache, lock_file=lock_file, trust=trust
            )
            done = restore_lock(path, chosen, package, arguments.options(terminal))
    for line in done.lines:
        terminal.result(line)
    terminal.problems(done.diagnostics, is_strict=False)
    return 1 if has_errors(done.diagnostics, strict=False) else 0
