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
from cardwright.dialects.labels import labels
from cardwright.dialects.named_options import named
from cardwright.dialects.numbered import Mark, Run, runs
from cardwright.dialects.options import options_in, tells
from cardwright.dialects.tasks import sets_a_task
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import nothing_at
from cardwright.wording import asks, bare_words

_FEWEST = 2
_NUMBER = re.compile(r"\d+")
_ENDS = (EndRule.RULE, EndRule.PART, EndRule.CAPTION)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mark of a question, its question, and the entry of its number, if there is one."""

    mark: Mark
    question: Question
    entry: Entry | None

    @property
    def is_asked(self) -> bool:
        """Whether it asks, sets a task, has a gap or options."""
        text = self.question.text
        does_ask = self.mark.has_word or is_open(text) or sets_a_task(text)
        return does_ask or bool(options_in([line.text for line in self.question.front]))

    @property
    def repeats(self) -> bool:
        """Whether its entry begins with the question once more."""
        title = self.entry.title if self.entry else ""
        words = bare_words(self.question.text)
        return bool(title) and (asks(title) or bool(words and words.startswith(bare_words(title))))


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
    lines |= {label.line for label in labels(outline) if label.answers and label.has_colon}
    lines |= {row.number for row in outline.rows if not row.is_verbatim and named(row.text)}
    return sorted(lines)


def _by_key(outline: Outline, floor: int, key: Key, answered: Sequence[int]) -> list[Question]:
    first = outline.lines[key.line - 1][key.column - 1 :] if key.column else ""
    texts = (first, *outline.lines[key.first - 1 : key.end - 1])
    answers = entries(outline, key) if sum(len(_NUMBER.findall(t)) for t in texts) > 1 else []
    count = sum(map(len, answers))
    shapes = runs(outline, floor, key.line, may_answer=False) if count >= _FEWEST else []
    pairs = max((_joined(found, answers) for found in shapes), key=_count_answered, default=[])
    if _count_answered(pairs) < max(_FEWEST, count * 0.6):
        return []
    ends = _ends(outline, [mark for mark, _ in pairs], shapes, key.line)
    open_ = [
        _Asked(mark, _question(outline, mark, entry, end), entry)
        for (mark, entry), end in zip(pairs, ends, strict=True)
        if bisect_left(answered, mark.line + 1) == bisect_left(answered, end)
    ]
    if sum(each.entry is not None for each in open_) * 2 <= _count_answered(pairs):
        return []
    asking = [each for each in open_ if each.is_asked or _is_verdict(outline, each)]
    if len(asking) * 2 < len(open_) or sum(each.repeats for each in open_) * 2 > len(open_):
        return []
    return [each.question for each in open_ if each.entry or each in asking]


def _is_verdict(outline: Outline, asked: _Asked) -> bool:
    is_text = asked.entry is not None and not asked.question.given
    return is_text and is_judged(outline, asked.question)


_Pairs = list[tuple[Mark, Entry | None]]


def _joined(found: Sequence[Run], answers: Sequence[Sequence[Entry]]) -> _Pairs:
    """The marks with the entries of their numbers, those that have none too.

    The runs of both are joined in order, the last with the last; a single run of answers with
    the run that has most of its numbers.
    """
    joined = list(zip(found[-len(answers) :], answers[-len(found) :], strict=True))
    if len(answers) == 1:
        numbers = {entry.number for entry in answers[0]}
        best = max(found, key=lambda run: (sum(m.number in numbers for m in run), run[0].line))
        joined = [(best, answers[0])]
    by_run = [(run, {entry.number: entry for entry in these}) for run, these in joined]
    return [(mark, by_number.get(mark.number)) for run, by_number in by_run for mark in run]


def _count_answered(pairs: _Pairs) -> int:
    return sum(entry is not None for _, entry in pairs)


def _ends(
    outline: Outline, marks: Sequence[Mark], shapes: Sequence[Sequence[Run]], limit: int
) -> list[int]:
    """The lines at which the texts of the questions are over: at the next mark of their shape."""
    same = next(found for found in shapes if any(marks[0] in run for run in found))
    starts = [*(mark.line for run in same for mark in run), limit]
    bodies = (
        Body(mark.line, mark.line + 1, starts[bisect_left(starts, mark.line + 1)],
             Ending(outline.section_end(mark.line), EndRule.SECTION))
        for mark in marks
    )  # fmt: skip
    return [end_of_answer(outline, body, _ENDS).line for body in bodies]


def _question(outline: Outline, mark: Mark, entry: Entry | None, end: int) -> Question:
    spot = Spot(end, nothing_at(end), end)
    answer = entry.answer if entry else spot.answer
    at = bisect_left(outline.heading_lines, mark.line)
    if mark.level and outline.heading_lines[at : at + 1] == (mark.line,):
        question = asked_by(outline, outline.headings[at], spot)
    else:
        question = asked_from(outline, mark.line, spot, 0 if mark.opening else mark.column)
    return replace(
        question, number=str(mark.number), answer=answer, given=entry.given if entry else (),
        direct=answer.end, ending=EndRule.PIECE,
        rule="a number that has an answer in a section of answers",
    )  # fmt: skip
