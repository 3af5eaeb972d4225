"""Makes the question of a box from its title, ``<summary>What is a leaf?</summary>``, and text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from cardwright.dialects.boxes.answers import groups_of
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.endings import Body, EndRule, end_of_answer, level_above
from cardwright.dialects.labels import label_at
from cardwright.dialects.text.order import first_from
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, located, nothing_at, trimmed
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.signs import HASHES
from cardwright.wording.titles import Role, read_title


def is_callout(box: Box) -> bool:
    return box.role is Role.QUESTION and (box.is_asking_kind or not box.is_fold)


def index_behind(outline: Outline, at: int) -> int:
    """Return the index of the first box after the one with the index ``at``."""
    boxes = outline.boxes
    return bisect_left(boxes, boxes[at].end, at + 1, key=lambda box: box.start)


def question_of_box(outline: Outline, at: int) -> Question:
    """Return the question of a box."""
    box, lines = outline.boxes[at], outline.lines
    title = _title_lines(box) if read_title(box.text) is Role.TEXT else ()
    group = next(iter(groups_of(outline, box)), None)
    asking: Sequence[Line]
    ending = EndRule.CONTAINER
    if group is None:
        asking, answer = _parted(outline, box.body, has_title=bool(title))
        if answer.start == answer.end or (asks(box.text) and not _has_text(outline, box.body)):
            answer, ending = _below(outline, at, answer)
    elif group.around is box:
        asking = trimmed(cut(lines, box.body._replace(end=group.start, until=0)))
        answer = box.body._replace(start=group.start, column=1)
    else:
        asking = trimmed(cut(lines, box.body))
        answer = Span(group.start, group.end)
    gap = [Line("", box.start)] if title and asking else []
    front = [*title, *gap, *asking] or box.title or [Line("", box.start)]
    return asked(front, answer, line=box.start)._replace(ending=ending)


def _has_text(outline: Outline, body: Span) -> bool:
    return any(row.text.strip() for row in cut(outline.lines, body))


def _parted(outline: Outline, body: Span, *, has_title: bool) -> tuple[Sequence[Line], Span]:
    """Return the asking lines of a body, and the rest, which is empty if nothing divides them.

    Below a title, the whole body answers. The text above a label in it still asks (``sides``).
    """
    if has_title:
        return (), body
    rows = cut(outline.lines, body)
    labelled = [label_at(outline, row.number) for row in rows]
    answers = [label.line for label in labelled if label and label.answers and label.has_colon]
    answers = sorted((*answers, *set(outline.rules) & {row.number for row in rows}))
    above = trimmed([row for row in rows if answers and row.number < answers[0]])
    if not above:
        return trimmed(rows), nothing_at(body.end)
    return above, body._replace(start=answers[0] + (answers[0] in outline.rules), column=1)


_RULES = (EndRule.SECTION, EndRule.HEADING, EndRule.RULE)


def _below(outline: Outline, at: int, answer: Span) -> tuple[Span, EndRule]:
    """Return the text below a box that is only a title, or the first thing under a heading."""
    box, boxes = outline.boxes[at], outline.boxes
    starts, _ = outline.once(_titles_over_text)
    if first_from(starts, box.start) == box.start:
        return _to_the_next(outline, box)
    above = outline.heading_above(box.start)
    between = range(box.start - 1, above.body - 1, -1) if above else ()
    is_first = above is not None and all(outline.rows[line - 1].is_blank for line in between)
    if not is_first and _has_text(outline, box.body):
        return answer, EndRule.CONTAINER
    behind = index_behind(outline, at)
    following = boxes[behind].start if behind < len(boxes) else 0
    end = end_of_answer(outline, Body(box.start, box.end, following, level=6), _RULES)
    return box.whole(end.line)._replace(start=box.end), end.rule


def _titles_over_text(outline: Outline) -> tuple[list[int], int]:
    """Return the starts of callouts that ask, if most are only titles over their answers.

    The result includes the level of the headings above them.
    """
    asking = [box for box in outline.boxes if box.is_asking_kind and is_callout(box)]
    bare = [box.start for box in asking if box.title and not _has_text(outline, box.body)]
    starts = bare if len(bare) > 1 and len(bare) * 2 > len(asking) else []
    return starts, level_above(outline, starts) if starts else 0


def _to_the_next(outline: Outline, box: Box) -> tuple[Span, EndRule]:
    """Return the text below a callout, with other callouts and rules, to the next of its series."""
    starts, level = outline.once(_titles_over_text)
    following = first_from(starts, box.start + 1)
    body = Body(box.start, box.end, following, level=level if level < _ANY else 0)
    end = end_of_answer(outline, body, [EndRule.HEADING])
    return box.whole(end.line)._replace(start=box.end), end.rule


_ANY = 6
_DRESS = re.compile(
    rf"(?is){HASHES}\s+(?P<heading>.*)|<(?P<tag>b|strong|i|em|u|h[1-6]|p|font|span|div|big|small"
    r"|center)\b[^<>]*>\s*(?P<inside>(?:(?!</?(?P=tag)\b).)*+)(?:</(?P=tag)>)?"
)


def _title_lines(box: Box) -> tuple[Line, ...]:
    """Return the lines of a title without the tags around it and the mark of a heading."""
    text = box.text.strip()
    while match := _DRESS.fullmatch(text):
        text = (match["heading"] or match["inside"] or "").strip()
    return located(text, box.title)
