"""Dialect D1: ``<summary>`` is the question, the body of ``<details>`` the answer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from cardwright.dialects.folds import Fold, details
from cardwright.dialects.question import Outline, Question, asked
from cardwright.dialects.summaries import says_nothing
from cardwright.model import Line
from cardwright.wording import asks, read_wording


def folded_questions(outline: Outline) -> tuple[Question, ...]:
    """The folds whose summary is a question; those in the answer of one are parts of it.

    A summary that only names a term is one where most of the others ask. A fold that holds
    questions and asks nothing itself is a section.
    """
    folds = [_ended(outline, fold) for fold in details(outline.lines, outline.is_verbatim)]
    able = [fold for fold in folds if not says_nothing(_plain(fold))]
    asking = [fold for fold in able if _asks(fold)]
    found = able if len(asking) * 2 > len(able) else asking
    lines = [fold.start for fold in asking]
    return tuple(_question(fold) for fold in _outermost(found, lines))


def _ended(outline: Outline, fold: Fold) -> Fold:
    """The fold, one that nothing closes over where its section is."""
    if fold.is_closed:
        return fold
    end = max(min(fold.end, outline.section_end(fold.start)), fold.body.start)
    return replace(fold, end=end, body=replace(fold.body, end=end, until=0))


def _outermost(found: list[Fold], asking: list[int]) -> Iterator[Fold]:
    end = 0
    for fold in found:
        if fold.start < end:
            continue
        inner = bisect_left(asking, fold.end) - bisect_left(asking, fold.start + 1)
        if inner > 0 and not _asks(fold):
            continue
        yield fold
        end = fold.end


def _asks(fold: Fold) -> bool:
    text = _plain(fold)
    wording = read_wording(text)
    return bool(wording.number) or wording.has_label or asks(text)


def _plain(fold: Fold) -> str:
    return re.sub(r"</?[a-zA-Z][^<>]*>", "", fold.text).strip()


def _question(fold: Fold) -> Question:
    return asked(_undressed(fold.title), fold.body, line=fold.start)


_STARS = re.compile(r"(?<=\S)\s+(?:[*★☆⭐🌟]\ufe0f?){1,10}(?=(?:</[a-z]+\d?>)*$)", re.IGNORECASE)
_OPENING = re.compile(r"<(b|strong|i|em|u|h[1-6]|p|font|span|div|big|small|center)\b[^<>]*>\s*|#{1,6}\s+",
                      re.IGNORECASE)  # fmt: skip
_MOST_TAGS = 5


def _undressed(title: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a summary without the tags around all of it and the stars of difficulty."""
    first, *rest = title
    rows = [first, *rest]
    rows[-1] = replace(rows[-1], text=_STARS.sub("", rows[-1].text[-_LONGEST:]))
    for _ in range(_MOST_TAGS):
        match = _OPENING.match(rows[0].text)
        if match is None:
            break
        begun = replace(
            rows[0], text=rows[0].text[match.end() :], column=rows[0].column + match.end()
        )
        if match[1]:
            inside = [begun, *rows[1:]]
            closing = f"</{match[1].lower()}>"
            last = inside[-1].text.rstrip()
            text = "\n".join(row.text for row in inside).lower()
            if not last.lower().endswith(closing) or text.count(closing) != text.count(match[1]) + 1:
                break
