"""Validates values in the add-on's responses. Each function raises AN804 for another type."""

from __future__ import annotations

import re

from cardwright.delivery.values import AnkiError
from cardwright.diagnostics import Code

START = (
    "start Anki with the add-on AnkiConnect (code 2055492159), or close it and name its profile "
    "with --profile"
)


def not_ankiconnect() -> AnkiError:
    """Return the error for a response that is not AnkiConnect's."""
    return AnkiError(Code.ANKI_SILENT, "what answers there is not AnkiConnect", START)


def expect_text(answer: object) -> str:
    if not isinstance(answer, str) or _HALF.search(answer):
        raise not_ankiconnect()
    return answer


def expect_int(answer: object) -> int:
    if not isinstance(answer, int) or isinstance(answer, bool):
        raise not_ankiconnect()
    return answer


def expect_dict(answer: object) -> dict[str, object]:
    if not isinstance(answer, dict):
        raise not_ankiconnect()
    return answer


def expect_list(answer: object) -> list[object]:
    if not isinstance(answer, list):
        raise not_ankiconnect()
    return answer


def expect_texts(answer: object) -> list[str]:
    return [expect_text(each) for each in expect_list(answer)]


def expect_ints(answer: object) -> list[int]:
    return [expect_int(each) for each in expect_list(answer)]


def expect_ints_by_name(answer: object) -> dict[str, int]:
    return {name: expect_int(each) for name, each in expect_dict(answer).items()}


_HALF = re.compile(r"[\ud800-\udfff]")
"""A lone surrogate, which JSON can hold and UTF-8 cannot."""
