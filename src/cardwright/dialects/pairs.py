"""Dialect Q: ``Q: What is a leaf?`` and ``A: An organ.``, in whatever form people label the two."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.answers import kept_lines
from cardwright.dialects.endings import answer_ends
from cardwright.dialects.labels import Label, label_pattern, labels, read_label
from cardwright.dialects.question import Outline, Question, asked
from cardwright.dialects.span import Span, cut, nothing_at
from cardwright.model import Line
from cardwright.wording import asks

_ASKING = (
    r"questions?|ques|qn|q|pregunta|pergunta|domanda|вопрос|frage|fråga|spørgsmål|spørsmål|vraag"
    r"|pytanie|soru|câu hỏi|問題|问题|題目|题目|質問|提问|問い|問|问|질문|문제|سؤال|السؤال|प्रश्न|س"
)
_LETTERS = r"p|d|f|в"
"""Letters that ask only where an answer is labelled too."""
_ANSWERING = (
    r"(?:(?:correct|right|sample|model|suggested|expected|short)[ \t])?answers?|ans|a|r|о"
    r"|solution|sol|respuesta|resposta|risposta|réponse|ответ|решение|antwort|lösung|svar|antwoord"
    r"|odpowiedź|cevap|trả lời|đáp án|参考答案|答案|回答|解答|答え|正解|答|답변|정답|답|الإجابة|إجابة"
    r"|الجواب|جواب|ج|उत्तर"
)
_PATTERN = label_pattern(rf"{_ANSWERING}|{_ASKING}|{_LETTERS}|b|c")
_REPLY = label_pattern(_ANSWERING)
_IS_ANSWER = re.compile(_ANSWERING)
_RULE = re.compile(r"[>\s]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FEWEST_UNLABELLED = 3
"""So many questions with no answer labelled in all the file are no accident."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A question's label, its answer's, and the line before which another label begins."""

    question: Label
    answer: Label | None
    end: int
    is_followed: bool


def pairs(outline: Outline) -> tuple[Question, ...]:
    """The questions behind a label, answered behind another or by the text under them.

    Without any label of an answer they have to ask, and to be three or more. A label in a
    heading is that of ``question-headings``.
    """
    found = [label for label in labels(outline, _PATTERN) if not label.level and _is_label(label)]
    cards = [label.line for label in found if label.word == "c" and _has_gap(outline, label)]
    paired = _paired(outline, found)
    labelled = sum(pair.answer is not None for pair in paired)
    if not labelled and len(paired) < _FEWEST_UNLABELLED:
        return ()
    questions = (_question(outline, pair, cards) for pair in paired)
    return tuple(question for question in questions if question is not None)


def _is_label(label: Label) -> bool:
    """Whether a single letter has the sign that only a label has."""
    if label.word in {"p", "d", "f", "в", "r", "о", "c", "س", "ج"}:
        return label.mark[:1] in {":", "："}
    if label.word == "a" and not label.number:
        return label.mark[:1] in {":", "：", ".", "．", "、"}
    return bool(label.mark or label.number or label.opening or len(label.word) > 1)


def _has_gap(outline: Outline, label: Label) -> bool:
    """Whether a line ``C:`` is a card of its own, with ``[…]`` in its paragraph."""
    above = outline.lines[label.line - 2].strip() if label.line > 1 else ""
    if above and not (above.endswith("-->") or _RULE.match(above)):
        return False
    for number in range(label.line, min(label.line + 30, len(outline.lines) + 1)):
        text = outline.lines[number - 1]
        if "[" in text or "：" in text[:2]:
            return True
        if not text.strip() and number > label.line + 1:
            return False
    return False


def _paired(outline: Outline, found: Sequence[Label]) -> list[_Pair]:
    """Every question with its answer, labels of neither left out."""
    asking = [at for at, label in enumerate(found) if _begins(outline, found, at)]
    starts = [found[at].line for at in asking]
    own = {label.line for label in found}
    real = tuple(heading for heading in outline.headings if heading.line not in own)
    ends = answer_ends(replace(outline, headings=real), starts)
    apart = _answers_apart(found, asking)
    paired: list[_Pair] = []
    for at, following, end in zip(asking, [*asking[1:], len(found)], ends, strict=True):
        question = found[at]
        is_followed = following < len(found) and found[following].line == end
        within = [label for label in found[at + 1 : following] if label.line < end]
        answer = _inline(outline, question, within, end) or _answer(question, within, apart)
        if answer is None and question.number in apart:
            answer = apart[question.number]
            after = bisect_right(found, answer.line, key=lambda label: label.line)
            end = found[after].line if after < len(found) else len(outline.lines) + 1
        if answer is not None or (_asks(outline, question) and not _is_weak(question)):
            paired.append(_Pair(question, answer, end, is_followed))
    return paired
