"""Dialects ``details``, ``callouts`` and ``folded-answers``: questions with a fold or a callout.

``<summary>What is a leaf?</summary>`` and ``> [!question]`` ask. ``<summary>Answer</summary>``
answers the text above it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cardwright.dialects.asked_above import Spot, questions_above
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.endings import Body, EndRule, end_of_answer, level_above
from cardwright.dialects.labels import label_at
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, located, nothing_at, trimmed
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.titles import Role, names_a_section, read_title, says_answer, says_hint


def folded_questions(outline: Outline) -> tuple[Question, ...]:
    """The folds with a title of their own, whether it asks or not, and answered "Question 3".

    All of them are marked if the settings name folds, or if some ask and they take half of the
    text.
    """
    found = [
        question._replace(
            is_marked=question.is_marked or bool(_groups_of(outline, box)),
            rule="the title of a fold",
        )
        for box, question in _boxed_questions(outline, _is_question)
        if box.role is Role.TEXT or question.answer.start < question.answer.end
    ]
    is_asking = any(each.is_marked or asks(each.text) for each in found)
    if "details" in outline.named or (is_asking and _is_deck(outline, found)):
        return tuple(question._replace(is_marked=True) for question in found)
    return tuple(found)


def _is_question(box: Box) -> bool:
    is_own = box.role in (Role.TEXT, Role.QUESTION) and not box.is_asking_kind
    return box.is_fold and is_own and bool(box.title)


def _is_deck(outline: Outline, found: Sequence[Question]) -> bool:
    """Whether folds, most with a title of their own and few of a manual, take half of the text."""
    titles = {question.text for question in found}
    if len(titles) * 4 < len(found) * 3 or sum(map(names_a_section, titles)) * 2 > len(titles):
        return False
    count = sum(
        bool(line.strip())
        for question in found
        for line in outline.lines[question.line - 1 : question.answer.end]
    )
    return count * 2 >= sum(bool(line.strip()) for line in outline.lines)


def callouts(outline: Outline) -> tuple[Question, ...]:
    """The callouts of a kind that asks, and those called "Question 3" that are answered."""
    return tuple(
        question._replace(is_marked=True, rule=f"a callout of the kind '{box.kinds[0]}'")
        for box, question in _boxed_questions(outline, _is_callout)
        if box.is_asking_kind or question.answer.start < question.answer.end
    )


def _is_callout(box: Box) -> bool:
    return box.role is Role.QUESTION and (box.is_asking_kind or not box.is_fold)


_RULE = "text above a fold that says 'Answer'"


def folded_answers(outline: Outline) -> tuple[Question, ...]:
    """What stands before each fold of an answer, up to the one before, a heading or a rule.

    Folds of hints and of explanations that follow without text between belong to the answer. What
    is in a box that asks is of another dialect.
    """
    groups = [each for each in outline.once(_answer_groups) if not _is_asked(outline, each)]
    spots = [Spot(each.start, each.boxes[0].whole(each.end), each.end) for each in groups]
    found = {each.answer: each for each in questions_above(outline, spots)}
    told = ((found.get(spot.answer), each) for spot, each in zip(spots, groups, strict=True))
    return tuple(
        question._replace(rule=_RULE, ending=EndRule.CONTAINER)
        for question, group in told
        if question and (group.is_told or asks(question.text))
    )


def _is_asked(outline: Outline, group: Group) -> bool:
    """Whether a box asks for the answer: one right above it, or one around no other answer."""
    box = group.around
    may_ask = box is not None and (box.is_asking_kind or (box.is_fold and box.title))
    return group.asking is not None or bool(
        box and may_ask and (len(_groups_of(outline, box)) == 1 or asks(box.text))
    )


def _boxed_questions(
    outline: Outline, is_question: Callable[[Box], bool]
) -> Iterator[tuple[Box, Question]]:
    """The boxes that are questions, each with the question; those in one are parts of it."""
    end = 0
    for at, box in enumerate(outline.boxes):
        if box.start >= end and is_question(box) and not _is_section(outline, at):
            question = _question(outline, at)
            yield box, question
            end = max(box.end, question.answer.end)


def _is_section(outline: Outline, at: int) -> bool:
    """Whether a box holds questions and asks nothing itself."""
    box, inside = outline.boxes[at], outline.boxes[at + 1 : _behind(outline, at)]
    is_asked = any(each.role is Role.QUESTION or asks(each.text) for each in inside)
    return not asks(box.text) and (is_asked or len(_groups_of(outline, box)) > 1)


def _behind(outline: Outline, at: int) -> int:
    """The index of the first box behind the one with the index ``at``."""
    boxes = outline.boxes
    return bisect_left(boxes, boxes[at].end, at + 1, key=lambda box: box.start)


def _question(outline: Outline, at: int) -> Question:
    """The question of a box."""
    box, lines = outline.boxes[at], outline.lines
    title = _title_lines(box) if read_title(box.text) is Role.TEXT else ()
    group = next(iter(_groups_of(outline, box)), None)
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
    """The lines of a body that ask, and the rest, which is empty where nothing parts them."""
    rows = cut(outline.lines, body)
    labelled = [label_at(outline, row.number) for row in rows]
    answers = [label.line for label in labelled if label and label.answers and label.has_colon]
    if not has_title:
        answers = sorted((*answers, *set(outline.rules) & {row.number for row in rows}))
    above = [row for row in rows if answers and row.number < answers[0]]
    is_one = len(answers) == 1 or not has_title
    if is_one and trimmed(above) and (not has_title or asks(above[-1].text)):
        begin = answers[0] + (answers[0] in outline.rules)
        return trimmed(above), body._replace(start=begin, column=1)
    return ((), body) if has_title else (trimmed(rows), nothing_at(body.end))


_RULES = (EndRule.SECTION, EndRule.HEADING, EndRule.RULE)


def _below(outline: Outline, at: int, answer: Span) -> tuple[Span, EndRule]:
    """The text below a box that is a title alone, or the first thing under a heading."""
    box, boxes = outline.boxes[at], outline.boxes
    starts, _ = outline.once(_titles_over_text)
    if starts[(nth := bisect_left(starts, box.start)) : nth + 1] == [box.start]:
        return _to_the_next(outline, box)
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


def _titles_over_text(outline: Outline) -> tuple[list[int], int]:
    """Where callouts that ask begin, if most of them are only titles over their answers.

    With them comes the level of the headings above them.
    """
    asking = [box for box in outline.boxes if box.is_asking_kind and _is_callout(box)]
    bare = [box.start for box in asking if box.title and not _has_text(outline, box.body)]
    starts = bare if len(bare) > 1 and len(bare) * 2 > len(asking) else []
    return starts, level_above(outline, starts) if starts else 0


def _to_the_next(outline: Outline, box: Box) -> tuple[Span, EndRule]:
    """What is below a callout, other callouts and rules too, to the next of its series."""
    starts, level = outline.once(_titles_over_text)
    at = bisect_right(starts, box.start)
    following = starts[at] if at < len(starts) else 0
    body = Body(box.start, box.end, following, level=level if level < _ANY else 0)
    end = end_of_answer(outline, body, [EndRule.HEADING])
    return box.whole(end.line)._replace(start=box.end), end.rule


_ANY = 6
_STARS = re.compile(r"\s*[*★☆⭐🌟\ufe0f]{1,20}$")
_DRESS = re.compile(
    r"(?is)#{1,6}\s+(?P<heading>.*)|<(?P<tag>b|strong|i|em|u|h[1-6]|p|font|span|div|big|small"
    r"|center)\b[^<>]*>\s*(?P<inside>(?:(?!</?(?P=tag)\b).)*+)(?:</(?P=tag)>)?"
)


def _title_lines(box: Box) -> tuple[Line, ...]:
    """The lines of a title, tags around it, a heading's mark and stars of difficulty gone."""
    text = _without_stars(box.text.strip())
    while match := _DRESS.fullmatch(text):
        text = _without_stars((match["heading"] or match["inside"] or "").strip())
    return located(text, box.title)


