"""Questions with a number, and the answers with the same numbers in a section of their own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.answers.asked_above import asked_from
from cardwright.dialects.keys.entries import Entry, entries
from cardwright.dialects.keys.key_sections import Key, keys
from cardwright.dialects.keys.numbered import Mark, Run, marks, runs
from cardwright.dialects.multiple_choice.options import groups, tells
from cardwright.dialects.multiple_choice.right_answers import named
from cardwright.dialects.tasks.exercise_labels import sets_a_task
from cardwright.dialects.text.breaks import is_break
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.part_titles import without_part_title
from cardwright.dialects.text.question import Outline, Question, under
from cardwright.dialects.text.span import Span, cut, nothing_at, trimmed
from cardwright.model import Line
from cardwright.wording import ANSWER_LABEL, asks, bare_words

_FEWEST = 2


def answer_key(outline: Outline) -> tuple[Question, ...]:
    """The questions whose numbers stand in a key below them, each with its entry there.

    Questions that have an answer already keep it; entries that repeat the questions are no key.
    """
    found: list[Question] = []
    floor = outline.document.source.front_matter.length + 1
    sections = keys(outline)
    answered = _answered(outline) if sections else []
    for key in sections:
        found += _by_key(outline, floor, key, answered)
        floor = key.end
    return tuple(sorted(found, key=lambda question: question.line))


def _answered(outline: Outline) -> list[int]:
    """The lines on which an answer stands right under its question: folds, ticks, "Answer: B"."""
    lines = {fold.start for fold in outline.telling_folds}
    for number, text in enumerate(outline.lines, 1):
        if not outline.is_verbatim[number - 1] and (ANSWER_LABEL.match(text[:60]) or named(text)):
            lines.add(number)
    for options in outline.options:
        if tells(options):
            lines.add(options[0].start + 1)
    return sorted(lines)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mark of a question, the line at which its text is over, and its entry, if it has one."""

    mark: Mark
    end: int
    entry: Entry | None


def _by_key(outline: Outline, floor: int, key: Key, answered: Sequence[int]) -> list[Question]:
    if not _may_count(outline, key):
        return []
    told = entries(outline, key)
    if sum(map(len, told)) < _FEWEST:
        return []
    able = (mark for mark in marks(outline, floor, key.line) if not mark.answers)
    best: list[_Asked] = []
    for found in runs(able).values():
        joined = _joined(outline, found, told, key.line)
        if _count(joined) > _count(best):
            best = joined
    if _count(best) < max(_FEWEST, sum(map(len, told)) * 0.6):
        return []
    open_ = [one for one in best if not _holds(answered, one.mark.line + 1, one.end)]
    if _count(open_) * 2 <= _count(best):
        return []
    questions = [_question(outline, one) for one in open_]
    pairs = list(zip(open_, questions, strict=True))
    repeats = sum(_repeats(one, question) for one, question in pairs)
    asking = sum(_is_asked(one, question) for one, question in pairs)
    if asking * 2 < len(pairs) or repeats * 2 > len(pairs):
        return []
    return [question for one, question in pairs if one.entry or _is_asked(one, question)]


def _may_count(outline: Outline, key: Key) -> bool:
    """Whether there are numbers enough in a key for two entries."""
    first = outline.lines[key.line - 1][key.column - 1 :] if key.column else ""
    count = len(_DIGITS.findall(first))
    for number in range(key.first, key.end):
        if count >= _FEWEST:
            break
        count += len(_DIGITS.findall(outline.lines[number - 1]))
    return count >= _FEWEST


_DIGITS = re.compile(r"\d+")


def _count(found: Sequence[_Asked]) -> int:
    return sum(one.entry is not None for one in found)


