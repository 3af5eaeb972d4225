"""Lines that begin with a number, whatever they mark it with, and the runs that they count up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.dialects.text.question import Outline

_ASKING = (
    r"questions?|ques|qn|q|exercises?|ex|problems?|prob|tasks?|pregunta|pergunta|frage|aufgabe"
    r"|domanda|esercizio|exercice|ejercicio|exercício|вопрос|задача|задание|упражнение|soru|pytanie"
    r"|zadanie|vraag|fråga|câu(?: hỏi)?|bài|问题|問題|题目|題目|习题|練習|题|問|问|질문|문제"
)
_ANSWERING = (
    r"answers?|ans|a|solutions?|sol|respuesta|resposta|risposta|réponse|antwort|lösung|solución"
    r"|solução|soluzione|corrigé|ответ|решение|odpowiedź|svar|đáp án|答案|解答|答|解|정답|답"
)
_MARK = re.compile(
    r"(?P<indent>[ \t>]*)(?P<bullet>[-*+][ \t]+)?(?P<hashes>#{1,6}[ \t]*)?(?P<bold>\*\*|__|<b>)?"
    rf"(?:(?i:(?P<answer>{_ANSWERING})|(?P<word>{_ASKING}|第))[ \t]?[.#№-]?[ \t]?)?"
    r"(?P<series>[A-Z]{1,2}(?=\d))?(?P<number>\d{1,3})(?![\d%])(?P<nth>[ \t]?[题題问問])?"
    r"(?P<close>\*\*|__|</b>)?"
    r"(?P<sign>[ \t]*(?:\\?[.):：、．）](?!\d)|[-–—](?=\s)|(?=$)|(?<=[*_>])(?=\s)))?"
    r"(?P<shut>\*\*|__|</b>)?[ \t]*"
)
_LONGEST_LEAD = 80


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the begin of a line; its text begins at ``column``, from 1.

    ``shape`` is what the marks of one list have in common. ``level`` is that of a heading, 0 for
    none; ``has_word`` says that a word such as "Question" stands before the number, ``answers``
    that this is one such as "Answer". ``opening`` is the bold that goes on behind the number.
    """

    line: int
    number: int
    column: int
    shape: tuple[bool, int, bool, bool, int]
    has_word: bool
    answers: bool
    opening: str = ""

    @property
    def level(self) -> int:
        return self.shape[1]


def marks(outline: Outline, first: int, end: int) -> Iterator[Mark]:
    """The marks on lines ``first`` to ``end`` (the line after), in order."""
    for number in range(first, end):
        mark = None if outline.is_verbatim[number - 1] else _mark(outline.lines[number - 1], number)
        if mark is not None:
            yield mark


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
    is_open = match["bold"] is not None and not (match["close"] or match["shut"])
    level = len((match["hashes"] or "").strip())
    width = len(match["indent"].expandtabs(4)) // 2
    shape = (has_word, level, match["bold"] is not None, match["bullet"] is not None, width)
    return Mark(
        line,
        int(match["number"]),
        match.end() + 1,
        shape,
        has_word,
        match["answer"] is not None,
        match["bold"] if is_open else "",
    )


Run = tuple[Mark, ...]
_WIDEST_GAP = 3
"""So many numbers at most are left out between two of a run."""


def runs(found: Iterator[Mark]) -> dict[tuple[bool, int, bool, bool, int], list[Run]]:
    """The marks of each shape in runs that count up.

    A number that does not go on is none, but for that of a heading, with which a run begins anew.
    """
    by_shape: dict[tuple[bool, int, bool, bool, int], list[list[Mark]]] = defaultdict(list)
    for mark in found:
        open_ = by_shape[mark.shape]
        last = open_[-1][-1].number if open_ else None
        if last is not None and last < mark.number <= last + _WIDEST_GAP:
            open_[-1].append(mark)
        elif last is None or mark.number <= 1 or (mark.level and mark.number <= last):
            open_.append([mark])
    return {shape: [tuple(run) for run in found] for shape, found in by_shape.items()}
