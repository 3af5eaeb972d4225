"""Dialect D1: ``<summary>`` is the question, the body of ``<details>`` the answer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from cardwright.dialects.folding.folds import Fold, details
from cardwright.dialects.folding.summaries import says_nothing
from cardwright.dialects.folding.summary_marks import parted_summary, undressed
from cardwright.dialects.folding.titled_folds import titled_folds
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import located
from cardwright.wording import asks, read_wording


def folded_questions(outline: Outline) -> tuple[Question, ...]:
    """The folds whose summary is a question; those in the answer of one are parts of it.

    A summary that only names a term is one where most of the others ask, or where some do and
    the document is little else than folds. A fold that holds questions and asks nothing itself
    is a section.
    """
    folds = [_ended(outline, fold) for fold in _folds(outline)]
    able = [fold for fold in folds if not says_nothing(_plain(fold))]
    asking = [fold for fold in able if _asks(fold)]
    is_deck = len(asking) * 5 >= len(able) and _is_mostly(outline, able)
    found = able if is_deck or len(asking) * 2 > len(able) else asking
    lines = [fold.start for fold in asking]
    return tuple(_question(fold, is_deck) for fold in _outermost(found, lines))


def _folds(outline: Outline) -> list[Fold]:
    found = [
        *details(outline.lines, outline.is_verbatim),
        *titled_folds(outline.lines, outline.is_verbatim),
    ]
    return sorted(found, key=lambda fold: (fold.start, fold.column))


def _is_mostly(outline: Outline, folds: list[Fold]) -> bool:
    """Whether three or more folds with titles of their own take half of the text."""
    titles = {_plain(fold) for fold in folds}
    if len(folds) < 3 or len(titles) * 4 < len(folds) * 3:
        return False
    inside = [0] * (len(outline.lines) + 2)
    for fold in folds:
        inside[fold.start] += 1
        inside[fold.end] -= 1
    depths = accumulate(inside[1:])
    is_folded = [
        depth > 0 for line, depth in zip(outline.lines, depths, strict=False) if line.strip()
    ]
    return sum(is_folded) * 2 >= len(is_folded)


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


_LABEL = re.compile(r"(?i)<(b|strong|em|i|span|code)\b[^<>]*>(?P<label>[^<>]{1,20})</\1>\s*")

_BARE_NUMBER = re.compile(r"[#№]?\d{1,3}")


def _question(fold: Fold, is_marked: bool) -> Question:
    head, rest = parted_summary(fold.text)
    head = undressed(head)
    label = _LABEL.match(head)
    marker = label["label"].strip() if label else ""
    wording = read_wording(f"{marker}." if _BARE_NUMBER.fullmatch(marker) else marker)
    if label and not wording.text.strip():
        head = head[label.end() :]  # <b>Q1.</b> What is a leaf?
    lines = located(head + rest, fold.title)
    heading = next((line.number for line in fold.title if re.match(r"\s*#{1,6}\s", line.text)), 0)
    question = asked(lines, fold.body, line=heading or fold.start, is_marked=is_marked)
    number = question.number or (wording.number if not wording.text.strip() else "")
    return replace(question, number=number)
