"""Lines that say an answer without options above them: "Answer: …", and "True" or "False"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from cardwright.blocks.rows import LONGEST
from cardwright.blocks.signs import is_open
from cardwright.dialects.asked_above import Spot
from cardwright.dialects.options import begins_option
from cardwright.dialects.tasks import sets_a_task
from cardwright.dialects.text.labels import Label, label_pattern, labels
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.wording.words import Concept, alternatives

_REPLY = label_pattern(
    rf"(?:(?:the|{alternatives(Concept.RIGHT, Concept.MODEL)})[ \t]?){{0,2}}"
    rf"{alternatives(Concept.ANSWER)}(?:[ \t]{alternatives(Concept.RIGHT)})?"
)
_COLONS = frozenset((":", "：", "::", ":-", "-", "–", "—", "--"))
_TRUTH = alternatives(Concept.TRUE, Concept.FALSE)
_SIGNS_OF_TRUTH = "√×✓✗✔✘☑"
_BOLD_VERDICT = rf"(?P<bold>\*\*|__)(?:{_TRUTH}|(?-i:[TFVRW]))[.,:]?(?P=bold)(?!\w)"
_VERDICT = re.compile(
    rf"(?i){_BOLD_VERDICT}|{_TRUTH}(?:(?=\s*$)|(?=\s?[.,;:。，；：(（])|(?=\s+[–—-]))"
)
_INLINE = re.compile(rf"(?i)(?<=\S)[ \t]+{_BOLD_VERDICT}")
_IN_BRACKETS = re.compile(
    rf"(?i)[（(]\s*(?:[{_SIGNS_OF_TRUTH}]|(?-i:[TF])|{_TRUTH})\s*(?:[，,；;：:][^()（）]*)?[)）]\W*$"
)
_TRUE_OR_FALSE = re.compile(
    rf"(?i)(?<!\w){alternatives(Concept.TRUE)}\s?(?:{alternatives(Concept.OR)}|/|\||)\s?"
    rf"{alternatives(Concept.FALSE)}(?!\w)|\b(?:T\s?/\s?F|r\s?/\s?f|v\s?/\s?f)\b"
    r"|判断题|判斷題|对错|正误|○×|OX\s?문제"
)
_JUDGED = re.compile(
    rf"(?i)(?:[^:：]{{0,40}}[:：])?\W*{_TRUTH}(?!\w)|[（(]\s*(?:[{_SIGNS_OF_TRUTH}]|[TF]\s*[)）])"
)


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


def _verdicts(outline: Outline) -> Iterator[Spot]:
    """``True.`` under a statement, in bold or brackets behind it, where one is to say which."""
    says = {n for n, text in enumerate(outline.lines, 1) if _TRUE_OR_FALSE.search(text[:LONGEST])}
    sections = [each for each in outline.headings if each.line in says]
    starts = [section.line for section in sections]
    judged = dict(_judged_in_brackets(outline))
    if not (says or judged):
        return
    above = 0
    for row in outline.rows:
        text, number = outline.lines[row.number - 1], row.number
        if row.is_verbatim or row.is_blank or len(text) > LONGEST:
            continue
        at = bisect_right(starts, number - 1) - 1
        is_section = at >= 0 and number < sections[at].end
        behind = _INLINE.search(text, row.offset) if is_section and not row.level else None
        if _VERDICT.match(text, row.offset) and (is_section or above in says):
            span = Span(number, number + 1, row.width, quotes=row.quotes)
            yield Spot(number, span, number + 1)
        elif number in judged and len(judged) > 1:
            yield Spot(number, Span(number, number + 1, 0, judged[number]), number + 1)
        elif behind:
            span = Span(number, number + 1, 0, behind.start("bold") + 1)
            yield Spot(number, span, number + 1)
        above = number


def _judged_in_brackets(outline: Outline) -> Iterator[tuple[int, int]]:
    """The counted statements that end with a verdict in brackets, and its column.

    Where options stand under one, an "F" in its brackets names one of them.
    """
    for row in outline.rows:
        if row.ordinal and row.text[-1:] in ")）。." and len(row.text) < LONGEST:
            judged = _IN_BRACKETS.search(outline.lines[row.number - 1])
            below = outline.rows[row.number : row.number + 2]
            if judged and not any(map(begins_option, below)):
                yield row.number, judged.start() + 1


def are_asked(
    outline: Outline, questions: Sequence[Question], *, has_options: bool
) -> list[Question]:
    """Those of the questions above answers that are worded as such and not read elsewhere.

    Where all of them are counted, bold or under a heading, other dialects read them, but for
    statements that are true or false and for questions among others with options.
    """
    able = [each for each in questions if not outline.rows[each.line - 1].level]
    kept = [question for question in able if _is_worded(outline, question)]
    is_own = has_options or any(_is_plain(outline, q) or is_judged(outline, q) for q in kept)
    return kept if is_own else []


def _is_plain(outline: Outline, question: Question) -> bool:
    """Whether a question is a paragraph without any mark."""
    row = outline.rows[question.line - 1]
    return not (
        question.number or row.marker or row.level or row.text.startswith(("**", "__", "<"))
    )


def _is_worded(outline: Outline, question: Question) -> bool:
    text = question.text
    is_task = is_open(text) or sets_a_task(text) or _TRUE_OR_FALSE.search(text)
    return bool(question.number or is_task) or is_judged(outline, question)


def is_judged(outline: Outline, question: Question) -> bool:
    """Whether the answer begins with "True" or "False", behind a label or not."""
    line = outline.lines[question.answer.start - 1][question.answer.column - 1 :]
    return _JUDGED.match(line) is not None
