"""Cloze notes that a label begins: ``C:`` of hashcards, ``START`` of "Obsidian to Anki"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cardwright.dialects.answers.answer import kept_lines
from cardwright.dialects.clozes.cloze_blocks import Text
from cardwright.dialects.clozes.deletions import Marks, find_deletions
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, nothing_at
from cardwright.model import Line

_LABEL = re.compile(r"C:(?:[ \t]+|$)")
_STOP = re.compile(r"[QC]:(?:\s|$)|(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|#{1,6}[ \t]")
_OPTION = re.compile(r"\s*B[:.)]\s")
_FIELD = re.compile(r"(?:Back Extra|Extra|Back|Tags):[ \t]*")
_MOST_LINES = 200


def labelled_texts(outline: Outline, marks: Marks) -> Iterator[tuple[Text, Marks]]:
    """The texts behind ``C:`` with brackets for deletions, and those between ``START``, ``Cloze``
    and ``END`` with braces, each with the marks that count in it.
    """
    hashcards = list(_hashcards(outline, marks))
    if any(find_deletions(text.rows, its_marks).deletions for text, its_marks in hashcards):
        yield from hashcards
    for number, line in enumerate(outline.lines, 1):
        if line.strip() == "START" and outline.lines[number : number + 1] == ("Cloze",):
            yield from _plugin(outline, number, replace(marks, has_curls=True, has_bare=True))


def _hashcards(outline: Outline, marks: Marks) -> Iterator[tuple[Text, Marks]]:
    """A card goes to the next one, to a rule or to the next heading (hashcards' README)."""
    definitions = outline.document.definitions
    labels = frozenset(each.label for each in definitions)
    defining = {line for each in definitions for line in range(each.start, each.end)}
    its_marks = replace(marks, has_brackets=True, labels=labels)
    begins = [
        number
        for number, line in enumerate(outline.lines, 1)
        if _LABEL.match(line)
        and not outline.is_verbatim[number - 1]
        and not any(
            _OPTION.match(above) for above in outline.lines[max(number - 4, 0) : number - 1]
        )
    ]
    for number, following in zip(begins, [*begins[1:], len(outline.lines) + 1], strict=False):
        limit = min(following, outline.section_end(number), number + _MOST_LINES)
        end = next((at for at in range(number + 1, limit) if _is_stop(outline, at)), limit)
        label = _LABEL.match(outline.lines[number - 1])
        span = Span(number, end, column=(label.end() if label else 0) + 1)
        rows = [row for row in cut(outline.lines, span) if row.number not in defining]
        kept = kept_lines([row.text for row in rows])
        text = Text(number, end, tuple(rows[at] for at in kept), nothing_at(end), is_labelled=True)
        yield text, its_marks


def _is_stop(outline: Outline, number: int) -> bool:
    """Whether a card is over: at the next label, a rule, a heading, or a text with other marks."""
    if outline.is_verbatim[number - 1]:
        return False
    text, above = outline.lines[number - 1], outline.lines[number - 2]
    is_other = not above.strip() and ("{{c1::" in text or "{{cloze " in text)
    return is_other or _STOP.match(text) is not None


def _plugin(outline: Outline, start: int, marks: Marks) -> Iterator[tuple[Text, Marks]]:
    """The text of a block that begins at ``start``; what follows its fields comes with it."""
    limit = min(start + _MOST_LINES, len(outline.lines) + 1)
    end = next((at for at in range(start + 2, limit) if outline.lines[at - 1].strip() == "END"), 0)
    if not end:
        return
    rows = cut(outline.lines, Span(start + 2, end))
    fields = [at for at, row in enumerate(rows) if _FIELD.match(row.text)]
    last = fields[0] if fields else len(rows)
    yield Text(start, end, tuple(rows[:last]), _extra(rows, fields, end), is_labelled=True), marks


def _extra(rows: list[Line], fields: list[int], end: int) -> Span:
    """The field behind the text, empty where it has none or names tags alone."""
    if not fields or rows[fields[0]].text.startswith("Tags:"):
        return nothing_at(end)
    first = rows[fields[0]]
    name = _FIELD.match(first.text)
    behind = rows[fields[1]].number if len(fields) > 1 else end
    return Span(first.number, behind, column=(name.end() if name else 0) + 1)
