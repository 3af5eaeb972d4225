"""Lines that begin with a number, whatever they mark it with, and the runs that they count up."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from cardwright.dialects.text.question import Outline
from cardwright.wording.words import Concept, alternatives

_MARK = re.compile(
    r"(?P<indent>[ \t>]*)(?P<bullet>[-*+][ \t]+)?(?P<hashes>#{1,6}[ \t]*)?(?P<bold>\*\*|__|<b>)?"
    rf"(?:(?i:(?P<answer>{alternatives(Concept.ANSWER, Concept.SOLUTION)}|a)"
    rf"|(?P<word>{alternatives(Concept.QUESTION, Concept.EXERCISE, Concept.TASK)}|ex|prob|q|第))"
    r"[ \t]?[.#№-]?[ \t]?)?"
    r"(?P<series>[A-Z]{1,2}(?=\d))?(?P<number>\d{1,3})(?![\d%])(?P<nth>[ \t]?[題题問问])?"
    r"(?P<close>\*\*|__|</b>)?"
    r"(?P<sign>[ \t]*(?:\\?[.):：、．）](?!\d)|[-–—](?=\s)|(?=$)|(?<=[*_>])(?=\s)))?"
    r"(?P<shut>\*\*|__|</b>)?[ \t]*"
)
_LONGEST_LEAD = 80
_WIDEST_GAP = 3
"""So many numbers at most are left out between two of a run."""

Shape = tuple[bool, int, bool, bool, int]
Run = tuple["Mark", ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the begin of a line; its text begins at ``column``, from 1.

    ``shape`` is what the marks of one list have in common: whether a word stands before the
    number, the level of a heading, bold, a bullet, the indentation. ``answers`` says that the
    word is one such as "Answer". ``opening`` is the bold that goes on behind the number.
    """

    line: int
    number: int
    column: int
    shape: Shape
    answers: bool
    opening: str = ""

    @property
    def has_word(self) -> bool:
        return self.shape[0]

    @property
    def level(self) -> int:
        return self.shape[1]


def runs(outline: Outline, first: int, end: int, *, may_answer: bool) -> list[list[Run]]:
    """The marks on lines ``first`` to before ``end`` in runs that count up, by their shape.

    A number that does not go on is none, but for that of a heading, with which a run begins anew.
    Without ``may_answer`` those that say "Answer" are left out.
    """
    by_shape: dict[Shape, list[list[Mark]]] = defaultdict(list)
    for number in range(first, end):
        mark = None if outline.is_verbatim[number - 1] else _mark(outline.lines[number - 1], number)
        if mark is None or (mark.answers and not may_answer):
            continue
        open_ = by_shape[mark.shape]
        last = open_[-1][-1].number if open_ else None
        if last is not None and last < mark.number <= last + _WIDEST_GAP:
            open_[-1].append(mark)
        elif last is None or mark.number <= 1 or (mark.level and mark.number <= last):
            open_.append([mark])
    return [[tuple(run) for run in found] for found in by_shape.values()]


def _mark(text: str, line: int) -> Mark | None:
    match = _MARK.match(text[:_LONGEST_LEAD])
    if match is None:
        return None
    has_word = bool(match["word"] or match["answer"])
    is_last = not text[match.end() :].strip("# \t")
    is_dressed = bool(match["hashes"] or match["bold"] or has_word)
    if match["series"] and not (is_dressed and (match["sign"] or match["close"])):
        return None
    if match["sign"] is None and not (has_word and text[match.end("number") :][:1] in " \t*<"):
        return None
    if not is_dressed and (is_last or not (match["sign"] or "").strip()):
        return None
    level = len((match["hashes"] or "").strip())
    width = len(match["indent"].expandtabs(4)) // 2
    shape = (has_word, level, match["bold"] is not None, match["bullet"] is not None, width)
    is_open = match["bold"] and not (match["close"] or match["shut"])
    opening = match["bold"] if is_open else ""
    answers = match["answer"] is not None
    return Mark(line, int(match["number"]), match.end() + 1, shape, answers, opening)
