"""Markdown questions and answers to an Anki deck.

``build``, ``check``, ``plan`` and ``read`` are the API: see docs/api.md. They are imported when
they are first used, so that ``import cardwright`` takes no time.
"""

TYPE_CHECKING = False  # importing it from typing would take longer than all the rest

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
"""Written here alone: ``pyproject.toml`` has it from here."""

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


if not TYPE_CHECKING:  # a type checker would take every name for one of ours

    def __getattr__(name: str) -> object:
        if name in __all__:
            from cardwright import api

            return getattr(api, name)
        raise AttributeError(f"module 'cardwright' has no attribute '{name}'")


def __dir__() -> list[str]:
    return __all__
