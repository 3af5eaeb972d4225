"""Questions first and their answers in a section of their own, joined by number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from cardwright.dialects.answers.answer import kept_lines
from cardwright.dialects.answers.asked_above import Spot, asked_by, asked_from
from cardwright.dialects.answers.key_sections import Entry, entries, key_sections
from cardwright.dialects.multiple_choice.options import groups
from cardwright.dialects.tasks.exercise_labels import sets_a_task
from cardwright.dialects.text.labels import is_rule
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, cut, nothing_at
from cardwright.model import Line
from cardwright.wording import bare_words

_MOST = 0.6
"""The share of a section's answers that have a question."""
_MOST_LINES = 40
"""A question over more lines than these holds its answer."""

Pair = tuple[Entry, Entry | None]
"""A question and its answer, ``None`` where it has none."""


def answer_key(outline: Outline) -> tuple[Question, ...]:
    """The numbered questions above each section of numbered answers, each with its own.

    Both are gone through in order, so that numbers may begin anew. A question whose number no
    answer has is found as well.
    """
    found: list[Question] = []
    floor = outline.document.source.front_matter.length + 1
    for section in key_sections(outline):
        answers = _without_inner(outline, list(entries(outline, section.start, section.end)))
        asked = list(entries(outline, floor, section.above))
        pairs = _best(outline, answers, asked, section.above)
        ends = _ends(outline, [answer.line for answer in answers], section.end)
        found += [
            _question(outline, entry, end, answer, ends[answer.line] if answer else end)
            for (entry, answer), end in pairs
        ]
        floor = section.end
    return tuple(found)


def _without_inner(outline: Outline, answers: Sequence[Entry]) -> list[Entry]:
    """The answers without the numbered lines that stand in one with a plainer mark."""
    borders = [heading.line for heading in outline.headings]
    kept: list[Entry] = []
    for answer in answers:
        is_apart = not kept or bisect_right(borders, answer.line) > bisect_right(
            borders, kept[-1].line
        )
        if is_apart or answer.rank <= kept[-1].rank:
            kept.append(answer)
    return kept


def _best(
    outline: Outline, answers: Sequence[Entry], asked: Sequence[Entry], limit: int
) -> list[tuple[Pair, int]]:
    """The pairs of the kind of questions that has most of the answers, each with its end."""
    kinds: dict[str, list[Entry]] = defaultdict(list)
    for entry in asked:
        if not entry.rows:
            kinds[entry.kind].append(entry)
    best: list[tuple[Pair, int]] = []
    for kind in kinds.values():
        pairs = _joined(kind, answers)
        joined = sum(answer is not None for _, answer in pairs)
        if joined < max(2, _MOST * len(answers), len(best) + 1):
            continue
        ends = _ends(outline, [entry.line for entry in kind], limit)
        ended = [(pair, ends[pair[0].line]) for pair in pairs]
        asking = [(pair, end) for pair, end in ended if _asks(outline, pair[0], end)]
        if len(asking) * 2 >= joined:
            best = [(pair, end) for pair, end in ended if pair[1] or (pair, end) in asking]
    return best


def _joined(asked: Sequence[Entry], answers: Sequence[Entry]) -> list[Pair]:
    """The questions from the first that has an answer on, each with its own."""
    places: dict[int, list[int]] = defaultdict(list)
    for index, entry in enumerate(asked):
        places[entry.number].append(index)
    answer_of: dict[int, Entry] = {}
    last = -1
    for answer in answers:
        able = places[answer.number]
        following = bisect_right(able, last)
        if following < len(able):
            last = able[following]
            answer_of[last] = answer
    first = min(answer_of, default=0)
    return [(entry, answer_of.get(index)) for index, entry in enumerate(asked) if index >= first]


def _ends(outline: Outline, starts: Sequence[int], limit: int) -> dict[int, int]:
    """The line at which each entry is over: the next one, a heading, a rule, a fold's end."""
    borders = sorted({*starts, limit, *(heading.line for heading in outline.headings)})
    ends: dict[int, int] = {}
    for start in {*starts}:
        end = borders[bisect_right(borders, start)]
        over = (
            number
            for number in range(start + 1, end)
            if is_rule(outline, number) or outline.lines[number - 1].startswith("</details")
        )
        ends[start] = next(over, end)
    return ends


def _asks(outline: Outline, entry: Entry, end: int) -> bool:
    """Whether a question asks or offers options, and neither holds an answer nor is as long."""
    if end - entry.line > _MOST_LINES or any(
        _ANSWER.match(outline.lines[number - 1]) and not outline.is_verbatim[number - 1]
        for number in range(entry.line, end)
    ):
        return False
    texts = [
        outline.lines[entry.line - 1][entry.column - 1 :],
        *outline.lines[entry.line : end - 1],
    ]
    return sets_a_task("\n".join(texts)) or bool(groups(texts, [False] * len(texts)))


_ANSWER = re.compile(
    r"(?i)\s*(?:[-*+]\s+)?(?:<details|[^\w\s]{0,4}"
    r"(?:correct answer|answer|ans|solution|explanation|respuesta|resposta|réponse|antwort|lösung"
    r"|ответ|решение|答案|解答|正解|정답|답)s?\W{0,3}[:：])"
)


def _question(
    outline: Outline, entry: Entry, end: int, answer: Entry | None, until: int
) -> Question:
    at = bisect_left(outline.headings, entry.line, key=lambda heading: heading.line)
    heading = outline.headings[at] if at < len(outline.headings) else None
    if heading is None or heading.line != entry.line:
        question = asked_from(outline, entry.line, end, nothing_at(end))
    else:
        body = range(heading.body, end)
        first = next((at for at in body if outline.lines[at - 1].strip()), None)
        question = asked_by(outline, heading, Spot(end, nothing_at(end), end), first)
        question = _without_label(outline, question, entry)
    if answer is None:
        return replace(question, number=str(entry.number), is_marked=True)
    span = Span(
        answer.line, until if not answer.rows else answer.line + 1, answer.indent, answer.column
    )
    rows = _rows(outline, answer, span, question.text)
    return replace(
        question,
        answer=span,
        number=str(entry.number),
        direct=span.end,
        given=tuple(rows),
        is_marked=True,
    )


def _without_label(outline: Outline, question: Question, entry: Entry) -> Question:
    """The question without ``Problem 3:`` before its title."""
    text = outline.lines[entry.line - 1][entry.column - 1 :].rstrip("# \t")
    first = question.front[0]
    if question.number or first.number != entry.line or not text:
        return question
    line = Line(text, entry.line, entry.column)
    return replace(question, front=(line, *question.front[1:]))


def _rows(outline: Outline, answer: Entry, span: Span, asked: str) -> list[Line]:
    """The lines of an answer without its number, nor a title that only repeats the question."""
    if answer.rows:
        return list(answer.rows)
    rows = cut(outline.lines, span)
    first, rest = rows[0], rows[1:]
    text = first.text.rstrip()
    if answer.is_open and text.strip("*_"):
        text = f"**{text}"
    words = bare_words(text)
    has_more = any(re.search(r"\w", row.text) for row in rest)
    if has_more and (not words or (answer.kind.startswith("#") and words in bare_words(asked))):
        rows = rest
    else:
        rows = [replace(first, text=text), *rest]
        if answer.kind.startswith("#") and has_more:
            rows.insert(1, Line("", first.number))
    kept = kept_lines([row.text for row in rows])
    return [rows[at] for at in kept]
