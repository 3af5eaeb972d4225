"""The questions that boxes are: what asks in them, and what answers in them or behind them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from cardwright.blocks.signs import is_rule
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.groups import groups_of
from cardwright.dialects.boxes.titles import Says, read_title
from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.labels import label_at
from cardwright.dialects.pair_labels import pair_labels
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, located, nothing_at, trimmed
from cardwright.model import Line
from cardwright.wording import asks, read_wording


def boxed_questions(
    outline: Outline, is_question: Callable[[Box], bool]
) -> Iterator[tuple[Box, Question]]:
    """The boxes that are questions, each with the question; those in one are parts of it."""
    end = 0
    for at, box in enumerate(outline.folds):
        if box.start >= end and is_question(box) and not _is_section(outline, at):
            question = _question(outline, at)
            yield box, question
            end = max(box.end, question.answer.end)


def is_asked_for(outline: Outline, box: Box) -> bool:
    """Whether a box asks for what answers in it, and not several questions in it."""
    may_ask = box.is_asking_kind or (box.is_fold and box.title)
    return bool(may_ask) and (len(groups_of(outline, box)) == 1 or _does_ask(box))


def _does_ask(box: Box) -> bool:
    return asks(box.text) or read_wording(box.text).has_label


def _is_section(outline: Outline, at: int) -> bool:
    """Whether a box holds questions and asks nothing itself."""
    boxes = outline.folds
    if _does_ask(boxes[at]):
        return False
    inside = boxes[at + 1 : _behind(outline, at)]
    is_asked = any(box.says is Says.QUESTION or (box.is_fold and _does_ask(box)) for box in inside)
    return is_asked or len(groups_of(outline, boxes[at])) > 1 or _holds_pairs(outline, boxes[at])


def _holds_pairs(outline: Outline, box: Box) -> bool:
    """Whether a box holds several questions and answers behind labels."""
    pairs = pair_labels(outline)
    first = bisect_left(pairs, box.start, key=lambda pair: pair.question.line)
    inside = [pair for pair in pairs[first : first + 2] if pair.question.line < box.end]
    return len(inside) > 1 and all(pair.answer for pair in inside)


def _behind(outline: Outline, at: int) -> int:
    """The index of the first box behind the one with the index ``at``."""
    boxes = outline.folds
    return bisect_left(boxes, boxes[at].end, at + 1, key=lambda box: box.start)


def _question(outline: Outline, at: int) -> Question:
    """The question of a box.

    Its title asks unless that says nothing. If boxes in the body or behind it answer, the body asks
    too. Else the answer follows a rule, a label or a first paragraph that asks. With a title and
    none of these, all of the body answers.
    """
    box, lines = outline.folds[at], outline.lines
    title = title_lines(box) if read_title(box.text) is Says.TEXT else ()
    group = next(iter(groups_of(outline, box)), None)
    asking: Sequence[Line]
    ending = EndRule.CONTAINER
    if group is None:
        asking, answer = _parted(outline, box.body, has_title=bool(title))
        if answer.start == answer.end or (asks(box.text) and not _has_text(outline, box.body)):
            answer, ending = _below(outline, at, answer)
    elif group.around is box:
        first = group.boxes[0]
        column = first.column if first.is_glued else 1
        asking = trimmed(cut(lines, box.body._replace(end=group.start, until=0)))
        answer = box.body._replace(start=group.start, column=column)
    else:
        asking = trimmed(cut(lines, box.body))
        answer = Span(group.start, group.end)
    gap = [Line("", box.start)] if title and asking else []
    heading = next((line.number for line in box.title if line.text.startswith("#")), box.start)
    front = [*title, *gap, *asking] or box.title or [Line("", box.start)]
    return asked(front, answer, line=heading)._replace(ending=ending)


def _has_text(outline: Outline, body: Span) -> bool:
    return any(row.text.strip() for row in cut(outline.lines, body))


def _parted(outline: Outline, body: Span, *, has_title: bool) -> tuple[Sequence[Line], Span]:
    """The lines of a body that ask, and the rest, which is empty where nothing parts them.

    Under a title only a label below what asks parts them, and all answers without one.
    """
    rows = cut(outline.lines, body)
    texts = [row.text for row in rows]
    first = next((at for at, text in enumerate(texts) if text.strip()), len(rows))
    for at, row in enumerate(rows[first + 1 :], first + 1):
        label = label_at(outline, row.number)
        is_label = label is not None and label.answers and label.has_colon
        is_part = not has_title and not outline.is_verbatim[row.number - 1] and is_rule(row.text)
        if is_part or (is_label and (not has_title or asks("\n".join(texts[:at])))):
            return trimmed(rows[:at]), body._replace(start=row.number + is_part, column=1)
    if has_title:
        return (), body
    end = next((at for at in range(first, len(rows)) if not texts[at].strip()), len(rows))
    paragraphs = "\n".join(texts[end:]).split("\n\n")
    if asks("\n".join(texts[first:end])) and not all(map(asks, filter(str.strip, paragraphs))):
        return rows[first:end], body._replace(start=rows[end].number, column=1)
    return trimmed(rows), nothing_at(body.end)


_RULES = (EndRule.SECTION, EndRule.HEADING, EndRule.RULE)


def _below(outline: Outline, at: int, answer: Span) -> tuple[Span, EndRule]:
    """The text below a box that is a title alone, or the first thing under a heading."""
    box, boxes = outline.folds[at], outline.folds
    at_heading = bisect_right(outline.heading_lines, box.start) - 1
    above = outline.headings[at_heading].body if at_heading >= 0 else 0
    between = range(box.start - 1, above - 1, -1)
    is_first = above > 0 and all(outline.rows[line - 1].is_blank for line in between)
    if not is_first and _has_text(outline, box.body):
        return answer, EndRule.CONTAINER
    behind = _behind(outline, at)
    following = boxes[behind].start if behind < len(boxes) else 0
    end = end_of_answer(outline, Body(box.start, box.end, following, level=6), _RULES)
    return box.whole(end.line)._replace(start=box.end), end.rule


_BELOW = re.compile(r"\n[ \t]*(?:\n|```|~~~)")
_STARS = re.compile(r"\s*[*★☆⭐🌟\ufe0f]{1,20}$")
_DRESS = re.compile(
    r"(?is)#{1,6}\s+(?P<heading>.*)|<(?P<tag>b|strong|i|em|u|h[1-6]|p|font|span|div|big|small"
    r"|center)\b[^<>]*>\s*(?P<inside>(?:(?!</?(?P=tag)\b).)*+)(?:</(?P=tag)>)?"
)


def title_lines(box: Box) -> tuple[Line, ...]:
    """The lines of a title, tags around all of it gone.

    So are a heading's mark and stars of difficulty; text below the first paragraph stays.
    """
    below = _BELOW.search(box.text)
    rest = box.text[below.start() :] if below else ""
    head = box.text.removesuffix(rest)
    while (bare := _bare(head)) != head:
        head = bare
    return located(head + rest, box.title)


def _bare(text: str) -> str:
    """The text without stars behind it and one tag around it."""
    text = text.removesuffix(stars.group()) if (stars := _STARS.search(text[-25:])) else text
    match = _DRESS.fullmatch(text)
    return ((match["heading"] or match["inside"] or "") if match else text).strip()
