"""Sections in which one line of bold after another has its answer on the line below it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from cardwright.dialects.lines.bold_lines import BoldLine
from cardwright.dialects.lines.bold_questions import has_question_mark
from cardwright.dialects.text.question import Outline

_FEWEST = 5
"""So many such pairs are no accident."""


def bold_prompts(outline: Outline, lines: Sequence[BoldLine]) -> list[BoldLine]:
    """The bold lines of all sections that hold nothing else than those and a line under each.

    One of them has a gap to fill, and another one that or a question mark; the others may be terms,
    or begin a sentence that the answer ends.
    """
    headings = [heading.line for heading in outline.headings]
    sections: dict[int, list[BoldLine]] = defaultdict(list)
    for line in lines:
        if not line.is_lead:
            sections[bisect_right(headings, line.line)].append(line)
    found: list[BoldLine] = []
    for section in sections.values():
        gaps = sum(_GAP.search(line.text) is not None for line in section)
        asking = gaps + sum(has_question_mark(line) for line in section)
        if len(section) >= _FEWEST and gaps and asking > 1 and _are_pairs(outline, section):
            found += section
    return found


_GAP = re.compile(r"_{3,}")


def _are_pairs(outline: Outline, section: Sequence[BoldLine]) -> bool:
    """Whether a single line of text stands under each bold line, and nothing else between them."""
    end = outline.section_end(section[0].line)
    begins = [line.line for line in section]
    for begin, following in zip(begins, [*begins[1:], end], strict=True):
        text = [bool(row.strip()) for row in outline.lines[begin - 1 : following - 1]]
        if text[:2] != [True, True] or any(text[2:]):
            return False
    return True
