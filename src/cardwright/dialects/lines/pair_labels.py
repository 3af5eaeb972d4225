"""The labels of questions and answers, ``Q1:`` and ``Ans -``, and which answers which."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cardwright.dialects.answers.answer import kept_lines
from cardwright.dialects.text.labels import Label, label_pattern, labels, read_label
from cardwright.dialects.text.leads import Lead, lead_of
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline
from cardwright.wording import ANSWER_WORDS, asks

_ASKING = (
    r"questions?|ques|qn|q|pregunta|enunciado|pergunta|domanda|вопрос|frage|fråga|spørgsmål"
    r"|spørsmål|vraag|pytanie|soru|câu hỏi|問題|问题|題目|题目|質問|提问|問い|問|问|질문|문제"
    r"|otázka|питання|pitanje|întrebare(?:a)?|kérdés|savol|soal|pertanyaan|คำถาม|سوال|প্রশ্ন"
    r"|السؤال|سؤال|प्रश्न|س"
)
_ANSWERING = (
    r"(?:(?:correct|right|sample|model|suggested|expected|short)[ \t])?answers?|ans|a"
    r"|correct(?:[ \t](?:option|choice|response))?"
    r"|solution|sol|respuesta correcta|resposta correta|решение|lösung|参考答案|إجابة|ج|r|s|о"
    rf"|{ANSWER_WORDS}"
)
_LETTERS = "pdfв"
"""Letters that ask only where the answer has a label as well."""
_OPTIONS = frozenset("BbCc")
_PATTERN = label_pattern(rf"{_ANSWERING}|{_ASKING}|[{_LETTERS}bc]")
_REPLY = label_pattern(_ANSWERING)
_QUESTION = label_pattern(_ASKING)
_ANSWERS = re.compile(_ANSWERING, re.IGNORECASE)
_ASKS = re.compile(rf"{_ASKING}|[{_LETTERS}]", re.IGNORECASE)
_GAP = re.compile(r"[?？.!。！)）>:：]{0,4}[ \t]+|[?？。！]+")
_COLON = (":", "：")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question's label and the one of its answer, ``None`` where the text under it answers.

    The question is over at the line ``until``; the answer at the line ``end``: where the next
    question begins (``is_followed``) or a section.
    """

    question: Label
    answer: Label | None
    until: int
    end: int
    is_followed: bool


def pair_labels(outline: Outline) -> tuple[list[Pair], list[Label]]:
    """The questions of a document with the labels of their answers, and all labels ``C:``.

    A label in a heading is left to the dialects of headings.
    """
    return outline.once(_pair_labels)


def _pair_labels(outline: Outline) -> tuple[list[Pair], list[Label]]:
    found = _found(outline)
    asking = _asking(outline, found)
    ends = _ends(outline, asking, {label.line for label in found})
    numbered = _by_number(found)
    lines = [label.line for label in found]
    pairs: list[Pair] = []
    for at, (question, end) in enumerate(zip(asking, ends, strict=True)):
        within = found[bisect_right(lines, question.line) : bisect_left(lines, end)]
        answer = _inline(outline, question, within, end) or _answer(question, within, numbered)
        until = answer.line if answer else end
        apart = numbered.get(question.number) if answer is None else None
        if apart is not None and apart.line > question.line:
            after = bisect_right(lines, apart.line)
            end = lines[after] if after < len(lines) else len(outline.lines) + 1
            end = min(end, outline.section_end(apart.line))
            answer = apart
        is_followed = at + 1 < len(asking) and asking[at + 1].line == end
        pairs.append(Pair(question, answer, until, end, is_followed))
    return pairs, [label for label in found if label.word == "C"]


def labelled_column(text: str, *, is_answer: bool) -> int:
    """The offset behind the label ``**Q:**`` (``A:``) that a text begins with, 0 for none."""
    label = read_label(_REPLY if is_answer else _QUESTION, text, 1, lead_of(text))
    if label is None or label.level or label.is_open or label.mark[:1] not in _COLON:
        return 0
    return label.column - 1


def _found(outline: Outline) -> list[Label]:
    """All labels in order; ``A)`` is one only behind ``Q)``, else an option."""
    found: list[Label] = []
    above: Label | None = None
    for label in labels(outline, _PATTERN):
        is_like_above = (
            above is not None
            and above.mark == label.mark == ")"
            and (above.word + label.word).lower() == "qa"
        )
        if not label.level and (is_like_above or _is_label(label)):
            found.append(label)
        above = label
    return found


