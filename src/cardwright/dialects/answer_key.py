"""Questions with a number, and the answers with the same numbers in a section of their own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cardwright.blocks.signs import is_open
from cardwright.dialects.answer_lines import is_judged
from cardwright.dialects.asked_above import Spot, asked_by, asked_from
from cardwright.dialects.endings import Body, Ending, EndRule, end_of_answer
from cardwright.dialects.key_entries import Entry, Key, entries, keys
from cardwright.dialects.named_options import named
from cardwright.dialects.numbered import Mark, Run, runs
from cardwright.dialects.options import options_in, tells
from cardwright.dialects.tasks import sets_a_task
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import nothing_at
from cardwright.wording import ANSWER_LABEL, asks, bare_words

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mark of a question, the line at which its text is over, and its entry, if it has one."""

    mark: Mark
    end: int
    entry: Entry | None


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
    lines |= {options[0].start + 1 for options in outline.options if tells(options)}
    for row in outline.rows:
        if not row.is_verbatim and (ANSWER_LABEL.match(row.text[:60]) or named(row.text)):
            lines.add(row.number)
    return sorted(lines)


def _by_key(outline: Outline, floor: int, key: Key, answered: Sequence[int]) -> list[Question]:
    first = outline.lines[key.line - 1][key.column - 1 :] if key.column else ""
    texts = (first, *outline.lines[key.first - 1 : key.end - 1])
    if sum(len(_NUMBER.findall(text)) for text in texts) < _FEWEST:
        return []
    answers = entries(outline, key)
    count = sum(map(len, answers))
    shapes = runs(outline, floor, key.line, may_answer=False) if count >= _FEWEST else []
    joined = [_joined(outline, found, answers, key.line) for found in shapes]
    best = max(joined, key=_count_answered, default=[])
    if _count_answered(best) < max(_FEWEST, count * 0.6):
        return []
    open_ = [one for one in best if not _holds(answered, one.mark.line + 1, one.end)]
    if _count_answered(open_) * 2 <= _count_answered(best):
        return []
    pairs = [(one, _question(outline, one)) for one in open_]
    repeats = sum(_repeats(one, question) for one, question in pairs)
    asking = sum(_is_asked(outline, one, question) for one, question in pairs)
    if asking * 2 < len(pairs) or repeats * 2 > len(pairs):
        return []
    return [question for one, question in pairs if one.entry or _is_asked(outline, one, question)]


_NUMBER = re.compile(r"\d+")


def _joined(
    outline: Outline, found: Sequence[Run], answers: Sequence[Sequence[Entry]], limit: int
) -> list[_Asked]:
    """The marks with the entries of their numbers, those that have none too.

    The runs of both are joined in order, the last with the last; a single run of answers with
    the run that has most of its numbers.
    """
    starts = [mark.line for run in found for mark in run]
    following = dict(zip(starts, [*starts[1:], limit], strict=True))
    pairs = list(zip(found[-len(answers) :], answers[-len(found) :], strict=True))
    if len(answers) == 1:
        numbers = {entry.number for entry in answers[0]}
        best = max(found, key=lambda run: (sum(m.number in numbers for m in run), run[0].line))
        pairs = [(best, answers[0])]
    joined: list[_Asked] = []
    for run, by_run in pairs:
        by_number = {entry.number: entry for entry in by_run}
        for mark in run:
            section = Ending(outline.section_end(mark.line), EndRule.SECTION)
            body = Body(mark.line, mark.line + 1, min(following[mark.line], limit), section)
            end = end_of_answer(outline, body, (EndRule.RULE, EndRule.PART, EndRule.CAPTION)).line
            joined.append(_Asked(mark, end, by_number.get(mark.number)))
    return joined


def _count_answered(found: Sequence[_Asked]) -> int:
    return sum(one.entry is not None for one in found)


def _holds(lines: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(lines, start)
    return at < len(lines) and lines[at] < end


def _question(outline: Outline, asked: _Asked) -> Question:
    mark, spot = asked.mark, Spot(asked.end, nothing_at(asked.end), asked.end)
    entry = asked.entry or Entry(mark.number, spot.answer)
    at = bisect_left(outline.heading_lines, mark.line)
    heading = outline.headings[at] if mark.level and at < len(outline.headings) else None
    if heading is not None and heading.line == mark.line:
        question = asked_by(outline, heading, spot)
    else:
        column = 0 if mark.opening else mark.column
        question = asked_from(outline, mark.line, spot, column)
    return replace(
        question, number=str(mark.number), answer=entry.answer, given=entry.given,
        direct=entry.answer.end, ending=EndRule.PIECE,
        rule="a number that has an answer in a section of answers",
    )  # fmt: skip


def _is_asked(outline: Outline, asked: _Asked, question: Question) -> bool:
    """Whether a text asks, sets a task, has a gap or options, or is judged true or false."""
    if asked.mark.has_word or is_open(question.text) or sets_a_task(question.text):
        return True
    if asked.entry and not question.given and is_judged(outline, question):
        return True
    return bool(options_in([line.text for line in question.front]))


def _repeats(asked: _Asked, question: Question) -> bool:
    """Whether an entry of the key begins with the question once more."""
    title = asked.entry.title if asked.entry else ""
    words = bare_words(question.text)
    is_same = bool(words and title) and words.startswith(bare_words(title))
    return is_same or (bool(title) and asks(title))
