"""The question of a box, and what answers it: in the box, behind it, or below its title."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from cardwright.blocks.signs import is_rule
from cardwright.dialects.answers.answer import holds_text
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.summaries import title_lines
from cardwright.dialects.boxes.titles import Says, read_title, says_answer, says_hint
from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.labels import label_at
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, nothing_at, trimmed
from cardwright.model import Line
from cardwright.wording import asks


def inside(outline: Outline, at: int) -> Sequence[Box]:
    """The boxes in the box with the index ``at``."""
    return outline.folds[at + 1 : _behind(outline, at)]


def _behind(outline: Outline, at: int) -> int:
    """The index of the first box behind the one with the index ``at``."""
    boxes = outline.folds
    return bisect_left(boxes, boxes[at].end, at + 1, key=lambda box: box.start)


def question_of(outline: Outline, at: int, rule: str, *, is_marked: bool) -> Question:
    """The question of the box with the index ``at``, known by ``rule``.

    Its title asks unless that says nothing. The body asks too where boxes in it or behind it
    answer; else the answer is what follows a rule, a label or a first paragraph that asks in it,
    or all of it where there is a title.
    """
    box = outline.folds[at]
    title = title_lines(box) if read_title(box.text) is Says.TEXT else ()
    parts = [each for each in inside(outline, at) if each.may_answer or each.may_hint]
    asking: Sequence[Line]
    ending = EndRule.CONTAINER
    if any(part.may_answer for part in parts):
        asking = trimmed(cut(outline.lines, replace(box.body, end=parts[0].start, until=0)))
        answer = _answer_in(outline, parts, replace(box.body, start=parts[0].start, column=1))
    elif box.says is Says.QUESTION and (parts := _answers_behind(outline, at)):
        asking = trimmed([*cut(outline.lines, box.body), *_text_before(outline, box, parts[0])])
        answer = _answer_in(outline, parts, Span(parts[0].start, parts[-1].end))
    else:
        asking, answer = _parted(outline, box.body, has_title=bool(title))
        if not title or not _has_text(outline, box.body):
            answer, ending = _below(outline, at, answer, ending)
    gap = [Line("", box.start)] if title and asking else []
    heading = next((line.number for line in box.title if line.text.startswith("#")), 0)
    found = asked(
        [*title, *gap, *asking] or box.title or [Line("", box.start)],
        answer,
        line=heading or box.start,
        is_marked=is_marked,
    )
    return replace(found, rule=rule, ending=ending)


def _has_text(outline: Outline, body: Span) -> bool:
    return any(row.text.strip() for row in cut(outline.lines, body))


def _answer_in(outline: Outline, parts: Sequence[Box], whole: Span) -> Span:
    """The body of the one box that answers, or ``whole``, where there are several.

    A title that says more than "Answer" is the first line of it.
    """
    only = parts[0]
    if len(parts) > 1 or _has_text(outline, replace(whole, start=min(only.end, whole.end))):
        return whole
    if read_title(only.text) is not Says.TEXT:
        return only.body
    first = only.title[0]
    if _has_text(outline, only.body):
        return replace(only.body, start=first.number, column=first.column)
    end = first.column + len(first.text)
    return Span(first.number, first.number + 1, column=first.column, until=end)


_MOST_LINES = 12
"""Between a question and its solution are at most so many lines of text."""


def _answers_behind(outline: Outline, at: int) -> list[Box]:
    """The boxes with hints and answers that come next, headings that say so between them.

    Empty where no answer is among them. Before the first, a few lines of text go on asking.
    """
    found: list[Box] = []
    end = outline.folds[at].end
    for index in range(_behind(outline, at), len(outline.folds)):
        other = outline.folds[index]
        if other.start < end:
            continue  # in the one before
        if not (other.may_answer or other.may_hint):
            break
        is_near = not found and other.says is Says.ANSWER and _goes_on(outline, end, other.start)
        if not (is_near or _leads_to_answer(outline, end, other.start)):
            break
        found.append(other)
        end = other.end
    while found and not found[-1].may_answer:
        found.pop()
    return found


def _goes_on(outline: Outline, start: int, end: int) -> bool:
    """Whether a few lines of text stand there, no heading and no rule."""
    count = 0
    for at in range(start, end):
        row = outline.rows[at - 1]
        count += not row.is_blank
        if row.level or is_rule(row.text) or count > _MOST_LINES:
            return False
    return True


def _leads_to_answer(outline: Outline, start: int, end: int) -> bool:
    """Whether nothing stands there but rules, and headings that say what follows."""
    rows = (outline.rows[at - 1] for at in range(start, end))
    return all(
        row.is_blank
        or is_rule(row.text)
        or (row.level and (says_answer(row.text) or says_hint(row.text)))
        for row in rows
    )


def _text_before(outline: Outline, box: Box, following: Box) -> list[Line]:
    """The text between a question and the first of its hints and answers."""
    if _leads_to_answer(outline, box.end, following.start):
        return []
    return cut(outline.lines, replace(box.whole(following.start), start=box.end))


def _parted(outline: Outline, body: Span, *, has_title: bool) -> tuple[Sequence[Line], Span]:
    """The lines of a body that ask, and the rest, which is empty where nothing parts them.

    That is a rule, a line that begins with "Answer:", or a first paragraph that asks. Under a
    title only such a label below what asks does, and all of the body answers without one.
    """
    rows = cut(outline.lines, body)
    texts = [row.text for row in rows]
    first = next((at for at, text in enumerate(texts) if text.strip()), len(rows))
    for at, row in enumerate(rows[first + 1 :], first + 1):
        if outline.is_verbatim[row.number - 1]:
            continue
        label = label_at(outline, row.number)
        is_label = label is not None and label.answers and label.has_colon
        if is_label and (not has_title or asks("\n".join(texts[:at]))):
            return trimmed(rows[:at]), replace(body, start=row.number, column=1)
        if not has_title and is_rule(row.text):
            return trimmed(rows[:at]), replace(body, start=row.number + 1, column=1)
    if has_title:
        return (), body
    end = next((at for at in range(first, len(rows)) if not texts[at].strip()), len(rows))
    rest = "\n".join(texts[end:])
    asks_more = all(asks(part) for part in rest.split("\n\n") if part.strip())
    if asks("\n".join(texts[first:end])) and not asks_more:
        return rows[first:end], replace(body, start=rows[end].number, column=1)
    return trimmed(rows), nothing_at(body.end)


def _below(outline: Outline, at: int, answer: Span, ending: EndRule) -> tuple[Span, EndRule]:
    """The answer, or the text below a box that has none: of a title alone, or under a heading."""
    box = outline.folds[at]
    is_alone = asks(box.text) and not _has_text(outline, box.body)
    if answer.start < answer.end and not is_alone:
        return answer, ending
    above = next((h for h in reversed(outline.headings) if h.line < box.start), None)
    is_first = above is not None and not holds_text(outline.lines[above.body - 1 : box.start - 1])
    if not (is_alone or is_first):
        return answer, ending
    behind = _behind(outline, at)
    following = outline.folds[behind].start if behind < len(outline.folds) else 0
    body = Body(box.start, box.end, following, level=6)
    end = end_of_answer(outline, body, (EndRule.SECTION, EndRule.HEADING, EndRule.RULE))
    return replace(box.whole(end.line), start=box.end), end.rule
