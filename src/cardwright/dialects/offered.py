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
)
"""What asks for a list of things, which an answer may give."""
_CHOOSES = re.compile(
    rf"(?i)\b(?:which (?:one|of)|choose|select|pick|circle|tick|true or false"
    rf"|{alternatives(Concept.RIGHT)}|cuál(?:es)? de|qual d|welche[rs]? (?:der|von)"
    r"|le(?:s)?quel(?:le)?s?|какой из|какие из|верн\w+)\b|下列|以下.{0,6}(?:哪|正确)|正しい"
)
_MAY_CHOOSE = re.compile(
    r"(?i)\b(?:which|choose|select|pick|cuál(?:es)?|qual|quais|welche[rs]?|quel(?:le)?s?"
    rf"|{alternatives(Concept.RIGHT, Concept.TRUE, Concept.FALSE)})\b|哪|选|選|正确|правильн|верн"
)
_TELLS_TO_CHOOSE = re.compile(
    rf"""(?ix)(?:^|[.!?:(\n]\s*)\W{{0,6}}(?:
    (?:please\W+)?(?:choose|select|pick|circle|tick|mark|check|marque|elij?[ag]e?|seleccion[ae]
    |escolha|assinale|kreuzen?|wählen?|cochez|choisissez)\b
    (?:\W+(?:{alternatives(Concept.SMALL, Concept.RIGHT, Concept.MODEL)}|all|one|two|single|most
    |appropriate|only|just|eine|\d)){{0,4}}\W+
    (?:{alternatives(Concept.ANSWER, Concept.OPTIONS)}|responses?)\b
    |(?:choose|select|pick)\W+(?:one|two|three)\W*(?:$|\n)
    |(?:multiple|single)[-\ ]choice\b|(?:单选|多选|选择|單選|多選|選擇)题)"""
)


class Told:
    """Where a document says that one is to choose: ``Pick one answer``, to the section's end.

    ``is_exam`` says that it has options all over, most of them of a question that asks to choose.
    """

    def __init__(self, outline: Outline) -> None:
        self.is_exam = _is_exam(outline)
        self._starts: list[int] = []
        self._ends: list[int] = []
        for number, text in enumerate(outline.lines, 1):
            if len(text) <= _LONGEST_TOLD and _TELLS_TO_CHOOSE.search(text):
                at = bisect_right(outline.heading_lines, number)
                end = outline.headings[at - 1].end if at else len(outline.lines) + 1
                self._starts.append(number)
                self._ends.append(max(end, self._ends[-1] if self._ends else 0))

    def holds(self, line: int) -> bool:
        """Whether a question on ``line`` is one of those to choose for."""
        at = bisect_right(self._starts, line) - 1
        return at >= 0 and line < self._ends[at]


def _is_exam(outline: Outline) -> bool:
    choosing = told = 0
    for options in outline.options:
        above = options[0].start - 1
        while above >= 0 and (outline.is_verbatim[above] or not outline.lines[above].strip()):
            above -= 1
        text = outline.lines[above][:_LONGEST_TOLD] if above >= 0 else ""
        is_asked = asks(text) or is_open(text)
        told += is_asked and tells(options)
        is_choice = is_asked and (tells(options) or _ENUMERATES.search(text) is None)
        choosing += is_choice or _CHOOSES.search(text) is not None
    return (told > 1 or choosing > 2) and choosing * 2 >= len(outline.options)


def may_choose(text: str) -> bool:
    """Whether a text may ask one to choose: "which", "select", "true or false"."""
    return _MAY_CHOOSE.search(text) is not None


def may_offer(answer: str) -> bool:
    """Whether an answer is short and begins like a list, code or a picture."""
    return len(answer) <= _LONGEST and answer.lstrip()[:1] in _OPENINGS


_OPENINGS = frozenset("-*+•0123456789_([Aa`~!<☐")
_PICTURE = re.compile(r"\s*(?:$|!\[|<img\b)")


def _behind_code(answer: str) -> list[str]:
    """The lines of an answer without the code and the pictures that it begins with."""
    texts = answer.split("\n")
    is_code = lines_of_code(texts)
    shown = (at for at, text in enumerate(texts) if not (is_code[at] or _PICTURE.match(text)))
    return texts[next(shown, len(texts)) :]


_REPLY = re.compile(
    rf"(?i)(?<![^\W\d_]){alternatives(Concept.ANSWER, Concept.SOLUTION, Concept.BACK)}\W*$"
    r"|^\W*A\W{1,4}$"
)


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
    texts = _behind_code(answer)
    options = next(iter(options_in(texts)), ())
    if not options or any(map(str.strip, (*texts[: options[0].start], *texts[options[-1].end :]))):
        is_asked = is_told or _TELLS_TO_CHOOSE.search(front) is not None
        return is_asked and _is_plain_list(texts)
    labels = [option.label for option in options if option.label]
    is_settled = tells(options) or are_all_ticked(options) or _PARTS.search(front)
    if is_settled or any(filled_gap(line, labels) for line in front.split("\n")):
        return False
    if not labels and not (asks(front) or is_open(front)):
        return False  # what is to be done, or was
    is_choice = is_told or is_exam or _CHOOSES.search(front) is not None
    return is_choice or not _ENUMERATES.search(front)


_PARTS = re.compile(r"(?:^|\s)\(?[aA][.)]\s")


def _is_plain_list(texts: Sequence[str]) -> bool:
    """Whether it is a list of two or more short entries, none of which has text under it."""
    rows = [row for row in read_rows(texts, lines_of_code(texts)) if not row.is_blank]
    is_flat = len({row.indent for row in rows}) == 1 and all(row.marker for row in rows)
    return is_flat and 2 <= len(rows) <= _MOST_OPTIONS
