"""The ways into Anki that the tests of edits take, each from a collection's file to a push.

Besides those that pytest takes there is the real desktop. ``CARDWRIGHT_DESKTOP`` names a command
that starts it with the profile in ``{base}``, runs the command behind it, and ends it again.
"""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from anki.errors import DBError

from cardwright.cli import run
from cardwright.cli.anki_options import DEFAULT_ADDRESS
from tests.in_anki import collection_in
from tests.push.stand_in import standing_in

Push = Callable[[Path, Sequence[str]], Any]
"""From a collection and the words of a command to what ``push --json`` says."""


def closed(file: Path, words: Sequence[str]) -> Any:
    return said_by([*words, "--collection", str(file)])


def connected(file: Path, words: Sequence[str]) -> Any:
    with standing_in(file) as address:
        return said_by([*words, "--anki", address])


def said_by(words: Sequence[str]) -> Any:
    """What a command of this program says, as JSON."""
    out = io.StringIO()
    with redirect_stdout(out):
        run(words)
    return json.loads(out.getvalue())


def desktop(file: Path, words: Sequence[str]) -> Any:
    start = os.environ["CARDWRIGHT_DESKTOP"].replace("{base}", str(file.parents[1]))
    command = [sys.executable, "-m", "cardwright", *words, "--anki", DEFAULT_ADDRESS]
    done = subprocess.run(
        [*shlex.split(start), *command], stdout=subprocess.PIPE, timeout=200, check=False
    )
    for _ in range(100):
        try:
            with collection_in(file):
                return json.loads(done.stdout)
        except DBError:  # the program has not quite ended
            time.sleep(0.2)
    raise TimeoutError(file)


WAYS: Mapping[str, Push] = {
    "closed": closed,
    "connected": connected,
    **({"desktop": desktop} if "CARDWRIGHT_DESKTOP" in os.environ else {}),
}
