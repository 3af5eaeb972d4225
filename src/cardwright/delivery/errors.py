"""The error raised when Anki cannot be reached or refuses a request."""

from __future__ import annotations

from cardwright.diagnostics import Code, Diagnostic
from cardwright.model import Place


class AnkiError(Exception):
    """Anki cannot be reached or refuses a request. ``hint`` says what to do."""

    def __init__(self, code: Code, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint

    def diagnostic(self, target: str) -> Diagnostic:
        """Return the error as a diagnostic. ``target`` is Anki's file or address."""
        return Diagnostic(Place(target), self.code, str(self), self.hint)
