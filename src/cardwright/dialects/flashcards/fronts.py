"""What asks on a flashcard: its lines without the signs of tools, and the items of a list above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cardwright.blocks.rows import Row
from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.flashcards.colons import has_colons
from cardwright.dialects.flashcards.tags import begin_behind_tags, untagged
from cardwright.dialects.lines.pair_labels import labelled_column
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, from_offset
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


def without_marks(outline: Outline, rows: Sequence[Line], answer: Span) -> tuple[list[Line], Span]:
    """A card's question without ``Q:``, and both sides without bold that spans them.

    Where a plugin schedules cards, the tags go by which its user marks them.
    """
    first = from_offset(rows[0], labelled_column(rows[0].text, is_answer=False))
    if any("<!--SR:" in line for line in outline.lines):
        first = from_offset(first, begin_behind_tags(first.text))
    if first.text.startswith("**") and first.text.count("**") % 2:
        first, answer = from_offset(first, 2), _without_bold_end(outline, answer)
    return [first, *rows[1:]], answer


def _without_bold_end(outline: Outline, span: Span) -> Span:
    """The answer without the ``**`` at its end, which were opened before the question."""
    for number in range(span.end - 1, span.start - 1, -1):
        text = outline.lines[number - 1]
        bare = (text[: span.until - 1] if span.until and number == span.end - 1 else text).rstrip()
        if bare.endswith("**"):
            return replace(span, end=number + 1, until=len(bare) - 1)
        if bare:
            break
    return span


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
        if not width or above.quotes != row.quotes or above.is_verbatim:
            break
        if above.is_blank or above.indent >= width:
            continue
        if not above.marker or has_colons(above.text):
            break
        width = above.indent
        title = title_of(untagged_line(bare_line(outline, above)))
        if not title.plain or len(title.plain) > _LONGEST_ITEM:
            break
        found.append(title)
    return tuple(reversed(found))
