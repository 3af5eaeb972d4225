"""Why a way into Anki is closed, as an exception that the command turns into a diagnostic."""

from __future__ import annotations

from cardwright.diagnostics import Code, Diagnostic
from cardwright.model import Place


class AnkiError(Exception):
    """Anki cannot be reached, or refuses; ``str()`` says why, ``hint`` what to do."""

    def __init__(self, code: Code, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint

    def diagnostic(self, way: str) -> Diagnostic:
        """What to tell the person; ``way`` is the file or the address that led to Anki."""
        return Diagnostic(Place(way), self.code, str(self), self.hint)
