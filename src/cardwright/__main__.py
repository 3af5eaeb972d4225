"""``python -m cardwright`` is the same program as ``cardwright``."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType


def main() -> None:
    """Load the program and run it; Ctrl-C ends it without a word, with 130, at any time.

    Where whoever started it has SIGINT ignored (``nohup``, a shell's ``&``), it stays ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    try:
        from cardwright.cli import main as run  # under the handler

        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _interrupt(_signal: int, frame: FrameType | None) -> None:
    """As Python does it, but while a module is loaded the process ends by itself.

    There an exception would be wrapped where it meets a class that is being made, or dropped
    where another module can do without this one.
    """
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            if sys.stderr.isatty():
                os.write(2, b"\x1b[?25h")  # a progress bar hides the cursor
            os._exit(130)
        frame = frame.f_back
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
