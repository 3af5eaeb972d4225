"""Runs V8 in a process of its own, which can be queried, killed and replaced."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import Any

_PROGRAM = Path(__file__).with_name("v8.py")
_INHERITED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Environment variables that Python may need to start. The others may be secrets."""

_PIPE = 1 << 19  # bytes; the scripts are shorter, so sending them does not wait for V8

_LONGEST_ANSWER = 32_000_000  # bytes; the engine's own program writes less


@dataclass(frozen=True, slots=True)
class Setup:
    """The settings to start an engine with."""

    scripts: Sequence[str]
    memory: int  # in bytes
    seconds: float  # the processor time for a batch, which may be a single formula
    silence: float = 60.0  # how many seconds an engine may take before it answers


class StartError(Exception):
    """No engine can be started. The message says why."""


class BrokenError(Exception):
    """The engine cannot be used any more: it ended, was killed, or sent an invalid answer."""


class Engine:
    """An engine process. Any thread may call ``kill``, but only one the others."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._is_begun = False
        self.was_silent = False
        self._process = _started()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        with suppress(ImportError, AttributeError, OSError):  # it takes all scripts at once
            import fcntl

            fcntl.fcntl(self._stdin, fcntl.F_SETPIPE_SZ, _PIPE)

    def prepare(self) -> None:
        """Start to load the scripts. ``begin`` waits for them."""
        setup = self._setup
        start = {"scripts": setup.scripts, "memory": setup.memory, "seconds": setup.seconds}
        self._is_begun = True
        self._send(start)

    def begin(self) -> None:
        """Load the scripts and wait for them. Raises ``StartError`` if this fails."""
        try:
            with self._limited():
                if not self._is_begun:
                    self.prepare()
                answer = self._answer()
        except BrokenError as error:
            status = "no status" if self.was_silent else self._status()
            raise StartError(f"the process of V8 does not start: {error} ({status})") from None
        if answer.get("ready") is not True:
            broken = answer.get("broken", "the process of V8 gives no valid answer")
            raise StartError(str(broken)[:500])

    def _status(self) -> str:
        try:
            return f"status {self._process.wait(1.0)}"
        except subprocess.TimeoutExpired:
            return "no status"

    def ask(self, question: Mapping[str, object]) -> Mapping[str, Any]:
        """Send a request and wait for the response. Only checks that it is a JSON object."""
        with self._limited():
            self._send(question)
            return self._answer()

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """Kill the engine if it is silent for too long."""
        timer = Timer(self._setup.silence, self._end_silence)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end_silence(self) -> None:
        self.was_silent = True
        self.kill()

    def _send(self, message: Mapping[str, object]) -> None:
        content = json.dumps(message, separators=(",", ":")).encode("utf-8")
        try:
            self._stdin.write(len(content).to_bytes(4, "big") + content)
            self._stdin.flush()
        except (OSError, ValueError) as error:
            raise BrokenError(f"it takes no request: {error}") from None

    def _answer(self) -> Mapping[str, Any]:
        length = int.from_bytes(self._read(4), "big")
        if length > _LONGEST_ANSWER:
            raise BrokenError("its answer is too long")
        try:
            answer = json.loads(self._read(length))
        except (ValueError, RecursionError):
            raise BrokenError("its answer is not JSON") from None
        if not isinstance(answer, dict):
            raise BrokenError("its answer is not an object")
        return answer

    def _read(self, length: int) -> bytes:
        try:
            content = self._stdout.read(length)
        except (OSError, ValueError) as error:
            raise BrokenError(f"its answer cannot be read: {error}") from None
        if len(content) < length:
            raise BrokenError("it ended")
        return content

    def kill(self) -> None:
        """Kill the engine at once. A thread that waits for a response gets ``BrokenError``."""
        self._process.kill()

    def close(self) -> None:
        """Kill the engine and wait for its end."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):  # some bytes may not be written yet
            self._stdin.close()
        self._stdout.close()


def _started() -> subprocess.Popen[bytes]:
    """Start Python isolated (-I) and without ``site`` (-S). It imports only V8's package."""
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
