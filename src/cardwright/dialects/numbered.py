"""Lines that begin with a number, whatever they mark it with, and the runs that they count up."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from cardwright.dialects.text.question import Outline
from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import Concept, alternatives

_MARK = lazy_pattern(
    r"(?P<indent>[ \t>]*)(?P<bullet>[-*+][ \t]+)?(?P<hashes>#{1,6}[ \t]*)?(?P<bold>\*\*|__|<b>)?"
    rf"(?:(?i:(?P<answer>{alternatives(Concept.ANSWER, Concept.SOLUTION)}|a)"
    rf"|(?P<word>{alternatives(Concept.QUESTION, Concept.EXERCISE, Concept.TASK)}|ex|prob|q|第))"
    r"[ \t]?[.#№-]?[ \t]?)?"
    r"(?P<series>[A-Z]{1,2}(?=\d))?(?P<number>\d{1,4})(?![\d%])(?:[ \t]?[題题問问])?"
    r"(?P<close>\*\*|__|</b>)?"
    r"(?P<sign>[ \t]*(?:\\?[.):：、．）](?!\d)|[-–—](?=\s)|(?=$)|(?<=[*_>])(?=\s)))?"
    r"(?P<shut>\*\*|__|</b>)?[ \t]*"
)
_LONGEST_LEAD = 80
_WIDEST_GAP = 3
"""So many numbers at most are left out between two of a run."""

Run = tuple["Mark", ...]


class Mark(NamedTuple):
    """A number at the begin of a line; its text begins at ``column``, from 1.

    ``has_word`` says that a word stands before it, ``answers`` that it is one such as "Answer".
    ``level`` is that of a heading, 0 for none. ``shape`` is what the marks of a list have in
    common, ``opening`` the bold that goes on behind the number.
    """

    line: int
    number: int
    column: int
    level: int
    has_word: bool
    answers: bool
    opening: str
    shape: tuple[bool | int, ...]


def runs(outline: Outline, first: int, end: int, *, may_answer: bool) -> list[list[Run]]:
    """The marks on lines ``first`` to before ``end`` in runs that count up, by their shape.

    A number that does not go on is none, but for that of a heading, with which a run begins anew.
    Without ``may_answer`` those that say "Answer" are left out.
    """
    by_shape: defaultdict[tuple[bool | int, ...], list[list[Mark]]] = defaultdict(list)
    for number in range(first, end):
        mark = None if outline.is_verbatim[number - 1] else _mark(outline.lines[number - 1], number)
        if mark is None or (mark.answers and not may_answer):
            continue
        open_ = by_shape[mark.shape]
        last = open_[-1][-1].number if open_ else -1
        if open_ and last < mark.number <= last + _WIDEST_GAP:
            open_[-1].append(mark)
        elif not open_ or mark.number <= 1 or (mark.level and mark.number <= last):
            open_.append([mark])
    return [[tuple(run) for run in found] for found in by_shape.values()]


def _mark(text: str, line: int) -> Mark | None:
    match = _MARK.match(text[:_LONGEST_LEAD])
    if match is None:
        return None
    has_word, sign = bool(match["word"] or match["answer"]), match["sign"]
    is_dressed = bool(match["hashes"] or match["bold"] or has_word)
    is_last = not text[match.end() :].strip("# \t")
    is_apart = has_word and text[match.end("number") :][:1] in " \t*<"
    is_signed = sign is not None and (is_dressed or (bool(sign.strip()) and not is_last))
    if not (is_signed or (sign is None and is_apart)):
        return None
    if match["series"] and not (is_dressed and (sign or match["close"])):
        return None
    level = len((match["hashes"] or "").strip())
    width = len(match["indent"].expandtabs(4)) // 2
    opening = "" if match["close"] or match["shut"] else match["bold"] or ""
    shape = (has_word, level, bool(match["bold"]), bool(match["bullet"]), width)
    answers = match["answer"] is not None
    number, column = int(match["number"]), match.end() + 1
    return Mark(line, number, column, level, has_word, answers, opening, shape)
