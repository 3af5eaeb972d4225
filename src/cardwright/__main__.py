"""``python -m cardwright`` is the same program as ``cardwright``."""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    """Load the program and run it; Ctrl-C ends it without a word, with 130, at either time.

    While it is loaded the process ends by itself: an exception would be wrapped or dropped where
    it meets a class that is being made or a module that another one can do without.
    """
    is_default = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_default:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    from cardwright.cli import main as run

    if is_default:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
