"""``python -m cardwright`` is the same program as ``cardwright``."""

import os
import sys
from types import FrameType


def _leave_current_folder() -> None:
    """``python -m`` looks for modules in the current folder first: a stranger's, maybe.

    What is imported above is loaded before; anything else would come from there, ``signal.py``
    and ``pathlib.py`` too.
    """
    try:
        here = os.getcwd()  # noqa: PTH109
    except OSError:
        return  # it is deleted, and Python did not take it
    if sys.path[:1] == [here] and not sys.flags.safe_path:
        del sys.path[0]


def main() -> None:
    """Load the program and run it; Ctrl-C ends it without a word, with 130, at any time.

    Where whoever started it has SIGINT ignored (``nohup``, a shell's ``&``), it stays ignored.
    """
    import signal

    os.environ["PYTHONSAFEPATH"] = "1"  # a Python that this one starts does not look there either
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
    _leave_current_folder()
    main()
