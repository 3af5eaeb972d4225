"""``cardwright preview`` as a program of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.test_interrupt import AS_IN_A_TERMINAL
from tests.waiting import PATIENCE

PROGRAM = AS_IN_A_TERMINAL + "from cardwright.__main__ import main; main()"


@contextmanager
def started(path: Path, *options: str) -> Iterator[str]:
    """The address of a preview of ``path``, which is interrupted at the end: it ends at once."""
    port = () if "--port" in options else ("--port", "0")
    command = [sys.executable, "-u", "-c", PROGRAM, "preview", path.name, *port, *options]
    with subprocess.Popen(
        command, cwd=path.parent, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        try:
            assert child.stdout is not None
            line = child.stdout.readline()
            assert line, child.stderr and child.stderr.read()
            yield line.split()[0]
            child.send_signal(signal.SIGINT)
            _, warned = child.communicate(timeout=PATIENCE)
            assert child.returncode == 130
            assert "Traceback" not in warned, warned
        finally:
            child.kill()
