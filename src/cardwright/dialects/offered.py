"""Options to choose from that nothing answers: they are never an answer themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from cardwright.blocks.fences import lines_of_code
from cardwright.blocks.rows import read_rows
from cardwright.blocks.signs import is_open
from cardwright.dialects.boxes.titles import says_answer
from cardwright.dialects.named_options import filled_gap
from cardwright.dialects.options import are_all_ticked, options_in, tells
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span
from cardwright.wording import asks
from cardwright.wording.words import Concept, alternatives

_LONGEST, _LONGEST_TOLD, _MOST_OPTIONS = 4000, 200, 10
"""A longer answer is no list of options, a longer line tells nobody to choose."""
_CHOICE = alternatives(Concept.CHOOSES, Concept.RIGHT)
_LISTS = re.compile(rf"(?i)(?<![a-zà-я]){alternatives(Concept.LISTS)}(?![a-zà-я])")
_CHOOSES = re.compile(rf"(?i)(?<![a-zà-я]){_CHOICE}(?![a-zà-я])")
_TELLS_TO_CHOOSE = re.compile(
    rf"(?i)^\W*(?:please\W+)?{alternatives(Concept.CHOOSES)}(?:\W+\w+){{0,4}}?\W+"
    rf"(?:{alternatives(Concept.ANSWER, Concept.OPTIONS)}|one|two|three)\b"
    r"|(?:multiple|single)[- ]choice\b|(?:单选|多选|选择|單選|多選|選擇)题",
    re.MULTILINE,
)
_REPLY = re.compile(
    rf"(?i)(?<![^\W\d_]){alternatives(Concept.ANSWER, Concept.SOLUTION, Concept.BACK)}\W*$"
    r"|^\W*A\W{1,4}$"
)
_PARTS = re.compile(r"(?:^|\s)\(?[aA][.)]\s")
_OPENINGS = frozenset("-*+•0123456789_([Aa`~!<☐")
_PICTURE = re.compile(r"\s*(?:$|!\[|<img\b)")


class Told:
    """Where a document says that one is to choose: ``Pick one answer``, to the section's end.

    ``is_exam`` says that it has options all over, most of them of a question that asks to choose.
    """

    def __init__(self, outline: Outline) -> None:
        self.is_exam = _is_exam(outline)
        lines = enumerate(outline.lines, 1)
        self._starts = [
            n for n, text in lines if len(text) <= _LONGEST_TOLD and _TELLS_TO_CHOOSE.search(text)
        ]
        self._ends = [outline.section_end(line) for line in self._starts]

    def holds(self, line: int) -> bool:
        """Whether a question on ``line`` is one of those to choose for."""
        at = bisect_right(self._starts, line)
        return at > 0 and line < self._ends[at - 1]


def _is_exam(outline: Outline) -> bool:
    choosing = told = 0
    for options in outline.options:
        above = options[0].start - 1
        while above >= 0 and (outline.is_verbatim[above] or not outline.lines[above].strip()):
            above -= 1
        text = outline.lines[above][:_LONGEST_TOLD] if above >= 0 else ""
        is_told = (asks(text) or is_open(text)) and tells(options)
        told += is_told
        is_choice = (asks(text) or is_open(text)) and not _LISTS.search(text)
        choosing += bool(is_told or is_choice or _CHOOSES.search(text))
    return (told > 1 or choosing > 2) and choosing * 2 >= len(outline.options)


def may_offer(answer: str) -> bool:
    """Whether an answer is short and begins like a list, code or a picture."""
    return len(answer) <= _LONGEST and answer.lstrip()[:1] in _OPENINGS


def is_announced(lines: Sequence[str], answer: Span) -> bool:
    """Whether the text before an answer says that it is one: ``Answer:``, ``## Solution``."""
    head = lines[answer.start - 1][: answer.column - 1] if answer.start <= len(lines) else ""
    if head.strip():
        return bool(_REPLY.search(head))
    above = answer.start - 2
    while above >= 0 and not lines[above].strip():
        above -= 1
    text = lines[above] if above >= 0 else ""
    return len(text) <= _LONGEST_TOLD and (bool(_REPLY.search(text)) or says_answer(text))


def only_offers(front: str, answer: str, *, is_told: bool, is_exam: bool) -> bool:
    """Whether an answer is nothing but options of which none is said to be right.

    Those have letters or empty boxes, and the question does not ask for a list of things, or
    stands in an exam; other lists are options where the document, or the question, says to
    choose (``is_told``).
    """
    if not may_offer(answer):
        return False
    texts = answer.split("\n")
    is_code = lines_of_code(texts)
    shown = (at for at, text in enumerate(texts) if not (is_code[at] or _PICTURE.match(text)))
    texts = texts[next(shown, len(texts)) :]
    options = next(iter(options_in(texts)), ())
    if not options or any(map(str.strip, (*texts[: options[0].start], *texts[options[-1].end :]))):
        return (is_told or bool(_TELLS_TO_CHOOSE.search(front))) and _is_plain_list(texts)
    labels = [option.label for option in options if option.label]
    is_settled = tells(options) or are_all_ticked(options) or _PARTS.search(front)
    if is_settled or any(filled_gap(line, labels) for line in front.split("\n")):
        return False
    if not labels and not (asks(front) or is_open(front)):
        return False  # what is to be done, or was
    return bool(is_told or is_exam or _CHOOSES.search(front) or not _LISTS.search(front))


def _is_plain_list(texts: Sequence[str]) -> bool:
    """Whether it is a list of two or more short entries, none of which has text under it."""
    rows = [row for row in read_rows(texts, lines_of_code(texts)) if not row.is_blank]
    is_flat = len({row.indent for row in rows}) == 1 and all(row.marker for row in rows)
    return is_flat and 2 <= len(rows) <= _MOST_OPTIONS
