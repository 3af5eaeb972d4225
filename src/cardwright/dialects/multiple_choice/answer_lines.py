"""Lines that say an answer without options above them: "Answer: …", and "True" or "False"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from cardwright.dialects.answers.asked_above import Spot
from cardwright.dialects.tasks import sets_a_task
from cardwright.dialects.text.labels import Label, label_pattern, labels
from cardwright.dialects.text.leads import Lead
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.wording import ANSWER_WORDS

_REPLY = label_pattern(
    r"(?:(?:the|correct|sample|expected|model|suggested|short|right)[ \t]){0,2}answers?|ans"
    r"|respuestas?(?:[ \t]correctas?)?|respostas|réponses|antworten|risposte|参考答案|正确答案"
    rf"|{ANSWER_WORDS}"
)
_VERDICT_WORDS = (
    r"true|false|wahr|falsch|richtig|vrai|faux|verdadero|verdadeiro|falso|vero|certo|errado|cierto"
    r"|верно|неверно"
    r"|正确|错误|正確|錯誤|对|错|正しい|誤り|참|거짓"
)
_VERDICT = re.compile(
    rf"(?i)(?P<bold>\*\*|__)(?:{_VERDICT_WORDS}|(?-i:[TFVRW]))[.,:]?(?P=bold)(?!\w)"
    rf"|(?:{_VERDICT_WORDS})(?:(?=\s*$)|(?=\s?[.,;:。，；：(（])|(?=\s+[–—-]))"
)
_INLINE = re.compile(
    rf"(?i)(?<=\S)[ \t]+(?P<bold>\*\*|__)(?:{_VERDICT_WORDS}|(?-i:[TFVRW]))\.?(?P=bold)"
)
_SIGNS_OF_TRUTH = "√×✓✗✔✘☑"
_IN_BRACKETS = re.compile(
    rf"[（(]\s*(?:[{_SIGNS_OF_TRUTH}]|[TF]|[Tt]rue|[Ff]alse|对|错|正确|错误|正確|錯誤)\s*"
    r"(?:[，,；;：:][^()（）]*)?[)）]\W*$"
)
_COUNTED = re.compile(r"[\s>]*(?:[-*+]\s+)?[（(]?\d{1,3}[)）.、．]")
_TRUE_OR_FALSE = re.compile(
    r"(?i)\btrue\s?(?:or|/|\|)\s?false\b|\bT\s?/\s?F\b|\b(?:wahr|richtig)\s?(?:oder|/)\s?falsch\b"
    r"|\br\s?/\s?f\b|\bvrai\s?(?:ou|/)\s?faux\b|\bv\s?/\s?f\b|\bverdadero\s?(?:o|/)\s?falso\b"
    r"|\bcerto\s?(?:ou|/)\s?errado\b|\bcierto\s?(?:o|/)\s?falso\b"
    r"|\bverdadeiro\s?(?:ou|/)\s?falso\b|\bvero\s?(?:o|/)\s?falso\b|\bверно\s?(?:или|/)\s?неверно\b"
    r"|判断题|判斷題|对错|正误|○×|OX\s?문제"
)
_LONGEST = 2000


def answer_spots(outline: Outline) -> list[Spot]:
    """The lines that answer what stands above them, each with what it begins; in order."""
    found = {spot.line: spot for spot in _verdicts(outline)}
    for label in labels(outline, _REPLY):
        if not label.level and _says(label) and not _is_parted(outline, label.line):
            span = Span(label.line, label.line + 1, label.indent, quotes=label.quotes)
            found[label.line] = Spot(label.line, span, label.line + 1)
    return [found[line] for line in sorted(found)]


def _says(label: Label) -> bool:
    """Whether a label is one, and not the first word of a sentence."""
    return not label.has_text or label.mark in _COLONS or bool(label.opening)


def _is_parted(outline: Outline, line: int) -> bool:
    """Whether a line of signs stands right above, by which a plugin parts its cards."""
    above = outline.lines[line - 2].strip() if line > 1 else ""
    return 0 < len(above) < 10 and _SIGNS.fullmatch(above) is not None


_SIGNS = re.compile(r"[?!;|>=~@&+:/%-]{1,6}")
_COLONS = frozenset((":", "：", "::", ":-", "-", "–", "—", "--"))


def _verdicts(outline: Outline) -> Iterator[Spot]:
    """``True.`` under a statement, or bold behind it, where somebody says "true or false"."""
    sections = [each for each in outline.headings if _TRUE_OR_FALSE.search(each.text)]
    starts = [section.line for section in sections]
    in_brackets = {
        number
        for number, text in enumerate(outline.lines, 1)
        if text.rstrip().endswith((")", "）", "。", "."))
        and _is_judged_in_brackets(text)
        and not _is_chosen(outline, number)
    }
    if not (
        sections or in_brackets or any(map(_begins_with_verdict, outline.lines, outline.leads))
    ):
        return
    asked, above = 0, 0
    for number, text in enumerate(outline.lines, 1):
        if outline.is_verbatim[number - 1] or not text.strip() or len(text) > _LONGEST:
            continue
        at = bisect_right(starts, number - 1) - 1
        is_section = at >= 0 and number < sections[at].end
        lead = outline.leads[number - 1]
        brackets = _IN_BRACKETS.search(text) if number in in_brackets else None
        behind = _INLINE.search(text, lead.length) if is_section and not lead.level else None
        if _VERDICT.match(text, lead.length):
            if is_section or asked == above > 0:
                span = Span(number, number + 1, lead.indent, quotes=lead.quotes)
                yield Spot(number, span, number + 1)
        elif brackets and len(in_brackets) > 1:
            yield Spot(number, Span(number, number + 1, 0, brackets.start() + 1), number + 1)
        elif behind:
            span = Span(number, number + 1, 0, behind.start("bold") + 1)
            yield Spot(number, span, number + 1)
        above = number
        asked = number if _TRUE_OR_FALSE.search(text) else asked


def _begins_with_verdict(text: str, lead: Lead) -> bool:
    return len(text) <= _LONGEST and _VERDICT.match(text, lead.length) is not None


def _is_judged_in_brackets(text: str) -> bool:
    is_short = len(text) < _LONGEST
    return is_short and _COUNTED.match(text) is not None and bool(_IN_BRACKETS.search(text))


def _is_chosen(outline: Outline, number: int) -> bool:
    """Whether options stand under a line, so that an "F" in its brackets names one of them."""
    below = outline.lines[number : number + 2]
    return any(_FIRST_OPTION.match(text) for text in below)


_FIRST_OPTION = re.compile(r"[\s>]*(?:[-*+]\s+)?[*_(\[（]{0,3}[Aa][*_]{0,2}[.):：、．）\]]")


def are_asked(outline: Outline, questions: list[Question], *, has_options: bool) -> list[Question]:
    """Those of the questions above answers that are worded as such and not read elsewhere.

    Where all of them are counted, bold or under a heading, other dialects read them, but for
    statements that are true or false and for questions among others with options. Questions with
    a label ("Q:") are those of pairs, unless most here have none.
    """
    lines = {heading.line for heading in outline.headings}
    kept = [q for q in questions if q.line not in lines and _is_worded(outline, q)]
    labelled = [question for question in kept if _has_label(outline, question)]
    if len(labelled) * 2 >= len(kept):
        kept = [question for question in kept if not _has_label(outline, question)]
    if has_options or any(_is_plain(outline, q) or is_judged(outline, q) for q in kept):
        return kept
    return []


def _is_plain(outline: Outline, question: Question) -> bool:
    """Whether a question is a paragraph without any mark."""
    return not question.number and _MARKED.match(outline.lines[question.line - 1]) is None


_MARKED = re.compile(r"[\s>]*(?:[-*+]\s|\d{1,4}\s?[.)]|\*\*|__|#|<)")
_QUESTION = re.compile(
    r"(?i)[\s>*_]*(?:q|que|ques|questions?|pregunta|pergunta|frage|domanda|вопрос|问题?|問題?|질문)"
    r"[^\w\n:：.)]{0,3}\d{0,4}\s?[*_]*\s?[:：.)]"
)
_GAP = re.compile(r"_{2,}|\.{3}|…|[:：]\W*$|[:：]\s*\n")


def _has_label(outline: Outline, question: Question) -> bool:
    return _QUESTION.match(outline.lines[question.line - 1]) is not None


def _is_worded(outline: Outline, question: Question) -> bool:
    text = question.text
    is_task = sets_a_task(text) or _GAP.search(text) or _TRUE_OR_FALSE.search(text)
    return bool(question.number or is_task) or is_judged(outline, question)


def is_judged(outline: Outline, question: Question) -> bool:
    """Whether the answer begins with "True" or "False", behind a label or not."""
    line = outline.lines[question.answer.start - 1][question.answer.column - 1 :]
    return _JUDGED.match(line) is not None


_JUDGED = re.compile(
    rf"(?i)(?:[^:：]{{0,40}}[:：])?\W*(?:{_VERDICT_WORDS})(?!\w)|[（(]\s*(?:[{_SIGNS_OF_TRUTH}]|[TF]\s*[)）])"
)
