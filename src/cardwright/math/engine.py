"""An engine: V8 in a process of its own, which can be asked, given up, and started anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

_PROGRAM = Path(__file__).with_name("v8.py")
_INHERITED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Of the environment only what a Python may need to start: nothing that is a secret."""

_PIPE = 1 << 19
"""Bytes. The scripts are shorter, so whoever sends them need not wait for V8."""

_LONGEST_ANSWER = 32_000_000
"""Bytes; what the engine writes is limited to fewer, where it is what we started."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What an engine is started with.

    ``memory`` is in bytes; ``seconds`` of the processor is what a formula may take, and half of
    them several together; ``silence`` is how long an engine may say nothing.
    """

    scripts: Sequence[str]
    memory: int
    seconds: float
    silence: float = 60.0


class StartError(Exception):
    """No engine can be started; the words say why."""


class BrokenError(Exception):
    """The engine is of no more use: it ended, was ended, or answers nonsense."""


class Engine:
    """One process. ``kill`` and ``watch`` are for any thread, all else is for one."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._is_begun = False
        self._awaited_since: float | None = time.monotonic()
        self.was_silent = False
        self._process = _started()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        _widen(self._stdin)

    def prepare(self) -> None:
        """Have it load its scripts. ``begin`` waits for it."""
        setup = self._setup
        start = {"scripts": setup.scripts, "memory": setup.memory, "seconds": setup.seconds}
        self._is_begun = True
        self.send(start)

    def begin(self) -> None:
        """Have it load its scripts; ``StartError`` where it cannot."""
        try:
            if not self._is_begun:
                self.prepare()
            answer = self.receive()
        except BrokenError as error:
            status = "no status" if self.was_silent else self._status()
            raise StartError(f"the process of V8 does not start: {error} ({status})") from None
        if answer.get("ready") is not True:
            raise StartError(str(answer.get("broken", "the process of V8 answers nonsense"))[:500])

    def _status(self) -> str:
        try:
            return f"status {self._process.wait(1.0)}"
        except subprocess.TimeoutExpired:
            return "no status"

    def send(self, message: Mapping[str, object]) -> None:
        """Ask; several questions may wait for their answers."""
        content = json.dumps(message, separators=(",", ":")).encode("utf-8")
        if self._awaited_since is None:
            self._awaited_since = time.monotonic()
        try:
            self._stdin.write(len(content).to_bytes(4, "big") + content)
            self._stdin.flush()
        except (OSError, ValueError) as error:
            raise BrokenError(f"it cannot be asked: {error}") from None

    def receive(self, *, is_last: bool = True) -> Mapping[str, Any]:
        """The next answer, an object of JSON and nothing else about it checked."""
        answer = self._answer()
        self._awaited_since = None if is_last else time.monotonic()
        return answer

    def _answer(self) -> Mapping[str, Any]:
        length = int.from_bytes(self._read(4), "big")
        if length > _LONGEST_ANSWER:
            raise BrokenError("its answer is too long")
        try:
            answer = json.loads(self._read(length))
        except (ValueError, RecursionError):
            raise BrokenError("its answer is no JSON") from None
        if not isinstance(answer, dict):
            raise BrokenError("its answer is no object")
        return answer

    def _read(self, length: int) -> bytes:
        try:
            content = self._stdout.read(length)
        except (OSError, ValueError) as error:
            raise BrokenError(f"it cannot be heard: {error}") from None
        if len(content) < length:
            raise BrokenError("it ended")
        return content

    def watch(self) -> None:
        """End it where it has said nothing for too long; to be called now and then."""
        since = self._awaited_since
        if since is not None and time.monotonic() - since > self._setup.silence:
            self.was_silent = True
            self.kill()

    def kill(self) -> None:
        """End it at once; whoever waits for an answer gets ``BrokenError``."""
        self._process.kill()

    def close(self) -> None:
        """End it and wait for its end."""
        self._awaited_since = None
        self._process.kill()
        self._process.wait()
        with suppress(OSError):  # what was not yet written
            self._stdin.close()
        self._stdout.close()


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe take the scripts at once, where the system can and allows it."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _started() -> subprocess.Popen[bytes]:
    """Isolated (-I) and without ``site`` (-S): from nowhere but where V8 is installed."""
    library = find_spec("py_mini_racer")
    if library is None or library.origin is None:
        raise StartError("mini-racer is not installed")
    if not sys.executable:
        raise StartError("Python does not know where its own program is")
    folder = Path(library.origin).resolve().parents[1]
    command = [sys.executable, "-I", "-S", str(_PROGRAM.resolve()), str(folder)]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_PROGRAM.parent,
            env={name: os.environ[name] for name in _INHERITED if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise StartError(f"{sys.executable}: {error.strerror or error}") from None
