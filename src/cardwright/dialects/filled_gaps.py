"""Finds questions whose own text names the right option in a gap: ``The leaf makes ( B ).``"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from cardwright.dialects.asked_above import Spot, asked_from
from cardwright.dialects.named_options import known_letters, named
from cardwright.dialects.options import Options
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording.signs import FILLED_GAP

FILLED = "a gap that names an option"
_MOST_LINES = 40
"""The most lines between a gap and the options."""
_FILLED = re.compile(FILLED_GAP)


class FilledGap(NamedTuple):
    """The letters in the gap of a question, ``B``, and the options that they choose from."""

    letters: Line
    options: Options


def filled_gaps(outline: Outline) -> dict[int, FilledGap]:
    """Return the gaps by the line of the first option, if most options of the file have one.

    A gap that is always the same is a name: ``Assertion (A)``.
    """
    found: dict[int, FilledGap] = {}
    floor, count = 0, 0
    for options in outline.options:
        if options[0].label:
            count += 1
            letters = _gap_above(outline, options, floor)
            if letters is not None:
                found[options[0].start + 1] = FilledGap(letters, options)
        floor = options[-1].end
    is_name = len(found) > 2 and len({gap.letters.text for gap in found.values()}) == 1
    return {} if is_name or len(found) * 2 < count else found


def _gap_above(outline: Outline, options: Options, floor: int) -> Line | None:
    """Return the nearest gap above options, but below the line ``floor``."""
    labels = [option.label for option in options]
    above = max(floor, options[0].start - _MOST_LINES)
    for row in reversed(outline.rows[above : options[0].start]):
        is_able = not (row.is_verbatim or named(row.text))  # "Ans: (b)" is of the question above
        for gap in reversed([*_FILLED.finditer(row.text)] if is_able else []):
            if known_letters(gap["letters"], labels):
                letters = gap["letters"].replace(" ", ",")  # "B D" names two, too
                return Line(letters, row.number, row.offset + gap.start("letters") + 1)
        if row.level:
            break
    return None


def with_empty_gap(question: Question, gap: FilledGap) -> Question:
    """Return the question without the letters in its gap. Columns stay as they are."""
    letters = gap.letters
    front = []
    for line in question.front:
        begin = letters.column - line.column
        if line.number == letters.number and begin >= 0:
            end = begin + len(letters.text)
            blank = " " * len(letters.text)
            line = line._replace(text=line.text[:begin] + blank + line.text[end:])
        front.append(line)
    return question._replace(front=tuple(front))


def questions_with_gaps(outline: Outline) -> Iterator[Question]:
    """Yield the questions. The letters of the gap answer, with the text below the options."""
    floor = 0
    for gap in outline.once(filled_gaps).values():
        letters, options = gap
        end = options[-1].end + 1
        spot = Spot(end, Span(end, end, options[0].indent), end)
        question = asked_from(outline, _start(outline, letters.number, floor), spot)
        floor = options[-1].end
        yield with_empty_gap(question, gap)._replace(given=(letters,), rule=FILLED)


def _start(outline: Outline, line: int, floor: int) -> int:
    """Return the line (from 1) where the question begins: the last number, or the paragraph."""
    above = outline.rows[floor:line]
    numbers = [row.number for row in above if row.ordinal and not row.is_verbatim]
    if numbers:
        return numbers[-1]
    paragraph = takewhile(lambda row: row.text and not row.is_verbatim, reversed(above))
    first = line
    for row in paragraph:
        first = row.number
        if row.marker:
            break
    return first


def explanation_end(outline: Outline, question: Question, end: int) -> int:
    """Return the line where the next number or part of an exam begins, at most ``end``."""
    for row in outline.rows[question.answer.end - 1 : end - 1] if question.number.isdigit() else ():
        is_next = row.ordinal == int(question.number) + 1 or _PART.match(row.text)
        if is_next and not row.is_verbatim:
            return row.number
    return end


_PART = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]")
