"""Runs a preview: the first build, the server, and a build after each change."""

from __future__ import annotations

import json
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Thread

from cardwright.diagnostics import counts_of, many
from cardwright.making.work_cache import Memory
from cardwright.pipeline import Options, assemble
from cardwright.preview.as_json import plan_object
from cardwright.preview.deck import PreviewDeck, preview_deck
from cardwright.preview.export import write_export
from cardwright.preview.left_out import LeftOutReader
from cardwright.preview.live import Live
from cardwright.preview.server import Pages, preview_app
from cardwright.watching import changes

_LOCALHOST, _ALL_ADDRESSES = "127.0.0.1", "0.0.0.0"


class Preview:
    """A deck at ``path`` that is built repeatedly in memory. Only the cache is written.

    ``hides_paths`` keeps paths of this machine from the page.
    """

    def __init__(self, path: Path, output: Path, options: Options, *, hides_paths: bool) -> None:
        self.path = path
        self.folder = path if path.is_dir() else path.parent
        self.output = output
        self.options = replace(options, memory=Memory(), output=output)
        self.hides_paths = hides_paths
        paths = machine_paths(self.folder, output) if hides_paths else ()
        self.live = Live(partial(without_paths, paths=paths))
        self.left_out = LeftOutReader(path, options.lock_file, options.is_trusted)

    def build(self) -> bool:
        """Build the deck and show it. ``False`` if the page does not change."""
        assembly = assemble(self.path, self.options)
        if self.live.deck is None and assembly.work is not None:
            assembly.work.write_new()
        return self.live.show(preview_deck(assembly, self.path, self.live.deck))

    def plan_text(self) -> str:
        """Return what a build would do, as JSON."""
        assert self.live.deck is not None
        assembly = self.live.deck.assembly
        found = plan_object(assembly, self.output, assembly.folder)
        return self.live.without_paths(json.dumps(found, ensure_ascii=False))

    def left_out_text(self) -> str:
        """Return the text of each file that is on no card, as JSON."""
        return json.dumps(self.left_out.files(), ensure_ascii=False)


def machine_paths(folder: Path, output: Path) -> tuple[tuple[str, str], ...]:
    """Return paths that reveal where the folders are, with replacements, the longest first."""
    names: dict[str, str] = {}
    for path in (output, folder):
        absolute = path.resolve()
        for parent in (absolute, *absolute.parents):
            if len(parent.parts) > 2:  # '/tmp' alone reveals nothing, and a note may mention it
                names[f"{parent.as_posix()}/"] = ""
                names[str(parent)] = parent.name if parent == absolute else "…"
        if path.as_posix() not in (".", path.name):
            names[f"{path.as_posix()}/"] = ""
            names[path.as_posix()] = path.name
    home = Path.home()
    if home != home.parent:  # in a container, it may be '/'
        names[str(home)] = "~"
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


def without_paths(text: str, paths: Sequence[tuple[str, str]]) -> str:
    """Return the text with each of the ``paths`` replaced."""
    for path, word in paths:
        text = text.replace(path, word)
    return text


def export(preview: Preview, folder: Path) -> PreviewDeck:
    """Build once, and write the page with everything that it shows to ``folder``."""
    preview.build()
    deck, plan, left_out = preview.live.deck, preview.plan_text(), preview.left_out_text()
    assert deck is not None
    write_export(folder, deck, preview.live, plan, left_out)
    return deck


def bound_socket(port: int, *, is_lan: bool, is_exact: bool) -> socket.socket:
    """Return a socket at this port, or at any free port unless ``is_exact``. Raises ``OSError``."""
    host = _ALL_ADDRESSES if is_lan else _LOCALHOST
    try:
        return socket.create_server((host, port), backlog=256)
    except OSError:
        if is_exact:
            raise
        return socket.create_server((host, 0), backlog=256)


def serve(
    preview: Preview,
    listening: socket.socket,
    editor: str,
    opened: Callable[[str], None],
    report: Callable[[str], None],
    *,
    is_lan: bool,
) -> None:
    """Build, serve, and build again after each change, until ``KeyboardInterrupt``.

    ``opened`` is called with the address of the page, ``report`` with a line for each change.
    """
    import uvicorn

    preview.build()
    # A progress bar for the first build only.
    preview.options = replace(preview.options, step=Options(0).step)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(16)
    root = preview.folder.resolve().as_posix()
    shown = ("", "") if preview.hides_paths else (editor, root)
    pages = Pages(preview.live, preview.plan_text, preview.left_out_text, *shown)
    config = uvicorn.Config(
        preview_app(pages, token, port, is_lan=is_lan),
        lifespan="off",
        ws="none",
        http="h11",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=256,
    )
    server = uvicorn.Server(config)
    Thread(target=server.run, args=([listening],), daemon=True).start()
    opened(f"http://{lan_address()}:{port}/{token}/" if is_lan else f"http://127.0.0.1:{port}/")
    for _ in changes(preview.path, preview.output, with_lock=True):
        began = time.perf_counter()
        if preview.build():
            assert preview.live.deck is not None
            report(_change_line(preview.live.deck, time.perf_counter() - began))


def _change_line(deck: PreviewDeck, seconds: float) -> str:
    """Return the cards, the problems and the time of a build in one line."""
    cards = many(sum(len(file.cards) for file in deck.files), "card")
    counts = f"{cards}, {counts_of(deck.problems)}"
    return f"{time.strftime('%H:%M:%S')} {counts} ({seconds:.2f} s)"


def lan_address() -> str:
    """Return this machine's IP address in its network. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return _LOCALHOST
