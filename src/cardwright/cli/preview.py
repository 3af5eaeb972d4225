"""Defines ``cardwright preview``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from cardwright.cli.arguments import (
    ACCEPT_NEW,
    DIR,
    LOCK,
    NO_CACHE,
    OFFLINE,
    TRUST,
    BuildArguments,
    command,
    with_build_arguments,
)

PORT = 4747
EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "none": "",
}
_PATTERN = re.compile(r"(?!javascript:|data:|https?:)[a-z][a-z0-9+.-]*:\S*\{path\}\S*")


def _editor(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value in EDITORS:
        return EDITORS[value]
    if _PATTERN.fullmatch(value):
        return value
    names = ", ".join(EDITORS)
    raise click.BadParameter(
        f"'{value}' is not a known editor; write one of {names}, or a link with {{path}}, "
        "{line} and {column}"
    )


@command(
    "cardwright preview --open",
    "cardwright preview notes --editor zed",
    "cardwright preview notes --lan",
    "cardwright preview notes --export site",
)
@DIR
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help=f"The port of the page; 0 for any free one (default: {PORT} if it is free).",
)
@click.option("--open", "is_opening", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--editor",
    default="vscode",
    callback=_editor,
    show_default=True,
    metavar="NAME",
    help=f"The editor that opens a line: {', '.join(EDITORS)}, or a link with {{path}} in it.",
)
@click.option(
    "--lan", is_flag=True, help="Serve the page to your phone and every device with the address."
)
@click.option(
    "--export",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write the page to FOLDER, to be opened without a server.",
)
@with_build_arguments(OFFLINE, NO_CACHE, ACCEPT_NEW, LOCK, TRUST)
def preview(
    arguments: BuildArguments,
    port: int | None,
    is_opening: bool,
    editor: str,
    lan: bool,
    folder: Path | None,
) -> int:
    """Show the cards of PATH in a page that updates when your files change.

    The page has the decks, a search, each card as Anki shows it, problems, text that was left out,
    and what a build would do. Only this machine can open it. Ctrl-C ends it. No package and no lock
    is written.
    """
    from cardwright.diagnostics import has_errors, many
    from cardwright.preview.export import export, is_free
    from cardwright.preview.live import Preview
    from cardwright.preview.run import bound_socket, serve
    from cardwright.terminal import Terminal

    terminal = Terminal(is_quiet=False)
    options = arguments.options(terminal, writes_cache=True)
    hides_paths = lan or folder is not None
    deck_preview = Preview(arguments.path, arguments.folder, options, hides_paths=hides_paths)
    if folder is not None:
        if not is_free(folder):
            raise click.UsageError(
                f"'{folder}' holds other files or links; name a new folder for --export"
            )
        with terminal:
            deck = export(deck_preview, folder)
        cards = many(sum(len(file.cards) for file in deck.files), "card")
        terminal.result(f"{folder / 'index.html'}: {cards}")
        terminal.problems(deck.assembly.diagnostics, is_strict=False)
        return 1 if has_errors(deck.assembly.diagnostics, strict=False) else 0
    try:
        listening = bound_socket(
            PORT if port is None else port, is_lan=lan, is_exact=port is not None
        )
    except OSError as error:
        raise click.UsageError(f"port {port} cannot be used: {error.strerror}") from None

    def opened(address: str) -> None:
        terminal.hide_progress()
        terminal.result(f"{address}  (Ctrl-C stops it)")
        if is_opening:
            click.launch(address)

    with terminal:
        serve(deck_preview, listening, editor, opened, terminal.notice, is_lan=lan)
    return 0
