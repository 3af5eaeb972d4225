"""The question over a line ``?`` and the answer under it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from cardwright.dialects.answers.stretch import (
    SCHEDULE,
    is_bold_open,
    is_boundary,
    is_heading,
    is_listed,
    quotes_of,
    stretched,
    without_bold_end,
)
from cardwright.dialects.flashcards.card_tags import untagged
from cardwright.dialects.flashcards.colons import begin_of_text, has_sure_separator
from cardwright.dialects.flashcards.separating_lines import SeparatingLine
from cardwright.dialects.labels import labelled_column
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, from_offset, trimmed
from cardwright.model import Line


def parted_question(outline: Outline, mark: SeparatingLine, end: int) -> Question | None:
    """The question over a mark; ``None`` where only tags and signs of headings stand there."""
    rows = cut(outline.lines, Span(mark.begin, mark.line, quotes=mark.quotes))
    kept = [_bare(row) for row in rows]
    kept = [*trimmed(kept)]
    if not kept:
        return None
    if sum(is_listed(row.text) for row in kept) == 1 and is_listed(kept[0].text):
        kept[0] = from_offset(kept[0], begin_of_text(kept[0].text))
    limit, end = end, min(end, outline.section_end(mark.line))
    span = Span(mark.line + 1, max(end, mark.line + 1), mark.indent, quotes=mark.quotes)
    answer = _under_headings(outline, mark, limit) or stretched(outline, span)
    answer = _to_schedule(outline, answer, span.end)
    kept[0] = from_offset(kept[0], labelled_column(kept[0].text, is_answer=False))
    if is_bold_open(kept[0].text):
        kept[0], answer = from_offset(kept[0], 2), without_bold_end(outline, answer)
    return asked(kept, answer, line=mark.begin, is_marked=True, is_reverse=mark.is_reverse)


def _to_schedule(outline: Outline, answer: Span, limit: int) -> Span:
    """The answer, blank lines in it where the schedule of the card stands below all of it.

    The plugin writes that where a card ends; it may have been told another end than a blank line.
    """
    if answer.until or answer.start == answer.end:
        return answer
    for at in range(answer.end, limit):
        quotes, text = quotes_of(outline.lines[at - 1])
        schedule = SCHEDULE.search(text)
        if schedule and not outline.is_verbatim[at - 2] and not text[: schedule.start()].strip():
            is_glued = outline.lines[at - 2].strip() != ""
            return replace(answer, end=at) if is_glued else answer
        if schedule or quotes < answer.quotes or is_boundary(text):
            break
        if has_sure_separator(text) or _CLOZE.search(text):
            break
    return answer


_CLOZE = re.compile(r"==[^=]+==|\{\{|\{@\{")


def _under_headings(outline: Outline, mark: SeparatingLine, limit: int) -> Span | None:
    """The answer that begins with a heading right under the mark, ``None`` where none does.

    It goes on to the next heading that is less deep.
    """
    at = bisect_right(outline.headings, mark.line, key=lambda heading: heading.line)
    following = outline.headings[at : at + 1]
    if is_heading(outline.lines[mark.begin - 1]) or mark.quotes:
        return None
    if not following or following[0].line != mark.line + 1:
        return None
    level = following[0].level
    end = next((above.line for above in outline.headings[at:] if above.level < level), limit)
    return Span(mark.line + 1, max(min(end, limit), following[0].body))


def _bare(row: Line) -> Line:
    """A line of a question without a heading's hashes and the tags of a card."""
    if is_heading(row.text):
        text = row.text.lstrip("# \t")
        row = Line(text.rstrip("# \t"), row.number, row.column + len(row.text) - len(text))
    tagged = untagged(row.text)
    return Line(tagged.text, row.number, row.column + tagged.offset) if tagged.is_card else row
