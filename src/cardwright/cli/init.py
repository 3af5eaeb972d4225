"""Defines ``cardwright init``."""

from __future__ import annotations

from pathlib import Path

import click

from cardwright.cli.arguments import command, is_interactive


@command("cardwright init", "cardwright init notes --yes")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--yes", is_flag=True, help="Do not ask; take the defaults.")
def init(path: Path | None, yes: bool) -> int:
    """Write settings for the notes in PATH, or a small deck to start with.

    Without PATH, it takes the folder 'content' if there is one. Otherwise it takes this folder if
    it has Markdown or is a vault, or else a new folder 'content'. It never changes an existing
    file.
    """
    from cardwright.atomic_files import commit, stage
    from cardwright.scaffold import first_files
    from cardwright.terminal import Terminal

    folder = path or _default()
    if folder.is_file():
        words = f"'{folder}' is a file and needs no settings; 'cardwright build {folder}' builds it"
        raise click.UsageError(words, click.get_current_context())
    can_ask = is_interactive() and not yes

    def ask(question: str, default: str) -> str:
        return str(click.prompt(question, default=default)) if can_ask else default

    terminal = Terminal(is_quiet=False)
    with terminal:
        found = first_files(folder, Path(), ask, terminal.show_progress)
    for file, text in found.files.items():
        commit(stage(file, text.encode()), file)
        terminal.result(f"wrote {file}")
    for line in found.lines:
        terminal.result(line)
    return 0


def _default() -> Path:
    from shlex import quote

    from cardwright.diagnostics import many
    from cardwright.scaffold import default_folder

    found = default_folder(Path())
    if isinstance(found, Path):
        return found
    first, *others = found
    folder = "." if others else first if quote(first) == first else f'"{first}"'
    places = f"{first}/ and {many(len(others), 'other folder')}" if others else f"{first}/"
    words = (
        f"Markdown is in {places}: run 'cardwright init {folder}', or 'cardwright init example' "
        "for a small deck"
    )
    raise click.UsageError(words, click.get_current_context())
