"""``python -m cardwright`` is the same program as ``cardwright``."""

from cardwright.cli import main

main()
