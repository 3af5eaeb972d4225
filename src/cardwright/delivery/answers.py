"""Validates values in the add-on's responses. Each function raises AN804 for another type."""

from __future__ import annotations

import re

from cardwright.delivery.errors import AnkiError
from cardwright.diagnostics import Code

START = (
    "start Anki with the add-on AnkiConnect (code 2055492159), or close it and name its profile "
    "with --profile"
)


def stranger() -> AnkiError:
    """Return the error for a response that is not AnkiConnect's."""
    return AnkiError(Code.ANKI_SILENT, "what answers there is not AnkiConnect", START)


def text(answer: object) -> str:
    if not isinstance(answer, str) or _HALF.search(answer):
        raise stranger()
    return answer


def number(answer: object) -> int:
    if not isinstance(answer, int) or isinstance(answer, bool):
        raise stranger()
    return answer


def mapping(answer: object) -> dict[str, object]:
    if not isinstance(answer, dict):
        raise stranger()
    return answer


def several(answer: object) -> list[object]:
    if not isinstance(answer, list):
        raise stranger()
    return answer


def texts(answer: object) -> list[str]:
    return [text(each) for each in several(answer)]


def numbers(answer: object) -> list[int]:
    return [number(each) for each in several(answer)]


def numbers_by_name(answer: object) -> dict[str, int]:
    return {name: number(each) for name, each in mapping(answer).items()}


_HALF = re.compile(r"[\ud800-\udfff]")
"""A lone surrogate, which JSON can hold and UTF-8 cannot."""