def _is_label(label: Label) -> bool:
    """Whether a single letter has the sign that makes a label of it; ``a.`` is one of a list."""
    sign, word = label.mark[:1], label.word.lower()
    if len(label.word) > 1 or word in "q问問답" or label.number:
        return True
    if label.word in "AB答":
        return bool(label.mark) and (sign != ")" or label.word == "B")
    return sign in _COLON


def _asking(outline: Outline, found: Sequence[Label]) -> list[Label]:
    """The labels of questions: with an answer's label next, or what is behind them asks.

    ``Q1: launch`` in a plan of the year has neither.
    """
    asking: list[Label] = []
    following = None
    for at in range(len(found) - 1, -1, -1):
        label, above = found[at], found[at - 1].word if at else ""
        if label.word in _OPTIONS:
            continue
        is_answered = following is not None and _ANSWERS.fullmatch(following.word) is not None
        is_plain = label.word.lower() not in _LETTERS
        if following is not None and is_answered and not is_plain:
            is_answered = _is_next(outline, label.line, following.line)
        text = outline.lines[label.line - 1][label.column - 1 :]
        following = label
        if not _ASKS.fullmatch(label.word) or (label.word in "Dd" and above in _OPTIONS):
            continue
        if is_answered or (is_plain and (asks(text) or not label.has_text)):
            asking.append(label)
    return asking[::-1]


def _is_next(outline: Outline, line: int, answer: int) -> bool:
    """Whether the paragraph of a line, or the one behind it, is that of its answer's label."""
    between = [text.strip() for text in outline.lines[line : min(answer - 1, line + _NEAR)]]
    paragraph = between.index("") if "" in between else len(between)
    return answer - 1 <= line + _NEAR and not any(between[paragraph:])


_NEAR = 20
"""So many lines a question takes whose label is a mere letter of some language."""


def _ends(outline: Outline, asking: Sequence[Label], own: set[int]) -> list[int]:
    """For each question the line of the next one, or of a heading before that ends its section.

    A deeper heading is a part of the answer, but not at a level at which one stands right above
    a question. A label above a line of dashes is no heading.
    """
    headings = [heading for heading in outline.headings if heading.line not in own]
    lines = [heading.line for heading in headings]
    bound = len(outline.lines) + 1
    above = [bisect_right(lines, question.line) for question in asking]
    deepest, last = 0, 0
    for question, at in zip(asking, above, strict=True):
        is_first, last = at > last, at
        if is_first and _is_right_above(outline, headings[at - 1], question):
            deepest = max(deepest, headings[at - 1].level)
    ends: list[int] = []
    for at, following in zip(above, [*asking[1:], None], strict=False):
        end = following.line if following else bound
        level = max(headings[at - 1].level if at else 6, deepest)
        below = headings[at : bisect_left(lines, end)]
        ends.append(next((each.line for each in below if each.level <= level), end))
    return ends


def _is_right_above(outline: Outline, heading: Heading, question: Label) -> bool:
    return not kept_lines(outline.lines[heading.body - 1 : question.line - 1])


def _by_number(found: Sequence[Label]) -> dict[str, Label]:
    """The labels of answers by their numbers, those left out that stand twice."""
    answers = [label for label in found if label.number and _ANSWERS.fullmatch(label.word)]
    counts = Counter(label.number for label in answers)
    return {label.number: label for label in answers if counts[label.number] == 1}


def _answer(
    question: Label, within: Sequence[Label], numbered: Mapping[str, Label]
) -> Label | None:
    """The first label of an answer ``within`` a question's lines that is neither an option nor
    another question's, told by their numbers.
    """
    for at, label in enumerate(within):
        is_other = label.number and question.number in numbered and label.number != question.number
        if not _ANSWERS.fullmatch(label.word) or is_other:
            continue
        is_option = label.word in "Aa" and any(
            other.word in "Bb" and other.indent == label.indent for other in within[at + 1 : at + 9]
        )
        if not is_option:
            return label
    return None


def _inline(outline: Outline, question: Label, within: Sequence[Label], end: int) -> Label | None:
    """The label of an answer on a line of the question: behind a full stop, or emphasised."""
    last = min([end, *(label.line for label in within)])
    for number in range(question.line, last):
        text = outline.lines[number - 1]
        if outline.is_verbatim[number - 1] or not text.strip():
            return None
        start = question.column - 1 if number == question.line else 0
        for gap in _GAP.finditer(text, start):
            lead = Lead(gap.end(), question.quotes, question.indent, is_inline=True)
            label = read_label(_REPLY, text, number, lead)
            is_labelled = label is not None and label.mark[:1] in _COLON
            if label is not None and is_labelled and (label.opening or gap.group().strip()):
                return label
    return None
