"""Defines ``cardwright pull``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardwright.cli.anki_options import with_anki_target
from cardwright.cli.arguments import (
    DIR,
    JSON,
    READ_OPTIONS,
    BuildArguments,
    command,
    print_json,
    with_build_arguments,
)

if TYPE_CHECKING:
    from cardwright.content import Content
    from cardwright.delivery.target import AnkiTarget
    from cardwright.diagnostics import Diagnostic
    from cardwright.pipeline import Assembly, Options
    from cardwright.pull import PullChoices, Pulled


@command(
    "cardwright pull",
    "cardwright pull notes --from exported.apkg",
    "cardwright pull --profile 'User 1' --apply",
)
@DIR
@with_anki_target
@click.option(
    "--from", "package", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="PACKAGE", help="An .apkg or .colpkg that Anki exported.",
)  # fmt: skip
@click.option("--apply", "applies", is_flag=True, help="Apply the patch to the files.")
@click.option("--tags", is_flag=True, help="Include tags that were added in Anki.")
@click.option(
    "--theirs", is_flag=True, help="If you and Anki both changed a field, use Anki's.",
)  # fmt: skip
@JSON
@with_build_arguments(*READ_OPTIONS)
def pull(
    arguments: BuildArguments, target: AnkiTarget, package: Path | None, applies: bool,
    tags: bool, theirs: bool, as_json: bool,
) -> int:  # fmt: skip
    """Print the edits that were made in Anki as a patch of PATH.

    Each field that was changed in Anki is compared with the packed one. The words that differ are
    replaced in the Markdown. Each edit is verified: the patched file renders to exactly this field.
    Other edits are listed with both versions, their file and line.

    The patch is a unified diff, for 'git apply' or --apply. Nothing is changed in Anki. By default
    the edits come from the running Anki, through the add-on AnkiConnect.
    """
    from cardwright.content import read_content
    from cardwright.diagnostics import has_errors
    from cardwright.pipeline import assemble_content
    from cardwright.pull import PullChoices
    from cardwright.pull.files import patched_files, write_files
    from cardwright.pull.report import pulled_object, summary
    from cardwright.terminal import Terminal

    if package and not target.is_default:
        raise click.UsageError("give --from, or one of --anki, --collection, --profile and --sync")
    terminal = Terminal(is_quiet=as_json)
    options = arguments.options(terminal)
    choices, is_written = PullChoices(with_tags=tags, takes_theirs=theirs), False
    with terminal:
        content, problems = read_content(arguments.path, is_trusted=arguments.trust)
        assembly = assemble_content(content, problems, options)
        pulled, problems = _pulled(content, assembly, arguments, options, target, package, choices)
    folder = assembly.folder
    files, changed = patched_files(pulled.patches, folder)
    diagnostics = (*assembly.diagnostics, *problems, *changed)
    lines = [line for file in files for line in file.diff()]
    if applies and files and not changed:
        problems = write_files(files)
        diagnostics += problems
        is_written = not problems
    if as_json:
        text = "".join(lines)
        print_json(pulled_object(pulled, folder, text, diagnostics, is_written=is_written))
    else:
        for line in lines:
            terminal.patch_line(line)
        if not has_errors(diagnostics, strict=False):
            terminal.notice(summary(pulled, is_written=is_written))
        terminal.problems(diagnostics, is_strict=arguments.strict)
    return 1 if has_errors(diagnostics, strict=arguments.strict) else 0


def _pulled(
    content: Content, assembly: Assembly, arguments: BuildArguments, options: Options,
    target: AnkiTarget, package: Path | None, choices: PullChoices,
) -> tuple[Pulled, tuple[Diagnostic, ...]]:  # fmt: skip
    """Return the edits. There are none if the content has errors or Anki cannot be read."""
    from cardwright.delivery.values import AnkiError, BuiltDeck
    from cardwright.diagnostics import has_errors
    from cardwright.pull import Pulled, pull_edits
    from cardwright.pull.anki_notes import read_notes
    from cardwright.pull.report import unplaced

    identified = assembly.identified
    if identified is None or has_errors(assembly.diagnostics, strict=arguments.strict):
        return Pulled(), ()
    wanted = BuiltDeck(assembly.root, identified.lock, identified.notes)
    try:
        notes = read_notes(target, package, wanted)
    except AnkiError as error:
        return Pulled(), (error.diagnostic(package.as_posix() if package else target.name),)
    pulled = pull_edits(content, assembly, notes, arguments.folder, options, choices)
    return pulled, tuple(unplaced(pulled, assembly.folder))
