"""Defines ``cardwright pull``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardwright.cli.anki_options import (
    ANKI,
    COLLECTION,
    FULL_DOWNLOAD,
    PROFILE,
    SYNC,
    AnkiTarget,
    chosen_target,
)
from cardwright.cli.arguments import (
    DIR,
    LOCK,
    NO_CACHE,
    OFFLINE,
    PATH,
    STRICT,
    TRUST,
    BuildArguments,
    examples,
    with_build_arguments,
)

if TYPE_CHECKING:
    from cardwright.delivery.values import AnkiNote, Wanted
    from cardwright.model import Guid


@click.command(
    epilog=examples(
        "cardwright pull",
        "cardwright pull notes --from exported.apkg",
        "cardwright pull --profile 'User 1' --apply",
    )
)
@PATH
@DIR
@ANKI
@COLLECTION
@PROFILE
@SYNC
@FULL_DOWNLOAD
@click.option(
    "--from", "package", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="PACKAGE", help="An .apkg or .colpkg that Anki exported.",
)  # fmt: skip
@click.option("--apply", "applies", is_flag=True, help="Apply the patch to the files.")
@click.option("--tags", is_flag=True, help="Include tags that were added in Anki.")
@click.option(
    "--theirs", is_flag=True, help="If you and Anki both changed a field, use Anki's.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@with_build_arguments(OFFLINE, STRICT, NO_CACHE, LOCK, TRUST)
def pull(
    arguments: BuildArguments, anki: str | None, collection: Path | None, profile: str | None,
    sync: bool, full_download: bool, package: Path | None, applies: bool, tags: bool,
    theirs: bool, as_json: bool,
) -> int:  # fmt: skip
    """Print the edits that were made in Anki as a patch of PATH.

    Each field that was changed in Anki is compared with the packed one. The words that differ are
    replaced in the Markdown. Each edit is verified: the patched file renders to exactly this field.
    Other edits are listed with both versions, their file and line.

    The patch is a unified diff, for 'git apply' or --apply. Nothing is changed in Anki. By default
    the edits come from the running Anki, through the add-on AnkiConnect.
    """
    from cardwright.content import read_content
    from cardwright.delivery.values import AnkiError
    from cardwright.diagnostics import has_errors
    from cardwright.pipeline import assemble
    from cardwright.pull import PullChoices, Pulled, pull_edits
    from cardwright.pull.anki_notes import wanted_of
    from cardwright.pull.files import write_files
    from cardwright.pull.report import diff_lines, pulled_object, summary, unplaced
    from cardwright.terminal import Terminal

    target = chosen_target(anki, collection, profile, is_synced=sync, is_downloading=full_download)
    if package and (target.collection or target.profile or target.is_synced or anki):
        raise click.UsageError("give --from, or one of --anki, --collection, --profile and --sync")
    terminal = Terminal(is_quiet=as_json)
    path, strict = arguments.path, arguments.strict
    options = arguments.options(terminal)
    pulled, is_written = Pulled(), False
    with terminal:
        assembly = assemble(path, options)
        diagnostics = assembly.diagnostics
        wanted = wanted_of(assembly)
        folder = assembly.folder
        if wanted and not has_errors(diagnostics, strict=strict):
            try:
                anki_deck = _anki_deck(target, package, wanted)
                content, _ = read_content(path, is_trusted=arguments.trust)
                choices = PullChoices(with_tags=tags, takes_theirs=theirs)
                pulled = pull_edits(
                    content, assembly, anki_deck, arguments.folder, options, choices
                )
                diagnostics += tuple(unplaced(pulled, folder))
            except AnkiError as error:
                name = package.as_posix() if package else target.name
                diagnostics += (error.diagnostic(name),)
    lines = list(diff_lines(pulled, folder))
    if applies and pulled.patches:
        problems = write_files(pulled.patches, folder)
        diagnostics += problems
        is_written = not problems
    if as_json:
        shown = pulled_object(pulled, folder, "".join(lines), diagnostics, is_written=is_written)
        click.echo(json.dumps(shown, indent=2))
    else:
        for line in lines:
            terminal.patch_line(line)
        if not has_errors(diagnostics, strict=False):
            terminal.notice(summary(pulled, is_written=is_written))
        terminal.problems(diagnostics, is_strict=strict)
    return 1 if has_errors(diagnostics, strict=strict) else 0


def _anki_deck(target: AnkiTarget, package: Path | None, wanted: Wanted) -> Mapping[Guid, AnkiNote]:
    """Return the deck's notes from Anki. A collection is read from a copy."""
    from cardwright.delivery.collection import opened
    from cardwright.delivery.profiles import profile_collection
    from cardwright.pull.anki_notes import check_has_notes, copied, notes_in_package

    if package is not None:
        notes = notes_in_package(package, wanted)
        name = package.name
    elif target.collection or target.profile:
        file = target.collection or profile_collection(target.profile)
        name = file.name
        with copied(file) as copy, opened(copy) as anki:
            notes = anki.read_deck(wanted).notes
    else:
        name = target.name
        with target.opened(is_writing=False) as running:
            notes = running.read_deck(wanted).notes
    check_has_notes(notes, name, wanted)
    return notes
