"""Defines ``cardwright lsp``."""

from __future__ import annotations

import io
import os
import signal
import sys
from types import FrameType

import click

from cardwright.cli.arguments import TRUST, command


@command("cardwright lsp", "cardwright lsp --trust")
@click.option("--stdio", is_flag=True, help="Ignored; some editors pass it.")
@TRUST
def lsp(stdio: bool, trust: bool) -> int:
    """Help an editor while you write: a language server on stdin and stdout.

    Your editor starts it. It marks problems while you type, shows the card of a question,
    completes attributes and settings, and offers the edits in hints. It reads unsaved text, writes
    no file and uses no network.
    """
    if sys.stdin.isatty():
        words = "an editor starts this: name 'cardwright lsp' as its server for Markdown and YAML"
        raise click.UsageError(words, click.get_current_context())
    from cardwright.lsp.server import serve

    del stdio
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _exit_now)
    # Other output of this process must not mix with the messages.
    with ToEditor(io.FileIO(os.dup(sys.stdout.fileno()), "wb")) as stdout:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        return 0 if serve(sys.stdin.buffer, stdout, is_trusted=trust) else 1


class ToEditor(io.BufferedWriter):
    """The stream of messages to the editor. Ends the program if the editor is gone."""

    def flush(self) -> None:
        try:
            super().flush()
        except BrokenPipeError:
            os._exit(1)


def _exit_now(_signal: int, _frame: FrameType | None) -> None:
    """End at once: nothing is left to write, and a thread waits for the editor."""
    os._exit(130)
