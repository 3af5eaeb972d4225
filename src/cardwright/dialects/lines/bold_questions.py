"""Which bold lines ask: those that share a label, a sign or a number, or by their wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cardwright.dialects.lines.bold_lines import BoldLine
from cardwright.wording import asks

MOST = 0.6
"""The share of the bold lines that is most of them."""


def bold_questions(lines: Sequence[BoldLine]) -> list[BoldLine]:
    asking = [line for line in lines if line.is_label or has_question_mark(line)]
    labelled = [line for line in lines if line.is_label]
    if labelled and len(labelled) >= MOST * len(asking):
        return labelled
    signs = Counter(sign for line in lines for sign in {*line.signs})
    common = {sign for line in asking for sign in line.signs if signs[sign] > 1}
    signed = [line for line in lines if common & {*line.signs}]
    if signed and sum(bool(common & {*line.signs}) for line in asking) >= MOST * len(asking):
        return [line for line in lines if common & {*line.signs} or has_question_mark(line)]
    numbered = [line for line in lines if line.number.isdigit()]
    asked_ = [line for line in numbered if _reads_like_one(line)]
    marked = sum(bool(line.number) for line in asking)
    if len(asked_) > 1 and marked >= MOST * len(asking) and len(asked_) >= MOST * len(numbered):
        return _counted(numbered)
    likely = [line for line in lines if _reads_like_one(line)]
    is_most = len(likely) >= MOST * len(lines) and len(asking) * 2 >= len(likely)
    return likely if is_most else asking


def has_question_mark(line: BoldLine) -> bool:
    return re.search(r"[?？؟](?!\w)", line.text) is not None


def _reads_like_one(line: BoldLine) -> bool:
    """Whether it asks, or says what to do, and is no label such as ``**How it works:**``."""
    if line.is_label or has_question_mark(line):
        return True
    return asks(line.text) and not line.text.rstrip().endswith((":", "："))


def _counted(numbered: Sequence[BoldLine]) -> list[BoldLine]:
    """The numbered lines that ask, and those between them that go on counting."""
    found: list[BoldLine] = []
    for line in numbered:
        goes_on = bool(found) and int(line.number) > int(found[-1].number)
        if _reads_like_one(line) or goes_on:
            found.append(line)
    return found
