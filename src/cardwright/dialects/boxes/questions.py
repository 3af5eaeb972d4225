"""Finds the answers in boxes and the questions that boxes ask: ``<summary>Why?</summary>``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from cardwright.dialects.boxes.box import Box
from cardwright.dialects.endings import Body, EndRule, end_of_answer, level_above
from cardwright.dialects.labels import label_at
from cardwright.dialects.text.order import first_from
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, located, nothing_at, trimmed
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.signs import HASHES, ends_asking, has_word, without_tags
from cardwright.wording.titles import Role, read_title, says_answer, says_hint
from cardwright.wording.words import Concept


@dataclass(frozen=True, slots=True)
class Group:
    """Hints, an answer and its explanation, without text between them.

    ``around`` is the innermost box of another kind around them. ``asking`` is the box of the
    question right above them. Either can be ``None``.
    """

    boxes: tuple[Box, ...]
    around: Box | None
    asking: Box | None

    @property
    def start(self) -> int:
        return self.boxes[0].start

    @property
    def end(self) -> int:
        return self.boxes[-1].end

    @property
    def is_labelled(self) -> bool:
        """Whether a title says that it is the answer, and not only that it opens."""
        return any(box.role is not Role.OPEN for box in self.boxes)


def answer_groups(outline: Outline) -> tuple[Group, ...]:
    """Return the answers of a document, each with its hints. Hints alone do not count."""
    return tuple(group for group in _groups(outline) if any(box.may_answer for box in group.boxes))


def groups_of(outline: Outline, box: Box) -> list[Group]:
    """Return the answers in a box, outside of other boxes, and the one right after it."""
    return outline.once(_by_box).get((box.start, box.column), [])


def _by_box(outline: Outline) -> Mapping[tuple[int, int], list[Group]]:
    found: defaultdict[tuple[int, int], list[Group]] = defaultdict(list)
    for group in outline.once(answer_groups):
        for box in (group.around, group.asking):
            if box is not None:
                found[box.start, box.column].append(group)
    return found


def _groups(outline: Outline) -> Iterator[Group]:
    found: list[Box] = []
    open_: list[Box] = []
    around: Box | None = None
    asking: Box | None = None
    for box in outline.boxes:
        above = None
        while open_ and open_[-1].end <= box.start:
            above = open_.pop()
        parent = open_[-1] if open_ else None
        if found and box.start < found[-1].end:
            continue
        is_free = asking is None or any(each.may_answer for each in found)
        is_one = box.is_answer_or_hint if is_free else box.may_be_answer_or_hint
        if found and not (is_one and parent is around and leads(outline, found[-1].end, box)):
            yield Group(tuple(found), around, asking)
            found = []
        if not found:
            is_behind = above and above.role is Role.QUESTION and leads(outline, above.end, box)
            asking, around = above if is_behind else None, parent
        if box.may_be_answer_or_hint if asking else box.is_answer_or_hint:
            found.append(box)
        else:
            open_.append(box)
    if found:
        yield Group(tuple(found), around, asking)


def leads(outline: Outline, start: int, box: Box) -> bool:
    """Whether only headings that announce the box are between line ``start`` and the box."""
    rows = (outline.rows[at - 1] for at in range(start, box.start))
    before = outline.lines[box.start - 1][: box.column - 1]
    return not has_word(without_tags(before)) and all(
        (row.level and (says_answer(row.text) or says_hint(row.text)))
        or not has_word(without_tags(row.text))
        for row in rows
    )


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
        said = _labelled_below(outline, at) if answer.start == answer.end else None
        if said is not None:
            answer, ending = said
        elif answer.start == answer.end or (asks(box.text) and not _has_text(outline, box.body)):
            answer, ending = _below(outline, at, answer)
        if answer.start == answer.end and not title:
            asking, answer = _by_paragraph(outline, box.body, asking, answer)
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


def _by_paragraph(
    outline: Outline, body: Span, rows: Sequence[Line], answer: Span
) -> tuple[Sequence[Line], Span]:
    """Return the first paragraph of a body if it asks, and the others, which answer it.

    Further questions do not, and neither do options.
    """
    asking = [*takewhile(lambda row: row.text.strip(), rows)]
    others = rows[len(asking) :]
    if not others or not ends_asking(asking[-1].text.rstrip("*_) ")):
        return rows, answer
    if any(asks(row.text) for row in others) or any(outline.options_in(others)):
        return rows, answer
    return asking, body._replace(start=asking[-1].number + 1, column=1)


_REPLIES = (Concept.ANSWER, Concept.SOLUTION, Concept.PROOF)


def _labelled_below(outline: Outline, at: int) -> tuple[Span, EndRule] | None:
    """Return the text after a label right below a box: ``**Solution.** 4``. It ends at a box."""
    box, behind = outline.boxes[at], index_behind(outline, at)
    rows = (row for row in outline.rows[box.end - 1 :] if not row.is_blank)
    first = next(rows, None)
    label = label_at(outline, first.number) if first and not first.is_verbatim else None
    if label is None or label.concept not in _REPLIES:
        return None
    following = outline.boxes[behind].start if behind < len(outline.boxes) else 0
    body = Body(
        label.line, label.line + 1, following, level=label.level or _ANY, quotes=label.quotes
    )
    end = end_of_answer(outline, body, (*_RULES, EndRule.CONTAINER))
    return label.behind(end.line), end.rule


_RULES = (EndRule.SECTION, EndRule.HEADING, EndRule.RULE)
_ANY = 6


def _below(outline: Outline, at: int, answer: Span) -> tuple[Span, EndRule]:
    """Return the text below a box that is only a title, or the first thing under a heading."""
    box, boxes = outline.boxes[at], outline.boxes
    starts, level = outline.once(_titles_over_text)
    if first_from(starts, box.start) == box.start:  # other callouts and rules may be in the answer
        following = first_from(starts, box.start + 1)
        body = Body(box.start, box.end, following, level=level if level < _ANY else 0)
        end = end_of_answer(outline, body, [EndRule.HEADING])
        return box.whole(end.line)._replace(start=box.end), end.rule
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
