"""Finds what the bold lines that ask have in common: a label, a picture, numbers, their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cardwright.dialects.asking import Asking, is_announced
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks

MOST = 0.6
"""The share of bold lines that is most of them."""
FEWEST = 3
"""The fewest bold lines with an answer on the same line that make a form."""


def of_one_form(outline: Outline, lines: Sequence[Asking]) -> list[Asking]:
    """Return the lines with the mark of most asking lines; without one, the lines that ask."""
    asking = [each for each in lines if each.is_label or each.has_mark]
    least = MOST * len(asking)
    labelled = [each for each in lines if each.is_label or outline.knows(each.text)]
    if sum(each.is_label for each in labelled) >= max(FEWEST, least):
        return labelled
    signs = Counter(sign for each in lines for sign in {*each.signs})
    common = {sign for each in asking for sign in each.signs if signs[sign] > 1}
    if common and sum(bool(common & {*each.signs}) for each in asking) >= least:
        return [each for each in lines if common & {*each.signs} or each.has_mark]
    numbered = [each for each in lines if each.number.isdigit() or outline.knows(each.text)]
    counted = sum(each.asks for each in numbered)
    if (counted > 1 or len(numbered) >= FEWEST) and counted >= max(1, least):
        return numbered
    if special := _lettered(lines) or (_announced(outline, lines) if len(asking) > 1 else []):
        return special
    likely = [each for each in lines if each.asks]
    if len(likely) < MOST * len(lines):
        return asking
    first = sum(_begins_a_part(outline, each) for each in lines)
    if len(likely) >= FEWEST and first * 5 >= len(lines) * 4:
        return list(lines)
    tasks = sum(_TASK.search(each.text) is not None for each in likely)
    is_sure = len(asking) * 2 >= len(likely) or tasks >= max(FEWEST, _NEARLY_ALL * len(likely))
    return likely if is_sure else asking


_TASK = re.compile(r"(?:\w+\W+){3,}\w+[.。]\W*$")
"""A sentence of four words or more with its full stop: a task ("Name the parts of a leaf.")."""
_NEARLY_ALL = 0.8
"""The share of bold lines that are tasks where few have a question mark."""


def _begins_a_part(outline: Outline, each: Asking) -> bool:
    """Whether a line is the first one below a heading or a rule."""
    above = outline.row_above(each.line)
    return above is None or above.level > 0 or above.number in outline.rules


def _announced(outline: Outline, lines: Sequence[Asking]) -> list[Asking]:
    """Return the lines of several words, if most lines have them under a heading "Questions"."""
    found = [each for each in lines if " " in each.text and is_announced(outline, each.line)]
    return [e._replace(is_label=True) for e in found] if len(found) * 5 >= len(lines) * 4 else []


def _lettered(lines: Sequence[Asking]) -> list[Asking]:
    """Return the lines with a letter, ``**b. Name a root**``, if they are several and most ask."""
    found = [(each, match.end()) for each in lines if (match := _LETTER.match(each.text))]
    asking = sum(asks(each.text[end:]) for each, end in found)
    if len(found) < FEWEST or asking < MOST * len(found):
        return []
    return [each._replace(is_label=True) for each, _ in found]


_LETTER = re.compile(r"[*_]{0,3}[a-z]'{0,2}[.)]\s+")
