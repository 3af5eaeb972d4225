"""Ends answers where the document changes its form, from ``##`` headings to ``Q:`` and ``A:``.

Otherwise, the last answer of the first form would contain all questions of the second one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cardwright.dialects.answer import holds_text
from cardwright.dialects.choice.evidence import Candidate, Shape, Spans
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.order import first_from
from cardwright.dialects.text.question import Outline, Question, ended_at_next, under
from cardwright.wording import asks, bare_words
from cardwright.wording.signs import leads_on


def with_known_headings(
    outline: Outline, questions: Sequence[Question], level: int
) -> list[Question]:
    """Return the questions of a level, and if it has the most known headings, all of these.

    A known heading was a question in an earlier build. Answers end at known headings. A new heading
    that asks nothing is not a question if it is right above or under a known heading of another
    level. It is the title of a section, or a part of an answer.
    """
    known = {heading.line: heading for heading in outline.once(_known_headings)}
    lines = {question.line for question in questions}
    if not lines & known.keys():
        return list(questions)
    found = list(questions)
    times = Counter(heading.level for heading in known.values())
    if times[level] == max(times.values()):
        ordered = sorted(known)
        found = [
            each
            for each in questions
            if each.line in known or asks(each.text) or not _is_beside(outline, each, ordered)
        ]
        found += [
            under(heading)._replace(rule="a heading that was a question before")
            for line, heading in known.items()
            if line not in lines
        ]
    return ended_at_next(found)


def _is_beside(outline: Outline, question: Question, known: Sequence[int]) -> bool:
    """Whether a question holds one of the known lines, or the one above it has a higher level."""
    at, levels = bisect_left(known, question.line), outline.levels
    is_part = at > 0 and levels[known[at - 1]] < levels[question.line]
    return is_part or (at < len(known) and known[at] < question.answer.end)


def _known_headings(outline: Outline) -> tuple[Heading, ...]:
    """Return the headings that were questions in earlier builds, if no other has their words."""
    times = Counter(bare_words(each.text) for each in outline.headings if outline.knows(each.text))
    return tuple(each for each in outline.headings if times[bare_words(each.text)] == 1)


def ended_at_turns(outline: Outline, shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """Return the shapes. An answer ends where questions of another shape fill the rest of it.

    There must be at least two such questions, and half as many as the shape itself has. One is
    enough if it has labels for question and answer, or was a question in an earlier build.
    Otherwise, they are parts of the answer.
    """
    return tuple(_ended_by(outline, outer, shapes) for outer in shapes)


def with_single_fronts(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """Return the shapes. A known front on several lines does not count: one may quote it."""
    known = [each for shape in shapes for each in shape.candidates if each.is_known]
    times = Counter(front for front, _ in {(bare_words(c.question.text), c.line) for c in known})

    def single(each: Candidate) -> Candidate:
        is_single = times[bare_words(each.question.text)] == 1
        return each if is_single or not each.is_known else each._replace(is_known=False)

    return tuple(
        replace(shape, candidates=tuple(map(single, shape.candidates))) if known else shape
        for shape in shapes
    )


def _ended_by(outline: Outline, outer: Shape, shapes: Sequence[Shape]) -> Shape:
    if not outer.does_ask:
        return outer
    others = [inner for inner in shapes if inner is not outer and inner.does_ask]
    turns = [turn for inner in others for turn in _turns(outline, outer, inner)]
    if not turns:
        return outer
    candidates = list(outer.candidates)
    for at, line in sorted(turns, reverse=True):  # the earliest of an answer counts
        question = candidates[at].question.until(line)._replace(ending=EndRule.OTHER)
        candidates[at] = candidates[at]._replace(question=question)
    return replace(outer, candidates=tuple(candidates))


def _turns(outline: Outline, outer: Shape, inner: Shape) -> Iterator[tuple[int, int]]:
    """Yield the candidates of ``outer`` that end where ``inner`` takes over, each with the line."""
    lines, last = outer.lines, outer.candidates[-1]
    is_able = last.holds(inner.lines) and (len(lines) > 1 or outer.dialect.is_explicit)
    if not (is_able or inner.known):
        return
    holders: defaultdict[int, list[Candidate]] = defaultdict(list)
    for line, candidate in zip(inner.lines, inner.candidates, strict=True):
        at = bisect_left(lines, line) - 1
        if at >= 0 and line < outer.candidates[at].question.answer.end:
            holders[at].append(candidate)
    for at, held in holders.items():
        answer, first = outer.candidates[at].question.answer, held[0].line
        is_last = is_able and len(holders) == 1
        are_many = is_last and len(held) >= max(2, outer.total / 2)
        # Both sides have a label: ``Q:`` and ``A:``.
        are_sure = is_last and all(c.question.is_marked and c.has_answer_mark for c in held)
        if (
            (are_many or are_sure or any(each.is_known for each in held))
            and all(each.is_good and each.has_mark for each in held)
            and _is_complete(outline.lines[answer.start - 1 : first - 1])
            and _fill_the_rest(outline, held, answer.end)
        ):
            yield at, first


def _is_complete(lines: Sequence[str]) -> bool:
    """Whether there is an answer that does not announce more, as "for example:" does."""
    last = next((line.rstrip(" *_") for line in reversed(lines) if line.strip()), "")
    return holds_text(lines) and not leads_on(last)


def _fill_the_rest(outline: Outline, held: Sequence[Candidate], end: int) -> bool:
    """Whether only these questions and their answers are there, up to ``end``.

    The references of the document and its footer may follow.
    """
    ends = [each.question.answer.end for each in held]
    below = outline.headings_between(ends[-1], end)
    end = next((each.line for each in below if outline.is_in_references(each.line)), end)
    end = _begin_of_footer(outline, ends[-1], end)
    starts = [*(each.line for each in held[1:]), end]
    return not any(
        _TEXT.match(line)
        for stop, start in zip(ends, starts, strict=True)
        for line in outline.lines[stop - 1 : start - 1]
    )


def _begin_of_footer(outline: Outline, start: int, end: int) -> int:
    """Return the first rule between two lines if it is over few lines, which end the document."""
    rule = min(first_from(outline.rules, start, end), end)
    count = sum(bool(line.strip()) for line in outline.lines[rule : end - 1])
    return rule if end > len(outline.lines) and count <= _LONGEST_FOOTER else end


_LONGEST_FOOTER = 6
_TEXT = re.compile(r"(?:</\w++>|\W)*+\w")
"""A line with a word besides closing tags."""


def union(shapes: Iterable[Shape]) -> tuple[Question, ...]:
    """Return the questions of all shapes in the order of the file.

    If a later shape finds something inside a question of an earlier shape, it belongs to that
    question. An answer of a later shape ends where a question of an earlier shape begins.
    """
    found: list[Question] = []
    for shape in shapes:
        spans = Spans(found)
        starts = sorted(question.line for question in found)
        found += [
            _ended_by_others(question, starts)
            for question in shape.questions
            if not spans.hold(question.line)
        ]
    return tuple(sorted(found, key=lambda question: question.line))


def _ended_by_others(question: Question, starts: Sequence[int]) -> Question:
    """Return the question. Its answer ends where the next one of ``starts`` begins."""
    following = first_from(starts, max(question.line + 1, question.answer.start))
    if not following or following >= question.answer.end:
        return question
    return question.until(following)._replace(ending=EndRule.OTHER)
