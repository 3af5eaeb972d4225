"""Folds and callouts: those that ask (D1, X), and those that answer what is above them (D2)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cardwright.blocks.signs import is_rule
from cardwright.dialects.asked_above import Spot, questions_above
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.endings import Body, EndRule, end_of_answer, level_above
from cardwright.dialects.labels import label_at
from cardwright.dialects.pair_labels import pair_labels
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, located, nothing_at, trimmed
from cardwright.model import Line
from cardwright.wording import asks, read_wording
from cardwright.wording.titles import Role, names_a_section, read_title, says_answer, says_hint


def folded_questions(outline: Outline) -> tuple[Question, ...]:
    """The folds with a title of their own, whether it asks or not, and answered "Question 3"."""
    is_named = "details" in outline.named
    found = tuple(
        question._replace(
            is_marked=question.is_marked or is_named or bool(_groups_of(outline, box)),
            rule="the title of a fold",
        )
        for box, question in _boxed_questions(outline, _is_question)
        if box.role is Role.TEXT or question.answer.start < question.answer.end
    )
    asking = [each for each in found if each.number or each.is_marked or asks(each.text)]
    if asking and not is_named and _is_deck(outline, found):
        return tuple(question._replace(is_marked=True) for question in found)
    return found


def _is_question(box: Box) -> bool:
    is_own = box.role in (Role.TEXT, Role.QUESTION) and not box.is_asking_kind
    return box.is_fold and is_own and bool(box.title)


_FEWEST = 3


def _is_deck(outline: Outline, found: Sequence[Question]) -> bool:
    """Whether three or more folds, few of them sections of a manual, take half of the text."""
    titles = {question.text for question in found}
    sections = sum(map(names_a_section, titles))
    if len(titles) < _FEWEST or len(titles) * 4 < len(found) * 3 or sections * 2 > len(titles):
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

    Folds of hints and of explanations that follow without text between belong to the answer. In
    another box only what stands in it asks, unless its title does; that is another dialect.
    """
    groups = [
        group
        for group in outline.once(_answer_groups)
        if group.asking is None and not (group.around and _is_asked_for(outline, group.around))
    ]
    spots = list(_spots(groups))
    found = {each.answer: each for each in questions_above(outline, spots, is_apart=True)}
    questions: list[Question] = []
    for group in groups:
        question = found.get(group.boxes[0].whole(group.end))
        is_told = any(box.role is not Role.OPEN for box in group.boxes)
        if question is not None and (is_told or question.number or asks(question.text)):
            questions.append(question._replace(rule=_RULE, ending=EndRule.CONTAINER))
    return tuple(questions)


def _spots(groups: Sequence[Group]) -> Iterator[Spot]:
    """Where the answers are, and between them the edges of the boxes around them."""
    around = None
    for group in groups:
        if around is not group.around:
            edges = (around.end if around else 0, group.around.body.start if group.around else 0)
            yield from (Spot(line, nothing_at(line), line) for line in edges if line)
            around = group.around
        yield Spot(group.start, group.boxes[0].whole(group.end), group.end)


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


def _is_asked_for(outline: Outline, box: Box) -> bool:
    """Whether a box asks for what answers in it, and not several questions in it."""
    may_ask = box.is_asking_kind or (box.is_fold and box.title)
    return bool(may_ask) and (len(_groups_of(outline, box)) == 1 or _does_ask(box))


def _does_ask(box: Box) -> bool:
    return asks(box.text) or read_wording(box.text).has_label


def _is_section(outline: Outline, at: int) -> bool:
    """Whether a box holds questions and asks nothing itself."""
    boxes = outline.boxes
    if _does_ask(boxes[at]):
        return False
    inside = boxes[at + 1 : _behind(outline, at)]
    is_asked = any(box.role is Role.QUESTION or (box.is_fold and _does_ask(box)) for box in inside)
    return is_asked or len(_groups_of(outline, boxes[at])) > 1 or _holds_pairs(outline, boxes[at])


def _holds_pairs(outline: Outline, box: Box) -> bool:
    """Whether a box holds several questions and answers behind labels."""
    pairs = pair_labels(outline)
    first = bisect_left(pairs, box.start, key=lambda pair: pair.question.line)
    inside = [pair for pair in pairs[first : first + 2] if pair.question.line < box.end]
    return len(inside) > 1 and all(pair.answer for pair in inside)


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
    """The lines of a body that ask, and the rest, which is empty where nothing parts them."""
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
    box, boxes = outline.boxes[at], outline.boxes
    series = outline.once(_titles_over_text)
    if box in series:
        return _to_the_next(outline, box, series)
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


def _titles_over_text(outline: Outline) -> tuple[Box, ...]:
    """The callouts that ask, if most of them, and several, are only titles over their answers."""
    asking = [box for box in outline.boxes if box.is_asking_kind and _is_callout(box)]
    bare = tuple(box for box in asking if box.title and not _has_text(outline, box.body))
    return bare if len(bare) > 1 and len(bare) * 2 > len(asking) else ()


def _to_the_next(outline: Outline, box: Box, series: Sequence[Box]) -> tuple[Span, EndRule]:
    """What is below a callout, other callouts and rules too, to the next of its series."""
    starts = [each.start for each in series]
    level = level_above(outline, starts)
    at = bisect_right(starts, box.start)
    following = starts[at] if at < len(starts) else 0
    body = Body(box.start, box.end, following, level=level if level < _ANY else 0)
    end = end_of_answer(outline, body, [EndRule.HEADING])
    return box.whole(end.line)._replace(start=box.end), end.rule


_ANY = 6
_BELOW = re.compile(r"\n[ \t]*(?:\n|```|~~~)")
_STARS = re.compile(r"\s*[*★☆⭐🌟\ufe0f]{1,20}$")
_DRESS = re.compile(
    r"(?is)#{1,6}\s+(?P<heading>.*)|<(?P<tag>b|strong|i|em|u|h[1-6]|p|font|span|div|big|small"
    r"|center)\b[^<>]*>\s*(?P<inside>(?:(?!</?(?P=tag)\b).)*+)(?:</(?P=tag)>)?"
)


def _title_lines(box: Box) -> tuple[Line, ...]:
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
    stars = _STARS.search(text[-25:])
    if stars and not text.count("*") == 2 * stars[0].count("*") > 0:  # else they close bold print
        text = text.removesuffix(stars[0])
    match = _DRESS.fullmatch(text)
    return ((match["heading"] or match["inside"] or "") if match else text).strip()


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
        is_next = found and parent is around and leads(outline, found[-1].end, box, is_ruled=False)
        if found and not (
            is_next and (box.is_answer_or_hint if is_free else box.may_be_answer_or_hint)
        ):
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


def leads(outline: Outline, start: int, box: Box, *, is_ruled: bool = True) -> bool:
    """Whether nothing is between line ``start`` and a box but headings that say what it holds.

    With ``is_ruled`` a rule is nothing as well.
    """
    rows = (outline.rows[at - 1] for at in range(start, box.start))
    before = outline.lines[box.start - 1][: box.column - 1]
    return not _SAYS.search(_TAG.sub("", before)) and all(
        (row.level and (says_answer(row.text) or says_hint(row.text)))
        or not (_SAYS.search(_TAG.sub("", row.text)) or (is_rule(row.text) and not is_ruled))
        for row in rows
    )
