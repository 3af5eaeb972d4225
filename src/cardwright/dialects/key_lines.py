"""Reads a line of a key that has several answers: ``1-B, 2-C``, ``3b``, ``1b, 2 False``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cardwright.wording.signs import COLONS, CROSSES, LETTERS, TICKS


class ListedAnswer(NamedTuple):
    """The answer to a number at the offsets ``start`` to ``end`` of a line."""

    number: int
    start: int
    end: int


def listed_answers(text: str, begin: int, *, is_only: bool) -> list[ListedAnswer]:
    """Return the answers that a line lists: letters, sentences on an only line, or both."""
    marks = _counted(_PIECE.finditer(text, begin))
    letters = _letters(text, marks)
    is_of_letters = bool(marks) and all(letters)
    is_row = is_only and len(marks) > 2 and marks[0]["number"] == "1"
    if not (is_of_letters or is_row) and marks:
        marks = _counted(
            m for m in _MIXED_PIECE.finditer(text, begin) if _is_listed(text, begin, m)
        )
        letters = _letters(text, marks)
        if not _are_mostly_letters(text, marks, letters):
            return []
    if not marks or text[begin : marks[0].start()].strip("> \t*_-"):
        return []
    return [
        ListedAnswer(
            int(mark["number"]), mark.end(),
            letter.end("letters") if letter else mark.end() + len(_rest(text, mark, end)),
        )
        for mark, end, letter in zip(marks, _ends_of(text, marks), letters, strict=True)
    ]  # fmt: skip


def _counted(able: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """Return the first number, and those that count on from it."""
    marks: list[re.Match[str]] = []
    for match in able:
        before = int(marks[-1]["number"]) if marks else int(match["number"]) - 1
        marks += [match] if int(match["number"]) == before + 1 else []
    return marks


def _ends_of(text: str, marks: Sequence[re.Match[str]]) -> list[int]:
    return [*(mark.start() for mark in marks[1:]), len(text)]


def _letters(text: str, marks: Sequence[re.Match[str]]) -> list[re.Match[str] | None]:
    ends = _ends_of(text, marks)
    return [_LETTERS.fullmatch(text, m.end(), end) for m, end in zip(marks, ends, strict=False)]


def _rest(text: str, mark: re.Match[str], end: int) -> str:
    return text[mark.end() : end].rstrip(" \t;,(*_")


def _is_listed(text: str, begin: int, mark: re.Match[str]) -> bool:
    """Whether a number begins its text, or is after a comma."""
    before = text[begin : mark.start()].strip("> \t*_-")
    return not before or before[-1] in ",;、，；"


def _are_mostly_letters(
    text: str, marks: Sequence[re.Match[str]], letters: Sequence[re.Match[str] | None]
) -> bool:
    """Whether most answers on a line are letters, and the others are a few words."""
    pairs = zip(marks, _ends_of(text, marks), letters, strict=False)
    others = [len(_rest(text, mark, end)) for mark, end, letter in pairs if not letter]
    is_list = len(marks) > 1 and len(others) * 2 < len(marks)
    return is_list and max(others, default=0) < _LONGEST_MIXED


_LONGEST_MIXED = 60


def _piece(also: str = "") -> re.Pattern[str]:
    """Return the pattern of a number and the sign after it, or the letter of its answer."""
    return re.compile(
        rf"(?:(?<=[\s;,(*_>|])|^)(?:[Qq]\s?)?(?P<number>\d{{1,4}})"
        rf"(?:\s?(?P<sign>\\?[.){COLONS}=→-]|->|–)\**|(?=\s?(?i:[{LETTERS}])(?!\w)){also})"
        r"[ \t]*[(\[*]{0,3}(?=\S)"
    )


_PIECE, _MIXED_PIECE = _piece(), _piece(r"|(?=[ \t]+[^\W\d_])")
_LETTERS = re.compile(
    rf"(?i)(?P<letters>[{LETTERS}](?:\s?[+&/,，、]\s?[{LETTERS}](?!\w))*|true|false|t|f"
    rf"|[√×对错{TICKS}{CROSSES}])"
    r"[\s)\]*_.,;|]*(?:<br\s*/?>)?"
)