def _without_stars(text: str) -> str:
    stars = _STARS.search(text[-25:])
    closes_bold = stars is not None and text.count("*") == 2 * stars[0].count("*") > 0
    return text.removesuffix(stars[0]) if stars and not closes_bold else text


@dataclass(frozen=True, slots=True)
class Group:
    """Hints, an answer and its explanation, no text between them.

    ``around`` is the innermost box of another sort that holds them. ``asking`` is the box of the
    question right above them. Both are ``None`` where there is none.
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
    def is_told(self) -> bool:
        """Whether a title says that it answers, and not only that it opens."""
        return any(box.role is not Role.OPEN for box in self.boxes)


def _answer_groups(outline: Outline) -> tuple[Group, ...]:
    """The answers of a document, each with its hints; hints alone are none."""
    return tuple(group for group in _groups(outline) if any(box.may_answer for box in group.boxes))


def _groups_of(outline: Outline, box: Box) -> list[Group]:
    """The answers in a box, outside of other boxes, and the one right behind it."""
    return outline.once(_by_box).get((box.start, box.column), [])


def _by_box(outline: Outline) -> Mapping[tuple[int, int], list[Group]]:
    found: defaultdict[tuple[int, int], list[Group]] = defaultdict(list)
    for group in outline.once(_answer_groups):
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


_SAYS = re.compile(r"\w")
_TAG = re.compile(r"<[^<>]*>")


def leads(outline: Outline, start: int, box: Box) -> bool:
    """Whether nothing is between line ``start`` and a box but headings that say what it holds."""
    rows = (outline.rows[at - 1] for at in range(start, box.start))
    before = outline.lines[box.start - 1][: box.column - 1]
    return not _SAYS.search(_TAG.sub("", before)) and all(
        (row.level and (says_answer(row.text) or says_hint(row.text)))
        or not _SAYS.search(_TAG.sub("", row.text))
        for row in rows
    )
