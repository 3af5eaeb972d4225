"""Finds the cards of Anki's text files: a line for each, with a tab between its fields.

Anki's manual describes the format under "Importing", "Text files". The lines are below
``#separator:tab`` and further keys. In Markdown, most of them are in a code fence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from cardwright.blocks.fences import read_fence
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span
from cardwright.model import Line

_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":"}
_BEGIN = "#separator:"
_KEY = re.compile(rf"(?!{_BEGIN})#(?P<key>[a-z][a-z ]*):(?P<value>.*)", re.IGNORECASE)
_FEWEST = 3
_LONGEST = 100_000
"""The fewest lines, for fewer are a sample. Longer ones are no cards."""


def lines_of_text_files(outline: Outline) -> list[Question]:
    """Return the lines below ``#separator:`` that have at least two fields."""
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
    for at in range(begin + 1, len(lines) + 1):
        line, is_code = lines[at - 1], is_verbatim[at - 1]
        if line.startswith(_BEGIN) or is_code != is_verbatim[begin - 1] or read_fence(line):
            return
        fields = next(csv.reader([line], delimiter=sign), []) if len(line) < _LONGEST else []
        sides = [
            Line(_shown(text.strip(), keys), at, max(line.find(text), 0) + 1)
            for column, text in enumerate(fields, 1)
            if str(column) not in others
        ][:2]
        if len(sides) > 1 and all(side.text for side in sides) and not _key(lines, at):
            span = Span(at, at + 1, column=sides[1].column)
            rule, given = "a line of one of Anki's text files", tuple(sides[1:])
            ending = EndRule.PIECE
            yield asked(sides[:1], span, is_marked=True, given=given, rule=rule, ending=ending)


def _key(lines: Sequence[str], number: int) -> re.Match[str] | None:
    return _KEY.match(lines[number - 1])


def _shown(text: str, keys: dict[str, str]) -> str:
    """Return a field as Markdown. Without the key ``html``, no sign begins a tag."""
    return text if keys.get("html") == "true" or "`" in text else text.replace("<", r"\<")
