"""Why a way into Anki is closed, as an exception that the command turns into a diagnostic."""

from __future__ import annotations

from cardwright.diagnostics import Code


class AnkiError(Exception):
    """Anki cannot be reached, or refuses; ``str()`` says why, ``hint`` what to do."""

    def __init__(self, code: Code, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
