"""Anki's own sync server, on loopback, with one account."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cardwright.delivery.sync import log_in
from tests.waiting import wait_until

USER, PASSWORD = "learner", "secret"


@dataclass(slots=True)
class SyncServer:
    """A server that keeps its accounts in ``folder``; it can die and start again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        environment = {
            **os.environ,
            "SYNC_USER1": f"{USER}:{PASSWORD}",
            "SYNC_BASE": str(self.folder),
            "SYNC_HOST": "127.0.0.1",
            "SYNC_PORT": str(self.port),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "anki.syncserver"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._answers)

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, "the server ended"
        with socket.socket() as connection:
            return connection.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        """End as a process does that is killed."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def key(self) -> str:
        return log_in(self.address, USER, PASSWORD)


@contextmanager
def sync_server(folder: Path) -> Iterator[SyncServer]:
    """A running server, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(exist_ok=True)
    server = SyncServer(folder, port)
    server.start()
    try:
        yield server
    finally:
        server.stop()