def _holds(lines: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(lines, start)
    return at < len(lines) and lines[at] < end


def _joined(
    outline: Outline, found: Sequence[Run], told: Sequence[Sequence[Entry]], limit: int
) -> list[_Asked]:
    """The marks with the entries of their numbers, those that have none too.

    The runs of both are joined in order, the last with the last; a single run of answers with
    the run that has most of its numbers.
    """
    starts = [mark.line for run in found for mark in run]
    ends = dict(zip(starts, [*starts[1:], limit], strict=True))
    if len(told) == 1:
        numbers = {entry.number for entry in told[0]}
        best = max(found, key=lambda run: (sum(m.number in numbers for m in run), run[0].line))
        pairs = [(best, told[0])]
    else:
        pairs = list(zip(found[-len(told) :], told[-len(found) :], strict=True))
    joined: list[_Asked] = []
    for run, answers in pairs:
        by_number = {entry.number: entry for entry in answers}
        for mark in run:
            end = min(ends[mark.line], limit, _section_end(outline, mark))
            end = _without_caption(outline, mark, _to_rule(outline, mark.line + 1, end))
            joined.append(_Asked(mark, end, by_number.get(mark.number)))
    return joined


def _section_end(outline: Outline, mark: Mark) -> int:
    if not mark.level:
        return outline.section_end(mark.line)
    heading = _heading_at(outline, mark.line)
    return heading.end if heading else mark.line + 1


def _heading_at(outline: Outline, line: int) -> Heading | None:
    at = bisect_left(outline.headings, line, key=lambda heading: heading.line)
    found = outline.headings[at : at + 1]
    return found[0] if found and found[0].line == line else None


_CAPTION = re.compile(r"[ \t]*(?:\*\*|__)[^*_]+(?:\*\*|__):?[ \t]*$")


def _to_rule(outline: Outline, start: int, end: int) -> int:
    """The line of the first rule, or of the title of a part right above ``end``."""
    rules = (
        number
        for number in range(start, end)
        if is_break(outline.lines[number - 1]) and not outline.is_verbatim[number - 1]
    )
    first = next(rules, end)
    return without_part_title(outline.lines, outline.is_verbatim, start, first)


def _without_caption(outline: Outline, mark: Mark, end: int) -> int:
    """The end without a rule, and without a bold line that is about the questions behind it."""
    last = end
    while last > mark.line + 1:
        text = outline.lines[last - 2]
        is_caption = _CAPTION.match(text) and not outline.lines[last - 3].strip()
        if text.strip() and not is_caption and not is_break(text):
            break
        last -= 1
    return last


def _question(outline: Outline, asked: _Asked) -> Question:
    mark, entry = asked.mark, asked.entry or Entry(asked.mark.number, nothing_at(asked.end))
    heading = _heading_at(outline, mark.line)
    if mark.level and heading is not None:
        question = under(heading)
        rows = trimmed(cut(outline.lines, Span(heading.body, asked.end)))
        title = _unlabelled(question.front)
        gap = (Line("", rows[0].number),) if title and rows else ()
        question = replace(question, front=(*title, *gap, *rows))
    else:
        column = 0 if mark.opening else mark.column
        question = asked_from(outline, mark.line, asked.end, entry.answer, column)
    return replace(
        question,
        number=str(mark.number),
        answer=entry.answer,
        given=entry.given,
        is_marked=True,
        direct=entry.answer.end,
    )


_LABEL = re.compile(
    r"(?i)\W*(?:exercise|problem|task|aufgabe|ejercicio|exercice)\W{0,2}\d{1,3}(?:\W+|$)"
)


def _unlabelled(front: Sequence[Line]) -> tuple[Line, ...]:
    """The text of a heading without "Problem 3:", ``()`` where nothing is left of it."""
    label = _LABEL.match(front[0].text) if front else None
    begin = label.end() if label else 0
    first = [
        replace(line, text=line.text[begin:], column=line.column + begin) for line in front[:1]
    ]
    return (*first, *front[1:]) if any(line.text.strip() for line in first) else ()


_GAP = re.compile(r"_{2,}|(?:\\_){2,}|\.{3}|…|[(（]\s*[)）]|[:：]\s*$")


def _is_asked(asked: _Asked, question: Question) -> bool:
    texts = [line.text for line in question.front]
    if asked.mark.has_word or sets_a_task(question.text) or _GAP.search(question.text):
        return True
    return bool(groups(texts, [False] * len(texts)))


def _repeats(asked: _Asked, question: Question) -> bool:
    """Whether an entry of the key begins with the question once more."""
    entry = asked.entry
    if entry is None or entry.says_answer or not entry.title:
        return False
    words = bare_words(question.text)
    return asks(entry.title) or (bool(words) and words.startswith(bare_words(entry.title)))
