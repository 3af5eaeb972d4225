"""Finds the cards of files that have nothing else: Anki's text files, slides with pauses."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from cardwright.blocks.fences import read_fence
from cardwright.dialects.answer import PAUSE
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.order import count_between, first_from
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line

_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":"}
_BEGIN = "#separator:"
_KEY = re.compile(rf"(?!{_BEGIN})#(?P<key>[a-z][a-z ]*):(?P<value>.*)", re.IGNORECASE)
_FEWEST = 3
_LONGEST = 100_000
"""The fewest lines, for fewer are a sample. Longer ones are no cards."""


def lines_of_text_files(outline: Outline) -> list[Question]:
    """Return the lines below ``#separator:tab`` and further keys that have two fields or more.

    Anki's manual describes the format under "Importing", "Text files". In Markdown, most of these
    lines are in a code fence.
    """
    found: list[Question] = []
    for number, line in outline.lines_with(_BEGIN):
        value = line.removeprefix(_BEGIN).strip()
        sign = _SIGNS.get(value.lower(), value)
        if line.startswith(_BEGIN) and len(sign) == 1:
            found += _cards(outline, number, sign)
    return found if len(found) >= _FEWEST else []


def _cards(outline: Outline, begin: int, sign: str) -> Iterator[Question]:
    """Yield the cards below the line ``begin``. Keys are right above or below it."""
    lines, is_verbatim = outline.lines, outline.is_verbatim
    around = (range(begin - 1, 0, -1), range(begin + 1, len(lines) + 1))
    found = (key for rows in around for key in takewhile(bool, (_key(lines, at) for at in rows)))
    keys = {key["key"].lower(): key["value"].strip().lower() for key in found if key}
    others = {value for key, value in keys.items() if key.endswith(" column")}
    is_html = keys.get("html") == "true"  # without this key, no sign begins a tag
    for at in range(begin + 1, len(lines) + 1):
        line, is_code = lines[at - 1], is_verbatim[at - 1]
        if line.startswith(_BEGIN) or is_code != is_verbatim[begin - 1] or read_fence(line):
            return
        fields = next(csv.reader([line], delimiter=sign), []) if len(line) < _LONGEST else []
        sides = [
            Line(shown.strip(), at, max(line.find(text), 0) + 1)
            for column, text in enumerate(fields, 1)
            for shown in [text if is_html or "`" in text else text.replace("<", r"\<")]
            if str(column) not in others
        ][:2]
        if len(sides) > 1 and all(side.text for side in sides) and not _key(lines, at):
            span = Span(at, at + 1, column=sides[1].column)
            rule, given = "a line of one of Anki's text files", tuple(sides[1:])
            ending = EndRule.PIECE
            yield asked(sides[:1], span, is_marked=True, given=given, rule=rule, ending=ending)


def _key(lines: Sequence[str], number: int) -> re.Match[str] | None:
    return _KEY.match(lines[number - 1])


def paused(outline: Outline) -> list[Question]:
    """Return the slides, texts between two rules, that a pause (``. . .``) divides.

    Most of them must have one.
    """
    pauses = [n for n, text in outline.lines_with(PAUSE) if text.strip() == PAUSE]
    begin, end = outline.first_line - 1, len(outline.lines) + 1
    borders = [begin, *(rule for rule in outline.rules if rule > begin), end] if pauses else []
    found: list[Question] = []
    for start, following in pairwise(borders):
        line = first_from(pauses, start + 1)
        is_headed = count_between(outline.heading_lines, start + 1, following) > 0
        is_one = count_between(pauses, start + 1, following) == 1
        if is_one and not (is_headed or outline.is_verbatim[line - 1]):
            rows = trimmed(cut(outline.lines, Span(start + 1, line)))
            span = Span(line + 1, following)
            rule, ending = "a pause below it", EndRule.RULE
            found += [asked(rows, span, is_marked=True, rule=rule, ending=ending)] if rows else []
    return found if len(found) * 2 > len(borders) - 1 and len(found) > 1 else []
