"""``python -m cardwright`` is the same program as ``cardwright``."""

from __future__ import annotations

import sys


def main() -> None:
    """Load the program and run it; Ctrl-C while it is loaded is no traceback either."""
    try:
        from cardwright.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
