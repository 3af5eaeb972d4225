"""Describes the look of a line: ``❓ What is a leaf?`` has a sign, ``*Root*`` is in italics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from cardwright.blocks.rows import Row
from cardwright.dialects.asking import parted_at_mark, without_unopened
from cardwright.dialects.text.attributes import split_attributes
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording import asks, read_wording
from cardwright.wording.asking import PICTURES
from cardwright.wording.signs import (
    BOLD,
    BOLD_SIGN,
    QUESTION_MARK,
    begins_with_key,
    has_question_mark,
    has_word,
)
from cardwright.wording.words import Concept, alternatives, lazy_pattern

_LONGEST = 300
ASKS = re.compile(rf"{QUESTION_MARK}[\"'”’*_)\]\s]*$")
_ITALIC = re.compile(r"(?:\*(?![*\s])(?:[^*]|\*\*)+\*|_(?![_\s])(?:[^_]|__)+_)[.:?]?")
ASKING = "a line that ends with a question mark"
TASK = "a task among lines that ask"
ANSWERED = "a question with its answer on one line"
_ITALICS = "a line in italics"
BEHIND = "a line behind"
COUNTED = "a number in bold"
_PICTURES = re.compile(PICTURES)
_LINK = re.compile(r"\[([^\[\]]+)\]\((?!<?#)[^()]*\)")
"""Only one link, to another page: ``[What is a leaf?](leaf.html)``."""
_BOLD_NUMBER = re.compile(rf"(?:{BOLD})\d{{1,3}}[.):](?:[ \t]|{BOLD_SIGN}|</)")


def look_of(row: Row) -> str:
    """Return the look of a line in words, or ``""`` if it cannot be a question."""
    if row.is_verbatim or row.marker or row.level or row.indent:
        return ""
    text = _without_break(_bare(row))
    look = _dress(text) if has_word(text) else ""
    is_able = look == ANSWERED or (look.startswith(BEHIND) and is_asking(look))
    if len(text) > _LONGEST and not is_able:
        return ""
    return "" if look and read_wording(text).has_label else look


def _dress(text: str) -> str:
    first = text[0]
    if _BOLD_NUMBER.match(text):
        return COUNTED
    if first in "*_<":
        return _ITALICS if _ITALIC.fullmatch(text) else ""
    if first == "[" and (link := _LINK.fullmatch(text)) and ASKS.search(link[1]):
        return ASKING
    if first in "|:!=[{%$\\`":
        return ""
    is_sign = unicodedata.category(first) in ("So", "Sm") and not begins_with_key(text)
    if is_sign and text[1:].strip("\ufe0f "):
        sign = _PICTURES.match(text)
        return f"{BEHIND} '{sign[0] if sign else first}'"
    if ASKS.search(text):
        return ASKING
    return ANSWERED if parted_at_mark(text[:_LONGEST])[1] else ""


def is_asking(look: str) -> bool:
    """Whether a look shows that lines ask. A sign on the next line may mark the answer."""
    return look == ASKING or look[len(BEHIND) + 2 :][:1] in tuple("❓❔⁉")


def is_task(row: Row) -> bool:
    """Whether a plain line is one sentence that tells what to do: ``Describe a leaf.``"""
    if row.is_verbatim or row.marker or row.level or row.indent or row.quotes:
        return False
    return _ENDS.fullmatch(_without_break(row.text)) is not None and asks(row.text)


_ENDS = re.compile(r"[^\W\d_][^?]{1,200}[.:]")


def tight_tasks(outline: Outline, tasks: Sequence[Row], asking: Sequence[Row]) -> list[Row]:
    """Return the tasks with text right below. They must be few, and most questions like that."""

    def is_tight(row: Row) -> bool:
        return any(not below.is_blank for below in outline.rows[row.number : row.number + 1])

    found = [row for row in tasks if is_tight(row)]
    is_usual = sum(map(is_tight, asking)) * 2 > len(asking) >= len(found) * 2
    return found if is_usual else []


def _without_break(text: str) -> str:
    """Return the text of a line without the break at its end: a backslash, or ``<br>``."""
    return _BREAK.sub("", text) if text[-1:] in ("\\", ">") else text


_BREAK = re.compile(r"(?i)[ \t]*(?:\\|<br\s*/?>)$")


def _bare(row: Row) -> str:
    """Return the text of a line without attributes at its end."""
    return split_attributes(row.text)[0] if row.text.endswith("}") else row.text


def front_of(look: str, row: Row) -> Line:
    """Return the text of a line without the sign before it, or without the marks of italics."""
    text, bare, begin = _without_break(row.text), _without_break(_bare(row)), 0
    if look.startswith(BEHIND):
        begin = len(text) - len(text[len(look) - len(BEHIND) - 3 :].lstrip("\ufe0f \t"))
    elif look == ANSWERED:
        text = text[: parted_at_mark(text)[0]]
    elif look == _ITALICS and bare[0] == bare[-1]:
        text, begin = bare[:-1] + text[len(bare) :], 1
    return Line(text[begin:], row.number, row.offset + begin + 1)


def answer_of(look: str, row: Row, span: Span) -> Span:
    """Return the lines below a question, or those from the answer behind it on its line."""
    if look != ANSWERED:
        return span
    column = row.offset + parted_at_mark(row.text)[1] + 1
    said = row.raw[column - 1 :] if span.end == row.number + 1 else ""
    kept = len(without_unopened(said))
    return span._replace(column=column, until=column + kept if kept < len(said) else 0)


_LABEL = re.compile(r"(\w{2,20}) \d{1,3}[.:)]")


def go_on_asking(row: Row, below: Sequence[Row]) -> bool:
    """Whether the lines below a question are further questions: all of them, or most of many."""
    below = [each for each in below if not each.is_blank]
    asking = sum(_asks_on(row, each) for each in below)
    return asking > 0 and asking >= len(below) * (_MOST if len(below) >= _MANY else 1)


_MANY, _MOST = 4, 3 / 4


def _asks_on(row: Row, below: Row) -> bool:
    """Whether a line asks, too, or has the label of the first one, with a number: ``Task 2:``."""
    label, other = _LABEL.match(row.text), _LABEL.match(below.text)
    is_order = _ORDERS.match(below.text) and not _ASKS_HOW.match(row.text)
    does_ask = is_order or has_question_mark(below.text)
    return bool(does_ask or (label and other and label[1] == other[1]))


_ORDERS = lazy_pattern(rf"(?i)(?!which\b){alternatives(Concept.ORDERS)}\b")
"""A question word without a question mark can begin an answer: ``When it is full``."""
_ASKS_HOW = lazy_pattern(rf"(?i)[\W\d]*{alternatives(Concept.HOW)}(?![a-z])")
"""What to do is an answer to it."""
