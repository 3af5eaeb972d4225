"""What asks on a flashcard: its lines without the signs of tools, and the items of a list above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cardwright.blocks.rows import Row
from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.flashcards.colons import has_colons
from cardwright.dialects.flashcards.tags import untagged
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.titles import title_of
from cardwright.model import Line, Title

_FARTHEST = 40
_LONGEST_ITEM = 80


def bare_line(outline: Outline, row: Row) -> Line:
    """The text of a line: no marker, no hashes of a heading."""
    text = row.text if row.level else outline.lines[row.number - 1][row.offset :].rstrip()
    return Line(text, row.number, row.offset + 1)


def untagged_line(line: Line) -> Line:
    """A line without the tags of a card."""
    tagged = untagged(line.text)
    return Line(tagged.text, line.number, line.column + tagged.offset) if tagged.is_card else line


def answered_by(outline: Outline, question: Question, rows: Sequence[Line]) -> Question:
    """The question, answered by these rows of its answer; with none where they say nothing."""
    if problem_with("\n".join(row.text for row in rows)) is not None:
        start = question.answer.start
        return replace(question, answer=replace(question.answer, end=start), direct=start)
    links = outline.document.definitions
    defining = {line for each in links for line in range(each.start, each.end)}
    return replace(question, given=tuple(row for row in rows if row.number not in defining))


def items_above(outline: Outline, row: Row) -> tuple[Title, ...]:
    """The items that a line of a list is below, the outermost first, up to one that is a card."""
    found: list[Title] = []
    width = row.indent if row.marker else 0
    for above in reversed(outline.rows[max(row.number - _FARTHEST - 1, 0) : row.number - 1]):
        if above.is_blank or above.indent >= width:
            continue
        title = title_of(untagged_line(bare_line(outline, above)))
        is_item = above.marker and not has_colons(above.text) and above.quotes == row.quotes
        if not (is_item and 0 < len(title.plain) <= _LONGEST_ITEM):
            break
        width = above.indent
        found.append(title)
    return tuple(reversed(found))
