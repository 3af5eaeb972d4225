"""Removes the traces of tools from a text: ``<!--SR:…-->``, ``^block-id``, ``id:: 12``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.dialects.answer import problem_with
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording.signs import ITEM

SCHEDULE = re.compile(r"<!--\s*SR:[^<>]{0,2000}(?:-->|$)")
"""The comment in which "obsidian-spaced-repetition" keeps when a card is due."""
_AT_END = re.compile(
    r"(?<![ \t])[ \t]*+<!--\s*(?:SR:|ID:)[^\n]*$|(?:(?<![ \t])[ \t]++|^)\^[A-Za-z0-9-]+[ \t]*$"
)
_KEY = re.compile(
    rf"\s*(?:{ITEM})?(?P<key>[*_]{{0,3}}[\w .-]{{1,40}}?[*_]{{0,3}})::(?!:)(?=\s|$|\S)"
)
_TOOLS_KEY = re.compile(r"[a-z]+(?:[-_.][a-z]+)+")
_KEYS = frozenset(
    """
    id|tag|tags|alias|aliases|title|type|status|state|collapsed|deck|file|public|icon|template
    |created|updated|modified|date|author|authors|source|url|link|links|parent|parents|related
    |up|down|prev|previous|next|topic|topics|area|project|priority|due|scheduled|start|end
    |completed|heading|rating|cover|cssclass|cssclasses|filters|category|categories|class|kind
    |page|pages|isbn|year|published|publisher|lang|language|version|keywords|background-color
    """.replace("\n    ", "").split("|")
)  # fmt: skip
_ANNOTATION = re.compile(r"\s*-\s+\[:span\]\s*")


def is_property(text: str) -> bool:
    """Whether a line is a property of Logseq or Dataview, with a key that tools use."""
    key = _KEY.match(text) if "::" in text[:60] else None
    return key is not None and is_key(key["key"])


def is_key(text: str) -> bool:
    """Whether tools use a word as the key of a property. In capitals, it is an acronym."""
    key = text.strip(" *_")
    is_known = key.lower() in _KEYS and not key.isupper()
    return is_known or _TOOLS_KEY.fullmatch(key) is not None


def without_traces(rows: Sequence[Line]) -> list[Line]:
    """Return the rows as their author wrote them. A row that was only a trace is removed."""
    kept: list[Line] = []
    for row in rows:
        text = _AT_END.sub("", row.text) if "<!--" in row.text or "^" in row.text else row.text
        is_trace = is_property(row.text) or _ANNOTATION.fullmatch(row.text)
        if not is_trace and (text.strip() or not row.text.strip()):
            kept.append(row if text == row.text else row._replace(text=text))
    return kept


def is_scheduled(lines: Sequence[str], number: int, last: int) -> bool:
    """Whether one of these lines, before a blank one, has a schedule."""
    for at in range(number, min(last, len(lines)) + 1):
        if "<!--" in lines[at - 1] and SCHEDULE.search(lines[at - 1]):
            return True
        if at > number and not lines[at - 1].strip():
            break
    return False


def before_schedule(lines: Sequence[str], span: Span) -> Span:
    """Return the span without the schedule at the end of its last line."""
    text = lines[span.end - 2] if span.end > span.start else ""
    schedule = SCHEDULE.search(text) if "<!--" in text else None
    begin = schedule.start() if schedule is not None else 0
    return span._replace(until=begin + 1) if text[:begin].strip("> \t") else span


def answered_by(outline: Outline, question: Question, rows: Sequence[Line]) -> Question:
    """Return the question with these rows as its answer; with none if they say nothing."""
    if problem_with("\n".join(row.text for row in rows)) is not None:
        return question.until(question.answer.start)
    defining = outline.document.defining_lines
    return question._replace(given=tuple(row for row in rows if row.number not in defining))
