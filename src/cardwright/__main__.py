"""Runs ``python -m cardwright``, the same program as ``cardwright``."""

import os
import sys
from types import FrameType


def _leave_current_folder() -> None:
    """Remove the current folder from ``sys.path``, where ``python -m`` put it first.

    The folder may hold a stranger's ``signal.py`` or ``pathlib.py``. The modules imported above
    were loaded before.
    """
    try:
        here = os.getcwd()  # noqa: PTH109
    except OSError:
        return  # the folder was deleted, and is not in the path
    if sys.path[:1] == [here] and not sys.flags.safe_path:
        del sys.path[0]


def main() -> None:
    """Load and run the program. Ctrl-C ends it at any time, silently, with exit code 130.

    SIGINT stays ignored if the parent process had it ignored (``nohup``, a shell's ``&``).
    """
    import signal

    os.environ["PYTHONSAFEPATH"] = "1"  # for Python processes that this one starts
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    try:
        from cardwright.cli import main as run  # here, after the handler is set

        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _interrupt(_signal: int, frame: FrameType | None) -> None:
    """Raise ``KeyboardInterrupt``, or end the process while a module is loading.

    Code that imports modules may wrap or swallow the exception.
    """
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            if sys.stderr.isatty():
                os.write(2, b"\x1b[?25h")  # show the cursor, which a progress bar hides
            os._exit(130)
        frame = frame.f_back
    raise KeyboardInterrupt


if __name__ == "__main__":
    _leave_current_folder()
    main()
