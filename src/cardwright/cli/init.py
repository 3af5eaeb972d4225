"""``cardwright init``."""

from __future__ import annotations

from pathlib import Path

import click

from cardwright.cli.arguments import DEFAULT, examples, is_asking


@click.command(epilog=examples("cardwright init", "cardwright init notes --yes"))
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--yes", is_flag=True, help="Do not ask; take the defaults.")
def init(path: Path | None, yes: bool) -> int:
    """Write settings for the notes in PATH, or a small deck to begin with.

    Without PATH: the folder content, where there is one or no Markdown is here; else this folder.
    Files that are there are never changed.
    """
    from cardwright.beginning import begin
    from cardwright.disk import commit, stage
    from cardwright.terminal import Terminal

    folder = path or _default()
    if folder.is_file():
        words = f"'{folder}' is a file and needs no settings; 'cardwright build {folder}' builds it"
        raise click.UsageError(words, click.get_current_context())
    may_ask = is_asking() and not yes

    def ask(question: str, default: str) -> str:
        return str(click.prompt(question, default=default)) if may_ask else default

    terminal = Terminal(is_quiet=False)
    with terminal:
        begun = begin(folder, Path(), ask, terminal.show_progress)
    for file, text in begun.files.items():
        commit(stage(file, text.encode()), file)
        terminal.result(f"wrote {file}")
    for line in begun.lines:
        terminal.result(line)
    return 0


def _default() -> Path:
    is_here = any(Path().glob("*.md")) and not Path(DEFAULT).is_dir()
    return Path() if is_here else Path(DEFAULT)
