"""``python -m cardwright`` is the same program as ``cardwright``."""

import os
import sys


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
    """Load the program and run it; Ctrl-C ends it without a word, with 130, at either time.

    While it is loaded the process ends by itself: an exception would be wrapped or dropped where
    it meets a class that is being made or a module that another one can do without.
    """
    import signal

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
    _leave_current_folder()
    main()
