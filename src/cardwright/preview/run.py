"""Runs a preview: the first build, the server, and a build after each change."""

from __future__ import annotations

import json
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Thread

from cardwright.diagnostics import many
from cardwright.making.work_cache import Memory
from cardwright.pipeline import Options, assemble
from cardwright.preview.as_json import plan_object
from cardwright.preview.deck import preview_deck
from cardwright.preview.export import write_export
from cardwright.preview.left_out import LeftOutReader
from cardwright.preview.live import Live
from cardwright.preview.server import Pages, preview_app
from cardwright.preview.values import PreviewDeck
from cardwright.watching import changes

_LOCALHOST, _ALL_ADDRESSES = "127.0.0.1", "0.0.0.0"


@dataclass(slots=True)
class Preview:
    """A deck at ``path`` that is built repeatedly in memory. Only the cache is written.

    ``hides_paths`` keeps paths of this machine from the page.
    """

    path: Path
    output: Path
    options: Options
    hides_paths: bool
    live: Live
    left_out: LeftOutReader
    deck: PreviewDeck | None = None

    def build(self) -> bool:
        """Build the deck and show it. ``False`` if the page does not change."""
        assembly = assemble(self.path, self.options)
        if self.deck is None and assembly.work is not None:
            assembly.work.keep(assembly.work.write_new())
        self.deck = preview_deck(assembly, self.path, self.deck)
        return self.live.show(self.deck)

    def plan_text(self) -> str:
        """Return what a build would do, as JSON."""
        if self.deck is None:
            return "null"
        found = plan_object(self.deck.assembly, self.output, self.deck.assembly.folder)
        return self.live.without_paths(json.dumps(found, ensure_ascii=False))

    def left_out_text(self) -> str:
        """Return the text of each file that is on no card, as JSON."""
        return json.dumps(self.left_out.files(), ensure_ascii=False)


def new_preview(path: Path, output: Path, options: Options, *, hides_paths: bool) -> Preview:
    """Return a preview of ``path`` that is not yet built."""
    folder = path if path.is_dir() else path.parent
    paths = machine_paths(folder, output) if hides_paths else ()
    options = replace(options, memory=Memory(), output=output)
    left_out = LeftOutReader(path, options.lock_file, options.is_trusted)
    live = Live(partial(without_paths, paths=paths))
    return Preview(path, output, options, hides_paths, live, left_out)


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
    assert preview.deck is not None
    write_export(folder, preview.deck, preview.live, preview.plan_text(), preview.left_out_text())
    return preview.deck


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
    folder = preview.path if preview.path.is_dir() else preview.path.parent
    root = "" if preview.hides_paths else folder.resolve().as_posix()
    pages = Pages(
        preview.live,
        preview.plan_text,
        preview.left_out_text,
        "" if preview.hides_paths else editor,
        root,
    )
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


def _change_line(deck: PreviewDeck | None, seconds: float) -> str:
    """Return the cards, the problems and the time of a build in one line."""
    cards = sum(len(file.cards) for file in deck.files) if deck else 0
    problems = deck.problems if deck else ()
    errors = sum(problem.is_error for problem in problems)
    counts = [many(cards, "card"), many(errors, "error"), many(len(problems) - errors, "warning")]
    return f"{time.strftime('%H:%M:%S')} {', '.join(counts)} ({seconds:.2f} s)"


def lan_address() -> str:
    """Return this machine's IP address in its network. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return _LOCALHOST
