"""Interviews: ``**Interviewer:** What is a leaf?`` over ``**Candidate:** An organ.``"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import NamedTuple

from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.labels import label_at
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.wording import asks
from cardwright.wording.signs import BOLD_SIGN, COLON, COLONS

_FEWEST = 2
"""The fewest questions of one speaker that make an interview."""
_MOST = 0.75
"""In an interview, one speaker answers this many lines of the other, and hardly asks."""
_NAME = rf"[^\W\d_][^\n*_`<>|{COLONS}]{{0,28}}?"
_SPEAKER = re.compile(
    rf"(?P<open>{BOLD_SIGN})(?P<name>{_NAME})(?:{COLON}(?P=open)|(?P=open)\s?{COLON})[ \t]*"
    rf"|(?P<plain>{_NAME}){COLON}(?:[ \t]+|(?<=[^:]))(?=\S)"
)
_LONGEST = 40
"""The longest name, with its marks."""
_ENDS = (EndRule.HEADING, EndRule.RULE)


class _Turn(NamedTuple):
    """The text of one speaker. It begins at ``column`` (from 1) of ``line``."""

    line: int
    column: int
    name: str
    does_ask: bool


def interviews(outline: Outline) -> list[Question]:
    """Return what one speaker asks and the next one answers, if two speakers take turns."""
    turns = _turns(outline)
    nexts = [*(turn.line for turn in turns[2:]), 0]
    asking = Counter(turn.name for turn in turns if turn.does_ask)
    spoken = Counter(turn.name for turn in turns)
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for turn, following in pairwise(turns):
        after[turn.name][following.name] += 1
    name = max(asking, key=lambda each: asking[each], default="")
    if asking[name] < _FEWEST or asking[name] * 2 < spoken[name]:
        return []
    reply, count = after[name].most_common(1)[0] if after[name] else ("", 0)
    is_regular = count >= _MOST * max(spoken[name], spoken[reply])
    if name == reply or not is_regular or asking[reply] > (1 - _MOST) * spoken[reply]:
        return []
    return [
        _question(outline, turn, answer, following)
        for (turn, answer), following in zip(pairwise(turns), nexts, strict=False)
        if turn.name == name and answer.name == reply
    ]


def _turns(outline: Outline) -> list[_Turn]:
    """The lines that begin with a name and a colon. Labels such as "Hint:" are no names."""
    found: list[_Turn] = []
    for row in outline.rows:
        is_able = not (row.is_verbatim or row.level or row.marker or row.indent or row.quotes)
        head = row.text[:_LONGEST]
        may_match = is_able and any(colon in head for colon in COLONS)
        match = _SPEAKER.match(row.text) if may_match else None
        if match and label_at(outline, row.number) is None:
            name = (match["open"] or "") + (match["name"] or match["plain"])
            text = row.text[match.end() :]
            found.append(_Turn(row.number, row.offset + match.end() + 1, name, asks(text)))
    return found


def _question(outline: Outline, turn: _Turn, answer: _Turn, following: int) -> Question:
    body = Body(answer.line, answer.line + 1, following, level=6)
    ending = end_of_answer(outline, body, _ENDS)
    front = trimmed(cut(outline.lines, Span(turn.line, answer.line, 0, turn.column)))
    span = Span(answer.line, max(ending.line, answer.line), 0, answer.column)
    return asked(front, span, line=turn.line, rule="a speaker who asks", ending=ending.rule)
