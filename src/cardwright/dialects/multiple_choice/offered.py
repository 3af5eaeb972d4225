"""Options to choose from that nothing answers: they are never an answer themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from cardwright.blocks.fences import lines_of_code
from cardwright.dialects.boxes.titles import says_answer
from cardwright.dialects.multiple_choice.filled_gaps import filled_gap
from cardwright.dialects.multiple_choice.options import Option, groups, tells
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span
from cardwright.wording import asks

_LONGEST = 4000
"""An answer with more characters than these is no list of options."""
_LONGEST_TOLD = 200
_MOST_OPTIONS = 10
_ENUMERATES = re.compile(
    r"""(?ix)\b(?:what\ are|list|name|types?|kinds?|steps?|stages?|phases?|ways|differences?|parts
    |advantages?|disadvantages?|pros|benefits?|features|components|reasons?|examples?|describe
    |explain|compare|properties|attributes|rules|methods|principles|how|why
    |qué\ son|cuáles\ son|tipos|pasos|ventajas|nombr[ae]|enumer[ae]|diferencias?|por\ qu[eé]|cómo
    |como|quais\ são|vantagens|cite|liste[rz]?|types|étapes|avantages|quels\ sont|comment|pourquoi
    |nenne[n]?|arten|schritte|vorteile|unterschiede?|wie|warum|beschreibe[n]?|erkläre[n]?
    |назовите|перечислите|виды|типы|этапы|как|почему)\b
    |列举|哪些|几种|区别|步骤|如何|怎么|为什么|種類|手順|なぜ|종류"""
    ""
)
_CHOOSES = re.compile(
    r"""(?ix)\b(?:which\ (?:one|of)|choose|select|pick|circle|tick
    |true\ or\ false|correct|cuál(?:es)?\ de|qual\ d|welche[rs]?\ (?:der|von)|le(?:s)?quel(?:le)?s?
    |какой\ из|какие\ из|верн\w+)\b|下列|以下.{0,6}(?:哪|正确)|正しい"""
)
_TOLD = re.compile(
    r"""(?ix)(?:^|[.!?:(\n]\s*)\W{0,6}(?:please\W+)?
    (?:(?:choose|select|pick|circle|tick|mark|check)\W+(?:only\W+|just\W+)?
    (?:(?:one|the|all|a|an|single|right|correct|best|most|appropriate|\d)\W+){1,4}
    (?:answers?|options?|choices?|responses?|alternatives?)\b
    |(?:choose|select|pick)\W+(?:one|two|three|the\W+(?:right|correct|best)\W+one)\W*(?:$|\n)
    |multiple[-\ ]choice\b|single[-\ ]choice\b
    |(?:marque|elija|elige|selecciona|seleccione|escolha|assinale)\W+(?:\w+\W+){0,3}
    (?:respuestas?|opci(?:ón|ones)|alternativas?|opção|resposta)\b
    |(?:kreuze|wähle)n?\b.{0,40}\bantwort(?:en)?\b
    |(?:cochez|choisissez)\b.{0,30}\bréponses?\b
    |(?:单选|多选|选择|單選|多選|選擇)题)"""
)
_BULLET = re.compile(r"(?:[-*+•]|\d{1,2}[.)])[ \t]+(?!\[[^\]]*\]\()(?P<text>\S.*)$")


class Told:
    """Where a document says that one is to choose: ``Pick one answer``, to the section's end.

    ``is_exam`` says that it has options all over, most of them of a question that asks to choose.
    """

    def __init__(self, outline: Outline) -> None:
        lines, headings = outline.lines, outline.headings
        self.is_exam = _is_exam(outline)
        self._starts: list[int] = []
        self._ends: list[int] = []
        at = 0
        for number, text in enumerate(lines, 1):
            if len(text) > _LONGEST_TOLD or not _TOLD.search(text):
                continue
            at = bisect_right(headings, number, lo=at, key=lambda heading: heading.line)
            end = headings[at - 1].end if at else len(lines) + 1
            self._starts.append(number)
            self._ends.append(max(end, self._ends[-1] if self._ends else 0))

    def holds(self, line: int) -> bool:
        """Whether a question on ``line`` is one of those to choose for."""
        at = bisect_right(self._starts, line) - 1
        return at >= 0 and line < self._ends[at]


def _is_exam(outline: Outline) -> bool:
    lines, is_code, found = outline.lines, outline.is_verbatim, outline.options
    choosing = told = 0
    for options in found:
        above = options[0].start - 1
        while above >= 0 and (is_code[above] or not lines[above].strip()):
            above -= 1
        text = lines[above][:_LONGEST_TOLD] if above >= 0 else ""
        is_asked = asks(text) or _GAP.search(text) is not None
        is_told = is_asked and tells(options)
        told += is_told
        is_asked = is_asked and _ENUMERATES.search(text) is None
        choosing += is_told or is_asked or _CHOOSES.search(text) is not None
    return (told > 1 or choosing > 2) and choosing * 2 >= len(found)


def may_offer(answer: str) -> bool:
    """Whether an answer is short and begins like a list, or does so behind code."""
    if len(answer) > _LONGEST or answer.lstrip()[:1] not in _OPENINGS:
        return False
    return _ITEM.match("\n".join(_behind_code(answer))) is not None


def _behind_code(answer: str) -> list[str]:
    """The lines of an answer without the code and the pictures that it begins with."""
    texts = answer.split("\n")
    is_code = lines_of_code(texts)
    at = 0
    while at < len(texts) and (is_code[at] or _PICTURE.match(texts[at][:40])):
        at += 1
    return texts[at:]


_OPENINGS = frozenset("-*+•0123456789_([Aa`~!<")
"""What an item, a letter, code or a picture begins with."""
_PICTURE = re.compile(r"\s*(?:$|!\[|<img\b)")


_ITEM = re.compile(r"\s*(?:[-*+•]\s|\d{1,2}[.)]\s|[*_(\[]{0,3}[Aa][*_]{0,2}[.):：、）．\]])")


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


_REPLY = re.compile(
    r"(?i)(?:answers?|ans|solution|back|respuesta|resposta|réponse|antwort|lösung|ответ|答案|解答"
    r"|回答|正解|答え?|답)\W*$|^\W*(?:[-*+]\s+)?\W*A\W{1,4}$"
)


def only_offers(front: str, answer: str, *, is_told: bool, is_exam: bool) -> bool:
    """Whether an answer is nothing but options of which none is said to be right.

    Those have letters or empty boxes, and the question does not ask for a list of things, or
    stands in an exam; other lists are options where the document, or the question, says to
    choose (``is_told``).
    """
    if not may_offer(answer):
        return False
    texts = _behind_code(answer)
    chooses = is_told or _CHOOSES.search(front) is not None
    found = groups(texts, [False] * len(texts))
    if len(found) == 1 and not any(text.strip() for text in _around(texts, found[0])):
        labels = [option.label for option in found[0] if option.label]
        if any(filled_gap(line, labels) for line in front.split("\n")):
            return False
        if tells(found[0]) or any(option.is_emoji for option in found[0]) or _PARTS.search(front):
            return False
        if not found[0][0].label and not (asks(front) or _GAP.search(front)):
            return False  # what is to be done, or was
        return chooses or is_exam or not _ENUMERATES.search(front)
    return (is_told or _TOLD.search(front) is not None) and _is_plain_list(texts)


_PARTS = re.compile(r"(?:^|\s)\(?[aA][.)]\s")
_GAP = re.compile(r"_{2,}|\.{3}|…|:\s*$")


def _around(texts: Sequence[str], options: Sequence[Option]) -> list[str]:
    first, last = options[0], options[-1]
    return [*texts[: first.start], *texts[last.end :]]


def _is_plain_list(texts: Sequence[str]) -> bool:
    """Whether it is a list of two or more short entries, none of which has text under it."""
    rows = [text for text in texts if text.strip()]
    items = [_BULLET.match(text.strip()) for text in rows]
    indents = {len(text) - len(text.lstrip()) for text in rows}
    return all(items) and len(indents) == 1 and 2 <= len(rows) <= _MOST_OPTIONS
