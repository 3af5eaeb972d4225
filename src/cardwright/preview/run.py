"""Serves a preview: the first build, the server, and a build after each change."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from threading import Thread

from cardwright.diagnostics import counts_of, many
from cardwright.pipeline import Options
from cardwright.preview.deck import PreviewDeck
from cardwright.preview.live import Preview
from cardwright.preview.server import Pages, preview_app
from cardwright.watching import changes

_LOCALHOST, _ALL_ADDRESSES = "127.0.0.1", "0.0.0.0"


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
    pages = Pages(preview, *shown)
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
            report(_change_line(preview.deck, time.perf_counter() - began))


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
