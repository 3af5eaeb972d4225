"""Lines that say an answer without options above them: "Answer: …", and "True" or "False"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from cardwright.blocks.rows import LONGEST
from cardwright.blocks.signs import is_open
from cardwright.dialects.asked_above import Spot
from cardwright.dialects.labels import COLONS, Label, label_at, labels
from cardwright.dialects.options import begins_option
from cardwright.dialects.tasks import sets_a_task
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.wording.words import Concept, alternatives, mentions

_TRUTH = alternatives(Concept.TRUE, Concept.FALSE)
_SIGN = r"[√×✓✗✔✘☑]"
_IN_BOLD = rf"(?P<bold>\*\*|__)(?:{_TRUTH}|(?-i:[TFVRW]))[.,:]?(?P=bold)(?!\w)"
_ALONE = re.compile(rf"(?i){_IN_BOLD}|{_TRUTH}(?:\s*$|(?=\s?[.,;:。，；：(（])|(?=\s+[–—-]))")
_BEHIND = re.compile(rf"(?i)(?<=\S)[ \t]+(?={_IN_BOLD})")
_IN_BRACKETS = re.compile(
    rf"(?i)[（(]\s*(?:{_SIGN}|(?-i:[TF])|{_TRUTH})\s*(?:[，,；;：:][^()（）]*)?[)）]\W*$"
)
_TRUE_OR_FALSE = re.compile(
    rf"(?i)(?<!\w){alternatives(Concept.TRUE)}\s?(?:{alternatives(Concept.OR)}|/|\||)\s?"
    rf"{alternatives(Concept.FALSE)}(?!\w)|\b(?:T\s?/\s?F|r\s?/\s?f|v\s?/\s?f)\b"
    r"|判断题|判斷題|对错|正误|○×|OX\s?문제"
)
_JUDGED = re.compile(
    rf"(?i)(?:[^:：]{{0,40}}[:：])?\W*{_TRUTH}(?!\w)|[（(]\s*(?:{_SIGN}|[TF]\s*[)）])"
)


def answer_spots(outline: Outline) -> list[Spot]:
    """The lines that answer the text above them, in order, each with its answer."""
    found = {spot.line: spot for spot in _verdicts(outline)}
    for label in labels(outline):
        if label.concept is Concept.ANSWER and not label.level and _says(outline, label):
            span = Span(label.line, label.line + 1, label.indent, quotes=label.quotes)
            found[label.line] = Spot(label.line, span, label.line + 1)
    return [found[line] for line in sorted(found)]


_PARTED = re.compile(r"\s*[?!;|>=~@&+:/%-]{1,6}\s*")


def _says(outline: Outline, label: Label) -> bool:
    """Whether a label is no first word of a sentence, nor parted from above by a plugin's signs."""
    is_word = label.has_text and not label.opening and label.mark[:1] not in (*COLONS, *"-–—")
    above = outline.lines[label.line - 2] if label.line > 1 else ""
    return not is_word and not _PARTED.fullmatch(above)


def _verdicts(outline: Outline) -> Iterator[Spot]:
    """``True.`` under a statement, or bold behind it, where the line above or the section says so.

    Two counted statements with verdicts in brackets need nobody to say it.
    """
    in_brackets = dict(_in_brackets(outline))
    rows = outline.rows if len(in_brackets) > 1 or _may_judge(outline) else ()
    says = {
        number
        for number, text in enumerate(outline.lines if rows else (), 1)
        if _says_true_or_false(text[:LONGEST])
    }
    sections = [each for each in outline.headings if each.line in says]
    starts = [section.line for section in sections]
    above = 0
    for row in rows if says or len(in_brackets) > 1 else ():
        text, number = outline.lines[row.number - 1], row.number
        if row.is_verbatim or row.is_blank or len(text) > LONGEST:
            continue
        at = bisect_right(starts, number - 1) - 1
        is_section = at >= 0 and number < sections[at].end
        behind = _BEHIND.search(text, row.offset) if is_section and not row.level else None
        column = behind.end() + 1 if behind else 0
        column = in_brackets.get(number, column) if len(in_brackets) > 1 else column
        if (is_section or above in says) and _ALONE.match(text, row.offset):
            yield Spot(number, Span(number, number + 1, row.width, quotes=row.quotes), number + 1)
        elif column:
            yield Spot(number, Span(number, number + 1, 0, column), number + 1)
        above = number


def _may_judge(outline: Outline) -> bool:
    """Whether a line begins with "True" or "False", or has such a word in bold."""
    return any(
        _ALONE.match(text, row.offset) or (("**" in text or "__" in text) and _BEHIND.search(text))
        for row, text in zip(outline.rows, outline.lines, strict=True)
        if row.text
    )


def _says_true_or_false(text: str) -> bool:
    may_say = "/" in text or not text.isascii() or mentions(text, Concept.FALSE)
    return may_say and _TRUE_OR_FALSE.search(text) is not None


def _in_brackets(outline: Outline) -> Iterator[tuple[int, int]]:
    """The counted statements that end with a verdict in brackets, and its column.

    If options stand under a statement, "(F)" names the option F and is no verdict.
    """
    for row in outline.rows:
        if row.ordinal and row.text[-1:] in ")）。." and len(row.text) < LONGEST:
            verdict = _IN_BRACKETS.search(outline.lines[row.number - 1])
            if verdict and not any(map(begins_option, outline.rows[row.number : row.number + 2])):
                yield row.number, verdict.start() + 1


def are_asked(
    outline: Outline, questions: Sequence[Question], *, has_options: bool
) -> list[Question]:
    """Those of the questions above answers that are worded as such and not read elsewhere.

    Headings and labels ("Q:") have dialects of their own. Where all others are counted or bold,
    so have they, but for statements that are true or false and for those among options.
    """
    kept = [question for question in questions if _is_worded(outline, question)]
    is_own = has_options or any(_is_plain(outline, q) or is_judged(outline, q) for q in kept)
    return kept if is_own else []


def _is_worded(outline: Outline, question: Question) -> bool:
    label = label_at(outline, question.line)
    if outline.rows[question.line - 1].level or (label and label.asks):
        return False
    text = question.text
    is_task = is_open(text) or sets_a_task(text) or _says_true_or_false(text)
    return bool(question.number or is_task) or is_judged(outline, question)


def _is_plain(outline: Outline, question: Question) -> bool:
    """Whether a question is a paragraph without any mark."""
    row = outline.rows[question.line - 1]
    return not (question.number or row.marker or row.text.startswith(("**", "__", "<")))


def is_judged(outline: Outline, question: Question) -> bool:
    """Whether the answer begins with "True" or "False", behind a label or not."""
    line = outline.lines[question.answer.start - 1][question.answer.column - 1 :]
    return _JUDGED.match(line) is not None
