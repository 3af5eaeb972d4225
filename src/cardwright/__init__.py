"""Turns Markdown questions and answers into an Anki deck.

The API is ``build``, ``check``, ``plan`` and ``read``: see docs/api.md. They are imported on first
use, so ``import cardwright`` is fast.
"""

TYPE_CHECKING = False  # importing it from typing would take longer than everything else here

if TYPE_CHECKING:
    from cardwright.api import (
        Build,
        Deck,
        Diagnostic,
        Note,
        Plan,
        PlannedNote,
        build,
        check,
        plan,
        read,
    )

__version__ = "0.2.0"
"""The only place with the version. ``pyproject.toml`` reads it from here."""

__all__ = [
    "Build",
    "Deck",
    "Diagnostic",
    "Note",
    "Plan",
    "PlannedNote",
    "__version__",
    "build",
    "check",
    "plan",
    "read",
]


if not TYPE_CHECKING:  # else a type checker would accept every name

    def __getattr__(name: str) -> object:
        if name in __all__:
            from cardwright import api

            return getattr(api, name)
        raise AttributeError(f"module 'cardwright' has no attribute '{name}'")


def __dir__() -> list[str]:
    return __all__
